"""六税两费: the halving that eight levies share, and the relief that a firm states it already has."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Node
from taxcalc.graph.words import all_of, any_of, known, round_fen, when
from taxcalc.rules.terms import Relief
from taxcalc.rules.who import is_individual_business, is_small_low_profit_by_settlement, is_small_scale

STATED = Relief("stated_relief", "tax", "stated_relief")
HALVING = Relief("six_taxes_halving", "tax", "six_taxes")


def half_waived(due: Node, firm: Firm, law: Law) -> Node:
    """The amount waived of a levy: half of what other relief leaves, to the fen.

    Payable is then `due` less this, so 3,964.91 gives 1,982.46 waived and 1,982.45 to pay.
    """
    granted = HALVING.granted(firm, law, who_may_claim(firm, law), base=due)
    return round_fen(when(granted, due * law.six_taxes.share, 0))


def who_may_claim(firm: Firm, law: Law) -> Node:
    """Small-scale VAT payers; later also small low-profit enterprises and individual businesses."""
    views = firm.inside()
    if len(views) > 1:
        return throughout(firm, law)
    who = [is_small_scale(views[0], law)]
    if law.six_taxes.small_low_profit:
        who.append(is_small_low_profit_by_settlement(views[0], law))
    if law.six_taxes.individual_business:
        who.append(is_individual_business(firm, law))
    return any_of(*who)


def throughout(firm: Firm, law: Law) -> Node:
    """In a longer period: true where it holds in each filing period, false where in none; where in some, what is stated
    for the whole cannot be told apart, and only the kind of taxpayer of the whole could tell."""
    each = claims(firm, law)
    return all_of(any_of(*each), any_of(all_of(*each), kind_of_the_whole(firm, law)))


def claims(firm: Firm, law: Law) -> list[Node]:
    return [who_may_claim(view, law.at(view.period)) for view in firm.inside()]


@line("整个所属期为小规模纳税人", "small-scale VAT payer throughout the period")
def kind_of_the_whole(firm: Firm, law: Law) -> Node:
    """Asked for where it is known of each filing period whether the halving may be claimed."""
    all_known = all_of(*(known(one) for one in claims(firm, law)))
    return when(all_known, firm.stated("vat_payer").is_("small_scale"), NEVER)


def after_stated_relief(due: Node, stated: Node, firm: Firm, law: Law) -> Node:
    """What is due once the other relief that the firm states is taken off."""
    return due - when(STATED.granted(firm, law, base=stated), stated, 0)


RELIEFS = (STATED, HALVING)
