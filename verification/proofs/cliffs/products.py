"""Levies that are products of facts, which linear arithmetic does not have: what one more fen can cost, by structure.

As long as no condition turns, a sum rises by no more than its terms do, a rounded amount by a fen more than its part, a
product by its part times the other factor. The conditions that can turn are listed. Both are then tried on businesses.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil, prod
from typing import Any, NamedTuple

from taxcalc.base.money import yuan
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.facts.catalogue import Fact
from taxcalc.graph.nodes import Const, In, Named, Node, Op, OrElse, Param, walk
from verification.proofs.cliffs.conditions import comparisons, places_of
from verification.proofs.cliffs.examples import one_more
from verification.proofs.laws import Law, dated
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import reached_by
from verification.proofs.solver.witness import exactly

Bound = dict[tuple[str, ...], Fraction]
"""Fen, as a sum: for each set of facts, how many fen for each unit of their product."""
TRIES = 400


class Multiple(NamedTuple):
    """What one more fen of an input costs while no condition turns, the conditions that it can turn, and pairs tried."""

    levy: str
    law: Law
    input: str
    bound: Bound
    places: tuple[str, ...]
    tried: int
    above: dict[str, Any] | None
    """A business that rises by more than the bound, if one was met."""


def multiple(law: Law, levy: str, node: In) -> Multiple:
    """By structure, and tried."""
    payable = law.model.levies[levy].payable
    name = Businesses(law.model).inputs[node]
    reached = reached_by(payable, node)
    bound = _rise(payable, node, reached)
    places = tuple(place.words[1] for place in places_of(comparisons(payable, reached)))
    tried, above = _try(law, levy, payable, name, bound)
    return Multiple(levy, law, name, bound, places, tried, above)


def text(bound: Bound) -> str:
    """A bound in words: '5 × vehicles + 1'."""
    parts = [
        " × ".join([str(value), *(f"`{fact}`" for fact in key)]) for key, value in sorted(bound.items(), reverse=True)
    ]
    return " + ".join(parts) or "0"


def _rise(node: Node, step: In, reached: set[Node]) -> Bound:
    """By how many fen a node can change at most, while no condition turns."""
    if node is step:
        return {(): Fraction(1)}
    if node not in reached or node.unit == "flag":
        return {}
    match node:
        case Named():
            return _rise(node.body, step, reached)
        case OrElse():
            return _largest(_rise(node.body, step, reached), _rise(node.fallback, step, reached))
        case Op(op="+" | "-", args=(left, right)):
            return _sum(_rise(left, step, reached), _rise(right, step, reached))
        case Op(op="least" | "most", args=(left, right)) | Op(op="when", args=(_, left, right)):
            return _largest(_rise(left, step, reached), _rise(right, step, reached))
        case Op(op="round", args=(inner,)):
            found = _rise(inner, step, reached)
            return (
                _sum({key: Fraction(ceil(value)) for key, value in found.items()}, {(): Fraction(1)}) if found else {}
            )
        case Op(op="*" | "/", args=(left, right)):
            of_left, of_right = _rise(left, step, reached), _rise(right, step, reached)
            if not of_right:
                return _times(of_left, right, node.op)
            if not of_left:
                return _times(of_right, left, node.op)
    raise TypeError(f"{type(node).__name__} {getattr(node, 'op', '')} of what the step reaches twice")


def _times(rise: Bound, factor: Node, op: str) -> Bound:
    if isinstance(factor, Param) and factor.value is None:
        return {}  # no rule at that date, so nothing to pay that is known
    if isinstance(factor, Const | Param) and factor.value is not None:
        by = abs(Fraction(factor.value))
        return {key: value * by if op == "*" else value / by for key, value in rise.items()}
    if isinstance(factor, In):
        return {tuple(sorted((*key, factor.fact.name))): value for key, value in rise.items()}
    match factor:
        case Op(op="+" | "-", args=(Const() | Param(), Const() | Param())):
            figure = Exact(lambda _: None).value(factor)
            return {} if isinstance(figure, Unknown) else _times(rise, Const(figure, "rate"), op)
        case OrElse():
            return _times(rise, factor.body, op)
        case Named():
            return _times(rise, factor.body, op)
        case Op(op="when", args=(_, left, right)) | Op(op="least", args=(left, right)):
            return _largest(_times(rise, left, op), _times(rise, right, op))
        case Op(op="*", args=(left, right)):
            return _times(_times(rise, left, op), right, op)
        case (
            Op(op="most", args=(inner, Const(value=0))) | Op(op="-", args=(inner, _))
        ):  # no more than what is taken from
            return _times(rise, inner, op)
    raise TypeError(f"a factor {type(factor).__name__} {getattr(factor, 'op', '')}")


def _sum(one: Bound, two: Bound) -> Bound:
    return {key: one.get(key, Fraction(0)) + two.get(key, Fraction(0)) for key in (*one, *two)}


def _largest(one: Bound, two: Bound) -> Bound:
    return {key: max(one.get(key, Fraction(0)), two.get(key, Fraction(0))) for key in (*one, *two)}


def _try(law: Law, levy: str, payable: Node, name: str, bound: Bound) -> tuple[int, dict[str, Any] | None]:
    """Businesses around every figure and nought, by the exact evaluator."""
    rng, tried = random.Random(f"{levy} {law.spans[0]} {name}"), 0
    facts = [law.model.catalogue[fact] for fact in law.model.facts_of([payable])]
    edges = [n.value for n in walk(payable) if isinstance(n, Param) and n.unit == "money" and n.value is not None]
    for _ in range(TRIES):
        given = dated(law) | {f.name: _value(rng, f, edges) for f in facts if f.name == name or rng.random() < 0.9}
        try:
            one, two = (exactly(law.model, g) for g in (given, {**given, name: one_more(law, name, given[name])}))
        except ValueError:
            continue
        before, after = one.value(payable), two.value(payable)
        if isinstance(before, Unknown) or isinstance(after, Unknown):
            continue
        tried += 1
        values = {node.fact.name: one.value(node) for node in walk(payable) if isinstance(node, In) and node.fact}
        numbers = {name: value for name, value in values.items() if not isinstance(value, Unknown)}
        if any(fact not in numbers for key in bound for fact in key):
            continue
        if after - before > sum(value * prod(numbers[fact] for fact in key) for key, value in bound.items()):
            return tried, given
    return tried, None


def _value(rng: random.Random, fact: Fact, edges: list[Any]) -> Any:
    match fact.type:
        case "money":
            return yuan(rng.choice((0, *edges, *edges, 1, rng.randrange(10**5), rng.randrange(10**9))))
        case "flag":
            return rng.random() < 0.8
        case "choice":
            return rng.choice(list(fact.options))
        case "rate":
            return rng.choice(("0%", "0.5%", "1%", "1.5%", "5%"))
        case "average":
            return str(rng.choice((1, 10, 300)))
    least = int(fact.minimum or 0)
    return str(min(max(rng.choice((0, 1, 12, 29, 30, 31, 200)), least), int(fact.maximum)))
