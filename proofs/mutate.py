"""Every mutant is caught by a shipped case, or told apart by a new one that the solver finds, or proved equal.

python -m proofs mutate          says what becomes of each mutant
python -m proofs mutate --write  also writes the cases that were missing to tests/cases/witnesses.toml
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import z3

from proofs.businesses import Businesses
from proofs.laws import laws_of
from proofs.mutants import Mutant, Rewritten, mutants_of, mutated
from proofs.refute import refute
from proofs.solver import NonLinear, constants_of
from proofs.witness import exactly, facts_of
from taxcalc import assess
from taxcalc.assessment import Assessment
from taxcalc.engine.exact import Exact, Unknown
from taxcalc.facts import FactSet
from taxcalc.graph import Named, Node, claim_bit, walk
from taxcalc.model import Model, catalogue_of, model_for, shipped_book
from taxcalc.money import yuan
from taxcalc.problem import InputError

CASES = Path(__file__).parent.parent / "tests" / "cases"
LIMIT_MS = 1_000


class Stated(NamedTuple):
    """A figure that a case states: the sum of some nodes less that of others, each under an engine, as it is written."""

    plus: list[tuple[Exact, Node]]
    less: list[tuple[Exact, Node]]
    written: str


class Shipped(NamedTuple):
    """A shipped case: its model, the figures it states, and the nodes that these are computed from."""

    id: str
    model: Model
    stated: list[Stated]
    computed: frozenset[Node]


def shipped() -> list[Shipped]:
    """Every case of tests/cases."""
    found = []
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            found.append(shipped_case(f"{file.stem}/{case['id']}", case))
    return found


def shipped_case(id: str, case: dict[str, Any]) -> Shipped:
    """A case as it stands in a file. Only what can be computed from the graph alone is looked at."""
    facts = FactSet(catalogue_of(shipped_book()))
    facts.add("case", case["facts"])
    facts.read()
    model = model_for(shipped_book(), facts.period, facts.filing_months()[0])
    exact = exactly(model, case["facts"])
    stated = [one for one in _stated(case, model, exact) if _text(one, lambda node: node) == one.written]
    computed = frozenset(node for engine in [exact, *_engines(stated)] for node in engine._values)
    return Shipped(id, model, stated, computed)


def _engines(stated: list[Stated]) -> list[Exact]:
    return list(dict.fromkeys(engine for one in stated for engine, _ in (*one.plus, *one.less)))


def _stated(case: dict[str, Any], model: Model, exact: Exact) -> Iterator[Stated]:
    none = exact.without(frozenset(model.reliefs))
    for id, expected in case.get("levies", {}).items():
        built = model.levies[id]
        sides = {"payable": ([(exact, built.payable)], []), "baseline": ([(none, built.payable)], [])}
        sides["saving"] = ([(none, built.payable)], [(exact, built.payable)])
        if built.balance is not None:
            sides["balance"] = ([(exact, built.balance)], [])
        yield from (Stated(*sides[name], expected[name]) for name in sides if name in expected)
    lines = {n.name: n for n in walk(*(b.payable for b in model.levies.values())) if isinstance(n, Named)}
    for name, text in case.get("lines", {}).items():
        yield Stated([(exact, lines[name])], [], text)
    if "loss" in case:
        yield Stated([(exact, model.loss_carried_forward)], [], case["loss"])
    for id, expected in case.get("items", {}).items():
        if "worth" in expected:
            engine = exact.without(frozenset((id,)))
            nodes = [
                b.payable
                for b in model.levies.values()
                if b.payable.rests_on & claim_bit(id)
                and b.levy.kind != "deferral"
                and (b.applies is None or exact.value(b.applies) is not False)
                and not isinstance(exact.value(b.payable), Unknown)
            ]
            yield Stated([(engine, n) for n in nodes], [(exact, n) for n in nodes], expected["worth"])


def _text(one: Stated, of: Callable[[Node], Node]) -> str | None:
    amount: Any = 0
    for sign, side in ((1, one.plus), (-1, one.less)):
        for engine, node in side:
            value = engine.value(of(node))
            if isinstance(value, Unknown):
                return None
            amount += sign * value
    return yuan(amount) if amount.__class__ is int else None


def catches(one: Shipped, instead: dict[Node, Node]) -> bool:
    """Does a case state a figure that the mutant gets wrong?"""
    if one.computed.isdisjoint(instead):
        return False
    wrong = Rewritten(instead)
    return any(_text(stated, wrong.of) != stated.written for stated in one.stated if _rests_on(stated, instead))


def _rests_on(one: Stated, instead: dict[Node, Node]) -> bool:
    return any(not nodes_below(node).isdisjoint(instead) for _, node in (*one.plus, *one.less))


@functools.cache
def nodes_below(root: Node) -> frozenset[Node]:
    """Every node of a graph."""
    return frozenset(walk(root))


class Fate(NamedTuple):
    """What becomes of a mutant: "case", "witness", "equal" or "open", and the case or the law that says so."""

    verdict: str
    by: str
    case: dict[str, Any] | None = None


def told_apart(mutant: Mutant) -> Fate:
    """Ask the solver for a business that tells a mutant from the rule, under every law that has it."""
    still, tried, seen = "", 0, set()
    for levy in _levies():
        for law in laws_of(levy)[::-1]:
            if len(law.model.firm.periods) > 1 and levy not in ("corporate_income", "individual_income"):
                continue
            instead = mutants_of_cached(law.model).get(mutant)
            payable = law.model.levies[levy].payable
            if instead is None or (levy, law.spans[0]) in seen:
                continue
            seen.add((levy, law.spans[0]))
            wrong = mutated(law.model, instead).levies[levy].payable
            if wrong is payable:
                continue
            tried += 1
            for off in (frozenset(), frozenset(law.model.reliefs)):
                fate = _differs(mutant, law.model, levy, payable, wrong, off)
                if fate.verdict == "witness":
                    return fate
                if fate.verdict == "open":
                    still = fate.by
    if still:
        return Fate("open", still)
    if not tried:
        return Fate("open", "only in a sum of several returns, a balance or a loss: not looked at")
    return Fate("equal", f"proved for {tried} forms of levies")


def _differs(mutant: Mutant, model: Model, levy: str, payable: Node, wrong: Node, off: frozenset[str]) -> Fate:
    businesses = Businesses(model)
    try:
        x, y = businesses.value(payable, off), businesses.value(wrong, off)
    except (NonLinear, ValueError, OverflowError, TypeError, AttributeError) as error:
        return Fate("open", f"{levy}: {type(error).__name__}")
    claim = z3.Implies(x.known, z3.And(y.known, x.n * y.d == y.n * x.d))
    names = constants_of(claim)
    shared = [amount == 0 for amount in businesses.terms.shared]
    assumptions = [f for f in businesses.assumptions() if constants_of(f) <= names] + shared
    found = refute(assumptions, claim, LIMIT_MS)
    if found.model is None:
        return Fate("equal", levy) if found and not shared else Fate("open", f"{levy}: the solver gave up")
    facts = facts_of(businesses, assumptions, claim, found.model)
    case = _case(mutant, model, levy, facts)
    return Fate("witness", levy, case) if case else Fate("open", f"{levy}: a witness that the program refuses")


def _case(mutant: Mutant, model: Model, levy: str, facts: dict[str, Any]) -> dict[str, Any] | None:
    """The case that a witness makes, as the unmutated program answers it; none where it would not catch the mutant."""
    try:
        result = assess(facts)
    except InputError:
        return None
    case = as_case(result, levy, facts, f"tells apart {mutant}")
    return case if case and catches(shipped_case("new", case), mutants_of_cached(model)[mutant]) else None


def as_case(result: Assessment, levy: str, facts: dict[str, Any], origin: str) -> dict[str, Any] | None:
    """A case of one levy."""
    found = result.levy(levy)
    if found.status != "calculated" or found.baseline is None or found.payable is None:
        return None
    figures = {"baseline": yuan(found.baseline), "payable": yuan(found.payable)}
    warnings = [said.key for _, said in result.warnings]
    return {"facts": facts, "levies": {levy: figures}, "origin": origin, "warnings": warnings}


_mutants: dict[Model, dict[Mutant, dict[Node, Node]]] = {}


def mutants_of_cached(model: Model) -> dict[Mutant, dict[Node, Node]]:
    """The mutants of a model, found once."""
    if model not in _mutants:
        _mutants[model] = mutants_of(model)
    return _mutants[model]


def _levies() -> list[str]:
    from proofs.prove import levies

    return levies()


def every_mutant() -> list[Mutant]:
    """Every mutant of every law."""
    models = [law.model for levy in _levies() for law in laws_of(levy)]
    found = dict.fromkeys(m for model in dict.fromkeys(models) for m in mutants_of_cached(model))
    return list(found)[::-1]  # the income taxes first: the solver is quickest there


def caught_by(mutant: Mutant, cases: Iterable[Shipped]) -> str | None:
    """The first case that catches a mutant."""
    for one in cases:
        instead = mutants_of_cached(one.model).get(mutant)
        if instead is not None:
            try:
                if catches(one, instead):
                    return one.id
            except (TypeError, ValueError, ZeroDivisionError):
                return f"{one.id} (cannot be computed)"
    return None


def main(*, write: bool = False) -> int:
    """Say what becomes of every mutant."""
    cases, counts = shipped(), dict.fromkeys(("case", "witness", "equal", "open"), 0)
    file = CASES / "witnesses.toml"
    new = tomllib.loads(file.read_text(encoding="utf-8"))["case"] if file.exists() else []
    for mutant in every_mutant():
        by = caught_by(mutant, cases)
        fate = Fate("case", by) if by else told_apart(mutant)
        counts[fate.verdict] += 1
        if fate.case is not None:
            case = {"id": f"witness-{len(new) + 1}", **fate.case}
            new.append(case)
            cases.append(shipped_case(case["id"], case))
        print(f"{fate.verdict:8} {mutant}  {fate.by}", flush=True)
        if write and fate.case is not None:
            file.write_text(written(new), encoding="utf-8")
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    return 1 if counts["open"] else 0


def written(cases: list[dict[str, Any]]) -> str:
    """Cases as TOML."""
    text = "# Businesses that the solver found to tell a mutant of a rule apart: written by `python -m proofs mutate --write`.\n"
    for case in cases:
        facts = ", ".join(f"{name} = {_toml(value)}" for name, value in case["facts"].items())
        text += f'\n[[case]]\nid = "{case["id"]}"\norigin = {_toml(case["origin"])}\nfacts = {{ {facts} }}\n'
        for levy, figures in case["levies"].items():
            said = ", ".join(f'{name} = "{value}"' for name, value in figures.items())
            text += f"levies.{levy} = {{ {said} }}\n"
        if case.get("warnings"):
            text += f"warnings = [{', '.join(map(_toml, case['warnings']))}]\n"
    return text


def _toml(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + str(value).replace('"', "'") + '"'
