"""The yearly sales limit of small-scale payers: what counts against it, and whether a firm stays within it.

Sales count before differential deduction, exempt ones too; sales of intangibles and transfers of real estate that are
no usual business (偶然发生) do not (国家税务总局令第43号 art. 2, 公告2018年第6号 art. 2).
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, known, least, total, when
from taxcalc.rules.vat_sales import net, rate_of_ordinary_sales, real_estate_sales, small_scale_sales


@line("差额扣除额（不含税）", "differential deductions, net of VAT")
def deductions(firm: Firm, law: Law) -> Node:
    return (
        net(firm, firm.differential_deduction, rate_of_ordinary_sales(law))
        + deduction_of_services(firm, law)
        + real_estate_deduction(firm, law)
    )


def deduction_of_services(firm: Firm, law: Law) -> Node:
    """What is taken off sales that bear the rate of leases: nothing where leases alone bear it."""
    if law.vat.levy.leases_alone:
        return Const(0, "money")
    return net(firm, firm.five_percent_deduction, law.vat.levy.five_percent_rate)


@line("销售不动产差额扣除额（不含税）", "differential deduction of real estate, net of VAT")
def real_estate_deduction(firm: Firm, law: Law) -> Node:
    return net(firm, firm.real_estate_deduction, law.vat.levy.real_estate_sale_rate)


@line("销售额合计（差额前）", "all sales, before differential deduction")
def sales_before_deduction(firm: Firm, law: Law) -> Node:
    return small_scale_sales(firm, law) + deductions(firm, law)


@line("偶然发生的销售无形资产、转让不动产销售额（不含税）", "one-off sales of intangibles and real estate, net of VAT")
def one_off_sales(firm: Firm, law: Law) -> Node:
    """As far as there are sales of real estate it is these, at their rate."""
    of_real_estate = least(firm.one_off_sales, firm.real_estate_sales)
    rest = at_least_zero(firm.one_off_sales - firm.real_estate_sales)
    rate = law.vat.levy.real_estate_sale_rate
    return net(firm, of_real_estate, rate) + net(firm, rest, rate_of_ordinary_sales(law))


@line("年销售额（差额前）", "sales of the assessed period, before differential deduction", once=True)
def sales_of_the_whole(firm: Firm, law: Law) -> Node:
    return total(sales_before_deduction(view, law.at(view.period)) for view in firm.periods)


@line("年销售额（不含销售不动产）", "sales of the assessed period without sales of real estate", once=True)
def sales_without_real_estate(firm: Firm, law: Law) -> Node:
    sold = total(
        real_estate_sales(view, law.at(view.period)) + real_estate_deduction(view, law.at(view.period))
        for view in firm.periods
    )
    return sales_of_the_whole(firm, law) - sold


@line("计入小规模纳税人标准的销售额", "sales that count against the small-scale limit")
def counted(firm: Firm, law: Law) -> Node:
    """Of a filing period. What was one-off is only asked for where real estate decides; else, if it is not stated, there
    was none."""
    real_estate_decides = all_of(firm.real_estate_sales > 0, decided_by_real_estate(firm, law))
    left_out = when(any_of(known(firm.one_off_sales), real_estate_decides), one_off_sales(firm, law), 0)
    return sales_before_deduction(firm, law) - left_out


@line("是否超过标准取决于不动产销售", "real estate decides whether the limit is passed", once=True)
def decided_by_real_estate(firm: Firm, law: Law) -> Node:
    limit: Node = law.vat.small_scale.ceiling
    return all_of(sales_of_the_whole(firm, law) > limit, sales_without_real_estate(firm, law) <= limit)


@line("年应征增值税销售额", "sales counted against the small-scale limit")
def counted_sales(firm: Firm, law: Law) -> Node:
    """From the beginning of the assessed period to the end of this one."""
    return total(counted(view, law.at(view.period)) for view in to_date(firm))


def to_date(firm: Firm) -> list[Firm]:
    return [view for view in firm.whole.periods if view.period.end <= firm.period.end]


@line("未超过小规模纳税人标准", "within the limit of small-scale payers")
def within_limit(firm: Firm, law: Law) -> Node:
    limit: Node = law.vat.small_scale.ceiling
    return counted_sales(firm, law) <= limit


def passed_before(firm: Firm, law: Law) -> Node:
    """Was the limit passed in an earlier filing period?"""
    return NEVER if firm.before is None else ~within_limit(firm.before, law.at(firm.before.period))


def passed_within(firm: Firm, law: Law) -> Node:
    """Is it passed in this filing period?"""
    return all_of(~passed_before(firm, law), ~within_limit(firm, law))


def over_limit(firm: Firm, law: Law) -> Node:
    """Are the sales of the assessed period over it, unless part of them is said to be one-off?"""
    over = sales_of_the_whole(firm, law) > law.vat.small_scale.ceiling
    whole = firm.whole
    return all_of(over, any_of(~known(counted_sales(whole, law)), ~within_limit(whole, law)))


def deduction_decides(firm: Firm, law: Law) -> Node:
    """From 2026 nothing says whether deductions come off before the test; here they would decide it."""
    if law.vat.small_scale.before_deduction:
        return NEVER
    limit: Node = law.vat.small_scale.ceiling
    views = [(view, law.at(view.period)) for view in firm.periods]
    taken_off = total(counted(*view) - deductions(*view) for view in views)
    return all_of(~within_limit(firm.whole, law), taken_off <= limit)
