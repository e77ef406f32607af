"""Every engine equals the exact one: on every row, in every figure, for every year."""

from __future__ import annotations

import random
from typing import Any

import pytest
from businesses import CATALOGUE, blocks, table
from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.batch.answer import BLANK
from taxcalc.batch.compute import SETS, Computation
from taxcalc.batch.header import read_header
from taxcalc.engine.arrays import Arrays
from taxcalc.engine.lists import Lists
from taxcalc.model import shipped_book
from taxcalc.problem import InputError

ENGINES = [Lists, Arrays]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_equals_the_exact_one(engine: Any, seed: int) -> None:
    equals_the_exact_one(engine, *table(random.Random(seed), 12))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9), share=st.sampled_from([0.1, 0.4]))
def test_what_is_not_known_is_blank_in_every_engine(engine: Any, seed: int, share: float) -> None:
    """Few columns of few facts: what cannot be known is no nought, of whatever figure."""
    rng = random.Random(seed)
    headings, rows = table(rng, 8)
    kept = [i for i in range(len(headings)) if i < 3 or rng.random() < share]
    headings = [*(headings[i] for i in kept), *([] if len(kept) > 3 else ["revenue_q1"])]
    rows = [[*(row[i] for i in kept), *([] if len(kept) > 3 else ["310000.00"])] for row in rows]
    equals_the_exact_one(engine, headings, rows, every=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_condition_of_a_branch_that_is_not_taken_is_no_reason(engine: Any) -> None:
    """The year's sales are tested where the VAT paid is stated for the whole year, and in no other row."""
    headings = ["year", "filing", "vat_payer", *(f"revenue_q{q}" for q in range(1, 5)), "vat_paid"]
    sales = ["300000.01", "450000.01", "303387.35", "450000.01"]
    rows = [["2022", "quarterly", "small_scale", *sales, paid] for paid in ("", "1000")]
    equals_the_exact_one(engine, headings, rows)


def known(figure: int) -> int:
    """What a sum counts of a figure."""
    return 0 if figure == BLANK else figure


def equals_the_exact_one(engine: Any, headings: list[str], rows: list[list[str]], *, every: bool = False) -> None:
    header = read_header(headings, CATALOGUE, "test")
    computation = Computation(header, engine(), shipped_book(), "full", {}, every=every)
    for kind, block in blocks(headings, rows).items():
        if kind == "grid" and engine is Lists:
            continue  # few rows are read as lists of cells alone
        answers = computation.answers(block)
        for row in range(block.size):
            try:
                exact = computation.answer_singly(block, row)
            except InputError:
                assert not answers.kept[row], (kind, rows[row])
                continue
            assert answers.kept[row], (kind, rows[row], [r.why for r in answers.rejected])
            figures = {name: int(answers.figures[name][row]) for name in computation.asked.figures}
            assert figures == exact.figures, (kind, rows[row])
            costs = [id for id, relief in computation.model.reliefs.items() if relief.kind in ("tax", "fee")]
            reliefs = sum(known(figures.get(f"relief.{id}.saving", 0)) for id in costs)
            assert reliefs == known(figures["total.saving"]), (kind, rows[row])
            for what in SETS:
                got = computation.sets(what)[int(answers.sets[what][row])]
                assert got == getattr(exact, what), (kind, what, rows[row])
