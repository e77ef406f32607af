"""How a fact of a period is come by from what is stated, and what is asked for where it is not known.

Written once over the cells of one firm, or of all rows of a table: which are filled, and what they say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from math import lcm
from typing import NamedTuple

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.periods import Piece, Scope, Way, average, months_of, pieces, ways


class Taken(NamedTuple):
    """A way to come by a fact, whether it can be gone, and the figure n / d that it gives then."""

    way: Way
    there: Truth
    n: Whole
    d: int


class Cells(ABC):
    """The inputs of one firm, or of all rows of one kind."""

    builder: Builder
    scope: Scope
    bits: dict[str, int]
    """For each input that was asked for, by its name, its bit."""

    @abstractmethod
    def there(self, name: str) -> Truth:
        """Is this input stated?"""

    @abstractmethod
    def cell(self, fact: Fact, name: str) -> Whole:
        """What this input states, in the least part of its fact (fen, ten-thousandths); a filler where it does not."""

    def bit(self, name: str) -> int:
        """The bit that stands for an input that is missing."""
        return self.bits.setdefault(name, 2 << len(self.bits))

    def all_there(self, names: Iterable[str]) -> Truth:
        """Are all these inputs stated?"""
        found: Truth = True
        for name in names:
            found = self.builder.both(found, self.there(name))
            if found is False:
                break
        return found

    def any_there(self, names: Iterable[str]) -> Truth:
        """Is any of these inputs stated?"""
        found: Truth = False
        for name in names:
            found = self.builder.either(found, self.there(name))
        return found

    # ------------------------------------------------------------------------------------ the value

    def taken(self, fact: Fact, period: Period | None) -> Iterator[Taken]:
        """The ways to come by a fact of a period that some firm can go; the first counts."""
        if fact.points:
            yield from self._averages(fact)
            return
        for way in ways(fact, period if fact.series else None, self.scope):
            there = self.all_there(way.names)
            if way.how == "before_opening" and not fact.spread and period:
                # what is stated for longer periods alone, or not at all, is not known by such parts
                there = self.any_there(fact.inputs() if fact.adds_up else _parts_within(fact, period.months))
            if way.how == "agreed":
                there = self.builder.both(there, self._agree(fact, way.names))
            if there is False:
                continue
            amount: Whole = 0
            for name in way.names[:1] if way.how == "agreed" else way.names:
                amount = self.builder.add(amount, self.cell(fact, name))
            if way.how == "spread":
                amount = self._share(amount, way.part, way.of)
            yield Taken(way, there, amount, fact.parts)

    def _agree(self, fact: Fact, names: tuple[str, ...]) -> Truth:
        """Do these inputs state the same?"""
        first = self.cell(fact, names[0])
        found: Truth = True
        for name in names[1:]:
            found = self.builder.both(found, self.builder.eq(first, self.cell(fact, name)))
        return found

    def figure(self, fact: Fact, period: Period | None) -> tuple[Whole, int, Truth]:
        """The value n / d of a fact by the first way that can be gone, and is there any? Of an average that is not
        known, the least that it can be."""
        b = self.builder
        value, d = self.least(fact) if fact.points else (0, fact.parts)
        some: Truth = False
        for taken in reversed(list(self.taken(fact, period))):
            value = b.when(taken.there, b.mul(taken.n, d // taken.d), value)
            some = b.either(taken.there, some)
        return value, d, some

    def _share(self, whole: Whole, index: int, parts: int) -> Whole:
        """The part of an amount that falls on one of equal periods: whole fen, and the parts sum to the whole."""
        b = self.builder
        return with_sign(b, whole, lambda x: b.sub(b.div(b.mul(x, index + 1), parts), b.div(b.mul(x, index), parts)))

    def _averages(self, fact: Fact) -> Iterator[Taken]:
        """As stated; else the mean of the quarters that must be there, where they are and no later one is begun."""
        b = self.builder
        quarters, least = average(fact, self.scope)
        whole = Way("stated", (fact.name,), 0, 1)
        yield Taken(whole, self.there(fact.name), self.cell(fact, fact.name), fact.parts)
        doubled, d = self._doubled(fact), _common(fact, self.scope)
        for size in range(least, len(quarters) + 1):
            here = b.negate(self.any_there(name for one in quarters[size:] for name in (one.name, *one.parts)))
            for quarter in quarters[:size]:
                here = b.both(here, b.either(*map(self.all_there, quarter.ways)))
            names = tuple(quarter.name for quarter in quarters[:size])
            yield Taken(Way("averaged", names, 0, size), here, b.mul(doubled, d // (2 * size)), fact.parts * d)

    def least(self, fact: Fact) -> tuple[Whole, int]:
        """The least that an average can be, n / d: what is missing counts as nought."""
        d = _common(fact, self.scope)
        quarters = len(average(fact, self.scope).quarters)
        return self.builder.mul(self._doubled(fact), d // (2 * quarters)), fact.parts * d

    def _doubled(self, fact: Fact) -> Whole:
        """Twice the sum of the quarters as far as they are stated: each its opening and its closing figure."""
        b = self.builder
        doubled: Whole = 0
        for quarter in average(fact, self.scope).quarters:
            for name in (quarter.name, quarter.name, *quarter.parts):
                doubled = b.add(doubled, b.when(self.there(name), self.cell(fact, name), 0))
        return doubled

    # ------------------------------------------------------------------------------------ what is missing

    def asked(self, fact: Fact, period: Period | None) -> Whole:
        """The bits of the inputs to be asked for where a fact is not known: the fact itself, or what is missing of
        one that is stated in part."""
        b = self.builder
        begun = self.any_there(name for name in fact.inputs() if name != fact.name)
        if fact.adds_up and period:  # a quarter of what adds up, which the whole does not tell
            begun = self.any_there(fact.inputs())
        if begun is False:
            return self.bit(fact.name)
        lacking: Whole = 0
        after: Truth = False
        asked = pieces(fact, period, self.scope)
        least = average(fact, self.scope).least if fact.points else len(asked)
        for number, piece in reversed(list(enumerate(asked, 1))):
            after = b.either(after, self.any_there((piece.name, *piece.parts)))
            if number <= least or after is not False:
                wanted = True if number <= least else after
                lacking = b.union(lacking, b.when(wanted, self._lacking(piece), 0))
        return b.when(b.both(begun, b.negate(b.eq(lacking, 0))), lacking, self.bit(fact.name))

    def _lacking(self, piece: Piece) -> Whole:
        """The bits of what a part lacks to be known."""
        b = self.builder
        known: Truth = False
        for names in piece.ways:
            known = b.either(known, self.all_there(names))
        if known is True:
            return 0
        begun = self.any_there(piece.parts)
        lacking: Whole = 0
        for name in piece.parts if begun is not False else ():
            lacking = b.union(lacking, b.when(self.there(name), 0, self.bit(name)))
        return b.when(known, 0, b.when(begun, lacking, self.bit(piece.name)))


def with_sign(b: Builder, n: Whole, of_positive: Callable[[Whole], Whole]) -> Whole:
    """A function of what is not negative, for any sign: the sign is taken out first."""
    positive = b.le(0, n)
    if positive is True:
        return of_positive(n)
    negative = b.sub(0, of_positive(b.sub(0, n)))
    return negative if positive is False else b.when(positive, of_positive(n), negative)


def _parts_within(fact: Fact, months: int) -> list[str]:
    """The inputs for parts of a fact of so many months, or of fewer."""
    parts = [(name, name.removeprefix(f"{fact.name}_")) for name in fact.inputs() if name != fact.name]
    return [name for name, part in parts if len(months_of(part)) <= months]


def _common(fact: Fact, scope: Scope) -> int:
    """The denominator of every mean that there may be of doubled quarters."""
    quarters, least = average(fact, scope)
    return lcm(*(2 * size for size in range(least, len(quarters) + 1)))
