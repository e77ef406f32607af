"""Businesses whose figures are known: shipped cases, and made-up ones. Which of them a mutant gets wrong.

A mutant is tried from the changed node upwards: where the node that stands instead has the same value, nothing else can
differ, and that is told without computing a levy.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from taxcalc.assessment.model import BuiltLevy, Model, catalogue_of, model_for, shipped_book
from taxcalc.base.money import yuan
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Named, Node, children, claim_bit, walk
from verification import ROOT
from verification.proofs.rule_mutants.mutations import roots_of
from verification.proofs.solver.witness import exactly
from verification.proofs.theorems.case import accepted

CASES = ROOT / "tests" / "cases"
Side = list[tuple[Exact, Node]]
Instead = dict[Node, Node]


class Stated(NamedTuple):
    """A figure that is known: the sum of some nodes less that of others, each under an engine, as it is written."""

    what: str
    plus: Side
    less: Side
    written: str


class Shipped(NamedTuple):
    """A business: its model and the figures that are known of it."""

    id: str
    model: Model
    facts: dict[str, Any]
    stated: list[Stated]

    @property
    def engines(self) -> list[Exact]:
        """The evaluations that the figures rest on."""
        return list(dict.fromkeys(engine for one in self.stated for engine, _ in (*one.plus, *one.less)))


def shipped() -> list[Shipped]:
    """Every case of tests/cases."""
    found = []
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            found.append(shipped_case(f"{file.stem}/{case['id']}", case))
    return found


def model_of(facts: dict[str, Any]) -> Model:
    """The model of the period that some facts are of."""
    given = FactSet(catalogue_of(shipped_book()))
    given.add("case", facts)
    given.read()
    return model_for(shipped_book(), given.period, given.filing_months()[0])


def shipped_case(id: str, case: dict[str, Any]) -> Shipped:
    """A case as it stands in a file. Only what can be computed from the graph alone is looked at."""
    model = model_of(case["facts"])
    stated = _stated(case, model, exactly(model, case["facts"]))
    return Shipped(id, model, case["facts"], [one for one in stated if _text(one) == one.written])


def made_up(id: str, facts: dict[str, Any]) -> Shipped:
    """A business of which every figure is taken as the program computes it: payable, baseline, balance and loss.

    Raises ValueError where the program refuses its facts.
    """
    model = model_of(facts)
    exact = accepted(model, facts)
    none = exact.without(frozenset(model.reliefs))
    stated = []
    for levy, built in model.levies.items():
        if not looked_at(built, facts) or (built.applies is not None and exact.value(built.applies) is not True):
            continue
        sides = {f"{levy} payable": (exact, built.payable), f"{levy} baseline": (none, built.payable)}
        if built.balance is not None:
            sides[f"{levy} balance"] = (exact, built.balance)
        values = {what: engine.value(node) for what, (engine, node) in sides.items()}
        if any(values[f"{levy} {what}"].__class__ is not int for what in ("payable", "baseline")):
            continue  # the program does not answer with one of the two alone
        for what, side in sides.items():
            value = values[what]
            if value.__class__ is int:
                stated.append(Stated(what, [side], [], yuan(value)))
    applies = model.levies["corporate_income"].applies
    loss = exact.value(model.loss_carried_forward)
    if applies is not None and exact.value(applies) is True and loss.__class__ is int:
        stated.append(Stated("loss", [(exact, model.loss_carried_forward)], [], yuan(loss)))
    return Shipped(id, model, facts, stated)


def looked_at(built: BuiltLevy, facts: dict[str, Any]) -> bool:
    """Is a levy in the answer to some facts? Some are only where a fact of their own is stated."""
    return not built.levy.facts or any(name in facts for name in built.levy.facts)


def _stated(case: dict[str, Any], model: Model, exact: Exact) -> Iterator[Stated]:
    none = exact.without(frozenset(model.reliefs))
    for id, expected in case.get("levies", {}).items():
        built = model.levies[id]
        sides: dict[str, tuple[Side, Side]] = {
            "payable": ([(exact, built.payable)], []),
            "baseline": ([(none, built.payable)], []),
            "saving": ([(none, built.payable)], [(exact, built.payable)]),
        }
        if built.balance is not None:
            sides["balance"] = ([(exact, built.balance)], [])
        yield from (Stated(f"{id} {name}", *sides[name], expected[name]) for name in sides if name in expected)
    lines = {n.name: n for n in walk(*(b.payable for b in model.levies.values())) if isinstance(n, Named)}
    for name, text in case.get("lines", {}).items():
        yield Stated(name, [(exact, lines[name])], [], text)
    if "loss" in case:
        yield Stated("loss", [(exact, model.loss_carried_forward)], [], case["loss"])
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
            yield Stated(id, [(engine, n) for n in nodes], [(exact, n) for n in nodes], expected["worth"])


class Wrong(Exact):
    """The values of a mutant: what does not rest on a changed node has the value that it had."""

    def __init__(self, right: Exact, instead: Instead, above: set[Node]) -> None:
        super().__init__(right._lookup, right.off)
        self._right, self._instead, self._above = right, instead, above

    def value(self, node: Node) -> Any:
        """The value of a node with the mutant in it."""
        if node not in self._values:
            if node in self._instead:
                self._values[node] = self._right.value(self._instead[node])
            elif node in self._above:
                self._values[node] = self._compute(node)
            else:
                return self._right.value(node)
        return self._values[node]


def _text(one: Stated, engines: Callable[[Exact], Exact] = lambda engine: engine) -> str | None:
    amount: Any = 0
    for sign, side in ((1, one.plus), (-1, one.less)):
        for engine, node in side:
            value = engines(engine).value(node)
            if isinstance(value, Unknown):
                return None
            amount += sign * value
    return yuan(amount) if amount.__class__ is int else None


def caught(one: Shipped, instead: Instead) -> str | None:
    """The figure that a mutant gets wrong, or none."""
    moved = {engine: _moves(engine, instead) for engine in one.engines}
    if not any(moved.values()):
        return None
    above = _above(one.model, instead)
    wrong = {engine: Wrong(engine, instead, above) for engine, moves in moved.items() if moves}
    for stated in one.stated:
        sides = (*stated.plus, *stated.less)
        reached = any(moved[engine] and (node in above or node in instead) for engine, node in sides)
        if reached and _text(stated, lambda engine: wrong.get(engine, engine)) != stated.written:
            return stated.what
    return None


def _above(model: Model, instead: Instead) -> set[Node]:
    """The nodes that rest on a changed one."""
    of, found, stack = parents(model), set(), list(instead)
    while stack:
        for node in of.get(stack.pop(), ()):
            if node not in found:
                found.add(node)
                stack.append(node)
    return found


@functools.cache
def parents(model: Model) -> dict[Node, list[Node]]:
    """For each node, those that it is a part of."""
    found: dict[Node, list[Node]] = {}
    for node in walk(*roots_of(model)):
        for child in children(node):
            found.setdefault(child, []).append(node)
    return found


def _moves(engine: Exact, instead: Instead) -> bool:
    """Has one of the changed nodes another value than what stands instead of it?"""
    for node, wrong in instead.items():
        asked = node in engine._values or (engine._base is not None and node in engine._base._values)
        if asked:  # what was never asked for decides nothing
            was, now = engine.value(node), engine.value(wrong)
            unknown = isinstance(was, Unknown), isinstance(now, Unknown)
            if unknown[0] != unknown[1] or (not unknown[0] and was != now):
                return True
    return False


@functools.cache
def nodes_below(root: Node) -> frozenset[Node]:
    """Every node of a graph."""
    return frozenset(walk(root))
