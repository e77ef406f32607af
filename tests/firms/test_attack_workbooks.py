"""Attacks on the reader of workbooks: broken ones, and ones that unpack to more than any memory holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from helpers import hostile
from helpers.attack import attack
from helpers.sheets import ods


def _rows(count: int, cells: str) -> str:
    return "".join(f'<row r="{i}">{cells.replace("#", str(i))}</row>' for i in range(2, count))


SHEETS: dict[str, tuple[dict[str, bytes], int, str]] = {
    "cut off": ({"sheet1": hostile.sheet("")[:-30]}, 2, "not a readable file"),
    "no such string": (
        {"sheet1": hostile.sheet('<row r="2"><c r="A2" t="s"><v>99</v></c></row>')},
        2,
        "not a readable",
    ),
    "row 2e9": (
        {"sheet1": hostile.sheet('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>')},
        2,
        "row 2000000000",
    ),
    "row -1": ({"sheet1": hostile.sheet('<row r="-1"><c><v>1</v></c></row>')}, 2, "row -1"),
    "last row": ({"sheet1": hostile.sheet('<row r="1048576"><c r="A1048576"><v>2023</v></c></row>')}, 0, "1 rows out"),
    "column ZZZZZ": ({"sheet1": hostile.sheet('<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>')}, 2, "not a readable"),
    "column ZZZ": ({"sheet1": hostile.sheet('<row r="2"><c r="ZZZ2"><v>1</v></c></row>')}, 2, "column 18278"),
    "a stated size": (
        {"sheet1": hostile.sheet(_rows(3000, '<c r="A#"><v>2023</v></c>'), '<dimension ref="A1:XFD1048576"/>')},
        0,
        "2998 rows out",
    ),
    "cells far out": (
        {"sheet1": hostile.sheet(_rows(1000, '<c r="A#"><v>2023</v></c><c r="XFD#"><v>1</v></c>'))},
        0,
        "998 rows out",
    ),
    "laughs": ({"sheet1": hostile.laughs()}, 2, "unpacks to more"),
    "a row without end": (
        {"sheet1": hostile.sheet('<row r="2">' + f"<c r='{'A' * 500}'/>" * 20_000 + "</row>")},
        2,
        "unpacks to more",
    ),
    "styles without end": ({"styles": b"<a>" + b"<b/>" * 4_500_000 + b"</a>"}, 2, "unpacks to more"),
    "deep": ({"sheet1": hostile.sheet("<a>" * 200_000)}, 2, "not a readable"),
    "not a number": ({"sheet1": hostile.sheet('<row r="2"><c r="A2"><v>1e999</v></c></row>')}, 2, "'1e999'"),
    "a long number": (
        {"sheet1": hostile.sheet(f'<row r="2"><c r="A2"><v>{"9" * 5000}</v></c></row>')},
        2,
        "1 rejected",
    ),
    "no sheet": ({"workbook": b"<workbook/>"}, 2, "no sheet"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_hostile_workbook(tmp_path: Path, name: str) -> None:
    parts, code, says = SHEETS[name]
    attack("batch", str(hostile.workbook(tmp_path / "in.xlsx", parts)), code=code, says=says)


@pytest.mark.parametrize(
    ("limit", "parts"),
    [
        ("archive.HELD", {"sheet1": hostile.sheet('<row r="2">' + "<c/><row/>" * 3_000 + "<c/>" * 5_000 + "</row>")}),
        (
            "archive.HELD",
            {"sheet1": hostile.sheet('<row r="2"><c r="A2"><v>' + "1<?a </row>?>" * 3_000 + "</v></c></row>")},
        ),
        ("archive.HELD", {"sheet1": hostile.sheet("", "<!--" + "</row>" * 5_000 + "-->")}),
        (
            "archive.HELD",
            {"sharedStrings": hostile.strings("<si><![CDATA[" + "</si><si>" * 3_000 + "]]><t>a</t></si>")},
        ),
        ("archive.HELD", {"workbook": b"<workbook>" + b"<sheets/>" * 3_000 + b"</workbook>"}),
        ("xlsx._MOST_STRINGS", {"sharedStrings": hostile.strings("<si/>" * 200)}),
        ("xlsx._STRING_LENGTH", {"sharedStrings": hostile.strings("<si><t>longer</t></si>" * 20)}),
        ("xlsx._MOST_STYLES", {"styles": b"<a><cellXfs>" + b"<xf/>" * 200 + b"</cellXfs></a>"}),
    ],
)
def test_what_a_workbook_holds_has_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, parts: dict[str, bytes]
) -> None:
    """The same with the limits themselves would take minutes to write and to read."""
    monkeypatch.setattr(f"taxcalc.firms.read.{limit}", 20_000 if limit == "archive.HELD" else 100)
    monkeypatch.setattr("taxcalc.firms.read.archive._PIECE", 1_000)
    monkeypatch.chdir(tmp_path)
    hostile.workbook(tmp_path / "in.xlsx", parts)
    attack("batch", "in.xlsx", code=2, says="unpacks to more")


def test_an_open_document_asks_for_too_many_cells(tmp_path: Path) -> None:
    """A few bytes say how often cells and rows stand: blank ones cost nothing, others have a limit."""
    cell = '<table:table-cell table:number-columns-repeated="{}">{}</table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    head = row.format(1, cell.format(1, "<text:p>year</text:p>")) + row.format(
        1, cell.format(1, "<text:p>2023</text:p>")
    )
    path = tmp_path / "in.ods"
    for rest, code, says in (
        (row.format(1 << 20, cell.format(1 << 14, "")), 0, "1 rows out"),
        (row.format(1 << 19, cell.format(1 << 14, "<text:p>1</text:p>")), 2, "unpacks to more"),
        (row.format(1 << 40, cell.format(1, "<text:p>1</text:p>")), 2, "unpacks to more"),
        (row.format(1, cell.format(1 << 40, "<text:p>1</text:p>")), 2, "not a readable"),
    ):
        path.write_bytes(ods(f'<table:table table:name="a">{head}{rest}</table:table>'))
        attack("batch", str(path), code=code, says=says)


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = hostile.zeros_inside_zip(tmp_path / "in.xlsx", 300)
    assert path.stat().st_size < 1_000_000
    done = attack("batch", str(path), code=2, says="unpacks to more")
    assert done.peak < 200


def test_every_cut_of_a_workbook_is_one_sentence(tmp_path: Path) -> None:
    from verification.fuzz.xlsx_table import one

    content = hostile.workbook(tmp_path / "in.xlsx").read_bytes()
    for end in range(0, len(content), 37):
        one(b"\4" + content[:end])
    for place in range(0, len(content), 101):
        one(b"\4" + content[:place] + b"\xff" + content[place + 1 :])


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../../escaped.xml", "x")
    attack("batch", str(path), code=2, says="a ZIP archive")
    assert not (tmp_path.parent / "escaped.xml").exists()
