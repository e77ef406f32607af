"""The core rules of 2023 in decimals, row by row: exact, and as literal as the law.

python benchmarks/rivals/decimal_rows.py IN OUT
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from rows import Business, run

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
HALF = Decimal("0.50")
SMALL_SALES = Decimal("300000.00")
LEVY_RATE, FULL_RATE = Decimal("0.01"), Decimal("0.03")
STANDARD, SMALL_PROFIT, WESTERN = Decimal("0.25"), Decimal("0.25") * Decimal("0.20"), Decimal("0.15")
SMALL_INCOME, SMALL_STAFF, SMALL_ASSETS = Decimal("3000000"), Decimal("300"), Decimal("50000000")
ENCOURAGED = Decimal("0.6")
HALVED_INCOME = Decimal("2000000")
BANDS = [
    (Decimal("30000"), Decimal("0.05"), Decimal("0")),
    (Decimal("90000"), Decimal("0.10"), Decimal("1500")),
    (Decimal("300000"), Decimal("0.20"), Decimal("10500")),
    (Decimal("500000"), Decimal("0.30"), Decimal("40500")),
    (Decimal("Infinity"), Decimal("0.35"), Decimal("65500")),
]
"""Upper end, rate, quick deduction."""


def to_fen(amount: Decimal) -> Decimal:
    """Rounded half up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def monthly(year: Decimal) -> list[Decimal]:
    """A yearly amount over the months, to whole fen that add up to it."""
    fen = year * 100
    marks = [month * fen // 12 for month in range(13)]
    return [(after - before) / 100 for before, after in pairwise(marks)]


def vat(business: Business, reliefs: bool) -> Decimal:
    """Quarters above the small sales at the reduced rate; or the months' balances, with credit carried on."""
    if business.vat_payer == "small_scale":
        quarters = map(Decimal, business[6:10])
        if not reliefs:
            return sum((to_fen(sales * FULL_RATE) for sales in quarters), ZERO)
        return sum((to_fen(sales * LEVY_RATE) for sales in quarters if sales > SMALL_SALES), ZERO)
    paid = credit = ZERO
    months = zip(monthly(Decimal(business.output_vat)), monthly(Decimal(business.input_vat)), strict=True)
    for output, deducted in months:
        balance = output - deducted - credit
        paid += max(balance, ZERO)
        credit = max(-balance, ZERO)
    return to_fen(paid)


def small_tax(due: str, halved: bool) -> str:
    """A small tax, half of it waived for the small."""
    if not due:
        return ""
    tax = Decimal(due)
    return str(tax - to_fen(tax * HALF) if halved else tax)


def corporate_tax(business: Business, reliefs: bool) -> Decimal:
    """The least that one of the rates gives."""
    if not reliefs:
        return to_fen(max(ZERO, Decimal(business.taxable_income)) * STANDARD)
    deduction = Decimal(business.rd_expensed or 0)
    taxable = max(ZERO, Decimal(business.taxable_income) - deduction)
    taxes = [to_fen(taxable * STANDARD)]
    if (
        taxable <= SMALL_INCOME
        and Decimal(business.employees) <= SMALL_STAFF
        and Decimal(business.assets) <= SMALL_ASSETS
    ):
        taxes.append(to_fen(taxable * SMALL_PROFIT))
    if business.western_region == "yes" and Decimal(business.encouraged_income_share or 0) >= ENCOURAGED:
        taxes.append(to_fen(taxable * WESTERN))
    return min(taxes)


def tax_on(income: Decimal) -> Decimal:
    """Tax on business income before halving."""
    rate, quick_deduction = next((rate, quick) for up_to, rate, quick in BANDS if income <= up_to)
    return to_fen(income * rate - quick_deduction)


def individual_tax(business: Business, reliefs: bool) -> Decimal:
    """Business income tax, half of it waived on the first two million."""
    income = max(ZERO, Decimal(business.taxable_income))
    halved = to_fen(tax_on(min(income, HALVED_INCOME)) * HALF) if reliefs else ZERO
    return tax_on(income) - halved


def taxes(business: Business, reliefs: bool) -> list[str]:
    """The five taxes, with every relief or with none."""
    individual = business.taxpayer == "individual_business"
    halved = reliefs and (individual or business.vat_payer == "small_scale")
    return [
        str(vat(business, reliefs)),
        small_tax(business.property_tax_due, halved),
        small_tax(business.land_use_tax_due, halved),
        small_tax(business.stamp_tax_due, halved),
        str(individual_tax(business, reliefs) if individual else corporate_tax(business, reliefs)),
    ]


def assess(business: Business) -> list[str]:
    """The cells of the result."""
    cells = []
    for before, after in zip(taxes(business, False), taxes(business, True), strict=True):
        cells += [before, str(Decimal(before) - Decimal(after)) if before else "", after]
    return cells


if __name__ == "__main__":
    run(assess)
