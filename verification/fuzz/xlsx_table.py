"""A workbook: its sheet, its strings, its styles or the content of an open document are any bytes; or the file is."""

from __future__ import annotations

import functools
import io
import zipfile

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.problem import InputError
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.kinds import open_table
from taxcalc.firms.read.workbook import Workbook
from verification.fuzz import check_said

_CATALOGUE = catalogue_of(shipped_book())
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
_STRINGS = f'<sst xmlns="{_MAIN}"><si><t>year</t></si><si><t>revenue</t></si></sst>'
_RELATED = (
    '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)


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
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", _RELATED.encode())
    parts.setdefault("xl/sharedStrings.xml", _STRINGS.encode())
    return parts


def workbook(**changed: bytes) -> bytes:
    """The good workbook with some of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (_sample() | changed).items():
            made.writestr(name, content)
    return file.getvalue()


def open_document(content: bytes) -> bytes:
    """A workbook of Open Document with this content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
    return file.getvalue()


def one(data: bytes) -> None:
    """Read every row of every sheet; the first byte says which part is given, or that the whole file is."""
    part = data[0] % 6 if data else 0
    content = data[1:]
    if part < len(_PARTS):
        content = workbook(**{_PARTS[part]: data[1:]})
    elif part == 5:
        content = open_document(data[1:])
    try:
        table = open_table(io.BytesIO(content), "fuzz.xlsx")
        feeds = [table.feed(sheet.title) for sheet in table.sheets] if isinstance(table, Workbook) else [table]
        for feed in feeds:
            assert all(isinstance(text, str) for text in feed.described())
            header = headed(feed, _CATALOGUE)
            for piece in feed:
                parsed = piece.parse(header, plainly=False)
                assert parsed.block.size + len(parsed.broken) <= parsed.length
    except InputError as error:
        check_said(error.problems)
