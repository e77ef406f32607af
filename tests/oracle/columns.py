"""A table of businesses put to the column engine, and its answers beside the oracle's, whole columns at a time."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from .compare import REGIME, headings
from .outcome import Outcome

AMOUNT = r"^-?\d+\.\d\d$"
FAR = -(10**18)
"""Stands for a cell that is no amount: it equals nothing that the oracle says."""


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

    def amounts(self, heading: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """A column in fen: nought where nothing is said, and where there is no such column."""
        if heading not in self.written.columns:
            return np.zeros(len(self.rows), np.int64)
        cells = self.written[heading]
        said = cells.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)
        fen = pl.select(pl.when(cells == "").then(0).when(cells.str.contains(AMOUNT)).then(said).otherwise(FAR))
        return fen.to_series().fill_null(FAR).to_numpy()

    def differing(self, mine: Sequence[Outcome]) -> list[int]:
        """Positions of the businesses of which some figure or the regime is not what the oracle says."""
        names = headings()
        kept = [mine[row] for row in self.rows]
        wrong = np.zeros(len(kept), np.bool_)
        nothing = (0, 0)
        for id in names.baseline.keys() | {id for outcome in kept for id in outcome.levies}:
            pairs = np.array([outcome.levies.get(id, nothing) for outcome in kept], np.int64).reshape(-1, 2)
            for heading, amounts in ((names.baseline[id], pairs[:, 0]), (names.payable[id], pairs[:, 1])):
                wrong |= self.amounts(heading) != amounts
        for id, heading in names.saving.items():
            saved = np.array([outcome.savings.get(id, 0) for outcome in kept], np.int64)
            wrong |= self.amounts(heading) != saved
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
