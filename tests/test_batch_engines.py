"""Every engine equals the exact one: on every row, in every figure, for every year."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from batches import as_bytes, mixture, run
from businesses import CATALOGUE, blocks, table
from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.assessment.model import shipped_book
from taxcalc.base.problem import InputError
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.program import Input, Program
from taxcalc.firms.answer import BLANK, Answer
from taxcalc.firms.answers import FINDINGS
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.interface import Engine
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.heading import read_header


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_equals_the_exact_one(seed: int) -> None:
    equals_the_exact_one(*table(random.Random(seed), 12))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9), share=st.sampled_from([0.1, 0.4]))
def test_what_is_not_known_is_blank_in_every_engine(seed: int, share: float) -> None:
    """Few columns of few facts: what cannot be known is no nought, of whatever figure."""
    rng = random.Random(seed)
    headings, rows = table(rng, 8)
    kept = [i for i in range(len(headings)) if i < 3 or rng.random() < share]
    headings = [*(headings[i] for i in kept), *([] if len(kept) > 3 else ["revenue_q1"])]
    rows = [[*(row[i] for i in kept), *([] if len(kept) > 3 else ["310000.00"])] for row in rows]
    equals_the_exact_one(headings, rows, every=True)


def test_a_condition_of_a_branch_that_is_not_taken_is_no_reason() -> None:
    """The year's sales are tested where the VAT paid is stated for the whole year, and in no other row."""
    headings = ["year", "filing", "vat_payer", *(f"revenue_q{q}" for q in range(1, 5)), "vat_paid"]
    sales = ["300000.01", "450000.01", "303387.35", "450000.01"]
    rows = [["2022", "quarterly", "small_scale", *sales, paid] for paid in ("", "1000")]
    equals_the_exact_one(headings, rows)


class RowByRow:
    """A kernel that knows nothing of a table: each row by itself."""

    def run(self, program: Program, columns: Mapping[Input, list[int]], size: int) -> dict[str, list[int]]:
        rows = [{name: [column[row]] for name, column in columns.items()} for row in range(size)]
        parts = [ListKernel().run(program, row, 1) for row in rows]
        return {name: [part[name][0] for part in parts] for name in program.outputs}


def test_a_kernel_of_another_kind_runs_the_same_programs() -> None:
    content = as_bytes(*mixture(7, 12)[:2])
    assert run(content, lambda: Lists(RowByRow())) == run(content, Lists)


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
    costs = [id for id, relief in computation.plan.model.reliefs.items() if relief.kind in ("tax", "fee")]
    for row, expected in enumerate(exact):
        place = *where[:2], where[2][row]
        assert bool(answers.kept[row]) == (expected is not None), (place, [r.why for r in answers.rejected])
        if expected is None:
            continue
        figures = {name: int(answers.figures[name][row]) for name in computation.plan.asked.figures}
        assert figures == expected.figures, place
        reliefs = sum(_known(figures.get(f"relief.{id}.saving", 0)) for id in costs)
        assert reliefs == _known(figures["total.saving"]), place
        for kind in FINDINGS:
            found = computation.findings.of(kind)[answers.findings[kind][row]]
            assert found == getattr(expected, kind), (kind, place)
