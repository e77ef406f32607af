"""What was exempt from VAT while the epidemic was fought: some services, of small-scale and of general payers alike, and
ordinary sales of small-scale payers in Hubei."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Node
from taxcalc.graph.words import all_of, any_of, known, total, when
from taxcalc.rules.terms import Relief

SERVICES = Relief("vat_exempt_services", "tax", "vat.exempt_services", signs=("exempt_service",))
HUBEI = Relief("vat_hubei_exemption", "tax", "vat.hubei_exemption", signs=("hubei",))
HUBEI_PREPAYMENT = Relief("vat_hubei_prepayment", "deferral", "vat.hubei_prepayment", signs=("hubei",))
KINDS = ("public_transport", "life_services", "delivery")


@line("提供当期免税的服务", "services of a kind that is exempt")
def is_exempt_service(firm: Firm, law: Law) -> Node:
    return any_of(*_named(firm, law))


def _named(firm: Firm, law: Law) -> list[Node]:
    return [firm.exempt_service.is_(kind) for kind in KINDS if law.vat.exempt_services[kind]]


@line("免税服务的销售额", "sales of exempt services")
def exempt_service_sales(firm: Firm, law: Law) -> Node:
    """As given, with VAT if the firm's amounts have it. Of a filing period inside of which what is exempt changes, those
    of its months: of the second quarter of 2022, delivery from May on."""
    return total(_of(part, then) for part, then in exempt_parts(firm, law))


def _of(firm: Firm, law: Law) -> Node:
    return when(is_exempt_service(firm, law), firm.exempt_service_sales, 0)


def services_exempt(firm: Firm, law: Law, who: Node, base: Node) -> Node:
    """Granted to payers of this kind on what they sell of such a service."""
    part, then = exempt_parts(firm, law)[-1]
    return SERVICES.granted(part, then, who, is_exempt_service(part, then), base > 0, base=base)


def exempt_parts(firm: Firm, law: Law) -> list[tuple[Firm, Law]]:
    """The filing period where one law of such services is in force in all of it, else its months that have one."""
    if law.vat.exempt_services.in_force:
        return [(firm, law)]
    months = [(firm.part(month), law.at(month)) for month in firm.period.parts(1)]
    return [(month, then) for month, then in months if then.vat.exempt_services.in_force]


def has_no_reduced_rate(firm: Firm, law: Law) -> Node:
    """Said to be in Hubei, while its payers are exempt instead."""
    return all_of(known(firm.hubei), firm.hubei) if law.vat.hubei_exemption.in_force else NEVER
