"""The expression graph that rules build, and the few words they are written with.

A rule is a plain Python function of a firm and the law. It runs once per law version and returns a
`Node`; every engine is one dispatch over the node classes below. Amounts are whole fen, rates are exact
fractions, and no node ever holds a float.

Each node knows its unit, so adding persons to yuan, or writing an amount of money into a rule instead
of a table, fails when the graph is built.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias

if TYPE_CHECKING:
    from taxcalc.base.period import Period

Unit = Literal["money", "rate", "count", "flag", "choice"]
Number: TypeAlias = int | Fraction
Label = tuple[str, str]
"""A text in Chinese and in English."""


class RuleError(TypeError):
    """A rule is written in a way that no engine can evaluate. Raised while rules load, never for user input."""


ABSENT = 1
_claims: dict[str, int] = {}


def claim_bit(relief: str) -> int:
    """The bit that stands for a relief, or for a yes-or-no fact, in `Node.rests_on`."""
    return _claims.setdefault(relief, 2 << len(_claims))


def _union(nodes: tuple[Node, ...]) -> int:
    bits = 0
    for node in nodes:
        bits |= node.rests_on
    return bits


class Node:
    """One value of the computation. Operators and words build larger nodes; engines give them values."""

    __slots__ = ("rests_on", "unit")
    unit: Unit
    rests_on: int
    """A set of bits: the claims and the yes-or-no facts that the value can depend on, and ABSENT where a
    parameter has no value."""

    def __add__(self, other: Operand) -> Node:
        return _linear("+", self, other)

    def __radd__(self, other: Operand) -> Node:
        return _linear("+", _lift(other, self.unit), self)

    def __sub__(self, other: Operand) -> Node:
        return _linear("-", self, other)

    def __rsub__(self, other: Operand) -> Node:
        return _linear("-", _lift(other, self.unit), self)

    def __mul__(self, other: Operand) -> Node:
        right = _lift(other, "count")
        if "flag" in (self.unit, right.unit):
            raise RuleError("a condition cannot be multiplied: write when(condition, amount, 0)")
        if self.unit == right.unit == "money":
            raise RuleError("money times money has no meaning")
        units = (self.unit, right.unit)
        return Op("*", self, right, unit="money" if "money" in units else "rate" if "rate" in units else "count")

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> Node:
        right = _lift(other, "count")
        if any(isinstance(n, In) for n in walk(right)):
            raise RuleError("divide by parameters and constants only; for a share of an input write share_up(...)")
        return Op("/", self, right, unit=self.unit)

    def __le__(self, other: Operand) -> Node:
        return _compare("<=", self, other)

    def __lt__(self, other: Operand) -> Node:
        return _compare("<", self, other)

    def __ge__(self, other: Operand) -> Node:
        return _compare("<=", _lift(other, self.unit), self)

    def __gt__(self, other: Operand) -> Node:
        return _compare("<", _lift(other, self.unit), self)

    def __and__(self, other: Node) -> Node:
        return all_of(self, other)

    def __or__(self, other: Node) -> Node:
        return any_of(self, other)

    def __invert__(self) -> Node:
        return Op("~", _flag(self), unit="flag")

    def __bool__(self) -> NoReturn:
        raise RuleError(
            "a rule is symbolic and has no truth value yet: write when(condition, a, b) for 'if', "
            "all_of(...) for 'and', any_of(...) for 'or', ~condition for 'not', and two comparisons for a <= x <= b"
        )

    def is_(self, choice: str) -> Node:
        """True where this choice fact has the named option."""
        if self.unit != "choice":
            raise RuleError(f"only a choice can be compared with {choice!r}")
        options = options_of(self)
        if choice not in options:
            raise RuleError(f"{choice!r} is not one of {', '.join(options)}")
        return Op("is", self, Const(options.index(choice), "choice"), unit="flag")


Operand: TypeAlias = "Node | int | Fraction"


class In(Node):
    """An input: a fact of the catalogue, for a series in one period. Without a fact, the claim of a relief."""

    __slots__ = ("name", "fact", "period")

    def __init__(self, name: str, unit: Unit, fact: Any = None, period: Period | None = None) -> None:
        self.name, self.unit, self.fact, self.period = name, unit, fact, period
        self.rests_on = claim_bit(name) if unit == "flag" and fact is not None else 0


def bounded(node: Node) -> bool:
    """Is this an average, which is never below what the quarters that are stated make it?"""
    return isinstance(node, In) and node.fact is not None and node.fact.points


class Const(Node):
    """A number that is part of a rule's form (0, or the index of an option), never a figure of the law."""

    __slots__ = ("value", "label")

    def __init__(self, value: Number | bool, unit: Unit, label: Label | None = None) -> None:
        self.value, self.unit, self.label = value, unit, label
        self.rests_on = 0


NEVER = Const(False, "flag")


class Param(Node):
    """A figure of the law. `version` carries its document, clause, dates and evidence."""

    __slots__ = ("path", "value", "label", "version")

    def __init__(self, path: str, value: Number | None, unit: Unit, label: Label, version: Any) -> None:
        self.path, self.value, self.unit, self.label, self.version = path, value, unit, label, version
        self.rests_on = ABSENT if value is None else 0


class Op(Node):
    """An operation: + - * / <= < & | ~ is, least, most, round, when, known, share_up."""

    __slots__ = ("op", "args")

    def __init__(self, op: str, *args: Node, unit: Unit) -> None:
        self.op, self.args, self.unit = op, args, unit
        self.rests_on = _union(args)


class OrElse(Node):
    """`body` where it is known, `fallback` where it is not: how a rule states what it assumes."""

    __slots__ = ("body", "fallback")

    def __init__(self, body: Node, fallback: Node) -> None:
        self.body, self.fallback, self.unit = body, fallback, body.unit
        self.rests_on = body.rests_on | fallback.rests_on


class Named(Node):
    """A line of the computation: what an explanation prints."""

    __slots__ = ("name", "label", "body", "period")

    def __init__(self, name: str, label: Label, body: Node, period: Period | None) -> None:
        self.name, self.label, self.body, self.period, self.unit = name, label, body, period, body.unit
        self.rests_on = body.rests_on


class Grant(Node):
    """Is this relief granted: claimed, and every condition known to be true?

    `base` is the amount that the relief applies to, for the report.
    """

    __slots__ = ("relief", "claim", "conditions", "base", "period", "version")

    def __init__(
        self, relief: str, claim: In, conditions: tuple[Node, ...], base: Node | None, period: Period, version: Any
    ) -> None:
        self.relief, self.claim, self.conditions, self.base = relief, claim, conditions, base
        self.period, self.version, self.unit = period, version, "flag"
        self.rests_on = claim_bit(relief) | _union(conditions)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of, in the order they are written."""
    match node:
        case Op():
            return node.args
        case Named():
            return (node.body,)
        case OrElse():
            return (node.body, node.fallback)
        case Grant():
            return (node.claim, *node.conditions)
    return ()


def walk(*roots: Node) -> Iterator[Node]:
    """Every node below the roots, once each, children before parents."""
    seen: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, done = stack.pop()
        if done:
            yield node
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(children(node)))


# ------------------------------------------------------------------------------------------------ words


def when(condition: Node, then: Operand, otherwise: Operand) -> Node:
    """`then` where the condition holds, `otherwise` where it does not."""
    if isinstance(condition, Const):  # a relief that is not in force leaves no trace in the graph
        return _lift(then if condition.value else otherwise, "money")
    a, b = _alike(then, otherwise)
    return Op("when", _flag(condition), a, b, unit=_shared_unit(a, b))


def least(*options: Operand) -> Node:
    """The smallest."""
    return functools.reduce(lambda a, b: _pick("least", a, b), map(_as_node, options))


def most(*options: Operand) -> Node:
    """The largest."""
    return functools.reduce(lambda a, b: _pick("most", a, b), map(_as_node, options))


def at_least_zero(amount: Node) -> Node:
    """The amount, or zero where it is negative."""
    return _pick("most", amount, Const(0, amount.unit))


def total(amounts: Iterable[Node]) -> Node:
    """The sum of one or more nodes."""
    return functools.reduce(lambda a, b: a + b, amounts)


def round_fen(amount: Node) -> Node:
    """To the whole fen, half away from zero (四舍五入). Only where a return has a line."""
    if amount.unit != "money":
        raise RuleError("only money is rounded to the fen")
    return Op("round", amount, unit="money")


def share_up(amount: Node, part: Node, whole: Node) -> Node:
    """amount × part ÷ whole, rounded up to the fen; 0 where `whole` is not positive.

    The one division by an input. Rounded up because half of (T − x) rounds to the same fen as half of
    (T − x rounded up), for any whole T: so the rule that uses it still rounds once in effect.
    """
    return Op("share_up", amount, part, whole, unit="money")


def all_of(*conditions: Node) -> Node:
    """True where every condition holds."""
    return _logic("&", conditions, neutral=True)


def any_of(*conditions: Node) -> Node:
    """True where at least one condition holds."""
    return _logic("|", conditions, neutral=False)


def known(value: Node) -> Node:
    """True where a value can be given: its facts were stated or assumed."""
    return Op("known", value, unit="flag")


def or_else(value: Node, fallback: Operand) -> Node:
    """The value where it is known, else the fallback, which the report lists as an assumption."""
    return OrElse(value, _lift(fallback, value.unit))


def first_known(value: Node, instead: Node) -> Node:
    """The value where it is known, else another way to the same figure (not an assumption).

    Where neither is known, it is `value` that is asked for.
    """
    return when(any_of(known(value), ~known(instead)), value, instead)


def or_zero(value: Node) -> Node:
    """The value where it is known, else zero: for amounts that only ever entitle to more."""
    return when(known(value), value, 0)


def option(choice: In, name: str) -> Node:
    """One option of a choice, as a value."""
    return Const(options_of(choice).index(name), "choice", choice.fact.options[name])


def given_sum(first: Node, *more: Node) -> Node:
    """The sum of those amounts that are known; unknown only where none is (then `first` is asked for)."""
    amounts = (first, *more)
    added = total(or_zero(a) for a in amounts)
    return when(any_of(*(known(a) for a in amounts)), added, first)


# ---------------------------------------------------------------------------------------------- helpers


def options_of(node: Node) -> tuple[str, ...]:
    """The option names of a choice node."""
    for leaf in walk(node):
        if isinstance(leaf, In) and leaf.unit == "choice":
            return tuple(leaf.fact.options)
    raise RuleError("this choice comes from no fact")


def _as_node(value: Operand) -> Node:
    return value if isinstance(value, Node) else _lift(value, "count")


def _lift(value: Operand | bool, unit: Unit) -> Node:
    if isinstance(value, Node):
        return value
    if isinstance(value, bool):
        return Const(value, "flag")
    if isinstance(value, float) or not isinstance(value, int | Fraction):
        raise RuleError(f"{value!r}: only whole numbers and parameters of a table may stand in a rule")
    if unit == "money" and value != 0:
        raise RuleError(f"{value!r}: an amount of money in a rule belongs in a table, with its citation")
    return Const(value, unit)


def _alike(left: Operand, right: Operand) -> tuple[Node, Node]:
    model = left if isinstance(left, Node) else right if isinstance(right, Node) else Const(0, "money")
    a, b = _lift(left, model.unit), _lift(right, model.unit)
    _shared_unit(a, b)
    return a, b


def _shared_unit(a: Node, b: Node) -> Unit:
    if a.unit != b.unit and {a.unit, b.unit} != {"rate", "count"}:
        raise RuleError(f"{a.unit} and {b.unit} do not go together")
    return "rate" if "rate" in (a.unit, b.unit) else a.unit


def _linear(op: str, left: Operand, right: Operand) -> Node:
    a, b = _alike(left, right)
    if a.unit in ("flag", "choice"):
        raise RuleError(f"a {a.unit} cannot be added")
    return Op(op, a, b, unit=_shared_unit(a, b))


def _compare(op: str, left: Operand, right: Operand) -> Node:
    a, b = _alike(left, right)
    if a.unit in ("flag", "choice"):
        raise RuleError(f"a {a.unit} has no order; use it as a condition, or .is_(option)")
    return Op(op, a, b, unit="flag")


def _pick(op: str, left: Operand, right: Operand) -> Node:
    a, b = _alike(left, right)
    return Op(op, a, b, unit=_shared_unit(a, b))


def _flag(node: Node) -> Node:
    if not isinstance(node, Node) or node.unit != "flag":
        raise RuleError("a condition is needed here, not an amount")
    return node


def _logic(op: str, conditions: tuple[Node, ...], *, neutral: bool) -> Node:
    parts: list[Node] = []
    for condition in map(_flag, conditions):
        if isinstance(condition, Const):
            if bool(condition.value) is not neutral:
                return condition
        else:
            parts.append(condition)
    if not parts:
        return Const(neutral, "flag")
    return functools.reduce(lambda a, b: Op(op, a, b, unit="flag"), parts)
