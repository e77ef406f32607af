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
from .measures import NOT_COMPARED
from .outcome import RELIEFS, Outcome, worths

EVERYTHING = {"year": "2023", "revenue": "1", "prepayment_sales": "1", "taxable_income": "1"}
EVERYTHING |= {"stamp_tax_due": "1", "stamp_tax_relief": "1", "exempt_service": "neither", "hubei": "no"}
"""Facts of a business whose answer names every levy and every relief, but for fees and measures: those that ended and were
for few are told to whom they concern."""

GROUPS = ("fees", "finance", "grants", "labour")
"""Of the catalogue: a fee or a measure is in an answer only if a fact of its own is stated."""

PLAIN = {"month": "2023-06", "flag": "yes", "rate": "5%"}
"""A value by the type of a fact; 1 for the others."""

VERBS = {"deferral": "kept meanwhile", "grant": "received", "financing": "financing cost saved"}
VERBS |= {"evaluation": "advantage, no cash", "personal": "paid to persons"}
"""How a batch says what a relief brings, by its kind; taxes and fees are saved."""


REGIME = "income tax regime"
"""Heading of the regime that was chosen."""

NOT_COUNTED = "not counted"
"""Heading of the levies that the totals lack."""

TOTALS = ("due without reliefs in all", "saved in all", "to pay in all")


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
    levies: dict[str, str]
    """Id of a levy by its name."""
    counted: frozenset[str]
    """The levies that are taxes and fees."""


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
        {text: id for id, text in label.items()},
        frozenset(levy.id for levy in answer.levies if levy.kind in ("tax", "fee") and not levy.at_most),
    )


def written(amount: int | None) -> str:
    """An amount as it stands in a cell: nothing where it is not known, and only there."""
    return "" if amount is None else fen.show(amount)


def of_row(row: Mapping[str, str], mine: Outcome, worth: Mapping[str, int] | None = None) -> list[Difference]:
    """Where a row of a batch differs. A column that nobody has anything in may be left out."""
    names = headings()
    found = []

    def check(what: str, heading: str, amount: int | None) -> None:
        if heading not in row and not amount:
            return
        cell = row.get(heading, "")
        if cell != written(amount):
            found.append(Difference(what, cell or "nothing", written(amount) or "nothing"))

    for heading, amount in zip(TOTALS, mine.total(names.counted), strict=True):
        check(heading, heading, amount)
    lacking = {names.levies[name] for name in row[NOT_COUNTED].split(", ") if name}
    if lacking != mine.missing:
        found.append(Difference(NOT_COUNTED, ", ".join(sorted(lacking)), ", ".join(sorted(mine.missing))))
    for id, heading in names.baseline.items():
        baseline, payable = mine.levy(id)
        check(f"{id} without reliefs", heading, baseline)
        check(f"{id} to pay", names.payable[id], payable)
    for id, heading in names.saving.items():
        if id not in NOT_COMPARED:
            check(f"saved by {id}", heading, mine.saved(id))
    for id, cost in (worth or {}).items():
        check(f"worth of {id}", names.worth[id], None if id in mine.waiting else cost)
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
    for heading, total in zip(TOTALS, answer.saved[:3], strict=True):
        row[heading] = written(total)
    lacking = {id for total in answer.totals.values() for id in total.incomplete}
    row[NOT_COUNTED] = ", ".join(name for name, id in names.levies.items() if id in lacking)
    for levy in answer.levies:
        row[names.baseline[levy.id]] = written(levy.baseline)
        row[names.payable[levy.id]] = written(levy.payable)
    for item in answer.items:
        row[names.saving[item.id]] = written(item.saving)
        row[names.worth[item.id]] = written(item.worth)
    for regime in answer.regimes:
        if regime.chosen:
            row[REGIME] = regime.id
    return of_row(row, mine, worths(facts) if worth is None else worth)
