"""A workbook of the old binary format (.xls, and .et of WPS), through xlrd, which knows errors, formats and hidden sheets.

It does not tell formulas, and a program that computes nothing leaves none of their results: such workbooks have no
properties of a document, and their formulas are looked for in the records themselves.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDoc

from taxcalc.base.units import Label
from taxcalc.firms.read.archive import Encrypted
from taxcalc.firms.read.cell import Cell, Cells, day, formula_text, number, text_of
from taxcalc.firms.read.feed import FIRST_ROWS
from taxcalc.firms.read.number_format import Kind, kind_of
from taxcalc.firms.read.sheet import Merged

_FILLED = (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR)
_COMPOUND = b"\xd0\xcf\x11\xe0"
_FORMULA, _SHEET, _START, _END = 0x0006, 0x0085, 0x0809, 0x000A
_EMPTY = (b"\3\0\0\0\0\0\xff\xff", bytes(8))
"""The results of formulas that were not computed: an empty text, a nought."""


def grids(content: bytes) -> list[XlsGrid]:
    """The sheets of a workbook. Raises what xlrd raises."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Encrypted
    try:  # what it finds odd it would print
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except XLRDError as error:
        raise Encrypted if "encrypted" in str(error) else error from None
    kinds = {xf.xf_index: kind_of(book.format_map[xf.format_key].format_str) for xf in book.xf_list}
    formulas = _not_computed(content)
    return [
        XlsGrid(sheet, kinds, formulas[place] if place < len(formulas) else set(), from_1904=book.datemode == 1)
        for place, sheet in enumerate(book.sheets())
    ]


class XlsGrid:
    """A sheet that xlrd has read."""

    kind: Label = ("旧版 .xls 工作簿", "an old .xls workbook")

    def __init__(
        self, sheet: xlrd.sheet.Sheet, kinds: dict[int, Kind], formulas: set[tuple[int, int]], *, from_1904: bool
    ) -> None:
        self._sheet, self._kinds, self._formulas, self._from_1904 = sheet, kinds, formulas, from_1904
        self.title, self.hidden = sheet.name, sheet.visibility != 0
        self.hidden_columns = [range(place, place + 1) for place, of in sheet.colinfo_map.items() if of.hidden]

    def rows_about(self) -> int:
        return int(self._sheet.nrows)

    def merged(self) -> list[Merged]:
        return [Merged(top, first, end - 1) for top, _, first, end in self._sheet.merged_cells if top < FIRST_ROWS]

    def rows(self) -> Iterator[tuple[int, Cells]]:
        for row in range(self._sheet.nrows):
            of = self._sheet.rowinfo_map.get(row)
            cells = Cells([], [], of is not None and bool(of.hidden))
            values = self._sheet.row_values(row)
            for place, kind in enumerate(self._sheet.row_types(row)):
                if kind in _FILLED and (read := self._cell(row, place, kind, values[place])):
                    cells.put(place, read)
            yield row + 1, cells

    def _cell(self, row: int, place: int, kind: int, value: str | float | bool) -> Cell:
        if (row, place) in self._formulas:
            return formula_text("")
        if isinstance(value, str):
            return text_of(value)
        if kind == xlrd.XL_CELL_BOOLEAN:
            return "true" if value else "false"
        if kind == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(int(value), "#ERROR!")
        shown = self._kinds.get(self._sheet.cell_xf_index(row, place), "")
        return (
            day(repr(value), from_1904=self._from_1904) if shown == "day" else number(repr(value), scaled=shown != "")
        )


def _not_computed(content: bytes) -> list[set[tuple[int, int]]]:
    """The formulas of each sheet that no spreadsheet has computed, by row and column."""
    if not content.startswith(_COMPOUND):
        return []
    document = CompDoc(content, logfile=io.StringIO())
    if any(entry.name == "\5SummaryInformation" for entry in document.dirlist):
        return []
    stream = document.get_named_stream("Workbook") or document.get_named_stream("Book") or b""
    sheets = [struct.unpack_from("<LBB", data) for kind, data in _records(stream, 0) if kind == _SHEET]
    return [
        {
            struct.unpack_from("<HH", data)
            for kind, data in _records(stream, start)
            if kind == _FORMULA and data[6:14] in _EMPTY
        }
        for start, _, kind_of_sheet in sheets
        if kind_of_sheet == 0
    ]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place to the end of what begins there; what is begun inside it (a chart) ends before."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length
        depth += (kind == _START) - (kind == _END)
        if depth <= 0:
            return
