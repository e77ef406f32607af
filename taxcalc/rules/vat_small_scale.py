"""VAT of a small-scale payer in one filing period: the exemption, the reduced rate, and the tax."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, round_fen, total, when
from taxcalc.rules.terms import Relief
from taxcalc.rules.vat_sales import (
    five_percent_sales,
    five_percent_special_invoice_sales,
    invoiced_rate,
    net,
    ordinary_sales,
    ordinary_sales_by_rate,
    real_estate_sales,
    reduced_part,
    sales_without_real_estate,
    small_scale_sales,
    special_invoice_sales,
    special_invoice_sales_full_rate,
    waived_reduction_sales,
    within_threshold,
)
from taxcalc.rules.vat_services import (
    HUBEI,
    exempt_parts,
    exempt_service_sales,
    has_no_reduced_rate,
    services_exempt,
)
from taxcalc.rules.who import is_small_scale

EXEMPTION = Relief("vat_exemption", "tax", "vat.exemption")
FULL_EXEMPTION = Relief("vat_full_exemption", "tax", "vat.full_exemption")
REDUCED_RATE = Relief("vat_reduced_rate", "tax", "vat.reduced_rate")


def exempt(firm: Firm, law: Law) -> Node:
    """Exemption of all but sales of real estate: its test leaves them out while the law says so, and from
    2026, where that is doubtful, if the firm chooses to read it so."""
    still = law.vat.exemption.real_estate_sales_left_out
    tested = sales_without_real_estate(firm, law) if still else tested_sales(firm, law)
    within = within_threshold(tested, firm, law)
    return EXEMPTION.granted(firm, law, is_small_scale(firm, law), within, base=exempt_base(firm, law))


@line("与起征点比较的销售额", "sales that are tested against the threshold")
def tested_sales(firm: Firm, law: Law) -> Node:
    """All of them, or those without sales of real estate where the firm chooses to read the law so."""
    return when(firm.real_estate_left_out, sales_without_real_estate(firm, law), small_scale_sales(firm, law))


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


@line(
    "可免税的[{rate}征收率]销售额（超过标准的期间）",
    "sales[ at {rate}] that can be exempt at any amount",
    rate="vat.levy.rate",
)
def exempt_at_any_amount_base(firm: Firm, law: Law) -> Node:
    return when(exempt(firm, law), 0, ordinary_sales(firm, law) + waived_reduction_sales(firm, law))


@line("可免税的服务销售额", "sales of services that can be exempt")
def exempt_services_base(firm: Firm, law: Law) -> Node:
    """What they lower the other sales by, net of VAT. They are not asked for where nothing is left to exempt."""
    sales = ordinary_sales(firm, law)
    rest = total(_net_and_no_less(part, firm) for part in ordinary_sales_by_rate(firm, law, exempt_service_sales))
    left = all_of(~exempt_at_any_amount(firm, law), sales > 0)
    return when(left, at_least_zero(sales - rest), 0)


def other_sales_by_rate(firm: Firm, law: Law) -> list[tuple[Node, Node]]:
    """Other sales as given, with their rates, without services that are exempt."""
    parts = ordinary_sales_by_rate(firm, law)
    if not exempt_parts(firm, law):
        return parts
    granted = services_exempt(firm, law, is_small_scale(firm, law), exempt_services_base(firm, law))
    rest = ordinary_sales_by_rate(firm, law, exempt_service_sales)
    return [(when(granted, less, sales), rate) for (less, _), (sales, rate) in zip(rest, parts, strict=True)]


def _net_and_no_less(part: tuple[Node, Node], firm: Firm) -> Node:
    """What is left for other sales may be a few fen below zero, where a year was cut: these bear no tax and spare none."""
    sales, rate = part
    return at_least_zero(net(firm, sales, rate))


@line("湖北省可免税的销售额", "sales in Hubei that can be exempt")
def hubei_base(firm: Firm, law: Law) -> Node:
    """Those of the months that have the reduced rate elsewhere: both began in March 2020."""
    rest = _net_and_no_less(other_sales_by_rate(firm, law)[0], firm) + waived_reduction_sales(firm, law)
    return when(exempt_at_any_amount(firm, law), 0, rest)


def exempt_in_hubei(firm: Firm, law: Law) -> Node:
    """With what is exempt anywhere."""
    part, then = reduced_part(firm, law)
    if not then.vat.hubei_exemption.in_force:
        return exempt_at_any_amount(firm, law)
    base = hubei_base(firm, law)
    granted = HUBEI.granted(part, then, is_small_scale(firm, law), base > 0, firm.hubei, base=base)
    return any_of(exempt_at_any_amount(firm, law), granted)


def _lowered_rate(firm: Firm, law: Law) -> Node:
    """The reduced rate, whether the firm has a right to it or not; absent where it is not in force."""
    return reduced_part(firm, law)[1].vat.reduced_rate.rate  # type: ignore[no-any-return]


def taxed(part: tuple[Node, Node], firm: Firm, exempt: Node) -> Node:
    return when(exempt, 0, _net_and_no_less(part, firm))


@line(
    "应税的普通发票、未开票及[{rate}征收率]专用发票销售额",
    "taxed sales at the rate that invoices show[, {rate}]",
    rate=invoiced_rate,
)
def taxed_ordinary_sales(firm: Firm, law: Law) -> Node:
    return taxed(other_sales_by_rate(firm, law)[0], firm, exempt_in_hubei(firm, law)) + special_invoice_sales(firm, law)


@line("应税的放弃减征销售额[（{rate}征收率）]", "taxed sales at the full rate[ of {rate}]", rate="vat.levy.rate")
def taxed_full_rate_sales(firm: Firm, law: Law) -> Node:
    """With those of the months before the reduced rate, in the one quarter in which it began."""
    waived = when(exempt_in_hubei(firm, law), 0, waived_reduction_sales(firm, law))
    before = (taxed(part, firm, exempt_at_any_amount(firm, law)) for part in other_sales_by_rate(firm, law)[1:])
    return total([special_invoice_sales_full_rate(firm, law) + waived, *before])


@line(
    "应税的不动产租赁等销售额[（{rate}征收率）]",
    "taxed leases of real estate and the like[, at {rate}]",
    rate="vat.levy.five_percent_rate",
)
def taxed_five_percent_sales(firm: Firm, law: Law) -> Node:
    special = five_percent_special_invoice_sales(firm, law)
    return special + when(exempt(firm, law), 0, at_least_zero(five_percent_sales(firm, law) - special))


@line("应税的销售不动产销售额", "taxed sales of real estate")
def taxed_real_estate_sales(firm: Firm, law: Law) -> Node:
    return when(exempt_real_estate(firm, law), 0, at_least_zero(real_estate_sales(firm, law)))


@line("本期应纳税额（减征前）", "VAT at the statutory levy rates")
def vat_before_reduction(firm: Firm, law: Law) -> Node:
    """One line of the return, over all kinds of sales: each times its rate, added up and rounded once."""
    levy = law.vat.levy
    return round_fen(
        (taxed_ordinary_sales(firm, law) + taxed_full_rate_sales(firm, law)) * levy.rate
        + taxed_five_percent_sales(firm, law) * levy.five_percent_rate
        + taxed_real_estate_sales(firm, law) * levy.real_estate_sale_rate
    )


@line(
    "本期应纳税额减征额[（{full}减按{reduced}）]",
    "reduction of VAT[, {reduced} instead of {full}]",
    full="vat.levy.rate",
    reduced=_lowered_rate,
)
def vat_reduction(firm: Firm, law: Law) -> Node:
    """Another line: what the reduced rate takes off (国家税务总局公告2020年第5号 art. 3)."""
    part, then = reduced_part(firm, law)
    reduced = when(has_no_reduced_rate(firm, then), 0, taxed_ordinary_sales(firm, law))
    granted = REDUCED_RATE.granted(part, then, is_small_scale(firm, law), base=reduced)
    return round_fen(when(granted, reduced * (law.vat.levy.rate - then.vat.reduced_rate.rate), 0))


@line("小规模纳税人应纳增值税", "VAT of a small-scale payer")
def small_scale_vat(firm: Firm, law: Law) -> Node:
    return vat_before_reduction(firm, law) - vat_reduction(firm, law)
