"""Proofs that one value of a node is never above another value of the same node, by parts where that is enough.

The two values differ by the reliefs that are claimed, or by one unit of an input. A sum is ordered where its
terms are; a rounded amount, the larger or smaller of two, and a product of what is not negative are where
their parts are; a choice is where both branches are and the condition is the same on both sides. Parts that the
change does not reach are equal. What is left goes to the solver: with the parts, or the lines just below, taken
as any values of which only what was proved is known (`parts.py`); at last as it stands. So a year of twelve
returns costs hardly more than one return.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import z3

from taxcalc.graph.nodes import Grant, Named, Node, Op, Param, children, claim_bit, walk
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.parts import Parts, Side, at_most
from verification.proofs.solver.refute import LIMIT_MS, PROVED, Outcome, nearest_lines, refute
from verification.proofs.solver.sign import Sign, joint_lines
from verification.proofs.solver.terms import Term, constants_of

__all__ = ["Order", "Side", "at_most"]


def reached_by(root: Node, node: Node) -> set[Node]:
    """The nodes below a root that rest on a node."""
    reached: set[Node] = {node}
    for here in walk(root):
        if any(child in reached for child in children(here)):
            reached.add(here)
    return reached


class Order:
    """Shows lower(node) ≤ upper(node), `touched` telling which nodes the change can reach."""

    def __init__(self, lower: Side, upper: Side, touched: Callable[[Node], bool], back: Order | None = None) -> None:
        self.lower, self.upper, self.touched = lower, upper, touched
        self.held: tuple[Term, ...] = () if back is None else back.held
        """What is known besides of the businesses that are compared."""
        self.signs: tuple[Sign, Sign]
        if back is None:
            self.signs = (Sign(lower.of, lower.off), Sign(upper.of, upper.off))
        else:
            self.signs = (back.signs[1], back.signs[0])
        self._done: dict[tuple[Node, tuple[Term, ...]], bool] = {}
        self._same: dict[Node, bool] = {} if back is None else back._same
        self._known: dict[Node, bool] = {} if back is None else back._known
        self._rises: dict[Node, bool] = {}
        self._back, self._is_back = back, back is not None

    @property
    def back(self) -> Order:
        """The same comparison the other way round."""
        if self._back is None:
            self._back = Order(self.upper, self.lower, self.touched, self)
        return self._back

    def show(self, node: Node) -> Outcome:
        """By parts; else as a whole, which also finds the business that refutes it."""
        return PROVED if self.holds(node) else self._whole(node, (), 10 * LIMIT_MS)

    def suppose_known(self, node: Node) -> None:
        """Compare only where the node is known on both sides, as a claim does that says nothing of others: then the lines
        are known without which it is not."""
        lines = [line for line in walk(node) if isinstance(line, Named) and line.unit == "money" and self.touched(line)]
        for line in lines:
            for side in (self.lower, self.upper):
                whole, known = side.value(node).known, side.value(line).known
                claim = z3.Implies(whole, known)
                if z3.is_true(z3.simplify(claim)) or refute(self.assumptions(claim), claim):
                    self.held = (*self.held, known)

    def holds(self, node: Node) -> bool:
        """Is it so, as far as the solver can tell in its time?"""
        return self._ordered(node, ())

    def nearly(self, node: Node, fen: int) -> bool:
        """Is lower(node) ≤ upper(node) but for some fen? A difference of two rounded lines is, by the lines that both
        rest on, where these are ordered; and what it is a part of."""
        if not fen or not self.uneven(node):
            return self.holds(node)
        match node:
            case Named() | Op(op="round"):
                return self.nearly(node.body if isinstance(node, Named) else node.args[0], fen)
            case Op(op="+", args=(left, right)) if self.touched(left) and self.touched(right):
                return self.nearly(left, fen - 1) and self.nearly(right, 1)
            case Op(op="+", args=(left, right)):
                return self.nearly(left if self.touched(left) else right, fen)
            case Op(op="*", args=(left, Param(value=rate))) if rate is not None and 0 <= rate <= 1:
                return self.nearly(left, fen)
            case Op(op="when", args=(condition, then, otherwise)) if self.same(condition):
                return self.nearly(then, fen) and self.nearly(otherwise, fen)
        joint = {
            line
            for one in walk(node)
            if isinstance(one, Op) and self._is_uneven(one)
            for line in joint_lines(one.args[0], one.args[1])
        }
        # a grant that the change can turn both ways is seen as it stands, on the amounts that both lines rest on
        cuts = (lambda line: line.unit == "flag", lambda line: line.unit == "flag" and not self.touched(line))
        every = (nearest_lines(node, lambda line, cut=cut: line in joint or cut(line)) for cut in cuts)  # type: ignore[misc]
        return any(Parts(self).show(node, list(lines), fen=fen) for lines in every)

    def uneven(self, node: Node) -> bool:
        """Does the change reach a difference of two rounded lines below a node?"""
        return any(map(self._is_uneven, walk(node)))

    def _is_uneven(self, node: Node) -> bool:
        lines = node.args if isinstance(node, Op) and node.op == "-" else ()
        bodies = [line.body if isinstance(line, Named) else line for line in lines]
        return bool(lines) and all(
            isinstance(body, Op) and body.op == "round" and self.touched(body) for body in bodies
        )

    def same(self, node: Node) -> bool:
        """Is it the same on both sides, known or not?"""
        if not self.touched(node):
            return True
        if node not in self._same:
            self._same[node] = self._same_by_parts(node) or self._same_terms(node)
        return self._same[node]

    def _same_by_parts(self, node: Node) -> bool:
        match node:
            case Named():
                return self.same(node.body)
            case Op(op="known", args=(arg,)):
                return self.known_alike(arg)
            case Op(op="&" | "|" | "~"):
                return all(map(self.same, node.args))
        return False

    def _same_program(self, node: Node) -> bool:
        """Is it the very same value of one program, whatever is claimed? (Cheap, but blind to shifted inputs.)"""
        (one, off), (other, less) = self.lower, self.upper
        return one is other and all(map(operator.is_, one.lowered(node, off), other.lowered(node, less)))

    def _same_terms(self, node: Node) -> bool:
        x, y = self.lower.value(node), self.upper.value(node)
        return bool(x.d == y.d and x.n.eq(y.n) and x.known.eq(y.known))

    def _ordered(self, node: Node, given: tuple[Term, ...]) -> bool:
        if not self.touched(node) or (given and self._done.get((node, ()))) or self._same_program(node):
            return True
        key = (node, given)
        if self.back._done.get((node, ())):
            return self.same(node)  # what moves one way is not asked whether it moves the other way too
        if key not in self._done:
            self._done[key] = self._by_parts(node, given) or bool(self._any(node, given))
        return self._done[key]

    def _under(self, node: Node, given: tuple[Term, ...], condition: Term) -> bool:
        """Whatever holds besides, else under a condition."""
        return self._ordered(node, ()) or self._ordered(node, (*given, condition))

    def _by_parts(self, node: Node, given: tuple[Term, ...]) -> bool:
        match node:
            case Named():
                return self._ordered(node.body, given)
            case Op(op="+" | "least" | "most" | "round"):
                return all(self._ordered(arg, given) for arg in node.args)
            case Op(op="-", args=(left, right)):
                if not self.same(left) and not self.same(right) and Parts(self).show(node, joint_lines(left, right)):
                    return True
                return self._ordered(left, given) and self.back._ordered(right, given)
            case Op(op="*", args=(left, right)):
                return self._ordered(left, given) and self._ordered(right, given) and self._positive(left, right)
            case Op(op="/", args=(left, right)) if self.lower.of.figure(right):
                return self._ordered(left, given)
            case Op(op="when", args=(condition, then, otherwise)) if self.same(condition):
                holds = self.lower.value(condition)
                yes, no = z3.Or(holds.n, z3.Not(holds.known)), z3.Not(holds.n)
                always, never = z3.is_true(holds.n), z3.is_false(holds.n) and z3.is_true(holds.known)
                one = never or self._under(then, given, yes)
                return one and (always or self._under(otherwise, given, no))
        return False

    def _positive(self, left: Node, right: Node) -> bool:
        """Can the factors of a product not be negative, as far as that is needed to compare them one by one?

        A factor that is the same on both sides only moves what it multiplies if it is not negative itself.
        """
        factors = [b for a, b in ((left, right), (right, left)) if self.touched(a)]
        return all(sign.holds(factor) for factor in factors for sign in self.signs)

    def _any(self, node: Node, given: tuple[Term, ...]) -> bool:
        if isinstance(node, Named) or not (self.touched(node)):
            return False
        parts = Parts(self)
        if isinstance(node, Op) and node.op == "when" and parts.show(node, list(node.args), cross=True):
            return True
        lines = nearest_lines(node, lambda line: True)
        if lines and parts.show(node, list(lines)):
            return True
        untouched = nearest_lines(node, lambda line: not self.touched(line))
        for gate in self._gates(node)[:1]:
            if self.holds(gate) and parts.show(node, [*nearest_lines(node, _untouched(self.touched), gate), gate]):
                return True
        if untouched and parts.show(node, list(untouched)):
            return True
        return bool(self._whole(node, given, LIMIT_MS))

    def _whole(self, node: Node, given: tuple[Term, ...], limit_ms: int) -> Outcome:
        x, y = self.lower.value(node), self.upper.value(node)
        claim = z3.Implies(z3.And(x.known, y.known, *given), at_most(x, y))
        if z3.is_true(z3.simplify(claim)):
            return PROVED
        return refute(self.assumptions(claim), claim, limit_ms)

    def rises(self, node: Node) -> bool:
        """Does a condition that is known to hold on the lower side hold on the upper side too?"""
        if not self.touched(node):
            return True
        if self.back._rises.get(node):
            return self.same(node)
        if node not in self._rises:
            self._rises[node] = self.same(node) or self._rises_by_parts(node)
        return self._rises[node]

    def _rises_by_parts(self, node: Node) -> bool:
        match node:
            case Named():
                return self.rises(node.body)
            case Grant():
                claimed = [not claim_bit(node.relief) & _bits(side.off) for side in (self.lower, self.upper)]
                return not claimed[0] or (claimed[1] and all(map(self.rises, node.conditions)))
            case Op(op="&" | "|"):
                return all(map(self.rises, node.args))
            case Op(op="~", args=(arg,)):
                return self.back.rises(arg) and self.known_alike(arg)
            case Op(op="<=" | "<", args=(less, more)):
                return self._moves(less) in (-1, 0) and self._moves(more) in (1, 0)
            case Op(op="known", args=(arg,)):
                return self.known_alike(arg)
        return False

    def _moves(self, node: Node) -> int | None:
        """1 for a number that is larger on the upper side, −1 for one that is smaller, 0 for one that is the same;
        None where that cannot be told, or where it may be known on one side only."""
        if self.same(node):
            return 0
        if not self.known_alike(node):
            return None
        if self._is_back:
            return {1: -1, -1: 1}.get(self.back._moves(node) or 0)
        return 1 if self.holds(node) else -1 if self.back.holds(node) else None

    def known_alike(self, node: Node) -> bool:
        """Can it be given on both sides or on none?"""
        if node not in self._known:
            x, y = self.lower.known(node), self.upper.known(node)
            self._known[node] = bool(x.eq(y) or refute(self.assumptions(claim := x == y), claim))
        return self._known[node]

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

    def assumptions(self, claim: Term) -> list[Term]:
        """What holds of both businesses, as far as it speaks of nothing but what the claim does."""
        names = constants_of(claim)
        sides: dict[int, Businesses] = {id(side.of): side.of for side in (self.lower, self.upper)}
        facts = {fact.get_id(): fact for one in sides.values() for fact in (*one.assumptions(), *self.held)}
        return [fact for fact in facts.values() if constants_of(fact) <= names]


def _untouched(touched: Callable[[Node], bool]) -> Callable[[Node], bool]:
    return lambda line: not touched(line)


def _bits(off: frozenset[str]) -> int:
    return sum(claim_bit(relief) for relief in off)
