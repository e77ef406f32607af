"""Made-up income, people and assets, R&D, and what the regimes of income tax ask for."""

from __future__ import annotations

from random import Random

from . import fen, individual, rd
from .chance import edge, near, size
from .firm import Firm

CORPORATE = (0, 1_000_000_00, 3_000_000_00, 3_000_000_00, 3_000_000_00)
"""Fen of taxable income where the small low-profit regime turns."""
BUSINESS = (0, 30_000_00, 90_000_00, 300_000_00, 500_000_00, 1_000_000_00, 2_000_000_00, 2_400_000_00)
"""Fen of business income where a bracket or the halving ends."""
STAFF = ("299", "299.75", "300", "300", "300.25", "301", "12", "80.5")
FLAGS = ("yes", "no")


def people(rng: Random, facts: dict[str, str]) -> None:
    """Headcount and assets: a yearly average, quarterly ones, or opening and closing figures."""
    draw = rng.random()
    if draw < 0.7 or "period" in facts:
        facts["employees"] = rng.choice(STAFF)
        facts["assets"] = fen.show(edge(rng, (50_000_000_00,), 11))
        return
    for q in range(1, 5):
        if draw < 0.85:
            facts[f"employees_q{q}"] = rng.choice(("299", "300", "300", "300.5", "301"))
            facts[f"assets_q{q}"] = fen.show(near(rng, 50_000_000_00))
        else:
            for end in ("open", "close"):
                facts[f"employees_q{q}_{end}"] = rng.choice(("299", "300", "300", "301"))
                facts[f"assets_q{q}_{end}"] = fen.show(near(rng, 50_000_000_00))


def research(rng: Random, facts: dict[str, str]) -> None:
    """R&D of every category, its limits met and passed."""
    own = size(rng, 9)
    facts["rd_expensed"] = fen.show(own)
    if rng.random() < 0.4:
        facts["rd_other_costs"] = fen.show(edge(rng, (own // 9, own // 9 + 1), 8))
    if rng.random() < 0.3:
        facts["rd_entrusted_domestic"] = fen.show(size(rng, 8))
    if rng.random() < 0.3:
        facts["rd_entrusted_overseas"] = fen.show(edge(rng, (own * 5 // 6,), 8))
    if rng.random() < 0.2:
        facts["rd_amortisation"] = fen.show(size(rng, 8))
    elif rng.random() < 0.2:
        facts["rd_capitalised"] = fen.show(size(rng, 9))
        if rng.random() < 0.5:
            facts["rd_amortisation_years"] = str(rng.randrange(1, 21))
    if rng.random() < 0.2:
        facts["rd_special_income"] = fen.show(edge(rng, (own,), 8))
    facts["manufacturing"], facts["tech_sme"] = rng.choice(FLAGS), rng.choice(FLAGS)
    facts["rd_listed"] = rng.choice(("yes", "no", "no"))
    if rng.random() < 0.1:
        facts["negative_list_industry"] = rng.choice(FLAGS)


def west(rng: Random, facts: dict[str, str]) -> None:
    """The western region: the share stated, or the two incomes it comes from."""
    facts["western_region"] = rng.choice(("yes", "yes", "no"))
    facts["encouraged_industry"] = rng.choice(("yes", "yes", "no"))
    limit = rng.choice((6000, 7000))
    if rng.random() < 0.6:
        share = limit + rng.choice((-1, 0, 1, 500, 3000))
        facts["encouraged_income_share"] = f"{share // 100}.{share % 100:02}%"
    else:
        whole = size(rng, 10) + 1
        facts["total_income"] = fen.show(whole)
        facts["encouraged_income"] = fen.show(min(near(rng, -(-whole * limit // 10_000)), whole))


def income(rng: Random, facts: dict[str, str], kind: str) -> None:
    """Income tax of an enterprise or an individual business."""
    if kind == "individual_business":
        wanted = edge(rng, BUSINESS, 9)
        if rng.random() < 0.3:
            facts["income_tax_relief"] = "0"
    else:
        wanted = edge(rng, CORPORATE, 10)
        people(rng, facts)
        west(rng, facts)
        facts["high_tech"] = rng.choice(("yes", "no", "no"))
        facts["restricted_industry"] = rng.choice(("no", "no", "no", "yes"))
        if rng.random() < 0.2:
            facts["audited_collection"] = rng.choice(FLAGS)
        if rng.random() < 0.4:
            research(rng, facts)
            wanted += rd.deduction(Firm(facts)) if rng.random() < 0.8 else 0
    loss = size(rng, 9) if rng.random() < 0.2 else 0
    if loss:
        facts["loss_brought_forward"] = fen.show(loss)
        wanted += loss if rng.random() < 0.8 else 0
    if rng.random() < 0.08:
        wanted = -size(rng, 8)
    facts["taxable_income"] = fen.show(wanted)
    if "income_tax_relief" in facts:
        full = individual.tax(Firm(facts), frozenset()) or 0
        facts["income_tax_relief"] = fen.show(min(edge(rng, (0, full), 7), full))
