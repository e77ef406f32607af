"""What is stated of a year, as far as it speaks of a part of it."""

from collections.abc import Callable, Mapping

from taxcalc.base.period import Period
from taxcalc.facts.periods import part_inside
from taxcalc.facts.stated import Stated
from taxcalc.facts.statement import WHEN, FactSet

_OF_THE_START = ("loss_brought_forward", "vat_credit", "addon_opening")
"""What is stated of a year holds on its first day; the first of these until its end."""


def within(facts: FactSet, period: Period, told: Mapping[str, str | None]) -> FactSet:
    """The facts of a year for a period of it, its own parts and what is no figure of a time; with what is `told` of it."""
    return again(facts, lambda one: speaks_of(one, period) and not _is_mean(one), "options", told)


def speaks_of(one: Stated, period: Period) -> bool:
    """Does what is stated of a year say something of a period of it? The mean of a year is a guess at that of its part."""
    fact, part, _ = one.slot
    if fact.name in WHEN or fact.earlier:
        return False
    if part:
        return part_inside(fact, part, period)
    return fact.type != "money" or fact.points or fact.name in _OF_THE_START[: None if period.first == 1 else 1]


def _is_mean(one: Stated) -> bool:
    return one.slot.fact.points and not one.slot.part


def again(facts: FactSet, keeps: Callable[[Stated], bool], source: str, more: Mapping[str, str | None]) -> FactSet:
    """Some of the facts as they were told, with more from a source."""
    sources: dict[str, dict[str, str]] = {}
    for one in facts.stated.values():
        if keeps(one):
            sources.setdefault(one.source, {})[one.slot.dated] = one.text
    made = FactSet(facts.catalogue, facts.today)
    made.opening = facts.opening
    return made.told([*sources.items(), (source, more)])
