"""Answers as a workbook: real numbers, a heading that stays in view, columns as wide as they need.

A row is in the file before the next one comes, so memory does not grow with the table. The same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import InputError, problem
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.book import close_book, new_book, pixels

_MOST_ROWS, _LONGEST_CELL = 1 << 20, 32_767
"""What a sheet can hold."""
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
Value: TypeAlias = str | int | Decimal


class Made(NamedTuple):
    """A block: its columns, of all rows, and which rows are good. Amounts that were computed are in fen."""

    own: list[list[Value]]
    figures: list[list[int]]
    texts: list[list[str]]
    kept: list[int]


class WorkbookSink:
    """Writes rows to a sheet, and the workbook in the end."""

    def __init__(self, columns: AddedColumns, path: Path) -> None:
        self._columns = columns
        titles = columns.ordered([*(c.title for c in columns.own), *columns.titles])
        if len(titles) > MOST_COLUMNS:
            raise InputError([problem("workbook_wide", limit=MOST_COLUMNS, columns=len(titles))])
        self._folder = tempfile.TemporaryDirectory(prefix="taxcalc-")
        self._book = new_book(str(path), self._folder.name)
        self._sheet = self._book.add_worksheet("taxcalc")
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        self._plain = self._book.add_format()
        self._as_text = self._book.add_format({"quote_prefix": True})
        self._money = {c.place for c in columns.own if c.slot and c.slot.fact.type == "money"}
        self._count = 0
        kinds = columns.ordered(range(len(titles)))
        self._at = sorted(range(len(titles)), key=kinds.__getitem__)
        """Where each column stands: those of the table, figures, texts."""
        self._write_heading(titles)

    def _write_heading(self, titles: list[str]) -> None:
        self._sheet.freeze_panes(1, 1)
        own, texts = len(self._columns.own), len(titles) - len(self._columns.findings)
        style = {"bold": True, "text_wrap": True, "valign": "top"}
        of_table, added = (self._book.add_format({**style, "bg_color": colour}) for colour in ("#E8EEF4", "#DDEBDD"))
        for kind, place in enumerate(self._at):
            title = titles[place]
            wide = kind >= texts + (1 if len(titles) - texts > 3 else 0)
            width = max(12, min(40, sum(2 if ord(c) > 255 else 1 for c in title) * 0.7 + 4))
            self._sheet.set_column_pixels(place, place, pixels(48 if wide else width))
            self._sheet.write_string(0, place, _held(title), of_table if kind < own else added)

    def block(self, block: Block, answers: Answers[C]) -> Made:
        """The rows as columns of values."""
        own = [self._own(block, column, answers.engine) for column in self._columns.own]
        figures = [list(map(int, answers.figures[name])) for name in self._columns.figures]
        texts = [
            list(map(self._columns.texts(kind, _held).__getitem__, answers.findings[kind]))
            for kind in self._columns.findings
        ]
        return Made(own, figures, texts, list(map(int, answers.kept)))

    def _own(self, block: Block, column: Column, engine: Engine[C]) -> list[Value]:
        """A column of the table: the numbers that its texts are, else the texts."""
        numbers = column.slot is not None and column.slot.fact.type in ("money", "average", "count")
        if column.slot is None or column.unit or not numbers:
            return [_held(text) for text in block.texts(column.place)]
        fact, read = column.slot.fact, read_column(block, column, engine)
        values: list[Value] = []
        for row, (value, filled) in enumerate(zip(map(int, read.values), read.filled, strict=True)):
            if not filled:
                values.append(_held(block.text(row, column.place)))
            elif fact.type == "money":
                values.append(Decimal(value).scaleb(-2))
            else:
                values.append(Decimal(value) / fact.parts if value % fact.parts else value // fact.parts)
        return values

    def take(self, made: Made, first: int) -> None:
        """Put rows into the sheet. Raises InputError where it would have more than a workbook can hold."""
        number, text = self._sheet.write_number, self._text
        formats = [self._amount if column.place in self._money else self._plain for column in self._columns.own]
        figures = len(self._columns.own)
        texts = figures + len(self._columns.figures)
        of_table, of_amounts, of_texts = self._at[:figures], self._at[figures:texts], self._at[texts:]
        own, fen, sentences = (zip(*part, strict=True) if part else itertools.repeat(()) for part in made[:3])
        for kept, cells, amounts, said in zip(made.kept, own, fen, sentences, strict=False):
            if not kept:
                continue
            self._count += 1
            if self._count >= _MOST_ROWS:
                raise InputError([problem("workbook_full", limit=_MOST_ROWS - 1)])
            row = self._count
            for place, value, format in zip(of_table, cells, formats, strict=True):
                if not isinstance(value, str):
                    number(row, place, value, format)
                elif value:
                    text(row, place, value)
            for place, amount in zip(of_amounts, amounts, strict=True):
                if amount != BLANK:
                    number(row, place, Decimal(amount).scaleb(-2), self._amount)
            for place, words in zip(of_texts, said, strict=True):
                if words:
                    text(row, place, words)

    def _text(self, row: int, place: int, text: str) -> None:
        """A cell of text: never a formula, whatever it begins with, nor when somebody edits it. The library takes for markup
        of its own what begins and ends like that: it is handed over in two parts, which the library spells out."""
        if text.startswith("<r>") and text.endswith("</r>"):
            self._sheet.write_rich_string(row, place, text[:1], self._plain, text[1:])
        else:
            self._sheet.write_string(row, place, text, None if guarded(text) == text else self._as_text)

    def finish(self) -> None:
        """Write the file."""
        try:
            close_book(self._book)
        finally:
            self._folder.cleanup()

    def abandon(self) -> None:
        """Let go of the rows."""
        with contextlib.suppress(OSError):  # whatever state they are in
            self._folder.cleanup()


def _held(text: str) -> str:
    return _UNHELD.sub("\ufffd", text)[:_LONGEST_CELL]
