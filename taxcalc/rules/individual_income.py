"""Individual income tax on business income, and its halving for individual businesses."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, at_least_zero, least, round_fen, share_up, when
from taxcalc.rules.six_taxes import STATED
from taxcalc.rules.terms import Check, Levy, Relief
from taxcalc.rules.who import is_enterprise, is_individual_business

HALVING = Relief("iit_halving", "tax", "iit.halving")


@line("经营所得纳税人", "payer of individual income tax")
def pays_individual_income_tax(firm: Firm, law: Law) -> Node:
    return ~is_enterprise(firm, law)


@line("经营所得应纳税所得额", "taxable business income")
def taxable_income(firm: Firm, law: Law) -> Node:
    return at_least_zero(firm.taxable_income - firm.loss_brought_forward)


@line("经营所得全额应纳税额", "tax in full")
def tax_in_full(firm: Firm, law: Law) -> Node:
    return round_fen(by_brackets(taxable_income(firm, law), law))


@line("减半部分的所得额", "income that is halved")
def halved_income(firm: Firm, law: Law) -> Node:
    return least(taxable_income(firm, law), law.iit.halving.limit)


@line("减半部分的税额", "tax on the income that is halved")
def tax_on_halved_income(firm: Firm, law: Law) -> Node:
    return round_fen(by_brackets(halved_income(firm, law), law))


@line("其他减免税额", "other relief")
def other_relief(firm: Firm, law: Law) -> Node:
    return when(STATED.granted(firm, law, base=firm.income_tax_relief), firm.income_tax_relief, 0)


@line("其他减免税额分摊到减半部分", "other relief that falls on the halved income")
def shared_relief(firm: Firm, law: Law) -> Node:
    """Pro rata by income. Rounded up to the fen, which leaves the rounding of the half unchanged."""
    return share_up(other_relief(firm, law), halved_income(firm, law), taxable_income(firm, law))


@line("减半征收的减免税额", "tax waived by the halving")
def waived(firm: Firm, law: Law) -> Node:
    """国家税务总局公告2023年第12号 art. 3 (2021: 第8号 art. 2): one rounding, at the end."""
    left = at_least_zero(tax_on_halved_income(firm, law) - shared_relief(firm, law))
    granted = HALVING.granted(firm, law, is_individual_business(firm, law), base=halved_income(firm, law))
    return round_fen(when(granted, left * law.iit.halving.share, 0))


@line("个人所得税（经营所得）", "Individual income tax on business income")
def individual_income_tax(firm: Firm, law: Law) -> Node:
    return at_least_zero(tax_in_full(firm, law) - other_relief(firm, law) - waived(firm, law))


@line("个人所得税应补（退）税额", "individual income tax still to pay")
def balance(firm: Firm, law: Law) -> Node:
    return individual_income_tax(firm, law) - firm.income_tax_prepaid


def by_brackets(income: Node, law: Law) -> Node:
    """Income times the rate of its bracket, less the quick deduction."""
    brackets: list[tuple[Node, Node]] = [
        (band.get("up_to"), income * band["rate"] - band["quick_deduction"]) for band in law.iit.business.bands
    ]
    *lower, (_, tax) = brackets
    for up_to, tax_here in reversed(lower):
        tax = when(income <= up_to, tax_here, tax)
    return tax


def stated_relief_exceeds(firm: Firm, law: Law) -> Node:
    return all_of(pays_individual_income_tax(firm, law), firm.income_tax_relief > tax_in_full(firm, law))


def is_partnership(firm: Firm, law: Law) -> Node:
    """The tax is the partner's: the income must be one partner's share."""
    return firm.taxpayer.is_("partnership")


LEVIES = (
    Levy(
        "individual_income",
        "tax",
        ("个人所得税（经营所得）", "Individual income tax (business)"),
        individual_income_tax,
        pays_individual_income_tax,
        balance,
        to_date=True,
    ),
)
RELIEFS = (HALVING,)
CHECKS = (
    Check("income_tax_relief_exceeds", "error", ("income_tax_relief",), stated_relief_exceeds),
    Check("partnership_share", "note", ("taxpayer",), is_partnership),
)
