"""A workbook: its sheet, its strings or its styles are any bytes; or the whole file is."""

from __future__ import annotations

import functools
import io
import zipfile

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.problem import InputError
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.workbook import Sheet
from verification.fuzz import check_said

_CATALOGUE = catalogue_of(shipped_book())
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
_STRINGS = f'<sst xmlns="{_MAIN}"><si><t>year</t></si><si><t>revenue</t></si></sst>'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


@functools.cache
def _sample() -> dict[str, bytes]:
    """The parts of a small good workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["year", "revenue"], [2023, 5]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as made:
        parts = {name: made.read(name) for name in made.namelist() if "theme" not in name}
    types = parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>").encode()
    parts.setdefault("xl/sharedStrings.xml", _STRINGS.encode())
    return parts


def workbook(**changed: bytes) -> bytes:
    """The good workbook with some of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (_sample() | changed).items():
            made.writestr(name, content)
    return file.getvalue()


def one(data: bytes) -> None:
    """Read every row; the first byte says which part is given."""
    part = data[0] if data else 0
    content = data[1:] if part % 5 == 4 else workbook(**{_PARTS[part % 5]: data[1:]})
    try:
        sheet = Sheet(io.BytesIO(content), "fuzz.xlsx")
        assert all(isinstance(text, str) for text in sheet.described())
        header = headed(sheet, _CATALOGUE)
        for piece in sheet:
            assert piece.parse(header, plainly=False).length == len(piece.rows)
    except InputError as error:
        check_said(error.problems)
