"""Lines of CSV to records, with care: quoted line breaks, stray quotes, bad bytes, each by name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.problem import Problem, problem

csv.field_size_limit(1 << 30)
MOST_LINES = 200
"""Lines that one record may span before its quote counts as never closed."""


class Record(NamedTuple):
    """One row: its number in the text (from 0), its cells, its own text, where it ends, or what is wrong."""

    number: int
    cells: list[str]
    text: str
    end: int
    problem: Problem | None = None


def records(text: bytes, delimiter: str, width: int | None = None) -> Iterator[Record]:
    """Every record of a text, blank ones too.

    `width` is the number of cells that a record should have: a quoted line break in one that then has
    another number is a quote that was never closed, and only the line where it opened is given up.
    """
    start = number = 0
    while start < len(text):
        end = _line_end(text, start)
        line = text[start:end]
        if b'"' not in line:
            record = _plain(number, line, delimiter, end)
        else:
            record = _quoted(number, text, start, end, delimiter, width)
        yield record
        start, number = record.end, number + 1


def _line_end(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return end + 1 if end >= 0 else len(text)


def _plain(number: int, line: bytes, delimiter: str, end: int) -> Record:
    written = _decoded(line)
    if written is None:
        return Record(number, [], "", end, problem("bytes_undecodable"))
    return Record(number, written.split(delimiter) if written else [], written, end)


def _decoded(line: bytes) -> str | None:
    try:
        return line.rstrip(b"\n").removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        return None


def _quoted(number: int, text: bytes, start: int, end: int, delimiter: str, width: int | None) -> Record:
    first = end
    for _ in range(MOST_LINES):
        if text.count(b'"', start, end) % 2 == 0 or end == first:
            written = _decoded(text[start:end])
            if written is None:
                return Record(number, [], "", first, problem("bytes_undecodable"))
            cells = _cells(written, delimiter)
            if cells is not None:
                if end > first and width is not None and len(cells) != width:
                    break
                return Record(number, cells, written, end)
            if end == first and text.count(b'"', start, end) % 2 == 0:
                return Record(number, [], written, first, problem("quote_inside"))
        if end >= len(text):
            break
        end = _line_end(text, end)
    return Record(number, [], _decoded(text[start:first]) or "", first, problem("quote_open", lines=MOST_LINES))


def _cells(written: str, delimiter: str) -> list[str] | None:
    """The cells of one record; None where a quote is open at its end or closes in the middle of a cell."""
    try:
        rows = list(csv.reader([f"{line}\n" for line in written.split("\n")], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
