"""What a cell of a spreadsheet holds, as text. Some kinds wait for the column: what a number or a day says to a fact.

Spreadsheets hold numbers as doubles: 15 digits are what was meant, as the programs show them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple, TypeAlias

from taxcalc.base.money import read_money
from taxcalc.base.problem import Problem
from taxcalc.firms.read.column import Column

PLAIN = r"0|-?(?:[1-9][0-9]{0,12}(?:\.[0-9]?[1-9])?|0\.[0-9]?[1-9])"
"""A number that says the same in any column: to the fen, and in no more than 15 digits."""
_PLAIN = re.compile(PLAIN)
_EXACT = Context(prec=1_000)
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters without width, which are no white space to Python."""
_LATEST = 2_950_000
"""Days that a date can have in either reckoning: until the year 9976."""


class Number(NamedTuple):
    """A number that is finer than a fen, or that its format shows in other units than it is held in."""

    text: str
    scaled: bool = False

    def said(self, column: Column) -> tuple[str, str]:
        """Its text in a column, and what is to be remarked. Money is rounded half away from zero, to the fen."""
        if column.slot is None or column.slot.fact.type != "money":
            return self.text, ""
        places = _places(column.unit)
        value = Decimal(self.text)
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
        remark = "scaled" if self.scaled else "rounded"
        if rounded == value:
            return self.text, remark if self.scaled else ""
        return format(rounded or Decimal(0), "f"), remark


class Day(NamedTuple):
    """A day, or a moment of it."""

    moment: datetime

    @property
    def text(self) -> str:
        """2024-03-31, with the time where it has one."""
        return str(self.moment).removesuffix(" 00:00:00")

    def said(self, column: Column) -> tuple[str, str]:
        """Its month where a period is asked for, its year where a year is."""
        if column.slot is None:
            return self.text, ""
        day = self.moment.date().isoformat()
        return {"period": day[:7], "year": day[:4]}.get(column.slot.fact.name, day), ""


Special: TypeAlias = Number | Day
"""What has another text in some columns."""
Cell: TypeAlias = str | Special


class Wrong(NamedTuple):
    """A row that is none of the table: as it stands, and why."""

    text: str
    why: Problem
    texts: tuple[str, ...] = ()


class Cells(NamedTuple):
    """A row: its cells as text, and those of them that are more than it."""

    texts: list[str]
    special: list[tuple[int, Special]]
    hidden: bool = False
    """Does its sheet not show it, by hand or by a filter?"""

    def put(self, place: int, cell: Cell) -> None:
        """Set a cell. Those before it that are not there are empty."""
        texts = self.texts
        if place >= len(texts):
            texts.extend([""] * (place + 1 - len(texts)))
        if isinstance(cell, str):
            texts[place] = cell
        else:
            texts[place] = cell.text
            self.special.append((place, cell))

    def cut(self, columns: Sequence[Column], remarks: list[tuple[str, str]]) -> list[str]:
        """As many cells as there are columns, each as its column has it."""
        texts = self.texts[: len(columns)]
        texts += [""] * (len(columns) - len(texts))
        for place, cell in self.special:
            if place < len(columns):
                texts[place], remark = cell.said(columns[place])
                if remark:
                    remarks.append((remark, columns[place].title))
        return texts


def text_of(text: str) -> str:
    """Text as it stands, '' where nothing of it can be seen."""
    return text if text.strip() and (text.isascii() or text.strip().strip(_UNSEEN)) else ""


def number(text: str, *, scaled: bool = False) -> Cell:
    """A number from its digits as the file has them; as they stand, where they are none that a spreadsheet holds."""
    if not scaled and _PLAIN.fullmatch(text):
        return text
    try:
        held = float(text)
        shown = Decimal(format(held, ".15g"))
    except ValueError:
        return text.strip()
    if not shown.is_finite():
        return text.strip()
    written = format(shown or Decimal(0), "f")
    fine = len(written.partition(".")[2]) > 2
    return Number(written, scaled) if fine or scaled else written


def day(serial: str, *, from_1904: bool = False) -> Cell:
    """A day from its number: 1 is the first of January 1900, and the year 1900 has a 29 February that never was."""
    try:
        days = float(serial)
    except ValueError:
        return serial.strip()
    if not 0 <= days <= _LATEST:
        return number(serial)
    since = timedelta(seconds=round(days * 86400))
    if from_1904:
        return Day(datetime(1904, 1, 1) + since)
    if days < 1:  # a time of no day
        return str(since)
    return Day(datetime(1899, 12, 30 if days >= 60 else 31) + since)


def iso_day(text: str) -> Cell:
    """A day that is written as one."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text_of(text)
    return Day(moment.replace(tzinfo=None))


def day_of(value: date) -> Day:
    """A day that is one already."""
    return Day(
        value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    )


def formula_text(text: str) -> str:
    """A formula of which the file holds no result: no fact can be read from it."""
    return f"={text.strip().removeprefix('=') or '…'}"


@functools.cache
def _places(unit: str) -> int:
    """Decimals down to the fen of an amount in a unit: 2 of yuan, 6 of 万."""
    fen = read_money(f"1{unit}")
    return 2 if isinstance(fen, Problem) else len(str(fen)) - 1
