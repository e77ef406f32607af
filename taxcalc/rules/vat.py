"""Value-added tax, per filing period: small-scale payers with their two reliefs, and general payers.

Sales are net of VAT; where a firm gives amounts with VAT, each is divided by one plus its own levy rate
(国家税务总局公告2020年第5号).
"""

from __future__ import annotations

from taxcalc.firm import Firm
from taxcalc.graph import (
    NEVER,
    Node,
    all_of,
    any_of,
    at_least_zero,
    first_known,
    known,
    line,
    or_zero,
    round_fen,
    total,
    when,
)
from taxcalc.law import Law
from taxcalc.rules.terms import Check, Levy, Relief
from taxcalc.rules.who import is_small_scale, vat_payer

EXEMPTION = Relief("vat_exemption", "tax", "vat.exemption")
FULL_EXEMPTION = Relief("vat_full_exemption", "tax", "vat.full_exemption")
REDUCED_RATE = Relief("vat_reduced_rate", "tax", "vat.reduced_rate")
PREPAYMENT_WAIVER = Relief("vat_prepayment_waiver", "deferral", "vat.prepayment_waiver")
PREPAYMENT = Relief("vat_prepayment_rate", "deferral", "vat.prepayment_rate")

# ---------------------------------------------------------------------- sales of a small-scale payer


@line("普通发票及未开票销售额（3%征收率）", "other sales at the 3% levy rate")
def ordinary_sales(firm: Firm, law: Law) -> Node:
    return net(firm, ordinary_sales_as_given(firm), rate_of_ordinary_sales(law))


@line("1%专用发票销售额", "sales on special invoices at 1%")
def special_invoice_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.special_invoice_sales, rate_of_ordinary_sales(law))


@line("3%专用发票销售额", "sales on special invoices at 3%")
def special_invoice_sales_full_rate(firm: Firm, law: Law) -> Node:
    return net(firm, firm.special_invoice_sales_full_rate, law.vat.levy.rate)


@line("放弃减征的销售额", "sales with the reduced rate waived")
def waived_reduction_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.waived_reduction_sales, law.vat.levy.rate)


@line("5%征收率销售额", "sales at the 5% levy rate")
def five_percent_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.five_percent_sales - firm.five_percent_deduction, law.vat.levy.five_percent_rate)


@line("5%征收率专用发票销售额", "sales at 5% on special invoices")
def five_percent_special_invoice_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.five_percent_special_invoice_sales, law.vat.levy.five_percent_rate)


@line("销售不动产销售额", "sales of real estate")
def real_estate_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.real_estate_sales - firm.real_estate_deduction, law.vat.levy.real_estate_sale_rate)


@line("应税销售额合计（差额后）", "all taxable sales, after differential deduction")
def small_scale_sales(firm: Firm, law: Law) -> Node:
    return (
        ordinary_sales(firm, law)
        + special_invoice_sales(firm, law)
        + special_invoice_sales_full_rate(firm, law)
        + waived_reduction_sales(firm, law)
        + five_percent_sales(firm, law)
        + real_estate_sales(firm, law)
    )


@line("应税销售额（不含销售不动产）", "taxable sales without sales of real estate")
def sales_without_real_estate(firm: Firm, law: Law) -> Node:
    return small_scale_sales(firm, law) - real_estate_sales(firm, law)


# ---------------------------------------------------------------------- reliefs of a small-scale payer


def exempt(firm: Firm, law: Law) -> Node:
    """Exemption of all but sales of real estate: its test leaves them out while the law says so."""
    tested = sales_without_real_estate if law.vat.exemption.real_estate_sales_left_out else small_scale_sales
    within = within_threshold(tested(firm, law), firm, law)
    return EXEMPTION.granted(firm, law, is_small_scale(firm, law), within, base=exempt_base(firm, law))


def exempt_real_estate(firm: Firm, law: Law) -> Node:
    """Sales of real estate are exempt only where the total, with them, stays within the threshold."""
    return all_of(exempt(firm, law), within_threshold(small_scale_sales(firm, law), firm, law))


def exempt_at_any_amount(firm: Firm, law: Law) -> Node:
    """April to December 2022: sales at the 3% levy rate, whatever their amount."""
    return any_of(
        exempt(firm, law),
        FULL_EXEMPTION.granted(firm, law, is_small_scale(firm, law), base=exempt_at_any_amount_base(firm, law)),
    )


@line("可免税销售额", "sales that can be exempt")
def exempt_base(firm: Firm, law: Law) -> Node:
    within = within_threshold(small_scale_sales(firm, law), firm, law)
    return (
        when(within, small_scale_sales(firm, law), sales_without_real_estate(firm, law))
        - special_invoice_sales(firm, law)
        - special_invoice_sales_full_rate(firm, law)
        - five_percent_special_invoice_sales(firm, law)
    )


@line("可免税的3%征收率销售额（超过标准的期间）", "3% sales that can be exempt at any amount")
def exempt_at_any_amount_base(firm: Firm, law: Law) -> Node:
    return when(exempt(firm, law), 0, ordinary_sales(firm, law) + waived_reduction_sales(firm, law))


def reduced_rate(firm: Firm, law: Law) -> Node:
    """The rate on ordinary sales: 1% where granted, else the statutory levy rate."""
    granted = REDUCED_RATE.granted(firm, law, is_small_scale(firm, law), base=taxed_ordinary_sales(firm, law))
    return when(granted, law.vat.reduced_rate.rate, law.vat.levy.rate)


# ---------------------------------------------------------------------- tax of a small-scale payer


@line("应税的普通及1%专票销售额", "taxed sales at the ordinary rate")
def taxed_ordinary_sales(firm: Firm, law: Law) -> Node:
    return when(exempt_at_any_amount(firm, law), 0, ordinary_sales(firm, law)) + special_invoice_sales(firm, law)


@line("增值税（3%减按1%项目）", "VAT on ordinary sales")
def vat_on_ordinary_sales(firm: Firm, law: Law) -> Node:
    return round_fen(taxed_ordinary_sales(firm, law) * reduced_rate(firm, law))


@line("增值税（3%项目）", "VAT on sales at the full 3%")
def vat_on_full_rate_sales(firm: Firm, law: Law) -> Node:
    waived = when(exempt_at_any_amount(firm, law), 0, waived_reduction_sales(firm, law))
    return round_fen((special_invoice_sales_full_rate(firm, law) + waived) * law.vat.levy.rate)


@line("增值税（5%项目）", "VAT on sales at 5%")
def vat_on_five_percent_sales(firm: Firm, law: Law) -> Node:
    special = five_percent_special_invoice_sales(firm, law)
    rest = when(exempt(firm, law), 0, five_percent_sales(firm, law) - special)
    return round_fen((special + rest) * law.vat.levy.five_percent_rate)


@line("增值税（销售不动产）", "VAT on sales of real estate")
def vat_on_real_estate_sales(firm: Firm, law: Law) -> Node:
    taxed = when(exempt_real_estate(firm, law), 0, real_estate_sales(firm, law))
    return round_fen(taxed * law.vat.levy.real_estate_sale_rate)


@line("小规模纳税人应纳增值税", "VAT of a small-scale payer")
def small_scale_vat(firm: Firm, law: Law) -> Node:
    return (
        vat_on_ordinary_sales(firm, law)
        + vat_on_full_rate_sales(firm, law)
        + vat_on_five_percent_sales(firm, law)
        + vat_on_real_estate_sales(firm, law)
    )


# ---------------------------------------------------------------------- a general payer


@line("一般纳税人销售额", "sales of a general payer")
def general_sales(firm: Firm, law: Law) -> Node:
    given, rates = firm.revenue, law.vat.general
    net_of_vat = when(
        firm.vat_rate.is_("13%"),
        round_fen(given / (1 + rates.standard)),
        when(firm.vat_rate.is_("9%"), round_fen(given / (1 + rates.reduced)), round_fen(given / (1 + rates.low))),
    )
    return when(firm.amounts_include_vat, net_of_vat, given)


@line("销项税额", "output VAT")
def output_vat(firm: Firm, law: Law) -> Node:
    rates = law.vat.general
    rate = when(firm.vat_rate.is_("13%"), rates.standard, when(firm.vat_rate.is_("9%"), rates.reduced, rates.low))
    return first_known(firm.output_vat, round_fen(general_sales(firm, law) * rate))


@line("期初留抵税额", "VAT credit brought forward")
def credit_brought_forward(firm: Firm, law: Law) -> Node:
    return opening_credit(firm, law)


@line("抵扣后余额", "output less input VAT and credit")
def balance(firm: Firm, law: Law) -> Node:
    return output_vat(firm, law) - firm.input_vat - credit_brought_forward(firm, law)


@line("一般纳税人应纳增值税", "VAT of a general payer")
def general_vat(firm: Firm, law: Law) -> Node:
    return at_least_zero(balance(firm, law))


def opening_credit(firm: Firm, law: Law) -> Node:
    """What the period before left over; at the start, what the firm says it brought forward."""
    if firm.before is None:
        return firm.vat_credit
    return at_least_zero(0 - balance(firm.before, law.at(firm.before.period)))


# ---------------------------------------------------------------------- the levy


@line("应纳增值税", "VAT payable")
def vat_payable(firm: Firm, law: Law) -> Node:
    """Of one filing period. A general payer who states only what was paid has that as its VAT."""
    general = first_known(general_vat(firm, law), firm.vat_paid)
    return when(is_small_scale(firm, law), small_scale_vat(firm, law), general)


@line("应税销售额", "taxable sales")
def taxable_sales(firm: Firm, law: Law) -> Node:
    """Of one filing period, for the tests of other levies."""
    return when(is_small_scale(firm, law), small_scale_sales(firm, law), general_sales(firm, law))


@line("增值税", "Value-added tax")
def vat(firm: Firm, law: Law) -> Node:
    by_period = total(vat_payable(view, law.at(view.period)) for view in firm.periods)
    return when(is_small_scale(firm, law), by_period, first_known(by_period, firm.vat_paid))


@line("预缴增值税", "VAT prepayment")
def prepayment(firm: Firm, law: Law) -> Node:
    """Of one filing period: none where the sales at that place stay within the threshold."""
    sales = net(firm, firm.prepayment_sales, rate_of_ordinary_sales(law))
    granted = PREPAYMENT.granted(firm, law, is_small_scale(firm, law), base=sales)
    rate = when(granted, law.vat.prepayment_rate.rate, law.vat.levy.rate)
    within = within_threshold(sales, firm, law)
    spared = PREPAYMENT_WAIVER.granted(firm, law, is_small_scale(firm, law), within, base=sales)
    return when(spared, 0, round_fen(sales * rate))


@line("预缴增值税（全期）", "VAT prepayments")
def prepayments(firm: Firm, law: Law) -> Node:
    return total(prepayment(view, law.at(view.period)) for view in firm.periods)


# ---------------------------------------------------------------------- helpers that are not lines


def net(firm: Firm, amount: Node, rate: Node) -> Node:
    """An amount without VAT: as given, or divided by one plus the rate and rounded as the return shows it."""
    return when(firm.amounts_include_vat, round_fen(amount / (1 + rate)), amount)


def rate_of_ordinary_sales(law: Law) -> Node:
    """The rate that invoices for ordinary sales show: the reduced one while it is in force."""
    return law.vat.reduced_rate.rate if law.vat.reduced_rate.in_force else law.vat.levy.rate  # type: ignore[no-any-return]


def ordinary_sales_as_given(firm: Firm) -> Node:
    """All sales less every part that has a treatment of its own, with VAT if the firm's amounts have it."""
    return (
        firm.revenue
        - firm.differential_deduction
        - firm.special_invoice_sales
        - firm.special_invoice_sales_full_rate
        - firm.waived_reduction_sales
        - firm.five_percent_sales
        - firm.real_estate_sales
    )


def threshold(firm: Firm, law: Law) -> Node:
    """The threshold of the filing period."""
    return law.vat.exemption.monthly if firm.period.months == 1 else law.vat.exemption.quarterly  # type: ignore[no-any-return]


def within_threshold(sales: Node, firm: Firm, law: Law) -> Node:
    """Up to and including the threshold to 2025; from 2026 reaching it is taxed."""
    limit = threshold(firm, law)
    return sales < limit if law.vat.exemption.at_threshold == "taxed" else sales <= limit


# ---------------------------------------------------------------------- checks


def parts_exceed_sales(firm: Firm, law: Law) -> Node:
    return any_of(
        *(ordinary_sales_as_given(view) < 0 for view in firm.periods),
        *(view.five_percent_deduction > view.five_percent_sales for view in firm.periods),
        *(view.real_estate_deduction > view.real_estate_sales for view in firm.periods),
    )


def five_percent_part_exceeds(firm: Firm, law: Law) -> Node:
    return any_of(*(v.five_percent_special_invoice_sales > v.five_percent_sales for v in firm.periods))


def over_the_small_scale_limit(firm: Firm, law: Law) -> Node:
    sales = total(small_scale_sales(view, law.at(view.period)) for view in firm.periods)
    return all_of(vat_payer(firm, law).is_("small_scale"), sales > law.vat.small_scale.ceiling)


def divisor_decides(firm: Firm, law: Law) -> Node:
    """With amounts that include VAT, dividing ordinary sales by 1.03 would change the exemption."""
    return all_of(
        firm.amounts_include_vat,
        is_small_scale(firm, law),
        any_of(*(_differs_at_full_rate(view, law.at(view.period)) for view in firm.periods)),
    )


def _differs_at_full_rate(firm: Firm, law: Law) -> Node:
    as_tested = small_scale_sales(firm, law)
    otherwise = as_tested - ordinary_sales(firm, law) + net(firm, ordinary_sales_as_given(firm), law.vat.levy.rate)
    return within_threshold(otherwise, firm, law) & ~within_threshold(as_tested, firm, law)


def exactly_at_threshold(firm: Firm, law: Law) -> Node:
    """From 2026 the point itself is taxed; many tools still exempt it."""
    return all_of(is_small_scale(firm, law), any_of(*(_at_point(view, law.at(view.period)) for view in firm.periods)))


def _at_point(firm: Firm, law: Law) -> Node:
    sales, limit = small_scale_sales(firm, law), threshold(firm, law)
    taxed = law.vat.exemption.at_threshold == "taxed"
    return all_of(sales <= limit, limit <= sales) if taxed else NEVER


def real_estate_left_out_unconfirmed(firm: Firm, law: Law) -> Node:
    """From 2026 nothing says that sales of real estate are still left out of the test."""
    return all_of(
        is_small_scale(firm, law), any_of(*(_left_out_would_exempt(view, law.at(view.period)) for view in firm.periods))
    )


def _left_out_would_exempt(firm: Firm, law: Law) -> Node:
    without, whole = sales_without_real_estate(firm, law), small_scale_sales(firm, law)
    counted = not law.vat.exemption.real_estate_sales_left_out
    return within_threshold(without, firm, law) & ~within_threshold(whole, firm, law) if counted else NEVER


def differs_from_vat_paid(firm: Firm, law: Law) -> Node:
    """The VAT said to be paid is not the VAT computed."""
    paid, computed = firm.vat_paid, vat(firm, law)
    of_the_whole = any_of(paid < computed, computed < paid)
    return any_of(of_the_whole, *(_differs(view, law.at(view.period)) for view in firm.periods))


def _differs(firm: Firm, law: Law) -> Node:
    paid, computed = firm.vat_paid, vat_payable(firm, law)
    return any_of(paid < computed, computed < paid)


def ignored_of_a_general_payer(firm: Firm, law: Law) -> Node:
    """Facts of small-scale payers that a general payer states have no effect."""
    small_scale_facts = (
        "special_invoice_sales",
        "special_invoice_sales_full_rate",
        "waived_reduction_sales",
        "five_percent_sales",
        "real_estate_sales",
        "differential_deduction",
        "prepayment_sales",
    )
    stated = any_of(*(or_zero(v.stated(name)) > 0 for v in firm.periods for name in small_scale_facts))
    return all_of(~is_small_scale(firm, law), stated)


def ignored_of_a_small_scale_payer(firm: Firm, law: Law) -> Node:
    """Input VAT and the like have no effect on a small-scale payer."""
    stated = any_of(*(or_zero(v.stated(name)) > 0 for v in firm.periods for name in ("output_vat", "input_vat")))
    return all_of(is_small_scale(firm, law), any_of(stated, known(firm.stated("vat_rate")), firm.vat_credit > 0))


LEVIES = (
    Levy("vat", "tax", ("增值税", "Value-added tax"), vat),
    Levy("vat_prepayment", "deferral", ("预缴增值税", "VAT prepayments"), prepayments, is_small_scale),
)
RELIEFS = (EXEMPTION, FULL_EXEMPTION, REDUCED_RATE, PREPAYMENT_WAIVER, PREPAYMENT)
CHECKS = (
    Check("parts_exceed_sales", "error", ("revenue",), parts_exceed_sales),
    Check("five_percent_part_exceeds", "error", ("five_percent_special_invoice_sales",), five_percent_part_exceeds),
    Check("over_the_small_scale_limit", "warning", ("vat_payer",), over_the_small_scale_limit),
    Check("divisor_decides", "warning", ("amounts_include_vat",), divisor_decides),
    Check("exactly_at_threshold", "note", ("revenue",), exactly_at_threshold),
    Check("real_estate_unconfirmed", "warning", ("real_estate_sales",), real_estate_left_out_unconfirmed),
    Check("ignored_of_a_general_payer", "warning", ("vat_payer",), ignored_of_a_general_payer),
    Check("ignored_of_a_small_scale_payer", "warning", ("vat_payer",), ignored_of_a_small_scale_payer),
    Check("differs_from_vat_paid", "warning", ("vat_paid",), differs_from_vat_paid),
)
