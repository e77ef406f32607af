"""Corporate income tax: one taxable income, several regimes, the lowest tax wins."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, first_known, least, round_fen, total, when
from taxcalc.rules import rd, rd_claims
from taxcalc.rules.terms import Check, Levy, Option, Relief
from taxcalc.rules.who import is_enterprise

REGIMES = "corporate_income_rate"
"""Rate regimes of one business exclude each other (财税〔2009〕69号 art. 2)."""

SMALL_LOW_PROFIT = Relief("small_low_profit", "tax", "cit.small_low_profit", REGIMES)
WESTERN = Relief("western_region", "tax", "cit.western", REGIMES)
HIGH_TECH = Relief("high_tech", "tax", "cit.high_tech", REGIMES)


@line("应纳税所得额（加计扣除后、弥补亏损前）", "taxable income after the R&D deduction, before prior losses")
def income_after_rd(firm: Firm, law: Law) -> Node:
    return firm.taxable_income - rd_claims.extra_deduction(firm, law)


@line("应纳税所得额", "taxable income after the R&D deduction and prior losses")
def taxable_income(firm: Firm, law: Law) -> Node:
    return at_least_zero(income_after_rd(firm, law) - firm.loss_brought_forward)


@line("结转以后年度的亏损", "loss to carry forward")
def loss_carried_forward(firm: Firm, law: Law) -> Node:
    """What is left of this year's loss and of earlier ones; the deduction makes it larger."""
    return at_least_zero(firm.loss_brought_forward - income_after_rd(firm, law))


@line("亏损结转年限", "years for which a loss is carried forward")
def years_of_losses(firm: Firm, law: Law) -> Node:
    """Longer for high-tech enterprises and technology SMEs (财税〔2018〕76号)."""
    losses = law.cit.losses
    return when(any_of(rd.has(firm.high_tech), rd.has(firm.tech_sme)), losses.technology_years, losses.years)


@line("鼓励类主营业务收入占比达标", "share of income from encouraged business")
def encouraged_share_reached(firm: Firm, law: Law) -> Node:
    return first_known(*_encouraged_shares(firm, law))


def encouraged_shares_differ(firm: Firm, law: Law) -> Node:
    """The share that is stated and the amounts that it is made of say opposite things; the share counts."""
    by_share, by_amounts = _encouraged_shares(firm, law)
    return any_of(all_of(by_share, ~by_amounts), all_of(~by_share, by_amounts))


def _encouraged_shares(firm: Firm, law: Law) -> tuple[Node, Node]:
    """Is the least share reached: as the share says, and as the amounts say?"""
    least_share = law.cit.western.share
    by_amounts = firm.encouraged_income >= least_encouraged_income(firm, law)
    return firm.encouraged_income_share >= least_share, all_of(firm.total_income > 0, by_amounts)


@line("鼓励类主营业务收入应达到的金额", "income from encouraged business that is required")
def least_encouraged_income(firm: Firm, law: Law) -> Node:
    return firm.total_income * law.cit.western.share  # type: ignore[no-any-return]


@line("主营业务属西部鼓励类产业", "main business in the western catalogue")
def is_encouraged(firm: Firm, law: Law) -> Node:
    """As stated; a share of encouraged income that is stated and reached says it too."""
    return first_known(firm.encouraged_industry, encouraged_share_reached(firm, law))


@line("符合小型微利企业条件", "small low-profit enterprise")
def is_small_low_profit(firm: Firm, law: Law) -> Node:
    """The income limit is tested after the R&D deduction."""
    limits = law.cit.small_low_profit
    return SMALL_LOW_PROFIT.granted(
        firm,
        law,
        is_enterprise(firm, law),
        ~firm.restricted_industry,
        taxable_income(firm, law) <= limits.income,
        firm.employees <= limits.employees,
        firm.assets <= limits.assets,
        base=taxable_income(firm, law),
    )


@line("符合西部大开发[{rate}]税率条件", "western region[ {rate}] rate", rate="cit.western.rate")
def is_western(firm: Firm, law: Law) -> Node:
    return WESTERN.granted(
        firm,
        law,
        is_enterprise(firm, law),
        firm.western_region,
        is_encouraged(firm, law),
        encouraged_share_reached(firm, law),
        base=taxable_income(firm, law),
    )


@line("符合高新技术企业[{rate}]税率条件", "high-tech[ {rate}] rate", rate="cit.high_tech.rate")
def is_high_tech(firm: Firm, law: Law) -> Node:
    return HIGH_TECH.granted(firm, law, is_enterprise(firm, law), firm.high_tech, base=taxable_income(firm, law))


@line("按法定税率计算的税额", "tax at the statutory rate")
def standard_tax(firm: Firm, law: Law) -> Node:
    return round_fen(taxable_income(firm, law) * law.cit.standard.rate)


@line("减计后的应纳税所得额", "taxable income that is counted")
def counted_income(firm: Firm, law: Law) -> Node:
    return total(parts_of(taxable_income(firm, law), law))


@line("小型微利企业减免所得税额", "relief of a small low-profit enterprise")
def small_low_profit_relief(firm: Firm, law: Law) -> Node:
    """A line of the return, and so are those of the other regimes: what is payable is the tax less the relief."""
    reduced = counted_income(firm, law) * law.cit.small_low_profit.rate
    return round_fen(taxable_income(firm, law) * law.cit.standard.rate - reduced)


@line("按小型微利企业计算的税额", "tax as a small low-profit enterprise")
def small_low_profit_tax(firm: Firm, law: Law) -> Node:
    return standard_tax(firm, law) - small_low_profit_relief(firm, law)


@line("西部大开发减免所得税额", "relief of the western rate")
def western_relief(firm: Firm, law: Law) -> Node:
    return round_fen(taxable_income(firm, law) * (law.cit.standard.rate - law.cit.western.rate))


@line("按西部大开发税率计算的税额", "tax at the western rate")
def western_tax(firm: Firm, law: Law) -> Node:
    return standard_tax(firm, law) - western_relief(firm, law)


@line("高新技术企业减免所得税额", "relief of the high-tech rate")
def high_tech_relief(firm: Firm, law: Law) -> Node:
    return round_fen(taxable_income(firm, law) * (law.cit.standard.rate - law.cit.high_tech.rate))


@line("按高新技术企业税率计算的税额", "tax at the high-tech rate")
def high_tech_tax(firm: Firm, law: Law) -> Node:
    return standard_tax(firm, law) - high_tech_relief(firm, law)


@line("企业所得税", "Corporate income tax")
def corporate_income_tax(firm: Firm, law: Law) -> Node:
    """The lowest of the taxes under the regimes that are granted."""
    standard = standard_tax(firm, law)
    return least(*(when(one.granted, one.payable, standard) for one in regimes(firm, law)), standard)


def regimes(firm: Firm, law: Law) -> list[Option]:
    """Each regime with its grant and its tax, in the order in which ties are decided."""
    every = (
        (SMALL_LOW_PROFIT, is_small_low_profit, small_low_profit_tax),
        (WESTERN, is_western, western_tax),
        (HIGH_TECH, is_high_tech, high_tech_tax),
    )
    return [
        Option(relief.id, granted(firm, law), tax(firm, law))
        for relief, granted, tax in every
        if law.book.version(relief.table, firm.period)
    ]


def parts_of(income: Node, law: Law) -> list[Node]:
    """Income cut into the parts of the table, each times the share of it that is counted."""
    parts, lower = [], None
    for band in law.cit.small_low_profit.bands:
        upper = band.get("up_to")
        inside = income if upper is None else least(income, upper)
        above = inside if lower is None else at_least_zero(inside - lower)
        parts.append(above * band["inclusion"])
        lower = upper
    return parts


def is_loss(firm: Firm, law: Law) -> Node:
    return all_of(is_enterprise(firm, law), income_after_rd(firm, law) < 0)


@line("企业所得税应补（退）税额", "corporate income tax still to pay")
def balance(firm: Firm, law: Law) -> Node:
    """Below zero where more was prepaid than is due: to get back, or to set off."""
    return corporate_income_tax(firm, law) - firm.income_tax_prepaid


LEVIES = (
    Levy(
        "corporate_income",
        "tax",
        ("企业所得税", "Corporate income tax"),
        corporate_income_tax,
        is_enterprise,
        balance,
        to_date=True,
        options=regimes,
    ),
)
RELIEFS = (*rd.RELIEFS, SMALL_LOW_PROFIT, WESTERN, HIGH_TECH)
CHECKS = (
    *rd.CHECKS,
    *rd_claims.CHECKS,
    Check("encouraged_shares_differ", "warning", ("encouraged_income",), encouraged_shares_differ),
)
