"""Resource, property, urban land use, stamp and farmland occupation tax: due, less other relief, less half."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Node
from taxcalc.graph.words import all_of, any_of, first_known, given_sum, known, or_zero, round_fen, when
from taxcalc.rules.six_taxes import after_stated_relief, half_waived
from taxcalc.rules.terms import Check, Levy, Relief, concerns
from taxcalc.rules.who import is_individual_business

CONTRACTS = (
    "sale", "loan", "finance_lease", "work", "construction", "transport", "technology", "lease", "custody", "storage",
    "property_insurance", "real_estate_transfer", "share_transfer", "ip_transfer", "account_books",
)  # fmt: skip
"""The kinds of paper that bear stamp duty: each is a fact `stamp_…` and a rate of the table [stamp]."""

LOAN_EXEMPTION = Relief("stamp_loan_exemption", "tax", "stamp_loan_exemption")


@line("资源税应纳税额", "resource tax due")
def resource_due(firm: Firm, law: Law) -> Node:
    return firm.resource_tax_due


@line("房产税应纳税额", "property tax due")
def property_due(firm: Firm, law: Law) -> Node:
    """On value for the months assessed, on rent as received in them."""
    rates = law.property
    part_of_year = Fraction(firm.span.months, 12)
    on_value = round_fen(firm.property_original_value * (1 - rates.value_deduction) * rates.value_rate * part_of_year)
    on_rent = round_fen(firm.property_rent * rates.rent_rate)
    return first_known(firm.property_tax_due, given_sum(on_value, on_rent))


@line("城镇土地使用税应纳税额", "urban land use tax due")
def land_use_due(firm: Firm, law: Law) -> Node:
    return firm.land_use_tax_due


@line("印花税应纳税额", "stamp duty due")
def stamp_due(firm: Firm, law: Law) -> Node:
    """Each kind of paper is a line of its own and rounded on its own."""
    lines = {kind: round_fen(firm[f"stamp_{kind}"] * law.stamp[kind]) for kind in CONTRACTS}
    loans = or_zero(firm.stamp_loan)
    spared = LOAN_EXEMPTION.granted(firm, law, concerns(firm, loans), firm.small_or_micro, base=loans)
    lines["loan"] = when(spared, 0, lines["loan"])
    return first_known(firm.stamp_tax_due, on_contracts(lines, firm, law))


@line("耕地占用税应纳税额", "farmland occupation tax due")
def farmland_due(firm: Firm, law: Law) -> Node:
    return firm.farmland_tax_due


@line("资源税", "Resource tax")
def resource(firm: Firm, law: Law) -> Node:
    return payable(resource_due(firm, law), firm.resource_tax_relief, firm, law)


@line("房产税", "Property tax")
def property_tax(firm: Firm, law: Law) -> Node:
    return payable(property_due(firm, law), firm.property_tax_relief, firm, law)


@line("城镇土地使用税", "Urban land use tax")
def land_use(firm: Firm, law: Law) -> Node:
    return payable(land_use_due(firm, law), firm.land_use_tax_relief, firm, law)


@line("印花税", "Stamp duty")
def stamp(firm: Firm, law: Law) -> Node:
    return payable(stamp_due(firm, law), firm.stamp_tax_relief, firm, law)


@line("耕地占用税", "Farmland occupation tax")
def farmland(firm: Firm, law: Law) -> Node:
    return payable(farmland_due(firm, law), firm.farmland_tax_relief, firm, law)


def on_contracts(lines: Mapping[str, Node], firm: Firm, law: Law) -> Node:
    """The sum of what is stated. Before there are rates it is only known that nothing is due on nothing."""
    due = given_sum(*lines.values())
    if law.book.version("stamp", firm.period):
        return due
    return when(given_sum(*(firm[f"stamp_{kind}"] for kind in CONTRACTS)) > 0, firm.stamp_tax_due, due)


def payable(due: Node, stated: Node, firm: Firm, law: Law) -> Node:
    """Other relief first, then half of what remains (财税〔2019〕13号 art. 4: the reliefs stack)."""
    left = after_stated_relief(due, stated, firm, law)
    return left - half_waived(left, firm, law)


def stated_relief_exceeds(firm: Firm, law: Law) -> Node:
    """Other relief may not exceed the tax that it relieves."""
    return any_of(
        firm.resource_tax_relief > resource_due(firm, law),
        firm.property_tax_relief > property_due(firm, law),
        firm.land_use_tax_relief > land_use_due(firm, law),
        firm.stamp_tax_relief > stamp_due(firm, law),
        firm.farmland_tax_relief > farmland_due(firm, law),
    )


def loans_of_an_individual(firm: Firm, law: Law) -> Node:
    """The loan contracts of an individual business are freed, although the clause names enterprises."""
    free = all_of(
        is_individual_business(firm, law), firm.small_or_micro, round_fen(firm.stamp_loan * law.stamp.loan) > 0
    )
    in_force = law.stamp.in_force and law.stamp_loan_exemption.in_force
    return all_of(free, ~known(firm.stamp_tax_due)) if in_force else NEVER


def _due_and_relief(tax: str) -> tuple[str, str]:
    """The facts that state a tax as computed elsewhere."""
    return f"{tax}_tax_due", f"{tax}_tax_relief"


LEVIES = (
    Levy("resource", "tax", ("资源税", "Resource tax"), resource, own_facts=_due_and_relief("resource")),
    Levy(
        "property",
        "tax",
        ("房产税", "Property tax"),
        property_tax,
        own_facts=(*_due_and_relief("property"), "property_original_value", "property_rent"),
    ),
    Levy("land_use", "tax", ("城镇土地使用税", "Urban land use tax"), land_use, own_facts=_due_and_relief("land_use")),
    Levy(
        "stamp",
        "tax",
        ("印花税", "Stamp duty"),
        stamp,
        own_facts=(*_due_and_relief("stamp"), *(f"stamp_{kind}" for kind in CONTRACTS)),
    ),
    Levy(
        "farmland_occupation",
        "tax",
        ("耕地占用税", "Farmland occupation tax"),
        farmland,
        own_facts=_due_and_relief("farmland"),
    ),
)
RELIEFS = (LOAN_EXEMPTION,)
CHECKS = (
    Check(
        "stated_relief_exceeds",
        "error",
        tuple(f"{tax}_tax_relief" for tax in ("resource", "property", "land_use", "stamp", "farmland")),
        stated_relief_exceeds,
    ),
    Check("loans_of_an_individual", "note", ("stamp_loan",), loans_of_an_individual),
)
