"""Facts of a row that contradict each other, found for all rows at once. Such a row is then read singly."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from taxcalc.assessment.model import Model
from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.period import Period
from taxcalc.engines.lower import Lowering
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.periods import part_inside, ways


class Parts(NamedTuple):
    """What the parts of a period that are stated come to; is every one stated, is any?"""

    amount: Whole
    every: Truth
    some: Truth


def contradicts(low: Lowering, model: Model, stated: Container[str]) -> Truth:
    """Facts of the row contradict each other. The row is then read singly, which says how."""
    found: Truth = False
    for one in contradictions(low, model, stated):
        found = low.builder.either(found, one)
    return found


def contradictions(low: Lowering, model: Model, stated: Container[str]) -> Iterator[Truth]:
    """Each way in which facts of the row may contradict each other."""
    for check, node in model.checks(stated):
        if check.severity == "error":
            yield low.value(node).true
    for fact in model.catalogue:
        if fact.series or fact.points:
            yield _misplaced(low, fact)
        for period in _wholes(low, fact):
            yield _not_the_sum(low, fact, period)


def incomplete(low: Lowering, model: Model) -> Truth:
    """A whole of the row is stated beside only some of its parts, so what is left of it cannot be told apart.

    This is no contradiction: what holds of all rows that are consistent holds of these too.
    """
    b = low.builder
    found: Truth = False
    for fact in model.catalogue:
        for period in _wholes(low, fact) if fact.spread else ():
            parts = _parts(low, fact, period)
            found = b.either(found, b.both(_whole(low, fact, period)[1], b.both(parts.some, b.negate(parts.every))))
    return found


def opened_within(low: Lowering, model: Model) -> Truth:
    """The firm of the row opened within the assessed year or later: rows that did are few, and read singly."""
    opened = model.catalogue["opened"]
    return low.builder.both(low.there("opened"), low.builder.lt(low.span.year * 12, low.cell(opened, "opened")))


def _misplaced(low: Lowering, fact: Fact) -> Truth:
    """Parts that lie outside the period, or averages stated in two ways: as for one business."""
    b, span = low.builder, low.span
    found: Truth = False
    for name in _stated_parts(low, fact):
        if not part_inside(fact, name.removeprefix(f"{fact.name}_"), span):
            found = b.either(found, low.there(name))
        elif fact.points:
            found = b.either(found, b.both(low.there(name), low.there(fact.name)))
            if name.endswith(("_open", "_close")):
                found = b.either(found, b.both(low.there(name), low.there(name.rpartition("_")[0])))
    return found


def _stated_parts(low: Lowering, fact: Fact) -> list[str]:
    return [name for name in fact.inputs() if name in low.columns and name != fact.name]


def _wholes(low: Lowering, fact: Fact) -> tuple[Period, ...]:
    """The periods of which a fact may be stated as a whole and in parts."""
    span = low.span
    if not fact.series or not _stated_parts(low, fact):
        return ()
    return tuple(period for period in (span, *(span.parts(3) if span.months > 3 else ())) if period.months > 1)


def _not_the_sum(low: Lowering, fact: Fact, period: Period) -> Truth:
    """Is a whole that is stated not the sum of its parts, or less than those that are stated?"""
    b = low.builder
    (whole, there), parts = _whole(low, fact, period), _parts(low, fact, period)
    too_much = False if fact.negative else b.lt(whole, parts.amount)
    return b.both(there, b.either(too_much, b.both(parts.every, b.negate(b.eq(whole, parts.amount)))))


def _whole(low: Lowering, fact: Fact, period: Period) -> tuple[Whole, Truth]:
    """A fact as stated for exactly this period, by the first of its names, nought where it is not; and is it?"""
    b = low.builder
    amount: Whole = 0
    there: Truth = False
    for way in reversed([way for way in ways(fact, period, low.scope) if way.how == "stated"]):
        amount = b.when(low.there(way.names[0]), low.cell(fact, way.names[0]), amount)
        there = b.either(low.there(way.names[0]), there)
    return amount, there


def _parts(low: Lowering, fact: Fact, period: Period) -> Parts:
    """Each part as it is stated, or as its own parts come to."""
    b = low.builder
    amount: Whole = 0
    every: Truth = True
    some: Truth = False
    for part in period.parts(3 if period.months > 3 else 1):
        own, there = _whole(low, fact, part)
        below = _parts(low, fact, part) if part.months > 1 else Parts(0, False, False)
        amount = b.add(amount, b.when(there, own, below.amount))
        every = b.both(every, b.either(there, below.every))
        some = b.either(some, b.either(there, below.some))
    return Parts(amount, every, some)
