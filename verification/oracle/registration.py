"""Which kind of VAT payer the sales make of a business, where nothing else says it.

A small-scale payer has at most 5,000,000 over any twelve months in a row, or four quarters for one that files by quarter,
those without sales counted (STA order 43 art. 2; of 2026 STA 2026/2 art. 3). From 2026 the first day of the month in which
it has more makes it a general payer (VAT regulation art. 36); before, its registration, of which sales say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import fen

if TYPE_CHECKING:
    from .firm import Firm

SMALL_SCALE_LIMIT = 5_000_000_00
"""Fen (caishui 2018/33; VAT law art. 9)."""
BEFORE = "sales_before"


def kinds(firm: Firm) -> list[bool | None]:
    """Of each filing period of a year: is the business small-scale in it? None where that cannot be told."""
    counted = [
        sales - once
        for sales, once in zip(
            firm.series("revenue") or [0] * len(firm.periods), firm.each("one_off_sales"), strict=True
        )
    ]
    if not any(name.startswith(BEFORE) and value for name, value in firm.facts.items()):
        tests = [_over(sum(counted[: i + 1]), sum(counted[: i + 1])) for i in range(len(counted))]
    else:
        tests = [_over(*_year_before(firm))]
        for i, (_, last) in enumerate(firm.bounds):
            least, most = _months_before(firm, range(last + 1, 13))
            here = sum(counted[: i + 1])
            tests.append(_over(least + here, None if most is None else most + here))
        tests = [_any((tests[0], test)) for test in tests[1:]]
    if firm.year < 2026:
        over = _any(tests)
        return [None if over is None else not over] * len(counted)
    passed = [_any(tests[: i + 1]) for i in range(len(tests))]
    if firm.periods[0].months == 1:
        return [None if over is None else not over for over in passed]
    found: list[bool | None] = []
    at_start: bool | None = _over(*_year_before(firm)) if len(tests) and _has(firm) else False
    for over in passed:
        found.append(False if at_start else True if over is False else None)
        at_start = over
    return found


def _has(firm: Firm) -> bool:
    return any(name.startswith(BEFORE) and value for name, value in firm.facts.items())


def _over(least: int, most: int | None) -> bool | None:
    """More than the limit, whatever between the least and the most it is? None where some of that is and some is not."""
    if least > SMALL_SCALE_LIMIT:
        return True
    return False if most is not None and most <= SMALL_SCALE_LIMIT else None


def _any(tests: Iterable[bool | None]) -> bool | None:
    found = list(tests)
    return True if True in found else None if None in found else False


def _stated(firm: Firm, part: str = "") -> int | None:
    value = firm.facts.get(BEFORE + part)
    return fen.read(value) if value else None


def _year_before(firm: Firm) -> tuple[int, int | None]:
    """The least and the most that the sales of the year before can be."""
    whole = _stated(firm)
    return (whole, whole) if whole is not None else _months_before(firm, range(1, 13))


def _months_before(firm: Firm, months: range) -> tuple[int, int | None]:
    """The least and the most that some of its months, the last ones, can have together; no most where nothing bounds them."""
    least, most, bounded = 0, 0, True
    for quarter in range(1, 5):
        mine = range(3 * quarter - 2, 3 * quarter + 1)
        asked = [month for month in mine if month in months]
        each = {month: amount for month in mine if (amount := _stated(firm, f"_m{month:02}")) is not None}
        whole = _stated(firm, f"_q{quarter}")
        told = sum(amount for month, amount in each.items() if month in asked)
        if all(month in each for month in asked):
            least, most = least + told, most + told
        elif whole is not None:
            least += whole if len(asked) == 3 else told
            most += whole
        else:
            least, bounded = least + told, False
    return least, most if bounded else _stated(firm)
