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


class Feed(Protocol):
    """An input whose heading is read."""

    name: str
    header: list[str]
    header_row: int
    """The row of the heading in the file; rows are numbered as a spreadsheet does."""
    read: int
    """Bytes taken from the input so far."""
    size: int
    """Bytes of the input, 0 where that is not known."""

    def described(self) -> Label:
        """How it is read: encoding and delimiter, in words."""

    def rows_about(self) -> int:
        """About how many rows there are."""

    def large(self, rows: int) -> bool:
        """Are there at least so many rows?"""

    def whole_piece(self) -> Piece | None:
        """The only piece of an input that is short enough to be read at once; None of a longer one."""

    def __iter__(self) -> Iterator[Piece]:
        """The input in pieces, each with rows of its own. Raises InputError where it cannot be read on."""
