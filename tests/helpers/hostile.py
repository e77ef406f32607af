"""Hostile files, made on the fly: what a broken program, a bored student or an enemy could hand in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = (
    '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
HEADING = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>year</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>revenue</t></is></c></row>'
)


def sheet(rows: str, before: str = "") -> bytes:
    """The XML of a sheet with the usual heading and these rows."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{HEADING}{rows}</sheetData></worksheet>'.encode()


def strings(items: str) -> bytes:
    """The XML of shared strings."""
    return f'<sst xmlns="{_MAIN}">{items}</sst>'.encode()


def workbook(path: Path, parts: Mapping[str, bytes] | None = None, title: str = "s") -> Path:
    """A workbook of which some parts (`sheet1`, `sharedStrings`, `styles`, `workbook`) are as given."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in (["year", "revenue"], [2023, 5]):
        book.active.append(row)
    plain = io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        contents = {name: source.read(name) for name in source.namelist()}
        related = contents["xl/_rels/workbook.xml.rels"].decode()
        if "sharedStrings" in (parts or {}) and "sharedStrings" not in related:
            contents["xl/_rels/workbook.xml.rels"] = related.replace("</Relationships>", _STRINGS).encode()
        for name, content in (parts or {}).items():
            place = "xl/worksheets/sheet1.xml" if name == "sheet1" else f"xl/{name}.xml"
            contents[place] = content
        for place, content in contents.items():
            made.writestr(place, content)
    return path


def laughs() -> bytes:
    """Entities that double again and again (a thousand million laughs)."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 30}">' for i in range(1, 9))
    return f'<!DOCTYPE l [<!ENTITY e0 "{"ha" * 20}">{entities}]>'.encode() + sheet(
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&e8;</t></is></c></row>'
    )


def zeros_inside_zip(path: Path, megabytes: int) -> Path:
    """A workbook whose sheet is one cell of so many megabytes."""
    start, end = sheet('<row r="2"><c r="A2" t="inlineStr"><is><t>|</t></is></c></row>').split(b"|")
    book = workbook(path)
    with zipfile.ZipFile(book) as source:
        others = {n: source.read(n) for n in source.namelist() if "sheet1" not in n}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in others.items():
            made.writestr(name, content)
        with made.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(start)
            for _ in range(megabytes):
                part.write(b"a" * (1 << 20))
            part.write(end)
    return path
