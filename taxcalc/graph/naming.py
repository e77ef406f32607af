"""What a condition speaks of has a name: a fact, a line of the computation, or a figure of the law."""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.graph.nodes import Const, In, Named, Node, Op, OrElse, Param, RuleError, walk


def is_of_the_law(node: Node) -> bool:
    """Does a node rest on no fact?"""
    return not any(isinstance(below, In) for below in walk(node))


def comes_first(node: Node, other: Node) -> bool:
    """Is a comparison said from this side? A figure of the firm before one of the law, a stated fact before a line."""
    if is_of_the_law(node):
        return False
    return is_of_the_law(other) or (isinstance(node, In | OrElse) and isinstance(other, Named))


def subject(node: Node) -> str:
    """The name of a line or of a fact; that of the fact, where the node only says what stands in for it.

    Raises RuleError for a formula: what a condition compares has a name, so that it can be said.
    """
    match node:
        case Named():
            return node.name
        case In():
            return node.fact.name
        case OrElse():
            return subject(node.body)
        case Op(op="when", args=(Op(op="known", args=(known,)), then, Const())) if known is then:
            return subject(then)
    raise RuleError("a condition compares a fact or a line with a figure of the law or with a line: make this a @line")


def limit_name(node: Node) -> str:
    """The path of the figure of the law that a limit is made of, or the line that it is; '' for a plain number."""
    if is_of_the_law(node):
        return next((below.path for below in walk(node) if isinstance(below, Param)), "")
    return subject(node)


def parts_of(node: Node) -> Iterator[Node]:
    """The parts of nested alternatives, or of nested conjunctions."""
    assert isinstance(node, Op)
    for arg in node.args:
        if isinstance(arg, Op) and arg.op == node.op:
            yield from parts_of(arg)
        else:
            yield arg


def check_condition(node: Node) -> None:
    """Raises RuleError where a condition compares what has no name."""
    match node:
        case Op(op="<=" | "<"):
            for side in node.args:
                limit_name(side)
        case Op(op="~" | "&" | "|"):
            for part in node.args:
                check_condition(part)
