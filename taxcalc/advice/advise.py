"""All advice on one firm: plain data, over the one assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from taxcalc.advice.choices import Choice, choices
from taxcalc.advice.cliffs import Cliff, cliffs
from taxcalc.advice.unlocks import Unlocks, unlocks
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.result import Assessment
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import Fen
from taxcalc.base.period import OPEN


class Ending(NamedTuple):
    """What of the saving of the period rests on rules that end on a day."""

    day: date
    saving: Fen
    reliefs: Sequence[str]


class Advice(NamedTuple):
    """What is near, what is missing, what may be chosen and what ends; each list with the most yuan first."""

    assessment: Assessment
    cliffs: Sequence[Cliff]
    unlocks: Unlocks
    choices: Sequence[Choice]
    endings: Sequence[Ending]


_ON_A_SCREEN = 6
"""Cliffs of which a screen shows the first."""


def advise(evaluation: Evaluation, *, full: bool = True) -> Advice:
    """The advice on one firm: all of it, or as much as a screen shows."""
    made = evaluation.assessment
    found = cliffs(evaluation) if full else cliffs(evaluation, _ON_A_SCREEN, once=True)
    return Advice(made, found, unlocks(evaluation), choices(evaluation), endings(made))


def endings(assessment: Assessment) -> list[Ending]:
    """The days on which a relief that saves something ends: the last of the versions that it rests on."""
    found: dict[date, list[tuple[str, int]]] = {}
    for item in assessment.items:
        if item.kind in PURSES["cost"] and item.saving and item.citations:
            day = max(version.until for version in item.citations)
            if day != OPEN:
                found.setdefault(day, []).append((item.id, item.saving))
    made = [Ending(day, Fen(sum(fen for _, fen in of)), tuple(id for id, _ in of)) for day, of in found.items()]
    return sorted(made, key=lambda one: (-one.saving, one.day))
