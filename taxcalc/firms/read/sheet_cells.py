"""The cells of a workbook as text, by parts of openpyxl that it does not offer: all of its private names stand here.

Its public reader opens the zip by itself, whatever that unpacks to (`taxcalc.firms.read.archive`), and believes the
size that a sheet states, and the places of cells, so that a small file can ask for more rows than any memory holds.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, TypeAlias

from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import WorkSheetParser

from taxcalc.firms.read.archive import Archive
from taxcalc.firms.read.heading import MOST_COLUMNS

MOST_ROWS = 1 << 20
"""Rows that a sheet can hold."""
Value: TypeAlias = bool | int | float | str | datetime.date | datetime.time | datetime.timedelta | None


def opened(file: BinaryIO | str) -> Workbook:
    """A workbook of which nothing is read yet but its parts. Raises whatever openpyxl's parts raise."""
    warnings.filterwarnings("ignore", module="openpyxl")  # what it leaves out (charts, rules) is not for us
    reader = ExcelReader(file, read_only=True, data_only=True)
    reader.archive = Archive(file)
    reader.read()
    return reader.wb


# `Any`: what is known of the types of openpyxl leaves its private names out.
def rows_of(sheet: Any) -> Iterator[list[str]]:
    """Every row of a sheet as text, as far as it has cells. Raises ValueError where a cell lies beyond the last row or
    column that there can be."""
    book = sheet.parent
    formats = {"epoch": book.epoch, "date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    with sheet._get_source() as source:
        last = 0
        for number, cells in WorkSheetParser(source, sheet._shared_strings, data_only=True, **formats).parse():
            if not last < number <= MOST_ROWS:
                raise ValueError(f"row {number}")
            yield from ([] for _ in range(last + 1, number))
            last = number
            yield _filled(cells)


def _filled(cells: Sequence[Mapping[str, Value]]) -> list[str]:
    row: list[str] = []
    for cell in cells:
        text, column = _text(cell["value"]), cell["column"]
        if not (isinstance(column, int) and 0 < column <= MOST_COLUMNS):
            raise ValueError(f"column {column}")
        if text:
            row.extend([""] * (column - len(row)))
            row[column - 1] = text
    return row


def _text(cell: Value) -> str:
    """A cell as text. A workbook holds numbers as doubles: 15 digits are what was meant, as it shows them."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return format(Decimal(format(cell, ".15g")), "f")
        case datetime.date():
            return cell.isoformat()[:10]
    return str(cell)
