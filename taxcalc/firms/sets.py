"""What a batch says of each row in words, as sets of bits: what is needed, refused, remarked and left out."""

from __future__ import annotations

from typing import Any

from taxcalc.base import kinds
from taxcalc.base.problem import problem
from taxcalc.engines.lower import MANY
from taxcalc.engines.program import Truth, Whole
from taxcalc.firms.answer import KINDS, Note, Reason, name_of
from taxcalc.firms.asked import Asked, reliefs_of
from taxcalc.firms.granted import Granted
from taxcalc.graph.nodes import In, Node, Op, claim_bit, walk


class Sets:
    """The sets of one model, over its amounts."""

    def __init__(self, granted: Granted, asked: Asked) -> None:
        self.granted, self.amounts, self.asked = granted, granted.amounts, asked
        self.model, self.low, self.b = granted.model, granted.low, granted.b
        self.too_many: Truth = False
        """Where a row has more to say than there are bits: it is then asked singly."""

    def needs(self) -> Whole:
        """The facts that something waits for: a relief, a higher rate, or a levy."""
        waiting: Whole = 0
        bearing = reliefs_of(self.model, self.asked.levies)
        for id in self.amounts.reliefs:
            if id in bearing:
                waiting = self.b.union(waiting, self.granted.needs(id))
        for node in self._better_rates():
            waiting = self.b.union(waiting, self._better_rate(node))
        for id in self.asked.levies:
            waiting = self.b.union(waiting, self.amounts.gap[id])
        return waiting

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
            refused = b.both(b.negate(self.granted.live(id)), b.eq(self.granted.needs(id), 0))
            refused = b.both(refused, self.granted.concerns(id))
            fails: dict[str, tuple[Node, Truth]] = {}
            for grant, relevant in self.granted.relevant(id):
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

    def notes(self) -> tuple[Whole, dict[int, Note]]:
        """What the checks remark, and what each bit means."""
        meaning: dict[int, Note] = {}
        mask: Whole = 0
        said = [(problem(c.id), node) for c, node in self.model.checks(self.asked.stated) if c.severity != "error"]
        flags = [(what, self.low.value(node).true) for what, node in said]
        for relief, what in self.model.partial_law():
            flags.append((what, self.granted.concerns(relief)))
        for what, flag in flags:
            if flag is not False:
                mask = self.b.union(mask, self._bit(meaning, Note(what.text("en"), what), flag))
        return mask, meaning

    def incomplete(self) -> tuple[Whole, dict[int, str]]:
        """The levies that the totals lack, and the bit of each."""
        meaning: dict[int, str] = {}
        mask: Whole = 0
        for id in (id for kind in kinds.KINDS for id in self.amounts.counted(kind)):
            missed = self.amounts.missed[id]
            if missed is not False:
                mask = self.b.union(mask, self._bit(meaning, id, missed))
        return mask, meaning

    def _bit(self, meaning: dict[int, Any], said: Any, where: Truth) -> Whole:
        """A bit that stands for what is said, in the rows where it is."""
        bit = 1 << len(meaning)
        if bit > MANY:
            self.too_many = self.b.either(self.too_many, where)
            return 0
        meaning[bit] = said
        return self.b.when(where, bit, 0)
