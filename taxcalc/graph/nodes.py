"""The expression graph that rules build: its nodes, and what an operator may join.

A rule is a plain Python function of a firm and the law. It runs once per law version and returns a
`Node`; every engine is one dispatch over the node classes below. Amounts are whole fen, rates are exact
fractions, and no node ever holds a float.

Each node knows its unit, so adding persons to yuan, or writing an amount of money into a rule instead
of a table, fails when the graph is built.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NoReturn, TypeAlias

from taxcalc.base.period import Period
from taxcalc.base.units import Label, Number, Unit
from taxcalc.facts.catalogue import Fact
from taxcalc.law.book import Figure, Version


class RuleError(TypeError):
    """A rule is written in a way that no engine can evaluate. Raised while rules load, never for user input."""


_WIDEST = 64
"""Nodes that are joined one after the other."""
ABSENT = 1
_claims: dict[str, int] = {}


def claim_bit(relief: str) -> int:
    """The bit that stands for a relief, or for a fact, in `Node.rests_on`."""
    return _claims.setdefault(relief, 2 << len(_claims))


def changed_by(decided: Iterable[Grant | In]) -> int:
    """The bits of all that can be another where these are decided by hand."""
    bits = 0
    for node in decided:
        bits |= claim_bit(node.relief) if isinstance(node, Grant) else node.rests_on
    return bits


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
    """A set of bits: the claims and the facts that the value can depend on, and ABSENT where a parameter has no value."""

    def __add__(self, other: Operand) -> Node:
        return _linear("+", self, other)

    def __radd__(self, other: Operand) -> Node:
        return _linear("+", lift(other, self.unit), self)

    def __sub__(self, other: Operand) -> Node:
        return _linear("-", self, other)

    def __rsub__(self, other: Operand) -> Node:
        return _linear("-", lift(other, self.unit), self)

    def __mul__(self, other: Operand) -> Node:
        right = lift(other, "count")
        if "flag" in (self.unit, right.unit):
            raise RuleError("a condition cannot be multiplied: write when(condition, amount, 0)")
        if self.unit == right.unit == "money":
            raise RuleError("money times money has no meaning")
        units = (self.unit, right.unit)
        return Op("*", self, right, unit="money" if "money" in units else "rate" if "rate" in units else "count")

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> Node:
        right = lift(other, "count")
        if any(isinstance(n, In) for n in walk(right)):
            raise RuleError("divide by parameters and constants only; for a share of an input write share_up(...)")
        return Op("/", self, right, unit=self.unit)

    def __le__(self, other: Operand) -> Node:
        return _compare("<=", self, other)

    def __lt__(self, other: Operand) -> Node:
        return _compare("<", self, other)

    def __ge__(self, other: Operand) -> Node:
        return _compare("<=", lift(other, self.unit), self)

    def __gt__(self, other: Operand) -> Node:
        return _compare("<", lift(other, self.unit), self)

    def __and__(self, other: Node) -> Node:
        return logic("&", (self, other), neutral=True)

    def __or__(self, other: Node) -> Node:
        return logic("|", (self, other), neutral=False)

    def __invert__(self) -> Node:
        return Op("~", flag(self), unit="flag")

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
    """An input: a fact of the catalogue, for a series in one period."""

    __slots__ = ("name", "fact", "period")

    def __init__(self, name: str, unit: Unit, fact: Fact, period: Period | None = None) -> None:
        self.name, self.unit, self.fact, self.period = name, unit, fact, period
        # Those that are decided by hand alone have a bit of their own; an amount shares that of its other periods.
        self.rests_on = claim_bit(name if unit == "flag" or fact.assume else fact.name)


def bounded(node: Node) -> bool:
    """Is this an average, which is never below what the quarters that are stated make it?"""
    return isinstance(node, In) and node.fact.points


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

    def __init__(self, figure: Figure) -> None:
        self.path, self.value, self.unit, self.label, self.version = figure
        self.rests_on = ABSENT if figure.value is None else 0


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

    __slots__ = ("relief", "conditions", "base", "period", "version")

    def __init__(
        self, relief: str, conditions: tuple[Node, ...], base: Node | None, period: Period, version: Version
    ) -> None:
        self.relief, self.conditions, self.base = relief, conditions, base
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
            return node.conditions
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


def options_of(node: Node) -> tuple[str, ...]:
    """The option names of a choice node."""
    for fact in _chosen_of(node):
        return tuple(fact.options)
    raise RuleError("this choice comes from no fact")


def _chosen_of(node: Node) -> Iterator[Fact]:
    """The facts whose options a choice, or a condition on one, may take."""
    if isinstance(node, In):
        yield node.fact
    for child in children(node):
        if child.unit == "choice":
            yield from _chosen_of(child)


def as_node(value: Operand) -> Node:
    return value if isinstance(value, Node) else lift(value, "count")


def lift(value: Operand | bool, unit: Unit) -> Node:
    if isinstance(value, Node):
        return value
    if isinstance(value, bool):
        return Const(value, "flag")
    if isinstance(value, float) or not isinstance(value, int | Fraction):
        raise RuleError(f"{value!r}: only whole numbers and parameters of a table may stand in a rule")
    if unit == "money" and value != 0:
        raise RuleError(f"{value!r}: an amount of money in a rule belongs in a table, with its citation")
    return Const(value, unit)


def alike(left: Operand, right: Operand) -> tuple[Node, Node]:
    model = left if isinstance(left, Node) else right if isinstance(right, Node) else Const(0, "money")
    a, b = lift(left, model.unit), lift(right, model.unit)
    shared_unit(a, b)
    return a, b


def shared_unit(a: Node, b: Node) -> Unit:
    if a.unit != b.unit and {a.unit, b.unit} != {"rate", "count"}:
        raise RuleError(f"{a.unit} and {b.unit} do not go together")
    return "rate" if "rate" in (a.unit, b.unit) else a.unit


def _linear(op: str, left: Operand, right: Operand) -> Node:
    a, b = alike(left, right)
    if a.unit in ("flag", "choice"):
        raise RuleError(f"a {a.unit} cannot be added")
    return Op(op, a, b, unit=shared_unit(a, b))


def _compare(op: str, left: Operand, right: Operand) -> Node:
    a, b = alike(left, right)
    if a.unit in ("flag", "choice"):
        raise RuleError(f"a {a.unit} has no order; use it as a condition, or .is_(option)")
    return Op(op, a, b, unit="flag")


def pick(op: str, left: Operand, right: Operand) -> Node:
    a, b = alike(left, right)
    return Op(op, a, b, unit=shared_unit(a, b))


def flag(node: Node) -> Node:
    if not isinstance(node, Node) or node.unit != "flag":
        raise RuleError("a condition is needed here, not an amount")
    return node


def logic(op: str, conditions: tuple[Node, ...], *, neutral: bool) -> Node:
    parts: list[Node] = []
    for condition in map(flag, conditions):
        if isinstance(condition, Const):
            if bool(condition.value) is not neutral:
                return condition
        else:
            parts.append(condition)
    if not parts:
        return Const(neutral, "flag")
    return joined(lambda a, b: Op(op, a, b, unit="flag"), parts)


def joined(join: Callable[[Node, Node], Node], nodes: Iterable[Node]) -> Node:
    """One or more nodes as one, two by two. Many are joined by groups: a table may have thousands, and what walks a graph
    goes as deep as it is."""
    found = list(nodes)
    while len(found) > _WIDEST:
        found = [functools.reduce(join, found[at : at + _WIDEST]) for at in range(0, len(found), _WIDEST)]
    return functools.reduce(join, found)
