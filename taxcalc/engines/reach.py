"""What determines a result, for rows in columns: as `taxcalc.engines.active` tells for one firm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from taxcalc.base.algebra import Truth
from taxcalc.engines.lower import Lowering
from taxcalc.graph.nodes import Grant, Node, Op, OrElse, children, walk


def active_where(low: Lowering, roots: Mapping[Node, Truth], bits: int) -> dict[Node, Truth]:
    """Where each node that rests on some of these claims determines the value of a root that counts.

    Found from the roots downwards: what a node rests on is active where the node is and where the choice,
    the failed condition or the zero that decides it leaves it in.
    """
    b = low.builder
    active = dict(roots)
    for node in reversed(list(walk(*roots))):
        here = active.get(node, False)
        if here is not False and node.rests_on & bits:
            for child, there in _deciding(low, node):
                if there is not False and child.rests_on & bits:
                    active[child] = b.either(active.get(child, False), b.both(here, there))
    return active


def _deciding(low: Lowering, node: Node) -> list[tuple[Node, Truth]]:
    """The children of a node, each with: does it count where the node does?"""
    b = low.builder
    match node:
        case OrElse():
            known = low.known(low.value(node.body))
            return [(node.body, known), (node.fallback, b.negate(known))]
        case Op(op="known"):
            return []
        case Op(op="when"):
            condition, then, otherwise = node.args
            value = low.value(condition)
            return [(condition, True), (then, value.true), (otherwise, low.is_false(value))]
        case Op(op="|"):
            return _first(low, node.args, lambda value: value.true)
        case Op(op="&"):
            return _first(low, node.args, low.is_false)
        case Grant():
            return _first(low, node.conditions, low.is_false)
        case Op(op="*" | "share_up"):
            return _first(low, node.args, lambda value: b.both(low.known(value), b.eq(value.n, 0)))
    return [(child, True) for child in children(node)]


def _first(low: Lowering, nodes: Sequence[Node], decides: Callable[[Any], Truth]) -> list[tuple[Node, Truth]]:
    """Of several, the first that decides counts alone; all of them where none does."""
    b = low.builder
    deciding = [decides(low.value(node)) for node in nodes]
    before: Truth = False
    alone = []
    for one in deciding:
        alone.append(b.both(one, b.negate(before)))
        before = b.either(before, one)
    none = b.negate(before)
    return [(node, b.either(one, none)) for node, one in zip(nodes, alone, strict=True)]
