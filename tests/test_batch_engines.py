"""Every engine equals the exact one: on every row, in every figure, for every year."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from businesses import CATALOGUE, blocks, table
from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.batch.answer import Answer
from taxcalc.batch.compute import SETS, Computation, Engine
from taxcalc.batch.header import read_header
from taxcalc.engine.arrays import Arrays
from taxcalc.engine.lists import Lists
from taxcalc.model import shipped_book
from taxcalc.problem import InputError


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_equals_the_exact_one(seed: int) -> None:
    equals_the_exact_one(*table(random.Random(seed), 12))


def test_a_condition_of_a_branch_that_is_not_taken_is_no_reason() -> None:
    """The year's sales are tested where the VAT paid is stated for the whole year, and in no other row."""
    headings = ["year", "filing", "vat_payer", *(f"revenue_q{q}" for q in range(1, 5)), "vat_paid"]
    sales = ["300000.01", "450000.01", "303387.35", "450000.01"]
    rows = [["2022", "quarterly", "small_scale", *sales, paid] for paid in ("", "1000")]
    equals_the_exact_one(headings, rows)


def equals_the_exact_one(headings: list[str], rows: list[list[str]], today: date | None = None) -> None:
    """However the rows come and whichever engine computes them; few rows are read as lists of cells alone by `Lists`."""
    header = read_header(headings, CATALOGUE, "test")
    for kind, block in blocks(headings, rows).items():
        engines: list[Engine] = [Arrays(), *([Lists()] if kind == "rows" else [])]
        computations = [Computation(header, engine, shipped_book(), "full", {}, today) for engine in engines]
        exact = [_exact(computations[0], block, row) for row in range(block.size)]
        for computation in computations:
            _equals(computation, block, exact, (type(computation.engine).__name__, kind, rows))


def _exact(computation: Computation, block: Any, row: int) -> Answer | None:
    try:
        return computation.answer_singly(block, row)
    except InputError:
        return None


def _equals(computation: Computation, block: Any, exact: list[Answer | None], where: tuple[Any, ...]) -> None:
    answers = computation.answers(block)
    costs = [f"{id}.relief" for id, relief in computation.model.reliefs.items() if relief.kind in ("tax", "fee")]
    for row, expected in enumerate(exact):
        place = *where[:2], where[2][row]
        assert bool(answers.kept[row]) == (expected is not None), (place, [r.why for r in answers.rejected])
        if expected is None:
            continue
        figures = {name: int(answers.figures[name][row]) for name in computation.figures}
        assert figures == expected.figures, place
        assert sum(figures.get(name, 0) for name in costs) == figures["saving"], place
        for what in SETS:
            got = computation.sets(what)[int(answers.sets[what][row])]
            assert got == getattr(expected, what), (what, place)
