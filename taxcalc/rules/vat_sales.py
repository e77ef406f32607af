"""Sales of a small-scale payer, each kind net of VAT, and the threshold they are tested against.

Where a firm gives amounts with VAT, each kind is divided by one plus its own levy rate
(国家税务总局公告2020年第5号) and rounded to the fen, as the return shows it.
"""

from __future__ import annotations

from collections.abc import Callable

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, at_least_zero, first_known, known, least, round_fen, total, when
from taxcalc.rules.terms import Rule


def invoiced_rate(firm: Firm, law: Law) -> Node:
    """The rate that invoices for ordinary sales show, in the months that have the reduced one if any has."""
    return rate_of_ordinary_sales(reduced_part(firm, law)[1])


@line("普通发票及未开票销售额[（{rate}征收率）]", "other sales[ at the {rate} levy rate]", rate="vat.levy.rate")
def ordinary_sales(firm: Firm, law: Law) -> Node:
    return total(net(firm, sales, rate) for sales, rate in ordinary_sales_by_rate(firm, law))


@line("专用发票销售额[（{rate}征收率）]", "sales on special invoices[ at {rate}]", rate=invoiced_rate)
def special_invoice_sales(firm: Firm, law: Law) -> Node:
    return net(firm, special_as_given(firm, law), invoiced_rate(firm, law))


@line(
    "放弃减税的专用发票销售额[（{rate}征收率）]",
    "sales on special invoices with the reduced rate waived[, at {rate}]",
    rate="vat.levy.rate",
)
def special_invoice_sales_full_rate(firm: Firm, law: Law) -> Node:
    return net(firm, firm.special_invoice_sales_full_rate, law.vat.levy.rate)


@line("放弃减征的销售额", "sales with the reduced rate waived")
def waived_reduction_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.waived_reduction_sales, law.vat.levy.rate)


@line(
    "不动产租赁等销售额[（{rate}征收率）]",
    "leases of real estate and the like[, at {rate}]",
    rate="vat.levy.five_percent_rate",
)
def five_percent_sales(firm: Firm, law: Law) -> Node:
    return net(firm, leases_as_given(firm, law), law.vat.levy.five_percent_rate)


@line(
    "不动产租赁等专用发票销售额[（{rate}征收率）]",
    "leases of real estate and the like on special invoices[, at {rate}]",
    rate="vat.levy.five_percent_rate",
)
def five_percent_special_invoice_sales(firm: Firm, law: Law) -> Node:
    return net(firm, special_leases_as_given(firm, law), law.vat.levy.five_percent_rate)


@line("销售不动产销售额", "sales of real estate")
def real_estate_sales(firm: Firm, law: Law) -> Node:
    return net(firm, firm.real_estate_sales - firm.real_estate_deduction, law.vat.levy.real_estate_sale_rate)


@line("差额扣除后的销售额", "all taxable sales, after differential deduction")
def small_scale_sales(firm: Firm, law: Law) -> Node:
    return _whichever_is_known(sum_of_kinds(firm, law), firm, law)


def _whichever_is_known(kinds: Node, firm: Firm, law: Law) -> Node:
    """Amounts net of VAT come to the same sum whichever of them are leases, where that is not told."""
    if not law.vat.levy.leases_alone:
        return kinds
    return first_known(kinds, when(firm.amounts_include_vat, kinds, _sum_as_given(firm)))


def sum_of_kinds(firm: Firm, law: Law) -> Node:
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
    """Never more than with them: cut from a year, a deduction may exceed the sales of a period by a fen."""
    return small_scale_sales(firm, law) - at_least_zero(real_estate_sales(firm, law))


def net(firm: Firm, amount: Node, rate: Node) -> Node:
    """An amount without VAT: as given, or divided by one plus the rate and rounded as the return shows it."""
    return when(firm.amounts_include_vat, round_fen(amount / (1 + rate)), amount)


def rate_of_ordinary_sales(law: Law) -> Node:
    """The rate that invoices for ordinary sales show: the reduced one while it is in force."""
    return law.vat.reduced_rate.rate if law.vat.reduced_rate.in_force else law.vat.levy.rate  # type: ignore[no-any-return]


def leases_as_given(firm: Firm, law: Law) -> Node:
    """What bears the levy rate of leases: such sales less their deduction; where leases alone bear it, only these, with
    nothing taken off. Which they are is asked for, but of a firm of whom all is exempt whatever they are."""
    if not law.vat.levy.leases_alone:
        return firm.five_percent_sales - firm.five_percent_deduction
    leases, whole = firm.real_estate_rent_sales, firm.five_percent_sales
    exempt = all_of(within_threshold(_sum_as_given(firm), firm, law), ~(firm.five_percent_special_invoice_sales > 0))
    return when(known(leases), leases, when(whole > 0, when(exempt, whole, leases), 0))


def _sum_as_given(firm: Firm) -> Node:
    """All sales after what is taken off them: where leases alone bear their rate, the same whichever they are."""
    return firm.revenue - firm.differential_deduction - firm.real_estate_deduction


def special_leases_as_given(firm: Firm, law: Law) -> Node:
    """Of them those on special invoices. Where other services are among the invoices, as many as can be of leases are."""
    special = firm.five_percent_special_invoice_sales
    if not law.vat.levy.leases_alone:
        return special
    return when(special > 0, least(special, leases_as_given(firm, law)), 0)


def special_as_given(firm: Firm, law: Law) -> Node:
    """Sales on special invoices at the rate of ordinary sales, services that bore the rate of leases before among them."""
    special = firm.special_invoice_sales
    if not law.vat.levy.leases_alone:
        return special
    return special + firm.five_percent_special_invoice_sales - special_leases_as_given(firm, law)


def ordinary_sales_as_given(firm: Firm, law: Law) -> Node:
    """All sales less every part that has a treatment of its own, with VAT if the firm's amounts have it."""
    apart = leases_as_given(firm, law) if law.vat.levy.leases_alone else firm.five_percent_sales
    return (
        firm.revenue
        - firm.differential_deduction
        - special_as_given(firm, law)
        - firm.special_invoice_sales_full_rate
        - firm.waived_reduction_sales
        - apart
        - firm.real_estate_sales
    )


def left_of_sales(firm: Firm) -> Node:
    """What is left of all sales when each part that is stated of them is taken off."""
    return (
        firm.revenue
        - firm.differential_deduction
        - firm.special_invoice_sales
        - firm.special_invoice_sales_full_rate
        - firm.waived_reduction_sales
        - firm.five_percent_sales
        - firm.real_estate_sales
    )


def ordinary_sales_by_rate(firm: Firm, law: Law, apart: Rule | None = None) -> list[tuple[Node, Node]]:
    """As given, with the rate that invoices show: one amount, or two where the reduced rate begins inside the period.
    `apart` is what is left out of them.

    Then special invoices at that rate are all of those months, even where they are only stated for the quarter. Parts
    stated for other months than the sales they are of leave those months no more than the whole, and no less than none.
    """
    whole = ordinary_sales_as_given(firm, law)
    if apart:
        whole = whole - apart(firm, law)
    if reduced_part(firm, law)[0] is firm:
        return [(whole, rate_of_ordinary_sales(law))]
    special = firm.special_invoice_sales
    months = reduced_months(firm, law)
    late = total(left_of_sales(month) + month.special_invoice_sales for month in months) - special
    if apart:
        late = late - total(apart(month, law.at(month.period)) for month in months)
    return _parted(least(at_least_zero(late), at_least_zero(whole)), whole, firm, law)


def prepayment_sales_by_rate(firm: Firm, law: Law, of: Callable[[Firm], Node]) -> list[tuple[Node, Node]]:
    """Sales at another place, as they are taken of a period, likewise."""
    if reduced_part(firm, law)[0] is firm:
        return [(of(firm), rate_of_ordinary_sales(law))]
    return _parted(total(of(month) for month in reduced_months(firm, law)), of(firm), firm, law)


def _parted(late: Node, whole: Node, firm: Firm, law: Law) -> list[tuple[Node, Node]]:
    """What falls in the months of the reduced rate, and the rest, each with its rate."""
    return [(late, rate_of_ordinary_sales(reduced_part(firm, law)[1])), (whole - late, law.vat.levy.rate)]


def reduced_months(firm: Firm, law: Law) -> list[Firm]:
    """The months that have the reduced rate, of a filing period that does not have it as a whole.

    Of the first quarter of 2020 this is March (公告2020年第13号).
    """
    if law.vat.reduced_rate.in_force:
        return []
    months = [firm.part(period) for period in firm.period.parts(1)]
    return [month for month in months if law.at(month.period).vat.reduced_rate.in_force]


def reduced_part(firm: Firm, law: Law) -> tuple[Firm, Law]:
    """Where the reduced rate is to be looked up: in the last month that has it, else in the period itself."""
    months = reduced_months(firm, law)
    return (months[-1], law.at(months[-1].period)) if months else (firm, law)


def threshold(firm: Firm, law: Law) -> Node:
    """The threshold of the filing period."""
    return law.vat.exemption.monthly if firm.period.months == 1 else law.vat.exemption.quarterly  # type: ignore[no-any-return]


def within_threshold(sales: Node, firm: Firm, law: Law) -> Node:
    """Up to and including the threshold to 2025; from 2026 reaching it is taxed."""
    limit = threshold(firm, law)
    return sales < limit if law.vat.exemption.at_threshold == "taxed" else sales <= limit
