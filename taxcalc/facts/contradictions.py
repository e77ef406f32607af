"""Figures of one fact that contradict each other, or that lie outside of the period: of one firm, or of all rows."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.cells import Cells
from taxcalc.facts.periods import own_names, part_inside, to_date


class Parts(NamedTuple):
    """What the parts of a period that are stated come to; is every one stated, is any?"""

    amount: Whole
    every: Truth
    some: Truth


def misplaced(cells: Cells, fact: Fact) -> Truth:
    """Are there parts that lie outside of the period, or averages that are stated in two ways?"""
    b = cells.builder
    found: Truth = False
    for name in stated_parts(cells, fact):
        if not part_inside(fact, name.removeprefix(f"{fact.name}_"), cells.scope.span):
            found = b.either(found, cells.there(name))
        elif fact.points:
            found = b.either(found, b.both(cells.there(name), cells.there(fact.name)))
            if name.endswith(("_open", "_close")):
                found = b.either(found, b.both(cells.there(name), cells.there(name.rpartition("_")[0])))
    return found


def stated_parts(cells: Cells, fact: Fact) -> list[str]:
    """The inputs for parts of a fact that may be stated."""
    return [name for name in fact.inputs() if name != fact.name and cells.there(name) is not False]


def wholes(cells: Cells, fact: Fact) -> tuple[Period, ...]:
    """The periods of which a fact may be stated as a whole and in parts."""
    if not fact.series or not stated_parts(cells, fact):
        return ()
    span = cells.scope.span
    if fact.earlier:
        quarters = span.around(12).parts(3)
        return (
            (*quarters, span.around(12))
            if span.months > 1
            else tuple(q for q in quarters if part_inside(fact, q.key, span))
        )
    if fact.adds_up:
        whole = to_date(fact, span)
        apart = fact.settled and span.months == 12
        return (whole,) if whole.months and whole.months % 3 == 0 and not apart else ()
    return tuple(period for period in (span, *(span.parts(3) if span.months > 3 else ())) if period.months > 1)


def not_the_sum(cells: Cells, fact: Fact, period: Period) -> Truth:
    """Is a whole that is stated not the sum of its parts, or less than those that are stated; a state, that of some part?"""
    b = cells.builder
    if fact.holds:
        return b.both(whole(cells, fact, period)[1], _other_state(cells, fact, period))
    (own, there), parts = whole(cells, fact, period), parts_of(cells, fact, period)
    too_much = False if fact.negative else b.lt(own, parts.amount)
    return b.both(there, b.either(too_much, b.both(parts.every, b.negate(b.eq(own, parts.amount)))))


def _other_state(cells: Cells, fact: Fact, period: Period) -> Truth:
    """Is a part stated that is in another state than the whole?"""
    b, own = cells.builder, whole(cells, fact, period)[0]
    found: Truth = False
    for part in (part for months in (3, 1) if months < period.months for part in period.parts(months)):
        other, there = whole(cells, fact, part)
        found = b.either(found, b.both(there, b.negate(b.eq(own, other))))
    return found


def incomplete(cells: Cells, fact: Fact, period: Period) -> Truth:
    """Is a whole stated beside only some of its parts, so that what is left of it cannot be told apart?

    This is no contradiction: what holds of all firms that are consistent holds of these too.
    """
    b, parts = cells.builder, parts_of(cells, fact, period)
    return b.both(whole(cells, fact, period)[1], b.both(parts.some, b.negate(parts.every))) if fact.spread else False


def whole(cells: Cells, fact: Fact, period: Period) -> tuple[Whole, Truth]:
    """A fact as stated for exactly this period, by the first of its names, nought where it is not; and is it?"""
    b = cells.builder
    amount: Whole = 0
    there: Truth = False
    for name in reversed(own_names(fact, period, cells.scope.span)):
        amount = b.when(cells.there(name), cells.cell(fact, name), amount)
        there = b.either(cells.there(name), there)
    return amount, there


def parts_of(cells: Cells, fact: Fact, period: Period) -> Parts:
    """Each part since the opening as it is stated, or as its own parts come to."""
    b = cells.builder
    amount: Whole = 0
    every: Truth = True
    some: Truth = False
    for part in _parts(fact, period) if fact.earlier else cells.scope.open(_parts(fact, period)):
        own, there = whole(cells, fact, part)
        divided = part.months > 1 and not fact.adds_up
        below = parts_of(cells, fact, part) if divided else Parts(0, False, False)
        amount = b.add(amount, b.when(there, own, below.amount))
        every = b.both(every, b.either(there, below.every))
        some = b.either(some, b.either(there, below.some))
    return Parts(amount, every, some)


def _parts(fact: Fact, period: Period) -> tuple[Period, ...]:
    """Quarters, or the months of one."""
    return period.parts(3 if period.months > 3 or fact.adds_up else 1)


def missing_parts(cells: Cells, fact: Fact, period: Period) -> list[str]:
    """Of one firm, the inputs for the parts that are not stated."""
    found: list[str] = []
    for part in cells.scope.open(_parts(fact, period)):
        if whole(cells, fact, part)[1] is not True:
            some = part.months > 1 and not fact.adds_up and parts_of(cells, fact, part).some is True
            found += missing_parts(cells, fact, part) if some else [f"{fact.name}_{part.key}"]
    return found
