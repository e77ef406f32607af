"""The amounts of a batch as values of a program: levies, savings, regimes, for every row of a kind at once.

As `taxcalc.assessment.savings` does for one firm, savings are found by claiming the reliefs one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taxcalc.assessment.model import Model
from taxcalc.base.kinds import PURSES, Kind, purse_of
from taxcalc.engines.lower import Lowering, Num, Presence
from taxcalc.engines.program import Truth, Whole
from taxcalc.firms.answer import BLANK
from taxcalc.rules.terms import Relief


class Amounts:
    """The levies of one model under every set of claims that is asked for."""

    def __init__(self, model: Model, columns: Mapping[str, Presence], running: bool = False) -> None:
        self.model = model
        self.low = Lowering(model.span, columns, filing=model.filing_months, running=running)
        self.b = self.low.builder
        self.reliefs = [id for id in model.reliefs if model.grants[id]]
        order = model.steps()
        self.place = {id: place for place, step in enumerate(order) for id in step}
        """At which step each relief is claimed; those that exclude each other, at the same."""
        off = [frozenset(id for step in order[place:] for id in step) for place in range(len(order) + 1)]
        self.steps = [self._levies(one) for one in off]
        """The levies with no relief claimed, then with the reliefs of one more step."""
        self.baseline, self.payable = self.steps[0], self.steps[-1]
        self.low.claiming(frozenset())
        self.applies = {id: self._applies(id) for id in model.levies}
        self.gap = {id: self._gap(id) for id in model.levies}
        self.known = {id: self.b.both(self.applies[id], self.b.eq(self.gap[id], 0)) for id in model.levies}
        self.missed = {id: self._missed(id) for id in model.levies}
        """Where a total lacks a levy, which the facts of the row lead to expect."""

    def _levies(self, off: frozenset[str]) -> dict[str, Num]:
        self.low.claiming(off)
        return {id: self.low.value(built.payable) for id, built in self.model.levies.items()}

    def _applies(self, id: str) -> Truth:
        node = self.model.levies[id].applies
        return True if node is None else self.b.negate(self.low.is_false(self.low.value(node)))

    def _gap(self, id: str) -> Whole:
        """The facts a levy waits for: with every relief claimed, else with none, else in between."""
        gap: Whole = 0
        for step in reversed([self.payable, *self.steps[:-1]]):
            needs = step[id].needs
            gap = self.b.when(self.b.eq(needs, 0), gap, needs)
        return self.b.when(self.applies[id], gap, 0)

    def _missed(self, id: str) -> Truth:
        signs = self.model.levies[id].levy.signs
        expected: Truth = not signs
        for name in (name for fact in signs for name in self.model.catalogue[fact].inputs()):
            expected = self.b.either(expected, self.low.there(name))
        return self.b.both(expected, self.b.negate(self.b.eq(self.gap[id], 0)))

    def figure(self, id: str, what: str) -> Whole:
        """An amount of a levy; 0 where it does not apply, BLANK where it is not known."""
        amount = self.b.when(self.applies[id], self.amount(id, what), 0)
        return self.b.when(self.b.eq(self.gap[id], 0), amount, BLANK)

    def total(self, what: str, *kinds: Kind) -> Whole:
        """The sum of the levies of these kinds that are known; BLANK where none is, and some are missed."""
        b, unknown = self.b, True
        for kind in kinds:
            known: Truth = False
            missed: Truth = False
            for id in self.counted(kind):
                known, missed = b.either(known, self.known[id]), b.either(missed, self.missed[id])
            unknown = b.both(unknown, b.both(b.negate(known), missed))  # type: ignore[assignment]
        return b.when(unknown, BLANK, self.known_sum(what, kinds))

    def known_sum(self, what: str, kinds: Sequence[Kind]) -> Whole:
        """The sum of those that are known."""
        if what == "saving":
            return self.b.sub(self.known_sum("baseline", kinds), self.known_sum("payable", kinds))
        total: Whole = 0
        for id in (id for kind in kinds for id in self.counted(kind)):
            total = self.b.add(total, self.b.when(self.known[id], self.amount(id, what), 0))
        return total

    def counted(self, kind: Kind) -> list[str]:
        """The levies that are in the total of a kind."""
        levies = self.model.levies.items()
        return [id for id, built in levies if built.levy.kind == kind and not built.levy.at_most]

    def amount(self, id: str, what: str) -> Whole:
        """What is payable of a levy with or without all reliefs, or saved; of use only where it is known."""
        if what == "saving":
            return self.b.sub(self.baseline[id].n, self.payable[id].n)
        return (self.baseline if what == "baseline" else self.payable)[id].n

    def saving(self, relief: Relief) -> Whole:
        """What a relief takes off the levies that are known, at its place in the order; of those that exclude
        each other, the one that is chosen."""
        if relief.id not in self.place:
            return 0
        place = self.place[relief.id]
        saving = self._less(self.steps[place], self.steps[place + 1], relief.kind)
        return saving if relief.exclusive is None else self.b.when(self.is_chosen(relief.id), saving, 0)

    def worth(self, relief: Relief) -> Whole:
        """What dropping this relief alone would cost."""
        if relief.id not in self.reliefs:
            return 0
        without = self._levies(frozenset((relief.id,)))
        self.low.claiming(frozenset())
        return self._less(without, self.payable, relief.kind)

    def _less(self, before: Mapping[str, Num], after: Mapping[str, Num], kind: Kind) -> Whole:
        b, total = self.b, 0
        for id, built in self.model.levies.items():
            if purse_of(built.levy.kind) == purse_of(kind):
                known = b.both(self.known[id], b.eq(before[id].needs, 0))
                total = b.add(total, b.when(known, b.sub(before[id].n, after[id].n), 0))  # type: ignore[assignment]
        return total

    def regime(self) -> Whole:
        """The number of the income-tax regime that is chosen: 0 for none, the last for the statutory rate."""
        chosen = self._choices("corporate_income")
        chosen = self.b.when(self.b.eq(chosen, 0), len(self.model.regimes) + 1, chosen)
        return self.b.when(self.known["corporate_income"], chosen, 0)

    def _choices(self, levy: str) -> Whole:
        """The number of the option that is chosen, from 1; 0 for none."""
        b, payable = self.b, self.payable[levy].n
        chosen: Whole = 0
        for i, one in reversed(list(enumerate(self.model.choices[levy], 1))):
            wins = b.both(self.low.value(one.granted).true, b.eq(self.low.value(one.payable).n, payable))
            chosen = b.when(wins, i, chosen)
        return chosen

    def is_chosen(self, relief: str) -> Truth:
        """Is this the one that is chosen? Where none is, the first stands for all of its step."""
        found = self.model.choice_of(relief)
        assert found is not None
        levy, options = found
        number = [one.relief for one in options].index(relief) + 1
        chosen = self.b.when(self.known[levy], self._choices(levy), 0)
        is_it = self.b.eq(chosen, number)
        return self.b.either(is_it, self.b.eq(chosen, 0)) if number == 1 else is_it

    def carried(self) -> Whole:
        """The loss to carry forward."""
        value = self.low.value(self.model.loss_carried_forward)
        there = self.b.both(self.known["corporate_income"], self.low.known(value))
        return self.b.when(there, value.n, BLANK)

    def balance(self, id: str) -> Whole:
        """What is still to pay of a levy after what was prepaid."""
        node = self.model.levies[id].balance
        assert node is not None
        value = self.low.value(node)
        return self.b.when(self.b.both(self.known[id], self.low.known(value)), value.n, BLANK)

    def named(self, name: str) -> Whole:
        """A figure by its id, as `taxcalc.firms.asked` lists them."""
        match name.split("."):
            case ["total", ("grant" | "financing" | "deferral") as kind]:
                return self.total("saving", kind)
            case ["total", what]:
                return self.total(what, *PURSES["cost"])
            case ["relief", id, "saving"]:
                return self.saving(self.model.reliefs[id])
            case ["relief", id, "worth"]:
                return self.worth(self.model.reliefs[id])
            case ["loss_carried_forward"]:
                return self.carried()
            case [id, "balance"]:
                return self.balance(id)
            case [id, what]:
                return self.figure(id, what)
        raise KeyError(name)
