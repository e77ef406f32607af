"""VAT of a general payer in one filing period: output less input, the credit carried forward, and what the
simple method adds. The additional deduction of service businesses is in `vat_additional`."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import at_least_zero, first_known, round_fen, when
from taxcalc.rules.who import is_small_scale


@line("简易计税销售额", "sales under the simple method")
def simple_method_sales(firm: Firm, law: Law) -> Node:
    given = firm.simple_method_sales
    return when(firm.amounts_include_vat, round_fen(given / (1 + law.vat.levy.rate)), given)


@line("一般计税销售额", "sales under the general method")
def general_method_sales(firm: Firm, law: Law) -> Node:
    given, rates = firm.revenue - firm.simple_method_sales, law.vat.general
    net_of_vat = when(
        firm.vat_rate.is_("13%"),
        round_fen(given / (1 + rates.standard)),
        when(firm.vat_rate.is_("9%"), round_fen(given / (1 + rates.reduced)), round_fen(given / (1 + rates.low))),
    )
    return when(firm.amounts_include_vat, net_of_vat, given)


@line("一般纳税人销售额", "sales of a general payer")
def general_sales(firm: Firm, law: Law) -> Node:
    return general_method_sales(firm, law) + simple_method_sales(firm, law)


@line("销项税额", "output VAT")
def output_vat(firm: Firm, law: Law) -> Node:
    rates = law.vat.general
    rate = when(firm.vat_rate.is_("13%"), rates.standard, when(firm.vat_rate.is_("9%"), rates.reduced, rates.low))
    return first_known(firm.output_vat, round_fen(general_method_sales(firm, law) * rate))


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
