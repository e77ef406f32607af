"""What is proved of every levy and every law. Each theorem takes one levy under one law and gives its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import z3

from taxcalc.engines.exact import Exact
from taxcalc.graph.nodes import Node, claim_bit
from taxcalc.rules.measures import measures_of
from verification.proofs.laws import Law
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import Order, Side, at_most
from verification.proofs.solver.refute import OPEN, PROVED
from verification.proofs.solver.sign import Sign
from verification.proofs.theorems.case import LINES, ON_VAT, Case, Violated, above, amount, case, reliefs_of
from verification.proofs.theorems.exactly_one import least_regime, one_of_a_group, one_taxpayer, one_treatment
from verification.proofs.theorems.fits_64_bits import fits_64_bits
from verification.proofs.theorems.one_fen_more import more_research, more_sales, more_sales_any_payer, more_sales_paid
from verification.proofs.theorems.savings_sum import savings_sum
from verification.proofs.theorems.year_of_returns import year_of_returns

Proof = Callable[[Law, str], Iterator[Case]]


def received(law: Law) -> set[str]:
    """The levies that are money received, which is payable below zero."""
    measures = [one for one in measures_of(law.model.book) if one.reckoning["received"]]
    return {name for one in measures for name in (one.id, one.reckoning["exclusive"]) if name}


def never_negative(law: Law, levy: str) -> Iterator[Case]:
    """Payable ≥ 0 with every relief claimed; money received is never above zero, which would be paying for a relief."""
    if levy in received(law):
        return
    node = law.model.levies[levy].payable
    businesses = Businesses(law.model)
    outcome = Sign(businesses).show(node)
    value = businesses.value(node) if not outcome else None
    claim = z3.BoolVal(True) if value is None else z3.Implies(value.known, value.n >= 0)
    yield case("", businesses, claim, outcome, lambda engine, facts: above(0, amount(engine(facts), node)))


Claims = tuple[str, frozenset[str], frozenset[str]]
"""What is asked about, and the reliefs that are not claimed on the side that pays less, and on the other."""


def _claims(law: Law, levy: str, sets: Iterable[Claims], *, checked: bool = True, fen: int = 0) -> Iterator[Case]:
    """Payable without the reliefs `off` is at most payable without the reliefs `more`, but for some fen."""
    businesses, node = Businesses(law.model, checked=checked), law.model.levies[levy].payable
    for what, off, more in sets:
        lower, upper = Side(businesses, off), Side(businesses, more)
        order = Order(lower, upper, _changed_by(off ^ more))
        outcome = (PROVED if order.nearly(node, fen) else OPEN) if fen else order.show(node)
        if fen and not outcome:
            order = Order(lower, upper, _changed_by(off ^ more))
            order.suppose_known(node)
            outcome = PROVED if order.nearly(node, fen) else OPEN
        if outcome.model is None:
            yield Case(what, outcome)
            continue
        x, y = lower.value(node), upper.value(node)
        claim = z3.Implies(z3.And(x.known, y.known), at_most(x, y, fen))
        yield case(what, businesses, claim, outcome, _pays_more(node, off, more, fen))


def _changed_by(reliefs: frozenset[str]) -> Callable[[Node], bool]:
    bits = sum(map(claim_bit, reliefs))
    return lambda node: bool(node.rests_on & bits)


def _pays_more(node: Node, off: frozenset[str], more: frozenset[str], fen: int) -> Violated:
    def violated(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        return above(amount(engine(facts).without(off), node), amount(engine(facts).without(more), node), fen)

    return violated


def each_relief_saves(law: Law, levy: str) -> Iterator[Case]:
    """At its place in the order, no relief raises the levy."""
    yield from _claims(law, levy, _in_order(reliefs_of(law.model, law.model.levies[levy].payable)))


def _in_order(ids: list[str]) -> list[Claims]:
    return [(id, frozenset(ids[i + 1 :]), frozenset(ids[i:])) for i, id in enumerate(ids)]


def below_baseline(law: Law, levy: str) -> Iterator[Case]:
    """Payable ≤ what is due without any relief."""
    ids = frozenset(reliefs_of(law.model, law.model.levies[levy].payable))
    if ids:
        yield from _claims(law, levy, [("", frozenset(), ids)])


def dropping_costs(law: Law, levy: str) -> Iterator[Case]:
    """Dropping one relief, all others kept, never lowers the levy by more than a fen a return, and most never at all."""
    ids = reliefs_of(law.model, law.model.levies[levy].payable)
    fen = len(law.model.firm.periods) if levy in ("vat", *ON_VAT) else 1 if levy in LINES else 0
    yield from _claims(law, levy, [(id, frozenset(), frozenset((id,))) for id in ids], fen=fen)


def parts_that_exceed(law: Law, levy: str) -> Iterator[Case]:
    """No relief raises the VAT of a return, nor is it negative, even where parts of its sales exceed them.

    Of a business that states no more than one return such facts are refused. In a year that is cut into returns the
    parts may exceed by a few fen, so there the theorems above are wanted without those checks.
    """
    if levy == "vat":
        ids = reliefs_of(law.model, law.model.levies[levy].payable)
        yield from _claims(law, levy, _in_order(ids), checked=False)
        node = law.model.levies[levy].payable
        yield Case("never negative", Sign(Businesses(law.model, checked=False)).show(node))


FEW_FEN = "no relief raises the VAT of a return, nor is it negative, even where its parts exceed its sales"
MORE_SALES = "one more fen of sales never lowers VAT by more than a fen"
THEOREMS: dict[str, Proof] = {
    "payable is never negative": never_negative,
    "no relief raises a levy, at its place in the order": each_relief_saves,
    "payable is at most the baseline": below_baseline,
    "giving up a relief never pays more than a fen a return": dropping_costs,
    "savings sum to baseline − payable": savings_sum,
    "the income-tax regime chosen is the least of those granted, and one of them": least_regime,
    "exactly one income tax, exactly one kind of VAT payer": one_taxpayer,
    "exactly one VAT treatment for each kind of sales": one_treatment,
    "exactly one relief applies of those that exclude each other": one_of_a_group,
    "one more fen of R&D spend never raises a tax by more than a fen": more_research,
    f"{MORE_SALES} (kind of payer stated)": more_sales,
    f"{MORE_SALES} (kind of payer and VAT paid stated)": more_sales_paid,
    f"{MORE_SALES} (kind of payer not stated)": more_sales_any_payer,
    "no intermediate leaves 64 bits": fits_64_bits,
    "a year of VAT or of a surcharge is the sum of its returns": year_of_returns,
    FEW_FEN: parts_that_exceed,
}
OF_YEARS = ("savings sum to baseline − payable", "no intermediate leaves 64 bits", list(THEOREMS)[-2])
"""What is asked of a year of VAT or of a surcharge as a whole."""
