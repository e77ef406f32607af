"""Signs that the facts about VAT do not fit together, or that a doubtful point decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, known, most, or_zero, total, when
from taxcalc.rules.registration import deduction_decides, over_limit, passed_earlier, passed_within, some_before
from taxcalc.rules.terms import Check, Rule, Turning
from taxcalc.rules.vat import vat, vat_payable
from taxcalc.rules.vat_sales import (
    leases_as_given,
    left_of_sales,
    net,
    ordinary_sales,
    ordinary_sales_as_given,
    sales_without_real_estate,
    small_scale_sales,
    special_leases_as_given,
    threshold,
    within_threshold,
)
from taxcalc.rules.who import always_small_scale, first_month, is_small_scale, last_month


def parts_exceed_sales(firm: Firm, law: Law) -> Node:
    return any_of(
        exceeds(firm, lambda v: 0 - left_of_sales(v), lambda v: v.revenue * 0),
        exceeds(firm, lambda v: v.exempt_service_sales, left_of_sales),
        exceeds(firm, lambda v: v.exempt_service_sales, lambda v: v.revenue - v.simple_method_sales),
        exceeds(firm, lambda v: _leases_beyond(v, law.at(v.period)), lambda v: v.revenue * 0),
        exceeds(firm, lambda v: v.five_percent_deduction, lambda v: v.five_percent_sales),
        exceeds(firm, lambda v: v.real_estate_deduction, lambda v: v.real_estate_sales),
        exceeds(firm, lambda v: v.prepayment_deduction, lambda v: v.prepayment_sales),
    )


def _leases_beyond(firm: Firm, law: Law) -> Node:
    """By how much leases exceed what they are a part of: all sales, or those that bear the rate of leases."""
    if law.vat.levy.leases_alone:
        return 0 - ordinary_sales_as_given(firm, law)
    return firm.real_estate_rent_sales - firm.five_percent_sales


def one_off_exceeds(firm: Firm, law: Law) -> Node:
    return exceeds(firm, lambda v: v.one_off_sales, lambda v: v.revenue)


def five_percent_part_exceeds(firm: Firm, law: Law) -> Node:
    """Special invoices show what is taxed: sales after the differential deduction."""
    return exceeds(firm, lambda v: v.five_percent_special_invoice_sales, lambda v: _invoiceable(v, law.at(v.period)))


def _invoiceable(firm: Firm, law: Law) -> Node:
    if law.vat.levy.leases_alone:
        return most(firm.five_percent_sales, or_zero(firm.real_estate_rent_sales))
    return firm.five_percent_sales - firm.five_percent_deduction


def dispatch_deduction_ended(firm: Firm, law: Law) -> Node:
    """What dispatch of labour pays on is no longer taken off the sales of a small-scale payer."""
    stated = any_of(*(v.five_percent_deduction > 0 for v in firm.periods if law.at(v.period).vat.levy.leases_alone))
    return all_of(is_small_scale(firm, law), stated)


def kind_of_invoices_decides(firm: Firm, law: Law) -> Node:
    """Below the starting point special invoices alone are taxed, and it matters which of them are of leases."""
    return all_of(
        is_small_scale(firm, law), any_of(*(_kinds_mixed(view, law.at(view.period)) for view in firm.periods))
    )


def _kinds_mixed(firm: Firm, law: Law) -> Node:
    services = at_least_zero(firm.five_percent_sales - leases_as_given(firm, law))
    fewest = at_least_zero(firm.five_percent_special_invoice_sales - services)
    decides = all_of(
        within_threshold(small_scale_sales(firm, law), firm, law), fewest < special_leases_as_given(firm, law)
    )
    return decides if law.vat.levy.leases_alone else NEVER


def simple_part_exceeds(firm: Firm, law: Law) -> Node:
    return exceeds(firm, lambda v: v.simple_method_sales, lambda v: v.revenue)


def export_part_exceeds(firm: Firm, law: Law) -> Node:
    return exceeds(firm, lambda v: v.export_input_vat, lambda v: v.input_vat)


def exceeds(firm: Firm, part: Callable[[Firm], Node], whole: Callable[[Firm], Node]) -> Node:
    """Is a part larger than what it is a part of: in all, or in a filing period by more than rounding?

    Figures of a year that are cut into periods are each cut on their own, so that in a period the parts may
    come to a few fen more than the whole. That is no contradiction, and the few fen bear no tax.
    """
    in_all = total(part(view) for view in firm.periods) > total(whole(view) for view in firm.periods)
    return any_of(in_all, *(part(view) > whole(view) + CUT for view in firm.periods))


CUT = Const(8, "money", ("拆分误差", "what cutting may add"))
"""Fen: one for each figure that may be cut."""


def over_the_small_scale_limit(firm: Firm, law: Law) -> Node:
    return all_of(always_small_scale(firm, law), ~known(firm.general_from), over_limit(firm, law))


def limit_passed_in_a_quarter(firm: Firm, law: Law) -> Node:
    """From 2026, of a firm whose kind is told by its sales: it is general from one of three months on."""
    return _passed_within(firm, law, lambda view, law: law.vat.small_scale.from_the_month and view.period.months > 1)


def vat_where_the_limit_is_passed(firm: Firm, law: Law) -> Node:
    return _where_passed(firm, law, vat_payable)


def month_where_the_limit_is_passed(firm: Firm, law: Law) -> Node:
    return _where_passed(firm, law, lambda view, law: first_month(view))


def _where_passed(firm: Firm, law: Law, rule: Rule) -> Node:
    """What a rule says of the filing period in which the limit is passed; of the last, if in none before."""
    *earlier, last = [(view, law.at(view.period)) for view in firm.periods]
    found = rule(*last)
    for view in reversed(earlier):
        found = when(passed_within(*view), rule(*view), found)
    return found


def limit_passed_in_a_month(firm: Firm, law: Law) -> Node:
    return _passed_within(firm, law, lambda view, law: law.vat.small_scale.from_the_month and view.period.months == 1)


def limit_passed_within_the_year(firm: Firm, law: Law) -> Node:
    """To 2025, of a firm whose kind is told by its sales: small-scale until it registers, which they do not tell."""
    return _passed_within(firm, law, lambda view, law: not law.vat.small_scale.from_the_month)


def limit_passed_before(firm: Firm, law: Law) -> Node:
    """Of a firm whose kind is told by its sales: general from the beginning of the assessed period on."""
    first = firm.periods[0]
    return all_of(~known(firm.general_from), ~known(first.stated("vat_payer")), passed_earlier(firm, law))


def _passed_within(firm: Firm, law: Law, concerns: Callable[[Firm, Law], bool]) -> Node:
    views = [(view, law.at(view.period)) for view in firm.periods]
    passed = (
        all_of(~known(view.stated("vat_payer")), _beyond_its_first(view, law), passed_within(view, law))
        for view, law in views
        if concerns(view, law)
    )
    return all_of(~known(firm.general_from), any_of(*passed))


def _beyond_its_first(view: Firm, law: Law) -> Node:
    """To 2025 one period alone over the limit says nothing of when it was passed."""
    told = law.vat.small_scale.from_the_month or view.before is not None
    return all_of() if told else some_before(view, law)


def deduction_decides_status(firm: Firm, law: Law) -> Node:
    """Of a firm that does not state its kind of VAT payer."""
    return all_of(~known(firm.stated("vat_payer")), deduction_decides(firm, law))


def divisor_decides(firm: Firm, law: Law) -> Node:
    """With amounts that include VAT, dividing ordinary sales by 1.03 would change the exemption."""
    return all_of(
        firm.amounts_include_vat,
        any_small_scale(_differs_at_full_rate, firm, law),
    )


def any_small_scale(rule: Rule, firm: Firm, law: Law) -> Node:
    """Does it hold in any filing period in which the firm is a small-scale payer?"""
    each = [(view, law.at(view.period)) for view in firm.periods]
    return any_of(*(all_of(is_small_scale(*one), rule(*one)) for one in each))


def _differs_at_full_rate(firm: Firm, law: Law) -> Node:
    as_tested = small_scale_sales(firm, law)
    otherwise = as_tested - ordinary_sales(firm, law) + net(firm, ordinary_sales_as_given(firm, law), law.vat.levy.rate)
    return within_threshold(otherwise, firm, law) & ~within_threshold(as_tested, firm, law)


def exactly_at_threshold(firm: Firm, law: Law) -> Node:
    """From 2026 the point itself is taxed; many tools still exempt it."""
    return any_small_scale(_at_point, firm, law)


def _at_point(firm: Firm, law: Law) -> Node:
    sales, limit = small_scale_sales(firm, law), threshold(firm, law)
    taxed = law.vat.exemption.at_threshold == "taxed"
    return all_of(sales <= limit, limit <= sales) if taxed else NEVER


def real_estate_left_out_unconfirmed(firm: Firm, law: Law) -> Node:
    """From 2026 nothing says that sales of real estate are still left out of the test."""
    return any_small_scale(_left_out_would_exempt, firm, law)


def _left_out_would_exempt(firm: Firm, law: Law) -> Node:
    without, whole = sales_without_real_estate(firm, law), small_scale_sales(firm, law)
    counted = not law.vat.exemption.real_estate_sales_left_out
    return within_threshold(without, firm, law) & ~within_threshold(whole, firm, law) if counted else NEVER


def differs_from_vat_paid(firm: Firm, law: Law) -> Node:
    """The VAT said to be paid is not the VAT computed."""
    paid, computed = firm.vat_paid, vat(firm, law)
    of_the_whole = any_of(paid < computed, computed < paid)
    return any_of(of_the_whole, *(_differs(view, law.at(view.period)) for view in firm.periods))


def _differs(firm: Firm, law: Law) -> Node:
    paid, computed = firm.vat_paid, vat_payable(firm, law)
    return any_of(paid < computed, computed < paid)


def ignored_of_a_general_payer(firm: Firm, law: Law) -> Node:
    """Facts of small-scale payers that a general payer states have no effect."""
    return any_of(
        *(all_of(~is_small_scale(v, law.at(v.period)), _any_stated(v, _OF_SMALL_SCALE_PAYERS)) for v in firm.periods)
    )


def ignored_of_a_small_scale_payer(firm: Firm, law: Law) -> Node:
    """Input VAT and the like have no effect on a small-scale payer."""
    of_the_whole = any_of(known(firm.stated("vat_rate")), firm.vat_credit > 0)
    return any_of(
        all_of(always_small_scale(firm, law), of_the_whole),
        any_small_scale(lambda view, _: _any_stated(view, _OF_GENERAL_PAYERS), firm, law),
    )


def _any_stated(view: Firm, names: Iterable[str]) -> Node:
    return any_of(*(or_zero(view.stated(name)) > 0 for name in names))


def general_from_contradicts(firm: Firm, law: Law) -> Node:
    """The month from which the firm is general, beside another kind of payer that is stated for a period."""
    return any_of(*(_denies(view) for view in firm.periods))


def _denies(view: Firm) -> Node:
    stated, since = view.stated("vat_payer"), view.general_from
    return any_of(
        all_of(stated.is_("small_scale"), since <= last_month(view)),
        all_of(stated.is_("general"), since > first_month(view)),
    )


def general_within_a_filing_period(firm: Firm, law: Law) -> Node:
    """The firm becomes general inside of a quarter for which it files."""
    return any_of(
        *(all_of(view.general_from > first_month(view), view.general_from <= last_month(view)) for view in firm.periods)
    )


_PARTS = (
    "special_invoice_sales",
    "special_invoice_sales_full_rate",
    "waived_reduction_sales",
    "five_percent_sales",
    "real_estate_rent_sales",
    "real_estate_sales",
    "differential_deduction",
)
_DEDUCTIONS = ("five_percent_deduction", "real_estate_deduction", "prepayment_deduction")
_OF_SMALL_SCALE_PAYERS = (*_PARTS, "prepayment_sales")
_OF_GENERAL_PAYERS = ("output_vat", "input_vat", "simple_method_sales")

CHECKS = (
    Check("parts_exceed_sales", "error", (*_PARTS, "exempt_service_sales", *_DEDUCTIONS), parts_exceed_sales),
    Check("one_off_exceeds", "error", ("one_off_sales",), one_off_exceeds),
    Check("five_percent_part_exceeds", "error", ("five_percent_special_invoice_sales",), five_percent_part_exceeds),
    Check("dispatch_deduction_ended", "warning", ("five_percent_deduction",), dispatch_deduction_ended),
    Check("kind_of_invoices_decides", "warning", ("five_percent_special_invoice_sales",), kind_of_invoices_decides),
    Check("simple_part_exceeds", "error", ("simple_method_sales",), simple_part_exceeds),
    Check("export_part_exceeds", "error", ("export_input_vat",), export_part_exceeds),
    Check("over_the_small_scale_limit", "warning", ("vat_payer",), over_the_small_scale_limit),
    Check("general_from_contradicts", "error", ("general_from",), general_from_contradicts),
    Check("general_within_a_filing_period", "warning", ("general_from",), general_within_a_filing_period),
    Check(
        "limit_passed_in_a_quarter",
        "warning",
        ("revenue",),
        limit_passed_in_a_quarter,
        turning=Turning(vat_where_the_limit_is_passed, month_where_the_limit_is_passed),
    ),
    Check("limit_passed_in_a_month", "warning", ("revenue",), limit_passed_in_a_month),
    Check("limit_passed_within_the_year", "warning", ("revenue",), limit_passed_within_the_year),
    Check("limit_passed_before", "warning", ("sales_before",), limit_passed_before),
    Check("deduction_decides_status", "warning", ("differential_deduction", *_DEDUCTIONS), deduction_decides_status),
    Check("divisor_decides", "warning", ("amounts_include_vat",), divisor_decides),
    Check("exactly_at_threshold", "note", ("revenue",), exactly_at_threshold),
    Check("real_estate_unconfirmed", "warning", ("real_estate_sales",), real_estate_left_out_unconfirmed),
    Check("ignored_of_a_general_payer", "warning", _OF_SMALL_SCALE_PAYERS, ignored_of_a_general_payer),
    Check(
        "ignored_of_a_small_scale_payer",
        "warning",
        (*_OF_GENERAL_PAYERS, "vat_rate", "vat_credit"),
        ignored_of_a_small_scale_payer,
    ),
    Check("differs_from_vat_paid", "warning", ("vat_paid",), differs_from_vat_paid),
)
