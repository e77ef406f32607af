"""`@line`: a rule function becomes a named line of the computation.

What the decorator refuses at import is what no engine could evaluate: a branch, or a float.
"""

from __future__ import annotations

import functools
import opcode
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast

from taxcalc.graph.labels import check, filled
from taxcalc.graph.nodes import Const, Named, Node, Param, RuleError

if TYPE_CHECKING:
    from taxcalc.base.period import Period


class Place(Protocol):
    """What `line` needs of its first argument, the firm: its period and a memory for lines already built."""

    @property
    def period(self) -> Period: ...
    @property
    def lines(self) -> dict[Any, Node]: ...
    @property
    def whole(self) -> Place: ...


RuleFn = TypeVar("RuleFn", bound="Callable[..., Node]")
Figure: TypeAlias = "str | Callable[[Any, Any], Node]"
"""A rate that a label names: its path in the law, or a function of the firm and the law."""


def line(zh: str, en: str, *, once: bool = False, **figures: Figure) -> Callable[[RuleFn], RuleFn]:
    """Make a rule function a named line of the computation, built once per firm and law.

    A line that is settled `once` is of the firm as a whole, whichever period asks for it. A label names a figure of
    the law as '[ at {rate}]' with rate="vat.levy.rate" (`taxcalc.graph.labels`), filled when the line is built. The code
    of a rule may hold no branch and no float: both are refused here, when the rules are imported.
    """
    check((zh, en), set(figures))

    def declare(rule: RuleFn) -> RuleFn:
        _refuse_branches_and_floats(rule.__code__, rule.__qualname__)

        @functools.wraps(rule)
        def build(firm: Place, law: Any) -> Node:
            if once:
                firm, law = firm.whole, law.at(firm.whole.period)
            key = (rule, firm, law)
            node = firm.lines.get(key)
            if node is None:
                label = filled((zh, en), {name: _figure(figure, firm, law) for name, figure in figures.items()})
                node = Named(rule.__name__, label, _node(rule(firm, law), rule.__qualname__), firm.period)
                firm.lines[key] = node
            return node

        return cast("RuleFn", build)

    return declare


_BRANCHES = frozenset(
    code for name, code in opcode.opmap.items() if ("JUMP" in name and "_IF_" in name) or name == "UNARY_NOT"
)


def _refuse_branches_and_floats(code: CodeType, name: str) -> None:
    if not _BRANCHES.isdisjoint(code.co_code[::2]):
        raise RuleError(
            f"{name}: a line may not branch; write when(condition, a, b) for 'if', all_of/any_of/~ for "
            "'and/or/not', and two comparisons for a <= x <= b"
        )
    for constant in code.co_consts:
        if isinstance(constant, float):
            raise RuleError(f"{name}: the float {constant!r} is not exact; a rate or amount belongs in a table")
        if isinstance(constant, CodeType):
            _refuse_branches_and_floats(constant, name)


def _figure(figure: Figure, firm: Place, law: Any) -> Param:
    found = functools.reduce(getattr, figure.split("."), law) if isinstance(figure, str) else figure(firm, law)
    assert isinstance(found, Param), figure
    return found


def _node(value: Node | int, name: str) -> Node:
    if isinstance(value, Node):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Const(value, "count")
    raise RuleError(f"{name}: a line must return a node, not {value!r}")
