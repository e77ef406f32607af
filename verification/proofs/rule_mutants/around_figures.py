"""Businesses that state what one levy rests on and nothing else, around its own figures: the second search.

Where the businesses of the cross-check rarely come (an intangible written off over thirteen years, a subsidy of one
county), these come often.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

from taxcalc.base.money import yuan
from taxcalc.facts.catalogue import Fact
from taxcalc.graph.nodes import In, Param, walk
from taxcalc.rules.rd import LONGEST_AMORTISATION
from verification.proofs.laws import Law, dated
from verification.proofs.rule_mutants.known_figures import Shipped, Stated, looked_at, made_up
from verification.proofs.solver.witness import exactly

Figures = dict[str, list[Any]]


def around(law: Law, levy: str, count: int) -> list[Shipped]:
    """So many businesses of a law, with the figures of one levy as the program computes them; the same every time."""
    model, rng = law.model, random.Random(f"{levy} {law.spans[0]} {law.model.filing_months}")
    built = model.levies[levy]
    roots = [built.payable, *([] if built.balance is None else [built.balance])]
    facts = [model.catalogue[name] for name in model.facts_of(roots)]
    figures: Figures = {}
    for node in walk(*roots):
        if isinstance(node, Param) and node.value is not None and node.value.__class__ is int:
            figures.setdefault(node.unit, []).append(node.value)
    errors = [node for check, node in model.checks() if check.severity == "error"]
    parts = {node.fact.name: node.period for node in walk(*roots) if isinstance(node, In) and node.fact and node.period}
    found = []
    for i in range(count):
        stated, kinds = rng.choice((0.3, 0.5, 0.8, 1.0)), rng.choice((0.2, 0.7))
        given: dict[str, Any] = dated(law)
        for fact in facts:
            if rng.random() < (kinds if fact.type in ("flag", "choice") else stated):
                given |= _given(rng, fact, figures, law, split=fact.name in parts and rng.random() < 0.5)
        try:
            exact = exactly(model, given)
        except ValueError:
            continue
        if any(exact.value(node) is True for node in errors):
            continue
        if not looked_at(built, given) or (built.applies is not None and exact.value(built.applies) is not True):
            continue
        none = exact.without(frozenset(model.reliefs))
        sides = {"payable": (exact, built.payable), "baseline": (none, built.payable)}
        if built.balance is not None:
            sides["balance"] = (exact, built.balance)
        if levy == "corporate_income":
            sides["loss"] = (exact, model.loss_carried_forward)
        known = [(what, engine, node, engine.value(node)) for what, (engine, node) in sides.items()]
        figured = [
            Stated("loss" if what == "loss" else f"{levy} {what}", [(engine, node)], [], yuan(value))
            for what, engine, node, value in known
            if value.__class__ is int
        ]
        if figured:
            found.append(Shipped(f"{levy} {law.spans[0]} {i}", model, given, figured))
    return found


def amortised() -> Iterator[Shipped]:
    """Small intangibles written off over each number of years, with a remainder below, at and above one half, under laws
    that deduct three quarters, all and more of it, on incomes of which a fen of deduction decides the rounding."""
    known = {"high_tech": False, "tech_sme": False, "manufacturing": False, "western_region": False, "employees": "400"}
    laws = ({"year": 2020}, {"year": 2023}, {"year": 2023, "rd_listed": True})
    for years in range(1, LONGEST_AMORTISATION + 1):
        rests = sorted({0, years // 3, years * 2 // 5, years // 2, (years + 1) // 2, years - 1})
        for law, whole, rest, income in product(laws, (0, 1, 3), rests, range(4)):
            cost = {"rd_capitalised": yuan(whole * years + rest), "rd_amortisation_years": years}
            facts = {**known, **law, **cost, "taxable_income": yuan(100_00 + income)}
            yield made_up(f"written off {years} {whole} {rest} {income}", facts)


def _given(rng: random.Random, fact: Fact, figures: Figures, law: Law, *, split: bool) -> dict[str, Any]:
    """A fact with a value; of a series in a year, now and then for each return on its own."""
    if split and fact.series and len(law.model.firm.periods) > 1:
        return {
            f"{fact.name}_{view.period.key}": value(rng, fact, figures)
            for view in law.model.firm.periods
            if rng.random() < 0.9
        }
    return {fact.name: value(rng, fact, figures)}


def value(rng: random.Random, fact: Fact, figures: Figures) -> Any:
    """On a figure or beside it; small, so that roundings show; or anywhere."""
    match fact.type:
        case "money":
            edge = rng.choice(figures.get("money", [0])) + rng.choice((-1, 0, 0, 1))
            fen = rng.choice((0, edge, edge, rng.randrange(400), 50 * rng.randrange(400), rng.randrange(10**8)))
            fen = min(max(fen, 0), int(fact.maximum))
            return yuan(-fen if fact.negative and rng.random() < 0.3 else fen)
        case "flag":
            return rng.random() < 0.7
        case "choice":
            return rng.choice(list(fact.options))
        case "rate":
            return rng.choice(("0%", "0.5%", "1%", "1.5%", "2%", "3%", "5%", "60%", "59%", "70%"))
        case "average":
            return rng.choice(("0", "10", "299.5", "300", "300.0001", "301"))
    least = int(fact.minimum or 0)
    edge = rng.choice(figures.get("count", [1])) + rng.choice((-1, 0, 1))
    return str(min(max(rng.choice((edge, rng.randrange(25), 30, 31)), least), int(fact.maximum)))
