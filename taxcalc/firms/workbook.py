"""Workbooks: a sheet of businesses in, a sheet with their savings out."""

from __future__ import annotations

import contextlib
import datetime
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.compute import Answers
from taxcalc.firms.read.archive import Archive, Oversized
from taxcalc.firms.read.cells import reader
from taxcalc.firms.read.heading import MOST_COLUMNS, Column, Header
from taxcalc.firms.read.parse import Parsed, miscounted
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.write.columns import Columns

_ROWS, _CELLS = 2_000, 200_000
"""Rows read at a time, and cells."""
_MOST_ROWS, _LONGEST_CELL = 1 << 20, 32_767
"""What a sheet can hold."""


class Sheet:
    """The first sheet of a workbook that has anything in it."""

    def __init__(self, file: BinaryIO | str, name: str) -> None:
        self.name = name
        self.read = self.size = 0
        self._pieces = self._some()
        self._held: list[list[list[str]]] = []
        """Pieces that were read ahead."""
        with self._readable():
            for sheet in _opened(file).worksheets:
                self._rows = _rows_of(sheet)
                self._about = min(sheet.max_row or 0, _MOST_ROWS)
                for row, cells in enumerate(self._rows, 1):
                    self.header, self.header_row = cells, row
                    if any(self.header):
                        self.sheet = sheet.title
                        return
        raise InputError([problem("file_empty", path=name)])

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """A workbook that is none, or no more than a part of one, is one sentence."""
        try:
            yield
        except InputError:
            raise
        except Oversized as error:
            raise InputError([problem("workbook_oversized", path=self.name, part=str(error))]) from None
        except Exception as error:  # openpyxl raises whatever its parts raise
            why = str(error).partition("\n")[0] or type(error).__name__
            raise InputError([problem("workbook_unreadable", path=self.name, why=why)]) from None

    def described(self) -> Label:
        """Which sheet is read."""
        return f"工作表“{self.sheet}”", f"sheet '{self.sheet}'"

    def rows_about(self) -> int:
        """About how many rows there are."""
        return self._about

    def large(self, rows: int) -> bool:
        """Reading the sheet itself takes longer than any way of computing it."""
        return False

    def whole_piece(self) -> list[list[str]] | None:
        """All rows after the heading, where they are few."""
        self._held = list(itertools.islice(self._pieces, 2))
        return self._held[0] if len(self._held) == 1 else None

    def __iter__(self) -> Iterator[list[list[str]]]:
        """Some rows at a time."""
        return itertools.chain(self._held, self._pieces)

    def _some(self) -> Iterator[list[list[str]]]:
        piece: list[list[str]] = []
        held = 0
        with self._readable():
            for cells in self._rows:
                piece.append(cells)
                held += len(cells)
                if len(piece) == _ROWS or held > _CELLS:
                    yield piece
                    piece, held = [], 0
        if piece:
            yield piece

    def parse(self, piece: list[list[str]], header: Header, *, plainly: bool) -> Parsed:
        """Rows of text."""
        used = len(header.columns)
        rows, numbers, broken = [], [], []
        for number, cells in enumerate(piece):
            padded = cells[:used] + [""] * (used - len(cells))
            if any(cells[used:]):
                broken.append((number, as_line(cells[: used + 9]), miscounted(cells, used)))
            elif any(padded):
                rows.append(padded)
                numbers.append(number)
        return Parsed(Rows(rows, numbers, list(map(as_line, rows))), broken, len(piece))


def _opened(file: BinaryIO | str) -> Any:
    import warnings

    from openpyxl.reader.excel import ExcelReader

    warnings.filterwarnings("ignore", module="openpyxl")  # what it leaves out (charts, rules) is not for us
    reader = ExcelReader(file, read_only=True, data_only=True)
    reader.archive = Archive(file)
    reader.read()
    return reader.wb


def _rows_of(sheet: Any) -> Iterator[list[str]]:
    """Every row of a sheet as text, as far as it has cells. The stated size of a sheet is not believed, and
    cells may name any place: those beyond the last row or column that there is are an error."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    formats = {"epoch": book.epoch, "date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, data_only=True, **formats)
        last = 0
        for number, cells in parser.parse():
            if not last < number <= _MOST_ROWS:
                raise ValueError(f"row {number}")
            yield from ([] for _ in range(last + 1, number))
            last = number
            yield _filled(cells)


def _filled(cells: list[dict[str, Any]]) -> list[str]:
    row: list[str] = []
    for cell in cells:
        text, column = _text(cell["value"]), int(cell["column"])
        if not 0 < column <= MOST_COLUMNS:
            raise ValueError(f"column {column}")
        if text:
            row.extend([""] * (column - len(row)))
            row[column - 1] = text
    return row


def _text(cell: Any) -> str:
    """A cell as text. A workbook holds numbers as doubles: 15 digits are what was meant, as it shows them."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return format(Decimal(format(cell, ".15g")), "f")
        case datetime.datetime() | datetime.date():
            return cell.isoformat()[:10]
    return str(cell)


class WorkbookSink:
    """Writes a workbook: real numbers, a heading that stays in view, columns as wide as they need."""

    def __init__(self, columns: Columns, header: Header) -> None:
        import openpyxl

        self._columns, self._header = columns, header
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet("taxcalc")
        self._readers = {c.place: _number_reader(c) for c in header.columns if _is_number(c)}
        self._titles = [*(guarded(c.title) for c in header.columns), *columns.titles]
        if len(self._titles) > MOST_COLUMNS:
            raise InputError([problem("workbook_wide", limit=MOST_COLUMNS, columns=len(self._titles))])
        self._started = False
        self._count = 0

    def _start(self) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self._started = True
        self._sheet.freeze_panes = "B2"
        texts = len(self._columns.sets)
        for i, title in enumerate(self._titles, 1):
            wide = i > len(self._titles) - texts + (1 if texts > 3 else 0)
            width = max(12, min(40, sum(2 if ord(c) > 255 else 1 for c in title) * 0.7 + 4))
            self._sheet.column_dimensions[get_column_letter(i)].width = 48 if wide else width
        row = []
        for i, title in enumerate(self._titles):
            cell = self._written(title)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.fill = PatternFill("solid", fgColor="E8EEF4" if i < len(self._header.columns) else "DDEBDD")
            row.append(cell)
        self._sheet.append(row)

    def block(self, block: Any, answers: Answers) -> list[list[Any]]:
        """The good rows as values."""
        texts = {what: self._columns.texts(what) for what in self._columns.sets}
        out = []
        for row in range(block.size):
            if not answers.kept[row]:
                continue
            cells: list[Any] = []
            for column in self._header.columns:
                text = block.text(row, column.place)
                number = self._readers[column.place](text) if column.place in self._readers else None
                cells.append(guarded(text) if number is None else number)
            for name in self._columns.figures:
                fen = int(answers.figures[name][row])
                cells.append(None if fen == BLANK else Decimal(fen).scaleb(-2))
            cells += [texts[what][answers.sets[what][row]] or None for what in self._columns.sets]
            out.append(cells)
        return out

    def take(self, made: list[list[Any]], first: int) -> None:
        """Put rows into the sheet. Raises InputError where it would have more than a workbook can hold."""
        from openpyxl.cell import WriteOnlyCell

        self._count += len(made)
        if self._count >= _MOST_ROWS:
            raise InputError([problem("workbook_full", limit=_MOST_ROWS - 1)])
        if not self._started:
            self._start()
        for cells in made:
            row: list[Any] = []
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

    def _written(self, text: str) -> Any:
        """A cell of text: never a formula, whatever it begins with, and of characters that XML can hold."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:_LONGEST_CELL])
        cell.data_type = "s"
        return cell

    def _is_money(self, place: int) -> bool:
        slot = self._header.columns[place].slot
        return slot is not None and slot.fact.type == "money"

    def finish(self, path: str) -> None:
        """Write the file."""
        if not self._started:
            self._start()
        self._book.save(path)

    def abandon(self) -> None:
        """Nothing is written before it is finished."""


def _is_number(column: Column) -> bool:
    return column.slot is not None and column.slot.fact.type in ("money", "average", "count") and not column.unit


def _number_reader(column: Column) -> Any:
    assert column.slot is not None
    fact = column.slot.fact
    read = reader(fact)
    parts = 100 if fact.type == "money" else fact.parts

    def number(text: str) -> Any:
        value = read(text)
        if not isinstance(value, int):
            return None
        return value // parts if value % parts == 0 and fact.type != "money" else Decimal(value) / parts

    return number
