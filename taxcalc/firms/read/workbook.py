"""A workbook as a feed: its first sheet that has anything in it, some rows at a time."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.archive import Oversized
from taxcalc.firms.read.careful import Record
from taxcalc.firms.read.feed import FIRST_ROWS, Feed
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.parse import Parsed, as_rows
from taxcalc.firms.read.sheet_cells import MOST_ROWS, opened, rows_of

_ROWS, _CELLS = 2_000, 200_000
"""Rows read at a time, and cells."""


class SheetPiece(NamedTuple):
    """Some rows of a sheet as text, as far as they have cells."""

    rows: list[list[str]]

    def parse(self, header: Header, *, plainly: bool) -> Parsed:
        """As a block of rows. There is but one way to read them."""
        used = len(header.columns)
        padded = (cells + [""] * (used - len(cells)) for cells in self.rows)
        return as_rows((Record(number, cells, "", 0) for number, cells in enumerate(padded)), used)


class Sheet(Feed):
    """The first sheet of a workbook that has anything in it."""

    def __init__(self, file: BinaryIO | str, name: str) -> None:
        self.name = name
        self.read = self.size = 0
        self._pieces = self._some()
        self._held: list[SheetPiece] = []
        """Pieces that were read ahead."""
        self.header_row = 0
        with self._readable():
            for sheet in opened(file).worksheets:
                self._rows = rows_of(sheet)
                self._about = min(sheet.max_row or 0, MOST_ROWS)
                self._first = list(itertools.islice(self._rows, FIRST_ROWS))
                if any(map(any, self._first)):
                    self.sheet = sheet.title
                    return
        raise InputError([problem("file_empty", path=name)])

    def first_rows(self) -> list[list[str]]:
        return self._first

    def begin(self, row: int) -> None:
        self.header_row = row
        self._rows = itertools.chain(self._first[row:], self._rows)

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """A workbook that is none, or no more than a part of one, is one sentence."""
        try:
            yield
        except InputError:
            raise
        except Oversized as error:
            raise InputError([problem("workbook_oversized", path=self.name, part=str(error))]) from None
        except Exception as error:  # openpyxl raises whatever its parts raise
            why = str(error).partition("\n")[0] or type(error).__name__
            raise InputError([problem("workbook_unreadable", path=self.name, why=why)]) from None

    def described(self) -> Label:
        """Which sheet is read."""
        return f"工作表“{self.sheet}”", f"sheet '{self.sheet}'"

    def rows_about(self) -> int:
        return self._about

    def large(self, rows: int) -> bool:
        """Reading the sheet itself takes longer than any way of computing it."""
        return False

    def whole_piece(self) -> SheetPiece | None:
        self._held = list(itertools.islice(self._pieces, 2))
        return self._held[0] if len(self._held) == 1 else None

    def __iter__(self) -> Iterator[SheetPiece]:
        return itertools.chain(self._held, self._pieces)

    def _some(self) -> Iterator[SheetPiece]:
        rows: list[list[str]] = []
        held = 0
        with self._readable():
            for cells in self._rows:
                rows.append(cells)
                held += len(cells)
                if len(rows) == _ROWS or held > _CELLS:
                    yield SheetPiece(rows)
                    rows, held = [], 0
        if rows:
            yield SheetPiece(rows)
