"""The R&D super-deduction: which spend counts, and how much more of it may be deducted."""

from __future__ import annotations

from fractions import Fraction

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Node
from taxcalc.graph.words import (
    all_of,
    at_least_zero,
    first_known,
    given_sum,
    known,
    least,
    most,
    or_zero,
    round_fen,
    when,
)
from taxcalc.rules.terms import Check, Relief
from taxcalc.rules.who import is_enterprise

SUPER_DEDUCTION = Relief("rd_super_deduction", "tax", "cit.rd")

OCTOBER = 10
LONGEST_AMORTISATION = 20
"""Years for which a straight-line share is worked out; beyond, give the yearly amortisation itself."""


@line("其他相关费用限额", "ceiling of other related costs")
def other_costs_ceiling(firm: Firm, law: Law) -> Node:
    """One ceiling for all projects: a tenth of all costs, so a ninth of the other five kinds."""
    share = law.cit.rd_scope.other_cost_share
    return round_fen(or_zero(firm.rd_expensed) * share / (1 - share))


@line("其他相关费用（限额内）", "other related costs within the ceiling")
def other_costs(firm: Firm, law: Law) -> Node:
    return least(or_zero(firm.rd_other_costs), other_costs_ceiling(firm, law))


@line(
    "委托境内研发费用[（{share}）]",
    "domestic entrusted R&D that counts[ ({share})]",
    share="cit.rd_scope.entrusted_share",
)
def entrusted_at_home(firm: Firm, law: Law) -> Node:
    return round_fen(or_zero(firm.rd_entrusted_domestic) * law.cit.rd_scope.entrusted_share)


@line("境内研发费用", "domestic R&D spend")
def domestic_spend(firm: Firm, law: Law) -> Node:
    return or_zero(firm.rd_expensed) + other_costs(firm, law) + entrusted_at_home(firm, law)


@line("委托境外限额[（境内的{share}）]", "overseas limit[ ({share} of domestic)]", share="cit.rd_scope.overseas_limit")
def overseas_limit(firm: Firm, law: Law) -> Node:
    return round_fen(domestic_spend(firm, law) * law.cit.rd_scope.overseas_limit)


@line(
    "委托境外研发费用（[{share}、]限额内）",
    "overseas entrusted R&D that counts[ ({share}, within the limit)]",
    share="cit.rd_scope.entrusted_share",
)
def entrusted_abroad(firm: Firm, law: Law) -> Node:
    counted = round_fen(or_zero(firm.rd_entrusted_overseas) * law.cit.rd_scope.entrusted_share)
    return least(counted, overseas_limit(firm, law))


@line("研发无形资产当年摊销", "amortisation of R&D intangibles")
def amortisation(firm: Firm, law: Law) -> Node:
    """As booked; else the capitalised cost over its years, straight-line for the whole year."""
    return or_zero(first_known(firm.rd_amortisation, yearly_share(firm.rd_capitalised, firm.rd_amortisation_years)))


@line("可加计扣除的研发费用", "R&D spend that counts")
def base(firm: Firm, law: Law) -> Node:
    spend = domestic_spend(firm, law) + entrusted_abroad(firm, law) + amortisation(firm, law)
    return at_least_zero(spend - firm.rd_special_income)


@line("加计扣除比例", "rate of the extra deduction")
def rate(firm: Firm, law: Law) -> Node:
    """The highest that the firm is known to have a right to."""
    rates = law.cit.rd
    return most(
        rates.rate,
        when(has(firm.rd_listed), rates.listed_rate, rates.rate),
        when(has(firm.tech_sme), rates.tech_sme_rate, rates.rate),
        when(has(firm.manufacturing), rates.manufacturing_rate, rates.rate),
    )


@line("第四季度可加计的研发费用", "R&D spend that counts of the fourth quarter")
def fourth_quarter_base(firm: Firm, law: Law) -> Node:
    """As elected: the actual spend where it is stated, else the year's by its months (公告2022年第28号)."""
    return least(elected_fourth_quarter(firm, law), base(firm, law))


@line("加计扣除的金额", "amount of the extra deduction")
def extra(firm: Firm, law: Law) -> Node:
    """The general rate, with more for the fourth quarter of 2022; or the firm's own rate, if that is more."""
    general = base(firm, law) * law.cit.rd.rate + fourth_quarter_base(firm, law) * law.cit.rd.fourth_quarter
    return round_fen(most(general, base(firm, law) * rate(firm, law)))


@line("研发支出合计（已填报）", "R&D spend stated")
def stated_spend(firm: Firm, law: Law) -> Node:
    return given_sum(
        firm.rd_expensed,
        firm.rd_other_costs,
        firm.rd_entrusted_domestic,
        firm.rd_entrusted_overseas,
        firm.rd_amortisation,
        firm.rd_capitalised,
    )


@line("研发费用加计扣除额", "R&D super-deduction")
def extra_deduction(firm: Firm, law: Law) -> Node:
    granted = SUPER_DEDUCTION.granted(
        firm,
        law,
        is_enterprise(firm, law),
        firm.audited_collection,
        ~firm.negative_list_industry,
        stated_spend(firm, law) > 0,
        base=base(firm, law),
    )
    return when(granted, extra(firm, law), 0)


def elected_fourth_quarter(firm: Firm, law: Law) -> Node:
    """Nothing for a span that ends before October, whatever is stated."""
    last = firm.span.end.month
    by_months = round_fen(base(firm, law) * share_after_september(last))
    for month in range(2, min(last, OCTOBER) + 1) if law.cit.rd.fourth_quarter.value else ():
        part = round_fen(base(firm, law) * share_after_september(last, month))
        by_months = when(opened_since(firm, month), part, by_months)
    return first_known(firm.rd_fourth_quarter, by_months) if last >= OCTOBER else by_months


def share_after_september(last: int, first: int = 1) -> Fraction:
    """Of the months in business to the end of the assessed period: a prepayment before October has none."""
    return Fraction(max(last - max(first, OCTOBER) + 1, 0), last - first + 1)


def opened_since(firm: Firm, month: int) -> Node:
    """Did the firm open in this month of the year or later? Not stated, it was there all the time."""
    return all_of(known(firm.opened), firm.opened >= firm.span.year * 12 + month - 1)


def has(fact: Node) -> Node:
    """An entitling fact, counted only where it is known to be true."""
    return when(known(fact), fact, NEVER)


def yearly_share(cost: Node, years: Node) -> Node:
    """A cost over a whole number of years, each case rounded to the fen."""
    share = round_fen(cost / LONGEST_AMORTISATION)
    for n in range(LONGEST_AMORTISATION - 1, 0, -1):
        share = when(years <= n, round_fen(cost / n), share)
    return share


def short_amortisation(firm: Firm, law: Law) -> Node:
    """Fewer years than the least: right only where a contract or the law sets the life of the asset."""
    shorter = firm.rd_amortisation_years < law.cit.intangibles.years
    return all_of(known(firm.rd_capitalised), ~known(firm.rd_amortisation), shorter)


RELIEFS = (SUPER_DEDUCTION,)
CHECKS = (Check("short_amortisation", "note", ("rd_capitalised",), short_amortisation),)
