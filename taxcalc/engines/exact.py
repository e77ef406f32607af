"""The exact evaluator: one firm, whole fen and fractions, unknown facts as values.

A value that cannot be given is `Unknown` and names the facts it waits for. Logic is Kleene's: a condition
that is known to fail fails, whatever is unknown beside it; so only what decides the result is asked for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from taxcalc.base.units import Number
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, bounded, changed_by, claim_bit

Value: TypeAlias = "Number | bool | Unknown"
"""int (fen, count, option), Fraction, bool or Unknown."""


class Unknown:
    """Not known for lack of these input facts; of none, where no rule is known for the date.

    An average of which some quarters are stated has a `least` that it can be, whatever the others are.
    """

    __slots__ = ("least", "needs")

    def __init__(self, needs: frozenset[In], least: Number | None = None) -> None:
        self.needs, self.least = needs, least


class Exact:
    """Values of nodes for one firm.

    `lookup` gives an input's value, or None or an Unknown where it is unknown; `off` names the reliefs not claimed. A
    variant made by `without` or `forcing` recomputes only the nodes that rest on a claim that changed.
    """

    def __init__(
        self,
        lookup: Callable[[In], Value | None],
        off: frozenset[str] = frozenset(),
        forced: Mapping[Grant, Number | bool] | Mapping[In, Number] | Mapping[Grant | In, Number | bool] | None = None,
        base: Exact | None = None,
    ) -> None:
        self._lookup = lookup
        self.off = off
        self._values: dict[Node, Value] = dict((forced or {}).items())
        self._base = base
        self._changed = changed_by(forced or ())
        for relief in off ^ base.off if base is not None else ():
            self._changed |= claim_bit(relief)

    def without(self, reliefs: frozenset[str]) -> Exact:
        """The same firm with exactly these reliefs not claimed."""
        return Exact(self._lookup, reliefs, None, self)

    def forcing(self, decided: Mapping[Grant | In, Number | bool]) -> Exact:
        """The same firm with some grants, or some facts, decided by hand."""
        return Exact(self._lookup, self.off, decided, self)

    def supposing(self, node: In, value: Number) -> Exact:
        """The same firm with another value of an input."""
        return self.supposing_all({node: value})

    def supposing_all(self, values: Mapping[In, Number]) -> Exact:
        """The same firm with other values of some inputs."""
        return Exact(self._lookup, self.off, values, self)

    def value(self, node: Node) -> Value:
        """The value of a node, computed on demand and once."""
        found = self._values.get(node)
        if found is None:
            if self._base is not None and not node.rests_on & self._changed:
                found = self._base.value(node)
            elif node.__class__ is Op:  # most nodes are operations
                found = _OPS[node.op](self, node.args)
            else:
                found = self._compute(node)
            self._values[node] = found
        return found

    def known(self, node: Node) -> Number:
        """The value of a node that is known, whatever is stated."""
        value = self.value(node)
        assert not isinstance(value, Unknown)
        return value

    def _compute(self, node: Node) -> Value:
        match node:
            case Op():
                return _OPS[node.op](self, node.args)
            case Named():
                return self.value(node.body)
            case Const():
                return node.value
            case Param():
                return Unknown(frozenset()) if node.value is None else node.value
            case In():
                found = self._lookup(node)
                return Unknown(frozenset((node,))) if found is None else found
            case OrElse():
                body = self.value(node.body)
                return self.value(node.fallback) if isinstance(body, Unknown) else body
            case Grant():
                if node.relief in self.off:
                    return False
                return all(self.value(condition) is True for condition in node.conditions)
        raise TypeError(f"{type(node).__name__} has no value")


def _unknown(*values: Value) -> Unknown:
    """The union of what the unknown ones among values wait for."""
    return Unknown(frozenset().union(*(value.needs for value in values if isinstance(value, Unknown))))


def _strict(compute: Callable[[Number, Number], Number]) -> Callable[[Exact, tuple[Node, ...]], Value]:
    """A binary operation that is unknown where either side is."""

    def operate(engine: Exact, args: tuple[Node, ...]) -> Value:
        a, b = engine.value(args[0]), engine.value(args[1])
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return _unknown(a, b)
        return _whole(compute(a, b))

    return operate


def _whole(value: Number) -> Value:
    """Fractions that are whole become int: same value, faster arithmetic."""
    if value.__class__ is Fraction and value.denominator == 1:
        return value.numerator
    return value


def _ordered(holds: Callable[[Number, Number], bool]) -> Callable[[Exact, tuple[Node, ...]], Value]:
    """A comparison; of an average that is not known, what the least that it can be decides for whatever it is."""

    def operate(engine: Exact, args: tuple[Node, ...]) -> Value:
        a, b = engine.value(args[0]), engine.value(args[1])
        if isinstance(a, Unknown):
            if bounded(args[0]) and a.least is not None and not isinstance(b, Unknown) and not holds(a.least, b):
                return False
            return _unknown(a, b)
        if isinstance(b, Unknown):
            return (bounded(args[1]) and b.least is not None and holds(a, b.least)) or _unknown(b)
        return holds(a, b)

    return operate


def _times(engine: Exact, args: tuple[Node, ...]) -> Value:
    a, b = engine.value(args[0]), engine.value(args[1])
    if (not isinstance(a, Unknown) and a == 0) or (not isinstance(b, Unknown) and b == 0):
        return 0  # whatever the other is
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _unknown(a, b)
    return _whole(a * b)


def _logic(decisive: bool) -> Callable[[Exact, tuple[Node, ...]], Value]:
    """Kleene's and (one False decides) and or (one True decides), whatever is unknown beside it."""

    def operate(engine: Exact, args: tuple[Node, ...]) -> Value:
        a = engine.value(args[0])
        if a is decisive:
            return decisive
        b = engine.value(args[1])
        if b is decisive:
            return decisive
        return _unknown(a, b) if isinstance(a, Unknown) or isinstance(b, Unknown) else not decisive

    return operate


def _not(engine: Exact, args: tuple[Node, ...]) -> Value:
    a = engine.value(args[0])
    return _unknown(a) if isinstance(a, Unknown) else not a


def _when(engine: Exact, args: tuple[Node, ...]) -> Value:
    condition = engine.value(args[0])
    if not isinstance(condition, Unknown):
        return engine.value(args[1] if condition else args[2])
    a, b = engine.value(args[1]), engine.value(args[2])
    if not isinstance(a, Unknown) and not isinstance(b, Unknown) and a == b:
        return a  # the same either way
    return condition


def _round(engine: Exact, args: tuple[Node, ...]) -> Value:
    a = engine.value(args[0])
    return _unknown(a) if isinstance(a, Unknown) else half_away(a)


def half_away(value: int | Fraction) -> int:
    """To the whole fen, half away from zero (四舍五入)."""
    if isinstance(value, int):
        return value
    n, d = abs(value.numerator), value.denominator
    rounded = (2 * n + d) // (2 * d)
    return rounded if value >= 0 else -rounded


def _known(engine: Exact, args: tuple[Node, ...]) -> Value:
    return not isinstance(engine.value(args[0]), Unknown)


def _share_up(engine: Exact, args: tuple[Node, ...]) -> Value:
    amount, part, whole = (engine.value(arg) for arg in args)
    if not isinstance(amount, Unknown) and amount == 0:
        return 0
    if isinstance(amount, Unknown) or isinstance(part, Unknown) or isinstance(whole, Unknown):
        return _unknown(amount, part, whole)
    return 0 if whole <= 0 else -((-amount * part) // whole)


_OPS: dict[str, Callable[[Exact, tuple[Node, ...]], Value]] = {
    "+": _strict(lambda a, b: a + b),
    "-": _strict(lambda a, b: a - b),
    "*": _times,
    "/": _strict(lambda a, b: Fraction(a) / b),
    "<=": _ordered(operator.le),
    "<": _ordered(operator.lt),
    "least": _strict(min),
    "most": _strict(max),
    "is": _strict(lambda a, b: a == b),
    "&": _logic(False),
    "|": _logic(True),
    "~": _not,
    "when": _when,
    "round": _round,
    "known": _known,
    "share_up": _share_up,
}
