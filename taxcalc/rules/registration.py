"""The yearly sales limit of small-scale payers: what counts against it, and whether a firm stays within it.

Sales count before differential deduction, exempt ones too; sales of intangibles and transfers of real estate that are
no usual business (偶然发生) do not (国家税务总局令第43号 art. 2, 公告2018年第6号 art. 2).
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Const, Named, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, known, least, total, when
from taxcalc.rules.sales_before import Before, every_part, sales_before
from taxcalc.rules.terms import Rule
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
    """In one period. What was one-off is only asked for where real estate decides; else, if it is not stated,
    there was none."""
    real_estate_decides = all_of(firm.real_estate_sales > 0, decided_by_real_estate(firm, law))
    left_out = when(any_of(known(firm.one_off_sales), real_estate_decides), one_off_sales(firm, law), 0)
    return sales_before_deduction(firm, law) - left_out


@line("是否超过标准取决于不动产销售", "real estate decides whether the limit is passed", once=True)
def decided_by_real_estate(firm: Firm, law: Law) -> Node:
    limit: Node = law.vat.small_scale.ceiling
    of_the_year = all_of(sales_of_the_whole(firm, law) > limit, sales_without_real_estate(firm, law) <= limit)
    with_before = all_of(
        ~every_window_within(firm, law, sales_before_deduction), every_window_within(firm, law, without_real_estate)
    )
    return when(some_before(firm, law), with_before, of_the_year)


def without_real_estate(firm: Firm, law: Law) -> Node:
    return sales_before_deduction(firm, law) - real_estate_sales(firm, law) - real_estate_deduction(firm, law)


@line("年应征增值税销售额", "sales counted against the small-scale limit")
def counted_sales(firm: Firm, law: Law) -> Node:
    """From the beginning of the assessed period to the end of this one."""
    return total(counted(view, law.at(view.period)) for view in to_date(firm))


def to_date(firm: Firm) -> list[Firm]:
    return [view for view in firm.whole.periods if view.period.end <= firm.period.end]


@line("未超过小规模纳税人标准", "within the limit of small-scale payers")
def within_limit(firm: Firm, law: Law) -> Node:
    """From the beginning of the assessed period to the end of this one: with sales of the months before, over any twelve
    months that end with a filing period; with none stated, over what is assessed."""
    limit: Node = law.vat.small_scale.ceiling
    last = to_date(firm)[-1]
    by_windows = all_of(~passed_before(last, law.at(last.period)), _window_within(last, law.at(last.period), counted))
    return when(some_before(firm, law), by_windows, counted_sales(firm, law) <= limit)


def every_window_within(firm: Firm, law: Law, sales: Rule) -> Node:
    """Do other sales than those that count stay within the limit, over the same months?"""
    each = (_window_within(view, law.at(view.period), sales) for view in firm.whole.periods)
    return all_of(~passed_earlier(firm, law), *each)


def _window_within(firm: Firm, law: Law, sales: Rule) -> Node:
    """Over the twelve months to the end of this period."""
    of_the_year = total(sales(view, law.at(view.period)) for view in to_date(firm))
    return _stays_within(firm, law, sales_before(firm, firm.period.end.month), of_the_year)


def _stays_within(firm: Firm, law: Law, before: Before, of_the_year: Node) -> Node:
    """Sales that are not stated leave it open only where they could decide: never where those that are exceed the limit,
    or where all that there can be do not."""
    limit: Node = law.vat.small_scale.ceiling
    every, least, most = (
        Named("sales_with_those_before", label, amount + of_the_year, firm.period)
        for amount, label in zip(before, _WITH_BEFORE, strict=True)
    )
    return all_of(least <= limit, any_of(most <= limit, every <= limit))


_WITH_BEFORE = (
    ("连以前月份的销售额", "sales with those of the months before"),
    ("连以前月份的销售额（只计已填的）", "sales with those of the months before, as far as stated"),
    ("连以前月份的销售额（最多）", "sales with those of the months before, at most"),
)


@line("以前月份的销售额已填", "some sales of the months before are stated", once=True)
def some_before(firm: Firm, law: Law) -> Node:
    return when(any_of(*map(known, every_part(firm))), ~NEVER, NEVER)


@line("所属期以前已超过标准", "the limit was passed before the assessed period", once=True)
def passed_earlier(firm: Firm, law: Law) -> Node:
    """By the sales of the twelve months before it."""
    before = sales_before(firm, firm.span.first - 1)
    return all_of(some_before(firm, law), ~_stays_within(firm, law, before, Const(0, "money")))


def passed_before(firm: Firm, law: Law) -> Node:
    """Was the limit passed in an earlier filing period, or before what is assessed?"""
    if firm.before is None:
        return passed_earlier(firm, law)
    return ~within_limit(firm.before, law.at(firm.before.period))


def passed_within(firm: Firm, law: Law) -> Node:
    """Is it passed in this filing period?"""
    return all_of(~passed_before(firm, law), ~within_limit(firm, law))


def over_limit(firm: Firm, law: Law) -> Node:
    """Are the sales of the assessed period over it, unless part of them is said to be one-off?"""
    over = sales_of_the_whole(firm, law) > law.vat.small_scale.ceiling
    whole = firm.whole
    of_the_year = all_of(over, any_of(~known(counted_sales(whole, law)), ~within_limit(whole, law)))
    return when(some_before(firm, law), ~within_limit(whole, law), of_the_year)


def deduction_decides(firm: Firm, law: Law) -> Node:
    """From 2026 nothing says whether deductions come off before the test; here they would decide it."""
    if law.vat.small_scale.before_deduction:
        return NEVER
    limit: Node = law.vat.small_scale.ceiling
    taken_off = total(counted_less_deductions(view, law.at(view.period)) for view in firm.periods)
    within = when(some_before(firm, law), every_window_within(firm, law, counted_less_deductions), taken_off <= limit)
    return all_of(~within_limit(firm.whole, law), within)


def counted_less_deductions(firm: Firm, law: Law) -> Node:
    return counted(firm, law) - deductions(firm, law)
