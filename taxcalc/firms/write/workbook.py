"""Answers as a workbook: a sheet of rows as the table has them, with a row of totals; what else is told, on sheets of its own.

A row is in the file before the next one comes, so memory does not grow with the table. The same rows give the same bytes.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from xlsxwriter.utility import xl_col_to_name

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.formula_guard import guarded
from taxcalc.base.money import plain
from taxcalc.base.problem import InputError, problem
from taxcalc.firms.answers import ADVISED, Answers
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.summary import SummarySink
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.workbook_sheets import WORDS, RejectedSheet, new_sheet, write_basis, write_totals
from taxcalc.report.book import close_book, new_book, pixels, print_wide
from taxcalc.report.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from taxcalc.firms.counts import Counts
    from taxcalc.firms.write.rejects import Rejects

_MOST_ROWS, _LONGEST_CELL = 1 << 20, 32_767
"""What a sheet can hold."""
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
_DAY = re.compile(r"(19[1-9]\d|2\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
"""A day as workbooks give it."""
_FIRST_DAY = date(1899, 12, 30)
"""From which workbooks count days."""
_LOOKED_AT = 500
"""Rows that say how wide a column is."""
_NARROWEST, _WIDEST, _PROSE, _TALLEST = 9, 40, 48, 6
"""Widths, in characters, the third that of sentences; and the most lines of a heading."""
_LEADING = 4
"""Columns of which one may stay in view with those before it."""
_ATTENTION = ("needs", "incomplete")
"""The columns in which anything at all asks for attention."""


class Shown(NamedTuple):
    """A number that is written as the table had it: a share, a day."""

    number: Decimal | int
    format: str


Value: TypeAlias = str | int | Decimal | Shown


class Made(NamedTuple):
    """A block: its columns, of all rows, and which rows are good. Amounts that were computed are in fen."""

    own: list[list[Value]]
    figures: list[list[int]]
    texts: list[list[str]]
    kept: list[int]
    notes: Counter[int]
    """How many good rows have each set of remarks, by its number."""
    summed: Any
    """What the totals take of it."""


class WorkbookSink:
    """Writes rows to a sheet, and the workbook in the end; rows that are rejected go to a sheet beside it."""

    def __init__(self, columns: AddedColumns, path: Path, rejects: Rejects) -> None:
        self._columns = columns
        titles = columns.ordered([*(c.title for c in columns.own), *columns.titles])
        if len(titles) > MOST_COLUMNS:
            raise InputError([problem("workbook_wide", limit=MOST_COLUMNS, columns=len(titles))])
        self._side = 0 if columns.lang == "zh" else 1
        self._folder = tempfile.TemporaryDirectory(prefix="taxcalc-")
        self._book = new_book(str(path), self._folder.name)
        self._sheet = self._book.add_worksheet(WORDS["answers"][self._side])
        self._formats = {"": self._book.add_format({"indent": 1})}
        self._amount = self._format("#,##0.00")
        self._marked = self._book.add_format({"bg_color": "#FFF2CC", "font_color": "#7F6000", "indent": 1})
        self._as_text = self._book.add_format({"indent": 1, "quote_prefix": True})
        self._of_money = {c.place for c in columns.own if c.slot and c.slot.fact.type == "money"}
        kinds = columns.ordered(range(len(titles)))
        self._at = sorted(range(len(titles)), key=kinds.__getitem__)
        """Where each column stands: those of the table, figures, texts."""
        self._widths = [max(_NARROWEST, min(24.0, _wide(title) * 0.7 + 4)) for title in titles]
        self._count, self._notes = 0, Counter[int]()
        self._totals: list[int | None] = [None] * len(columns.figures)
        self._sums = SummarySink(columns, [], columns.engine)
        named = next(filter(None, map(columns.header.column, ("name", "id"))), None)
        self._named = self._at[columns.own.index(named)] if named in columns.own else 0
        self._sheet.freeze_panes(1, 1 + self._kept_in_view())
        lines = (-int(-_wide(title) // (width - 2)) for title, width in zip(titles, self._widths, strict=True))
        self._sheet.set_row(0, 15 * min(_TALLEST, max(lines, default=1)))
        style = {"bold": True, "text_wrap": True, "valign": "top"}
        of_table, added = (self._book.add_format({**style, "bg_color": colour}) for colour in ("#E8EEF4", "#DDEBDD"))
        for kind, place in enumerate(self._at):
            self._sheet.write_string(0, place, _held(titles[place]), of_table if kind < len(columns.own) else added)
        self._totals_sheet = new_sheet(self._book, "totals", self._side)
        self._rejected = RejectedSheet(self._book, self._side, of_table, _held)
        self._basis_sheet = new_sheet(self._book, "basis", self._side)
        rejects.also(self._rejected.take)

    def _kept_in_view(self) -> int:
        """The column up to which a table stays in view: that of the name, where it is one of the first."""
        return self._named if self._named < _LEADING else 0

    def _format(self, shown: str) -> Format:
        if shown not in self._formats:
            self._formats[shown] = self._book.add_format({"num_format": shown})
        return self._formats[shown]

    def block(self, block: Block, answers: Answers[C]) -> Made:
        """The rows as columns of values."""
        own = [self._own(block, column, answers.engine) for column in self._columns.own]
        figures = [list(map(int, answers.figures[name])) for name in self._columns.figures]
        texts = [
            list(map(self._columns.texts(kind, _held).__getitem__, answers.findings[kind]))
            for kind in self._columns.findings
        ]
        kept = list(map(int, answers.kept))
        notes = Counter(itertools.compress(map(int, answers.findings["notes"]), kept))
        return Made(own, figures, texts, kept, notes, self._sums.block(block, answers))

    def _own(self, block: Block, column: Column, engine: Engine[C]) -> list[Value]:
        """A column of the table: the numbers that its texts are, else the texts."""
        type = column.slot.fact.type if column.slot else "text"
        if column.slot is None or column.unit or type not in ("money", "average", "count", "rate"):
            codes, texts = block.distinct(column.place)
            written = _plain_number if type in ("money", "average", "count", "rate") else _day
            return list(map([written(text) or _held(text) for text in texts].__getitem__, map(int, codes)))
        fact, read = column.slot.fact, read_column(block, column, engine)
        values: list[Value] = []
        for row, (value, filled) in enumerate(zip(map(int, read.values), read.filled, strict=True)):
            if type == "rate":
                values.append(_share(block.text(row, column.place), Decimal(value) / fact.parts if filled else None))
            elif not filled:
                values.append(_held(block.text(row, column.place)))
            elif type == "money":
                values.append(Decimal(value).scaleb(-2))
            else:
                values.append(Decimal(value) / fact.parts if value % fact.parts else value // fact.parts)
        return values

    def take(self, made: Made, first: int) -> None:
        """Put rows into the sheet. Raises InputError where it would have more than a workbook can hold."""
        self._sums.take(made.summed, first)
        self._notes += made.notes
        number, text = self._sheet.write_number, self._text
        bare = self._formats[""]
        numbers = {True: self._amount, False: self._format("General")}
        formats = [numbers[column.place in self._of_money] for column in self._columns.own]
        figures = len(self._columns.own)
        texts = figures + len(self._columns.figures)
        of_table, of_amounts, of_texts = self._at[:figures], self._at[figures:texts], self._at[texts:]
        first_place = min(of_table, default=-1)
        marking = [kind in _ATTENTION for kind in self._columns.findings]
        own, fen, sentences = (zip(*part, strict=True) if part else itertools.repeat(()) for part in made[:3])
        for kept, cells, amounts, said in zip(made.kept, own, fen, sentences, strict=False):
            if not kept:
                continue
            self._count += 1
            if self._count >= _MOST_ROWS - 1:  # the last is for totals
                raise InputError([problem("workbook_full", limit=_MOST_ROWS - 2)])
            row = self._count
            if row <= _LOOKED_AT:
                self._measure(cells, amounts)
            marked = any(itertools.compress(said, marking))
            for place, value, format in zip(of_table, cells, formats, strict=True):
                mark = marked and place == first_place
                if isinstance(value, Shown):
                    number(row, place, value.number, self._format(value.format))
                elif not isinstance(value, str):
                    number(row, place, value, self._marked if mark else format)
                elif value:
                    text(row, place, value, self._marked if mark else self._format("@") if value.isdecimal() else bare)
            for place, amount in zip(of_amounts, amounts, strict=True):
                if amount != BLANK:
                    number(row, place, Decimal(amount).scaleb(-2), self._amount)
            for place, words, marks in zip(of_texts, said, marking, strict=True):
                if words:
                    text(row, place, words, self._marked if marks else bare)
        for at, column in enumerate(made.figures):
            known = [amount for amount in itertools.compress(column, made.kept) if amount != BLANK]
            if known:
                self._totals[at] = (self._totals[at] or 0) + sum(known)

    def _measure(self, cells: Sequence[Value], amounts: Sequence[int]) -> None:
        written = (
            f"{cell[0] if isinstance(cell, Shown) else cell:,}" if not isinstance(cell, str) else cell for cell in cells
        )
        every = (*written, *("" if one == BLANK else f"{one:,}." for one in amounts))
        for place, words in zip(self._at, every, strict=False):
            if len(words) + 2 > self._widths[place] or not words.isascii():
                self._widths[place] = min(_WIDEST, max(self._widths[place], _wide(words) + 2))

    def _text(self, row: int, place: int, text: str, format: Format) -> None:
        """A cell of text: never a formula, whatever it begins with, nor when somebody edits it. The library takes for markup
        of its own what begins and ends like that: it is handed over in two parts, which the library spells out."""
        if text.startswith("<r>") and text.endswith("</r>"):
            self._sheet.write_rich_string(row, place, text[:1], self._formats[""], text[1:], format)
        else:
            self._sheet.write_string(row, place, text, format if guarded(text) == text else self._as_text)

    def _finish_rows(self) -> None:
        """The row of totals, widths, the filter, and how the sheet is printed."""
        sheet, figures, last = self._sheet, len(self._columns.own), self._count
        columns = len(self._widths)
        prose = self._at[columns - len(self._columns.findings) + (len(self._columns.findings) > 3) :]
        widths = [_PROSE if place in prose else width for place, width in enumerate(self._widths)]
        for place, width in enumerate(widths):
            sheet.set_column_pixels(place, place, pixels(width))
        if last:
            total = self._book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
            sheet.write_string(last + 1, self._named, LABELS["total"][self._side], total)
            for name, place, amount in zip(self._columns.figures, self._at[figures:], self._totals, strict=False):
                if amount is not None and name not in ADVISED:  # what is at stake at single limits does not add up
                    of = f"{xl_col_to_name(place)}2:{xl_col_to_name(place)}{last + 1}"
                    sheet.write_formula(last + 1, place, f"=SUBTOTAL(109,{of})", total, Decimal(amount).scaleb(-2))
        sheet.autofilter(0, 0, last, columns - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(columns - 1)}{last + 1}"})
        sheet.repeat_columns(0, self._kept_in_view())
        print_wide(sheet, 0, sum(widths))

    def finish(self, counts: Counts) -> None:
        """Write the totals, what they rest on, and the file."""
        try:
            self._finish_rows()
            self._sums.settle(counts.together, None)
            write_totals(self._book, self._totals_sheet, self._sums, self._side)
            self._rejected.finish()
            write_basis(self._book, self._basis_sheet, self._sums, counts, self._notes)
            close_book(self._book)
        finally:
            self._folder.cleanup()

    def abandon(self) -> None:
        """Let go of the rows."""
        with contextlib.suppress(OSError):  # whatever state they are in
            self._folder.cleanup()


def _held(text: str) -> str:
    return _UNHELD.sub("\ufffd", text)[:_LONGEST_CELL]


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 255 else 1 for c in text)


def _day(text: str) -> Shown | None:
    """A day as the number that a workbook has for it."""
    if not _DAY.fullmatch(text):
        return None
    with contextlib.suppress(ValueError):  # the 31st of a month that has none
        return Shown((date.fromisoformat(text) - _FIRST_DAY).days, "yyyy-mm-dd")
    return None


def _plain_number(text: str) -> Shown | None:
    """A figure of a column with a unit of its own, as it stands there."""
    found = re.fullmatch(r"[-−]?(\d{1,12}(\.\d{1,6})?)", plain(text))
    return Shown(Decimal(plain(text).replace("−", "-")), "General") if found else None


def _share(text: str, share: Decimal | None) -> Value:
    """A rate as it was written: 72% as a percentage, 0.72 as a number, any other as text."""
    figure = text.strip().rstrip("%")
    decimals = len(figure.partition(".")[2])
    if share is None or not re.fullmatch(r"\d+(\.\d+)?", figure):
        return _held(text)
    return Shown(share, f"0{'.' * bool(decimals)}{'0' * decimals}{'%' * text.strip().endswith('%')}")
