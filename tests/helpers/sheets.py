"""Tables in any kind of file, read as the commands read them; and the workbooks that tests make by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.heading import read_header
from taxcalc.firms.read.kinds import open_table
from taxcalc.firms.read.workbook import Workbook

CATALOGUE = catalogue_of(shipped_book())
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


class Table(NamedTuple):
    """What is read of a table below its heading, row by row as the file counts, and what was said of cells and rows."""

    rows: dict[int, list[str]]
    remarks: Mapping[tuple[str, str], int]
    broken: dict[int, str]
    """Why a row is none, by the key of the message."""


def feed_of(content: bytes, name: str = "in", sheet: str | None = None) -> Feed:
    """A table, or one of the sheets of a workbook, the first if none is named."""
    table = open_table(io.BytesIO(content), name)
    return table.feed(sheet or table.sheets[0].title) if isinstance(table, Workbook) else table


def read(content: bytes, name: str = "in", sheet: str | None = None, heading: int = 1) -> Table:
    """The rows below a row of headings."""
    feed = feed_of(content, name, sheet)
    header = read_header(feed.first_rows()[heading - 1], CATALOGUE, "in")
    feed.begin(heading)
    found = Table({}, {}, {})
    remarks: dict[tuple[str, str], int] = {}
    row = feed.header_row + 1
    for piece in feed:
        parsed = piece.parse(header, plainly=False)
        for place, number in enumerate(parsed.block.numbers):
            found.rows[row + number] = [parsed.block.text(place, column.place) for column in header.columns]
        found.broken.update({row + broken.number: broken.why.key for broken in parsed.broken})
        for remark, count in parsed.remarks.items():
            remarks[remark] = remarks.get(remark, 0) + count
        row += parsed.length
    return found._replace(remarks=remarks)


def hidden(content: bytes) -> dict[str, dict[str, Any]]:
    """What is said of rows and columns that a sheet below a row of headings does not show."""
    feed = feed_of(content)
    header = read_header(feed.first_rows()[0], CATALOGUE, "in")
    feed.begin(1)
    list(feed)
    return {said.key: said.values for said in feed.said(header)}


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def xlsx(
    *sheets: str,
    strings: Sequence[str] = (),
    formats: Sequence[str] = (),
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    book: str = "",
    before: str = "",
    after: str = "",
) -> bytes:
    """A workbook as the bare XML of its rows, each sheet called s0, s1 …; `formats` are those of styles 1, 2 …"""
    listed = "".join(
        f'<sheet name="s{i}" sheetId="{i + 1}" state="{states[i] if states else "visible"}" r:id="s{i}"/>'
        for i in range(len(sheets))
    )
    codes = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    relations = "".join(
        f'<Relationship Id="s{i}" Type="{_RELATION}/{kinds[i] if kinds else "worksheet"}" Target="worksheets/s{i}.xml"/>'
        for i in range(len(sheets))
    ) + "".join(
        f'<Relationship Id="{kind}" Type="{_RELATION}/{kind}" Target="/xl/{kind}.xml"/>'
        for kind in ("styles", "sharedStrings")
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="{_RELATION}">{book}<sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/styles.xml": f'<styleSheet><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f"<sst>{''.join(f'<si>{text}</si>' for text in strings)}</sst>",
            **{
                f"xl/worksheets/s{i}.xml": f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
                for i, rows in enumerate(sheets)
            },
        }
    )


def row(number: int, *cells: str) -> str:
    """A row: each cell is text, or XML from its attributes on (`t="n"><v>5</v>`)."""
    made = []
    for place, cell in enumerate(cells):
        start = f'<c r="{chr(65 + place)}{number}"'
        if cell.startswith(("t=", "s=", ">")):
            made.append(f"{start}{'' if cell.startswith('>') else ' '}{cell}</c>")
        elif cell:
            made.append(f'{start} t="inlineStr"><is><t>{cell}</t></is></c>')
    return f'<row r="{number}">{"".join(made)}</row>'


def ods(tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """A workbook of Open Document with these tables."""
    content = (
        f"<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def xls(
    *sheets: bytes, hidden: Sequence[int] = (), formats: Sequence[str] = (), saved: bool = True, head: bytes = b""
) -> bytes:
    """A workbook of the old format, whose sheets (s0, s1 …) are given as their records; `formats` are those of styles
    1, 2 …; `saved`: has it properties, as those that a spreadsheet has saved?"""
    head += record(0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
    for i, code in enumerate(formats):
        head += record(0x41E, struct.pack("<HHB", 200 + i, len(code), 0) + code.encode("latin-1"))
    for key in (0, *(200 + i for i in range(len(formats)))):
        head += record(0xE0, struct.pack("<HHH", 0, key, 0) + bytes(14))
    bounds = [
        record(0x85, struct.pack("<LBBBB", 0, i in hidden, 0, 2, 0) + f"s{i}".encode()) for i in range(len(sheets))
    ]
    start = record(0x809, struct.pack("<HHHHLL", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    globals_ = start + record(0x42, struct.pack("<H", 1200)) + head
    place = len(globals_) + sum(map(len, bounds)) + 4
    stream = b""
    for i, records in enumerate(sheets):
        bounds[i] = bounds[i][:4] + struct.pack("<L", place + len(stream)) + bounds[i][8:]
        stream += record(0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6)) + records + record(0x0A)
    return compound(
        {"Workbook": globals_ + b"".join(bounds) + record(0x0A) + stream}, also=["\5SummaryInformation"] * saved
    )


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of the old format."""
    return struct.pack("<HH", kind, len(data)) + data


def compound(streams: Mapping[str, bytes], also: Sequence[str] = ()) -> bytes:
    """A compound file of these streams, and of others that are empty. Each is padded to the least that has sectors."""
    names = ["Root Entry", *streams, *also]
    sectors: list[int] = []
    entries = b""
    contents = b""
    for i, name in enumerate(names):
        content = streams.get(name, b"")
        length = max(4096, -(-len(content) // 512) * 512) if content else 0
        start = 2 + len(contents) // 512 + (-(-len(names) // 4) - 1) if length else 0xFFFFFFFE
        sectors += [*range(start + 1, start + length // 512), 0xFFFFFFFE] if length else []
        contents += content.ljust(length, b"\0")
        child, right = (1, -1) if i == 0 else (-1, i + 1 if i + 1 < len(names) else -1)
        entries += (
            name.encode("utf-16-le").ljust(64, b"\0")
            + struct.pack("<HBBiii", 2 * len(name) + 2, 5 if i == 0 else 2, 1, -1, right, child)
            + bytes(36)
            + struct.pack("<LLL", start, length, 0)
        )
    folders = -(-len(names) // 4)
    table = [0xFFFFFFFD, *range(2, 1 + folders), 0xFFFFFFFE, *sectors]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<LLLLLLLL", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<L", 0) + b"\xff" * (4 * 108)
    fat = b"".join(struct.pack("<L", each) for each in table).ljust(512, b"\xff")
    return head + fat + entries.ljust(512 * folders, b"\0") + contents
