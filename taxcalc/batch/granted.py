"""What becomes of each relief in every row: granted, waiting for a fact, or refused. As `taxcalc.items` for one firm."""

from __future__ import annotations

import functools

from taxcalc.batch.amounts import Amounts
from taxcalc.engine.lower import NO_RULE
from taxcalc.engine.program import Truth, Whole
from taxcalc.engine.reach import active_where
from taxcalc.graph import Grant, Node, claim_bit
from taxcalc.rules.terms import Relief, purse_of


class Granted:
    """The reliefs of one model, over its amounts."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts = amounts
        self.model, self.low, self.b = amounts.model, amounts.low, amounts.b
        self._counting: dict[str, list[tuple[Grant, Truth]]] = {}

    def waits(self, id: str) -> Truth:
        """Is a relief granted nowhere, but may be; or granted on levies of which none is known, and one waits?"""
        b = self.b
        if not self.model.grants[id]:
            return False
        known: Truth = False
        waiting: Truth = False
        for levy in self._bearing(self.model.reliefs[id]):
            known = b.either(known, self.amounts.known[levy])
            waiting = b.either(waiting, b.lt(NO_RULE, self.amounts.gap[levy]))
        unmeasured = b.both(self.live(id), b.both(b.negate(known), waiting))
        return b.either(unmeasured, b.lt(NO_RULE, self.needs(id)))

    def _bearing(self, relief: Relief) -> list[str]:
        bit, purse = claim_bit(relief.id), purse_of(relief.kind)
        levies = self.model.levies.items()
        return [id for id, one in levies if one.payable.rests_on & bit and purse_of(one.levy.kind) == purse]

    def needs(self, id: str) -> Whole:
        """The facts that a relief waits for: those of its conditions, then that of its amount."""
        b, needs = self.b, 0
        for grant, relevant in self.relevant(id):
            values = [self.low.value(condition) for condition in grant.conditions]
            here = self.low.needs_of(*values)
            if grant.base is not None:
                met = self.low.value(grant).true
                here = b.union(here, b.when(met, self.low.value(grant.base).needs, 0))
            fails: Truth = b.negate(relevant)
            for value in values:
                fails = b.either(fails, self.low.is_false(value))
            needs = b.union(needs, b.when(fails, 0, here))  # type: ignore[assignment]
        return b.when(self.live(id), 0, needs)

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
