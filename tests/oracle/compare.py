"""The oracle's answers beside those of the program: of a table of businesses, and of one business."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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


@cache
def catalogue() -> list[dict[str, Any]]:
    """All facts, as the program lists them."""
    command = [sys.executable, "-m", "taxcalc", "facts", "--format", "json", "--lang", "en"]
    listed: list[dict[str, Any]] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
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
    regime: dict[str, str]
    """Id of the relief by its name; the statutory rate has a name of its own."""


@cache
def headings() -> Headings:
    """Read off the labels of an answer."""
    stated = {fact["name"]: PLAIN.get(fact["type"], "1") for fact in catalogue() if fact["group"] in GROUPS}
    answer = program(EVERYTHING | stated)
    label = {levy.id: levy.label[1] for levy in answer.levies}
    saving = {}
    for item in answer.items:
        ceiling = " (at most)" if item.at_most else ""
        saving[item.id] = f"{VERBS.get(item.kind, 'saved')}{ceiling}: {item.label[1]}"
    return Headings(
        {id: f"{text}: due without reliefs" for id, text in label.items()},
        {id: f"{text}: to pay" for id, text in label.items()},
        saving,
        {item.label[1]: item.id for item in answer.items},
    )


def of_row(row: Mapping[str, str], mine: Outcome) -> list[Difference]:
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
    regime = row.get("income tax regime", "nothing")
    regime = names.regime.get(regime, regime if regime in RELIEFS else "standard")
    if mine.regimes and regime not in mine.regimes:
        found.append(Difference("regime", regime, " or ".join(sorted(mine.regimes))))
    return found


def of_one(facts: Mapping[str, Any], mine: Outcome) -> list[Difference]:
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
    for regime in answer.regimes:
        if regime.chosen:
            row["income tax regime"] = regime.id
    found = of_row(row, mine)
    for relief, worth in worths(facts).items():
        said = answer.item(relief).worth if relief in {item.id for item in answer.items} else None
        if (said or 0) != worth:
            found.append(
                Difference(f"worth of {relief}", "nothing" if said is None else fen.show(said), fen.show(worth))
            )
    return found


def batch(table: Sequence[Mapping[str, str]], folder: Path) -> dict[int, dict[str, str]]:
    """Answers of the column engine by position; a refused row has its reason under the key `refused`."""
    given, answers, rejects = folder / "given.csv", folder / "answers.csv", folder / "rejects.csv"
    names = list(dict.fromkeys(name for facts in table for name in facts))
    with given.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *names])
        writer.writerows([i, *(facts.get(name, "") for name in names)] for i, facts in enumerate(table))
    command = [sys.executable, "-m", "taxcalc", "batch", given, "--columns", "full", "--lang", "en", "--jobs", "1"]
    done = subprocess.run(
        [*map(str, command), "--output", str(answers), "--rejects", str(rejects)], capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    found: dict[int, dict[str, str]] = {}
    with answers.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        heading = next(reader)
        for cells in reader:
            row = dict(zip(heading, cells, strict=True))
            found[int(row["id"])] = row
    if rejects.exists():
        with rejects.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found[int(row["id"])] = {"refused": row["what is wrong and what to do"]}
        rejects.unlink()
    return found
