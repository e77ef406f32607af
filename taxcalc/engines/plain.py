"""The exact values of one firm, in the form in which an assessment asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from taxcalc.base.algebra import Builder, Reg, Truth, Whole, plain_int
from taxcalc.base.units import Number
from taxcalc.engines.active import walk_active
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.engines.values import NO_RULE, Decided, Flag, Num, Values
from taxcalc.facts.cells import Cells
from taxcalc.graph.nodes import Grant, In, Node

_MOST_STACKED = 50
"""Variants of the exact values that look at each other; after as many, one looks at the first again."""


class Plain(Values):
    """One firm. `names` gives the names by which to state an input that is missing, `cells` what is stated."""

    def __init__(self, exact: Exact, names: Callable[[In], Iterable[str]], cells: Cells) -> None:
        self.exact, self._names, self.cells = exact, names, cells
        self._now, self._stacked = exact, 0
        self.builder, self.bits = Builder(), {}
        self._masks: dict[frozenset[In], int] = {}

    def claiming(self, off: frozenset[str]) -> Plain:
        """From now on, with these reliefs not claimed."""
        self._stacked = (self._stacked + 1) % _MOST_STACKED
        self._now = (self._now if self._stacked else self.exact).without(off) if off else self.exact
        return self

    def forcing(self, forced: Decided) -> Plain:
        """The same firm, every relief claimed, with some grants or facts decided by hand."""
        decided: dict[Grant | In, Number | bool] = {node: _plain(value) for node, value in forced.items()}
        other = Plain(self.exact.forcing(decided), self._names, self.cells)
        other.bits, other._masks = self.bits, self._masks
        return other

    def supposing(self, node: In, n: Whole) -> Plain:
        """The same firm, had it stated `n` of this input."""
        other = Plain(self.exact.supposing(node, Fraction(plain_int(n), node.fact.parts)), self._names, self.cells)
        other.bits, other._masks = self.bits, self._masks
        return other

    def bit(self, name: str) -> int:
        """The bit of an input that is missing."""
        return self.bits.setdefault(name, 2 << len(self.bits))

    def value(self, node: Node) -> Num | Flag:
        """The value of a node: a Flag for a condition, else a Num."""
        value = self._now.value(node)
        if isinstance(value, Unknown):
            needs = self._asked(value)
            return Flag(False, needs) if node.unit == "flag" else Num(0, 1, needs)
        return Flag(value is True, 0) if node.unit == "flag" else Num(value.numerator, value.denominator, 0)

    def there(self, name: str) -> Truth:
        """Is this input stated?"""
        return self.cells.there(name)

    def active(self, roots: Mapping[Node, Truth], bits: int) -> Mapping[Node, Truth]:
        """The nodes that determine the value of a root that counts."""
        return dict.fromkeys(walk_active(self._now, *(root for root, counts in roots.items() if counts)), True)

    def _asked(self, value: Unknown) -> int:
        """The bits of what a value waits for, as many as there are."""
        if value.needs not in self._masks:
            mask = 0 if value.needs else NO_RULE
            for name in sorted({name for node in value.needs for name in self._names(node)}):
                mask |= self.bit(name)
            self._masks[value.needs] = mask
        return self._masks[value.needs]


def _plain(value: Truth | Number) -> bool | Number:
    assert not isinstance(value, Reg)
    return value
