"""Where the rows of a table come from: each kind of file is a feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

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

    def rows_about(self) -> int:
        """About how many rows there are."""

    def large(self, rows: int) -> bool:
        """Are there at least so many rows?"""

    def whole_piece(self) -> Piece | None:
        """The only piece of an input that is short enough to be read at once; None of a longer one."""

    def __iter__(self) -> Iterator[Piece]:
        """The input in pieces, each with rows of its own. Raises InputError where it cannot be read on."""
