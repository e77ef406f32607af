"""What an assessment asks of an engine: the values of nodes, with the facts that each waits for.

One firm and many rows in columns answer in the same form, over the operations of a `Builder`: for one firm every
operand is a plain int or bool and is worked out at once, for columns it may differ from row to row. So what a relief
saves, needs and refuses is written once (`taxcalc.assessment.amounts`, `reliefs`, `reasons`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.base.period import Period
from taxcalc.base.units import Number
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.cells import Cells
from taxcalc.facts.periods import Way
from taxcalc.graph.nodes import Grant, In, Node, Op, OrElse, children, walk

NO_RULE = 1
"""The bit of a value for which no rule is known at the date."""


class Num(NamedTuple):
    """The number n / d where `needs` is 0; else it waits for the facts of those bits and n is a filler."""

    n: Whole
    d: int
    needs: Whole


class Flag(NamedTuple):
    """`true`: known to hold. Where `needs` is 0 and it is not true, it is known not to hold."""

    true: Truth
    needs: Whole


Decided: TypeAlias = "Mapping[Grant, Truth] | Mapping[In, Number | bool]"
"""What is decided by hand: grants, firm by firm; facts, the same for all."""


class Values(ABC):
    """The values of one firm, or of all rows of one kind, under the claims of reliefs that are set."""

    builder: Builder
    """Over what the values are: its numbers and truths, and the operations on them."""
    bits: dict[str, int]
    """For each input that may be missing, by its name, its bit."""
    cells: Cells
    """The inputs that they are come by from."""

    @abstractmethod
    def claiming(self, off: frozenset[str]) -> Values:
        """From now on, with these reliefs not claimed."""

    @abstractmethod
    def forcing(self, forced: Decided) -> Values:
        """The same firms, every relief claimed, with some grants or facts (yes or no, or any that is assumed) decided by hand."""

    @abstractmethod
    def supposing(self, node: In, n: Whole) -> Values:
        """The same firms, every relief claimed, had they stated `n` of this input, in the least part of its fact."""

    @abstractmethod
    def bit(self, name: str) -> int:
        """The bit of an input that is missing, by its name."""

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

    def come_by(self, fact: Fact, period: Period | None) -> Iterator[tuple[Way, Truth]]:
        """Each way to come by a fact of a period, with: is it the one that is gone?"""
        earlier: Truth = False
        for taken in self.cells.taken(fact, period):
            yield taken.way, self.builder.both(taken.there, self.builder.negate(earlier))
            earlier = self.builder.either(earlier, taken.there)

    def active(self, roots: Mapping[Node, Truth], bits: int) -> Mapping[Node, Truth]:
        """Where each node determines the value of a root that counts: at least those that rest on some of these claims.

        Found from the roots downwards: what a node rests on is active where the node is and where the choice,
        the failed condition or the zero that decides it leaves it in.
        """
        b = self.builder
        active = dict(roots)
        for node in reversed(list(walk(*roots))):
            here = active.get(node, False)
            if here is not False and node.rests_on & bits:
                for child, there in _deciding(self, node):
                    if there is not False and child.rests_on & bits:
                        active[child] = b.either(active.get(child, False), b.both(here, there))
        return active

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


def _deciding(values: Values, node: Node) -> list[tuple[Node, Truth]]:
    """The children of a node, each with: does it count where the node does?"""
    b = values.builder
    match node:
        case OrElse():
            known = values.known(values.value(node.body))
            return [(node.body, known), (node.fallback, b.negate(known))]
        case Op(op="known"):
            return []
        case Op(op="when"):
            condition, then, otherwise = node.args
            value = values.flag(condition)
            return [(condition, True), (then, value.true), (otherwise, values.is_false(value))]
        case Op(op="|"):
            return _first(b, node.args, [values.flag(arg).true for arg in node.args])
        case Op(op="&"):
            return _first(b, node.args, [values.is_false(values.flag(arg)) for arg in node.args])
        case Grant():
            return _first(b, node.conditions, [values.is_false(values.flag(part)) for part in node.conditions])
        case Op(op="*" | "share_up"):
            numbers = [values.number(arg) for arg in node.args]
            return _first(b, node.args, [b.both(values.known(number), b.eq(number.n, 0)) for number in numbers])
    return [(child, True) for child in children(node)]


def _first(b: Builder, nodes: Sequence[Node], deciding: Sequence[Truth]) -> list[tuple[Node, Truth]]:
    """Of several, the first that decides counts alone; all of them where none does."""
    before: Truth = False
    alone = []
    for one in deciding:
        alone.append(b.both(one, b.negate(before)))
        before = b.either(before, one)
    none = b.negate(before)
    return [(node, b.either(one, none)) for node, one in zip(nodes, alone, strict=True)]
