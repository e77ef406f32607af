"""Value-added tax: what is payable over the filing periods, and what is prepaid elsewhere.

The two kinds of payers are in `vat_small_scale` and `vat_general`; sales are in `vat_sales`.
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import NEVER, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, first_known, round_fen, total, when
from taxcalc.rules.terms import Balance, Levy, Relief
from taxcalc.rules.vat_additional import ADDITIONAL, deducted, is_service_business, left
from taxcalc.rules.vat_general import before_additional_deduction, closing_credit, general_sales, simple_method_vat
from taxcalc.rules.vat_sales import net, prepayment_sales_by_rate, reduced_part, small_scale_sales, within_threshold
from taxcalc.rules.vat_services import HUBEI, HUBEI_PREPAYMENT, SERVICES, has_no_reduced_rate
from taxcalc.rules.vat_small_scale import EXEMPTION, FULL_EXEMPTION, REDUCED_RATE, small_scale_vat
from taxcalc.rules.who import always_small_scale, ever_small_scale, is_small_scale

PREPAYMENT_WAIVER = Relief("vat_prepayment_waiver", "deferral", "vat.prepayment_waiver")
PREPAYMENT_SUSPENDED = Relief(
    "vat_prepayment_suspended", "deferral", "vat.prepayment_suspended", signs=("prepayment_sales",)
)
PREPAYMENT = Relief("vat_prepayment_rate", "deferral", "vat.prepayment_rate")


@line("一般纳税人应纳增值税", "VAT of a general payer")
def general_vat(firm: Firm, law: Law) -> Node:
    """The additional deduction takes nothing off what the simple method adds."""
    return before_additional_deduction(firm, law) - deducted(firm, law) + simple_method_vat(firm, law)


@line("应纳增值税", "VAT payable")
def vat_payable(firm: Firm, law: Law) -> Node:
    """Of one filing period. A general payer who states only what was paid has that as its VAT."""
    general = first_known(general_vat(firm, law), firm.vat_paid)
    return when(is_small_scale(firm, law), small_scale_vat(firm, law), general)


@line("应税销售额", "taxable sales")
def taxable_sales(firm: Firm, law: Law) -> Node:
    """Of one filing period, for the tests of other levies."""
    return when(is_small_scale(firm, law), small_scale_sales(firm, law), general_sales(firm, law))


@line("增值税", "Value-added tax")
def vat(firm: Firm, law: Law) -> Node:
    by_period = total(vat_payable(view, law.at(view.period)) for view in firm.periods)
    return when(always_small_scale(firm, law), by_period, first_known(by_period, firm.vat_paid))


@line("预缴地销售额（不含税）", "sales at the place of prepayment, net of VAT")
def prepayment_sales(firm: Firm, law: Law) -> Node:
    """What is tested: the balance after subcontracts, or the whole price where the law says so."""
    return total(_net(_tested(firm, law), firm))


@line("预缴的计税依据（扣除分包款后，不含税）", "base of the prepayment, after subcontracts and net of VAT")
def prepayment_base(firm: Firm, law: Law) -> Node:
    return total(net_prepayment_sales(firm, law))


def net_prepayment_sales(firm: Firm, law: Law) -> list[Node]:
    """By rate: those of the months of the reduced rate, then others; after subcontracts."""
    return _net(_after_subcontracts(firm, law), firm)


def _tested(firm: Firm, law: Law) -> list[tuple[Node, Node]]:
    if law.vat.prepayment_waiver.subcontracts_counted:
        return prepayment_sales_by_rate(firm, law, lambda view: view.prepayment_sales)
    return _after_subcontracts(firm, law)


def _after_subcontracts(firm: Firm, law: Law) -> list[tuple[Node, Node]]:
    return prepayment_sales_by_rate(firm, law, lambda view: view.prepayment_sales - view.prepayment_deduction)


def _net(parts: list[tuple[Node, Node]], firm: Firm) -> list[Node]:
    return [at_least_zero(net(firm, sales, rate)) for sales, rate in parts]


@line("预缴增值税", "VAT prepayment")
def prepayment(firm: Firm, law: Law) -> Node:
    """Of one filing period: none where the sales at that place stay within the threshold, nor while it is suspended."""
    reduced, *before = net_prepayment_sales(firm, law)
    part, then = reduced_part(firm, law)
    sales, base = prepayment_sales(firm, law), prepayment_base(firm, law)
    within = within_threshold(sales, firm, law)
    waived = PREPAYMENT_WAIVER.granted(firm, law, is_small_scale(firm, law), within, base=base)
    suspended = PREPAYMENT_SUSPENDED.granted(firm, law, is_small_scale(firm, law), base=when(waived, 0, base))
    spared = any_of(waived, suspended)
    in_hubei = _suspended_in_hubei(firm, law, when(spared, 0, reduced))
    granted = PREPAYMENT.granted(part, then, is_small_scale(firm, law), base=reduced)
    lowered = all_of(granted, ~has_no_reduced_rate(firm, then))
    rate = when(lowered, then.vat.prepayment_rate.rate, law.vat.levy.rate)
    now = when(in_hubei, 0, round_fen(reduced * rate))
    due = when(spared, 0, total([now, *(round_fen(s * law.vat.levy.rate) for s in before)]))
    return when(is_small_scale(firm, law), due, 0)


def _suspended_in_hubei(firm: Firm, law: Law, base: Node) -> Node:
    """Of the months that have the reduced rate elsewhere."""
    part, then = reduced_part(firm, law)
    return HUBEI_PREPAYMENT.granted(part, then, is_small_scale(firm, law), firm.hubei, base=base)


@line("预缴增值税（全期）", "VAT prepayments")
def prepayments(firm: Firm, law: Law) -> Node:
    return total(prepayment(view, law.at(view.period)) for view in firm.periods)


def is_general(firm: Firm, law: Law) -> Node:
    """When the assessed period ends."""
    return ~is_small_scale(firm.periods[-1], law.at(firm.periods[-1].period))


def counts_additional_deduction(firm: Firm, law: Law) -> Node:
    """Is there a balance of the additional deduction, in force when the assessed period ends?"""
    in_force = law.at(firm.periods[-1].period).vat.additional_deduction.in_force
    return all_of(is_general(firm, law), is_service_business(firm, law)) if in_force else NEVER


def closing_vat_credit(firm: Firm, law: Law) -> Node:
    return closing_credit(firm.periods[-1], law.at(firm.periods[-1].period))


def closing_additional_deduction(firm: Firm, law: Law) -> Node:
    return left(firm.periods[-1], law.at(firm.periods[-1].period))


LEVIES = (
    Levy("vat", "tax", ("增值税", "Value-added tax"), vat),
    Levy(
        "vat_prepayment",
        "deferral",
        ("预缴增值税", "VAT prepayments"),
        prepayments,
        ever_small_scale,
        own_facts=("prepayment_sales",),
    ),
)
BALANCES = (
    Balance("vat_credit", is_general, closing_vat_credit),
    Balance("additional_deduction", counts_additional_deduction, closing_additional_deduction),
)
RELIEFS = (
    EXEMPTION,
    FULL_EXEMPTION,
    SERVICES,
    HUBEI,
    REDUCED_RATE,
    ADDITIONAL,
    PREPAYMENT_WAIVER,
    PREPAYMENT_SUSPENDED,
    HUBEI_PREPAYMENT,
    PREPAYMENT,
)
