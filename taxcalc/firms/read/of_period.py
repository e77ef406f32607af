"""Which columns of a table speak of the assessed period: one table of a year serves the year and each filing in it."""

from __future__ import annotations

from collections.abc import Sequence

from taxcalc.base.period import Period
from taxcalc.facts.periods import before, months_of, part_inside
from taxcalc.facts.statement import WHEN
from taxcalc.facts.titles import read_title
from taxcalc.firms.read.column import Column

_OF_THE_YEAR = ("money", "average", "count")
"""Types of facts that are figures of a time, where no part of it is named."""
_KEPT = {"year", "loss_brought_forward", "vat_credit", "addon_opening", "average_wage", "property_original_value"}
"""Figures that hold at any time of the year, or as it begins."""


def of_period(columns: Sequence[Column], period: Period | None) -> tuple[list[Column], list[Column]]:
    """The columns of a table as they are read for a period, or for whatever the rows say; and those of other times,
    which are passed through.

    Figures to date count where they run to its end. Those of the year, and of other parts of it, say nothing of a shorter
    period, unless the rows say themselves of which they are.
    """
    dated = any(column.slot and column.slot.fact.name in WHEN and column.slot.fact.name != "year" for column in columns)
    found: list[Column] = []
    other: list[Column] = []
    for column in columns:
        if column.slot is None or _counts(column, period, dated=dated):
            found.append(column)
            continue
        other.append(column)
        found.append(column._replace(slot=None))
    return found, other


def _counts(column: Column, period: Period | None, *, dated: bool) -> bool:
    assert column.slot is not None
    fact, part, year = column.slot
    title = read_title(column.title)
    if title.cumulative and title.part:
        end = 12 if period is None else period.first + period.months - 1
        return months_of(title.part)[-1] == end
    if period is None or period.months == 12 or dated:
        return True
    if part:
        return part_inside(fact, part, period) and year in (0, before(part, period).year)
    return title.cumulative or fact.type not in _OF_THE_YEAR or fact.name in _KEPT
