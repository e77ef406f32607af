"""What could still be saved: the facts that are not known, grouped by the relief that waits for them.

Reliefs that exclude each other are alternatives, so nothing here is added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taxcalc.assessment.result import Assessment, Condition, Question
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import Fen


class Open(NamedTuple):
    """A relief, or a levy that a higher rate would lower, with what it waits for."""

    id: str
    relief: bool
    most: Fen
    """What could be saved on top."""
    questions: Sequence[Question]
    conditions: Sequence[Condition]
    """Those that nobody can tell yet; none where there is nothing but the questions."""
    alternative: bool
    """Is it one of several ways to compute income tax, of which one is used?"""


def open_money(assessment: Assessment) -> list[Open]:
    """Taxes and fees that could still be saved, the largest first."""
    regimes = {regime.id for regime in assessment.regimes}
    found = []
    for item in assessment.items:
        questions = [one for one in assessment.questions if item.id in one.blocks and one.at_stake is not None]
        if item.status == "needs_fact" and item.kind in PURSES["cost"] and item.at_stake and questions:
            waits = [leaf for condition in item.conditions for leaf in _undecided(condition)]
            found.append(Open(item.id, True, item.at_stake, questions, waits, item.id in regimes))
    grouped = {question.fact for one in found for question in one.questions}
    kinds = {levy.id: levy.kind for levy in assessment.levies} | {item.id: item.kind for item in assessment.items}
    for question in assessment.questions:
        of_costs = any(kinds[id] in PURSES["cost"] for id in question.blocks)
        if question.at_stake and question.fact not in grouped and of_costs:
            id = question.blocks[0]
            relief = any(item.id == id for item in assessment.items)
            found.append(Open(id, relief, question.at_stake, [question], (), id in regimes))
    return sorted(found, key=lambda one: -one.most)


def _undecided(condition: Condition) -> Iterator[Condition]:
    """The simple conditions within one that is not known, as far as they are not known."""
    if condition.met is None:
        if not condition.of:
            yield condition
        for part in condition.of:
            yield from _undecided(part)
