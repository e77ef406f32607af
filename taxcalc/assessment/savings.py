"""What each relief saves: the levies are worked out with reliefs switched off and on again.

Savings are found by claiming the reliefs one after another in their fixed order, from none to all: each
saves what it takes off the levies at its place, so the savings sum to baseline − payable by construction.
"""

from __future__ import annotations

import functools
from typing import Any, TypeGuard

from taxcalc.assessment.model import Model
from taxcalc.base.kinds import Kind, purse_of
from taxcalc.base.money import Fen
from taxcalc.engines.active import walk_active
from taxcalc.engines.exact import Exact, Unknown, Value
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import In, Node, bounded, claim_bit
from taxcalc.rules.terms import Relief

Amounts = dict[str, int]
"""Whole fen by levy; levies that cannot be computed are absent."""
Step = tuple[Amounts, Amounts]
"""The levies before and after a relief is claimed."""


def evaluator(facts: FactSet) -> Exact:
    """The exact evaluator of one firm with every relief claimed; of an average stated in part it knows the least."""

    def given(node: In) -> Value | None:
        found = facts.resolve(node.fact, node.period)
        if found is None and bounded(node):
            return Unknown(frozenset((node,)), facts.least(node.fact))
        return found.value if found else None

    return Exact(given)


class Savings:
    """The levies of one business, with every relief, with none and with some."""

    def __init__(self, facts: FactSet, model: Model) -> None:
        self.facts, self.model = facts, model
        self.exact = evaluator(facts)
        """Evaluates with every relief claimed."""
        self._computable = [built for built in model.levies.values() if self.applies(built.applies)]
        self.gaps: dict[str, Unknown] = {}
        """Levies that cannot be computed, with every relief or with fewer, and what they wait for."""
        self.full = self._amounts(self.exact)
        """What is payable with every relief claimed."""

    def applies(self, condition: Node | None) -> bool:
        """Does a levy concern the business, as far as is known?"""
        return condition is None or self.exact.value(condition) is not False

    def holds(self, node: Node) -> bool:
        """Is a condition known to be met?"""
        return self.exact.value(node) is True

    def _amounts(self, engine: Exact) -> Amounts:
        amounts: Amounts = {}
        for built in self._computable:
            value = engine.value(built.payable)
            if isinstance(value, Unknown):
                self.gaps.setdefault(built.levy.id, value)
            else:
                amounts[built.levy.id] = value
        return amounts

    def in_order(self) -> tuple[Amounts, dict[str, Step]]:
        """The baseline, and for each relief the levies before and after it in the fixed order."""
        waiting = self.model.steps()
        engine = self.exact.without(frozenset(relief for step in waiting for relief in step))
        baseline = amounts = self._amounts(engine)
        steps: dict[str, Step] = {}
        while waiting:
            step, *waiting = waiting
            engine = engine.without(frozenset(relief for later in waiting for relief in later))
            if any(engine.value(grant) for relief in step for grant in self.model.grants[relief]):
                after = self._amounts(engine)
                steps[self._winner(step)] = (amounts, after)
                amounts = after
        for id in self.gaps:
            self.full.pop(id, None)
        return baseline, steps

    def _winner(self, step: list[str]) -> str:
        """Of reliefs that exclude each other, the one that is chosen."""
        return next((relief for relief in step if self.chosen.get(relief) == relief), step[0])

    @functools.cached_property
    def chosen(self) -> dict[str, str]:
        """For each relief that is one of several, the one that is chosen: it leaves the least payable."""
        found = {}
        for levy, options in self.model.choices.items():
            payable = self.exact.value(self.model.levies[levy].payable)
            granted = [one for one in options if self.holds(one.granted)]
            best = next((one.relief for one in granted if self.exact.value(one.payable) == payable), None)
            found.update({one.relief: best for one in options if best})
        return found

    def is_missed(self, id: str) -> bool:
        """Does a total lack this levy, which the facts lead to expect, because it cannot be computed?"""
        return id in self.gaps and self.model.levies[id].levy.is_missed(self.stated_facts)

    def bearing(self, relief: Relief) -> list[str]:
        """The levies of its purse that a relief bears on."""
        bit = claim_bit(relief.id)
        return [
            id for id, one in self.model.levies.items() if one.payable.rests_on & bit and self.counts(id, relief.kind)
        ]

    @functools.cached_property
    def stated_facts(self) -> frozenset[str]:
        """The names of the facts that are stated, in whole or in part."""
        return frozenset(stated.slot.fact.name for stated in self.facts.stated.values())

    def worth(self, relief: str, kind: Kind) -> int:
        """What would be paid on top without this relief, all others kept."""
        engine = self.exact.without(frozenset((relief,)))
        then = {id: engine.value(self.model.levies[id].payable) for id in self.full if self.counts(id, kind)}
        return sum(amount - self.full[id] for id, amount in then.items() if is_known(amount))

    def at_stake(self, relief: Relief, needs: list[str]) -> Fen | None:
        """What the relief would save on top, were its conditions met; None where that depends on amounts."""
        engine = self.exact.forcing(dict.fromkeys(self.model.grants[relief.id], True))
        then = {id: engine.value(self.model.levies[id].payable) for id in self.full}
        saving = sum(
            now - then[id] for id, now in self.full.items() if self.counts(id, relief.kind) and is_known(then[id])
        )
        amounts = any(self.facts.catalogue.fact_of(name).unit in ("money", "count") for name in needs)
        return Fen(saving) if saving > 0 or not amounts else None

    def counts(self, levy: str, kind: Kind) -> bool:
        """Only what is of one purse is added up: money kept or received is never counted with taxes and fees."""
        return purse_of(self.model.levies[levy].levy.kind) == purse_of(kind)

    @functools.cached_property
    def rests_on(self) -> dict[Node, None]:
        """The nodes that determine what is payable, in order."""
        return dict.fromkeys(walk_active(self.exact, *(self.model.levies[id].payable for id in self.full)))


def is_known(value: Value) -> TypeGuard[Any]:
    """Is this a value at all?"""
    return not isinstance(value, Unknown)
