"""The amounts of an assessment: each levy with no relief and with all, and what each relief saves and is worth.

Savings are found by claiming the reliefs one after another in their fixed order, from none to all: each saves what it
takes off the levies at its place, so the savings sum to baseline − payable by construction. For one firm the values are
plain numbers, for the rows of a table they are values of a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from taxcalc.assessment.model import Model
from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.kinds import Kind, purse_of
from taxcalc.engines.values import Num, Values
from taxcalc.graph.nodes import claim_bit
from taxcalc.rules.terms import Relief

BLANK = -(2**62)
"""Stands where a figure cannot be known: no amount comes near it."""


class Claimed(NamedTuple):
    """A levy before and after a relief is claimed, in fen; of use only where it is `known`."""

    levy: str
    known: Truth
    before: Whole
    after: Whole


class Amounts:
    """The levies of one model, in fen, under every set of claims that is asked for."""

    def __init__(self, model: Model, values: Values) -> None:
        self.model, self.values, self.b = model, values, values.builder
        self.reliefs = [id for id in model.reliefs if model.grants[id]]
        order = model.steps()
        self._place = {id: place for place, step in enumerate(order) for id in step}
        """At which step each relief is claimed; those that exclude each other, at the same."""
        off = frozenset(self.reliefs)
        self.steps = [self._levies(off)]
        """The levies with no relief claimed, then with the reliefs of one more step."""
        for step in order:
            off -= frozenset(step)
            self.steps.append(self._levies(off, step, self.steps[-1]))
        self.baseline, self.payable = self.steps[0], self.steps[-1]
        values.claiming(frozenset())
        self.applies = {id: self._applies(id) for id in model.levies}
        self.gap = {id: self._gap(id) for id in model.levies}
        """The facts that a levy waits for."""
        self.known = {id: self.b.both(self.applies[id], self.b.eq(self.gap[id], 0)) for id in model.levies}
        self.expected = {id: self._expected(id) for id in model.levies}
        """Where the facts lead to expect a levy: each that every firm has, any other once one of its facts is stated."""
        self.missed = {id: self.b.both(self.expected[id], self.b.negate(self.b.eq(self.gap[id], 0))) for id in self.gap}
        """Where a total lacks a levy that is expected."""

    def _levies(
        self, off: frozenset[str], changed: Sequence[str] = (), before: Mapping[str, Num] | None = None
    ) -> dict[str, Num]:
        """What is payable of each levy; as before, where no claim that changed bears on it."""
        self.values.claiming(off)
        bits = sum(claim_bit(id) for id in changed if id in off or self._may_be_granted(id))
        return {
            id: before[id] if before and not built.payable.rests_on & bits else self.values.number(built.payable)
            for id, built in self.model.levies.items()
        }

    def _may_be_granted(self, relief: str) -> bool:
        return any(self.values.flag(grant).true is not False for grant in self.model.grants[relief])

    def _applies(self, id: str) -> Truth:
        node = self.model.levies[id].applies
        return True if node is None else self.b.negate(self.values.is_false(self.values.flag(node)))

    def _gap(self, id: str) -> Whole:
        """What is missing with every relief claimed, else with none, else in between."""
        gap: Whole = 0
        for step in reversed([self.payable, *self.steps[:-1]]):
            needs = step[id].needs
            gap = self.b.when(self.b.eq(needs, 0), gap, needs)
        return self.b.when(self.applies[id], gap, 0)

    def _expected(self, id: str) -> Truth:
        signs = self.model.levies[id].levy.signs
        expected: Truth = not signs
        for name in (name for fact in signs for name in self.model.catalogue[fact].inputs()):
            expected = self.b.either(expected, self.values.there(name))
        return expected

    # ------------------------------------------------------------------------------------- levies

    def figure(self, id: str, what: str) -> Whole:
        """The baseline, saving or payable of a levy; 0 where it does not apply, BLANK where it is not known."""
        amount = self.b.when(self.applies[id], self._amount(id, what), 0)
        return self.b.when(self.b.eq(self.gap[id], 0), amount, BLANK)

    def total(self, what: str, *kinds: Kind) -> Whole:
        """The sum of the levies of these kinds that are known; BLANK where none that is expected is, and some are missed."""
        b = self.b
        unknown: Truth = True
        for kind in kinds:
            known: Truth = False
            missed: Truth = False
            for id in self.counted(kind):
                known = b.either(known, b.both(self.known[id], self.expected[id]))
                missed = b.either(missed, self.missed[id])
            unknown = b.both(unknown, b.both(b.negate(known), missed))
        return b.when(unknown, BLANK, self.known_sum(what, kinds))

    def known_sum(self, what: str, kinds: Sequence[Kind], *, to_date: bool = False) -> Whole:
        """Of the levies of these kinds that are known; only of those `to_date`, where that is asked for."""
        if what == "saving":
            baseline, payable = (self.known_sum(one, kinds, to_date=to_date) for one in ("baseline", "payable"))
            return self.b.sub(baseline, payable)
        total: Whole = 0
        for id in (id for kind in kinds for id in self.counted(kind) if self.model.levies[id].levy.to_date >= to_date):
            total = self.b.add(total, self.b.when(self.known[id], self._amount(id, what), 0))
        return total

    def counted(self, kind: Kind) -> list[str]:
        """The levies that are in the total of a kind."""
        levies = self.model.levies.items()
        return [id for id, built in levies if built.levy.kind == kind and not built.levy.at_most]

    def _amount(self, id: str, what: str) -> Whole:
        """Of use only where it is known."""
        if what == "saving":
            return self.b.sub(self.baseline[id].n, self.payable[id].n)
        return (self.baseline if what == "baseline" else self.payable)[id].n

    def balance(self, id: str) -> Whole:
        """What is still to pay of a levy after what was prepaid."""
        node = self.model.levies[id].balance
        if node is None:
            return BLANK
        value = self.values.number(node)
        return self.b.when(self.b.both(self.known[id], self.values.known(value)), value.n, BLANK)

    def carried(self) -> Whole:
        """The loss to carry forward."""
        if "corporate_income" not in self.known:
            return BLANK
        value = self.values.number(self.model.loss_carried_forward)
        there = self.b.both(self.known["corporate_income"], self.values.known(value))
        return self.b.when(there, value.n, BLANK)

    # ------------------------------------------------------------------------------------- reliefs

    def bearing(self, relief: Relief) -> list[str]:
        """The levies of its purse that a relief bears on."""
        bit = claim_bit(relief.id)
        levies = self.model.levies.items()
        return [id for id, built in levies if built.payable.rests_on & bit and _of_one_purse(built.levy.kind, relief)]

    def saving(self, relief: Relief, *, to_date: bool = False) -> Whole:
        """What a relief takes off the levies that are known, at its place in the order; of reliefs that exclude each
        other, the one that is chosen. Only off those `to_date`, where that is asked for."""
        levies = (one for one in self.at_its_place(relief) if self.model.levies[one.levy].levy.to_date >= to_date)
        saving = self._sum(levies)
        return saving if relief.exclusive is None else self.b.when(self.is_chosen(relief.id), saving, 0)

    def at_its_place(self, relief: Relief) -> list[Claimed]:
        """The levies before and after a relief is claimed, with those that exclude it."""
        if relief.id not in self._place:
            return []
        place = self._place[relief.id]
        return self._claimed(relief, self.steps[place], self.steps[place + 1])

    def worth(self, relief: Relief) -> Whole:
        """What dropping this relief alone would cost."""
        if relief.id not in self._place:
            return 0
        without = self._levies(frozenset((relief.id,)), (relief.id,), self.payable)
        self.values.claiming(frozenset())
        return self._sum(self._claimed(relief, without, self.payable))

    def _claimed(self, relief: Relief, before: Mapping[str, Num], after: Mapping[str, Num]) -> list[Claimed]:
        b = self.b
        return [
            Claimed(id, b.both(self.known[id], b.eq(before[id].needs, 0)), before[id].n, after[id].n)
            for id in self.bearing(relief)
        ]

    def _sum(self, levies: Iterable[Claimed]) -> Whole:
        b = self.b
        total: Whole = 0
        for levy in levies:
            total = b.add(total, b.when(levy.known, b.sub(levy.before, levy.after), 0))
        return total

    # ------------------------------------------------------------------------------------- choices

    def regime(self) -> Whole:
        """The number of the income-tax regime that is chosen: 0 for none, the last for the statutory rate."""
        if "corporate_income" not in self.known:
            return 0
        chosen = self.chosen("corporate_income")
        chosen = self.b.when(self.b.eq(chosen, 0), len(self.model.regimes) + 1, chosen)
        return self.b.when(self.known["corporate_income"], chosen, 0)

    def chosen(self, levy: str) -> Whole:
        """Of reliefs that exclude each other the number of the one that leaves the least payable, from 1; 0 for none."""
        b, payable = self.b, self.payable[levy].n
        chosen: Whole = 0
        for i, option in reversed(list(enumerate(self.model.choices[levy], 1))):
            wins = b.both(self.values.flag(option.granted).true, b.eq(self.values.number(option.payable).n, payable))
            chosen = b.when(wins, i, chosen)
        return b.when(self.known[levy], chosen, 0)

    def is_chosen(self, relief: str) -> Truth:
        """Is this the one that is chosen? Where none is, the first stands for all of its step."""
        found = self.model.choice_of(relief)
        assert found is not None
        levy, options = found
        number = [option.relief for option in options].index(relief) + 1
        chosen = self.chosen(levy)
        is_it = self.b.eq(chosen, number)
        return self.b.either(is_it, self.b.eq(chosen, 0)) if number == 1 else is_it


def _of_one_purse(kind: Kind, relief: Relief) -> bool:
    """Only what is of one purse is added up: money kept or received is never counted with taxes and fees."""
    return purse_of(kind) == purse_of(relief.kind)
