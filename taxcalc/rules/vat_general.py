"""VAT of a general payer in one filing period: output less input, the credit carried forward, and what the
simple method adds. The additional deduction of service businesses is in `vat_additional`."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, at_least_zero, first_known, known, round_fen, when
from taxcalc.rules.vat_services import exempt_parts, exempt_service_sales, services_exempt
from taxcalc.rules.who import is_small_scale


@line("简易计税销售额", "sales under the simple method")
def simple_method_sales(firm: Firm, law: Law) -> Node:
    given = firm.simple_method_sales
    return when(firm.amounts_include_vat, round_fen(given / (1 + law.vat.levy.rate)), given)


@line("一般计税销售额", "sales under the general method")
def general_method_sales(firm: Firm, law: Law) -> Node:
    return _net(firm.revenue - firm.simple_method_sales, firm, law)


def _net(given: Node, firm: Firm, law: Law) -> Node:
    rates = law.vat.general
    net_of_vat = when(
        firm.vat_rate.is_("13%"),
        round_fen(given / (1 + rates.standard)),
        when(firm.vat_rate.is_("9%"), round_fen(given / (1 + rates.reduced)), round_fen(given / (1 + rates.low))),
    )
    return when(firm.amounts_include_vat, net_of_vat, given)


@line("可免税的服务销售额", "sales of services that can be exempt")
def exempt_services_base(firm: Firm, law: Law) -> Node:
    """Output VAT that is stated is without them already."""
    sales = general_method_sales(firm, law)
    left = all_of(~known(firm.output_vat), sales > 0)
    return when(left, sales - _without_services(firm, law), 0)


def _without_services(firm: Firm, law: Law) -> Node:
    """A few fen below zero where a year was cut, which is taken as nothing."""
    given = firm.revenue - firm.simple_method_sales - exempt_service_sales(firm, law)
    return at_least_zero(_net(given, firm, law))


def taxed_general_sales(firm: Firm, law: Law) -> Node:
    """Without services that are exempt."""
    sales = general_method_sales(firm, law)
    if not exempt_parts(firm, law):
        return sales
    granted = services_exempt(firm, law, ~is_small_scale(firm, law), exempt_services_base(firm, law))
    return when(granted, _without_services(firm, law), sales)


@line("一般纳税人销售额", "sales of a general payer")
def general_sales(firm: Firm, law: Law) -> Node:
    return general_method_sales(firm, law) + simple_method_sales(firm, law)


@line("销项税额", "output VAT")
def output_vat(firm: Firm, law: Law) -> Node:
    rates = law.vat.general
    rate = when(firm.vat_rate.is_("13%"), rates.standard, when(firm.vat_rate.is_("9%"), rates.reduced, rates.low))
    return first_known(firm.output_vat, round_fen(taxed_general_sales(firm, law) * rate))


@line("期初留抵税额", "VAT credit brought forward")
def credit_brought_forward(firm: Firm, law: Law) -> Node:
    return opening_credit(firm, law)


@line("抵扣后余额", "output less input VAT and credit")
def balance(firm: Firm, law: Law) -> Node:
    return output_vat(firm, law) - firm.input_vat - credit_brought_forward(firm, law)


@line("抵减前的应纳税额（一般计税）", "VAT under the general method, before the additional deduction")
def before_additional_deduction(firm: Firm, law: Law) -> Node:
    return at_least_zero(balance(firm, law))


@line("简易计税应纳税额", "VAT under the simple method")
def simple_method_vat(firm: Firm, law: Law) -> Node:
    return round_fen(simple_method_sales(firm, law) * law.vat.levy.rate)


@line("期末留抵税额", "VAT credit carried forward")
def closing_credit(firm: Firm, law: Law) -> Node:
    """Of one filing period: what input VAT and earlier credit leave over."""
    return at_least_zero(0 - balance(firm, law))


def opening_credit(firm: Firm, law: Law) -> Node:
    """What the period before left over; at the start, and after periods as a small-scale payer, what the firm says it
    brought forward."""
    if firm.before is None:
        return firm.vat_credit
    then = law.at(firm.before.period)
    return when(is_small_scale(firm.before, then), opening_credit(firm.before, then), closing_credit(firm.before, then))
