"""A chunk of text to a block of rows: by the places of its cells where it is plain, with care where not."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import Problem, problem
from taxcalc.firms.read.careful import Record, records
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.rows import Rows


class Broken(NamedTuple):
    """A line that is no row of the table: its number in the piece, its text, and why."""

    number: int
    text: str
    why: Problem


class Parsed(NamedTuple):
    """A block, the lines that are no rows of it, and how many rows of the file they are together."""

    block: Block
    broken: list[Broken]
    length: int
    delimiter: str = ","
    """Between the cells of broken lines."""
    remarks: Mapping[tuple[str, str], int] = MappingProxyType({})
    first: int = 0
    """The row of the file that the first line is, where that does not follow from the piece before."""
    sheet: str = ""
    """The sheet that the rows are of, where there are several."""
    """How many cells were read otherwise than they stand, by what was done ("rounded") and the title of the column."""


class Chunk(NamedTuple):
    """A piece of CSV: whole lines of UTF-8, or what was wrong with one that is left out."""

    text: bytes
    problem: Problem | None = None
    delimiter: str = ","
    record: Record | None = None
    """The only record of the text, where it was read already."""

    def parse(self, header: Header, *, plainly: bool) -> Parsed:
        """As a block of rows: `plainly` as a grid, where it can be proved to be one."""
        if self.problem:
            return Parsed(Rows([], [], []), [Broken(0, "", self.problem)], 1)
        if self.record:
            return as_rows([self.record], len(header.columns), self.delimiter)
        parsed = _as_grid(self.text, header, self.delimiter) if plainly else None
        found = records(self.text, self.delimiter, header.width)
        return parsed or as_rows(found, len(header.columns), self.delimiter)


def _as_grid(text: bytes, header: Header, delimiter: str) -> Parsed | None:
    from taxcalc.firms.read.fast import find_cells

    if header.width != len(header.columns):
        return None
    if delimiter != ",":
        if b'"' in text or b"," in text:
            return None
        text = text.replace(delimiter.encode(), b",")
    if (found := find_cells(text, header.width)) is None:
        return None
    grid, odd = found
    broken = []
    known: dict[str, tuple[str, Problem] | None] = {}  # bad lines come in thousands, and are mostly alike
    for number, line in zip(odd, grid.lines.gather(odd).fill_null(""), strict=True):
        if line not in known:
            cells = cells_of(line, ",") if line.strip("\r") else []  # returns alone are no cell
            if len(cells) > header.width and any(cells) and not any(cells[header.width :]):
                return None  # trailing delimiters
            known[line] = (line.replace(",", delimiter), miscounted(cells, header.width)) if any(cells) else None
        if wrong := known[line]:
            broken.append(Broken(number, *wrong))
    return Parsed(grid, broken, len(grid.lines), delimiter)


def as_rows(found: Iterable[Record], used: int, delimiter: str = ",") -> Parsed:
    """Records as rows of so many cells, each with its line: as it was written, where that is CSV with commas."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    lines: list[str] = []
    broken = []
    length = 0
    for record in found:
        length += 1
        cells = record.cells
        if record.problem:
            broken.append(Broken(record.number, record.text, record.problem))
        elif any(cells):
            if len(cells) > used and not any(cells[used:]):
                cells = cells[:used]
            if len(cells) != used:
                text = record.text or as_line(cells[: used + 9])
                broken.append(Broken(record.number, text, miscounted(cells, used)))
                continue
            rows.append(cells)
            numbers.append(record.number)
            as_written = record.text and delimiter == "," and len(cells) == len(record.cells)
            lines.append(record.text if as_written else as_line(cells))
    return Parsed(Rows(rows, numbers, lines), broken, length, delimiter)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of a line, as far as they can be told where its quotes are astray."""
    if '"' in line:
        with contextlib.suppress(csv.Error):
            return next(csv.reader([line], delimiter=delimiter), [])
    return line.split(delimiter)


def miscounted(cells: Sequence[str], expected: int) -> Problem:
    """A row that has not as many cells as the heading."""
    return problem("cells_miscounted", found=len(cells), expected=expected)
