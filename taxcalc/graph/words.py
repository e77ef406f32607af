"""The few words that rules are written with."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable

from taxcalc.graph.nodes import (
    Const,
    In,
    Node,
    Op,
    Operand,
    OrElse,
    RuleError,
    alike,
    as_node,
    flag,
    joined,
    lift,
    logic,
    options_of,
    pick,
    shared_unit,
)


def when(condition: Node, then: Operand, otherwise: Operand) -> Node:
    """`then` where the condition holds, `otherwise` where it does not."""
    if isinstance(condition, Const):  # a relief that is not in force leaves no trace in the graph
        return lift(then if condition.value else otherwise, "money")
    a, b = alike(then, otherwise)
    return Op("when", flag(condition), a, b, unit=shared_unit(a, b))


def least(*options: Operand) -> Node:
    """The smallest."""
    return joined(functools.partial(pick, "least"), map(as_node, options))


def most(*options: Operand) -> Node:
    """The largest."""
    return joined(functools.partial(pick, "most"), map(as_node, options))


def at_least_zero(amount: Node) -> Node:
    """The amount, or zero where it is negative."""
    return pick("most", amount, Const(0, amount.unit))


def total(amounts: Iterable[Node]) -> Node:
    """The sum of one or more nodes."""
    return joined(operator.add, amounts)


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
    return logic("&", conditions, neutral=True)


def any_of(*conditions: Node) -> Node:
    """True where at least one condition holds."""
    return logic("|", conditions, neutral=False)


def known(value: Node) -> Node:
    """True where a value can be given: its facts were stated or assumed."""
    return Op("known", value, unit="flag")


def or_else(value: Node, fallback: Operand) -> Node:
    """The value where it is known, else the fallback, which the report lists as an assumption."""
    return OrElse(value, lift(fallback, value.unit))


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
