"""Columns in arrays: what is quick there gives what is plain, also where two things fall together."""

from __future__ import annotations

from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import taxcalc.firms.columns.arrays as arrays
import taxcalc.firms.read.fast as grid
from helpers.batches import summary
from helpers.businesses import CATALOGUE, blocks
from taxcalc.assessment.amounts import BLANK
from taxcalc.engines.arrays import OPERATIONS
from taxcalc.firms.read.cells import read_column
from taxcalc.firms.read.digits import Words, read_decimals
from taxcalc.firms.read.heading import read_header

NUMBERS = st.integers(-(2**62), 2**62)
TEXTS = st.text(st.sampled_from("abA1 税费,"), max_size=9) | st.sampled_from(["x" * 23, "x" * 24, "x" * 25, "y" * 24])


@given(st.lists(st.tuples(st.booleans(), NUMBERS, NUMBERS), min_size=1), st.sampled_from([0, 1, BLANK, 2**62]))
def test_a_choice_is_what_it_chooses(rows: list[tuple[bool, int, int]], constant: int) -> None:
    c, x, y = (np.array(column) for column in zip(*rows, strict=True))
    one = np.int64(constant)
    when = OPERATIONS["when"]
    for a, b in ((x, y), (x, one), (one, y), (one, one), (one, np.int64(0))):
        assert when(c, a, b).tolist() == np.where(c, a, b).tolist()


@pytest.mark.parametrize("throws", [arrays._THROWS, [np.uint64(0)], []])
@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_distinct_values_are_told_apart_wherever_they_fall(throws: list[Any], values: list[int]) -> None:
    with mock.patch.object(arrays, "_THROWS", throws):
        codes, found = arrays.distinct(np.array(values))
    assert [found[code] for code in codes] == values
    assert len(found) == len(set(found))


@pytest.mark.parametrize("odd", [grid._ODD, np.uint64(0)])
@given(st.lists(TEXTS, min_size=1, max_size=40), st.integers(1, 64))
def test_distinct_texts_are_told_apart_wherever_they_fall(odd: Any, texts: list[str], few: int) -> None:
    lines = "".join(f'1,"{text}",2\n' if "," in text else f"1,{text},2\n" for text in texts)
    found = grid.find_cells(lines.encode(), 3)
    assert found is not None
    with mock.patch.object(grid, "_ODD", odd), mock.patch.object(grid, "_DISTINCT", few):
        codes, known = found[0].distinct(1)
    assert [known[code] for code in codes] == texts
    assert len(known) == len(set(known))


@given(st.binary(min_size=1, max_size=90), st.data())
def test_words_are_the_bytes_before_and_after_a_place(text: bytes, data: Any) -> None:
    pad = bytes(32)
    buffer = np.frombuffer((pad + text + pad).ljust(160, b"\0"), np.uint8)
    places = np.array(data.draw(st.lists(st.integers(32, 32 + len(text)), min_size=1)), np.int32)
    lengths = np.array([data.draw(st.integers(0, 24)) for _ in places], np.int32)
    words = Words(buffer)
    low, high = words.before(places)
    after = words.after(places, lengths, 24)
    whole = buffer.tobytes()
    for i, place in enumerate(map(int, places)):
        assert int(high[i]).to_bytes(8, "little") + int(low[i]).to_bytes(8, "little") == whole[place - 16 : place]
        found = b"".join(int(word[i]).to_bytes(8, "little") for word in after)
        assert found == whole[place : place + int(lengths[i])].ljust(24, b"\0")


@pytest.mark.parametrize("piece", [1, 2, 5, 1 << 17])
def test_separators_are_found_in_pieces_of_any_size(piece: int) -> None:
    text = b"a,bb,c\n,,\nx,y,z\r\n"
    with mock.patch.object(grid, "_PIECE", piece):
        found = grid.find_cells(text, 3)
    assert found is not None
    block, odd = found
    assert odd == []
    assert [[block.text(row, column) for column in range(3)] for row in range(block.size)] == [
        ["a", "bb", "c"],
        ["x", "y", "z"],
    ]


NAMES = st.sampled_from(["taxable_income", "revenue", "employees", "encouraged_income_share", "year"])
PLAIN = st.from_regex(r"-?[0-9]{0,17}(\.[0-9]{0,10})?", fullmatch=True)
ODD = st.sampled_from(
    ["", " ", "1e3", "+5", "-", ".", "1,234.50", "12万", "１２", "0.6", "60%", "NaN", "--1", "1 2", "'5", '"']
)
CELLS = st.lists(st.one_of(PLAIN, ODD), min_size=1, max_size=12)


@settings(max_examples=300)
@given(st.data())
def test_both_blocks_read_every_text_alike(data: Any) -> None:
    """What a block proves plain is what the one reader of people's writing says of it."""
    name = data.draw(NAMES)
    texts = data.draw(CELLS)
    header = read_header([name, "other"], CATALOGUE, "test")
    found = blocks([name, "other"], [[text, "x"] for text in texts])
    read = {kind: read_column(block, header.columns[0], arrays.Arrays()) for kind, block in found.items()}
    one, other = read["rows"], read["grid"]
    assert one.bad == other.bad
    there = [[bool(flag) for flag in r.filled] for r in (one, other)]
    assert there[0] == there[1]
    good = [i for i in range(len(texts)) if there[0][i] and i not in one.bad]
    assert [one.values[i] for i in good] == [int(other.values[i]) for i in good]


def test_totals_of_amounts_beyond_32_bits_are_exact() -> None:
    incomes = [40_000_000_001, 70_000_000_003, 4]
    content = "year,taxpayer,taxable_income\n" + "".join(f"2023,enterprise,{n}\n" for n in incomes)
    sink = summary(content.encode(), arrays.Arrays, [])
    assert sink.all.sums["total.payable"] == (sum(incomes) * 25, 3)


# ---------------------------------------------------------------------- decimals in words


def decimals(cells: list[tuple[str, str]], places: int) -> list[int | None]:
    """Cells, each with the text before it, as whole numbers at so many places; None where it is no plain decimal."""
    room = 37  # so that cells end at every place within a word
    text = b"".join((before + cell).rjust(room, "~").encode() for before, cell in cells) + b"~" * room
    ends = np.arange(1, len(cells) + 1, dtype=np.int32) * room
    lengths = np.array([len(cell) for _, cell in cells], np.int32)
    words = Words(np.frombuffer(text, np.uint8)).before(ends)
    given = [word.copy() for word in words]
    values, fine = read_decimals(words, lengths, places)
    assert [word.tolist() for word in words] == [word.tolist() for word in given]
    assert values.dtype == np.int64
    assert fine.dtype == np.bool_
    return [value if good else None for value, good in zip(values.tolist(), fine.tolist(), strict=True)]


DECIMALS = {
    0: {
        "0": 0, "7": 7, "007": 7, "12345678": 12345678, "123456789": 123456789, "987654321098765": 987654321098765,
        "1234567890123456": None, "": None, "12345678901234567": None, "1.5": None, "1.": None, ".": None, "/": None, ":": None, "1234567x": None,
        "x2345678": None, "x23456789": None, "12345/789": None, "1:3456789": None,
    },
    2: {
        "0.00": 0, "0.05": 5, "3.14": 314, "1234567.89": 123456789, "1234567890123.45": 123456789012345,
        "12345678901234.56": None, "7": 700, "75": 7500, "7.5": 750, "98765432.1": 9876543210, "999999999999999": 99999999999999900,
        "7.": None, ".75": None, ".5": None, "7.555": None, "1.2.3": None, "1.23.4": None, "1.2x": None, "x.25": None,
        "12:45.67": None, "": None,
    },
    4: {"1.2345": 12345, "1.234": 12340, "1.23": 12300, "1.2": 12000, "1": 10000, "12345.6789": 123456789, ".1234": None},
    7: {
        "1.2345678": 12345678, "1.234567": 12345670, "12345678.1234567": 123456781234567, "0.0000001": 1,
        ".2345678": None, "123456789.1234567": None, "1.23456789": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("places", DECIMALS)
@pytest.mark.parametrize("before", [",", "1,", "1.,", "9.9,", "5.55,", "123456789,", "~~.", "~~..", "~~9.", "~~99."])
def test_decimals_are_read_whatever_stands_before_them(places: int, before: str) -> None:
    """All forms together, and each alone, where no cell of another form is left for the next turn."""
    known = DECIMALS[places]
    assert decimals([(before, cell) for cell in known], places) == list(known.values())
    for cell, value in known.items():
        assert decimals([(before, cell), (before, cell)], places) == [value, value], cell


def test_decimals_have_room_in_64_bits() -> None:
    """At a scale of ten thousand the last that counts is the room itself, 2 to the 62nd, shared out."""
    last = 2**62 // 10**4
    found = decimals([(",", str(last)), (",", str(last + 1)), (",", "999999999999999")], 4)
    assert found == [last * 10**4, None, None]
    assert decimals([(",", "999999999999999")], 3) == [999999999999999000]
    assert decimals([(",", "99999999999999.9")], 4) == [999999999999999000]


def test_no_cells_are_no_decimals() -> None:
    assert decimals([], 2) == []


def test_words_from_every_place_and_of_every_length() -> None:
    text = bytes(range(1, 100))
    words = Words(np.frombuffer(text, np.uint8))
    places, lengths = (part.ravel().astype(np.int32) for part in np.mgrid[24:40, 0:25])
    low, high = words.before(places)
    after = words.after(places, lengths, 24)
    for i, (place, length) in enumerate(zip(places.tolist(), lengths.tolist(), strict=True)):
        assert int(high[i]).to_bytes(8, "little") + int(low[i]).to_bytes(8, "little") == text[place - 16 : place]
        found = b"".join(int(word[i]).to_bytes(8, "little") for word in after)
        assert found == text[place : place + length].ljust(24, b"\0")


def test_words_at_the_edge_of_a_text() -> None:
    """A word beyond the edge is asked for, and nothing of it is used."""
    words = Words(np.frombuffer(b"abcdefghijklmnop??", np.uint8))  # the rest that fills no word is left out
    low, _ = words.before(np.array([8, 16], np.int32))
    assert [int(word).to_bytes(8, "little") for word in low] == [b"abcdefgh", b"ijklmnop"]
    found = words.after(np.array([8, 13], np.int32), np.array([8, 3], np.int32), 8)
    assert [int(word).to_bytes(8, "little") for word in found[0]] == [b"ijklmnop", b"nop" + bytes(5)]
    assert words.after(np.array([8], np.int32), np.array([0], np.int32), 0) == []
    assert [word.tolist() for word in words.after(np.array([16], np.int32), np.array([0], np.int32), 8)] == [[0]]
    assert [len(words.after(np.array([0], np.int32), np.array([1], np.int32), most)) for most in (1, 8, 9, 16, 17)] == [
        1,
        1,
        2,
        2,
        3,
    ]
