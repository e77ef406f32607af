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
        every = ways(fact, period, span)
        own = [way.names[0] for way in every if way.how == "stated"]
        for way in every:
            if way.how == "summed":
                found = b.either(found, _not_the_sum(low, fact, own, way.names))
    return found


def _not_the_sum(low: Lowering, fact: Fact, own: Sequence[str], parts: Sequence[str]) -> Truth:
    """Is a whole that is stated, by the first of its names, not the sum of its parts, or less than those that are stated?"""
    b = low.builder
    whole, there = _stated(low, fact, own[-1]), low.there(own[-1])
    for name in own[-2::-1]:
        whole = b.when(low.there(name), _stated(low, fact, name), whole)
        there = b.either(low.there(name), there)
    amount: Whole = 0
    every: Truth = True
    for name in parts:
        amount = b.add(amount, _stated(low, fact, name))
        every = b.both(every, low.there(name))
    too_much = False if fact.negative else b.lt(whole, amount)
    return b.both(there, b.either(too_much, b.both(every, b.negate(b.eq(whole, amount)))))


def _stated(low: Lowering, fact: Fact, name: str) -> Whole:
    """The cell, nought where it is empty."""
    return low.builder.when(low.there(name), low.cell(fact, name), 0)
