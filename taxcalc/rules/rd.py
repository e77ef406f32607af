"""The R&D super-deduction: which spend counts, and how much more of it may be deducted."""

from __future__ import annotations

from fractions import Fraction

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import (
    all_of,
    any_of,
    at_least_zero,
    first_known,
    given_sum,
    known,
    least,
    most,
    or_zero,
    round_fen,
    total,
    when,
)
from taxcalc.rules.terms import Check, Relief

SUPER_DEDUCTION = Relief("rd_super_deduction", "tax", "cit.rd")

SPENT = ("rd_expensed", "rd_other_costs", "rd_entrusted_domestic", "rd_entrusted_overseas", "rd_amortisation")
COSTS = (*SPENT, "rd_special_income")
"""What adds up from January on."""

OCTOBER = 10
LONGEST_AMORTISATION = 20
"""Years for which a straight-line share is worked out; beyond, give the yearly amortisation itself."""


@line("其他相关费用限额", "ceiling of other related costs")
def other_costs_ceiling(firm: Firm, law: Law) -> Node:
    """One ceiling for all projects: a tenth of all costs, so a ninth of the other five kinds."""
    share = law.cit.rd_scope.other_cost_share
    return round_fen(cost(firm, "rd_expensed") * share / (1 - share))


@line("其他相关费用（限额内）", "other related costs within the ceiling")
def other_costs(firm: Firm, law: Law) -> Node:
    return least(cost(firm, "rd_other_costs"), other_costs_ceiling(firm, law))


@line(
    "委托境内研发费用[（{share}）]",
    "domestic entrusted R&D that counts[ ({share})]",
    share="cit.rd_scope.entrusted_share",
)
def entrusted_at_home(firm: Firm, law: Law) -> Node:
    return round_fen(cost(firm, "rd_entrusted_domestic") * law.cit.rd_scope.entrusted_share)


@line("境内研发费用", "domestic R&D spend")
def domestic_spend(firm: Firm, law: Law) -> Node:
    return cost(firm, "rd_expensed") + other_costs(firm, law) + entrusted_at_home(firm, law)


@line("委托境外限额[（境内的{share}）]", "overseas limit[ ({share} of domestic)]", share="cit.rd_scope.overseas_limit")
def overseas_limit(firm: Firm, law: Law) -> Node:
    return round_fen(domestic_spend(firm, law) * law.cit.rd_scope.overseas_limit)


@line(
    "委托境外研发费用（[{share}、]限额内）",
    "overseas entrusted R&D that counts[ ({share}, within the limit)]",
    share="cit.rd_scope.entrusted_share",
)
def entrusted_abroad(firm: Firm, law: Law) -> Node:
    counted = round_fen(cost(firm, "rd_entrusted_overseas") * law.cit.rd_scope.entrusted_share)
    return least(counted, overseas_limit(firm, law))


@line("研发无形资产当年摊销", "amortisation of R&D intangibles")
def amortisation(firm: Firm, law: Law) -> Node:
    """As booked; else the capitalised cost over its years, straight-line from January on."""
    computed = straight_line(firm.rd_capitalised, firm.rd_amortisation_years, firm.period.to_date.months)
    return if_stated(firm, "rd_amortisation", or_zero(computed))


@line("可加计扣除的研发费用", "R&D spend that counts")
def base(firm: Firm, law: Law) -> Node:
    spend = domestic_spend(firm, law) + entrusted_abroad(firm, law) + amortisation(firm, law)
    return at_least_zero(spend - if_stated(firm, "rd_special_income", firm.whole.rd_special_income))


def cost(firm: Firm, name: str) -> Node:
    """One kind of cost from January on, nought where nothing is stated of it."""
    return if_stated(firm, name, Const(0, "money"))


def if_stated(firm: Firm, name: str, otherwise: Node) -> Node:
    """A cost from January to the end of the firm's months; something else where nothing of it is stated.

    To the end of the span it is what is stated as a whole; else the sum of the quarters, not known where one is missing
    unless the whole is nought.
    """
    quarters = [quarter.stated(name) for quarter in quarters_of(firm.whole)]
    whole = firm.whole.stated(name)
    of_part = when(
        all_of(known(whole), whole <= 0), 0, total(quarters[: firm.period.months // 3] or [Const(0, "money")])
    )
    to_date = whole if firm is firm.whole else of_part
    return when(any_of(known(whole), *map(known, quarters)), to_date, otherwise)


def quarters_of(firm: Firm) -> list[Firm]:
    """The quarters from January on that lie whole in the months to the end of the span."""
    to_date = firm.span.to_date
    return [firm.part(quarter) for quarter in to_date.parts(3) if quarter.end <= to_date.end]


@line("加计扣除比例", "rate of the extra deduction")
def rate(firm: Firm, law: Law) -> Node:
    """The highest that the firm is known to have a right to."""
    rates = law.cit.rd
    return most(
        rates.rate,
        when(has(firm.rd_listed), listed_rate(firm, law), rates.rate),
        when(has(firm.tech_sme), rates.tech_sme_rate, rates.rate),
        when(has(firm.manufacturing), rates.manufacturing_rate, rates.rate),
    )


def listed_rate(firm: Firm, law: Law) -> Node:
    """That of makers of chips and machine tools on the list, while there is one."""
    return law.cit.rd_listed.rate if law.cit.rd_listed.in_force else law.cit.rd.rate  # type: ignore[no-any-return]


@line("第四季度可加计的研发费用", "R&D spend that counts of the fourth quarter")
def fourth_quarter_base(firm: Firm, law: Law) -> Node:
    """As elected: the actual spend where it is stated, else the year's by its months (公告2022年第28号)."""
    return least(elected_fourth_quarter(firm, law), base(firm, law))


@line("研发费用加计扣除的金额", "amount of the R&D super-deduction")
def extra(firm: Firm, law: Law) -> Node:
    """The general rate, with more for the fourth quarter of 2022; or the firm's own rate, if that is more."""
    general = base(firm, law) * law.cit.rd.rate + more_for_the_fourth_quarter(firm, law)
    return round_fen(most(general, base(firm, law) * rate(firm, law)))


def more_for_the_fourth_quarter(firm: Firm, law: Law) -> Node:
    """At settlement alone: no prepayment claims what was spent after September."""
    if firm.span.months < 12:
        return Const(0, "money")
    return fourth_quarter_base(firm, law) * law.cit.rd.fourth_quarter  # type: ignore[no-any-return]


@line("研发支出合计（已填报）", "R&D spend stated")
def stated_spend(firm: Firm, law: Law) -> Node:
    """Of the span, whole or by quarters."""
    spans = [firm, *quarters_of(firm)]
    return given_sum(*(span.stated(name) for name in SPENT for span in spans), firm.rd_capitalised)


@line("研发费用有未填的部分", "R&D of which a part is not stated")
def spend_is_open(firm: Firm, law: Law) -> Node:
    """Is something stated of a cost, and not all of it?"""
    return when(any_of(*(~known(cost(firm, name)) for name in SPENT)), Const(True, "flag"), NEVER)


def elected_fourth_quarter(firm: Firm, law: Law) -> Node:
    """Of a year: the actual spend, or the months from October on of those in business."""
    by_months = round_fen(base(firm, law) * share_after_september(1))
    for month in range(2, OCTOBER + 1) if law.cit.rd.fourth_quarter.value else ():
        by_months = when(
            opened_since(firm, month), round_fen(base(firm, law) * share_after_september(month)), by_months
        )
    return first_known(firm.rd_fourth_quarter, by_months)


def share_after_september(first: int) -> Fraction:
    """Of the months of a year in business, from the first of them on."""
    return Fraction(13 - OCTOBER, 13 - first)


def opened_since(firm: Firm, month: int) -> Node:
    """Did the firm open in this month of the year or later? Not stated, it was there all the time."""
    return all_of(known(firm.opened), firm.opened >= firm.span.year * 12 + month - 1)


def has(fact: Node) -> Node:
    """An entitling fact, counted only where it is known to be true."""
    return when(known(fact), fact, NEVER)


def straight_line(cost: Node, years: Node, months: int) -> Node:
    """So many months of a cost that is spread over a whole number of years, each case rounded to the fen."""
    share = round_fen(cost * Fraction(months, 12 * LONGEST_AMORTISATION))
    for n in range(LONGEST_AMORTISATION - 1, 0, -1):
        share = when(years <= n, round_fen(cost * Fraction(months, 12 * n)), share)
    return share


def short_amortisation(firm: Firm, law: Law) -> Node:
    """Fewer years than the least: right only where a contract or the law sets the life of the asset."""
    shorter = firm.rd_amortisation_years < law.cit.intangibles.years
    return all_of(known(firm.rd_capitalised), ~known(firm.rd_amortisation), shorter)


RELIEFS = (SUPER_DEDUCTION,)
CHECKS = (Check("short_amortisation", "note", ("rd_capitalised",), short_amortisation),)
