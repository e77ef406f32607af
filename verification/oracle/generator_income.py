"""Made-up income, people and assets, R&D, and what the regimes of income tax ask for."""

from __future__ import annotations

from itertools import pairwise

from . import fen, individual, rd
from .chance import Chance
from .firm import Firm

CORPORATE = (0, 1_000_000_00, 3_000_000_00, 3_000_000_00, 3_000_000_00)
"""Fen of taxable income where the small low-profit regime turns."""
BUSINESS = (0, 30_000_00, 90_000_00, 300_000_00, 500_000_00, 1_000_000_00, 2_000_000_00, 2_400_000_00)
"""Fen of business income where a bracket or the halving ends."""
STAFF = ("299", "299.75", "300", "300", "300.25", "301", "12", "80.5")
ENDS = ("299", "300", "300", "301")
ASSETS = 50_000_000_00
FLAGS = ("yes", "no")


def people(chance: Chance, facts: dict[str, str]) -> None:
    """Headcount and assets: a yearly average, quarterly ones, or opening and closing figures."""
    form = chance.form(("whole",) * 4 + ("quarters", "quarters", "ends"))
    if form == "whole":
        facts["employees"] = chance.pick(STAFF)
        facts["assets"] = fen.show(chance.edge((ASSETS,), 11))
        return
    for q in range(1, (Firm(facts).last + 2) // 3 + 1):
        if form == "quarters":
            facts[f"employees_q{q}"] = chance.pick(("299", "300", "300", "300.5", "301"))
            facts[f"assets_q{q}"] = fen.show(chance.near(ASSETS))
        else:
            for end in ("open", "close"):
                facts[f"employees_q{q}_{end}"] = chance.pick(ENDS)
                facts[f"assets_q{q}_{end}"] = fen.show(chance.near(ASSETS))


def research(chance: Chance, facts: dict[str, str]) -> None:
    """R&D of every category, its limits met and passed."""
    own = chance.size(9)
    facts["rd_expensed"] = fen.show(own)
    if chance.has(0.5):
        facts["rd_other_costs"] = fen.show(chance.edge((own // 9, own // 9 + 1), 8))
    if chance.has(0.3):
        facts["rd_entrusted_domestic"] = fen.show(chance.size(8))
    if chance.has(0.4):
        facts["rd_entrusted_overseas"] = fen.show(chance.edge((own * 5 // 6,), 8))
    if chance.has(0.2):
        facts["rd_amortisation"] = fen.show(chance.size(8))
    elif chance.has(0.3):
        facts["rd_capitalised"] = fen.show(chance.size(9))
        if chance.has(0.5):
            facts["rd_amortisation_years"] = str(1 + chance.below(20))
    if chance.has(0.2):
        facts["rd_special_income"] = fen.show(chance.edge((own,), 8))
    if Firm(facts).last % 3 == 0 and chance.has(0.4, "research"):
        by_quarters(chance, facts)
    if chance.has(0.3, "research"):
        facts["rd_claim_in_prepayment"] = chance.pick(FLAGS)
    facts["manufacturing"], facts["tech_sme"] = chance.pick(FLAGS), chance.pick(FLAGS)
    if chance.has(0.4, "research"):
        facts["rd_fourth_quarter"] = fen.show(chance.edge((own, own // 4), 9))
    facts["rd_listed"] = chance.pick(("yes", "no", "no"))
    if chance.has(0.1):
        facts["negative_list_industry"] = chance.pick(FLAGS)


def by_quarters(chance: Chance, facts: dict[str, str]) -> None:
    """Costs by quarters, beside the whole or instead of it, at times with a hole."""
    quarters = Firm(facts).last // 3
    for name in [name for name in rd.ADDED_UP if name in facts]:
        whole = fen.read(facts[name])
        cuts = sorted(chance.below(whole + 1) for _ in range(quarters - 1))
        for q, (start, end) in enumerate(pairwise((0, *cuts, whole)), 1):
            facts[f"{name}_q{q}"] = fen.show(end - start)
        if chance.has(0.5):
            del facts[name]
        if chance.maybe(0.1):
            del facts[f"{name}_q{1 + chance.below(quarters)}"]


def west(chance: Chance, facts: dict[str, str]) -> None:
    """The western region: the share stated, or the two incomes it comes from."""
    if not chance.has(0.9, "rates"):
        return
    facts["western_region"] = chance.pick(("yes", "yes", "no"))
    facts["encouraged_industry"] = chance.pick(("yes", "yes", "no"))
    limit = chance.pick((6000, 7000))
    if chance.has(0.6):
        share = limit + chance.pick((-1, 0, 1, 500, 3000))
        facts["encouraged_income_share"] = f"{share // 100}.{share % 100:02}%"
    else:
        whole = chance.size(10) + 1
        facts["total_income"] = fen.show(whole)
        facts["encouraged_income"] = fen.show(min(chance.near(-(-whole * limit // 10_000)), whole))


def enterprise(chance: Chance, facts: dict[str, str]) -> int:
    """The conditions of an enterprise. Returns fen of income that meets a limit after the R&D deduction."""
    people(chance, facts)
    west(chance, facts)
    if chance.has(0.9, "rates"):
        facts["high_tech"] = chance.pick(("yes", "no", "no"))
    facts["restricted_industry"] = chance.pick(("no", "no", "no", "yes"))
    if chance.has(0.2):
        facts["audited_collection"] = chance.pick(FLAGS)
    wanted = chance.edge(CORPORATE, 10)
    if chance.has(0.4, "research"):
        research(chance, facts)
        wanted += (rd.deduction(Firm(facts)) or 0) if chance.maybe(0.8) else 0
    return wanted


def income(chance: Chance, facts: dict[str, str], kind: str) -> None:
    """Income tax of an enterprise or of a person in business, prior losses and losses of the year among it."""
    wanted = enterprise(chance, facts) if kind == "enterprise" else chance.edge(BUSINESS, 9)
    if chance.has(0.3):
        loss = chance.size(9)
        facts["loss_brought_forward"] = fen.show(loss)
        wanted += loss if chance.maybe(0.8) else 0
    facts["taxable_income"] = fen.show(-chance.size(8) if chance.maybe(0.06) else wanted)
    if kind != "enterprise" and chance.has(0.3, "small taxes"):
        full = individual.tax(Firm(facts), frozenset()) or 0
        facts["income_tax_relief"] = fen.show(min(chance.edge((0, full), 7), full))
