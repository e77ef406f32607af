"""What a batch says of each row in words, as sets of bits: what is needed, refused and remarked."""

from __future__ import annotations

import functools
from typing import Any

from taxcalc.batch.amounts import Amounts
from taxcalc.batch.answer import KINDS, Note, Reason, name_of
from taxcalc.batch.asked import Asked, reliefs_of
from taxcalc.engine.lower import MANY
from taxcalc.engine.program import Truth, Whole
from taxcalc.engine.reach import active_where
from taxcalc.graph import Grant, In, Node, Op, claim_bit, walk
from taxcalc.problem import problem
from taxcalc.rules.terms import Relief


class Sets:
    """The sets of one model, over its amounts."""

    def __init__(self, amounts: Amounts, asked: Asked) -> None:
        self.amounts, self.asked = amounts, asked
        self.model, self.low, self.b = amounts.model, amounts.low, amounts.b
        self._counting: dict[str, list[tuple[Grant, Truth]]] = {}
        self.too_many: Truth = False
        """Where a row has more to say than there are bits: it is then asked singly."""

    def needs(self) -> Whole:
        """The facts that something waits for: a relief, a higher rate, or a levy."""
        waiting: Whole = 0
        bearing = reliefs_of(self.model, self.asked.levies)
        for id in self.amounts.reliefs:
            if id in bearing:
                waiting = self.b.union(waiting, self._needs_of_relief(id))
        for node in self._better_rates():
            waiting = self.b.union(waiting, self._better_rate(node))
        for id in self.asked.levies:
            waiting = self.b.union(waiting, self.amounts.gap[id])
        return waiting

    def _needs_of_relief(self, id: str) -> Whole:
        b, needs = self.b, 0
        for grant, relevant in self._relevant(id):
            values = [self.low.value(condition) for condition in grant.conditions]
            here = self.low.needs_of(*values)
            if grant.base is not None:
                met = self.low.value(grant).true
                here = b.union(here, b.when(met, self.low.value(grant.base).needs, 0))
            fails: Truth = b.negate(relevant)
            for value in values:
                fails = b.either(fails, self.low.is_false(value))
            needs = b.union(needs, b.when(fails, 0, here))  # type: ignore[assignment]
        return b.when(self._live(id), 0, needs)

    def _live(self, id: str) -> Truth:
        """Is a relief granted somewhere, to an amount that is known?"""
        live: Truth = False
        for grant, relevant in self._relevant(id):
            known = True if grant.base is None else self.low.known(self.low.value(grant.base))
            live = self.b.either(live, self.b.both(relevant, self.b.both(self.low.value(grant).true, known)))
        return live

    def _relevant(self, id: str) -> list[tuple[Grant, Truth]]:
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

    def _better_rates(self) -> list[In]:
        """The entitling facts that a rule counts only where they are known."""
        found: dict[In, None] = {}
        for node in walk(*(built.payable for built in self.model.levies.values())):
            if isinstance(node, Op) and node.op == "known" and isinstance(node.args[0], In):
                fact = node.args[0].fact
                if fact.entitles and fact.type == "flag":
                    found[node.args[0]] = None
        return list(found)

    def _better_rate(self, asked: In) -> Whole:
        b, needs = self.b, self.low.value(asked).needs
        if needs.__class__ is int and needs == 0:
            return 0
        forced = self.low.forcing({asked: True})
        saving: Whole = 0
        for id, built in self.model.levies.items():
            if not built.payable.rests_on & claim_bit(asked.name):
                continue
            then = forced.value(built.payable)
            known = b.both(self.amounts.known[id], b.eq(then.needs, 0))
            saving = b.add(saving, b.when(known, b.sub(self.amounts.payable[id].n, then.n), 0))
        return b.when(b.lt(0, saving), needs, 0)

    def reasons(self) -> tuple[Whole, dict[int, Reason]]:
        """Of each relief that is refused, the conditions that fail; and what each bit means.

        A relief for another kind of taxpayer needs no reason.
        """
        b = self.b
        meaning: dict[int, Reason] = {}
        mask: Whole = 0
        for id in self.amounts.reliefs:
            relief = self.model.reliefs[id]
            refused = b.both(b.negate(self._live(id)), b.eq(self._needs_of_relief(id), 0))
            refused = b.both(refused, self._concerns(relief))
            fails: dict[str, tuple[Node, Truth]] = {}
            for grant, relevant in self._relevant(id):
                for condition in grant.conditions:
                    name = name_of(condition)
                    earlier = fails[name][1] if name in fails else False
                    now = b.both(relevant, self.low.is_false(self.low.value(condition)))
                    fails[name] = (fails[name][0] if name in fails else condition, b.either(earlier, now))
            for name in KINDS & fails.keys():
                refused = b.both(refused, b.negate(fails.pop(name)[1]))
            for node, failed in fails.values():
                at = b.both(refused, failed)
                if at is not False:
                    mask = b.union(mask, self._bit(meaning, Reason(id, name_of(node), node), at))
        return mask, meaning

    def _concerns(self, relief: Relief) -> Truth:
        """Does a relief bear on any levy that is known of this firm?"""
        concerns: Truth = False
        for id, built in self.model.levies.items():
            if built.payable.rests_on & claim_bit(relief.id):
                concerns = self.b.either(concerns, self.amounts.known[id])
        return concerns

    def notes(self) -> tuple[Whole, dict[int, Note]]:
        """What the checks remark, and what each bit means."""
        meaning: dict[int, Note] = {}
        mask: Whole = 0
        said = [(problem(c.id), node) for c, node in self.model.checks(self.asked.stated) if c.severity != "error"]
        flags = [(what, self.low.value(node).true) for what, node in said]
        for relief, what in self.model.partial_law():
            flags.append((what, self._concerns(self.model.reliefs[relief])))
        for what, flag in flags:
            if flag is not False:
                mask = self.b.union(mask, self._bit(meaning, Note(what.text("en"), what), flag))
        return mask, meaning

    def _bit(self, meaning: dict[int, Any], said: Any, where: Truth) -> Whole:
        """A bit that stands for what is said, in the rows where it is."""
        bit = 1 << len(meaning)
        if bit > MANY:
            self.too_many = self.b.either(self.too_many, where)
            return 0
        meaning[bit] = said
        return self.b.when(where, bit, 0)

    @functools.cached_property
    def _active(self) -> dict[Node, Truth]:
        """Where each node determines what is payable."""
        roots: dict[Node, Truth] = {}
        for id, built in self.model.levies.items():
            roots[built.payable] = self.b.either(roots.get(built.payable, False), self.amounts.known[id])
        return active_where(self.low, roots, sum(map(claim_bit, self.amounts.reliefs)))
