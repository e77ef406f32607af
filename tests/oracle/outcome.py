"""From facts to the answer: each levy without reliefs and with all of them, and what each relief saves in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import corporate, individual, prepayment
from .firm import Firm
from .turnover import Turnover
from .vat_small import Claims

SMALL_SCALE = ("vat_exemption", "vat_full_exemption", "vat_reduced_rate")
ADVANCE = ("vat_prepayment_waiver", "vat_prepayment_rate")
LATER = ("education_exemption", "stated_relief", "six_taxes_halving")
ENTERPRISE = ("rd_super_deduction", "small_low_profit", "western_region", "high_tech")
PERSONAL = ("stated_relief", "iit_halving")
RELIEFS = (*SMALL_SCALE, *ADVANCE, *LATER, *ENTERPRISE, "iit_halving")
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


Group = tuple[tuple[str, ...], Callable[[Claims], Levies]]
"""Reliefs in their order, and the levies that they and no others lower, to be computed under any claims."""


def only(levy: str, tax: Callable[[Firm, Claims], int | None], firm: Firm) -> Callable[[Claims], Levies]:
    """One levy by itself, left out when its facts are not given."""

    def levies(claimed: Claims) -> Levies:
        amount = tax(firm, claimed)
        return {} if amount is None else {levy: amount}

    return levies


def groups(firm: Firm) -> list[Group]:
    """Levies that do not touch each other, so that each group is worked out alone."""
    found: list[Group] = [((*SMALL_SCALE, *LATER) if firm.small_scale else LATER, Turnover(firm).levies)]
    if firm.small_scale:
        found.append((ADVANCE, only("vat_prepayment", prepayment.prepaid, firm)))
    if firm.kind == "enterprise":
        found.append((ENTERPRISE, only("corporate_income", corporate.tax, firm)))
    else:
        found.append((PERSONAL, only("individual_income", individual.tax, firm)))
    return found


def assess(facts: Mapping[str, str]) -> Outcome:
    """The answer for one business."""
    firm = Firm(facts)
    levies: dict[str, tuple[int, int]] = {}
    savings = dict.fromkeys(RELIEFS, 0)
    for order, compute in groups(firm):
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


def worths(facts: Mapping[str, str]) -> dict[str, int]:
    """Fen that giving up each relief alone would cost, all the others being claimed."""
    firm = Firm(facts)
    found = dict.fromkeys(RELIEFS, 0)
    every = frozenset(RELIEFS)
    for order, compute in groups(firm):
        now = sum(compute(every).values())
        for relief in order:
            found[relief] += sum(compute(every - {relief}).values()) - now
    return found
