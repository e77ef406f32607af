"""A block of rows as plain Python lists: for small batches, and for text that needs care."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taxcalc.firms.read.cells import Block

_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?")
""""1,234.50": as plain as 1234.50."""


class Rows(Block):
    """Rows of cells, each with its number in the file."""

    def __init__(self, rows: list[list[str]], numbers: list[int], lines: Sequence[str]) -> None:
        self.rows, self.numbers, self.lines = rows, numbers, lines
        """`lines` are the rows as they stand in a CSV with commas."""
        self.size = len(rows)

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column]

    def texts(self, column: int) -> list[str]:
        return [row[column] for row in self.rows]

    def lettered(self, column: int, begin: str, end: str) -> list[int]:
        cells = ((row, cells[column].strip()) for row, cells in enumerate(self.rows))
        return [row for row, text in cells if text and (text[0] in begin or text[-1] in end)]

    def distinct(self, column: int) -> tuple[list[int], list[str]]:
        codes: dict[str, int] = {}
        return [codes.setdefault(row[column], len(codes)) for row in self.rows], list(codes)

    def keys(self, column: int) -> tuple[list[int], range]:
        return [0] * self.size, range(self.size)

    def decimals(
        self, column: int, places: int, lowest: int, highest: int, scale: int = 1, *, grouped: bool = False
    ) -> tuple[list[int], list[int], list[int]]:
        values: list[int] = []
        filled: list[int] = []
        odd = []
        powers = [10**n for n in range(places, -1, -1)]
        for i, row in enumerate(self.rows):
            text = row[column]
            if grouped and "," in text and _GROUPED.fullmatch(text):
                text = text.replace(",", "")
            whole, dot, part = text.partition(".")
            digits = whole.removeprefix("-") + part
            value = 0
            minus = whole[:1] == "-"
            plain = digits.isascii() and digits.isdecimal() and len(text) < 20 and len(part) <= places
            if plain and not (minus and (lowest >= 0 or whole[:2] == "--")):
                value = int(digits) * powers[len(part)]
                value = -value if minus else value
                if not lowest <= value <= highest or (dot and not part) or whole in ("", "-"):
                    odd.append(i)
            elif text:
                odd.append(i)
            values.append(value * scale)
            filled.append(bool(text))
        return values, filled, odd
