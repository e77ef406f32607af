"""Urban construction tax and the two education surcharges, on the VAT actually paid in a filing period.

Each is rounded when due, each relief is rounded, and payable is the difference: as on filed returns.
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, any_of, known, round_fen, total, when
from taxcalc.rules.six_taxes import half_waived
from taxcalc.rules.terms import Levy, Relief, Rule
from taxcalc.rules.vat import taxable_sales, vat_payable

EXEMPTION = Relief("education_exemption", "fee", "education_exemption")


@line("附加税费计税依据（实缴增值税和消费税）", "base of the surcharges: VAT and consumption tax actually paid")
def base_of_a_period(firm: Firm, law: Law) -> Node:
    return when(known(firm.vat_paid), firm.vat_paid, vat_payable(firm, law)) + firm.consumption_tax_paid


@line("附加税费计税依据（全期实缴增值税和消费税）", "base of the surcharges: VAT and consumption tax paid in the whole")
def base_of_the_whole(firm: Firm, law: Law) -> Node:
    return firm.vat_paid + firm.consumption_tax_paid


def base(firm: Firm, law: Law) -> Node:
    """Of a filing period; or of the whole, where the VAT paid is stated for the whole only."""
    return base_of_the_whole(firm, law) if firm is firm.whole else base_of_a_period(firm, law)


@line("城市维护建设税应纳税额", "urban construction tax due")
def urban_construction_due(firm: Firm, law: Law) -> Node:
    rates = law.urban_construction
    rate = when(firm.place.is_("city"), rates.city, when(firm.place.is_("county"), rates.county, rates.other))
    return round_fen(base(firm, law) * rate)


@line("教育费附加应缴费额", "education surcharge due")
def education_due(firm: Firm, law: Law) -> Node:
    return round_fen(base(firm, law) * law.education_surcharge.rate)


@line("地方教育附加应缴费额", "local education surcharge due")
def local_education_due(firm: Firm, law: Law) -> Node:
    return round_fen(base(firm, law) * law.local_education_surcharge.rate)


@line("城市维护建设税减征额", "urban construction tax waived")
def urban_construction_waived(firm: Firm, law: Law) -> Node:
    return half_waived(urban_construction_due(firm, law), firm, law)


@line("教育费附加减征额", "education surcharge waived")
def education_waived(firm: Firm, law: Law) -> Node:
    return half_waived(education_after_exemption(firm, law), firm, law)


@line("地方教育附加减征额", "local education surcharge waived")
def local_education_waived(firm: Firm, law: Law) -> Node:
    return half_waived(local_education_after_exemption(firm, law), firm, law)


@line("教育费附加（免征后）", "education surcharge after the exemption")
def education_after_exemption(firm: Firm, law: Law) -> Node:
    due = education_due(firm, law)
    return when(exempt(firm, law), 0, due)


@line("地方教育附加（免征后）", "local education surcharge after the exemption")
def local_education_after_exemption(firm: Firm, law: Law) -> Node:
    due = local_education_due(firm, law)
    return when(exempt(firm, law), 0, due)


@line("城市维护建设税应缴", "urban construction tax payable")
def urban_construction_payable(firm: Firm, law: Law) -> Node:
    return urban_construction_due(firm, law) - urban_construction_waived(firm, law)


@line("教育费附加应缴", "education surcharge payable")
def education_payable(firm: Firm, law: Law) -> Node:
    return education_after_exemption(firm, law) - education_waived(firm, law)


@line("地方教育附加应缴", "local education surcharge payable")
def local_education_payable(firm: Firm, law: Law) -> Node:
    return local_education_after_exemption(firm, law) - local_education_waived(firm, law)


@line("城市维护建设税", "Urban construction tax")
def urban_construction(firm: Firm, law: Law) -> Node:
    return each_period(urban_construction_payable, firm, law)


@line("教育费附加", "Education surcharge")
def education(firm: Firm, law: Law) -> Node:
    return each_period(education_payable, firm, law)


@line("地方教育附加", "Local education surcharge")
def local_education(firm: Firm, law: Law) -> Node:
    return each_period(local_education_payable, firm, law)


@line("应税销售额（全期）", "taxable sales of the whole")
def taxable_sales_of_the_whole(firm: Firm, law: Law) -> Node:
    return total(taxable_sales(view, law.at(view.period)) for view in firm.inside())


def exempt(firm: Firm, law: Law) -> Node:
    """Any payer, small-scale or general, whose sales of the period stay within the limit."""
    table = law.education_exemption
    views = firm.inside()
    limit = table.monthly if views[0].period.months == 1 else table.quarterly
    limit = limit * len(views) if len(views) > 1 else limit
    sales = (
        taxable_sales_of_the_whole(firm, law) if len(views) > 1 else taxable_sales(views[0], law.at(views[0].period))
    )
    return EXEMPTION.granted(firm, law, sales <= limit, base=base(firm, law))


def each_period(rule: Rule, firm: Firm, law: Law) -> Node:
    """The sum of a rule over the filing periods, each under its own law and rounded on its own.

    VAT paid that is stated for longer is not cut up: the rule is applied to each quarter, or once to the whole.
    """
    by_period = total(rule(view, law.at(view.period)) for view in firm.periods)
    if len(firm.periods) == 1:
        return by_period
    in_parts = any_of(*(known(view.stated("vat_paid")) for view in firm.periods))
    longer = rule(firm, law)
    if firm.quarters:
        by_quarter = total(rule(view, law.at(view.period)) for view in firm.quarters)
        longer = when(all_of(*(known(view.stated("vat_paid")) for view in firm.quarters)), by_quarter, longer)
    return when(all_of(known(firm.stated("vat_paid")), ~in_parts), longer, by_period)


LEVIES = (
    Levy("urban_construction", "tax", ("城市维护建设税", "Urban construction tax"), urban_construction),
    Levy("education_surcharge", "fee", ("教育费附加", "Education surcharge"), education),
    Levy("local_education_surcharge", "fee", ("地方教育附加", "Local education surcharge"), local_education),
)
RELIEFS = (EXEMPTION,)
