"""The oracle's answers beside those of the program: of a table of businesses, and of one business."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from taxcalc import InputError
from taxcalc import assess as program

from . import fen
from .outcome import RELIEFS, Outcome, worths

EVERYTHING = {"year": "2023", "revenue": "1", "prepayment_sales": "1", "taxable_income": "1"}
EVERYTHING |= {"stamp_tax_due": "1", "stamp_tax_relief": "1"}
"""Facts of a business whose answer names every levy and every relief, but for fees and measures."""

GROUPS = ("fees", "finance", "grants", "labour")
"""Of the catalogue: a fee or a measure is in an answer only if a fact of its own is stated."""

PLAIN = {"flag": "yes", "rate": "5%"}
"""A value by the type of a fact; 1 for the others."""

VERBS = {"deferral": "kept meanwhile", "grant": "received", "financing": "financing cost saved"}
VERBS |= {"evaluation": "advantage, no cash"}
"""How a batch says what a relief brings, by its kind; taxes and fees are saved."""


REGIME = "income tax regime"
"""Heading of the regime that was chosen."""


@cache
def catalogue() -> list[dict[str, Any]]:
    """All facts, as the program lists them."""
    command = [sys.executable, "-m", "taxcalc", "facts", "--format", "json", "--lang", "en"]
    listed: list[dict[str, Any]] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )["facts"]
    return listed


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two say of one figure of one business."""

    what: str
    program: str
    oracle: str


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a batch writes each figure: heading by id."""

    baseline: dict[str, str]
    payable: dict[str, str]
    saving: dict[str, str]
    worth: dict[str, str]
    """What giving a relief up would cost."""
    regime: dict[str, str]
    """Id of the relief by its name; the statutory rate has a name of its own."""


@cache
def headings() -> Headings:
    """Read off the labels of an answer."""
    stated = {fact["name"]: PLAIN.get(fact["type"], "1") for fact in catalogue() if fact["group"] in GROUPS}
    answer = program(EVERYTHING | stated)
    label = {levy.id: levy.label[1] for levy in answer.levies}
    saving, worth = {}, {}
    for item in answer.items:
        ceiling = " (at most)" if item.at_most else ""
        saving[item.id] = f"{VERBS.get(item.kind, 'saved')}{ceiling}: {item.label[1]}"
        worth[item.id] = f"worth{ceiling}: {item.label[1]}"
    return Headings(
        {id: f"{text}: due without reliefs" for id, text in label.items()},
        {id: f"{text}: to pay" for id, text in label.items()},
        saving,
        worth,
        {item.label[1]: item.id for item in answer.items},
    )


def of_row(row: Mapping[str, str], mine: Outcome, worth: Mapping[str, int] | None = None) -> list[Difference]:
    """Where a row of a batch differs. A figure that nobody asked for may be empty, left out or nought."""
    names = headings()
    found = []

    def check(what: str, heading: str, amount: int | None) -> None:
        cell = row.get(heading, "")
        if cell != fen.show(amount or 0) and not (cell == "" and not amount):
            found.append(Difference(what, cell or "nothing", "nothing" if amount is None else fen.show(amount)))

    for id, heading in names.baseline.items():
        baseline, payable = mine.levies.get(id, (None, None))
        check(f"{id} without reliefs", heading, baseline)
        check(f"{id} to pay", names.payable[id], payable)
    for id, heading in names.saving.items():
        check(f"saved by {id}", heading, mine.savings.get(id, 0))
    for id, amount in (worth or {}).items():
        check(f"worth of {id}", names.worth[id], amount)
    regime = row.get(REGIME, "nothing")
    regime = names.regime.get(regime, regime if regime in RELIEFS else "standard")
    if mine.regimes and regime not in mine.regimes:
        found.append(Difference("regime", regime, " or ".join(sorted(mine.regimes))))
    return found


def of_one(facts: Mapping[str, Any], mine: Outcome, worth: Mapping[str, int] | None = None) -> list[Difference]:
    """Where the exact evaluation of one business differs, in what each relief is worth too."""
    try:
        answer = program(dict(facts))
    except InputError as error:
        return [Difference("input", f"refused: {error}", "accepted")]
    row: dict[str, str] = {}
    names = headings()
    for levy in answer.levies:
        row[names.baseline[levy.id]] = "" if levy.baseline is None else fen.show(levy.baseline)
        row[names.payable[levy.id]] = "" if levy.payable is None else fen.show(levy.payable)
    for item in answer.items:
        if item.id in names.saving and item.saving is not None:
            row[names.saving[item.id]] = fen.show(item.saving)
        if item.id in names.worth and item.worth is not None:
            row[names.worth[item.id]] = fen.show(item.worth)
    for regime in answer.regimes:
        if regime.chosen:
            row[REGIME] = regime.id
    return of_row(row, mine, worths(facts) if worth is None else worth)
