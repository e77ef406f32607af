"""A business on a cliff in whole fen, which the program itself confirms: it is assessed on both sides of the step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import z3

from taxcalc import assess
from taxcalc.base.problem import InputError
from taxcalc.engines.exact import Unknown
from verification.proofs.cliffs.conditions import Place, comparisons, places_of
from verification.proofs.cliffs.jumps import MORE_THAN, UNSTATED, Step
from verification.proofs.laws import Law, dated
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import reached_by
from verification.proofs.solver.terms import Term, constants_of
from verification.proofs.solver.witness import exactly, raised, stated

EXACT_MS = 10_000


class Example(NamedTuple):
    """The facts of a business, the input that is raised, and the levy before and after, in fen."""

    facts: dict[str, Any]
    input: str
    before: int
    after: int

    @property
    def jump(self) -> int:
        """By how much the levy rises."""
        return self.after - self.before


def confirmed(law: Law, levy: str, facts: dict[str, Any], name: str) -> Example | None:
    """The two payables as `assess` gives them; none where it refuses one side or cannot compute it."""
    if name not in facts:
        return None
    found = []
    for side in (facts, raised(law.model, facts, name, one_more(law, name, facts[name]))):
        try:
            result = assess(side).levy(levy)
        except (InputError, KeyError):
            return None
        if result.status != "calculated" or result.payable is None:
            return None
        found.append(result.payable)
    return Example(facts, name, *found)


def one_more(law: Law, name: str, written: Any) -> str:
    """One fen, or one ten-thousandth of a person, more than is written."""
    slot = law.model.catalogue.find(name)
    assert slot is not None
    return str(Decimal(str(written)) + (Decimal("0.0001") if slot.fact.type == "average" else Decimal("0.01")))


def turned(law: Law, levy: str, example: Example) -> list[str]:
    """The places that an example turns, in words, by the exact evaluator."""
    payable = law.model.levies[levy].payable
    written = one_more(law, example.input, example.facts[example.input])
    more = raised(law.model, example.facts, example.input, written)
    one, two = exactly(law.model, example.facts), exactly(law.model, more)
    node = next((n for n, name in Businesses(law.model).inputs.items() if name == example.input), None)
    if node is None:
        return []
    found = []
    for place, nodes in places_of(comparisons(payable, reached_by(payable, node))).items():
        sides = [(one.value(n), two.value(n)) for n in nodes]
        if any(isinstance(a, Unknown) != isinstance(b, Unknown) or (a is not b and a != b) for a, b in sides):
            found.append(place.words[1])
    return found


def fewest(step: Step, given: list[Term], by: int) -> z3.ModelRef | None:
    """A loose business with as few facts as may be, amounts without VAT if they can be."""
    found = step.jumps(*given, by=by)
    if not isinstance(found, z3.ModelRef):
        return None
    wanted = [name for name in step.pair.now.inputs if name.startswith("there ")]
    wanted.sort(key=lambda name: ("include_vat" not in name, name))
    kept = list(given)
    for name in wanted:
        absent = z3.Not(z3.Bool(name))
        if name == f"there {step.name}":
            continue
        if z3.is_true(found.eval(z3.Bool(name))):
            fewer = step.jumps(*kept, absent, by=by, limit_ms=1_000)
            if not isinstance(fewer, z3.ModelRef):
                continue
            found = fewer
        kept.append(absent)
    return found


def example_of(step: Step, place: Place, alone: bool, by: int = MORE_THAN, *, careful: bool = True) -> Example | None:
    """A business that jumps by more than so many fen where this place turns, confirmed; none where none was found.

    Where care is taken, it states few facts, and one with an ordinary amount of what is raised is looked for first.
    """
    for ordinary in (10_000, 0) if careful else (0,):
        given = [*step.given(place, alone), z3.Real(step.name) >= ordinary]
        loose = fewest(step, given, by) if careful else step.jumps(*given, by=by)
        model = _exact(step, place, loose, alone, by) if isinstance(loose, z3.ModelRef) else None
        found = None if model is None else confirmed(step.law, step.levy, stated(step.of, model), step.name)
        if found and found.jump > MORE_THAN:
            return found
    return None


def moved(example: Example, law: Law, levy: str, words: str) -> Example | None:
    """The same business in a period of another law, if it is on the same cliff there."""
    facts = {k: v for k, v in example.facts.items() if k not in ("year", "period", "filing")}
    found = confirmed(law, levy, {**dated(law), **facts}, example.input)
    return found if found and found.jump > MORE_THAN and words in turned(law, levy, found) else None


def _exact(step: Step, place: Place, loose: z3.ModelRef, alone: bool, by: int) -> z3.ModelRef | None:
    """A business of whole fen with the facts and the choices of a loose one."""
    now, more = (
        Businesses(step.law.model, unstated=UNSTATED),
        Businesses(step.law.model, (step.name,), unstated=UNSTATED),
    )
    payable = step.law.model.levies[step.levy].payable
    x, y = now.value(payable), more.value(payable)
    wanted: list[Term] = [x.known, y.known, y.n * x.d - x.n * y.d > by * x.d * y.d]
    node = next(n for n, name in now.inputs.items() if name == step.name)
    for other, nodes in places_of(comparisons(payable, reached_by(payable, node))).items():
        turns = []
        for one in nodes:
            u, v = now.value(one), more.value(one)
            turns.append(z3.Or(u.n != v.n, u.known != v.known))
        if other.words == place.words:
            wanted.append(z3.Or(*turns))
        elif alone:
            wanted.append(z3.Not(z3.Or(*turns)))
    applies = step.law.model.levies[step.levy].applies
    if applies is not None:
        wanted += [now.value(applies).n, more.value(applies).n]
    names = constants_of(z3.And(*wanted))
    facts = {f.get_id(): f for side in (now, more) for f in side.assumptions() if constants_of(f) <= names}
    solver = z3.Solver()
    solver.set("timeout", EXACT_MS)
    solver.add(*facts.values(), *wanted, *_as_in(step, loose, names))
    return solver.model() if solver.check() == z3.sat else None


def _as_in(step: Step, loose: z3.ModelRef, names: frozenset[str]) -> list[Term]:
    """Stated and not stated, yes and no and choices as in a loose business."""
    fixed: list[Term] = []
    for node, name in step.of.inputs.items():
        there = z3.Bool(f"there {name}")
        if f"there {name}" not in names:
            continue
        stated_there = z3.is_true(loose.eval(there)) if f"there {name}" in step.pair.now.inputs else False
        fixed.append(there == stated_there)
        if stated_there and node.unit in ("flag", "choice") and name in step.pair.now.inputs:
            value = loose.eval(z3.Real(name), model_completion=True)
            whole = value.numerator_as_long() // value.denominator_as_long()
            above = value.numerator_as_long() % value.denominator_as_long() != 0
            if node.unit == "choice":
                fixed.append(z3.Int(name) == whole)
            else:
                fixed.append(z3.Int(name) == (1 if whole or above else 0))
    return fixed
