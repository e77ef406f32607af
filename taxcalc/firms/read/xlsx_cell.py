"""What a cell of a sheet of Office Open XML holds."""

from __future__ import annotations

import re
from typing import NamedTuple

from taxcalc.firms.read.cell import Cell, day, formula_text, iso_day, number, text_of
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.read.number_format import Kind

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Book(NamedTuple):
    """What the sheets of a workbook share."""

    strings: list[str]
    formats: list[Kind]
    """By style."""
    from_1904: bool = False
    distrusted: bool = False
    """Is everything to be computed when the file is opened? Then a program wrote it that computes nothing, and a
    nought is what it puts where there is no result."""


class CellReader:
    """Reads the cells of a sheet one by one."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.strings = book.strings
        self.kinds = {str(style): kind for style, kind in enumerate(book.formats) if kind}
        """The styles whose format says something of a number."""
        self.places: dict[str, int] = {}
        """Columns by their letters."""

    def cell(self, type: str, style: str, value: str | None, formula: str | None) -> Cell:
        """A cell by its type and style. Raises ValueError and IndexError where a string is none of the workbook's."""
        if formula is not None and (
            value is None or (not value and type != "str") or (self._book.distrusted and value == "0")
        ):
            return formula_text(formula)
        value = value or ""
        if type == "s":
            place = int(value)
            if place < 0:
                raise ValueError(f"string {place}")
            return self.strings[place]
        if type in ("", "n"):
            kind = self.kinds.get(style, "")
            return day(value, from_1904=self._book.from_1904) if kind == "day" else number(value, scaled=kind != "")
        if type == "b":
            return {"1": "true", "0": "false"}.get(value.strip(), value)
        return iso_day(value) if type == "d" else text_held(value)

    def column(self, letters: str) -> int:
        """The place of a column, from 0. Raises ValueError where there can be none."""
        known = self.places.get(letters)
        if known is not None:
            return known
        place = 0
        for letter in letters[:4]:
            place = place * 26 + (ord(letter) - 64 if "A" <= letter <= "Z" else MOST_COLUMNS)
        if not 0 < place <= MOST_COLUMNS:
            raise ValueError(f"column {letters[:4] if len(letters) > 3 else place}")
        self.places[letters] = place - 1
        return place - 1


def text_held(text: str) -> str:
    """Text with the characters that XML cannot hold, which are written by their numbers."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text_of(text)
