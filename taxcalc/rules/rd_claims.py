"""When the R&D super-deduction is claimed: at settlement, or before it in the prepayments that may claim it.

The filings that may are those of 国家税务总局 财政部公告2023年第11号 and its forerunners (the table [cit.rd_prepayment]).
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import all_of, any_of, known, or_zero, when
from taxcalc.rules.rd import COSTS, SUPER_DEDUCTION, base, extra, if_stated, spend_is_open, stated_spend
from taxcalc.rules.terms import Check, Rule, concerns
from taxcalc.rules.who import is_enterprise


def claimed(firm: Firm, law: Law) -> Firm | None:
    """The firm at the end of the months whose costs the return deducts; None where it deducts none.

    At settlement the year. A prepayment for June or the second quarter the half-year (from 2023 on), one for September or
    the third quarter three quarters (from 2021 on), which are taken to stay in the one for December or the fourth.
    """
    filing, last = law.cit.rd_prepayment, firm.span.end.month
    if firm.span.months == 12:
        return firm
    if not filing.in_force or last not in (6, 9, 12):
        return None
    if last == 6:
        return firm if filing.july else None
    return firm.to_date(9) if filing.october else None


def counted(firm: Firm, law: Law) -> Firm:
    """The firm at that end, or at the end of the span where nothing is claimed."""
    return claimed(firm, law) or firm


@line("本期申报可享受研发费用加计扣除", "the R&D deduction may be claimed in this return")
def may_be_claimed(firm: Firm, law: Law) -> Node:
    return Const(claimed(firm, law) is not None, "flag")


@line("研发费用加计扣除额", "R&D super-deduction")
def extra_deduction(firm: Firm, law: Law) -> Node:
    at = counted(firm, law)
    granted = SUPER_DEDUCTION.granted(
        firm,
        law,
        *entitled(firm, law),
        may_be_claimed(firm, law),
        *chosen(firm),
        spends(firm, law),
        base=base(at, law),
    )
    return when(granted, extra(at, law), 0)


def entitled(firm: Firm, law: Law) -> tuple[Node, ...]:
    """Who has a right to the deduction, whenever it is claimed."""
    return is_enterprise(firm, law), firm.audited_collection, ~firm.negative_list_industry


def chosen(firm: Firm) -> tuple[Node, ...]:
    """A prepayment may leave the deduction for the settlement."""
    return (firm.rd_claim_in_prepayment,) if firm.span.months < 12 else ()


def spends(firm: Firm, law: Law) -> Node:
    """Is there any R&D spend, as far as it is stated? A quarter that is missing may have some, if its costs are deducted.

    Where nothing can be claimed, a firm that states none is not asked for it.
    """
    if claimed(firm, law) is None:
        return concerns(firm, or_zero(stated_spend(firm, law)))
    return any_of(stated_spend(firm, law) > 0, spend_is_open(counted(firm, law), law))


def comes_later(month: int) -> Rule:
    """Is there something to deduct that this return does not claim, and the one filed in `month` is the next that does?"""

    def wrong(firm: Firm, law: Law) -> Node:
        due = next_claim(firm, law) == month
        return all_of(*entitled(firm, law), spends(firm, law)) if due else NEVER

    return wrong


def next_claim(firm: Firm, law: Law) -> int | None:
    """The month in which a deduction that this return does not claim can be claimed next: July, October, or May for the
    settlement. None where this return claims it."""
    if claimed(firm, law):
        return None
    filing, last = law.cit.rd_prepayment, firm.span.end.month
    if filing.in_force and last < 6 and filing.july:
        return 7
    return 10 if filing.in_force and last < 9 and filing.october else 5


def september_open(firm: Firm, law: Law) -> Node:
    """Only the whole is stated, of which this return claims what was spent to the end of September."""
    at = claimed(firm, law)
    if at is None or at is firm:
        return NEVER
    lacking = (known(firm.stated(cost)) & ~known(if_stated(at, cost, firm.stated(cost))) for cost in COSTS)
    return all_of(*entitled(firm, law), *chosen(firm), spends(firm, law), any_of(*lacking))


CHECKS = (
    Check("rd_claimed_in_july", "note", (*COSTS, "rd_capitalised"), comes_later(7), amounts=(extra,)),
    Check("rd_claimed_in_october", "note", (*COSTS, "rd_capitalised"), comes_later(10), amounts=(extra,)),
    Check("rd_claimed_at_settlement", "note", (*COSTS, "rd_capitalised"), comes_later(5), amounts=(extra,)),
    Check("rd_to_september", "warning", COSTS, september_open, ends="corporate_income"),
)
