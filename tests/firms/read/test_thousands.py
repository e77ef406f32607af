"""Amounts with commas between thousands: read in columns where they are plain, and as the careful reader reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.businesses import CATALOGUE
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.interface import Engine
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.read.cells import Block, read_column, reader
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.fast import find_cells
from taxcalc.firms.read.rows import Rows

SLOT = CATALOGUE.find("taxable_income")
ODD = (
    *("1,234.50", "1,234", "-1,234.5", "12,345,678.90", "999,999,999,999.99", "9,999,999,999,999.99", "123,456.7"),
    *("1,23", "1234,567", "12,345.678", "0,123.00", "01,234.00", "1,,234", "1,234,", ",234", "1,234.", "1.234,50"),
    *("--1,234", "-,234", "1,234-", "(1,234.50)", "1,234.5,0", "1,234,567,890,123,456,789.00", "1,2a4.50", "1/234.50"),
)
FIGURES = st.builds(lambda n, places: f"{n:,.{places}f}", st.integers(-(10**14), 10**14), st.integers(0, 3))
TEXTS = st.lists(st.sampled_from(ODD) | FIGURES | st.text("0123456789,.-", max_size=12), min_size=1, max_size=30)


def blocks(cells: list[str]) -> list[tuple[Block, Engine[Any]]]:
    found = find_cells("".join(f'x,"{cell}"\n' for cell in cells).encode(), 2)
    assert found is not None
    return [(found[0], Arrays()), (Rows([["x", cell] for cell in cells], list(range(len(cells))), []), Lists())]


@given(TEXTS)
def test_each_is_the_amount_that_the_careful_reader_reads(cells: list[str]) -> None:
    assert SLOT is not None
    read = reader(SLOT.fact)
    for block, engine in blocks(cells):
        column = read_column(block, Column(1, "x", SLOT), engine)
        for row, cell in enumerate(cells):
            expected = read(cell)
            if isinstance(expected, int):
                assert (int(column.values[row]), bool(column.filled[row]), row in column.bad) == (expected, True, False)
            else:
                assert (row in column.bad) == (expected is not None)


@pytest.mark.parametrize("which", [0, 1])
def test_plain_ones_are_not_read_one_by_one(which: int) -> None:
    block, _ = blocks(["1,234.50", "-12,345", "1,234,567.8", "5", ""])[which]
    values, filled, odd = block.decimals(1, 2, -(10**15), 10**15, grouped=True)
    assert list(map(int, values)) == [123450, -1234500, 123456780, 500, 0]
    assert (list(map(bool, filled)), list(odd)) == ([True] * 4 + [False], [])
