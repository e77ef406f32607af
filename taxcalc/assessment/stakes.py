"""What is at stake in the facts that are not known: which of them can still change a figure, and by how much.

A fact is asked for where a levy that is expected waits for it, or where a relief that waits for it would save something on
top. What blocks a total comes first, then by what is at stake, the largest first, then where nobody can tell yet: the
relief bears on a levy that waits itself, or is of an amount that is not known. A relief that could only lower what is
nought already has nothing at stake.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from taxcalc.assessment.reliefs import Reliefs
from taxcalc.assessment.splits import Splits
from taxcalc.base.algebra import Truth, Whole
from taxcalc.engines.values import Values
from taxcalc.facts.catalogue import Catalogue
from taxcalc.graph.nodes import Grant, In, claim_bit

_WORD = 60
"""Comparisons that are kept in one number."""


class Stake(NamedTuple):
    """What would be saved on top, in fen, were what is waited for as it is hoped; of use only where it is known."""

    waits: str
    """The relief that waits, or the levy that a higher rate of one would lower."""
    facts: Collection[str]
    """The facts that it may wait for."""
    needs: Whole
    """Those that it waits for, as bits."""
    saving: Whole
    unknown: Truth


class Needs(NamedTuple):
    """What is asked for, in sets of bits, and in which order."""

    blocking: Whole
    """What a levy waits for."""
    others: Whole
    """What a relief or a higher rate waits for that has something at stake."""
    order: Sequence[Whole]
    """Of every two stakes a bit, the lowest first: is more at stake in the second? In as many numbers as that takes."""
    facts: Sequence[Collection[str]]
    """Of each stake."""


class Stakes:
    """The stakes of one model, over its reliefs."""

    def __init__(self, reliefs: Reliefs) -> None:
        self.reliefs, self.amounts, self.model = reliefs, reliefs.amounts, reliefs.model
        self.values, self.b = reliefs.values, reliefs.b
        self._splits = Splits(reliefs)
        self._of: dict[str, Stake] = {}

    @functools.cached_property
    def all(self) -> list[Stake]:
        """Of each relief that another split would decide, and of each relief and higher rate that waits for a fact."""
        found: list[Stake] = []
        for id in self.amounts.reliefs:
            for part, differs in self._splits.deciding(id).items():
                if differs is not False:
                    needs = self.b.when(differs, self._splits.parts(part), 0)
                    found.append(Stake(id, (part.name,), needs, 0, True))
        found += [self.of_relief(id) for id in self.amounts.reliefs if not _is_nought(self.reliefs.undecided(id))]
        for fact in self.model.counted_where_known:
            needs = self.values.flag(fact).needs
            if not _is_nought(needs):
                found.append(self._of_rate(fact, needs))
        return found

    def asked(self, stake: Stake) -> Truth:
        """Is what it waits for asked for?"""
        can_save = self.b.either(stake.unknown, self.b.lt(0, stake.saving))
        return self.b.both(self.b.negate(self.b.eq(stake.needs, 0)), can_save)

    def needs(self) -> Needs:
        """The facts that are asked for."""
        b = self.b
        blocking: Whole = 0
        for id, missed in self.amounts.missed.items():
            blocking = b.union(blocking, b.when(missed, self.amounts.gap[id], 0))
        others: Whole = 0
        asked = [(stake, self.asked(stake)) for stake in self.all]
        asked = [(stake, where) for stake, where in asked if where is not False]
        for stake, where in asked:
            others = b.union(others, b.when(where, stake.needs, 0))
        sizes = [b.when(where, b.when(stake.unknown, 0, stake.saving), -1) for stake, where in asked]
        order: list[Whole] = []
        for place, (one, other) in enumerate(combinations(sizes, 2)):
            if not place % _WORD:
                order.append(0)
            order[-1] = b.union(order[-1], b.when(b.lt(one, other), 1 << place % _WORD, 0))
        return Needs(blocking, others, order, [stake.facts for stake, _ in asked])

    def of_relief(self, id: str) -> Stake:
        """What a relief would save on top, were it granted wherever nothing known stands against it."""
        if id not in self._of:
            self._of[id] = self._of_relief(id)
        return self._of[id]

    def _of_relief(self, id: str) -> Stake:
        b, grants = self.b, self.model.grants[id]
        needs = self.reliefs.undecided(id)
        forced = {grant: b.negate(self.reliefs.fails(grant)) for grant in grants}
        then = self.values.forcing(forced) if self._decided_by_more(id) else None
        saving, unknown, left = self._less(then, self.amounts.bearing(self.model.reliefs[id]))
        unknown = b.either(unknown, b.both(left, self._unmeasured(id)))
        return Stake(id, self.model.asked_by(id), needs, saving, unknown)

    def if_granted(self, ids: Iterable[str]) -> tuple[Whole, Truth]:
        """What some reliefs would save on top together, were they granted whatever stands against them; is it not known?"""
        ids = list(ids)
        forced: dict[Grant, Truth] = {grant: True for id in ids for grant in self.model.grants[id]}
        bearing = dict.fromkeys(levy for id in ids for levy in self.amounts.bearing(self.model.reliefs[id]))
        saving, unknown, _ = self._less(self.values.forcing(forced), list(bearing))
        return saving, unknown

    def _decided_by_more(self, id: str) -> bool:
        """May a relief wait for more than what its amount rests on? Else nobody can tell what is at stake."""
        return any(
            not _is_nought(self.values.flag(condition).needs)
            for grant in self.model.grants[id]
            for condition in grant.conditions
            if condition not in self.model.measuring(grant)
        )

    def _unmeasured(self, id: str) -> Truth:
        """Does a relief wait for what its amount rests on?"""
        b, values = self.b, self.values
        found: Truth = False
        for grant in self.model.grants[id]:
            waits: Truth = False
            for condition in self.model.measuring(grant):
                waits = b.either(waits, b.negate(values.known(values.flag(condition))))
            waits = b.both(waits, b.negate(self.reliefs.fails(grant)))
            found = b.either(found, waits)
        return found

    def _of_rate(self, fact: In, needs: Whole) -> Stake:
        """What a yes would save; what bears on a levy that waits is not asked for before."""
        bearing = [id for id, one in self.model.levies.items() if one.payable.rests_on & claim_bit(fact.name)]
        saving, _, _ = self._less(self.values.forcing({fact: True}), bearing)
        return Stake(bearing[0], (fact.fact.name,), needs, saving, False)

    def _less(self, then: Values | None, levies: Sequence[str]) -> tuple[Whole, Truth, Truth]:
        """By how much these levies would be lower, as far as that can be told; can it not of some; is there anything to
        lower? What costs nothing cannot be lowered, whatever is not known."""
        b = self.b
        saving: Whole = 0
        unknown: Truth = False
        some: Truth = False
        for id in levies:
            now, kind = self.amounts.payable[id].n, self.model.levies[id].levy.kind
            costs_nothing = b.eq(now, 0) if kind in ("tax", "fee", "deferral") else False
            left = b.both(self.amounts.known[id], b.negate(costs_nothing))
            unknown = b.either(unknown, self.amounts.missed[id])
            if left is not False:
                some = b.either(some, left)
                if then is not None:
                    number = then.number(self.model.levies[id].payable)
                    told = b.eq(number.needs, 0)
                    unknown = b.either(unknown, b.both(left, b.negate(told)))
                    saving = b.add(saving, b.when(b.both(left, told), b.sub(now, number.n), 0))
        return saving, unknown, some


def in_order(
    catalogue: Catalogue, bits: Mapping[str, int], sets: Sequence[int], facts: Sequence[Collection[str]]
) -> tuple[str, ...]:
    """The inputs of the bits of needs (what blocks, the others, the comparisons), in the order in which they are asked for."""
    blocking, others, *order = sets
    wins = [0] * len(facts)
    for place, (one, other) in enumerate(combinations(range(len(facts)), 2)):
        wins[other if order[place // _WORD] >> place % _WORD & 1 else one] += 1
    ranked = sorted(range(len(facts)), key=lambda number: -wins[number])
    first = {name: place for place, number in reversed(list(enumerate(ranked))) for name in facts[number]}
    names = list(catalogue.facts)

    def place_of(name: str) -> tuple[int, int, int]:
        fact = catalogue.fact_of(name)
        rank = -1 if bits[name] & blocking else first.get(fact.name, len(facts))
        return rank, names.index(fact.name), list(fact.inputs()).index(name)

    return tuple(sorted((name for name, bit in bits.items() if (blocking | others) & bit), key=place_of))


def _is_nought(needs: Whole) -> bool:
    return needs.__class__ is int and needs == 0
