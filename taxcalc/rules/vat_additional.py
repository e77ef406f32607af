"""加计抵减: service businesses count more input VAT than they have, as long as there is tax to take it off.

What is counted, used and carried forward follows the return. The saving is what was really deducted.
"""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Const, Node
from taxcalc.graph.words import any_of, at_least_zero, least, round_fen, when
from taxcalc.rules.terms import Relief
from taxcalc.rules.vat_general import before_additional_deduction
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


@line("可用的加计抵减额", "additional deduction available")
def available(firm: Firm, law: Law) -> Node:
    """Brought forward, plus what the period brings, less what is taken back."""
    return opening(firm, law) + provision(firm, law) - firm.addon_reduction


@line("本期实际抵减的加计抵减额", "additional deduction used")
def used(firm: Firm, law: Law) -> Node:
    """As far as there is tax under the general method."""
    granted = ADDITIONAL.granted(
        firm, law, ~is_small_scale(firm, law), is_service_business(firm, law), base=provision(firm, law)
    )
    usable = least(before_additional_deduction(firm, law), at_least_zero(available(firm, law)))
    return when(granted, usable, 0)


def deducted(firm: Firm, law: Law) -> Node:
    """What is taken off the VAT of this period; nothing where the relief is not in force."""
    return used(firm, law) if law.vat.additional_deduction.in_force else Const(0, "money")


def opening(firm: Firm, law: Law) -> Node:
    """At the start what the firm states; then what the period before left over."""
    earlier = firm.before
    if earlier is None or not law.at(earlier.period).vat.additional_deduction.in_force:
        return firm.addon_opening
    then = law.at(earlier.period)
    return when(is_small_scale(earlier, then), opening(earlier, then), left(earlier, then))


@line("加计抵减额期末余额", "additional deduction carried forward")
def left(firm: Firm, law: Law) -> Node:
    """Of one filing period."""
    return available(firm, law) - used(firm, law)
