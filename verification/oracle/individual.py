"""Individual income tax on business income: of individual businesses, sole proprietors and a partner's share."""

from __future__ import annotations

from . import fen
from .firm import Firm
from .vat_small import Claims

BRACKETS = (
    (30_000_00, 5, 0),
    (90_000_00, 10, 1_500_00),
    (300_000_00, 20, 10_500_00),
    (500_000_00, 30, 40_500_00),
)
"""Fen up to which a bracket goes, itself included; percent; fen of quick deduction. Above them 35% less 65,500 yuan."""


def by_table(income: int) -> int:
    """Fen of tax on yearly business income by the table."""
    for limit, rate, less in BRACKETS:
        if income <= limit:
            return fen.percent(income, rate) - less
    return fen.percent(income, 35) - 65_500_00


def halving_limit(year: int) -> int:
    """Fen of income whose tax is halved: none to 2020, 1 million in 2021 and 2022 (2021/12), then 2 million (2023/12)."""
    if year <= 2020:
        return 0
    return 1_000_000_00 if year <= 2022 else 2_000_000_00


def tax(firm: Firm, claimed: Claims) -> int | None:
    """Fen payable: full tax, less other relief, less half of the tax on the part of income within the limit.

    Only individual businesses have the halving. Other relief is shared out by that part of the income before halving (STA 2023/12).
    """
    stated = firm.money("taxable_income")
    if firm.kind == "enterprise" or stated is None:
        return None
    income = max(stated - firm.amount("loss_brought_forward"), 0)
    full = by_table(income)
    other = min(firm.amount("income_tax_relief"), full) if "stated_relief" in claimed else 0
    if "iit_halving" not in claimed or firm.kind != "individual_business" or income == 0:
        return full - other
    within = min(income, halving_limit(firm.year))
    relief = fen.part(by_table(within) * income - other * within, 1, 2 * income)
    return full - other - max(relief, 0)
