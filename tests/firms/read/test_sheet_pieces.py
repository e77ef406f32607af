"""Rows of a sheet are the same rows, whether they are read one by one or by the places of their cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpers.businesses import CATALOGUE
from taxcalc.firms.read.cell import Cells
from taxcalc.firms.read.fast import Grid
from taxcalc.firms.read.heading import read_header
from taxcalc.firms.read.sheet import Row, SheetPiece

HEADER = read_header(["id", "name", "revenue"], CATALOGUE, "x")
TEXTS = st.sampled_from(["", "a", "甲,乙", 'a"b', '"', "1,234.50", "two\nlines", "a\rb", "=1", " ", "\x1f"]) | st.text(
    max_size=4
)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.lists(TEXTS, min_size=3, max_size=3)), max_size=12)


def piece(rows: list[tuple[int, list[str]]]) -> SheetPiece:
    """Each row so many below the one before that there are blank ones between."""
    found: list[tuple[int, Row]] = []
    number = -1
    for gap, texts in rows:
        number += 1 + gap
        found.append((number, Cells(texts, [])))
    return SheetPiece(found, number + 3)


@given(ROWS)
def test_cells_lines_and_numbers_are_the_same(rows: list[tuple[int, list[str]]]) -> None:
    one, other = (piece(rows).parse(HEADER, plainly=plainly) for plainly in (False, True))
    assert (one.length, one.broken) == (other.length, other.broken)
    blocks = one.block, other.block
    assert blocks[0].size == blocks[1].size
    assert list(map(int, blocks[0].numbers)) == list(map(int, blocks[1].numbers))
    for column in range(3):
        assert blocks[0].texts(column) == blocks[1].texts(column)
        assert blocks[1].texts(column) == [blocks[1].text(row, column) for row in range(blocks[1].size)]


def test_plain_rows_are_read_by_places() -> None:
    block = (
        piece([(0, ["a", "甲", "5"]), (2, ["b", 'with "quotes", and commas', "1,234.50"])])
        .parse(HEADER, plainly=True)
        .block
    )
    assert isinstance(block, Grid)
    assert [block.lines[int(number)] for number in block.numbers] == [
        "a,甲,5",
        'b,"with ""quotes"", and commas","1,234.50"',
    ]
