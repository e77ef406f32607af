"""What a period opens with, taken over from the answer for the period before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from taxcalc.base.money import Fen, yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, problem


class Loss(NamedTuple):
    """A loss that may be set off later: what is left of it, of which year (None: earlier years), and until which year."""

    year: int | None
    amount: Fen
    until: int | None


class Opening(NamedTuple):
    """The balances of an earlier answer that a period opens with."""

    period: Period
    """The period of that answer."""
    source: str
    losses: Sequence[Loss] = ()
    """Losses brought forward, by their years."""
    expired: Sequence[Loss] = ()
    """Losses that can no longer be set off, and were left behind."""
    months_used: Mapping[str, int] = {}


class Balances(NamedTuple):
    """What the next period opens with; None where it does not concern the firm or is not known."""

    vat_credit: Fen | None = None
    """Input VAT carried forward."""
    additional_deduction: Fen | None = None
    """What is left of the additional deduction of input VAT."""
    loss: Fen | None = None
    losses: Sequence[Loss] = ()
    losses_before: Sequence[Loss] = ()
    """Losses as they were when the tax year began: what another period of the same year opens with."""
    income_tax: Fen | None = None
    """Income tax still to pay, below zero to get back, where what was prepaid is stated."""
    income_tax_prepaid: Fen | None = None
    """Income tax of the year paid, once what is still to pay is paid: what the next period of the year has prepaid."""
    months_used: Mapping[str, int] = {}
    """For a relief with a term in months: those that are used up, by relief."""


def opening_of(
    earlier: Period, balances: Balances, source: str, period: Period, months: Mapping[str, str]
) -> tuple[Opening, dict[str, str]]:
    """What a period opens with after the answer for an earlier one, and the same as facts by their names.

    VAT balances come from the period right before. Income tax that was prepaid comes from an earlier period of the same
    year, or from its last one for the settlement of the year. `months` names, by relief, the fact of months that are
    used up. Raises InputError where the periods do not meet.
    """
    follows = earlier.end.toordinal() + 1 == period.start.toordinal()
    same_year = earlier.year == period.year
    settles = same_year and period.months == 12 and earlier.months < 12 and earlier.end == period.end
    if not (follows or settles):
        raise InputError([problem("carry_period", source=source, earlier=str(earlier), period=str(period))])
    losses = balances.losses_before if same_year else balances.losses
    usable = tuple(loss for loss in losses if loss.until is None or loss.until >= period.year)
    expired = tuple(loss for loss in losses if loss not in usable)
    amounts: dict[str, int | None] = {"loss_brought_forward": sum(loss.amount for loss in usable) if usable else None}
    if follows:
        amounts |= {"vat_credit": balances.vat_credit, "addon_opening": balances.additional_deduction}
    if same_year:
        amounts["income_tax_prepaid"] = balances.income_tax_prepaid
    facts = {name: yuan(amount) for name, amount in amounts.items() if amount is not None}
    if follows:
        used = balances.months_used
        facts |= {name: str(used[relief]) for relief, name in months.items() if relief in used}
    return Opening(earlier, source, usable, expired, dict(balances.months_used)), facts
