"""Answers as a workbook: real numbers, a heading that stays in view, columns as wide as they need."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
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
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block, reader
from taxcalc.firms.read.heading import MOST_COLUMNS, Column
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
        self._readers = {c.place: read for c in self._header.columns if (read := _number_reader(c))}
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
        texts = [(self._columns.texts(kind), answers.findings[kind]) for kind in self._columns.findings]
        out = []
        for row in range(block.size):
            if not answers.kept[row]:
                continue
            cells: list[Value] = []
            for column in self._header.columns:
                text = block.text(row, column.place)
                number = self._readers[column.place](text) if column.place in self._readers else None
                cells.append(guarded(text) if number is None else number)
            for name in self._columns.figures:
                fen = int(answers.figures[name][row])
                cells.append(None if fen == BLANK else Decimal(fen).scaleb(-2))
            cells += [spelled[numbers[row]] or None for spelled, numbers in texts]
            out.append(cells)
        return out

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
                elif isinstance(value, Decimal) and (i >= len(self._header.columns) or self._is_money(i)):
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

    def _is_money(self, place: int) -> bool:
        slot = self._header.columns[place].slot
        return slot is not None and slot.fact.type == "money"

    def finish(self) -> None:
        """Write the file."""
        self._book.save(self._path)

    def abandon(self) -> None:
        """Let go of the rows: a process that ends amid them would end with an error of openpyxl."""
        with contextlib.suppress(Exception):  # whatever state they are in
            self._sheet.close()


def _number_reader(column: Column) -> Callable[[str], Value] | None:
    """What makes of the texts of a column the numbers that they are; None where they are none."""
    if column.slot is None or column.unit or column.slot.fact.type not in ("money", "average", "count"):
        return None
    fact = column.slot.fact
    read = reader(fact)
    parts = 100 if fact.type == "money" else fact.parts

    def number(text: str) -> Value:
        value = read(text)
        if not isinstance(value, int):
            return None
        return value // parts if value % parts == 0 and fact.type != "money" else Decimal(value) / parts

    return number
