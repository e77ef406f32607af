"""A workbook: its sheets in their order, whatever kind of file it is.

What reads it is imported when there is one: text needs none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.feed import Watched

if TYPE_CHECKING:
    from taxcalc.firms.read.sheet import Grid, Sheet

ZIP, COMPOUND = b"PK\3\4", b"\xd0\xcf\x11\xe0"
"""How files begin that hold others: of today's programs, and of those from before 2007."""
_IN_ZIP: tuple[tuple[str, str, Label], ...] = (
    ("xl/workbook.bin", "input_other_kind", ("XLSB 二进制工作簿", "an XLSB workbook")),
    ("Index/Document.iwa", "input_other_kind", ("Apple Numbers 表格", "an Apple Numbers document")),
    ("word/document.xml", "input_no_table", ("Word 文档", "a Word document")),
    ("ppt/presentation.xml", "input_no_table", ("演示文稿", "a presentation")),
)
_IN_COMPOUND: tuple[tuple[str, Label], ...] = (
    ("WordDocument", ("Word 文档", "a Word document")),
    ("PowerPoint Document", ("演示文稿", "a presentation")),
)
_LONGEST = 256 << 20
"""Bytes of an old workbook, which is held as a whole."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


class SheetInfo(NamedTuple):
    """A sheet that can be read."""

    title: str
    hidden: bool


class Workbook:
    """The sheets of a workbook. Raises InputError where it cannot be read, or has none."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        from taxcalc.firms.read.sheet import readable

        self.name = name
        self._grids: dict[str, Grid] = {}
        self._watched = Watched(file, name)
        with readable(name, self._watched):
            for grid in _grids(file, name):
                if grid.title in self._grids:
                    raise ValueError(f"sheet {grid.title!r} x 2")
                self._grids[grid.title] = grid
        self.sheets: Sequence[SheetInfo] = [SheetInfo(grid.title, grid.hidden) for grid in self._grids.values()]
        if not self.sheets:
            raise InputError([problem("workbook_without_sheets", path=name)])
        self.kind: Label = next(iter(self._grids.values())).kind

    def feed(self, title: str) -> Sheet:
        """One of the sheets as a table. Raises KeyError where there is none of that title."""
        from taxcalc.firms.read.sheet import Sheet

        return Sheet(self.name, self._grids[title], self._watched)


def _grids(file: BinaryIO, name: str) -> Sequence[Grid]:
    from taxcalc.firms.read.archive import Archive

    start = file.read(4)
    file.seek(0)
    if start != ZIP:
        return _old(file, name)
    archive = Archive(file)
    for part, key, kind in _IN_ZIP:
        if part in archive:
            raise InputError([problem(key, path=name, kind=kind)])
    mimetype = archive.start_of("mimetype", 100)
    if mimetype.startswith(_OPEN_DOCUMENT):
        from taxcalc.firms.read import ods

        if b"spreadsheet" in mimetype:
            return ods.grids(archive)
        raise InputError([problem("input_no_table", path=name, kind=("Open Document 文档", "an Open Document"))])
    if "[Content_Types].xml" not in archive:
        raise InputError([problem("input_packed", path=name, kind=("ZIP 压缩包", "a ZIP archive"))])
    from taxcalc.firms.read.xlsx import Xlsx

    return Xlsx(archive).grids


def _old(file: BinaryIO, name: str) -> Sequence[Grid]:
    from xlrd.biffh import XLRDError

    from taxcalc.firms.read import xls
    from taxcalc.firms.read.archive import Oversized

    content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise Oversized(f"> {_LONGEST >> 20} MB")
    try:
        return xls.grids(content)
    except XLRDError:
        for part, kind in _IN_COMPOUND:
            if part.encode("utf-16-le") in content:
                raise InputError([problem("input_no_table", path=name, kind=kind)]) from None
        raise
