"""Two values of a node compared by what is known of some parts of it, the parts being any values for the rest.

A part that the change does not reach has one value for both sides. Of one that it reaches, the two values are
any that are ordered as was proved, not negative as was proved, and, for a condition, turn only the way that was
proved. Whatever follows from that alone is true of the node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import z3

from taxcalc.graph.nodes import Const, Node, Param
from verification.proofs.solver.businesses import Businesses, Cut, Value
from verification.proofs.solver.refute import refute
from verification.proofs.solver.terms import Term, constants_of

if TYPE_CHECKING:
    from verification.proofs.solver.order import Order


class Side(NamedTuple):
    """One of the two businesses that are compared."""

    of: Businesses
    off: frozenset[str] = frozenset()

    def value(self, node: Node) -> Value:
        """The value of a node on this side."""
        return self.of.value(node, self.off)

    def known(self, node: Node) -> Term:
        """Can it be given on this side?"""
        return self.of.known(node, self.off)


def at_most(x: Value, y: Value, fen: int = 0) -> Term:
    """x ≤ y, or as many fen above it at most."""
    return x.n * y.d <= y.n * x.d + fen * x.d * y.d if fen else x.n * y.d <= y.n * x.d


class Parts:
    """Comparisons of one order in which parts are cut out."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._kept: list[Term] = []
        self._fen = 0

    def show(self, node: Node, parts: list[Node], cross: bool = False, fen: int = 0) -> bool:
        """Is it ordered, but for some fen, whatever the parts are? `cross` compares the parts with each other too."""
        parts = [part for part in parts if not isinstance(part, Const | Param)]
        names = self._names(parts)
        cuts = [
            Cut(side.of, side.off, {part: two[i] for part, two in names.items()})
            for i, side in enumerate((self.order.lower, self.order.upper))
        ]
        x, y = (cut.term(node) for cut in cuts)
        claim = z3.Implies(z3.And(x.known, y.known), at_most(x, y, fen))
        met = constants_of(claim)
        facts = [*self.order.held, *(fact for cut in cuts for fact in cut.terms.facts)]
        self._fen = fen
        ways = [self._orders, self._signs, *([self._cross] if cross else [])]
        here = [part for part in parts if any({name, f"there {name}"} & met for name, _ in names[part])]
        for way in ways:
            more = way(here, [(cuts[0].term(part), cuts[1].term(part)) for part in here])
            facts += more
            if (more or way is ways[0]) and refute(facts, claim):
                return True
        return False

    def _names(self, parts: list[Node]) -> dict[Node, tuple[tuple[str, str], tuple[str, str]]]:
        """For each part and side, the name of its value and that of whether it is known: one name for what is
        the same."""
        found = {}
        for i, part in enumerate(parts):
            same, alike = self.order.same(part), self.order.known_alike(part)
            sides = []
            for word, side in (("lower", self.order.lower), ("upper", self.order.upper)):
                known = (self.order.lower if alike else side).known(part)
                self._kept.append(known)
                name = f"part {i}" if same else f"part {i} {word}"
                sides.append((name, "" if z3.is_true(known) else f"known {known.get_id()}"))
            found[part] = (sides[0], sides[1])
        return found

    def _orders(self, parts: list[Node], values: list[tuple[Value, Value]]) -> list[Term]:
        facts = []
        for part, (x, y) in sorted(zip(parts, values, strict=True), key=lambda one: one[0].unit == "flag"):
            if x.n.eq(y.n):
                continue
            if part.unit == "flag":
                if self.order.rises(part):
                    facts.append(z3.Implies(x.n, y.n))
                if self.order.back.rises(part):
                    facts.append(z3.Implies(y.n, x.n))
            elif self._fen and self.order.uneven(part):
                if self.order.nearly(part, self._fen):
                    facts.append(z3.Implies(z3.And(x.known, y.known), at_most(x, y, self._fen)))
            elif self.order.holds(part):
                facts.append(z3.Implies(z3.And(x.known, y.known), at_most(x, y)))
        return facts

    def _signs(self, parts: list[Node], values: list[tuple[Value, Value]]) -> list[Term]:
        facts = []
        for part, two in zip(parts, values, strict=True):
            if part.unit not in ("flag", "choice"):
                for value, sign in zip(two, self.order.signs, strict=True):
                    if sign.holds(part):
                        facts.append(z3.Implies(value.known, value.n >= 0))
        return facts

    def _cross(self, parts: list[Node], values: list[tuple[Value, Value]]) -> list[Term]:
        """Of the two branches of a choice whose condition turns only one way: is the one that it turns to never
        below the other, on either side?"""
        facts = []
        for condition in parts:
            if condition.unit == "flag" and len(parts) == 3:
                less, more = parts[1], parts[2]
                if self.order.rises(condition):
                    less, more = more, less
                elif not self.order.back.rises(condition):
                    continue
                for side, sign in enumerate(self.order.signs):
                    x, y = values[parts.index(less)][side], values[parts.index(more)][side]
                    if sign.below(less, more):
                        facts.append(z3.Implies(z3.And(x.known, y.known), at_most(x, y)))
        return facts
