"""Every engine beside the exact one, on any rows: the same figures, and the same rows refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpers.businesses import CATALOGUE, blocks
from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.model import every_levy, reliefs_with, shipped_book
from taxcalc.base.problem import InputError
from taxcalc.firms.answers import FINDINGS
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.interface import Engine
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.outcome import Answer
from taxcalc.firms.read.heading import read_header


def equals_the_exact_one(
    headings: list[str], rows: list[list[str]], today: date | None = None, *, every: bool = False
) -> None:
    """However the rows come and whichever engine computes them; few rows are read as lists of cells alone by `Lists`."""
    header = read_header(headings, CATALOGUE, "test")
    for kind, block in blocks(headings, rows).items():
        engines: list[Engine[Any]] = [Arrays(), *([Lists()] if kind == "rows" else [])]
        computations = [Computation(header, one, shipped_book(), "full", {}, today, every=every) for one in engines]
        exact = [_exact(computations[0], block, row) for row in range(block.size)]
        for computation in computations:
            _equals(computation, block, exact, (type(computation.engine).__name__, kind, rows))


def _exact(computation: Computation[Any], block: Any, row: int) -> Answer | None:
    try:
        return computation.single.answer(block, row)
    except InputError:
        return None


def _known(figure: int) -> int:
    """What a sum counts of a figure."""
    return 0 if figure == BLANK else figure


def _equals(computation: Computation[Any], block: Any, exact: list[Answer | None], where: tuple[Any, ...]) -> None:
    answers = computation.answers(block)
    costs = [relief.id for relief in reliefs_with(every_levy(shipped_book())) if relief.kind in ("tax", "fee")]
    for row, expected in enumerate(exact):
        place = *where[:2], where[2][row]
        assert bool(answers.kept[row]) == (expected is not None), (place, [r.why for r in answers.rejected])
        if expected is None:
            continue
        figures = {name: int(answers.figures[name][row]) for name in computation.plan.wanted.figures}
        assert figures == expected.figures, place
        reliefs = sum(_known(figures.get(f"relief.{id}.saving", 0)) for id in costs)
        assert reliefs == _known(figures["total.saving"]), place
        for kind in FINDINGS:
            found = computation.findings.of(kind)[answers.findings[kind][row]]
            assert found == expected.findings[kind], (kind, place)
