"""Every engine equals the exact one: on every row, in every figure, for every year."""

from __future__ import annotations

import random
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.batches import as_bytes, mixture, run
from helpers.businesses import table
from helpers.engines_agree import equals_the_exact_one
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.program import Input, Program
from taxcalc.firms.columns.lists import Lists


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_equals_the_exact_one(seed: int) -> None:
    equals_the_exact_one(*table(random.Random(seed), 12))


@settings(max_examples=5, deadline=None)
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
