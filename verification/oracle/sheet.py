"""A small hand for writing labelled rows with live formulas: `[name]` in a formula becomes the cell of that row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

QUARTERS = "CDEF"
INPUT = PatternFill("solid", fgColor="FFF6CC")
HEAD = PatternFill("solid", fgColor="DCE6F1")
RESULT = PatternFill("solid", fgColor="E3F1DF")
GREY = Font(color="808080", size=9)
MONEY = "#,##0.00"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a named row stands: four quarters in C to F, or one cell in C."""

    sheet: str
    row: int
    quarterly: bool

    def cell(self, column: str) -> str:
        """Reference from any sheet, for a formula in this column."""
        return f"'{self.sheet}'!{column}{self.row}" if self.quarterly else f"'{self.sheet}'!$C${self.row}"


@dataclass
class Book:
    """The workbook and where its named rows are."""

    book: Workbook = field(default_factory=Workbook)
    places: dict[str, Place] = field(default_factory=dict)

    def resolve(self, formula: str, column: str) -> str:
        """Names to cells; `[name@prev]` is the quarter before."""
        before = chr(ord(column) - 1)

        def cell(match: re.Match[str]) -> str:
            name, _, shift = match[1].partition("@")
            return self.places[name].cell(before if shift else column)

        return re.sub(r"\[([a-z_0-9@]+)\]", cell, formula)


class Page:
    """One sheet, filled from top to bottom: Chinese, English, figures, source."""

    def __init__(self, book: Book, title: str, heading: str, quarterly: bool = False) -> None:
        self.book = book
        self.sheet: Worksheet = book.book.create_sheet(title)
        self.sheet.append([heading])
        self.sheet["A1"].font = Font(bold=True, size=13)
        self.sheet.append(["项目", "Item", *(["Q1", "Q2", "Q3", "Q4"] if quarterly else ["金额 Amount"])])
        for cell in self.sheet[2]:
            cell.fill, cell.font = HEAD, Font(bold=True)
        for column, width in zip("ABCDEFGH", (36, 52, 18, 18, 18, 18, 18, 60), strict=True):
            self.sheet.column_dimensions[column].width = width
        self.sheet.freeze_panes = "C3"

    def section(self, text: str) -> None:
        """A heading between rows."""
        self.sheet.append([text])
        self.sheet.cell(self.sheet.max_row, 1).font = Font(bold=True)

    def say(self, text: str) -> None:
        """A line of prose over the whole width."""
        self.sheet.append([text])
        row = self.sheet.max_row
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
        self.sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        self.sheet.row_dimensions[row].height = 32

    def enter(
        self, name: str, zh: str, en: str, start: str | float = 0, choices: str = "", quarterly: bool = False
    ) -> None:
        """A yellow row to fill in; column H holds the name of the fact."""
        self.sheet.append([zh, en])
        row = self.sheet.max_row
        self.book.places[name] = Place(self.sheet.title, row, quarterly)
        for column in QUARTERS if quarterly else "C":
            cell = self.sheet[f"{column}{row}"]
            cell.value, cell.fill = start, INPUT
            if isinstance(start, float):
                cell.number_format = MONEY
        self.sheet[f"H{row}"].value = name
        self.sheet[f"H{row}"].font = GREY
        if choices:
            check = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=False)
            self.sheet.add_data_validation(check)
            check.add(f"C{row}")

    def work(
        self, name: str, zh: str, en: str, formula: str, source: str = "", quarterly: bool = False, **more: str
    ) -> None:
        """A computed row. `first` is the formula of the first quarter where it differs; `form` the number format."""
        self.sheet.append([zh, en])
        row = self.sheet.max_row
        self.book.places[name] = Place(self.sheet.title, row, quarterly)
        for column in QUARTERS if quarterly else "C":
            text = more.get("first", formula) if column == "C" else formula
            cell = self.sheet[f"{column}{row}"]
            cell.value = "=" + self.book.resolve(text, column)
            cell.number_format = more.get("form", MONEY)
        self.sheet[f"H{row}"].value = source or None
        self.sheet[f"H{row}"].font = GREY
