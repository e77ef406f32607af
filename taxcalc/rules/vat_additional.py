"""加计抵减: service businesses count more input VAT than they have, as long as there is tax to take it off.

What is counted, used and carried forward follows the return. The saving is what was really deducted.
"""

from __future__ import annotations

from taxcalc.firm import Firm
from taxcalc.graph import Node, any_of, at_least_zero, least, round_fen, when
from taxcalc.law import Law
from taxcalc.lines import line
from taxcalc.rules.terms import Relief, Rule
from taxcalc.rules.who import is_small_scale

ADDITIONAL = Relief("vat_additional_deduction", "tax", "vat.additional_deduction")


@line("生产性或生活性服务业", "producer or life services")
def is_service_business(firm: Firm, law: Law) -> Node:
    return any_of(firm.service_kind.is_("producer"), firm.service_kind.is_("life"))


@line("本期计提的加计抵减额", "additional deduction of the period")
def provision(firm: Firm, law: Law) -> Node:
    """On the input VAT of the period, without that of exports."""
    rates = law.vat.additional_deduction
    rate = when(firm.service_kind.is_("life"), rates.life_rate, rates.producer_rate)
    return round_fen(at_least_zero(firm.input_vat - firm.export_input_vat) * rate)


def deducted(firm: Firm, law: Law, before: Rule) -> Node:
    """What is taken off the tax `before` it in this period; nothing where the relief is not in force."""
    if not law.vat.additional_deduction.in_force:
        return before(firm, law) * 0
    granted = ADDITIONAL.granted(
        firm, law, ~is_small_scale(firm, law), is_service_business(firm, law), base=provision(firm, law)
    )
    usable = at_least_zero(_available(firm, law, before))
    return when(granted, least(before(firm, law), usable), 0)


def _available(firm: Firm, law: Law, before: Rule) -> Node:
    """Brought forward, plus what the period brings, less what is taken back."""
    return _opening(firm, law, before) + provision(firm, law) - firm.addon_reduction


def _opening(firm: Firm, law: Law, before: Rule) -> Node:
    """At the start what the firm states; then what the period before left over."""
    earlier = firm.before
    if earlier is None:
        return firm.addon_opening
    its_law = law.at(earlier.period)
    if not its_law.vat.additional_deduction.in_force:
        return firm.addon_opening
    return _available(earlier, its_law, before) - deducted(earlier, its_law, before)
