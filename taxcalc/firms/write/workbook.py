"""Answers as a workbook: real numbers, a heading that stays in view, columns as wide as they need."""

from __future__ import annotations

import contextlib
import itertools
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import InputError, problem
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.write.added import AddedColumns

_MOST_ROWS, _LONGEST_CELL = 1 << 20, 32_767
"""What a sheet can hold."""
Value: TypeAlias = str | int | Decimal | None


class WorkbookSink:
    """Writes rows to a sheet, and the workbook in the end."""

    def __init__(self, columns: AddedColumns, path: Path) -> None:
        self._columns, self._header, self._path = columns, columns.header, path
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet("taxcalc")
        self._money = {c.place for c in self._header.columns if c.slot and c.slot.fact.type == "money"}
        titles = [*(guarded(c.title) for c in self._header.columns), *columns.titles]
        if len(titles) > MOST_COLUMNS:
            raise InputError([problem("workbook_wide", limit=MOST_COLUMNS, columns=len(titles))])
        self._count = 0
        self._write_heading(titles)

    def _write_heading(self, titles: list[str]) -> None:
        self._sheet.freeze_panes = "B2"
        texts = len(self._columns.findings)
        row = []
        for place, title in enumerate(titles, 1):
            wide = place > len(titles) - texts + (1 if texts > 3 else 0)
            width = max(12, min(40, sum(2 if ord(c) > 255 else 1 for c in title) * 0.7 + 4))
            self._sheet.column_dimensions[get_column_letter(place)].width = 48 if wide else width
            cell = self._written(title)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.fill = PatternFill("solid", fgColor="E8EEF4" if place <= len(self._header.columns) else "DDEBDD")
            row.append(cell)
        self._sheet.append(row)

    def block(self, block: Block, answers: Answers[C]) -> list[list[Value]]:
        """The good rows as values."""
        own = [self._own(block, column, answers.engine) for column in self._header.columns]
        added = self._columns.cells(answers, _yuan, str)
        told = [(None if value == "" else value for value in column) for column in added]
        return list(map(list, itertools.compress(zip(*own, *told, strict=True), answers.kept)))

    def _own(self, block: Block, column: Column, engine: Engine[C]) -> list[Value]:
        """A column of the table: the numbers that its texts are, else the texts."""
        texts: list[Value] = [guarded(block.text(row, column.place)) for row in range(block.size)]
        if column.slot is None or column.unit or column.slot.fact.type not in ("money", "average", "count"):
            return texts
        fact, read = column.slot.fact, read_column(block, column, engine)
        for row, value in enumerate(map(int, read.values)):
            if not read.filled[row]:
                continue
            if fact.type == "money":
                texts[row] = Decimal(value) / 100
            else:
                texts[row] = Decimal(value) / fact.parts if value % fact.parts else value // fact.parts
        return texts

    def take(self, made: list[list[Value]], first: int) -> None:
        """Put rows into the sheet. Raises InputError where it would have more than a workbook can hold."""
        self._count += len(made)
        if self._count >= _MOST_ROWS:
            raise InputError([problem("workbook_full", limit=_MOST_ROWS - 1)])
        for cells in made:
            row: list[Value | Cell] = []
            for i, value in enumerate(cells):
                if isinstance(value, str):
                    row.append(self._written(value))
                elif isinstance(value, Decimal) and (i >= len(self._header.columns) or i in self._money):
                    cell = WriteOnlyCell(self._sheet, value)  # type: ignore[arg-type]  # exact, and written as text
                    cell.number_format = "#,##0.00"
                    row.append(cell)
                else:
                    row.append(value)
            self._sheet.append(row)

    def _written(self, text: str) -> Cell:
        """A cell of text: never a formula, whatever it begins with, and of characters that XML can hold."""
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:_LONGEST_CELL])
        cell.data_type = "s"
        return cell

    def finish(self) -> None:
        """Write the file."""
        self._book.save(self._path)

    def abandon(self) -> None:
        """Let go of the rows: a process that ends amid them would end with an error of openpyxl."""
        with contextlib.suppress(Exception):  # whatever state they are in
            self._sheet.close()


def _yuan(fen: int) -> Decimal | None:
    return None if fen == BLANK else Decimal(int(fen)).scaleb(-2)
