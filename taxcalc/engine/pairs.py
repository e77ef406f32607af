"""Integer pairs: the arithmetic that every engine on whole numbers shares.

A number is a pair (n, d): n whatever a carrier computes with (an int, a column, a solver's term, an
interval), d a Python int known before any data. Only + - * // and comparisons are used, with // on
numerators that are not negative, because these alone agree everywhere. A carrier is the few operations
below; here inputs are all known, so an assumption is the stated value.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import Any, NamedTuple, Protocol

from taxcalc.graph import Const, Grant, In, Named, Node, Op, OrElse, Param


class Pair(NamedTuple):
    """The number n / d."""

    n: Any
    d: int


class Carrier(Protocol):
    """What an engine brings: its inputs, a choice, a division, and logic. Numbers bring + - * and <=."""

    def input(self, node: In) -> Any:
        """The numerator of an input at `scale(node)`, or its truth value."""

    def claimed(self, relief: str) -> Any:
        """Is a relief claimed?"""

    def when(self, condition: Any, a: Any, b: Any) -> Any:
        """A choice."""

    def least(self, a: Any, b: Any) -> Any:
        """The smaller."""

    def most(self, a: Any, b: Any) -> Any:
        """The larger."""

    def div(self, a: Any, b: Any) -> Any:
        """a // b for a ≥ 0, b > 0."""

    def both(self, a: Any, b: Any) -> Any:
        """And."""

    def either(self, a: Any, b: Any) -> Any:
        """Or."""

    def negate(self, a: Any) -> Any:
        """Not."""

    def same(self, a: Any, b: Any) -> Any:
        """Equality of options."""


def scale(node: In) -> int:
    """The denominator of an input: averages of quarters come in 24ths, rates in 100-millionths."""
    fact = node.fact
    if fact is None:
        return 1
    parts = 24 if fact.points else 1
    return parts * {"average": 10_000, "rate": 10**8}.get(fact.type, 1)


class Pairs:
    """Values of nodes on a carrier. Numbers are pairs, conditions are the carrier's own."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._values: dict[Node, Any] = {}

    def value(self, node: Node) -> Any:
        """The value of a node, computed once."""
        found = self._values.get(node)
        if found is None:
            found = self._values[node] = self._compute(node)
        return found

    def fen(self, node: Node) -> Any:
        """A rounded amount as the carrier's whole number."""
        pair = self.value(node)
        if pair.d != 1:
            raise ValueError("this amount is not rounded to the fen")
        return pair.n

    def _compute(self, node: Node) -> Any:
        match node:
            case In():
                value = self._carrier.input(node)
                return value if node.unit in ("flag", "choice") else Pair(value, scale(node))
            case Const() | Param():
                return node.value if node.unit in ("flag", "choice") else _pair_of(node.value)
            case Named():
                return self.value(node.body)
            case OrElse():
                return self.value(node.body)
            case Grant():
                granted = self._carrier.claimed(node.relief)
                for condition in node.conditions:
                    granted = self._carrier.both(granted, self.value(condition))
                return granted
            case Op():
                return self._operate(node)
        raise TypeError(f"{type(node).__name__} has no value")

    def _operate(self, node: Op) -> Any:
        carrier, args = self._carrier, node.args
        match node.op:
            case "known":
                return True
            case "&":
                return carrier.both(self.value(args[0]), self.value(args[1]))
            case "|":
                return carrier.either(self.value(args[0]), self.value(args[1]))
            case "~":
                return carrier.negate(self.value(args[0]))
            case "is":
                return carrier.same(self.value(args[0]), self.value(args[1]))
            case "when":
                return self._when(node)
            case "*":
                a, b = self.value(args[0]), self.value(args[1])
                return _reduced(a.n * b.n, a.d * b.d)
            case "/":
                a, b = self.value(args[0]), self.value(args[1])
                return _reduced(a.n * b.d, a.d * b.n)
            case "round":
                return self._round(self.value(args[0]))
            case "share_up":
                return self._share_up(*(self.value(arg) for arg in args))
        x, y, d = _alike(self.value(args[0]), self.value(args[1]))
        match node.op:
            case "+":
                return _reduced(x + y, d)
            case "-":
                return _reduced(x - y, d)
            case "<=":
                return x <= y
            case "<":
                return x < y
            case "least":
                return Pair(carrier.least(x, y), d)
            case "most":
                return Pair(carrier.most(x, y), d)
        raise TypeError(f"{node.op} has no value")

    def _when(self, node: Op) -> Any:
        condition, then, otherwise = (self.value(arg) for arg in node.args)
        if condition is True or condition is False:
            return then if condition else otherwise
        if node.unit in ("flag", "choice"):
            return self._carrier.when(condition, then, otherwise)
        x, y, d = _alike(then, otherwise)
        return Pair(self._carrier.when(condition, x, y), d)

    def _round(self, a: Pair) -> Pair:
        """Half away from zero: the sign is taken out first."""
        if a.d == 1:
            return a
        return Pair(self._carrier.when(a.n >= 0, self._half_up(a.n, a.d), -self._half_up(-a.n, a.d)), 1)

    def _half_up(self, n: Any, d: int) -> Any:
        return self._carrier.div(n * 2 + d, 2 * d)

    def _share_up(self, amount: Pair, part: Pair, whole: Pair) -> Pair:
        """amount × part ÷ whole, all whole fen and not negative, rounded up."""
        if (amount.d, part.d, whole.d) != (1, 1, 1):
            raise ValueError("share_up takes whole fen")
        divisor = self._carrier.when(whole.n <= 1, 1, whole.n)
        share = self._carrier.div(amount.n * part.n + (divisor - 1), divisor)
        return Pair(self._carrier.when(whole.n <= 0, 0, share), 1)


def _pair_of(value: Any) -> Pair:
    if value is None:
        raise ValueError("no rule is known for this date")
    return Pair(value.numerator, value.denominator)


def _reduced(n: Any, d: int) -> Pair:
    """A pair of constants in lowest terms; a column's numerator stays as it is."""
    if isinstance(n, int) and not isinstance(n, bool):
        common = gcd(n, d)
        return Pair(n // common, d // common)
    return Pair(n, d)


def _alike(a: Pair, b: Pair) -> tuple[Any, Any, int]:
    d = lcm(a.d, b.d)
    x = a.n if a.d == d else a.n * (d // a.d)
    y = b.n if b.d == d else b.n * (d // b.d)
    return x, y, d
