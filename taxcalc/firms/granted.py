"""What becomes of each relief in every row: granted, waiting for a fact, or refused. As `taxcalc.assessment.items` for one firm."""

from __future__ import annotations

import functools

from taxcalc.base.kinds import purse_of
from taxcalc.engines.lower import NO_RULE
from taxcalc.engines.program import Truth, Whole
from taxcalc.engines.reach import active_where
from taxcalc.firms.amounts import Amounts
from taxcalc.graph.nodes import Grant, Node, claim_bit
from taxcalc.rules.terms import Relief


class Granted:
    """The reliefs of one model, over its amounts."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts = amounts
        self.model, self.low, self.b = amounts.model, amounts.low, amounts.b
        self._counting: dict[str, list[tuple[Grant, Truth]]] = {}

    def waits(self, id: str) -> Truth:
        """Is a relief granted nowhere, but may be; or does it save nothing, as far as is known, where a levy waits?"""
        b = self.b
        if not self.model.grants[id]:
            return False
        known: Truth = False
        waiting: Truth = False
        missed: Truth = False
        for levy in self._bearing(self.model.reliefs[id]):
            known = b.either(known, self.amounts.known[levy])
            waiting = b.either(waiting, b.lt(NO_RULE, self.amounts.gap[levy]))
            missed = b.either(missed, self.amounts.missed[levy])
        some = b.both(b.both(missed, self._saves_nothing(id)), self._may_apply(id))
        unmeasured = b.either(b.both(b.negate(known), waiting), some)
        return b.either(b.both(self.live(id), unmeasured), b.lt(NO_RULE, self.needs(id)))

    def _saves_nothing(self, id: str) -> Truth:
        return self.b.eq(self.amounts.saving(self.model.reliefs[id]), 0)

    def _may_apply(self, id: str) -> Truth:
        """May a relief be granted somewhere, to an amount that may be other than nought?"""
        b = self.b
        found: Truth = False
        for grant, relevant in self.relevant(id):
            here = relevant
            for condition in grant.conditions:
                here = b.both(here, b.negate(self.low.is_false(self.low.value(condition))))
            if grant.base is not None:
                base = self.low.value(grant.base)
                nought = b.both(self.low.known(base), b.eq(base.n, 0))
                here = b.both(here, b.negate(b.both(self.low.value(grant).true, nought)))
            found = b.either(found, here)
        return found

    def _bearing(self, relief: Relief) -> list[str]:
        bit, purse = claim_bit(relief.id), purse_of(relief.kind)
        levies = self.model.levies.items()
        return [id for id, one in levies if one.payable.rests_on & bit and purse_of(one.levy.kind) == purse]

    def needs(self, id: str) -> Whole:
        """The facts that a relief waits for: those of its conditions, then that of its amount. Where it is granted in
        one period, saves nothing and is undecided in another: those of the conditions there."""
        b, needs = self.b, 0
        live = self.live(id)
        for grant, relevant in self.relevant(id):
            values = [self.low.value(condition) for condition in grant.conditions]
            here = self.low.needs_of(*values)
            if grant.base is not None:
                unmeasured = b.both(self.low.value(grant).true, b.negate(live))
                here = b.union(here, b.when(unmeasured, self.low.value(grant.base).needs, 0))
            fails: Truth = b.negate(relevant)
            for value in values:
                fails = b.either(fails, self.low.is_false(value))
            needs = b.union(needs, b.when(fails, 0, here))  # type: ignore[assignment]
        settled = live if len(self.model.grants[id]) == 1 else b.both(live, b.negate(self._saves_nothing(id)))
        return b.when(settled, 0, needs)

    def live(self, id: str) -> Truth:
        """Is a relief granted somewhere, to an amount that is known?"""
        live: Truth = False
        for grant, relevant in self.relevant(id):
            known = True if grant.base is None else self.low.known(self.low.value(grant.base))
            live = self.b.either(live, self.b.both(relevant, self.b.both(self.low.value(grant).true, known)))
        return live

    def relevant(self, id: str) -> list[tuple[Grant, Truth]]:
        """The grants of a relief, each with: does it count? Those do that determine what is payable; all of
        them, where none does."""
        if id not in self._counting:
            grants = self.model.grants[id]
            active = [self._active.get(grant, False) for grant in grants]
            some: Truth = False
            for one in active:
                some = self.b.either(some, one)
            none = self.b.negate(some)
            alike = all(one is active[0] for one in active)
            self._counting[id] = [
                (g, True if alike else self.b.either(a, none)) for g, a in zip(grants, active, strict=True)
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
    def _active(self) -> dict[Node, Truth]:
        """Where each node determines what is payable."""
        roots: dict[Node, Truth] = {}
        for id, built in self.model.levies.items():
            roots[built.payable] = self.b.either(roots.get(built.payable, False), self.amounts.known[id])
        return active_where(self.low, roots, sum(map(claim_bit, self.amounts.reliefs)))
