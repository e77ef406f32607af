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


def taxed_price(firm: Firm) -> int | None:
    """Fen of a vehicle's price without VAT. One with VAT holds 13%, since April 2019: before, nobody can say."""
    price = firm.money("vehicle_price")
    if price is None or not firm.flag("amounts_include_vat"):
        return price
    return None if (firm.year, firm.first) < (2019, 4) else fen.part(price, 100, 113)


def forgiven(firm: Firm, tax: int) -> int | None:
    """Fen of the purchase tax of a new energy vehicle that are forgiven; None where it must be told what vehicle it is.

    All of it to 2025 (2017/172, 2020/21, 2022/27), half of it in 2026 and 2027; but of a passenger car at most 30,000
    yuan in 2024 and 2025, and 15,000 then (2023/10 art. 1).
    """
    whole, most = (tax, 30_000_00) if firm.year <= 2025 else (fen.part(tax, 1, 2), 15_000_00)
    if firm.year <= 2023 or whole <= most:
        return whole
    if not firm.facts.get("passenger_car"):
        return None
    return most if firm.flag("passenger_car") else whole


def vehicle_purchase(firm: Firm, claimed: Claims) -> int | None:
    """10% of the price without VAT of each car (vehicle purchase tax law arts. 4 to 6), rounded car by car, less what is
    forgiven of new energy vehicles."""
    cars = int(firm.text("vehicles", "1"))
    price = taxed_price(firm) if cars else 0
    if firm.money("vehicle_price") is None or price is None:
        return None
    tax = fen.percent(price, 10)
    relief = forgiven(firm, tax) if firm.flag("new_energy_vehicle") else 0
    if relief is None:
        return None
    return (tax - relief if "nev_purchase_tax" in claimed else tax) * cars


def vehicle_untold(firm: Firm) -> bool:
    """Is what kind of vehicle it is all that is missing?"""
    price = taxed_price(firm)
    return price is not None and vehicle_purchase(firm, frozenset()) is None


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


def three_years(firm: Firm) -> bool | None:
    """Has the end of the period come within three years of the registration? None where nothing dates it.

    Counted in months, that of the registration as the first; one who says only when it opened was registered then.
    """
    began = firm.facts.get("registered_month") or firm.facts.get("opened")
    if not began:
        return None
    year, month = int(began[:4]) + 3, int(began[5:7])
    return (firm.year, firm.last) < (year, month)


def spared(firm: Firm) -> bool | None:
    """Up to 30 people: none of the fund is due since 2020 (announcements 2019/98 and 2023/8), in 2019 in the first three
    years alone (caishui 2017/18)."""
    if int(firm.facts["staff_total"]) > 30:
        return False
    return True if firm.year >= 2020 else three_years(firm)


def disability_fund(firm: Firm, claimed: Claims) -> int | None:
    """(Staff × 1.5% − disabled staff) × average wage of a year, never below nought, of all but individual businesses.

    2020 to 2027: half where at least 1% of the staff are disabled, else 90% (MOF announcements 2019/98 and 2023/8).
    """
    if not all(firm.facts.get(name) for name in ("staff_total", "disabled_staff", "average_wage")):
        return None
    staff, disabled = Fraction(firm.facts["staff_total"]), Fraction(firm.facts["disabled_staff"])
    missing = max(staff * 15 / 1000 - disabled, Fraction(0))
    due = int(missing * firm.amount("average_wage") + Fraction(1, 2))
    if spared(firm) and "disability_fund_exemption" in claimed:
        return 0
    if firm.year >= 2020 and "disability_fund_tiers" in claimed:
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
