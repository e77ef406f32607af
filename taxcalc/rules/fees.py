"""The fee for cultural undertakings, and the employment fund for the disabled."""

from __future__ import annotations

from datetime import date

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, first_known, known, round_fen, total, when
from taxcalc.rules.terms import Check, Levy, Relief, concerns
from taxcalc.rules.vat_checks import exceeds
from taxcalc.rules.vat_sales import invoiced_rate, small_scale_sales, within_threshold
from taxcalc.rules.who import is_individual_business, is_small_scale

CULTURAL_EXEMPTION = Relief("cultural_fee_exemption", "fee", "fee.cultural_exemption")
CULTURAL_HALVING = Relief("cultural_fee_halving", "fee", "fee.cultural_halving")
FUND_EXEMPTION = Relief("disability_fund_exemption", "fee", "fee.disability_exemption")
FUND_TIERS = Relief("disability_fund_tiers", "fee", "fee.disability_tiers")


@line("文化事业建设费计费额", "base of the fee for cultural undertakings")
def cultural_base(firm: Firm, law: Law) -> Node:
    """With VAT; advertisers leave out what they pay to other advertising firms."""
    return at_least_zero(firm.cultural_fee_sales - firm.cultural_fee_deduction)


@line("广告、娱乐服务销售额（不含税）", "advertising and entertainment sales, net of VAT")
def cultural_sales(firm: Firm, law: Law) -> Node:
    """Of a small-scale payer, by the rate that its invoices show."""
    return round_fen(firm.cultural_fee_sales / (1 + invoiced_rate(firm, law)))


@line("文化事业建设费应缴费额", "fee for cultural undertakings due")
def cultural_due(firm: Firm, law: Law) -> Node:
    due = round_fen(cultural_base(firm, law) * law.fee.cultural.rate)
    small = cultural_sales(firm, law) <= cultural_limit(firm, law)
    exempt = CULTURAL_EXEMPTION.granted(firm, law, is_small_scale(firm, law), small, base=cultural_base(firm, law))
    return when(exempt, 0, due)


@line("文化事业建设费减征额", "fee for cultural undertakings waived")
def cultural_waived(firm: Firm, law: Law) -> Node:
    due = cultural_due(firm, law)
    return round_fen(when(CULTURAL_HALVING.granted(firm, law, base=due), due * law.fee.cultural_halving.share, 0))


def cultural_payable(firm: Firm, law: Law) -> Node:
    return cultural_due(firm, law) - cultural_waived(firm, law)


@line("文化事业建设费", "Fee for cultural undertakings")
def cultural_fee(firm: Firm, law: Law) -> Node:
    return total(cultural_payable(view, law.at(view.period)) for view in firm.periods)


def pays_fund(firm: Firm, law: Law) -> Node:
    """Enterprises and other units: not individual businesses (财税〔2015〕72号 art. 2)."""
    return ~is_individual_business(firm, law)


@line("自登记注册至期末的月数", "months from registration to the end of the period")
def months_registered(firm: Firm, law: Law) -> Node:
    """That of the registration and the last one included."""
    return months_from_registration(firm, firm.span.end)


@line("应安排而未安排的残疾人数", "disabled staff short of the required share")
def short_of_disabled_staff(firm: Firm, law: Law) -> Node:
    return at_least_zero(firm.staff_total * law.fee.disability.ratio - firm.disabled_staff)


@line("残疾人就业保障金应缴额", "employment fund for the disabled due")
def fund_due(firm: Firm, law: Law) -> Node:
    due = when(firm.staff_total > 0, round_fen(firm.average_wage * short_of_disabled_staff(firm, law)), 0)
    few = firm.staff_total <= law.fee.disability_exemption.staff
    exempt = FUND_EXEMPTION.granted(firm, law, pays_fund(firm, law), few, *new_enough(firm, law), base=due)
    return when(exempt, 0, due)


@line("残疾人就业保障金减缴额", "employment fund for the disabled waived")
def fund_waived(firm: Firm, law: Law) -> Node:
    """By the share of disabled staff: half from the first tier up to the required share, a tenth below."""
    due, tiers = fund_due(firm, law), law.fee.disability_tiers
    near = firm.disabled_staff >= firm.staff_total * tiers.near
    amount = round_fen(due * when(near, tiers.near_share, tiers.far_share))
    granted = FUND_TIERS.granted(firm, law, pays_fund(firm, law), concerns(firm, due), base=due)
    return when(granted, amount, 0)


@line("残疾人就业保障金", "Employment fund for the disabled")
def disability_fund(firm: Firm, law: Law) -> Node:
    return fund_due(firm, law) - fund_waived(firm, law)


def months_from_registration(firm: Firm, last: date) -> Node:
    """To a month, which counts. A firm that only says when it opened was registered then."""
    return Const(last.year * 12 + last.month, "count") - first_known(firm.registered_month, firm.opened)


def new_enough(firm: Firm, law: Law) -> list[Node]:
    """To 2019 small firms are free for some years from their registration: the whole period must lie in them."""
    years = law.fee.disability_exemption.years
    return [months_registered(firm, law) <= years * 12] if isinstance(years, Node) else []


def registration_term_ends(firm: Firm, law: Law) -> Node:
    """The years from registration end inside the period, and a small firm pays for want of what is left of it."""
    at_first = months_from_registration(firm, firm.span.start)
    few = firm.staff_total <= law.fee.disability_exemption.staff
    ending = [all_of(~new, at_first <= law.fee.disability_exemption.years * 12) for new in new_enough(firm, law)]
    return all_of(pays_fund(firm, law), few, fund_due(firm, law) > 0, *ending) if ending else NEVER


def cultural_limit(firm: Firm, law: Law) -> Node:
    """Up to these sales of a filing period a small-scale payer owes nothing."""
    return law.fee.cultural_exemption.monthly * firm.period.months  # type: ignore[no-any-return]


def net_sales_decide(firm: Firm, law: Law) -> Node:
    """Free by sales net of VAT, and not by what customers paid."""
    return any_of(*(_net_decides(view, law.at(view.period)) for view in firm.periods))


def _net_decides(firm: Firm, law: Law) -> Node:
    return all_of(_small_and_free(firm, law), firm.cultural_fee_sales > cultural_limit(firm, law))


def exempt_as_individual(firm: Firm, law: Law) -> Node:
    """The clause that frees small sales names enterprises and other units."""
    free = any_of(*(_small_and_free(view, law.at(view.period)) for view in firm.periods))
    return all_of(is_individual_business(firm, law), free)


def _small_and_free(firm: Firm, law: Law) -> Node:
    within = cultural_sales(firm, law) <= cultural_limit(firm, law)
    return all_of(is_small_scale(firm, law), _bears_the_fee(firm, law), within)


def _bears_the_fee(firm: Firm, law: Law) -> Node:
    """Is there something to pay where small sales are not free? In 2020 and 2021 there is not."""
    halving, some = law.fee.cultural_halving, cultural_base(firm, law) > 0
    return all_of(some, halving.share < 1) if halving.in_force else some


def starting_point_decides(firm: Firm, law: Law) -> Node:
    """Charged, although sales may lie under the starting point that VAT has from 2026."""
    return any_of(*(_under_starting_point(view, law.at(view.period)) for view in firm.periods))


def _under_starting_point(firm: Firm, law: Law) -> Node:
    """What is not told does not speak against it."""
    charged = all_of(_bears_the_fee(firm, law), cultural_sales(firm, law) > cultural_limit(firm, law))
    small, sales = is_small_scale(firm, law), small_scale_sales(firm, law)
    may_be_small = any_of(~known(small), small)
    may_be_under = any_of(~known(sales), within_threshold(sales, firm, law))
    under = all_of(charged, may_be_small, may_be_under, within_threshold(cultural_sales(firm, law), firm, law))
    return under if law.vat.exemption.at_threshold == "taxed" else NEVER


def deduction_exceeds(firm: Firm, law: Law) -> Node:
    return exceeds(firm, lambda v: v.cultural_fee_deduction, lambda v: v.cultural_fee_sales)


def more_disabled_than_staff(firm: Firm, law: Law) -> Node:
    return all_of(firm.disabled_staff > firm.staff_total)


LEVIES = (
    Levy(
        "cultural_fee",
        "fee",
        ("文化事业建设费", "Fee for cultural undertakings"),
        cultural_fee,
        facts=("cultural_fee_sales",),
        reliefs=(CULTURAL_EXEMPTION, CULTURAL_HALVING),
    ),
    Levy(
        "disability_fund",
        "fee",
        ("残疾人就业保障金", "Employment fund for the disabled"),
        disability_fund,
        pays_fund,
        facts=("staff_total",),
        reliefs=(FUND_EXEMPTION, FUND_TIERS),
    ),
)
CHECKS = (
    Check("cultural_deduction_exceeds", "error", ("cultural_fee_deduction",), deduction_exceeds),
    Check("cultural_net_decides", "note", ("cultural_fee_sales",), net_sales_decide),
    Check("cultural_starting_point", "warning", ("cultural_fee_sales",), starting_point_decides),
    Check("cultural_fee_of_individuals", "note", ("cultural_fee_sales",), exempt_as_individual),
    Check("registration_term_ends", "warning", ("registered_month", "opened"), registration_term_ends),
    Check("more_disabled_than_staff", "error", ("disabled_staff",), more_disabled_than_staff),
)
