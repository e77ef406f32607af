"""Proofs that one value of a node is never above another value of the same node, by parts where that is enough.

The two values differ by the reliefs that are claimed, or by one unit of an input. A sum is ordered where its
terms are; a rounded amount, the larger or smaller of two, and a multiple by the same rate are where their
parts are; a choice is where both branches are and the condition is the same on both sides. Parts that the
change does not reach are equal. What is left goes to the solver, and where a part is not ordered, the whole
goes there. So a year of twelve returns costs hardly more than one return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import z3
from proofs.businesses import Businesses, Value
from proofs.solver import Term, constants_of

from taxcalc.graph import Const, Grant, Named, Node, Op, Param, children, walk

LIMIT_MS = 3_000
"""How long the solver may take for one part, before the whole is tried; for a whole, ten times as long."""


class Side(NamedTuple):
    """One of the two businesses that are compared."""

    of: Businesses
    off: frozenset[str] = frozenset()

    def value(self, node: Node) -> Value:
        """The value of a node on this side."""
        return self.of.value(node, self.off)


class Outcome(NamedTuple):
    """Proved, or not: with a model of z3 that refutes it, or with none where the solver gave up."""

    proved: bool
    model: z3.ModelRef | None = None

    def __bool__(self) -> bool:
        return self.proved


PROVED = Outcome(True)


def refute(assumptions: Sequence[Term], claim: Term, limit_ms: int = LIMIT_MS) -> Outcome:
    """Ask for a business of which a claim is false."""
    solver = z3.Solver()
    solver.set("timeout", limit_ms)
    solver.add(*assumptions, z3.Not(claim))
    answer = solver.check()
    return Outcome(answer == z3.unsat, solver.model() if answer == z3.sat else None)


def at_most(x: Value, y: Value) -> Term:
    """x ≤ y."""
    return x.n * y.d <= y.n * x.d


class Order:
    """Shows lower(node) ≤ upper(node), `touched` telling which nodes the change can reach."""

    def __init__(self, lower: Side, upper: Side, touched: Callable[[Node], bool]) -> None:
        self.lower, self.upper, self.touched = lower, upper, touched
        self._done: dict[tuple[Node, tuple[int, ...]], bool] = {}

    def show(self, node: Node) -> Outcome:
        """By parts; else as a whole, which also finds the business that refutes it."""
        return PROVED if self._by_parts(node, ()) else self._whole(node, (), 10 * LIMIT_MS)

    def _ordered(self, node: Node, given: tuple[Term, ...]) -> bool:
        if not self.touched(node):
            return True
        key = (node, tuple(term.get_id() for term in given))
        if key not in self._done:
            self._done[key] = self._by_parts(node, given) or bool(self._whole(node, given, LIMIT_MS))
        return self._done[key]

    def _by_parts(self, node: Node, given: tuple[Term, ...]) -> bool:
        match node:
            case Named():
                return self._ordered(node.body, given)
            case Op(op="+" | "least" | "most" | "round"):
                return all(self._ordered(arg, given) for arg in node.args)
            case Op(op="-", args=(left, right)) if not self.touched(right):
                return self._ordered(left, given)
            case Op(op="*", args=(left, right)) if _is_figure(right):
                return self._ordered(left, given)
            case Op(op="/", args=(left, right)) if _is_figure(right):
                return self._ordered(left, given)
            case Op(op="when", args=(condition, then, otherwise)) if not self.touched(condition):
                holds = self.lower.value(condition)
                yes, no = z3.Or(holds.n, z3.Not(holds.known)), z3.Not(holds.n)
                return self._ordered(then, (*given, yes)) and self._ordered(otherwise, (*given, no))
        return False

    def _whole(self, node: Node, given: tuple[Term, ...], limit_ms: int) -> Outcome:
        x, y = self.lower.value(node), self.upper.value(node)
        claim = z3.Implies(z3.And(x.known, y.known, *given), at_most(x, y))
        if z3.is_true(z3.simplify(claim)):
            return PROVED
        for wider in self._wider(node, claim):
            if refute(self.assumptions(wider), wider, limit_ms):
                return PROVED
        return refute(self.assumptions(claim), claim, limit_ms)

    def _wider(self, node: Node, claim: Term) -> Iterator[Term]:
        """Claims that say more than is to be shown, of fewer inputs."""
        free = self._of_the_whole(node)
        for line in self._gates(node):
            if self._ordered(line, ()):
                x, y = self.lower.value(line), self.upper.value(line)
                low, high = z3.FreshInt("lower"), z3.FreshInt("upper")
                known = [(term, z3.FreshBool("known")) for term in (x.known, y.known) if not z3.is_true(term)]
                cut = [*free, (x.n, low), (y.n, high), *known]
                ordered = z3.Implies(z3.And(x.known, y.known), low * y.d <= high * x.d)
                yield z3.substitute(z3.Implies(ordered, claim), *cut)
                break
        wider = z3.substitute(claim, *free)
        if not wider.eq(claim):
            yield wider

    def _gates(self, node: Node) -> list[Node]:
        """The lines below a node through which alone the change can reach it, the nearest first."""
        lines = [n for n in walk(node) if n is not node and isinstance(n, Named) and n.unit == "money"]
        return [line for line in reversed(lines) if self.touched(line) and not self._reached(node, line)]

    def _reached(self, node: Node, gate: Node) -> bool:
        """Does the change reach a node other than through a line?"""
        seen: set[Node] = {gate}
        stack = [node]
        while stack:
            here = stack.pop()
            if here not in seen and self.touched(here):
                seen.add(here)
                below = [child for child in children(here) if self.touched(child)]
                if not below or isinstance(here, Grant):
                    return True
                stack.extend(below)
        return False

    def _of_the_whole(self, node: Node) -> list[tuple[Term, Term]]:
        """Conditions that are settled for all filing periods at once, each to be taken as any condition there is.

        What holds whatever they are, holds; and a part that is one return then speaks of that return alone.
        """
        model = self.lower.of.model
        free = []
        for line in walk(node) if len(model.firm.periods) > 1 else ():
            if isinstance(line, Named) and line.unit == "flag" and line.period == model.span and not self.touched(line):
                value = self.lower.value(line)
                for term in (value.n, value.known):
                    if not z3.is_true(term) and not z3.is_false(term):
                        free.append((term, z3.Bool(f"any {term.get_id()}")))
        return free

    def assumptions(self, claim: Term) -> list[Term]:
        """What holds of both businesses, as far as it speaks of nothing but what the claim does."""
        names = constants_of(claim)
        sides = {id(side.of): side.of for side in (self.lower, self.upper)}.values()
        facts = {fact.get_id(): fact for business in sides for fact in business.assumptions()}
        return [fact for fact in facts.values() if constants_of(fact) <= names]


def _is_figure(node: Node) -> bool:
    """A number that is not negative and the same for all."""
    return isinstance(node, Const | Param) and node.value is not None and node.value >= 0
