"""The core rules of 2023 in whole fen, row by row: what plain Python does at best.

python benchmarks/rivals/integer_rows.py IN OUT
"""

from __future__ import annotations

from rows import Business, run

SMALL_SALES = 300_000_00
SMALL_INCOME, SMALL_STAFF, SMALL_ASSETS = 3_000_000_00, 300, 50_000_000_00
HALVED_INCOME = 2_000_000_00
BANDS = [
    (30_000_00, 5, 0),
    (90_000_00, 10, 1_500_00),
    (300_000_00, 20, 10_500_00),
    (500_000_00, 30, 40_500_00),
]
"""Upper end, percent, quick deduction."""
TOP_BAND = 35, 65_500_00


def fen(text: str) -> int:
    """'-1.50' is -150."""
    whole, _, part = text.partition(".")
    return int(whole + f"{part:0<2}")


def yuan(amount: int) -> str:
    """150 is '1.50'; no result is negative."""
    return f"{amount // 100}.{amount % 100:02}"


def percent(amount: int, rate: int) -> int:
    """Rounded half up."""
    return (amount * rate + 50) // 100


def vat(business: Business, reliefs: bool) -> int:
    """Fen of the year. Evenly spread months with credit carried on add up to the year's balance, if positive:
    what is paid up to a month is the highest balance so far, and no earlier one is above the year's."""
    if business.vat_payer == "small_scale":
        quarters = map(fen, business[6:10])
        if not reliefs:
            return sum(percent(sales, 3) for sales in quarters)
        return sum(percent(sales, 1) for sales in quarters if sales > SMALL_SALES)
    return max(0, fen(business.output_vat) - fen(business.input_vat))


def small_tax(due: str, halved: bool) -> int | None:
    """A small tax, half of it waived for the small: of an odd fen the greater half."""
    if not due:
        return None
    return fen(due) // 2 if halved else fen(due)


def corporate_tax(business: Business, reliefs: bool) -> int:
    """The least that one of the rates gives: the lowest rate, as all are on the same income."""
    taxable = fen(business.taxable_income)
    if not reliefs:
        return percent(max(0, taxable), 25)
    if business.rd_expensed:
        taxable -= fen(business.rd_expensed)
    if taxable <= 0:
        return 0
    if (
        taxable <= SMALL_INCOME
        and fen(business.employees) <= SMALL_STAFF * 100
        and fen(business.assets) <= SMALL_ASSETS
    ):
        return percent(taxable, 5)
    share = business.encouraged_income_share
    western = business.western_region == "yes" and share and int(share.replace(".", "")) >= 6000
    return percent(taxable, 15 if western else 25)


def tax_on(income: int) -> int:
    """Tax on business income before halving."""
    for up_to, rate, quick_deduction in BANDS:
        if income <= up_to:
            return percent(income, rate) - quick_deduction
    rate, quick_deduction = TOP_BAND
    return percent(income, rate) - quick_deduction


def individual_tax(business: Business, reliefs: bool) -> int:
    """Business income tax, half of it waived on the first two million."""
    income = max(0, fen(business.taxable_income))
    halved = (tax_on(min(income, HALVED_INCOME)) + 1) // 2 if reliefs else 0
    return tax_on(income) - halved


def taxes(business: Business, reliefs: bool) -> list[int | None]:
    """The five taxes in fen, with every relief or with none; None where a small tax is not given."""
    individual = business.taxpayer == "individual_business"
    halved = reliefs and (individual or business.vat_payer == "small_scale")
    return [
        vat(business, reliefs),
        small_tax(business.property_tax_due, halved),
        small_tax(business.land_use_tax_due, halved),
        small_tax(business.stamp_tax_due, halved),
        individual_tax(business, reliefs) if individual else corporate_tax(business, reliefs),
    ]


def assess(business: Business) -> list[str]:
    """The cells of the result."""
    cells = []
    for before, after in zip(taxes(business, False), taxes(business, True), strict=True):
        if before is None or after is None:
            cells += ["", "", ""]
        else:
            cells += [yuan(before), yuan(before - after), yuan(after)]
    return cells


if __name__ == "__main__":
    run(assess)
