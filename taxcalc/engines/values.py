"""What an assessment asks of an engine: the values of nodes, with the facts that each waits for.

One firm and many rows in columns answer in the same form, over the operations of a `Builder`: for one firm every
operand is a plain int or bool and is worked out at once, for columns it may differ from row to row. So what a relief
saves, needs and refuses is written once (`taxcalc.assessment.amounts`, `reliefs`, `reasons`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.graph.nodes import In, Node

NO_RULE = 1
"""The bit of a value for which no rule is known at the date."""
MANY = 1 << 61
"""The bit of all for which no bit is left: a row that waits for one of these is asked singly."""


class Num(NamedTuple):
    """The number n / d where `needs` is 0; else it waits for the facts of those bits and n is a filler."""

    n: Whole
    d: int
    needs: Whole


class Flag(NamedTuple):
    """`true`: known to hold. Where `needs` is 0 and it is not true, it is known not to hold."""

    true: Truth
    needs: Whole


class Values(ABC):
    """The values of one firm, or of all rows of one kind, under the claims of reliefs that are set."""

    builder: Builder
    """Over what the values are: its numbers and truths, and the operations on them."""
    bits: dict[str, int]
    """For each input that may be missing, by its name, its bit."""

    @abstractmethod
    def claiming(self, off: frozenset[str]) -> Values:
        """From now on, with these reliefs not claimed."""

    @abstractmethod
    def forcing(self, forced: Mapping[In, bool]) -> Values:
        """The same firms, every relief claimed, with some yes-or-no facts decided by hand."""

    @abstractmethod
    def value(self, node: Node) -> Num | Flag:
        """The value of a node: a Flag for a condition, else a Num."""

    def number(self, node: Node) -> Num:
        """The value of an amount, a rate, a count or a choice."""
        found = self.value(node)
        assert isinstance(found, Num)
        return found

    def flag(self, node: Node) -> Flag:
        """The value of a condition."""
        found = self.value(node)
        assert isinstance(found, Flag)
        return found

    @abstractmethod
    def there(self, name: str) -> Truth:
        """Is this input stated?"""

    @abstractmethod
    def active(self, roots: Mapping[Node, Truth], bits: int) -> Mapping[Node, Truth]:
        """Where each node that rests on some of these claims determines the value of a root that counts."""

    def known(self, value: Num | Flag) -> Truth:
        """Is the value known?"""
        return self.builder.eq(value.needs, 0)

    def is_false(self, flag: Flag) -> Truth:
        """Is a condition known not to hold?"""
        return self.builder.both(self.builder.negate(flag.true), self.known(flag))

    def needs_of(self, *values: Num | Flag) -> Whole:
        """All the facts that some values wait for."""
        needs: Whole = 0
        for value in values:
            needs = self.builder.union(needs, value.needs)
        return needs
