"""Along one fact, how fast each node grows where a firm stands, and which comparisons will turn on the way.

The values are those of the exact evaluator, with every rounding; slopes pass through a rounding, so where a comparison
turns is foretold to within a few of the least parts of the fact. Whoever asks looks there at the exact values.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from taxcalc.engines.active import deciding
from taxcalc.engines.exact import Exact, Unknown, Value
from taxcalc.graph.nodes import Const, In, Named, Node, Op, OrElse, Param

Rate: TypeAlias = "int | Fraction"
"""Growth of a value for one least part of the fact."""


class Shifted(Exact):
    """The same firm with another value of one fact: what does not rest on that fact is as it was."""

    def __init__(self, base: Exact, lookup: Callable[[In], Value | None], moves: Callable[[Node], bool]) -> None:
        super().__init__(lookup)
        self._unmoved, self._moves = base, moves

    def value(self, node: Node) -> Value:
        """The value of a node, computed on demand and once."""
        found = self._values.get(node)
        if found is None:
            found = self._compute(node) if self._moves(node) else self._unmoved.value(node)
            self._values[node] = found
        return found


class Turn(NamedTuple):
    """A comparison that may turn: `way` is the distance to where its sides meet, in parts of the fact; None where one
    of them is no straight line, so that it cannot be foretold."""

    node: Op
    way: Fraction | None


class Slope(NamedTuple):
    """How fast a node grows; `bent` where it does so in no straight line."""

    rate: Rate
    bent: bool = False


_FLAT = Slope(0)


class Affine:
    """Slopes at one place. `ahead` is 1 to look upwards, -1 downwards; `turns` fills as slopes are asked for."""

    def __init__(self, exact: Exact, moves: Callable[[Node], bool], grows: Callable[[In], Rate], ahead: int) -> None:
        self._exact, self._moves, self._grows, self._ahead = exact, moves, grows, ahead
        self._slopes: dict[Node, Slope] = {}
        self.turns: list[Turn] = []

    def slope(self, node: Node) -> Slope:
        """The slope of a node in force here; of a condition none, but what decides it is looked at."""
        if not self._moves(node):
            return _FLAT
        found = self._slopes.get(node)
        if found is None:
            found = self._slopes[node] = self._slope(node)
        return found

    def _slope(self, node: Node) -> Slope:
        match node:
            case In():
                return Slope(self._grows(node))
            case Op(op="<=" | "<", args=(left, right)):
                self._compared(node, left, right)
                return _FLAT
            case Op(op="least" | "most"):
                return self._chosen(node)
            case Op(op="+" | "-" | "*" | "/" | "share_up"):
                return self._arithmetic(node)
            case Op(op="when"):
                slopes = [self.slope(child) for child in deciding(node, self._exact)]
                return slopes[-1] if len(slopes) == 2 else _FLAT
            case Named() | OrElse() | Op(op="round"):
                (below,) = deciding(node, self._exact)
                return self.slope(below)
            case Const() | Param():
                return _FLAT
        for child in deciding(node, self._exact):
            self.slope(child)
        return _FLAT

    def _difference(self, left: Node, right: Node) -> tuple[Rate, Slope] | None:
        """What one side is more than the other, and how that grows; None where a side is not known."""
        one, other = self.slope(left), self.slope(right)
        a, b = self._exact.value(left), self._exact.value(right)
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return None
        return a - b, Slope(one.rate - other.rate, one.bent or other.bent)

    def _compared(self, node: Op, left: Node, right: Node) -> None:
        """Note a comparison that turns on the way ahead, or that may."""
        found = self._difference(left, right)
        if found is None:
            return
        more, slope = found
        if slope.bent:
            self.turns.append(Turn(node, None))
        elif slope.rate and holds(node, more) == (slope.rate * self._ahead > 0):
            self.turns.append(Turn(node, Fraction(-more) / slope.rate))

    def _chosen(self, node: Op) -> Slope:
        """The lesser or the greater of two; of equals, the one that will be."""
        left, right = node.args
        found = self._difference(left, right)
        if found is None:
            return _FLAT
        more, slope = found
        towards = (more or slope.rate * self._ahead) * (1 if node.op == "least" else -1)
        if more:
            self._compared(node, left, right)
        return self.slope(left if towards <= 0 else right)

    def _arithmetic(self, node: Op) -> Slope:
        """Sums are straight; products and shares are where one factor alone moves."""
        slopes = [self.slope(arg) for arg in node.args]
        values = [self._exact.value(arg) for arg in node.args]
        numbers = [value for value in values if not isinstance(value, Unknown)]
        bent = any(slope.bent for slope in slopes)
        if len(numbers) < len(values):
            return _FLAT
        rates = [slope.rate for slope in slopes]
        if node.op in "+-":
            return Slope(rates[0] + (rates[1] if node.op == "+" else -rates[1]), bent)
        moving = sum(rate != 0 for rate in rates)
        if node.op == "*":
            return Slope(rates[0] * numbers[1] + rates[1] * numbers[0], bent or moving > 1)
        if node.op == "/":
            return Slope(Fraction(rates[0]) / numbers[1], bent)
        amount, part, whole = numbers
        if whole <= 0:
            return Slope(0, bent or moving > 0)
        return Slope(Fraction(rates[0] * part + rates[1] * amount) / whole, bent or moving > 1 or rates[2] != 0)


def holds(node: Op, more: Rate) -> bool:
    """Does a comparison hold, or is the first of two chosen, where its first side is so much more than the second?"""
    return more < 0 if node.op == "<" else more <= 0


def side(node: Op, exact: Exact) -> bool | None:
    """On which side of a comparison a firm is; None where that is not known."""
    left, right = (exact.value(arg) for arg in node.args)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    return holds(node, left - right)
