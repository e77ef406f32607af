"""Chunks of a batch, read by the places of their cells and with care, to the letter."""

from __future__ import annotations

import pytest

from helpers.businesses import CATALOGUE
from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import problem
from taxcalc.firms.read.fast import Grid
from taxcalc.firms.read.heading import Header, read_header
from taxcalc.firms.read.parse import Chunk, Parsed, cells_of, miscounted
from taxcalc.firms.read.rows import Rows

# ---------------------------------------------------------------------- chunks


def header(*titles: str) -> Header:
    """A heading with these titles."""
    return read_header(titles, CATALOGUE, "test")


IDS = header("id", "year", "revenue")


def parsed(text: str | bytes, delimiter: str = ",", heading: Header = IDS, plainly: bool = False) -> Parsed:
    """A chunk that was read."""
    content = text.encode() if isinstance(text, str) else text
    return Chunk(content, delimiter=delimiter).parse(heading, plainly=plainly)


def table_of(read: Parsed, columns: int = 3) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Rows with their numbers, and the lines as they stand."""
    block = read.block
    rows = [(int(block.numbers[i]), [block.text(i, c) for c in range(columns)]) for i in range(block.size)]
    if isinstance(block, Rows):
        return rows, list(block.lines)
    assert isinstance(block, Grid)
    return rows, [block.lines[int(n)].removesuffix("\r") for n in block.numbers]


@pytest.mark.parametrize("plainly", [False, True])
def test_a_chunk_is_rows_and_what_is_none(plainly: bool) -> None:
    read = parsed('a,2023,5\n\nb,2023\nc,2023,6,7\n,,\n"d,e",2023,"1,000"\n"x,y",2023\r\n', plainly=plainly)
    assert isinstance(read.block, Rows) is not plainly
    assert table_of(read) == (
        [(0, ["a", "2023", "5"]), (5, ["d,e", "2023", "1,000"])],
        ["a,2023,5", '"d,e",2023,"1,000"'],
    )
    assert read.broken == [
        (2, "b,2023", problem("cells_miscounted", found=2, expected=3)),
        (3, "c,2023,6,7", problem("cells_miscounted", found=4, expected=3)),
        (6, '"x,y",2023', problem("cells_miscounted", found=2, expected=3)),
    ]
    assert (read.length, read.delimiter) == (7, ",")


@pytest.mark.parametrize("plainly", [False, True])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(plainly: bool, delimiter: str) -> None:
    lines = ["a;2023;5", "b;2023", "c;2024;6"]
    read = parsed("".join(line.replace(";", delimiter) + "\n" for line in lines), delimiter, plainly=plainly)
    assert isinstance(read.block, Rows) is not plainly
    rows, as_commas = table_of(read)
    assert rows == [(0, ["a", "2023", "5"]), (2, ["c", "2024", "6"])]
    assert [line.replace(delimiter, ",") for line in as_commas] == ["a,2023,5", "c,2024,6"]
    assert read.broken == [(1, f"b{delimiter}2023", problem("cells_miscounted", found=2, expected=3))]
    assert (read.length, read.delimiter) == (3, delimiter)


@pytest.mark.parametrize("plainly", [False, True])
@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("b,2023\r\n", ("b,2023", 2)),
        ("b,2023\r\r\n", ("b,2023\r", 2)),
        ("\rb,2023\r\n", ("\rb,2023", 2)),
        ("b\rc,2023\n", ("b\rc,2023", 2)),
        ("Xb,20X \t\r\n", ("Xb,20X \t", 2)),
        (",\r\r\n", (",\r", 2)),
        (",,,\r\r\n", (",,,\r", 4)),
        ("X\n", ("X", 1)),
        (" \r\n", (" ", 1)),
        (",,,,\r\n", None),
        (",\r\n", None),
        ("\r\n", None),
        ("\r\r\r\n", None),
    ],
)
def test_a_broken_line_keeps_all_but_its_own_end(plainly: bool, line: str, broken: tuple[str, int] | None) -> None:
    """One return belongs to the line's end; more are of its last cell, but returns alone are no cell."""
    read = parsed(f"a,2023,5\n{line}c,2024,6\n", plainly=plainly)
    assert isinstance(read.block, Rows) is not plainly
    assert [number for number, _ in table_of(read)[0]] == [0, 2]
    found = [(1, broken[0], problem("cells_miscounted", found=broken[1], expected=3))] if broken else []
    assert (read.broken, read.length) == (found, 3)


@pytest.mark.parametrize(
    "text",
    [
        "a;2023;1,5\n",  # a comma among other delimiters
        'a;2023;"5"\n',  # a quote among other delimiters
    ],
)
def test_what_might_not_be_plain_is_read_with_care(text: str) -> None:
    assert isinstance(parsed(text, ";", plainly=True).block, Rows)


def test_care_is_also_for_bad_bytes_stray_quotes_and_trailing_delimiters() -> None:
    assert isinstance(parsed(b"a,2023,\xff\n", plainly=True).block, Rows)
    assert isinstance(parsed('a,2023,5"\n', plainly=True).block, Rows)
    assert isinstance(parsed("a,2023,5,\n", plainly=True).block, Rows)
    assert isinstance(parsed("a,2023,5,\n", heading=header("id", "year", "revenue", ""), plainly=True).block, Rows)
    read = parsed("a,2023,5,,\nb,2023,6\nc,2023,7,,8\n", plainly=True)
    assert table_of(read) == ([(0, ["a", "2023", "5"]), (1, ["b", "2023", "6"])], ["a,2023,5", "b,2023,6"])
    assert read.broken == [(2, "c,2023,7,,8", problem("cells_miscounted", found=5, expected=3))]
    lone = parsed(b"a,2023,5\nb,\xff,6\n")
    assert lone.broken == [(1, "", problem("bytes_undecodable"))]


@pytest.mark.parametrize("plainly", [False, True])
def test_a_row_of_quoted_nothing_is_blank(plainly: bool) -> None:
    blank = ['"","",""', ',"",', '"",,', ',,""', ",,"]
    filled = ['12,"",""', '"a",,', ',"",5', '"","","1"', '"""",,', "12,,", ",12,"]
    for end in ("\n", "\r\n"):
        read = parsed("".join(line + end for line in [*blank, *filled]), plainly=plainly)
        assert isinstance(read.block, Rows) is not plainly
        assert table_of(read) == (
            [
                (5, ["12", "", ""]),
                (6, ["a", "", ""]),
                (7, ["", "", "5"]),
                (8, ["", "", "1"]),
                (9, ['"', "", ""]),
                (10, ["12", "", ""]),
                (11, ["", "12", ""]),
            ],
            filled,
        )
        assert (read.broken, read.length) == ([], 12)
    read = parsed('""\na\n""\n', heading=header("id"), plainly=plainly)
    assert table_of(read, 1) == ([(1, ["a"])], ["a"])


@pytest.mark.parametrize("plainly", [False, True])
def test_a_row_stands_in_its_line_as_it_came(plainly: bool) -> None:
    assert table_of(parsed('"a","2023",5\n', plainly=plainly)) == ([(0, ["a", "2023", "5"])], ['"a","2023",5'])


def test_a_quote_that_closes_by_chance_costs_its_own_line_only() -> None:
    read = parsed('a,"2023,5\nb",2023,6\n')
    assert table_of(read)[0] == [(1, ['b"', "2023", "6"])]
    assert read.broken == [(0, 'a,"2023,5', problem("quote_open", lines=200))]


def test_a_chunk_may_be_a_problem_itself() -> None:
    read = Chunk(b"", problem("record_long", limit=8)).parse(IDS, plainly=True)
    assert (read.block.size, read.broken, read.length) == (0, [(0, "", problem("record_long", limit=8))], 1)


def test_lines_and_cells_are_each_others_opposites() -> None:
    for cells in (["a", "b"], ["a,b", 'say "x"'], ["two\nlines", ""], ["\r", " x "], [""], ["5"]):
        assert cells_of(as_line(cells), ",") == cells or cells == ["\r", " x "]
    assert as_line(["a", "b,c", 'd"', "e\nf", "g\rh", ""]) == 'a,"b,c","d""","e\nf","g\rh",'
    assert cells_of('a;"b;c";d', ";") == ["a", "b;c", "d"]
    assert cells_of("a;b,c", ";") == ["a", "b,c"]
    assert cells_of('n,"open,2023', ",") == ["n", "open,2023"]
    assert cells_of('a"\rb,c', ",") == ['a"\rb', "c"]
    assert miscounted(["a"], 3) == problem("cells_miscounted", found=1, expected=3)
