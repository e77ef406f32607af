"""Where the rows of a table come from: each kind of file is a feed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.parse import Parsed


class Piece(Protocol):
    """Some of the input, read but not yet looked into."""

    def parse(self, header: Header, *, plainly: bool) -> Parsed:
        """As a block of rows; `plainly`, where they are many: cells by their places, not one by one."""


FIRST_ROWS = 40
"""Rows among which the heading is looked for."""
MOST_LINES_OF_PIECE = 100_000
"""Lines of a piece, however short they are: each may be a row, and each row may have something wrong with it."""


class Watched:
    """A file as it was when it was opened; a pipe, which cannot change behind its reader, has nothing to watch."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self.stamp = self._look()
        """The size of the file and when it was changed; None for a pipe."""

    @property
    def size(self) -> int:
        """Bytes; 0 of a pipe."""
        return self.stamp[0] if self.stamp else 0

    def check(self) -> None:
        """Raises InputError where the file was written to since."""
        if self._look() != self.stamp:
            raise InputError([problem("input_changed", path=self._name)])

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.fstat(self._stream.fileno())
        except (OSError, ValueError):
            return None
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


class Feed(Protocol):
    """An input whose first rows can be looked at before it is read as a table."""

    name: str
    """As the user called it."""
    sheet: str
    """The title of the sheet; '' of a file that has none."""
    header_row: int
    """The row of the heading, once it is told; rows are numbered from 1, as the file counts."""
    read: int
    """Bytes taken from the input so far."""
    size: int
    """Bytes of the input, 0 where that is not known."""

    def described(self) -> Label:
        """How it is read: encoding and delimiter, in words."""

    def first_rows(self) -> list[list[str]]:
        """The first rows as text, blank ones as []. What is merged over several columns stands in each."""

    def begin(self, row: int) -> None:
        """The rows after this one are those of the table. Told once, before they are asked for."""

    def said(self, header: Header) -> list[Problem]:
        """What there is to say of how the table was shown, once it is read."""
        return []

    def rows_about(self) -> int:
        """About how many rows there are."""

    def large(self, rows: int) -> bool:
        """Are there at least so many rows?"""

    def whole_piece(self) -> Piece | None:
        """The only piece of an input that is short enough to be read at once; None of a longer one."""

    def __iter__(self) -> Iterator[Piece]:
        """The input in pieces, each with rows of its own. Raises InputError where it cannot be read on."""
