"""How a fact of a period is come by from what is stated: for it, for its parts, or for a period around it.

Every engine reads facts by what stands here, and asks by it for those that are missing.
"""

import functools
from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Fact


class Scope(NamedTuple):
    """What of a firm decides how its facts are come by."""

    span: Period
    """The assessed period."""
    filing: int
    """Months of a filing period."""
    running: bool = False
    """Is the span a year that has not ended on the day of the assessment?"""
    opening: int = 1
    """The month in which the firm opened; 1 for one that was open when the year began."""

    def open(self, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        """Those of some periods that do not end before the firm opened."""
        return tuple(period for period in periods if period.first + period.months > self.opening)


class Way(NamedTuple):
    """One way to come by a fact of a period: the inputs it takes, all of which must be stated.

    `how` is "stated", "summed", "spread" or, for nought, "before_opening"; for "spread", the part `part` of
    `of` equal ones is taken. Of a state it is "stated" for the period or for one around it, or "agreed" on by its parts.
    """

    how: str
    names: tuple[str, ...]
    part: int
    of: int


@functools.cache
def ways(fact: Fact, period: Period | None, scope: Scope) -> tuple[Way, ...]:
    """Every way to come by a fact of a period, the first that can be gone counts.

    As stated for it; nought before the firm opened; summed from its quarters or months; else its share of the
    quarter or year around it, which is cut over what is left of that from the opening on.
    """
    if fact.earlier:
        return _earlier(fact, period)
    if fact.adds_up:
        return _to_date(fact, period, scope)
    if period is None:
        return (Way("stated", (fact.name,), 0, 1),)
    found = [Way("stated", (name,), 0, 1) for name in own_names(fact, period, scope.span)]
    if fact.holds:
        return (*found, *_ways_of_a_state(fact, period, scope))
    if not scope.open((period,)):
        return (*found, Way("before_opening", (), 0, 1))
    for months in (3, 1):
        if months < period.months:
            parts = scope.open(period.parts(months))
            found.append(Way("summed", tuple(f"{fact.name}_{part.key}" for part in parts), 0, len(parts)))
    for months in (3, 12) if fact.spread else ():
        wider = period.around(months)
        if period.months < months <= scope.span.months:
            for name in own_names(fact, wider, scope.span):
                found.append(Way("spread", (name,), *_place(period, wider, scope)))
    return tuple(found)


def _earlier(fact: Fact, period: Period | None) -> tuple[Way, ...]:
    """All of what was before as stated; a quarter of it as stated, else summed from its months; a month as stated."""
    name = f"{fact.name}_{period.key}" if period else fact.name
    months = tuple(f"{fact.name}_{month.key}" for month in period.parts(1)) if period and period.months > 1 else ()
    return (Way("stated", (name,), 0, 1), *((Way("summed", months, 0, len(months)),) if months else ()))


def _to_date(fact: Fact, period: Period | None, scope: Scope) -> tuple[Way, ...]:
    """A quarter of what adds up as stated for it; all to date as stated, else summed from the quarters."""
    whole = period or to_date(fact, scope.span)
    found = [Way("stated", (name,), 0, 1) for name in own_names(fact, whole, scope.span)]
    if not whole.months:
        return tuple(found)
    if not scope.open((whole,)):
        return (*found, Way("before_opening", (), 0, 1))
    if period is None and whole.months % 3 == 0:
        names = tuple(f"{fact.name}_{part.key}" for part in scope.open(whole.parts(3)))
        found.append(Way("summed", names, 0, len(names)))
    return tuple(found)


def _ways_of_a_state(fact: Fact, period: Period, scope: Scope) -> Iterator[Way]:
    """A state of a longer period is that of each part of it, and one that all parts are in is that of the whole."""
    for months in (3, 12):
        if period.months < months:
            for name in own_names(fact, period.around(months), scope.span):
                yield Way("stated", (name,), 0, 1)
    for months in (3, 1):
        if months < period.months:
            parts = period.parts(months)
            yield Way("agreed", tuple(f"{fact.name}_{part.key}" for part in parts), 0, len(parts))


def _place(period: Period, wider: Period, scope: Scope) -> tuple[int, int]:
    """Which part of how many equal ones a period is of a wider one: that is cut into filing periods first."""
    part, of = 0, 1
    for months in dict.fromkeys((min(scope.filing, wider.months), period.months)):
        if months >= period.months:
            parts = scope.open(wider.parts(months))
            wider = period.around(months)
            part, of = part * len(parts) + parts.index(wider), of * len(parts)
    return part, of


class Piece(NamedTuple):
    """A part of a fact that is asked for by its name, unless it can be come by in one of these ways.

    Once one of its own parts is stated, those that are not are asked for instead.
    """

    name: str
    ways: tuple[tuple[str, ...], ...]
    parts: tuple[str, ...]


@functools.cache
def pieces(fact: Fact, period: Period | None, scope: Scope) -> tuple[Piece, ...]:
    """What is asked for where some part of a fact is stated: filing periods, the quarters of an average."""
    if fact.points:
        return average(fact, scope).quarters
    if fact.earlier and period:
        months = tuple(f"{fact.name}_{month.key}" for month in period.parts(1)) if period.months > 1 else ()
        return (Piece(f"{fact.name}_{period.key}", tuple(way.names for way in ways(fact, period, scope)), months),)
    if fact.adds_up:
        parts = (period,) if period else scope.open(to_date(fact, scope.span).parts(3))
        return tuple(Piece(name, ((name,),), ()) for name in (f"{fact.name}_{part.key}" for part in parts))
    if period is None:
        return ()
    each = period.parts(scope.filing) if period.months > scope.filing else (period.around(scope.filing),)
    return tuple(
        Piece(
            f"{fact.name}_{one.key}",
            tuple(way.names for way in ways(fact, one, scope)),
            tuple(f"{fact.name}_{month.key}" for month in scope.open(one.parts(1))) if one.months > 1 else (),
        )
        for one in scope.open(each)
    )


class Average(NamedTuple):
    """The quarters that an average is the mean of, from the opening to the end of the period.

    The first `least` of them must be there, and every one before the last that is.
    """

    quarters: tuple[Piece, ...]
    least: int


@functools.cache
def average(fact: Fact, scope: Scope) -> Average:
    """All quarters to the end of the period; of a year that still runs, those to date.

    A quarter of which the period leaves out the last month need not be there, except the first.
    """
    end = scope.span.first + scope.span.months - 1
    first = (scope.opening + 2) // 3
    quarters = tuple(_quarter(f"{fact.name}_q{q}") for q in range(first, (end + 2) // 3 + 1))
    return Average(quarters, 1 if scope.running else max(end // 3 - first + 1, 1))


def _quarter(name: str) -> Piece:
    ends = (f"{name}_open", f"{name}_close")
    return Piece(name, ((name,), ends), ends)


def to_date(fact: Fact, span: Period) -> Period:
    """The time that a figure which adds up is of: from January to the end of the assessed period; of what is paid, to the
    beginning of one within the year, which may be no time at all."""
    whole = span.to_date
    return whole._replace(months=whole.months - span.months) if fact.paid and span.months < 12 else whole


def own_names(fact: Fact, period: Period, span: Period) -> list[str]:
    """The inputs that state a fact for exactly this period."""
    names = [f"{fact.name}_{period.key}"] if period.key else []
    if fact.earlier:
        return names or [fact.name]
    return [*names, fact.name] if period == (to_date(fact, span) if fact.adds_up else span) else names


def part_inside(fact: Fact, part: str, period: Period) -> bool:
    """Does a part of a fact ('q2', 'm04', 'q1_open') lie in an assessed period? Averages may begin before it, and a
    state may hold for longer."""
    first, last = months_of(part)[0], period.first + period.months - 1
    if fact.earlier:
        return first >= period.first or months_of(part)[-1] < period.first
    if fact.holds:
        return first <= last and months_of(part)[-1] >= period.first
    if fact.paid:
        last = to_date(fact, period).months
    if fact.points and period.months == 1:
        return first <= last
    return months_of(part)[-1] <= last and (fact.points or fact.adds_up or first >= period.first)


def before(part: str, period: Period) -> Period:
    """A quarter or a month of the twelve months before an assessed period."""
    months = months_of(part)
    return Period(period.year - (months[-1] >= period.first), months[0], len(months))


def months_of(part: str) -> range:
    """'m04' is the fourth month; 'q2', 'q2_open' the fourth to the sixth."""
    if part[0] == "m":
        return range(int(part[1:3]), int(part[1:3]) + 1)
    return range(int(part[1]) * 3 - 2, int(part[1]) * 3 + 1)
