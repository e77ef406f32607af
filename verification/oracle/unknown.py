"""What is not known of a business, from the words of the rule alone: unknown is never nought.

Left out of a total, and named: VAT with its surcharges and the income tax of that kind of taxpayer, always; any
other levy only where one of its facts is stated. A relief that waits for a fact has no amount: one of which nothing is
known to be against it, but something is not known that decides it or that its amount is taken from.
"""

from __future__ import annotations

from collections.abc import Collection

from . import addon, measures, rd, services, small_taxes, vat_general, vat_law, vat_small
from .corporate import LIMIT
from .firm import Firm, Period, in_catalogue
from .others import spared, vehicle_untold
from .surcharges import EXEMPT_MONTHLY
from .turnover import Turnover

ALWAYS = ("vat", "urban_construction", "education_surcharge", "local_education_surcharge")
EDUCATION = ("education_surcharge", "local_education_surcharge")
SMALL_TAXES = {
    "resource": ("resource_tax_due", "resource_tax_relief"),
    "property": ("property_tax_due", "property_tax_relief", "property_original_value", "property_rent"),
    "land_use": ("land_use_tax_due", "land_use_tax_relief"),
    "stamp": ("stamp_tax_due", "stamp_tax_relief", *small_taxes.STAMP),
    "farmland_occupation": ("farmland_tax_due", "farmland_tax_relief"),
}
SIGNS = {
    **SMALL_TAXES,
    "vat_prepayment": ("prepayment_sales",),
    "vehicle_purchase": ("vehicle_price",),
    "cultural_fee": ("cultural_fee_sales",),
    "disability_fund": ("staff_total",),
}
"""The facts of levies that not every firm has."""
HALVED = ("urban_construction", *EDUCATION, *SMALL_TAXES)
SPENT = (
    *("rd_expensed", "rd_other_costs", "rd_entrusted_domestic", "rd_entrusted_overseas"),
    *("rd_amortisation", "rd_capitalised"),
)
FLAGS = {
    "charge_inspection": ("inspection_fee", "inspection_half"),
    "financing_equipment_interest": ("equipment_loan", "equipment_loan_eligible"),
    "financing_bank_incentive": ("small_loans_growth", "local_bank"),
}
"""Measures that turn on an amount of more than nought and on a yes or no."""

Truth = bool | None
"""None: not known."""


def others(firm: Firm) -> frozenset[str]:
    """Levies of other kinds of taxpayers: of them it is known that nothing is due."""
    found = {"individual_income" if firm.kind == "enterprise" else "corporate_income"}
    if not firm.small_scale:
        found.add("vat_prepayment")
    if firm.kind == "individual_business":
        found.add("disability_fund")
    return frozenset(found)


def missing(firm: Firm, known: Collection[str]) -> frozenset[str]:
    """The levies that its totals lack."""
    income = "corporate_income" if firm.kind == "enterprise" else "individual_income"
    stated = {in_catalogue(name) for name, text in firm.facts.items() if text}
    expected = [levy for levy, facts in SIGNS.items() if stated.intersection(facts)]
    return frozenset((*ALWAYS, income, *expected)) - frozenset(known) - others(firm)


def flag(firm: Firm, name: str) -> Truth:
    """A yes or a no, where it is stated, whole or by parts."""
    stated = any(value and in_catalogue(each) == name for each, value in firm.facts.items())
    return firm.flag(name) if stated else None


def all_of(*conditions: Truth) -> Truth:
    """One that is against it decides, whatever is not known beside it."""
    return False if False in conditions else None if None in conditions else True


def waiting(firm: Firm, known: Collection[str]) -> frozenset[str]:
    """The reliefs that wait for a fact."""
    found = {relief for relief, granted in decided(firm, known).items() if granted is None}
    relieved = {"individual_income", *SMALL_TAXES}  # of what other relief is stated
    if relieved & missing(firm, known) and not relieved & set(known):
        found.add("stated_relief")
    return frozenset(found)


def decided(firm: Firm, known: Collection[str]) -> dict[str, Truth]:
    """Of each relief that may wait: is it granted on an amount that is known?"""
    enterprise = firm.kind == "enterprise"
    return {
        **(small_scale(firm, known) if firm.small_scale else {"vat_additional_deduction": additional(firm, known)}),
        "vat_exempt_services": served(firm) if firm.small_scale else served_by_general(firm, known),
        "education_exemption": education(firm, known),
        "six_taxes_halving": halving(firm, known),
        "stamp_loan_exemption": loans(firm, known),
        **(of_enterprise(firm) if enterprise else {"iit_halving": of_person(firm)}),
        "disability_fund_exemption": small_employer(firm, known),
        "nev_purchase_tax": None if vehicle_untold(firm) else False,
        **{relief: by_flag(firm, relief) for relief in FLAGS},
    }


def small_scale(firm: Firm, known: Collection[str]) -> dict[str, Truth]:
    """The exemptions and the rates of 1% are all taken from sales: known with them, unknown without.

    Where a surcharge is known all the same, that there was nothing to relieve before the firm opened is known too.
    """
    sales: Truth = True if firm.series("revenue") is not None else None
    prepaid: Truth = True if firm.series("prepayment_sales") is not None else None
    open_for_business = [period for period in firm.periods if period.last >= firm.opened]
    periods = open_for_business if {*ALWAYS} & set(known) else firm.periods
    return {
        "vat_exemption": sales,
        "vat_full_exemption": sales if any(map(vat_law.all_three_percent_sales_exempt, periods)) else False,
        "vat_reduced_rate": sales if any(reducible(firm, period, known) for period in periods) else False,
        "vat_prepayment_waiver": prepaid,
        "vat_hubei_exemption": in_hubei(firm),
        "vat_hubei_prepayment": all_of(any(map(vat_law.hubei_free, firm.periods)), flag(firm, "hubei"), prepaid),
        "vat_prepayment_suspended": prepaid
        if any(map(vat_law.all_three_percent_sales_exempt, firm.periods))
        else False,
        "vat_prepayment_rate": prepaid if any(map(vat_law.one_percent, firm.periods)) else False,
    }


def reducible(firm: Firm, period: Period, known: Collection[str]) -> bool:
    """May sales of a period bear 1%? In Hubei they were exempt instead; that settles it where the VAT itself is known."""
    exempt = vat_law.hubei_free(period) and firm.flag("hubei")
    return vat_law.one_percent(period) and not (exempt and {*ALWAYS} & set(known))


def served(firm: Firm) -> Truth:
    """Services of a kind that was exempt, among sales that the exemptions of all small-scale payers leave taxed."""
    kinds, stated = vat_small.by_period(firm), firm.by_period("exempt_service_sales")
    left_out = firm.flag("real_estate_left_out")
    found: list[Truth] = []
    for one, amount, period in zip(kinds, stated, firm.periods, strict=True):
        some: Truth = None
        if vat_law.all_three_percent_sales_exempt(period) or (
            one and (vat_small.small_enough(one, period, left_out) or one.plain + one.too_early <= 0)
        ):
            some = False
        elif one and amount is not None:
            some = one.served > 0 if firm.facts.get("exempt_service") else amount > 0
        found.append(all_of(service_free(firm, period), some))
    return None if True in found and None in kinds else True if True in found else None if None in found else False


def served_by_general(firm: Firm, known: Collection[str]) -> Truth:
    """The same of a general payer whose output VAT is worked out of its sales; what is stated needs no relief."""
    found: list[Truth] = []
    sales, left = vat_general.ordinary_sales(firm), vat_general.taxed_sales(firm)
    rows = zip(
        *(firm.by_period("output_vat"), sales, left, firm.by_period("exempt_service_sales"), firm.periods), strict=True
    )
    for output, whole, rest, amount, period in rows:
        some: Truth = None
        if output is not None or (whole is not None and whole <= 0):
            some = False
        elif whole is not None and rest is not None and amount is not None:
            some = whole > rest if firm.facts.get("exempt_service") else amount > 0
        found.append(all_of(service_free(firm, period), some))
    if True in found:
        return True if "vat" in known else None
    return None if None in found else False


def in_hubei(firm: Firm) -> Truth:
    """Ordinary sales that nothing else exempts, and whether the business is in Hubei."""
    left_out = firm.flag("real_estate_left_out")
    kinds = vat_small.by_period(firm)
    found: list[Truth] = []
    for one, period in zip(kinds, firm.periods, strict=True):
        some: Truth = None
        if one:
            some = (
                not vat_small.small_enough(one, period, left_out) and max(one.plain_left, 0) + one.reduction_waived > 0
            )
        found.append(all_of(vat_law.hubei_free(period), some, flag(firm, "hubei")))
    return None if True in found and None in kinds else True if True in found else None if None in found else False


def service_free(firm: Firm, period: Period) -> Truth:
    """Is the service that it sells exempt in any month of a period?"""
    kind = firm.facts.get("exempt_service")
    if kind:
        return bool(services.free_months(firm, period))
    months = range(period.first, period.last + 1)
    return None if any(vat_law.free_service("public_transport", period.year, month) for month in months) else False


def additional(firm: Firm, known: Collection[str]) -> Truth:
    """A share of the input VAT of service firms, off a VAT that is known."""
    if not any(addon.rate("producer", period) for period in firm.periods):
        return False
    kind = firm.facts.get("service_kind")
    served: Truth = None if not kind else kind != "neither"
    taken: Truth = True if firm.series("input_vat") is not None and {*ALWAYS} & set(known) else None
    return all_of(served, taken)


def education(firm: Firm, known: Collection[str]) -> Truth:
    """Sales within the limit of a period, and the VAT of that period."""
    sales = Turnover(firm).sales
    if sales is None:
        return None
    within = any(amount <= EXEMPT_MONTHLY * period.months for amount, period in zip(sales, firm.periods, strict=True))
    return all_of(within, True if "education_surcharge" in known else None)


def halving(firm: Firm, known: Collection[str]) -> Truth:
    """Who may halve, and any of the eight."""
    who: Truth = small_taxes.may_halve(firm)
    if not who and firm.kind == "enterprise" and firm.year >= 2022:
        who = flag(firm, "small_low_profit_status")
    return all_of(who, True if set(HALVED) & set(known) else None)


def loans(firm: Firm, known: Collection[str]) -> Truth:
    """Loan contracts of small and micro businesses; what the duty on them is, is known since July 2022 alone."""
    return all_of(firm.amount("stamp_loan") > 0, flag(firm, "small_or_micro"), True if "stamp" in known else None)


def of_enterprise(firm: Firm) -> dict[str, Truth]:
    """The deduction for R&D and the three regimes, all on the taxable income."""
    stated = firm.money("taxable_income")
    deducted = rd.deduction(firm)
    taxed: Truth = True if stated is not None and deducted is not None else None
    spans = ("", *(f"_q{q}" for q in range(1, firm.last // 3 + 1)))
    spent = [firm.money(f"{name}{span}") for name in SPENT for span in spans]
    research: Truth = (
        None if all(amount is None for amount in spent) or (deducted is None and not any(spent)) else any(spent)
    )
    audited = firm.flag("audited_collection", True) and not firm.flag("negative_list_industry")
    limits: list[Truth] = [not firm.flag("restricted_industry")]
    limits.append(None if firm.people is None else firm.people <= 300)
    limits.append(None if firm.assets is None else firm.assets <= 50_000_000)
    if stated is not None and deducted is not None:
        left = max(stated - deducted - firm.amount("loss_brought_forward"), 0)
        limits.append(left <= LIMIT)
    west = (flag(firm, "western_region"), flag(firm, "encouraged_industry"), encouraged(firm))
    return {
        "rd_super_deduction": all_of(audited, rd.claimed_to(firm) > 0, research, taxed),
        "small_low_profit": all_of(*limits, taxed),
        "western_region": all_of(*west, taxed),
        "high_tech": all_of(flag(firm, "high_tech"), taxed),
    }


def encouraged(firm: Firm) -> Truth:
    """The share of the income that is of encouraged business, stated or to be divided."""
    least = 60 if firm.year >= 2021 else 70
    share = firm.share("encouraged_income_share")
    part, whole = firm.money("encouraged_income"), firm.money("total_income")
    if share is not None:
        return share * 100 >= least
    if part is None or whole is None:
        return None
    return part * 100 >= whole * least if whole else False


def of_person(firm: Firm) -> Truth:
    """Individual businesses alone, since 2021."""
    if firm.kind != "individual_business" or firm.year < 2021:
        return False
    return True if firm.money("taxable_income") is not None else None


def small_employer(firm: Firm, known: Collection[str]) -> Truth:
    """A fund that is known, and in 2019 the month of registration."""
    return spared(firm) if "disability_fund" in known else False


def by_flag(firm: Firm, relief: str) -> Truth:
    """A measure on an amount, for those who say that they may."""
    amount, who = FLAGS[relief]
    if not measures.in_force(relief, firm) or firm.money(amount) is None:
        return False
    conditions = [firm.amount(amount) > 0, flag(firm, who)]
    if relief == "financing_equipment_interest":  # of a loan of an untold month it is not known after 2023
        told = firm.facts.get("equipment_loan_from") or firm.year == 2023
        none_left = measures.left_of_two_years(firm) == 0 or firm.facts.get("equipment_loan_months") == "0"
        conditions.append(False if none_left else measures.subsidised(firm) > 0 if told else None)
    return all_of(*conditions)
