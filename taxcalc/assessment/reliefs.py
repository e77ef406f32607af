"""What becomes of each relief: granted, waiting for a fact, or refused, and what it waits for."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from taxcalc.assessment.amounts import Amounts
from taxcalc.base.algebra import Truth, Whole
from taxcalc.engines.values import NO_RULE
from taxcalc.graph.nodes import Grant, Node, claim_bit


class Reliefs:
    """The reliefs of one model, over its amounts."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts = amounts
        self.model, self.values, self.b = amounts.model, amounts.values, amounts.b
        self._counting: dict[str, list[tuple[Grant, Truth]]] = {}
        self._live: dict[str, Truth] = {}

    def waits(self, id: str) -> Truth:
        """Is a relief granted nowhere, but may be; or does it save nothing, as far as is known, where a levy waits?"""
        return self.b.lt(NO_RULE, self.asked_for(id))

    def asked_for(self, id: str) -> Whole:
        """All that a relief waits for: what decides it, and what the levies wait for on which it is granted."""
        live = self.live(id)
        if live is True and self._saves_nothing(id) is False:
            return 0
        lacking = 0 if live is False else self.b.when(live, self._lacking(id), 0)
        return self.b.union(lacking, self.needs(id))

    def _lacking(self, id: str) -> Whole:
        """What the levies wait for that a relief bears on, where it saves nothing as far as is known: those that are
        missed, if it may have something to relieve; all, where none is known."""
        b = self.b
        known: Truth = False
        gaps: Whole = 0
        missed: Whole = 0
        for levy in self.amounts.bearing(self.model.reliefs[id]):
            gap = self.amounts.gap[levy]
            known, gaps = b.either(known, self.amounts.known[levy]), b.union(gaps, gap)
            missed = b.union(missed, b.when(self.amounts.missed[levy], gap, 0))
        if known is True and missed.__class__ is int and missed == 0:
            return 0
        of_none = b.when(b.eq(missed, 0), gaps, missed)
        of_some = b.when(b.both(self._saves_nothing(id), self._may_apply(id)), missed, 0)
        return b.when(known, of_some, of_none)

    def _saves_nothing(self, id: str) -> Truth:
        return self.b.eq(self.amounts.saving(self.model.reliefs[id]), 0)

    def _may_apply(self, id: str) -> Truth:
        """May a relief be granted somewhere, to an amount that may be other than nought?"""
        b = self.b
        found: Truth = False
        for grant, relevant in self.relevant(id):
            if found is True:
                break
            here = b.both(relevant, b.negate(self.fails(grant)))
            if grant.base is not None:
                base = self.values.number(grant.base)
                nought = b.both(self.values.known(base), b.eq(base.n, 0))
                here = b.both(here, b.negate(b.both(self.values.flag(grant).true, nought)))
            found = b.either(found, here)
        return found

    def needs(self, id: str) -> Whole:
        """The facts that decide a relief: those of its conditions, then that of its amount. Where it is granted in
        one period, saves nothing and is undecided in another: those of the conditions there."""
        b = self.b
        needs: Whole = 0
        for grant, relevant in self.relevant(id):
            if grant.base is not None:
                unmeasured = b.both(b.both(relevant, self.values.flag(grant).true), b.negate(self.live(id)))
                needs = b.union(needs, b.when(unmeasured, self.values.number(grant.base).needs, 0))
        return b.union(self.undecided(id), b.when(self._settled(id), 0, needs))

    def undecided(self, id: str) -> Whole:
        """The facts of its conditions alone."""
        b = self.b
        needs: Whole = 0
        for grant, relevant in self.relevant(id):
            here = self.values.needs_of(*map(self.values.flag, grant.conditions))
            needs = b.union(needs, b.when(b.either(b.negate(relevant), self.fails(grant)), 0, here))
        return b.when(self._settled(id), 0, needs)

    def _settled(self, id: str) -> Truth:
        live = self.live(id)
        return live if len(self.model.grants[id]) == 1 else self.b.both(live, self.b.negate(self._saves_nothing(id)))

    def fails(self, grant: Grant) -> Truth:
        """Does a condition of a grant fail, whatever is not known beside it?"""
        fails: Truth = False
        for condition in grant.conditions:
            fails = self.b.either(fails, self.values.is_false(self.values.flag(condition)))
        return fails

    def live(self, id: str) -> Truth:
        """Is a relief granted somewhere, to an amount that is known?"""
        if id not in self._live:
            live: Truth = False
            for grant, relevant in self.relevant(id):
                live = self.b.either(live, self.b.both(relevant, self.is_live(grant)))
            self._live[id] = live
        return self._live[id]

    def is_live(self, grant: Grant) -> Truth:
        """Is this grant given, to an amount that is known?"""
        granted = self.values.flag(grant).true
        if granted is False or grant.base is None:
            return granted
        return self.b.both(granted, self.values.known(self.values.number(grant.base)))

    def relevant(self, id: str) -> list[tuple[Grant, Truth]]:
        """The grants of a relief, each with: does it count? Those do that determine what is payable; all of
        them, where none does."""
        if id not in self._counting:
            grants = self.model.grants[id]
            active = [self.active.get(grant, False) for grant in grants]
            some: Truth = False
            for counts in active:
                some = self.b.either(some, counts)
            none = self.b.negate(some)
            alike = all(counts is active[0] for counts in active)
            self._counting[id] = [
                (grant, True if alike else self.b.either(counts, none))
                for grant, counts in zip(grants, active, strict=True)
            ]
        return self._counting[id]

    def concerns(self, id: str) -> Truth:
        """Does a relief bear on any levy that is known of this firm?"""
        concerns: Truth = False
        for levy, built in self.model.levies.items():
            if built.payable.rests_on & claim_bit(id):
                concerns = self.b.either(concerns, self.amounts.known[levy])
        return concerns

    @functools.cached_property
    def active(self) -> Mapping[Node, Truth]:
        """Where each node determines what is payable: at least those that rest on a relief; of one firm, all."""
        roots: dict[Node, Truth] = {}
        for id, built in self.model.levies.items():
            roots[built.payable] = self.b.either(roots.get(built.payable, False), self.amounts.known[id])
        return self.values.active(roots, sum(map(claim_bit, self.amounts.reliefs)))
