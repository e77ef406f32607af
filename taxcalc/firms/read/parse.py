"""A chunk of text to a block of rows: by the places of its cells where it is plain, with care where not."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Sequence
from typing import Any, NamedTuple

from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import Problem, problem
from taxcalc.firms.read.careful import records
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.rows import Rows


class Chunk(NamedTuple):
    """Whole lines of UTF-8, or what was wrong with one that is left out."""

    text: bytes
    problem: Problem | None = None


class Parsed(NamedTuple):
    """A block, the rows that have no right number of cells, and how many rows the chunk takes up."""

    block: Any
    broken: list[tuple[int, str, Problem]]
    """Row in the chunk, its text, what is wrong."""
    length: int
    delimiter: str = ","
    """Between the cells of those texts."""


def parse(chunk: Chunk, header: Header, delimiter: str, *, plainly: bool) -> Parsed:
    """Read a chunk: `plainly` as a grid, where it can be proved to be one."""
    if chunk.problem:
        return Parsed(Rows([], [], []), [(0, "", chunk.problem)], 1)
    parsed = _as_grid(chunk.text, header, delimiter) if plainly else None
    return parsed or _as_records(chunk.text, header, delimiter)


def _as_grid(text: bytes, header: Header, delimiter: str) -> Parsed | None:
    from taxcalc.firms.read.fast import find_cells, lines_of

    if header.width != len(header.columns):
        return None
    if delimiter != ",":
        if b'"' in text or b"," in text:
            return None
        text = text.replace(delimiter.encode(), b",")
    lines = lines_of(text)
    found = find_cells(text, header.width, lines) if lines is not None else None
    if found is None:
        return None
    grid, odd = found
    broken = []
    for number in odd:
        line = lines[number] or ""
        cells = cells_of(line, ",") if line.strip("\r") else []  # returns alone are no cell
        if len(cells) > header.width and any(cells) and not any(cells[header.width :]):
            return None  # trailing delimiters
        if any(cells):
            broken.append((number, line.replace(",", delimiter), miscounted(cells, header.width)))
    return Parsed(grid, broken, len(lines), delimiter)


def _as_records(text: bytes, header: Header, delimiter: str) -> Parsed:
    rows: list[list[str]] = []
    numbers: list[int] = []
    lines: list[str] = []
    broken = []
    length = 0
    used = len(header.columns)
    for record in records(text, delimiter, header.width):
        length += 1
        cells = record.cells
        if record.problem:
            broken.append((record.number, record.text, record.problem))
        elif any(cells):
            if len(cells) > used and not any(cells[used:]):
                cells = cells[:used]
            if len(cells) != used:
                broken.append((record.number, record.text, miscounted(cells, used)))
                continue
            rows.append(cells)
            numbers.append(record.number)
            as_written = delimiter == "," and len(cells) == len(record.cells)
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
