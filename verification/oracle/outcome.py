"""From facts to the answer: each levy without reliefs and with all of them, and what each relief saves in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from . import corporate, individual, measures, others, prepayment
from . import unknown as unknowns
from .firm import Firm
from .turnover import Turnover
from .vat_small import Claims

Step = tuple[str, ...]
"""Reliefs that are switched on together; what they save belongs to the one that is chosen."""

SMALL_SCALE: tuple[Step, ...] = (
    ("vat_exemption",),
    ("vat_full_exemption",),
    ("vat_exempt_services",),
    ("vat_hubei_exemption",),
    ("vat_reduced_rate",),
)
GENERAL: tuple[Step, ...] = (("vat_exempt_services",), ("vat_additional_deduction",))
ADVANCE: tuple[Step, ...] = (
    ("vat_prepayment_waiver",),
    ("vat_prepayment_suspended",),
    ("vat_hubei_prepayment",),
    ("vat_prepayment_rate",),
)
LATER: tuple[Step, ...] = (
    ("education_exemption",),
    ("stamp_loan_exemption",),
    ("stated_relief",),
    ("six_taxes_halving",),
)
REGIMES = ("small_low_profit", "western_region", "high_tech")
ENTERPRISE: tuple[Step, ...] = (("rd_super_deduction",), REGIMES)
PERSONAL: tuple[Step, ...] = (("stated_relief",), ("iit_halving",))
VEHICLE: tuple[Step, ...] = (("nev_purchase_tax",),)
FEE: tuple[Step, ...] = (("cultural_fee_exemption",), ("cultural_fee_halving",))
FUND: tuple[Step, ...] = (("disability_fund_exemption",), ("disability_fund_tiers",))
ORDER = (*SMALL_SCALE, GENERAL[-1], *ADVANCE, *LATER, *ENTERPRISE, PERSONAL[-1], *VEHICLE, *FEE, *FUND)
"""How they are switched on, step by step, to tell what each saves."""

CORE = tuple(relief for step in ORDER for relief in step)
RELIEFS = (*CORE, *measures.MEASURES)
EVERY: Claims = frozenset(RELIEFS)

IN_FORCE = {
    "vat_full_exemption": range(2022, 2023),
    "vat_exempt_services": range(2020, 2023),
    "vat_hubei_exemption": range(2020, 2022),
    "vat_hubei_prepayment": range(2020, 2022),
    "vat_reduced_rate": range(2020, 2028),
    "vat_additional_deduction": range(2019, 2024),
    "vat_prepayment_suspended": range(2022, 2023),
    "vat_prepayment_rate": range(2020, 2028),
    "stamp_loan_exemption": range(2022, 2028),
    "iit_halving": range(2021, 2028),
    "disability_fund_tiers": range(2020, 2028),
    **{relief: measures.YEARS.get(relief, range(2023, 2024)) for relief in measures.MEASURES},
}
"""Years in which a relief can save anything; the others: all from 2019 to 2027. Contracts count from July 2022 on."""

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
    others: frozenset[str] = frozenset()
    """Levies of other kinds of taxpayers, of which nothing is due. Any levy that is neither is not known."""
    missing: frozenset[str] = frozenset()
    """The levies that its totals lack."""
    waiting: frozenset[str] = frozenset()
    """The reliefs of which no amount is known."""

    def levy(self, id: str) -> tuple[int | None, int | None]:
        """Without any relief, and with all of them; None where that is not known."""
        return self.levies.get(id) or ((0, 0) if id in self.others else (None, None))

    def saved(self, relief: str) -> int | None:
        """What a relief saves; None where that is not known."""
        return None if relief in self.waiting else self.savings.get(relief, 0)

    def total(self, counted: Collection[str]) -> tuple[int | None, int | None, int | None]:
        """Of these levies without reliefs, saved, and with all: the sum of what is known, None where nothing is."""
        known = [pair for id, pair in self.levies.items() if id in counted]
        if not known and self.missing & set(counted):
            return None, None, None
        due, payable = (sum(pair[side] for pair in known) for side in (0, 1))
        return due, due - payable, payable


Group = tuple[tuple[Step, ...], Callable[[Claims], Levies]]
"""Steps in their order, and the levies that they and no others lower, to be computed under any claims."""


def only(levy: str, tax: Callable[[Firm, Claims], int | None], firm: Firm) -> Callable[[Claims], Levies]:
    """One levy by itself, left out when its facts are not given."""

    def levies(claimed: Claims) -> Levies:
        amount = tax(firm, claimed)
        return {} if amount is None else {levy: amount}

    return levies


def measure(levy: str, payable: Callable[[Claims], int]) -> Callable[[Claims], Levies]:
    """The levy of a measure."""
    return lambda claimed: {levy: payable(claimed)}


def groups(firm: Firm) -> list[Group]:
    """Levies that do not touch each other, so that each group is worked out alone."""
    vat = SMALL_SCALE if firm.small_scale else GENERAL
    found: list[Group] = [((*vat, *LATER), Turnover(firm).levies)]
    if firm.small_scale:
        found.append((ADVANCE, only("vat_prepayment", prepayment.prepaid, firm)))
    if firm.kind == "enterprise":
        found.append((ENTERPRISE, only("corporate_income", corporate.tax, firm)))
    else:
        found.append((PERSONAL, only("individual_income", individual.tax, firm)))
    if "vehicle_price" in firm.facts:
        found.append((VEHICLE, only("vehicle_purchase", others.vehicle_purchase, firm)))
    if firm.parts("cultural_fee_sales"):
        found.append((FEE, only("cultural_fee", others.cultural_fee, firm)))
    if "staff_total" in firm.facts and firm.kind != "individual_business":
        found.append((FUND, only("disability_fund", others.disability_fund, firm)))
    for levy, reliefs, payable in measures.levied(firm):
        found.append((tuple((relief,) for relief in reliefs), measure(levy, payable)))
    return found


def assess(facts: Mapping[str, str]) -> Outcome:
    """The answer for one business."""
    firm = Firm(facts)
    levies: dict[str, tuple[int, int]] = {}
    savings = dict.fromkeys(RELIEFS, 0)
    regimes = corporate.regimes(firm, EVERY) or {}
    least = min(regimes.values(), default=0)
    cheapest = [regime for regime, amount in regimes.items() if amount == least]
    for steps, compute in groups(firm):
        claimed: Claims = frozenset()
        before = now = compute(claimed)
        for step in steps:
            claimed = claimed.union(step)
            then, now = now, compute(claimed)
            saved = sum(then.values()) - sum(now.values())
            if saved:
                savings[cheapest[0] if step is REGIMES else step[0]] += saved
        levies |= {levy: (before[levy], now[levy]) for levy in now}
    known = levies.keys()
    unknown = unknowns.others(firm), unknowns.missing(firm, known), unknowns.waiting(firm, known)
    return Outcome(levies, savings, frozenset(cheapest), *unknown)


def worths(facts: Mapping[str, str]) -> dict[str, int]:
    """Fen that giving up each relief alone would cost, all the others being claimed."""
    found = dict.fromkeys(RELIEFS, 0)
    for steps, compute in groups(Firm(facts)):
        now = sum(compute(EVERY).values())
        for relief in (relief for step in steps for relief in step):
            found[relief] += sum(compute(EVERY - {relief}).values()) - now
    return found
