"""Lines of CSV to records, with care: quoted line breaks, stray quotes, bad bytes, each by name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.base.problem import Problem, problem

csv.field_size_limit(1 << 30)
MOST_LINES = 200
"""Lines that one record may span before its quote counts as never closed."""
_PATIENCE = 500 * MOST_LINES
"""Lines of a text that are looked at in vain for the ends of quotes. After so many the text is no table of
quoted line breaks, and an open quote only ever takes its own line."""


class Record(NamedTuple):
    """One row: its number (from 0), its cells, its own text if it has one, where that ends, or what is wrong."""

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
    patience = _PATIENCE
    while start < len(text):
        end = _line_end(text, start)
        line = text[start:end]
        if b'"' not in line:
            record = _plain(number, line, delimiter, end)
        else:
            record, read = _quoted(number, text, start, delimiter, width, min(MOST_LINES, max(1, patience)))
            if record.problem:
                patience -= read
        yield record
        start, number = record.end, number + 1


def _line_end(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return end + 1 if end >= 0 else len(text)


def _plain(number: int, line: bytes, delimiter: str, end: int) -> Record:
    written = _decoded(line)
    if written is None:
        return Record(number, [], "", end, problem("bytes_undecodable"))
    blank = not written.strip("\r")  # returns alone are no cell
    return Record(number, [] if blank else written.split(delimiter), written, end)


def _decoded(line: bytes) -> str | None:
    try:
        return line.rstrip(b"\n").removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        return None


def _quoted(number: int, text: bytes, start: int, delimiter: str, width: int | None, most: int) -> tuple[Record, int]:
    """A record that has quotes, and the lines that were read for it. The CSV reader takes line after line
    until the record is complete, so each is read once."""
    first = _line_end(text, start)
    lines = _Lines(text, start, most)
    wrong = problem("quote_open", lines=MOST_LINES)
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        if lines.end == first or width is None or len(cells) == width:
            written = text[start : lines.end].decode().removesuffix("\n").removesuffix("\r")
            return Record(number, cells, written, lines.end), lines.count
    except UnicodeDecodeError:
        wrong = problem("bytes_undecodable")
        return Record(number, [], "", first, wrong), lines.count
    except csv.Error:
        if lines.count == 1 and not lines.asked_in_vain:
            wrong = problem("quote_inside")
    return Record(number, [], _decoded(text[start:first]) or "", first, wrong), lines.count


class _Lines:
    """The lines of a text from a place on, as the CSV reader asks for them."""

    def __init__(self, text: bytes, start: int, most: int) -> None:
        self._text, self._most = text, most
        self.end, self.count, self.asked_in_vain = start, 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.count == self._most or self.end >= len(self._text):
            self.asked_in_vain = True
            raise StopIteration
        start, self.end = self.end, _line_end(self._text, self.end)
        self.count += 1
        line = self._text[start : self.end].decode()
        return line if line.endswith("\n") else f"{line}\n"
