"""The period of a row, however exports write it: in one cell or in two, the same figures, in every engine."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import batches
from helpers.batch_command import batch
from helpers.engines_agree import equals_the_exact_one
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists

FIGURES = ["vat.payable", "total.saving", "total.payable"]
QUARTERS = [
    ("2024-01-01", "2024-03-31"),
    ("2025-04", "2025-06"),
    ("2024年10月1日", "2024年12月31日"),
    ("2024-01", "2024-12"),
]
WRITTEN = ["2024年一季度", "2Q2025", "2024-10至2024-12", "2024年度"]
CLEAN = ["2024Q1", "2025Q2", "2024Q4", "2024"]


def figures(table: str) -> list[list[str]]:
    done = batch(table, "--names", "id")
    assert done.code == 0, done.err
    return [[row[name] for name in FIGURES] for row in done.rows]


def test_every_spelling_gives_the_figures_of_the_clean_one() -> None:
    clean = figures("id,period,vat_payer,revenue\n" + "".join(f"a,{text},small,310000\n" for text in CLEAN))
    assert len({tuple(row) for row in clean}) > 1
    written = "".join(f"a,{text},小规模,310000\n" for text in WRITTEN)
    assert figures(f"税号,所属期,纳税人资格,销售额\n{written}") == clean
    two = "".join(f"a,{begin},{end},小规模,310000\n" for begin, end in QUARTERS)
    assert figures(f"税号,税款所属期起,税款所属期止,纳税人资格,销售额\n{two}") == clean


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-01-01,,,", "第 2 行（“所属期起”列）：只填了 所属期起，没有填 所属期止"),
        (",2024-03-31,,", "第 2 行（“所属期止”列）：只填了 所属期止，没有填 所属期起"),
        ("2024-01-01,2024-06-30,,", "第 2 行（“所属期起”列）：“2024-01 — 2024-06”不是一个月、一季或一年"),
        ("2024-01-01,2024-03-31,2024年二季度,", "与所属期 2024Q2 不一致"),
        ("2024-01-01,2024-03-31,,2025", "所属期 2024Q1 与年度 2025 不一致"),
        ("2024-01-05,2024-03-31,,", "第 2 行（“所属期起”列）：“2024-01-05”不是一个月的首日"),
        (",,2024年5季度,2024", "第 2 行（“所属期”列）：“2024年5季度”不是所属期"),
        (",,45382,2024", "第 2 行（“所属期”列）：“45382”是电子表格的日期序号"),
    ],
)
def test_what_is_no_period_is_refused_at_its_own_cell(row: str, said: str) -> None:
    done = batch(f"所属期起,所属期止,所属期,年度,销售额\n{row},5\n2024-01,2024-03,,,5\n", "--lang", "zh")
    assert done.code == 1
    assert said in done.err
    assert len(done.rows) == 1


whens = st.sampled_from(["", *(text for pair in QUARTERS for text in pair), *WRITTEN, *CLEAN, "x"])


@settings(max_examples=15)
@given(st.lists(st.tuples(whens, whens, whens, st.sampled_from(["", "2024", "2025年"])), min_size=1, max_size=6))
def test_engines_find_the_same_periods(cells: list[tuple[str, str, str, str]]) -> None:
    rows = [[*cell, "小规模", "310000"] for cell in cells]
    equals_the_exact_one(["period_from", "period_to", "period", "year", "vat_payer", "revenue"], rows)


def test_many_large_numbers_are_told_apart() -> None:
    """Rows are grouped by numbers that would not fit together into 64 bits."""
    top = 1 << 40
    columns = [np.array([top, 0, top, 0]), np.array([top, top, top, 0]), np.array([7, 7, 7, 7])]
    groups = [(key, rows.tolist()) for key, rows in Arrays().groups(columns)]
    assert groups == [((top, top, 7), [0, 2]), ((0, top, 7), [1]), ((0, 0, 7), [3])]


def test_a_long_table_tells_what_a_short_one_does() -> None:
    """The periods of a long one are not known before it is read: a relief may be in its last months under today's law, and
    in its first in a row far below."""
    years = (2020, 2023, 2026)
    rows = "".join(f"{year},600000.00,9000000.00,yes,12,30000.00,10\n" for year in years)
    table = (
        "year,revenue,equipment_loan,equipment_loan_eligible,equipment_loan_months,graduate_insurance,employees\n"
        + rows
    )
    short = batch(table, "--columns", "items", "--names", "en")
    assert short.code == 0, short.err
    long = batches.run(table.encode(), Lists)
    told = next(csv.reader(io.StringIO(long.out.decode("utf-8-sig"), newline="")))
    assert short.rows[0].keys() - set(told) == set()
