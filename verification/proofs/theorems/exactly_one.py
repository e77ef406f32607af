"""Theorems that exactly one applies: one income tax, one kind of VAT payer, one treatment of each kind of sales,
one relief of those that exclude each other. No gap, no overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import z3

from taxcalc.assessment.amounts import Amounts
from taxcalc.assessment.model import Model
from taxcalc.engines.exact import Exact
from taxcalc.engines.lower import Lowering
from taxcalc.graph.nodes import Const, Named, Node, walk
from taxcalc.graph.words import all_of, any_of, at_least_zero, round_fen, when
from taxcalc.rules import vat_sales
from taxcalc.rules.vat import vat_payable
from taxcalc.rules.vat_small_scale import EXEMPTION, FULL_EXEMPTION, REDUCED_RATE
from taxcalc.rules.who import is_small_scale, vat_payer
from verification.proofs.laws import INCOME_TAXES, Law
from verification.proofs.solver.businesses import Businesses, Cut, Value
from verification.proofs.solver.order import at_most
from verification.proofs.solver.refute import PROVED, Outcome, refute
from verification.proofs.solver.terms import Term, Terms
from verification.proofs.theorems.case import Case, amount, case

LIMIT_MS = 20_000


def exactly_one(conditions: list[Term]) -> Term:
    """Exactly one of some conditions holds."""
    return z3.PbEq([(condition, 1) for condition in conditions], 1)


def equal(x: Value, y: Value) -> Term:
    """x = y."""
    return x.n * y.d == y.n * x.d


def least_regime(law: Law, levy: str) -> Iterator[Case]:
    """The tax is the least of those under the regimes granted and the statutory rate, and one of them."""
    if levy != "corporate_income":
        return
    model, businesses = law.model, Businesses(law.model)

    def claims(seen: Seen) -> list[Term]:
        pay, standard = seen.value(model.levies[levy].payable), seen.value(model.standard_tax)
        options = [(seen.value(granted), seen.value(tax)) for _, granted, tax in model.regimes]
        least = [at_most(pay, standard), *(z3.Implies(granted.n, at_most(pay, tax)) for granted, tax in options)]
        one = [equal(pay, standard), *(z3.And(granted.n, equal(pay, tax)) for granted, tax in options)]
        return [z3.Implies(pay.known, z3.And(*least)), z3.Implies(pay.known, z3.Or(*one))]

    def taxes(engine: Exact) -> tuple[Any, list[Any]]:
        under = [tax for _, granted, tax in model.regimes if engine.value(granted) is True]
        return amount(engine, model.levies[levy].payable), [amount(engine, t) for t in (model.standard_tax, *under)]

    def too_much(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        paid, every = taxes(engine(facts))
        return bool(paid is not None and paid > min(every))

    def none_of_them(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        paid, every = taxes(engine(facts))
        return paid is not None and paid not in every

    for i, (what, violated) in enumerate((("least", too_much), ("one of them", none_of_them))):
        claim = claims(_as_they_are(businesses))[i]
        yield case(what, businesses, claim, _whatever_the_income(businesses, levy, claims, i), violated)


class Seen(NamedTuple):
    """Businesses as a claim sees them: with all that they state, or with an income that is any number at all."""

    value: Callable[[Node], Value]
    low: Lowering
    terms: Terms


def _as_they_are(businesses: Businesses) -> Seen:
    return Seen(businesses.value, businesses.low, businesses.terms)


def _whatever_the_income(
    businesses: Businesses, levy: str, claims: Callable[[Seen], list[Term]], number: int
) -> Outcome:
    """The claim of that number, first with the taxable income as any number: what holds then, holds for the true one."""
    lines = walk(businesses.model.levies[levy].payable)
    incomes = [line for line in lines if isinstance(line, Named) and line.name == "taxable_income"]
    if incomes:
        cut = Cut(businesses, frozenset(), {line: (f"income {i}", f"known {i}") for i, line in enumerate(incomes)})
        claim = claims(Seen(cut.term, cut, cut.terms))[number]
        if refute(cut.terms.facts, claim, LIMIT_MS):
            return PROVED
    claim = claims(_as_they_are(businesses))[number]
    return refute(businesses.assumptions(), claim, LIMIT_MS)


def one_taxpayer(law: Law, levy: str) -> Iterator[Case]:
    """Every business pays exactly one income tax, and every business whose kind of VAT payer can be told is of
    exactly one kind: no gap, no overlap."""
    model, businesses = law.model, Businesses(law.model)
    conditions: list[tuple[str, list[Node]]] = []
    if levy == INCOME_TAXES[0]:
        applies = [model.levies[id].applies for id in INCOME_TAXES]
        conditions.append(("one income tax", [node for node in applies if node is not None]))
    if levy == "vat":
        payer = vat_payer(model.firm, model.law)
        conditions.append(("one kind of VAT payer", [payer.is_(kind) for kind in ("small_scale", "general")]))
    for what, nodes in conditions:
        values = [businesses.value(node) for node in nodes]
        claim = z3.Implies(z3.And(*[v.known for v in values]), exactly_one([v.n for v in values]))
        outcome = refute(businesses.assumptions(), claim, LIMIT_MS)
        yield case(what, businesses, claim, outcome, _not_one(nodes))


def _not_one(nodes: list[Node]) -> Callable[[Callable[[dict[str, Any]], Exact], dict[str, Any]], bool]:
    def violated(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        return sum(engine(facts).value(node) is True for node in nodes) != 1

    return violated


def granted(model: Model, relief: str) -> Node:
    """Is a relief granted at all?"""
    grants = model.grants[relief]
    return any_of(*grants) if grants else Const(False, "flag")


def treatments(model: Model) -> tuple[list[tuple[str, list[Node]]], Node]:
    """For a model of one return: the treatments that each kind of sales of a small-scale payer can have, and the
    VAT that follows if each kind has exactly the one whose condition holds."""
    firm = model.firm.periods[0]
    law = model.law.at(firm.period)
    exempt = granted(model, EXEMPTION.id)
    spared = any_of(exempt, granted(model, FULL_EXEMPTION.id))
    reduced = granted(model, REDUCED_RATE.id)
    estate_exempt = all_of(exempt, vat_sales.within_threshold(vat_sales.small_scale_sales(firm, law), firm, law))
    levy, five = law.vat.levy.rate, law.vat.levy.five_percent_rate
    lower = vat_sales.rate_of_ordinary_sales(vat_sales.reduced_part(firm, law)[1])
    ordinary, *before = [vat_sales.net(firm, *part) for part in vat_sales.ordinary_sales_by_rate(firm, law)]
    special = vat_sales.special_invoice_sales(firm, law)
    full, waived = (
        vat_sales.special_invoice_sales_full_rate(firm, law),
        vat_sales.waived_reduction_sales(firm, law),
    )
    at_five = vat_sales.five_percent_sales(firm, law)
    five_special = vat_sales.five_percent_special_invoice_sales(firm, law)
    estate = vat_sales.real_estate_sales(firm, law)
    kinds: list[tuple[str, list[Node]]] = [
        ("ordinary sales", [spared, ~spared & reduced, ~spared & ~reduced]),
        ("special invoices at the reduced rate", [all_of(reduced), ~reduced]),
        ("sales with the reduced rate waived", [spared, ~spared]),
        ("sales at 5%", [exempt, ~exempt]),
        ("sales of real estate", [estate_exempt, ~estate_exempt]),
    ]
    at_lower = when(spared, 0, at_least_zero(ordinary)) + special
    at_full = sum((when(spared, 0, at_least_zero(part)) for part in before), full + when(spared, 0, waived))
    leases = five_special + when(exempt, 0, at_least_zero(at_five - five_special))
    estate_taxed = when(estate_exempt, 0, at_least_zero(estate))
    due = (at_lower + at_full) * levy + leases * five + estate_taxed * law.vat.levy.real_estate_sale_rate
    vat = round_fen(due) - round_fen(when(reduced, at_lower * (levy - lower), 0))
    return kinds, vat


def one_treatment(law: Law, levy: str) -> Iterator[Case]:
    """Each kind of sales of a small-scale payer is exempt, or taxed at one rate: of a return, for each kind exactly one
    treatment holds, and the VAT is what these give, no more and no less."""
    model = law.model
    if levy != "vat" or len(model.firm.periods) != 1:
        return
    businesses = Businesses(model)
    small = businesses.value(is_small_scale(model.firm, model.law))
    kinds, vat = treatments(model)
    for what, nodes in kinds:
        values = [businesses.value(node) for node in nodes if not isinstance(node, Const)]
        claim = z3.Implies(z3.And(small.n, *(v.known for v in values)), exactly_one([v.n for v in values]))
        yield case(what, businesses, claim, refute(businesses.assumptions(), claim, LIMIT_MS), _not_one(nodes))
    view = model.firm.periods[0]
    payable = vat_payable(view, model.law.at(view.period))
    x, y = businesses.value(payable), businesses.value(vat)
    claim = z3.Implies(z3.And(small.n, x.known, y.known), equal(x, y))

    def differs(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        one = engine(facts)
        return bool(amount(one, payable) != amount(one, vat))

    outcome = refute(businesses.assumptions(), claim, LIMIT_MS)
    yield case("VAT is what the treatments give", businesses, claim, outcome, differs)


def one_of_a_group(law: Law, levy: str) -> Iterator[Case]:
    """Of reliefs that exclude each other, batches choose exactly one; where any is granted, the chosen one is, and
    what is payable is what it alone leaves, never more than under another. Where none is, nothing is taken off."""
    model = law.model
    if levy not in model.choices:
        return
    businesses, options = Businesses(model), model.choices[levy]
    without = model.standard_tax if levy == "corporate_income" else Const(0, "money")

    def claims(seen: Seen) -> list[Term]:
        payable, nothing = seen.value(model.levies[levy].payable), seen.value(without)
        amounts = Amounts.__new__(Amounts)  # the very code that chooses for batches, for this levy alone
        amounts.model, amounts.values, amounts.b = model, seen.low.claiming(frozenset()), seen.low.builder
        amounts.payable = {levy: seen.low.number(model.levies[levy].payable)}
        amounts.known = {levy: seen.low.known(amounts.payable[levy])}
        chosen = [seen.terms.of(amounts.is_chosen(one.relief)) for one in options]
        grants = [seen.value(one.granted).n for one in options]
        leaves = [seen.value(one.payable) for one in options]
        some = z3.Or(*grants)
        best = [
            z3.Implies(z3.And(some, one), z3.Or(z3.And(grant, equal(payable, left)), equal(payable, nothing)))
            for one, grant, left in zip(chosen, grants, leaves, strict=True)
        ]
        never_more = [z3.Implies(g, at_most(payable, left)) for g, left in zip(grants, leaves, strict=True)]
        none = z3.Implies(z3.Not(some), equal(payable, nothing))
        return [z3.Implies(payable.known, c) for c in (exactly_one(chosen), z3.And(*best), z3.And(*never_more), none)]

    for i, what in enumerate(
        (
            "one is chosen",
            "the chosen one is granted and is what counts",
            "no other leaves less",
            "nothing is taken off where none is granted",
        )
    ):
        outcome = _whatever_the_income(businesses, levy, claims, i)
        claim = claims(_as_they_are(businesses))[i]
        yield case(what, businesses, claim, outcome, _refutes_choice(model, levy, without))


def _refutes_choice(
    model: Model, levy: str, without: Node
) -> Callable[[Callable[[dict[str, Any]], Exact], dict[str, Any]], bool]:
    """Is what is payable not the least of what the granted ones leave, or not the whole where none is granted?"""

    def violated(engine: Callable[[dict[str, Any]], Exact], facts: dict[str, Any]) -> bool:
        one = engine(facts)
        paid = amount(one, model.levies[levy].payable)
        left = [amount(one, option.payable) for option in model.choices[levy] if one.value(option.granted) is True]
        return bool(paid is not None and paid != min([*left, amount(one, without)]))

    return violated
