"""Proofs that one value of a node is never above another value of the same node, by parts where that is enough.

The two values differ by the reliefs that are claimed, or by one unit of an input. A sum is ordered where its
terms are; a rounded amount, the larger or smaller of two, and a multiple by the same rate are where their
parts are; a choice is where both branches are and the condition is the same on both sides. Parts that the
change does not reach are equal. What is left goes to the solver, and where a part is not ordered, the whole
goes there. So a year of twelve returns costs hardly more than one return.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import z3

from proofs.businesses import Businesses, Cut, Value
from proofs.refute import LIMIT_MS, PROVED, Outcome, is_figure, nearest_lines, refute
from proofs.sign import Sign
from proofs.solver import Term, constants_of
from taxcalc.graph import Grant, Named, Node, Op, children, walk


class Side(NamedTuple):
    """One of the two businesses that are compared."""

    of: Businesses
    off: frozenset[str] = frozenset()

    def value(self, node: Node) -> Value:
        """The value of a node on this side."""
        return self.of.value(node, self.off)


def at_most(x: Value, y: Value) -> Term:
    """x ≤ y."""
    return x.n * y.d <= y.n * x.d


class Order:
    """Shows lower(node) ≤ upper(node), `touched` telling which nodes the change can reach."""

    def __init__(self, lower: Side, upper: Side, touched: Callable[[Node], bool]) -> None:
        self.lower, self.upper, self.touched = lower, upper, touched
        self.held: tuple[Term, ...] = ()
        """What is known besides of the businesses that are compared."""
        self._signs = Sign(lower.of, lower.off)
        self._done: dict[tuple[Node, tuple[int, ...]], bool] = {}

    def show(self, node: Node) -> Outcome:
        """By parts; else as a whole, which also finds the business that refutes it."""
        return PROVED if self._by_parts(node, ()) else self._whole(node, (), 10 * LIMIT_MS)

    def holds(self, node: Node) -> bool:
        """Is it so, as far as the solver can tell in its time?"""
        return self._ordered(node, ())

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
            case Op(op="-", args=(left, right)):
                less = Order(self.upper, self.lower, self.touched)
                less.held = self.held
                return self._ordered(left, given) and less.holds(right)
            case Op(op="*", args=(left, right)) if is_figure(right):
                return self._ordered(left, given)
            case Op(op="/", args=(left, right)) if is_figure(right):
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
        if any(self._of_lines(node, gate) for gate in self._gates(node)[:1]) or self._of_lines(node, None):
            return PROVED
        return refute(self.assumptions(claim), claim, limit_ms)

    def _of_lines(self, node: Node, gate: Node | None) -> bool:
        """Does it follow from the lines just below alone, whatever their values: from those that the change
        does not reach not being negative, and from the gate being ordered?"""
        if gate is not None and not self._ordered(gate, ()):
            return False
        lines = nearest_lines(node, lambda line: not self.touched(line), gate)
        shared = {line: f"line {i}" for i, line in enumerate(lines)}
        sides = []
        for side, name in ((self.lower, "lower"), (self.upper, "upper")):
            sides.append(Cut(side.of, side.off, shared if gate is None else {**shared, gate: name}))
        x, y = (side.term(node) for side in sides)
        facts = [*self.held, *(fact for side in sides for fact in side.terms.facts)]
        met = constants_of(x.n) | constants_of(y.n)
        facts += [
            z3.Int(name) >= 0
            for line, name in shared.items()
            if name in met and lines[line] and self._signs.holds(line)
        ]
        if gate is not None:
            ordered = at_most(sides[0].term(gate), sides[1].term(gate))
            both = [z3.Bool(f"there {name} known") for name in ("lower", "upper")]
            facts.append(z3.Implies(z3.And(*both), ordered))
        return bool(refute(facts, z3.Implies(z3.And(x.known, y.known), at_most(x, y))))

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
        facts = {fact.get_id(): fact for business in sides for fact in (*business.assumptions(), *self.held)}
        return [fact for fact in facts.values() if constants_of(fact) <= names]
