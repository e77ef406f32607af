"""Facts of a row that contradict each other, found for all rows at once. Such a row is then read singly."""

from __future__ import annotations

from collections.abc import Container, Sequence

from taxcalc.catalogue import Fact
from taxcalc.engine.lower import Lowering
from taxcalc.engine.program import Truth, Whole
from taxcalc.facts import part_inside, ways
from taxcalc.model import Model


def contradicts(low: Lowering, model: Model, stated: Container[str]) -> Truth:
    """Facts of the row contradict each other. The row is then read singly, which says how."""
    found: Truth = False
    for check, node in model.checks(stated):
        if check.severity == "error":
            found = low.builder.either(found, low.value(node).true)
    for fact in model.catalogue:
        if fact.series or fact.points:
            found = low.builder.either(found, _parts_contradict(low, fact))
    return found


def _parts_contradict(low: Lowering, fact: Fact) -> Truth:
    """Parts that lie outside the period, or that do not agree with the whole: as `taxcalc.facts` refuses."""
    b, span = low.builder, low.span
    parts = [name for name in fact.inputs() if name in low.columns and name != fact.name]
    found: Truth = False
    for name in parts:
        if not part_inside(fact, name.removeprefix(f"{fact.name}_"), span):
            found = b.either(found, low.there(name))
        elif fact.points:
            found = b.either(found, b.both(low.there(name), low.there(fact.name)))
            if name.endswith(("_open", "_close")):
                found = b.either(found, b.both(low.there(name), low.there(name.rpartition("_")[0])))
    for period in (span, *(span.parts(3) if span.months > 3 else ())) if parts and not fact.points else ():
        stated, *others = ways(fact, period, span)
        own = [way for way in (stated, *others) if way.how == "stated"]
        for way in others:
            if way.how == "summed":
                both: Truth = b.negate(b.eq(*(_sum(low, fact, names) for names in (own[0].names, way.names))))
                for name in (*own[0].names, *way.names):
                    both = b.both(both, low.there(name))
                found = b.either(found, both)
    return found


def _sum(low: Lowering, fact: Fact, names: Sequence[str]) -> Whole:
    amount: Whole = 0
    for name in names:
        amount = low.builder.add(amount, low.cell(fact, name))
    return amount
