"""A workbook to write: the same cells give the same bytes."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

_MADE_ON = datetime(1980, 1, 1)
"""What a workbook says of when it was made: the day on which the calendar of archives begins."""
_PIXELS = 7
"""In the width of a digit."""


def new_book(path: str | BinaryIO, folder: str | None = None) -> Workbook:
    """A workbook that will be written to `path`; with a folder, its rows wait there, and only one at a time in memory."""
    book = Workbook(path, {"constant_memory": folder is not None, "tmpdir": folder, "in_memory": folder is None})
    book.set_properties({"created": _MADE_ON})
    return book


def close_book(book: Workbook) -> None:
    """Write the file. Raises OSError where that fails."""
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*getattr(error.args[0], "args", (str(error),))) from None


def pixels(width: float) -> int:
    """A width in digits, as the library takes widths."""
    return round(width * _PIXELS)


_PAGE = 190
"""Digits that a page in landscape holds side by side, small but readable."""


def print_wide(sheet: Worksheet, heading: int | None = None, width: float = 0) -> None:
    """On A4 in landscape, the heading on each page: as wide as the sheet, or cut into pages where that could not be read."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.set_footer("&C&P / &N")
    sheet.fit_to_pages(max(1, -int(-width // _PAGE)), 0)
    if heading is not None:
        sheet.repeat_rows(heading)
