"""Who the firm is: the distinctions that reliefs turn on."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, option, or_else, when
from taxcalc.rules.registration import within_limit


@line("企业所得税纳税人", "corporate income tax payer", once=True)
def is_enterprise(firm: Firm, law: Law) -> Node:
    """Sole proprietorships and partnerships pay no corporate income tax (CIT law art. 1)."""
    return firm.taxpayer.is_("enterprise")


@line("个体工商户", "individual business", once=True)
def is_individual_business(firm: Firm, law: Law) -> Node:
    return firm.taxpayer.is_("individual_business")


@line("增值税纳税人类型", "VAT payer", once=True)
def vat_payer(firm: Firm, law: Law) -> Node:
    """As stated; else small-scale while the sales of the assessed period stay within the yearly limit."""
    stated = firm.stated("vat_payer")
    return or_else(stated, when(within_limit(firm, law), option(stated, "small_scale"), option(stated, "general")))


@line("增值税小规模纳税人", "small-scale VAT payer", once=True)
def is_small_scale(firm: Firm, law: Law) -> Node:
    return vat_payer(firm, law).is_("small_scale")


@line("一般纳税人中的小型微利企业（按上次汇算清缴）", "small low-profit enterprise by its last settlement", once=True)
def is_small_low_profit_by_settlement(firm: Firm, law: Law) -> Node:
    return all_of(is_enterprise(firm, law), firm.small_low_profit_status)
