"""Theorems about one fen more: all else equal, it moves a levy one way only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import z3

from taxcalc.assessment.model import Model
from taxcalc.base.money import read_money, yuan
from taxcalc.engines.exact import Exact
from taxcalc.graph.nodes import In, Node, walk
from verification.proofs.laws import Law
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import Order, Side, at_most, reached_by
from verification.proofs.solver.refute import LIMIT_MS, PROVED, refute
from verification.proofs.solver.witness import raised
from verification.proofs.theorems.case import LINES, Case, Violated, above, amount, case


def step(
    law: Law,
    levy: str,
    facts: Callable[[In], bool],
    rises: bool,
    fixed: Mapping[str, int] | None = None,
    unstated: Collection[str] = (),
) -> Iterator[Case]:
    """One fen more of each of some inputs, all else equal, moves a levy one way only, but for a fen (`LINES`)."""
    fen = 1 if levy in LINES else 0
    node = law.model.levies[levy].payable
    every = Businesses(law.model).inputs
    for moved in [n for n in walk(node) if n in every and isinstance(n, In) and facts(n)]:
        now, name = Businesses(law.model, (), fixed, unstated), every[moved]
        more = Businesses(law.model, (name,), fixed, unstated)
        lower, upper = (now, more) if rises else (more, now)
        order = Order(Side(lower), Side(upper), reached_by(node, moved).__contains__)
        if order.nearly(node, fen):
            yield Case(name, PROVED)
            continue
        x, y = order.lower.value(node), order.upper.value(node)
        claim = z3.Implies(z3.And(x.known, y.known), at_most(x, y, fen))
        assumptions = order.assumptions(claim)
        outcome = refute(assumptions, claim, 10 * LIMIT_MS)
        yield case(name, now, claim, outcome, _violated(law.model, node, name, rises, fen), assumptions)


def _violated(model: Model, node: Node, name: str, rises: bool, slack: int) -> Violated:
    def violated(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        fen = read_money(facts[name])
        if not isinstance(fen, int):
            return False
        more = raised(model, facts, name, yuan(fen + 1))
        now, then = amount(engine(facts), node), amount(engine(more), node)
        low, high = (now, then) if rises else (then, now)
        return above(low, high, slack)

    return violated


def more_research(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of any kind of R&D spend never raises a tax by more than a fen."""
    yield from step(law, levy, _is_research, rises=False)


def _is_research(node: In) -> bool:
    name: str = node.fact.name
    return name.startswith("rd_") and node.fact.unit == "money" and "income" not in name


def _sales(law: Law) -> Callable[[In], bool]:
    """Sales of a filing period; those of a month inside one are the same sales at another time."""
    periods = [view.period for view in law.model.firm.periods]
    return lambda node: node.fact.name == "revenue" and node.period in periods


PAYERS = ("small_scale", "general")


def more_sales(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of sales never lowers the VAT of a payer whose kind is stated by more than a fen."""
    if levy == "vat":
        for kind, what in enumerate(PAYERS):
            for one in step(law, levy, _sales(law), True, {"vat_payer": kind}, ("vat_paid",)):
                yield one._replace(what=f"{one.what}, {what}")


def more_sales_paid(law: Law, levy: str) -> Iterator[Case]:
    """The same where the VAT paid may be stated, which stands in for VAT that cannot be worked out."""
    if levy == "vat" and len(law.model.firm.periods) == 1:
        for kind, what in enumerate(PAYERS):
            for one in step(law, levy, _sales(law), True, {"vat_payer": kind}):
                yield one._replace(what=f"{one.what}, {what}")


def more_sales_any_payer(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of sales never lowers the VAT, the kind of payer being told by the sales where it is not stated.

    It does not hold. A business that refutes it is looked for among those that state no more than that takes; where
    there is none among these, nothing is said of the others.
    """
    if levy == "vat" and len(law.model.firm.periods) == 1:
        others = {fact.name for fact in law.model.catalogue} - {"revenue", "input_vat", "vat_rate"}
        yield from (one for one in step(law, levy, _sales(law), True, None, others) if not one.outcome)
