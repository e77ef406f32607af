"""The pieces that read a batch, each by itself and to the letter: guards, records and chunks."""

from __future__ import annotations

import itertools

import pytest
from businesses import CATALOGUE

from taxcalc.batch.guard import FIRST_BYTES, guarded, restored
from taxcalc.batch.header import Header, read_header
from taxcalc.batch.parse import Chunk, Parsed, as_line, cells_of, miscounted, parse
from taxcalc.batch.records import Record, records
from taxcalc.batch.rows import Rows
from taxcalc.problem import problem

# ---------------------------------------------------------------------- guards

RISKY = ["=1", "+a", "-a", "@a", "\ta", "\ra", "＝1", "＋1", "－1", "＠1", "'=1", "'''@", "-", "=", "+1+1", "-1-"]


@pytest.mark.parametrize("cell", RISKY)
def test_a_risky_cell_gets_one_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert restored(f"'{cell}") == cell
    assert cell.encode()[0] in FIRST_BYTES


@pytest.mark.parametrize(
    "cell", ["", "a", "5", "-5", "+5", "-.5", "+1,234.50", "-5%", "1_000", "'", "''", "'a", "%1", "a=1"]
)
def test_a_harmless_cell_stays(cell: str) -> None:
    assert guarded(cell) == cell
    assert restored(cell) == cell


# ---------------------------------------------------------------------- records


def found(text: str | bytes, delimiter: str = ",", width: int | None = None) -> list[Record]:
    """The records of a text."""
    every = records(text.encode() if isinstance(text, str) else text, delimiter, width)
    return list(itertools.islice(every, 300))


def test_plain_lines_are_records() -> None:
    assert found("a,b\r\n\n1;2,\nend") == [
        Record(0, ["a", "b"], "a,b", 5),
        Record(1, [], "", 6),
        Record(2, ["1;2", ""], "1;2,", 11),
        Record(3, ["end"], "end", 14),
    ]
    assert found("a;b,c\n", ";") == [Record(0, ["a", "b,c"], "a;b,c", 6)]
    assert found("") == []
    assert found("\r\n") == [Record(0, [], "", 2)]


def test_quotes_hold_delimiters_quotes_and_line_breaks() -> None:
    assert found('"a,b","say ""x"""\n1,2\n') == [
        Record(0, ["a,b", 'say "x"'], '"a,b","say ""x"""', 18),
        Record(1, ["1", "2"], "1,2", 22),
    ]
    text = 'x,"two\nlines",5\ny,z,6\n'
    assert found(text, ",", 3) == [
        Record(0, ["x", "two\nlines", "5"], 'x,"two\nlines",5', 16),
        Record(1, ["y", "z", "6"], "y,z,6", 22),
    ]
    assert found('5" pipe,2\n') == [Record(0, ['5" pipe', "2"], '5" pipe,2', 10)]
    assert found('"a";"b"\n', ";") == [Record(0, ["a", "b"], '"a";"b"', 8)]
    assert found('"a"\r\n"b"') == [Record(0, ["a"], '"a"', 5), Record(1, ["b"], '"b"', 8)]


def test_what_is_no_record_is_named_and_costs_one_line() -> None:
    open_quote = problem("quote_open", lines=200)
    assert found('a,"x\nb,c\n', ",", 2) == [Record(0, [], 'a,"x', 5, open_quote), Record(1, ["b", "c"], "b,c", 9)]
    assert found('a,"x\nb",c\nd,e\n', ",", 2)[0] == Record(0, [], 'a,"x', 5, open_quote)  # it would be three cells
    assert found('a,"x"y,c\nd\n') == [Record(0, [], 'a,"x"y,c', 9, problem("quote_inside")), Record(1, ["d"], "d", 11)]
    undecodable = problem("bytes_undecodable")
    assert found(b"a,\xff\nb\n") == [Record(0, [], "", 4, undecodable), Record(1, ["b"], "b", 6)]
    assert found(b'"a\xff"\n"b"\n') == [Record(0, [], "", 5, undecodable), Record(1, ["b"], '"b"', 9)]
    assert found(b'\xff"\n')[0] == Record(0, [], "", 3, undecodable)


@pytest.mark.parametrize(("lines", "whole"), [(200, True), (201, False)])
def test_a_record_may_span_so_many_lines(lines: int, whole: bool) -> None:
    text = '"' + "\n" * (lines - 1) + '",b\nnext,c\n'
    one, *others = found(text, ",", 2)
    assert (one.problem is None) == whole
    assert one.end == (len(text) - 7 if whole else 2)
    assert others[-1] == Record(1 if whole else others[-1].number, ["next", "c"], "next,c", len(text))


# ---------------------------------------------------------------------- chunks


def header(*titles: str) -> Header:
    """A heading with these titles."""
    return read_header(titles, CATALOGUE, "test")


IDS = header("id", "year", "revenue")


def parsed(text: str | bytes, delimiter: str = ",", heading: Header = IDS, plainly: bool = False) -> Parsed:
    """A chunk that was read."""
    content = text.encode() if isinstance(text, str) else text
    return parse(Chunk(content), heading, delimiter, plainly=plainly)


def table_of(read: Parsed, columns: int = 3) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Rows with their numbers, and the lines as they stand."""
    block = read.block
    rows = [(block.number(i), [block.text(i, c) for c in range(columns)]) for i in range(block.size)]
    if isinstance(block, Rows):
        return rows, list(block.lines)
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


def test_a_chunk_may_be_a_problem_itself() -> None:
    read = parse(Chunk(b"", problem("record_long", limit=8)), IDS, ",", plainly=True)
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
