"""From facts to the answer: each levy without reliefs and with all of them, and what each relief saves in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import corporate, individual, prepayment
from .firm import Firm
from .turnover import Turnover
from .vat_small import Claims

TURNOVER = (
    "vat_exemption",
    "vat_full_exemption",
    "vat_reduced_rate",
    "education_exemption",
    "stated_relief",
    "six_taxes_halving",
)
ADVANCE = ("vat_prepayment_waiver", "vat_prepayment_rate")
INCOME = ("stated_relief", "rd_super_deduction", "small_low_profit", "western_region", "high_tech", "iit_halving")
RELIEFS = tuple(dict.fromkeys((*TURNOVER[:3], *ADVANCE, *TURNOVER[3:], *INCOME)))
"""In the order in which they are switched on, one after another, to tell what each saves."""

IN_FORCE = {
    "vat_full_exemption": range(2022, 2023),
    "vat_reduced_rate": range(2020, 2028),
    "vat_prepayment_rate": range(2020, 2028),
    "iit_halving": range(2021, 2028),
}
"""Years in which a relief can save anything; the others: all from 2019 to 2027."""

Levies = dict[str, int]
"""Fen by levy; a levy whose facts are not given is left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything in fen."""

    levies: dict[str, tuple[int, int]]
    """Without any relief, and with all of them."""
    savings: dict[str, int]
    regimes: frozenset[str]
    """The corporate income tax regimes that cost least; empty when there is no such tax to compute."""


def turnover_levies(firm: Firm) -> Callable[[Claims], Levies]:
    """VAT, surcharges and small taxes."""
    return Turnover(firm).levies


def advance_levies(firm: Firm) -> Callable[[Claims], Levies]:
    """VAT paid in advance."""

    def levies(claimed: Claims) -> Levies:
        amount = prepayment.prepaid(firm, claimed)
        return {} if amount is None else {"vat_prepayment": amount}

    return levies


def income_levies(firm: Firm) -> Callable[[Claims], Levies]:
    """Income tax of enterprises or of individual businesses."""

    def levies(claimed: Claims) -> Levies:
        amounts = {"corporate_income": corporate.tax(firm, claimed), "individual_income": individual.tax(firm, claimed)}
        return {levy: amount for levy, amount in amounts.items() if amount is not None}

    return levies


def assess(facts: Mapping[str, str]) -> Outcome:
    """The answer for one business. The three groups do not touch each other, so each is worked out alone."""
    firm = Firm(facts)
    levies: dict[str, tuple[int, int]] = {}
    savings = dict.fromkeys(RELIEFS, 0)
    for order, group in ((TURNOVER, turnover_levies), (ADVANCE, advance_levies), (INCOME, income_levies)):
        compute = group(firm)
        claimed: Claims = frozenset()
        before = now = compute(claimed)
        for relief in order:
            claimed |= {relief}
            then, now = now, compute(claimed)
            savings[relief] += sum(then.values()) - sum(now.values())
        levies |= {levy: (before[levy], now[levy]) for levy in now}
    found = corporate.regimes(firm, frozenset(RELIEFS)) or {}
    least = min(found.values(), default=0)
    return Outcome(levies, savings, frozenset(regime for regime, amount in found.items() if amount == least))
