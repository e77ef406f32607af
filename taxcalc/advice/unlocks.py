"""What would bring money: facts that are not known, and conditions that fail, with the numbers that are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taxcalc.advice.walk import A_YUAN
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.result import Condition, Item
from taxcalc.base.algebra import plain_int
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import Fen
from taxcalc.law.book import Version

_FIXED = ("who",)
"""Groups of facts that nobody changes for a relief: what kind of taxpayer, where."""
_HAPPENED = ("yuan", "count", "option")
"""Of what is not met in these units the cliffs tell; nobody is told to have had other sales."""


class Unlock(NamedTuple):
    """A relief that is not given, and what stands before it."""

    relief: str
    saving: Fen
    """What it would save on top, were all of them met."""
    conditions: Sequence[Condition]
    """Those that fail or that nobody can tell yet."""
    needs: Sequence[str]
    """The inputs that are not known."""
    law: Sequence[Version]

    @property
    def alone(self) -> bool:
        """Is it one condition alone?"""
        return len(self.conditions) == 1


class Unlocks(NamedTuple):
    """All of them, the most yuan first."""

    each: Sequence[Unlock]
    together: Fen
    """What all would save together: less than their sum, where they exclude each other."""


def unlocks(evaluation: Evaluation) -> Unlocks:
    """What one firm could still be given."""
    stakes = evaluation.reasons.stakes
    found = []
    for item in evaluation.assessment.items:
        if item.kind not in PURSES["cost"] or item.status not in ("needs_fact", "not_entitled"):
            continue
        lacking = [condition for condition in item.conditions if condition.met is not True]
        if not lacking or any(_is_fixed(evaluation, leaf) for one in lacking for leaf in _failing(one)):
            continue
        saving, unknown = stakes.if_granted([item.id])
        if not unknown and plain_int(saving) > A_YUAN:
            found.append(_unlock(item, Fen(plain_int(saving)), lacking))
    together, _ = stakes.if_granted([one.relief for one in found])
    return Unlocks(sorted(found, key=lambda one: -one.saving), Fen(plain_int(together)))


def _unlock(item: Item, saving: Fen, lacking: list[Condition]) -> Unlock:
    leaves = {(leaf.fact, leaf.operator, leaf.limit): leaf for one in lacking for leaf in _open(one)}
    return Unlock(item.id, saving, tuple(leaves.values()), item.needs, item.citations[:1])


def _failing(condition: Condition) -> Iterator[Condition]:
    """The simple conditions that are known to fail within one that does."""
    if condition.met is False:
        yield from (leaf for part in condition.of for leaf in _failing(part)) if condition.of else (condition,)


def _open(condition: Condition) -> Iterator[Condition]:
    """The simple conditions that are not met within one that is not."""
    if condition.met is not True:
        yield from (leaf for part in condition.of for leaf in _open(part)) if condition.of else (condition,)


def _is_fixed(evaluation: Evaluation, leaf: Condition) -> bool:
    fact = evaluation.facts.catalogue.facts.get(leaf.fact)
    return leaf.line == "concerns" or leaf.unit in _HAPPENED or (fact is not None and fact.group in _FIXED)
