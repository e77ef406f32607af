"""Proofs that a node is never negative, by parts where that is enough."""

from __future__ import annotations

import z3

from proofs.businesses import Businesses, Cut
from proofs.refute import LIMIT_MS, PROVED, Outcome, is_figure, nearest_lines, refute
from proofs.solver import Term, constants_of
from taxcalc.graph import Const, Named, Node, Op, Param


class Sign:
    """Shows 0 ≤ node where these reliefs are not claimed, wherever the node can be given."""

    def __init__(self, businesses: Businesses, off: frozenset[str] = frozenset()) -> None:
        self.of, self.off = businesses, off
        self._done: dict[tuple[Node, tuple[int, ...]], bool] = {}

    def show(self, node: Node) -> Outcome:
        """By parts; else as a whole, which also finds the business that refutes it."""
        return PROVED if self._by_parts(node, ()) else self._whole(node, (), 10 * LIMIT_MS)

    def holds(self, node: Node, given: tuple[Term, ...] = ()) -> bool:
        """Is it so, as far as the solver can tell in its time?"""
        key = (node, tuple(term.get_id() for term in given))
        if key not in self._done:
            self._done[key] = self._by_parts(node, given) or bool(self._whole(node, given, LIMIT_MS))
        return self._done[key]

    def _by_parts(self, node: Node, given: tuple[Term, ...]) -> bool:
        match node:
            case Const() | Param():
                return node.value is not None and node.value >= 0
            case Named():
                return self.holds(node.body, given)
            case Op(op="+" | "round" | "least"):
                return all(self.holds(arg, given) for arg in node.args)
            case Op(op="most", args=(left, right)) if is_figure(right):
                return True
            case Op(op="*" | "/", args=(left, right)):
                return self.holds(left, given) and self.holds(right, given)
            case Op(op="when", args=(condition, then, otherwise)):
                holds = self.of.value(condition, self.off)
                yes, no = z3.Or(holds.n, z3.Not(holds.known)), z3.Not(holds.n)
                return self.holds(then, (*given, yes)) and self.holds(otherwise, (*given, no))
        return False

    def _whole(self, node: Node, given: tuple[Term, ...], limit_ms: int) -> Outcome:
        value = self.of.value(node, self.off)
        claim = z3.Implies(z3.And(value.known, *given), value.n >= 0)
        if z3.is_true(z3.simplify(claim)):
            return PROVED
        narrow = z3.Implies(value.known, value.n >= 0)  # of fewer inputs, and often enough
        for one in (narrow, claim) if given else (claim,):
            names = constants_of(one)
            outcome = refute([f for f in self.of.assumptions() if constants_of(f) <= names], one, limit_ms)
            if outcome:
                return PROVED
        return PROVED if outcome.model is None and self._of_lines(node) else outcome

    def _of_lines(self, node: Node) -> bool:
        """Does it follow from the lines just below alone, whatever their values, not negative where that is shown?"""
        lines = nearest_lines(node, lambda line: True)
        names = {line: f"line {i}" for i, line in enumerate(lines)}
        cut = Cut(self.of, self.off, names)
        value = cut.term(node)
        met = constants_of(value.n)
        signs = [z3.Int(name) >= 0 for line, name in names.items() if name in met and lines[line] and self.holds(line)]
        return bool(names) and bool(refute([*cut.terms.facts, *signs], z3.Implies(value.known, value.n >= 0)))
