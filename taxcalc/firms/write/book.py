"""A workbook to write: the same cells give the same bytes."""

from __future__ import annotations

from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

_MADE_ON = datetime(1980, 1, 1)
"""What a workbook says of when it was made: the day on which the calendar of archives begins."""
_PIXELS = 7
"""In the width of a digit."""


def new_book(path: str, folder: str | None = None) -> Workbook:
    """A workbook that will be written to `path`; with a folder, its rows wait there, and only one at a time in memory."""
    book = Workbook(path, {"constant_memory": folder is not None, "tmpdir": folder})
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
