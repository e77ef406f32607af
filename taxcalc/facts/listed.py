"""What a source states of a fact, as text: one for a plain value, one for each quarter or month of a list."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias, Union

from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Fact, Slot
from taxcalc.facts.periods import to_date

Raw: TypeAlias = Union[str, int, bool, Decimal, date, datetime, time, "Listed", "Mapping[str, Raw]", None]
"""A value as a file of facts or a caller has it, never a float. What is not text or a whole number is read as it is written."""
Listed: TypeAlias = "Sequence[Raw]"


def slots_of_list(fact: Fact, part: str, values: Listed, period: Period) -> list[tuple[Slot, str]] | None:
    """One (slot, text) for each quarter or month of a list that is stated of a period; None where it does not fit."""
    if part or not (fact.series or fact.points) or (fact.earlier and period.months < 12):
        return None
    if fact.points:
        if not 1 <= len(values) <= 4:
            return None
        slots = []
        for q, value in enumerate(values, 1):
            if isinstance(value, list | tuple):
                if len(value) != 2:
                    return None
                slots += [
                    (Slot(fact, f"q{q}_{end}"), text_of(v)) for end, v in zip(("open", "close"), value, strict=True)
                ]
            else:
                slots.append((Slot(fact, f"q{q}"), text_of(value)))
        return slots
    whole = to_date(fact, period) if fact.adds_up else period
    for months in (3,) if fact.adds_up else (3, 1):
        periods = whole.parts(months) if whole.months % months == 0 else ()
        if len(values) == len(periods) > 1:
            return [(Slot(fact, p.key), text_of(v)) for p, v in zip(periods, values, strict=True)]
    return None


def text_of(raw: Raw) -> str:
    """It as text."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int) and abs(raw) >= 10**60:
        return "9" * 61  # too long to be any amount, and too long for str() to write
    return "" if raw is None else str(raw)
