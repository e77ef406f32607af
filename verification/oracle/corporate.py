"""Corporate income tax of enterprises: the statutory rate, and the regimes of which the best one is taken."""

from __future__ import annotations

from fractions import Fraction

from . import fen, rd
from .firm import Firm
from .vat_small import Claims

LIMIT = 3_000_000_00
"""Fen of taxable income up to which, itself included, an enterprise may be small low-profit."""


def income(firm: Firm, claimed: Claims) -> int | None:
    """Fen of taxable income after the R&D deduction and then prior losses, never below nought; None where it is not known."""
    stated = firm.money("taxable_income")
    if stated is None:
        return None
    if "rd_super_deduction" in claimed:
        deducted = rd.deduction(firm)
        if deducted is None:
            return None
        stated -= deducted
    return max(stated - firm.amount("loss_brought_forward"), 0)


def is_small(firm: Firm, taxable: int) -> bool:
    """At most 3 million yuan of income, 300 people and 50 million yuan of assets, in an industry that is not restricted.

    Tested on the income after all deductions (caishui 2019/13 art. 2; 2023/12).
    """
    if taxable > LIMIT or firm.people is None or firm.assets is None or firm.flag("restricted_industry"):
        return False
    return firm.people <= 300 and firm.assets <= 50_000_000


def small_relief(taxable: int, year: int) -> int:
    """Fen that a small low-profit enterprise has less to pay than 25% of its income: a line of the return, rounded once.

    It pays 20% of a part of its income. Counted of the first million and of the next two: 25% and 50% in 2019 and
    2020; 12.5% and 50% in 2021; 12.5% and 25% in 2022; 25% of all from 2023 (caishui 2019/13; 2021/12; 2022/13;
    2023/6; 2023/12). So it is spared 20, 22.5 or again 20 percent of the first, and 15 or 20 of the rest.
    """
    first = min(taxable, 1_000_000_00)
    of_first = 225 if year in (2021, 2022) else 200
    of_rest = 150 if year <= 2021 else 200
    return fen.part(first * of_first + (taxable - first) * of_rest, 1, 1000)


def is_western(firm: Firm) -> bool:
    """In the west, in an encouraged industry that brings 60% of all income, or 70% to 2020 (2020/23; caishui 2011/58)."""
    if not firm.flag("western_region") or not firm.flag("encouraged_industry"):
        return False
    share = firm.share("encouraged_income_share")
    if share is None:
        part, whole = firm.money("encouraged_income"), firm.money("total_income")
        if part is None or not whole:
            return False
        share = Fraction(part, whole)
    return share >= Fraction(60 if firm.year >= 2021 else 70, 100)


def regimes(firm: Firm, claimed: Claims) -> dict[str, int] | None:
    """Fen of tax under each regime the enterprise may use, the statutory one first; None without an income.

    As the return has it: a quarter of the income is a line, and what a regime takes off it is another.
    """
    if firm.kind != "enterprise":
        return None
    taxable = income(firm, claimed)
    if taxable is None:
        return None
    full = fen.percent(taxable, 25)
    found = {"standard": full}
    if "small_low_profit" in claimed and is_small(firm, taxable):
        found["small_low_profit"] = full - small_relief(taxable, firm.year)
    if "western_region" in claimed and is_western(firm):
        found["western_region"] = full - fen.percent(taxable, 10)
    if "high_tech" in claimed and firm.flag("high_tech"):
        found["high_tech"] = full - fen.percent(taxable, 10)
    return found


def tax(firm: Firm, claimed: Claims) -> int | None:
    """Fen payable: the least of the regimes, as they may not be added up (caishui 2009/69 art. 2)."""
    found = regimes(firm, claimed)
    return min(found.values()) if found else None
