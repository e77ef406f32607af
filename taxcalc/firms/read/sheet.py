"""A sheet of a workbook as a feed: some rows at a time, whatever kind of file holds it."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeAlias, overload

from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.archive import Encrypted, Oversized
from taxcalc.firms.read.cell import Cells, Wrong
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.feed import FIRST_ROWS, Feed, Watched
from taxcalc.firms.read.heading import MOST_COLUMNS, Header
from taxcalc.firms.read.parse import Broken, Parsed
from taxcalc.firms.read.rows import Rows

MOST_ROWS = 1 << 20
"""Rows that a sheet can hold."""
Row: TypeAlias = Cells | Wrong
_NAMED = 5
"""Hidden rows that are named; more are counted."""
_ROWS, _CELLS, _LENGTH = 2_000, 200_000, 4 << 20
"""Rows read at a time, cells, and characters."""


class Merged(NamedTuple):
    """Columns of a row that are one cell, all counted from 0; those below belong to none of them."""

    row: int
    first: int
    last: int


class Grid(Protocol):
    """The cells of a sheet, as one kind of file has them."""

    title: str
    """'' of a file that holds one table only."""
    hidden: bool
    kind: Label

    @property
    def hidden_columns(self) -> Sequence[range]:
        """Columns that the sheet does not show, from 0, once `merged` was asked for."""

    def merged(self) -> list[Merged]:
        """Cells of the first rows that are merged over several columns, once those rows are read."""

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows that have cells, in order, each with its number from 1. Raises what the file's reader raises."""

    def rows_about(self) -> int:
        """About how many rows there are, once `merged` was asked for."""


class Lines(Sequence[str]):
    """Rows as lines of CSV, each made when it is asked for: few of them are."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return [as_line(row) for row in self._rows[index]] if isinstance(index, slice) else as_line(self._rows[index])

    def __len__(self) -> int:
        return len(self._rows)


class SheetPiece(NamedTuple):
    """Some rows of a sheet: those that have cells, each with its place among all."""

    rows: list[tuple[int, Row]]
    length: int

    def parse(self, header: Header, *, plainly: bool) -> Parsed:
        """As a block of rows: `plainly` by the places of their cells in the lines of a CSV. What stands beside the table is
        no part of it."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        remarks: list[tuple[str, str]] = []
        broken: list[Broken] = []
        for number, cells in self.rows:
            if isinstance(cells, Wrong):
                broken.append(Broken(number, *cells[:2]))
                continue
            texts = cells.cut(header.columns, remarks)
            beside = itertools.islice(enumerate(cells.texts, 1), len(header.columns), None)
            remarks += [("untitled", str(place)) for place, text in beside if text] if any(texts) else []
            if any(texts):
                rows.append(texts)
                numbers.append(number)
        block = _as_grid(rows, numbers, len(header.columns)) if plainly else None
        return Parsed(block or Rows(rows, numbers, Lines(rows)), broken, self.length, remarks=Counter(remarks))


def _as_grid(rows: list[list[str]], numbers: list[int], columns: int) -> Block | None:
    """Rows by the places of their cells, each in the line of its number; None where a cell has lines of its own."""
    from taxcalc.firms.read.fast import find_cells

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # as `as_line` has it
    next_row = 0
    for number, row in zip(numbers, rows, strict=True):
        text.write("\r\n" * (number - next_row))
        writer.writerow(row)
        next_row = number + 1
    found = (
        find_cells(text.getvalue().replace("\r\n", "\n").encode("utf-8", "surrogatepass"), columns) if rows else None
    )
    return found[0] if found and found[0].size == len(rows) else None


class Sheet(Feed):
    """A sheet of a workbook."""

    def __init__(self, name: str, grid: Grid, watched: Watched) -> None:
        self.name, self.sheet, self.kind, self._grid, self._watched = name, grid.title, grid.kind, grid, watched
        self.read = self.size = self.header_row = 0
        self._rows = self._in_order()
        self._first: list[tuple[int, Row]] | None = None
        """The rows that were looked at, and one more."""
        self._ahead: list[SheetPiece] = []
        self._pieces = iter(self._ahead)
        self._hidden: list[int] = []
        """Rows of the table that the sheet does not show, as far as they were read."""

    def described(self) -> Label:
        """Which sheet is read, or what kind of file."""
        if not self.sheet:
            return self.kind
        return f"工作表“{self.sheet}”", f"sheet '{self.sheet}'"

    def first_rows(self) -> list[list[str]]:
        with readable(self.name, self._watched):
            rows = self._looked_at()
            merged = self._grid.merged()
        texts: list[list[str]] = []
        for number, cells in rows:
            if number <= FIRST_ROWS:
                texts.extend([] for _ in range(len(texts) + 1, number))
                texts.append(list(cells.texts) if any(cells.texts) else [])
        room = FIRST_ROWS * MOST_COLUMNS
        for row, first, last in merged:
            room -= last - first
            if room > 0 and row < len(texts) and first < len(texts[row]) and texts[row][first]:
                texts[row].extend([""] * (last + 1 - len(texts[row])))
                texts[row][first : last + 1] = [texts[row][first]] * (last + 1 - first)
        return texts

    def said(self, header: Header, first: int = 0) -> list[Problem]:
        sheet = f"{self.sheet}!" if first else ""
        rows = [*(f"{sheet}{row}" for row in self._hidden[:_NAMED]), *(["…"] if len(self._hidden) > _NAMED else [])]
        titles = [
            column.title
            for column in header.facts
            if any(column.place - first in columns for columns in self._grid.hidden_columns)
        ]
        said = [problem("columns_hidden", columns=titles)] if titles else []
        return [*said, *([problem("rows_hidden", rows=rows, count=len(self._hidden))] if rows else [])]

    def begin(self, row: int) -> None:
        self.header_row = row
        self._pieces = self._some(row + 1)

    def rows_about(self) -> int:
        return self._grid.rows_about()

    def large(self, rows: int) -> bool:
        return self.rows_about() >= rows

    def whole_piece(self) -> SheetPiece | None:
        self._ahead = list(itertools.islice(self._pieces, 2))
        return self._ahead[0] if len(self._ahead) == 1 else None

    def __iter__(self) -> Iterator[SheetPiece]:
        return itertools.chain(self._ahead, self._pieces)

    def _looked_at(self) -> list[tuple[int, Row]]:
        if self._first is None:
            self._first = []
            for row in self._rows:
                self._first.append(row)
                if row[0] > FIRST_ROWS:
                    break
        return self._first

    def _in_order(self) -> Iterator[tuple[int, Row]]:
        last = 0
        for number, cells in self._grid.rows():
            if not last < number <= MOST_ROWS:
                raise ValueError(f"row {number}")
            last = number
            yield number, cells

    def _some(self, start: int) -> Iterator[SheetPiece]:
        rows: list[tuple[int, Row]] = []
        held = length = next_row = 0
        with readable(self.name, self._watched):
            for number, cells in itertools.chain(self._looked_at(), self._rows):
                if number < start:
                    continue
                rows.append((number - start, cells))
                if isinstance(cells, Cells) and cells.hidden and any(cells.texts):
                    self._hidden.append(number)
                held += len(cells.texts)
                length += sum(map(len, cells.texts))
                next_row = number + 1
                if len(rows) == _ROWS or held > _CELLS or length > _LENGTH:
                    yield SheetPiece(rows, next_row - start)
                    rows, held, length, start = [], 0, 0, next_row
        self._watched.check()
        if rows:
            yield SheetPiece(rows, next_row - start)


@contextlib.contextmanager
def readable(name: str, watched: Watched) -> Iterator[None]:
    """A workbook that is none, or no more than a part of one, or that is being written, is one sentence."""
    try:
        yield
    except InputError:
        raise
    except Oversized as error:
        raise InputError([problem("workbook_oversized", path=name, part=str(error))]) from None
    except Encrypted:
        raise InputError([problem("input_encrypted", path=name)]) from None
    except Exception as error:  # zipfile, expat and xlrd raise whatever they meet
        watched.check()
        why = str(error).partition("\n")[0] or type(error).__name__
        raise InputError([problem("workbook_unreadable", path=name, why=why)]) from None
