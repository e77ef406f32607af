"""Guards and records of a batch, each by itself and to the letter."""

from __future__ import annotations

import itertools

import pytest

from taxcalc.base.formula_guard import FIRST_BYTES, guarded, restored
from taxcalc.base.problem import problem
from taxcalc.firms.read.careful import Record, _quoted, records

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


def test_ends_of_lines_are_taken_off_and_nothing_else() -> None:
    assert found("\na,X\nb, \n") == [
        Record(0, [], "", 1),
        Record(1, ["a", "X"], "a,X", 5),
        Record(2, ["b", " "], "b, ", 9),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [('5" pipe,1\n', ""), ("", 'c,5" pipe\n'), ("a,bcdefgh\n", "c,d\n"), ('5" a,1\n6" b,2\n', 'c,5"\nd,"e"\n')],
)
def test_quotes_of_other_lines_do_not_matter(before: str, after: str) -> None:
    text = f'{before}"two\nlines",b\n{after}'
    assert Record(before.count("\n"), ["two\nlines", "b"], '"two\nlines",b', len(text) - len(after)) in found(
        text, ",", 2
    )
    astray = found(f'{before}"x"y,b\n')[-1]
    assert (astray.text, astray.problem) == ('"x"y,b', problem("quote_inside"))


def test_one_line_may_have_another_number_of_cells() -> None:
    assert found('"a",b\n', ",", 3) == [Record(0, ["a", "b"], '"a",b', 6)]


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


@pytest.mark.parametrize(("line", "cells"), [("X", ["X"]), (" ", [" "]), ("\r\r", [])])
def test_returns_alone_are_a_blank_line_and_nothing_else_is(line: str, cells: list[str]) -> None:
    assert found(f"{line}\n")[0].cells == cells


@pytest.mark.parametrize(
    ("text", "key"),
    [('"a"b\n', "quote_inside"), ('"abc\n', "quote_open"), ('"abc', "quote_open"), ('"a\nb"c\n', "quote_open")],
)
def test_a_quote_inside_a_line_is_told_from_one_that_never_closes(text: str, key: str) -> None:
    said = found(text)[0].problem
    assert said is not None
    assert said.key == key


def test_an_open_quote_reads_the_lines_that_are_there_and_no_more() -> None:
    assert [_quoted(0, text, 0, ",", None, 200)[1] for text in (b'"a\n', b'"a', b'"a\nb\nc')] == [1, 1, 3]


def test_after_enough_lines_in_vain_a_quote_takes_its_own_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = '"a\nb\nc\n"d\ne"\n'
    assert [record.cells for record in found(text)][3:] == [["d\ne"]]
    monkeypatch.setattr("taxcalc.firms.read.careful._PATIENCE", 4)  # as many as the first quote looks at
    assert [record.cells for record in found(text)][3:] == [[], ['e"']]
