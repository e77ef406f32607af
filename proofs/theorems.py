"""What is proved of every levy and every law. Each theorem takes one levy under one law and gives its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import z3

from proofs.businesses import Businesses
from proofs.laws import Law
from proofs.order import Order, Side, at_most
from proofs.refute import Outcome, refute
from proofs.sign import Sign
from proofs.solver import Term, Terms, constants_of
from proofs.witness import facts_of
from taxcalc.batch.amounts import Amounts
from taxcalc.engine.lower import Lowering
from taxcalc.engine.program import INT64
from taxcalc.graph import In, Node, claim_bit, walk
from taxcalc.model import Model

RECEIVED = ("grant", "financing", "evaluation")
"""Kinds of levies that are money received: these may be negative."""
INCOME_TAXES = ("corporate_income", "individual_income")


class Case(NamedTuple):
    """One property of one levy under one law. `what` names the relief or the fact that it speaks of."""

    what: str
    outcome: Outcome
    witness: dict[str, Any] | None = None


Proof = Callable[[Law, str], Iterator[Case]]


def reliefs_of(model: Model, node: Node) -> list[str]:
    """The reliefs that a node rests on, in the order in which savings are counted."""
    return [id for id in model.reliefs if model.grants[id] and node.rests_on & claim_bit(id)]


def never_negative(law: Law, levy: str) -> Iterator[Case]:
    """Payable ≥ 0, with every relief claimed."""
    built = law.model.levies[levy]
    if built.levy.kind not in RECEIVED:
        businesses = Businesses(law.model)
        outcome = Sign(businesses).show(built.payable)
        value = businesses.value(built.payable)
        yield _case("", businesses, z3.Implies(value.known, value.n >= 0), outcome)


def _claims(law: Law, levy: str, sets: Iterable[tuple[str, frozenset[str], frozenset[str]]]) -> Iterator[Case]:
    businesses, node = Businesses(law.model), law.model.levies[levy].payable
    for what, off, more in sets:
        changed = sum(claim_bit(relief) for relief in off ^ more)
        lower, upper = Side(businesses, off), Side(businesses, more)
        outcome = Order(lower, upper, lambda n, changed=changed: bool(n.rests_on & changed)).show(node)  # type: ignore[misc]
        x, y = lower.value(node), upper.value(node)
        yield _case(what, businesses, z3.Implies(z3.And(x.known, y.known), at_most(x, y)), outcome)


def each_relief_saves(law: Law, levy: str) -> Iterator[Case]:
    """At its place in the order, no relief raises the levy."""
    ids = reliefs_of(law.model, law.model.levies[levy].payable)
    yield from _claims(law, levy, [(id, frozenset(ids[i + 1 :]), frozenset(ids[i:])) for i, id in enumerate(ids)])


def below_baseline(law: Law, levy: str) -> Iterator[Case]:
    """Payable ≤ what is due without any relief."""
    ids = frozenset(reliefs_of(law.model, law.model.levies[levy].payable))
    if ids:
        yield from _claims(law, levy, [("", frozenset(), ids)])


def dropping_costs(law: Law, levy: str) -> Iterator[Case]:
    """Dropping one relief, all others kept, never lowers the levy: worth ≥ 0."""
    ids = reliefs_of(law.model, law.model.levies[levy].payable)
    yield from _claims(law, levy, [(id, frozenset(), frozenset((id,))) for id in ids])


def savings_sum(law: Law, levy: str) -> Iterator[Case]:
    """The savings of all reliefs, as batches and reports count them, sum to baseline − payable.

    The levies before and after each step are taken as any numbers there are, known or not.
    """
    model = law.model
    names = [name for fact in model.catalogue for name in fact.inputs()]
    amounts = Amounts(model, dict.fromkeys(names, "gaps"))
    kind = model.levies[levy].levy.kind
    if kind not in ("tax", "fee") or levy != _first(model, kind):
        return
    b, cut = amounts.b, {}
    for i, step in enumerate(amounts.steps):
        for id, value in step.items():
            if not isinstance(value.n, int):
                cut[value.n] = z3.Int(f"{id} {i}")
    saved: Any = 0
    for relief in model.reliefs.values():
        if relief.kind in ("tax", "fee"):
            saved = b.add(saved, amounts.saving(relief))
    whole = b.sub(amounts.counted(amounts.baseline, ("tax", "fee")), amounts.counted(amounts.payable, ("tax", "fee")))
    terms = Terms(cut=cut)
    claim = terms.of(saved) == terms.of(whole)
    yield Case("", refute(terms.facts, claim, 30_000))


def _first(model: Model, kind: str) -> str:
    return next(id for id, built in model.levies.items() if built.levy.kind in ("tax", "fee"))


def least_regime(law: Law, levy: str) -> Iterator[Case]:
    """The tax is the least of those under the regimes granted and the statutory rate, and one of them."""
    if levy != "corporate_income":
        return
    model, businesses = law.model, Businesses(law.model)
    pay, standard = businesses.value(model.levies[levy].payable), businesses.value(model.standard_tax)
    options = [(businesses.value(granted), businesses.value(tax)) for _, granted, tax in model.regimes]
    least = [at_most(pay, standard), *(z3.Implies(granted.n, at_most(pay, tax)) for granted, tax in options)]
    one = [pay.n * standard.d == standard.n * pay.d]
    one += [z3.And(granted.n, pay.n * tax.d == tax.n * pay.d) for granted, tax in options]
    for what, claim in (("least", z3.And(*least)), ("one of them", z3.Or(*one))):
        claim = z3.Implies(pay.known, claim)
        yield _case(what, businesses, claim, refute(businesses.assumptions(), claim))


def one_treatment(law: Law, levy: str) -> Iterator[Case]:
    """Every business pays exactly one income tax, and every business whose kind of VAT payer can be told is of
    exactly one kind: no gap, no overlap."""
    model, businesses = law.model, Businesses(law.model)
    conditions: list[tuple[str, list[Node]]] = []
    if levy == INCOME_TAXES[0]:
        nodes = [model.levies[id].applies for id in INCOME_TAXES]
        conditions.append(("one income tax", [node for node in nodes if node is not None]))
    if levy == "vat":
        from taxcalc.rules.who import vat_payer

        payer = vat_payer(model.firm, model.law)
        conditions.append(("one kind of VAT payer", [payer.is_(kind) for kind in ("small_scale", "general")]))
    for what, nodes in conditions:
        values = [businesses.value(node) for node in nodes]
        claim = z3.Implies(z3.And(*[v.known for v in values]), z3.PbEq([(v.n, 1) for v in values], 1))
        yield _case(what, businesses, claim, refute(businesses.assumptions(), claim))


def _step(law: Law, levy: str, facts: Callable[[In], bool], rises: bool, given: dict[str, int]) -> Iterator[Case]:
    """One fen more of each of some inputs, all else equal, moves a levy one way only."""
    built = law.model.levies[levy]
    inputs = {n: None for n in walk(built.payable) if isinstance(n, In) and n.fact is not None and facts(n)}
    for node in inputs:
        now = Businesses(law.model)
        name = now.inputs[node]
        more = Businesses(law.model, (name,))
        touched = reached_by(built.payable, node)
        lower, upper = (now, more) if rises else (more, now)
        order = Order(Side(lower), Side(upper), touched.__contains__)
        x, y = order.lower.value(built.payable), order.upper.value(built.payable)
        claim = z3.Implies(z3.And(x.known, y.known), at_most(x, y))
        held = [z3.And(z3.Bool(f"there {k}"), z3.Int(k) == v) for k, v in given.items()]
        order.held = tuple(held)
        outcome = order.show(built.payable)
        witness = None
        if outcome.model is not None:
            witness = facts_of(now, [*order.assumptions(claim), *held], claim, outcome.model)
        yield Case(name, outcome, witness)


def reached_by(root: Node, node: Node) -> set[Node]:
    from taxcalc.graph import children

    reached: set[Node] = {node}
    for here in walk(root):
        if any(child in reached for child in children(here)):
            reached.add(here)
    return reached


def more_research(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of any kind of R&D spend never raises a tax."""
    yield from _step(
        law,
        levy,
        lambda n: n.fact.name.startswith("rd_") and n.fact.unit == "money" and "income" not in n.fact.name,
        False,
        {},
    )


def more_sales(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of sales never lowers the VAT of a payer whose kind is stated."""
    if levy == "vat":
        for kind, what in enumerate(("small-scale", "general")):
            for case in _step(law, levy, lambda n: n.fact.name == "revenue", True, {"vat_payer": kind}):
                yield case._replace(what=f"{case.what}, {what}")


def more_sales_any_payer(law: Law, levy: str) -> Iterator[Case]:
    """One more fen of sales never lowers the VAT, the kind of payer being told by the sales where it is not stated."""
    if levy == "vat" and len(law.model.firm.periods) == 1:
        yield from _step(law, levy, lambda n: n.fact.name == "revenue", True, {})


def fits_64_bits(law: Law, levy: str) -> Iterator[Case]:
    """No intermediate of the program leaves 64 bits, for amounts up to the published limit."""
    low = Lowering(law.model.span, dict.fromkeys(law.model.inputs(), "gaps"))
    built = law.model.levies[levy]
    ids = reliefs_of(law.model, built.payable)
    for i in range(len(ids) + 1):
        low.claiming(frozenset(ids[i:])).value(built.payable)
    yield Case("", Outcome(low.builder.peak <= INT64))


def _case(what: str, businesses: Businesses, claim: Term, outcome: Outcome) -> Case:
    if outcome.model is None:
        return Case(what, outcome)
    names = constants_of(claim)
    facts = [fact for fact in businesses.assumptions() if constants_of(fact) <= names]
    return Case(what, outcome, facts_of(businesses, facts, claim, outcome.model))


THEOREMS: dict[str, Proof] = {
    "payable is never negative": never_negative,
    "no relief raises a levy, at its place in the order": each_relief_saves,
    "payable is at most the baseline": below_baseline,
    "giving up a relief never pays (worth ≥ 0)": dropping_costs,
    "savings sum to baseline − payable": savings_sum,
    "the income-tax regime chosen is the least of those granted, and one of them": least_regime,
    "exactly one income tax, exactly one kind of VAT payer": one_treatment,
    "one more fen of R&D spend never raises a tax": more_research,
    "one more fen of sales never lowers VAT (kind of payer stated)": more_sales,
    "one more fen of sales never lowers VAT (kind of payer not stated)": more_sales_any_payer,
    "no intermediate leaves 64 bits": fits_64_bits,
}
