"""Who the firm is: the distinctions that reliefs turn on."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Const, Node
from taxcalc.graph.words import all_of, any_of, known, option, or_else, when
from taxcalc.rules.registration import passed_before, within_limit


@line("企业所得税纳税人", "corporate income tax payer", once=True)
def is_enterprise(firm: Firm, law: Law) -> Node:
    """Sole proprietorships and partnerships pay no corporate income tax (CIT law art. 1)."""
    return firm.taxpayer.is_("enterprise")


@line("个体工商户", "individual business", once=True)
def is_individual_business(firm: Firm, law: Law) -> Node:
    return firm.taxpayer.is_("individual_business")


@line("增值税纳税人类型", "VAT payer")
def vat_payer(firm: Firm, law: Law) -> Node:
    """In a period: by the month from which the firm is general, else as stated for it, else by its sales.

    Of a period inside of which it becomes general neither holds, so that only the parts of it can tell.
    """
    stated, since = firm.stated("vat_payer"), firm.general_from
    small, general = option(stated, "small_scale"), option(stated, "general")
    by_month = when(since <= first_month(firm), general, when(since > last_month(firm), small, stated))
    by_sales = when(small_by_sales(firm, law), small, when(general_by_sales(firm, law), general, stated))
    return or_else(by_month, or_else(stated, when(known(since), stated, by_sales)))


def small_by_sales(firm: Firm, law: Law) -> Node:
    """While the sales stay within the yearly limit: from 2026 those to the end of the filing period, before that of the
    assessed period as a whole."""
    return within_limit(firm if law.vat.small_scale.from_the_month else firm.whole, law)


def general_by_sales(firm: Firm, law: Law) -> Node:
    """From 2026, from the month in which they pass the limit. Which month of a quarter that is, its sales do not tell."""
    known_since = law.vat.small_scale.from_the_month and firm.period.months > 1
    return passed_before(firm, law) if known_since else ~small_by_sales(firm, law)


@line("增值税小规模纳税人", "small-scale VAT payer")
def is_small_scale(firm: Firm, law: Law) -> Node:
    """In one filing period."""
    return vat_payer(firm, law).is_("small_scale")


def first_month(firm: Firm) -> Const:
    """The first month of a period, as months are counted."""
    return Const(firm.period.year * 12 + firm.period.first - 1, "count", (str(firm.period.parts(1)[0]),) * 2)


def last_month(firm: Firm) -> Const:
    return Const(
        firm.period.year * 12 + firm.period.first + firm.period.months - 2,
        "count",
        (str(firm.period.parts(1)[-1]),) * 2,
    )


def always_small_scale(firm: Firm, law: Law) -> Node:
    """In every filing period of a longer one."""
    return all_of(*(is_small_scale(view, law.at(view.period)) for view in firm.inside()))


def ever_small_scale(firm: Firm, law: Law) -> Node:
    return any_of(*(is_small_scale(view, law.at(view.period)) for view in firm.inside()))


@line("一般纳税人中的小型微利企业（按上次汇算清缴）", "small low-profit enterprise by its last settlement")
def is_small_low_profit_by_settlement(firm: Firm, law: Law) -> Node:
    """In one period: each settlement changes it on 1 July."""
    return all_of(is_enterprise(firm, law), firm.small_low_profit_status)
