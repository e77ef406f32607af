"""Vehicle purchase tax, cultural undertaking fee, disability fund and the internship subsidy.

Each function gives fen payable under the reliefs that are claimed, or None when its facts are not stated.
"""

from __future__ import annotations

from fractions import Fraction

from . import fen
from .firm import Firm, Period
from .vat_law import one_percent
from .vat_small import Claims, net

FEE_EXEMPT_MONTHLY = 20_000_00
"""Fen of monthly sales up to which small-scale payers owe no cultural fee (caishui 2016/25, 2016/60)."""


def vehicle_purchase(firm: Firm, claimed: Claims) -> int | None:
    """10% of the price without VAT of each car (vehicle purchase tax law arts. 4 to 6), rounded car by car.

    New energy vehicles: free to 2023 (2017/172, 2020/21, 2022/27); at most 30,000 yuan a car forgiven in 2024 and 2025, half of the
    tax but at most 15,000 a car in 2026 and 2027 (2023/10). A price with VAT holds 13%, since April 2019: before, nobody can say.
    """
    price = firm.money("vehicle_price")
    if price is None:
        return None
    cars = int(firm.text("vehicles", "1"))
    if not cars:
        return 0
    if firm.flag("amounts_include_vat"):
        if (firm.year, firm.first) < (2019, 4):
            return None
        price = fen.part(price, 100, 113)
    tax = fen.percent(price, 10)
    relief = 0
    if firm.flag("new_energy_vehicle") and "nev_purchase_tax" in claimed:
        if firm.year <= 2023:
            relief = tax
        elif firm.year in (2024, 2025):
            relief = min(tax, 30_000_00)
        elif firm.year in (2026, 2027):
            relief = min(fen.part(tax, 1, 2), 15_000_00)
    return (tax - relief) * cars


def fee_forgiven(period: Period) -> int:
    """Percent of the cultural fee that is forgiven: half since July 2019, but all of it in 2020 and 2021.

    Caishui 2019/46 and 2025/7; announcements 2020/25 art. 3 and 2021/7.
    """
    if period.year in (2020, 2021):
        return 100
    return 50 if period.end >= (2019, 7) else 0


def cultural_fee(firm: Firm, claimed: Claims) -> int | None:
    """3% of fee sales, VAT included, less what was passed on to other advertisers; rounded period by period.

    Small-scale payers owe nothing up to 20,000 yuan of such sales a month without the VAT in them, which their invoices
    show as 1% or 3%; whether exactly that is free, the law at hand leaves open, and here it is.
    """
    sales = firm.series("cultural_fee_sales")
    if sales is None:
        return None
    off = firm.each("cultural_fee_deduction")
    may_be_exempt = firm.small_scale and "cultural_fee_exemption" in claimed
    payable = 0
    for i, period in enumerate(firm.periods):
        without_vat = net(sales[i], 1 if one_percent(period) else 3)
        if may_be_exempt and without_vat <= FEE_EXEMPT_MONTHLY * period.months:
            continue
        due = fen.percent(max(sales[i] - off[i], 0), 3)
        percent = fee_forgiven(period) if "cultural_fee_halving" in claimed else 0
        payable += due - fen.percent(due, percent)
    return payable


def disability_fund(firm: Firm, claimed: Claims) -> int | None:
    """(Staff × 1.5% − disabled staff) × average wage of a year, never below nought.

    2020 to 2027: nothing with up to 30 people; half where at least 1% of the staff are disabled, else 90% (MOF
    announcements 2019/98 and 2023/8).
    """
    if not all(firm.facts.get(name) for name in ("staff_total", "disabled_staff", "average_wage")):
        return None
    staff, disabled = Fraction(firm.facts["staff_total"]), Fraction(firm.facts["disabled_staff"])
    missing = max(staff * 15 / 1000 - disabled, Fraction(0))
    due = int(missing * firm.amount("average_wage") + Fraction(1, 2))
    if firm.year < 2020:
        return due
    if staff <= 30 and "disability_fund_exemption" in claimed:
        return 0
    if "disability_fund_tiers" in claimed:
        due -= fen.percent(due, 50 if disabled >= staff / 100 else 10)
    return due


def internship_subsidy(firm: Firm) -> int | None:
    """Fen received for interns: yuan a person and month by the share that is kept on (notice, measure 43; 2023).

    1,000 below 50%; 1,200 from 50%; 1,350 from 60%; 1,500 from 70%.
    """
    if not firm.facts.get("interns") or not firm.facts.get("intern_months"):
        return None
    if firm.year != 2023:
        return 0
    kept = firm.share("intern_retention") or Fraction(0)
    monthly = 1_000_00
    for share, amount in ((50, 1_200_00), (60, 1_350_00), (70, 1_500_00)):
        if kept >= Fraction(share, 100):
            monthly = amount
    return int(firm.facts["interns"]) * int(firm.facts["intern_months"]) * monthly
