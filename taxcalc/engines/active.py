"""What determines a result now: the part of the graph that a value actually rests on.

Of a choice only the branch taken, of a failed conjunction only what failed, of a product with zero only
the zero. Explanations, assumptions and sources are read from this part alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.engines.exact import Exact, Unknown
from taxcalc.graph.nodes import Grant, Node, Op, OrElse, children


def deciding(node: Node, engine: Exact) -> tuple[Node, ...]:
    """The children of a node that determine its value."""
    match node:
        case OrElse():
            return (node.fallback,) if isinstance(engine.value(node.body), Unknown) else (node.body,)
        case Grant():
            if node.relief in engine.off:
                return ()
            return _deciding_all(node.conditions, engine)
        case Op(op="when"):
            condition = engine.value(node.args[0])
            if isinstance(condition, Unknown):
                return (node.args[0],)
            return (node.args[0], node.args[1] if condition else node.args[2])
        case Op(op="&"):
            return _deciding_all(node.args, engine)
        case Op(op="|"):
            true = [arg for arg in node.args if engine.value(arg) is True]
            return (true[0],) if true else node.args
        case Op(op="*" | "share_up"):
            zero = [arg for arg in node.args if _is_zero(engine, arg)]
            return (zero[0],) if zero else node.args
        case Op(op="known"):
            return ()
    return children(node)


def _deciding_all(conditions: tuple[Node, ...], engine: Exact) -> tuple[Node, ...]:
    failed = tuple(c for c in conditions if engine.value(c) is False)
    return failed[:1] or conditions


def _is_zero(engine: Exact, node: Node) -> bool:
    value = engine.value(node)
    return not isinstance(value, Unknown) and value == 0


def walk_active(engine: Exact, *roots: Node) -> Iterator[Node]:
    """Every node that determines the roots' values, once each."""
    seen: set[Node] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        stack.extend(reversed(deciding(node, engine)))
