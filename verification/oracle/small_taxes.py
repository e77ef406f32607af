"""Resource, property, land use, stamp and farmland tax; who may halve them, and how."""

from __future__ import annotations

from . import fen
from .firm import Firm
from .vat_small import Claims

STAMP = {
    "stamp_loan": 50,
    "stamp_finance_lease": 50,
    "stamp_sale": 300,
    "stamp_work": 300,
    "stamp_construction": 300,
    "stamp_transport": 300,
    "stamp_technology": 300,
    "stamp_lease": 1000,
    "stamp_custody": 1000,
    "stamp_storage": 1000,
    "stamp_property_insurance": 1000,
    "stamp_real_estate_transfer": 500,
    "stamp_share_transfer": 500,
    "stamp_ip_transfer": 300,
    "stamp_account_books": 250,
}
"""Millionths of the sum of each kind of contract (stamp tax law, table of rates)."""


def may_halve(firm: Firm) -> bool:
    """Who has the six taxes and two fees halved.

    2019 to 2021: small-scale VAT payers (caishui 2019/13 art. 3). From 2022 also individual businesses and
    enterprises that the last settlement found small low-profit (2022/10; 2023/12 art. 2). Sole proprietorships
    and partnerships pay no corporate income tax, so they come in only as small-scale payers.
    """
    if firm.small_scale:
        return True
    if firm.year < 2022:
        return False
    if firm.kind == "enterprise":
        return firm.flag("small_low_profit_status")
    return firm.kind == "individual_business"


def halving(firm: Firm, claimed: Claims) -> bool:
    """Whether the halving is claimed by one who may."""
    return "six_taxes_halving" in claimed and may_halve(firm)


def remaining(amount: int, half: bool) -> int:
    """What is left to pay of an amount due: the relief is half of it, half a fen up, and payable the difference."""
    return amount - fen.part(amount, 1, 2) if half else amount


def stamp_duty(firm: Firm) -> int | None:
    """Fen due: as stated, else each kind of contract by itself. The law, and so its rates, dates from July 2022: before,
    it is only known that nothing is due on nothing."""
    stated = firm.money("stamp_tax_due")
    if stated is not None:
        return stated
    bases = [(firm.money(name), rate) for name, rate in STAMP.items()]
    if all(base is None for base, _ in bases):
        return None
    if (firm.year, firm.first) < (2022, 7):
        return None if any(base for base, _ in bases) else 0
    return sum(fen.part(base, rate, 1_000_000) for base, rate in bases if base is not None)


def exempt_loans(firm: Firm) -> int:
    """Fen of the duty on contracts that loans to small and micro businesses do not owe (2023/13, and before it).

    A stated duty is a sum of which nobody knows how much is for loans.
    """
    if firm.money("stamp_tax_due") is not None or not firm.flag("small_or_micro") or stamp_duty(firm) is None:
        return 0
    return fen.part(firm.amount("stamp_loan"), STAMP["stamp_loan"], 1_000_000)


def property_tax(firm: Firm) -> int | None:
    """Fen due: as stated, else 1.2% of 70% of the original value and 12% of rent (property tax rules arts. 3, 4).

    The province takes off 30% of the value. That part is a tax by the year, so a quarter owes a quarter of it.
    """
    stated = firm.money("property_tax_due")
    if stated is not None:
        return stated
    value, rent = firm.money("property_original_value"), firm.money("property_rent")
    if value is None and rent is None:
        return None
    months = firm.last - firm.first + 1
    return fen.part(value or 0, 84 * months, 10_000 * 12) + fen.percent(rent or 0, 12)


def before_reliefs(firm: Firm) -> dict[str, tuple[int, int]]:
    """Fen due, and fen of other relief, of each of the five that is stated."""
    found = {
        "resource": (firm.money("resource_tax_due"), "resource_tax_relief"),
        "property": (property_tax(firm), "property_tax_relief"),
        "land_use": (firm.money("land_use_tax_due"), "land_use_tax_relief"),
        "stamp": (stamp_duty(firm), "stamp_tax_relief"),
        "farmland_occupation": (firm.money("farmland_tax_due"), "farmland_tax_relief"),
    }
    return {levy: (due, firm.amount(relief)) for levy, (due, relief) in found.items() if due is not None}


def due(firm: Firm, before: dict[str, tuple[int, int]], claimed: Claims) -> dict[str, int]:
    """Fen payable of each: loans that owe nothing and other reliefs come off first, then half of what remains."""
    half = halving(firm, claimed)
    after = {}
    for levy, (amount, relief) in before.items():
        if levy == "stamp" and "stamp_loan_exemption" in claimed:
            amount = amount - exempt_loans(firm)
        left = max(amount - relief, 0) if "stated_relief" in claimed else amount
        after[levy] = remaining(left, half)
    return after
