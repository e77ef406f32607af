"""The exact values of one firm, in the form in which an assessment asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.engines.active import walk_active
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.engines.values import NO_RULE, Flag, Num, Values
from taxcalc.graph.nodes import In, Node


class Plain(Values):
    """One firm. `names` gives the names by which to state an input that is missing, `is_stated` tells those that are."""

    def __init__(self, exact: Exact, names: Callable[[In], Iterable[str]], is_stated: Callable[[str], bool]) -> None:
        self.exact, self._names, self._is_stated = exact, names, is_stated
        self._now = exact
        self.builder, self.bits = Builder(), {}

    def claiming(self, off: frozenset[str]) -> Plain:
        """From now on, with these reliefs not claimed."""
        self._now = self._now.without(off) if off else self.exact
        return self

    def forcing(self, forced: Mapping[In, bool]) -> Plain:
        """The same firm, every relief claimed, with some yes-or-no facts decided by hand."""
        other = Plain(self.exact.forcing(forced), self._names, self._is_stated)
        other.bits = self.bits
        return other

    def value(self, node: Node) -> Num | Flag:
        """The value of a node: a Flag for a condition, else a Num."""
        value = self._now.value(node)
        unknown = isinstance(value, Unknown)
        needs = self._asked(value) if isinstance(value, Unknown) else 0
        if node.unit == "flag":
            return Flag(not unknown and value, needs)
        return Num(0, 1, needs) if unknown else Num(value.numerator, value.denominator, needs)

    def there(self, name: str) -> Truth:
        """Is this input stated?"""
        return self._is_stated(name)

    def active(self, roots: Mapping[Node, Truth], bits: int) -> Mapping[Node, Truth]:
        """The nodes that determine the value of a root that counts."""
        return dict.fromkeys(walk_active(self._now, *(root for root, counts in roots.items() if counts)), True)

    def _asked(self, value: Unknown) -> int:
        """The bits of what a value waits for, as many as there are."""
        needs = 0 if value.needs else NO_RULE
        for name in sorted({name for node in value.needs for name in self._names(node)}):
            needs |= self.bits.setdefault(name, 2 << len(self.bits))
        return needs


def as_int(value: Whole) -> int:
    """A number that is the same for all rows, as that of one firm is."""
    assert isinstance(value, int)
    return value
