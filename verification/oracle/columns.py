"""A table of businesses put to the column engine, and its answers beside the oracle's, whole columns at a time."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from .compare import NOT_COUNTED, REGIME, TOTALS, headings
from .measures import NOT_COMPARED
from .outcome import Outcome

AMOUNT = r"^-?\d+\.\d\d$"
FAR = -(10**18)
"""Stands for a cell that is no amount: it equals nothing that the oracle says."""
UNKNOWN = FAR - 1
"""Stands for an empty cell, and for an amount that is not known."""
Fen = np.ndarray[tuple[int], np.dtype[np.int64]]


def in_fen(amounts: Iterable[int | None]) -> Fen:
    """What the oracle says of all businesses."""
    return np.array([UNKNOWN if amount is None else amount for amount in amounts], np.int64)


class Answers:
    """What the program wrote, by position of the business; a refused one has its reason."""

    def __init__(self, written: pl.DataFrame, refused: dict[int, str]) -> None:
        self.refused = refused
        self.written = written.drop("id")
        self.rows: list[int] = written["id"].cast(pl.Int64).to_list()
        self.place = {row: place for place, row in enumerate(self.rows)}

    def row(self, position: int) -> dict[str, str]:
        """The cells of one business by their headings."""
        return self.written.row(self.place[position], named=True)

    def differ(self, heading: str, mine: Iterable[int | None]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which cells of a column are not what the oracle says. One that is left out has nothing in it."""
        said = in_fen(mine)
        if heading not in self.written.columns:
            return np.asarray((said != 0) & (said != UNKNOWN), np.bool_)
        cells = self.written[heading]
        amounts = cells.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)
        is_amount = cells.str.contains(AMOUNT)
        fen = pl.select(pl.when(cells == "").then(UNKNOWN).when(is_amount).then(amounts).otherwise(FAR))
        return np.asarray(fen.to_series().fill_null(FAR).to_numpy() != said, np.bool_)

    def differing(self, mine: Sequence[Outcome]) -> list[int]:
        """Positions of the businesses of which some figure, the regime or what is not counted is not what the
        oracle says."""
        names = headings()
        kept = [mine[row] for row in self.rows]
        wrong = np.zeros(len(kept), np.bool_)
        for heading, totals in zip(TOTALS, zip(*(o.total(names.counted) for o in kept), strict=True), strict=False):
            wrong |= self.differ(heading, totals)
        for id in names.baseline.keys() | {id for outcome in kept for id in outcome.levies}:
            wrong |= self.differ(names.baseline[id], (outcome.levy(id)[0] for outcome in kept))
            wrong |= self.differ(names.payable[id], (outcome.levy(id)[1] for outcome in kept))
        for id in names.saving.keys() - NOT_COMPARED.keys():
            wrong |= self.differ(names.saving[id], (outcome.saved(id) for outcome in kept))
        lacking = {
            cell: {names.levies[name] for name in cell.split(", ") if name} for cell in self.written[NOT_COUNTED]
        }
        lacks = zip(self.written[NOT_COUNTED], kept, strict=True)
        wrong |= np.array([lacking[cell] != outcome.missing for cell, outcome in lacks], np.bool_)
        cells = self.written[REGIME] if REGIME in self.written.columns else [""] * len(kept)
        said = zip((names.regime.get(cell, "standard") for cell in cells), kept, strict=True)
        wrong |= np.array([bool(o.regimes) and regime not in o.regimes for regime, o in said], np.bool_)
        return [self.rows[i] for i in np.flatnonzero(wrong)]


def batch(table: Sequence[Mapping[str, str]], folder: Path) -> Answers:
    """The answers of `taxcalc batch`, as a user would get them."""
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
    refused = {}
    if rejects.exists():
        with rejects.open(encoding="utf-8-sig", newline="") as file:
            refused = {int(row["id"]): row["what is wrong and what to do"] for row in csv.DictReader(file)}
    return Answers(pl.read_csv(answers, infer_schema=False).fill_null(""), refused)
