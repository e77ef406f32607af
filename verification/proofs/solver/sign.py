"""Proofs that a node is never negative, by parts where that is enough."""

from __future__ import annotations

import z3

from taxcalc.graph.nodes import Const, Named, Node, Op, Param, children, walk
from verification.proofs.solver.businesses import Businesses, Cut, Value
from verification.proofs.solver.refute import LIMIT_MS, PROVED, Outcome, nearest_lines, refute
from verification.proofs.solver.terms import Term, constants_of


class Sign:
    """Shows 0 ≤ node where these reliefs are not claimed, wherever the node can be given."""

    def __init__(self, businesses: Businesses, off: frozenset[str] = frozenset()) -> None:
        self.of, self.off = businesses, off
        self._done: dict[tuple[Node, tuple[Term, ...]], bool] = {}
        """The conditions themselves are kept, so the number of one is never that of another."""

    def show(self, node: Node) -> Outcome:
        """By parts; else as a whole, which also finds the business that refutes it."""
        return PROVED if self.holds(node) else self._whole(node, (), 10 * LIMIT_MS)

    def holds(self, node: Node, given: tuple[Term, ...] = ()) -> bool:
        """Is it so, as far as the solver can tell in its time?"""
        key = (node, given)
        if key not in self._done:
            self._done[key] = (
                self._by_parts(node, given) or self._of_lines(node) or bool(self._whole(node, given, LIMIT_MS))
            )
        return self._done[key]

    def _by_parts(self, node: Node, given: tuple[Term, ...]) -> bool:
        match node:
            case Const() | Param():
                return node.value is not None and node.value >= 0
            case Named():
                return self.holds(node.body, given)
            case Op(op="+" | "round" | "least" | "*"):
                return all(self.holds(arg, given) for arg in node.args)
            case Op(op="most", args=(left, right)) if (self.of.figure(right) or 0) >= 0 and _is_number(right):
                return True
            case Op(op="most"):
                return all(self.holds(arg, given) for arg in node.args)
            case Op(op="/", args=(left, _)):
                return self.holds(left, given)
            case Op(op="share_up", args=(amount, part, _)):
                return self.holds(amount, given) and self.holds(part, given)
            case Op(op="-", args=(left, right)):
                return self.below(right, left)
            case Op(op="when", args=(condition, then, otherwise)):
                holds = self.of.value(condition, self.off)
                yes, no = z3.Or(holds.n, z3.Not(holds.known)), z3.Not(holds.n)
                return self.holds(then, (*given, yes)) and self.holds(otherwise, (*given, no))
        return False

    def below(self, less: Node, more: Node) -> bool:
        """Is one node at most another of the same business, whatever the lines that both rest on, as long as these
        are not negative where that is shown?"""
        if less.unit != more.unit:
            return False
        match less, more:
            case (Op(op="round", args=(a,)), Op(op="round", args=(b,))):
                return self.below(a, b)
            case (Named(), Named()) if less not in walk(more) and more not in walk(less):
                return self.below(less.body, more.body)
        lines = joint_lines(less, more)
        cut, names = self._cut(lines)
        x, y = cut.term(less), cut.term(more)
        claim = z3.Implies(z3.And(x.known, y.known), x.n * y.d <= y.n * x.d)
        return bool(refute([*cut.terms.facts, *self._signs(lines, names, claim)], claim))

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
        return outcome

    def _of_lines(self, node: Node) -> bool:
        """Does it follow from the lines just below alone, whatever their values, not negative where that is shown?"""
        lines = nearest_lines(node, lambda line: True)
        if not lines or isinstance(node, Named):
            return False
        cut, names = self._cut(list(lines))
        value = cut.term(node)
        claim = z3.Implies(value.known, value.n >= 0)
        wanted = [line for line in lines if lines[line]]
        return bool(refute([*cut.terms.facts, *self._signs(wanted, names, claim)], claim))

    def _cut(self, lines: list[Node]) -> tuple[Cut, dict[Node, str]]:
        names = {line: f"line {i}" for i, line in enumerate(lines)}
        return Cut(self.of, self.off, {line: (name, f"{name} known") for line, name in names.items()}), names

    def _signs(self, lines: list[Node], names: dict[Node, str], claim: Term) -> list[Term]:
        met = constants_of(claim)
        amounts = [line for line in lines if line.unit != "flag" and names[line] in met]
        return [
            z3.Implies(z3.Bool(f"{names[line]} known"), z3.Int(names[line]) >= 0)
            for line in amounts
            if self.holds(line)
        ]

    def value(self, node: Node) -> Value:
        """The value of a node."""
        return self.of.value(node, self.off)


def joint_lines(a: Node, b: Node) -> list[Node]:
    """The nearest lines on which both nodes rest, and the lines beside these on which only one of them rests."""
    both = {n for n in walk(a) if isinstance(n, Named) and n.unit in ("money", "flag")} & set(walk(b))
    above: set[Node] = set()
    for node in walk(a, b):
        if any(child in both or child in above for child in children(node)):
            above.add(node)
    found: dict[Node, bool] = {}
    for root in (a, b):
        found |= {root: True} if root in both else nearest_lines(root, lambda line: line in both or line not in above)
    return list(found)


def _is_number(node: Node) -> bool:
    return isinstance(node, Const | Param) and node.value is not None
