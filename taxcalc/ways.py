"""How a fact of a period is come by from what is stated: for it, for its parts, or for a period around it."""

import functools
from typing import NamedTuple

from taxcalc.catalogue import Fact
from taxcalc.period import Period


class Way(NamedTuple):
    """One way to come by a fact of a period: the inputs it takes, all of which must be stated.

    `how` is "stated", "summed" or "spread"; for the last, the part `part` of `of` equal ones is taken.
    """

    how: str
    names: tuple[str, ...]
    part: int
    of: int


@functools.cache
def ways(fact: Fact, period: Period | None, span: Period) -> tuple[Way, ...]:
    """Every way to come by a fact of a period, the first that can be gone counts.

    As stated for it; summed from its quarters or months; else its share of the quarter or year around it.
    """
    if period is None:
        return (Way("stated", (fact.name,), 0, 1),)
    found = [Way("stated", (name,), 0, 1) for name in own_names(fact, period, span)]
    for months in (3, 1):
        if months < period.months:
            parts = period.parts(months)
            found.append(Way("summed", tuple(f"{fact.name}_{part.key}" for part in parts), 0, len(parts)))
    for months in (3, 12) if fact.spread else ():
        wider = period.around(months)
        if period.months < months <= span.months:
            of = wider.parts(period.months)
            for name in own_names(fact, wider, span):
                found.append(Way("spread", (name,), of.index(period), len(of)))
    return tuple(found)


def own_names(fact: Fact, period: Period, span: Period) -> list[str]:
    """The inputs that state a fact for exactly this period."""
    names = [f"{fact.name}_{period.key}"] if period.key else []
    return [*names, fact.name] if period == span else names


def part_inside(fact: Fact, part: str, period: Period) -> bool:
    """Does a part of a fact ('q2', 'm04', 'q1_open') lie in an assessed period? Averages may begin before it."""
    months = 1 if part[0] == "m" else 3
    first = int(part[1:3]) if months == 1 else int(part[1]) * 3 - 2
    last = period.first + period.months - 1
    if fact.points and months == 3 and period.months == 1:
        return first <= last
    return first + months - 1 <= last and (fact.points or first >= period.first)


def share(whole: int, index: int, parts: int) -> int:
    """The part of an amount that falls on one of equal periods: whole fen, and the parts sum to the whole."""
    sign, amount = (-1, -whole) if whole < 0 else (1, whole)
    return sign * (amount * (index + 1) // parts - amount * index // parts)
