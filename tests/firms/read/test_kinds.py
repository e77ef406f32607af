"""Every kind of file is read by its content, or called by its name."""

from __future__ import annotations

import io
import os
import threading

import polars as pl
import pytest

from helpers.sheets import compound, feed_of, ods, packed, read, record, row, xls, xlsx
from taxcalc.base.problem import InputError
from taxcalc.firms.read.kinds import called_otherwise, open_table
from taxcalc.firms.read.workbook import Workbook

ROWS = row(1, "年度", "销售额") + row(2, "2024", "5")
BOOK = xlsx(ROWS)
OPEN = ods(
    '<table:table table:name="a"><table:table-row><table:table-cell><text:p>年度</text:p></table:table-cell>'
    "</table:table-row></table:table>"
)
JSON = '{"年度": 2024, "销售额": 5}\n'.encode()


def parquet(**columns: object) -> bytes:
    """A Parquet file of these columns."""
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "key", "kind"),
    [
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "input_other_kind", "HTML"),
        ("\ufeff<!DOCTYPE html>\n<p>".encode(), "input_other_kind", "HTML"),
        ("\n<meta charset=utf-16><table>".encode("utf-16"), "input_other_kind", "HTML"),
        (b"<!-- made by x --><table border=1><tr><td>", "input_other_kind", "HTML"),
        (b"<?xml version='1.0'?><html>", "input_other_kind", "HTML"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>',
            "input_other_kind",
            "XML 电子表格",
        ),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "input_other_kind", "XML 电子表格"),
        (b'<?xml version="1.0"?><invoices/>', "input_other_kind", "XML 文件"),
        (
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            "input_other_kind",
            ".fods",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "input_other_kind", "MHTML"),
        (packed({"xl/workbook.bin": b""}), "input_other_kind", "XLSB"),
        (packed({"Index/Document.iwa": b""}), "input_other_kind", "Numbers"),
        (b"%PDF-1.7\n", "input_no_table", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "input_no_table", "图片"),
        (b"\xff\xd8\xff\xe0\0", "input_no_table", "图片"),
        (packed({"word/document.xml": b""}), "input_no_table", "Word"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "input_no_table", "Open Document"),
        (compound({"WordDocument": b"x"}), "input_no_table", "Word"),
        (packed({"a.csv": b"year,revenue"}), "input_packed", "ZIP"),
        (b"Rar!\x1a\7\0", "input_packed", "RAR"),
        (b"\x1f\x8b\x08\0", "input_packed", "gzip"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "input_encrypted", ""),
        (xls(b"", head=record(0x2F, bytes(54))), "input_encrypted", ""),
        (ods("", manifest="<m:encryption-data/>"), "input_encrypted", ""),
        (b"\xd0\xcf\x11\xe0", "workbook_unreadable", ""),
        (b"PK\3\4", "workbook_unreadable", ""),
        (bytes(1000), "workbook_unreadable", ""),
        (bytes(range(128, 256)) * 9, "workbook_unreadable", ""),
        (compound({"Something": b"x"}), "workbook_unreadable", ""),
        (b"PAR1 cut off", "workbook_unreadable", ""),
        (parquet(年度=[2024], x=[[1, 2]]), "column_nested", ""),
        (b"[]\n", "header_unreadable", ""),
        (b"\n{}\n", "header_unreadable", ""),
        (b"", "file_empty", ""),
    ],
)
def test_what_is_no_table_is_called_by_its_name(content: bytes, key: str, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        feed_of(content, "a.jsonl" if key == "header_unreadable" else "a.xls").first_rows()
    (problem,) = caught.value.problems
    assert problem.key == key
    assert kind in problem.text("zh")


def test_a_json_document_is_no_lines() -> None:
    with pytest.raises(InputError) as caught:
        open_table(io.BytesIO(b'[{"year": 2024}]'), "a.json")
    assert caught.value.problems[0].key == "input_json"


@pytest.mark.parametrize(
    ("content", "kind", "names"),
    [
        (BOOK, "XLSX 工作簿", "a.xlsx a.xlsm a.et"),
        (OPEN, "ODS 工作簿", "a.ods"),
        (xls(b""), "旧版 .xls 工作簿", "a.xls a.et"),
        (parquet(年度=[2024]), "Parquet", "a.parquet"),
        (JSON, "JSON 行", "a.jsonl a.ndjson"),
        ("年度,销售额\n2024,5\n".encode("gbk"), "分隔符文本", "a.csv a.txt a.tsv"),
        ("年度\t销售额\n2024\t5\n".encode("utf-16"), "分隔符文本", "a.csv a.txt a.tsv"),
    ],
)
def test_the_content_decides_and_another_name_is_said(content: bytes, kind: str, names: str) -> None:
    for suffix in ("xlsx", "xlsm", "et", "ods", "xls", "parquet", "jsonl", "ndjson", "csv", "txt", "tsv", ""):
        if suffix in ("jsonl", "ndjson") and kind == "分隔符文本":
            continue  # lines that are no objects are named one by one
        name = f"a.{suffix}" if suffix else "-"
        said = called_otherwise(open_table(io.BytesIO(content), name))
        right = name in (*names.split(), "-")
        assert (said is None) == right, name
        assert right or (said and kind in said.text("zh"))


def test_a_workbook_names_its_sheets() -> None:
    kinds = ("worksheet", "worksheet", "worksheet", "chartsheet")
    states = ("hidden", "visible", "veryHidden", "visible")
    book = open_table(io.BytesIO(xlsx(ROWS, ROWS, ROWS, ROWS, states=states, kinds=kinds)), "a.xlsx")
    assert isinstance(book, Workbook)
    assert list(book.sheets) == [("s0", True), ("s1", False), ("s2", True)]
    assert book.feed("s1").described() == ("工作表“s1”", "sheet 's1'")
    old = open_table(io.BytesIO(xls(b"", b"", hidden=[0])), "a.xls")
    assert isinstance(old, Workbook)
    assert list(old.sheets) == [("s0", True), ("s1", False)]
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    tables = '<table:table table:name="a" table:style-name="h"/><table:table table:name="b" table:style-name="x"/>'
    free = open_table(io.BytesIO(ods(tables, style)), "a.ods")
    assert isinstance(free, Workbook)
    assert list(free.sheets) == [("a", True), ("b", False)]


def test_each_sheet_has_its_own_rows() -> None:
    other = row(1, "年度", "销售额") + row(2, "2023", "6")
    assert read(xlsx(ROWS, other), sheet="s1").rows == {2: ["2023", "6"]}
    tables = "".join(
        f'<table:table table:name="{name}"><table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell>'
        "</table:table-row></table:table>"
        for name, text in (("a", "年度"), ("b", "销售额"))
    )
    assert feed_of(ods(tables), sheet="b").first_rows() == [["销售额"]]


@pytest.mark.parametrize("content", [BOOK, OPEN, xls(b""), JSON, parquet(年度=[2024]), "年度\n2024\n".encode()])
def test_any_kind_comes_through_a_pipe(content: bytes) -> None:
    into, out = os.pipe()

    def write() -> None:
        with os.fdopen(out, "wb") as pipe:
            pipe.write(content[:3])
            pipe.flush()
            pipe.write(content[3:])

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(into, "rb") as pipe:
        table = open_table(pipe, "-")
        feed = table.feed(table.sheets[0].title) if isinstance(table, Workbook) else table
        assert feed.described()
        if not content.startswith("年度".encode()) and table is not feed:
            feed.first_rows()
    writer.join()


def test_json_lines() -> None:
    lines = [
        '\ufeff{"年度": 2024, "销售额": 1080000.123456789012345678, "x": null, "位于西部地区": true}',
        "",
        '{"销售额": "1,5", "年度": 1e3, "税号": " "}',
        '{"年度": [2024]}',
        '{"年度": {"a": 1}}',
        '{"年度": 1, "年度": 2}',
        "[1]",
        "no json",
        "[" * 100_000,
        '{"年度": NaN}',
    ]
    content = ("\n".join(lines) + '\n{"年度": "' + "\u00ff" + '"}\n').encode()
    found = read(content.replace("\u00ff".encode(), b"\xff"), "a.jsonl")
    assert found.rows == {
        1: ["2024", "1080000.123456789012345678", "", "true", ""],
        3: ["1e3", "1,5", "", "", ""],
        10: ["NaN", "", "", "", ""],
    }
    assert found.broken == {
        4: "json_nested",
        5: "json_nested",
        6: "json_key_twice",
        7: "json_no_object",
        8: "json_line_unreadable",
        9: "json_line_unreadable",
        11: "bytes_undecodable",
    }


def test_a_key_that_comes_late_is_no_column() -> None:
    late = JSON * 1000 + '{"年度": 2024, "专票销售额": 1}\n'.encode()
    found = read(late, "a.jsonl")
    assert (len(found.rows), found.broken) == (1000, {1001: "json_key_new"})


def test_parquet_is_exact() -> None:
    from datetime import date, datetime
    from decimal import Decimal

    content = parquet(
        年度=[2024, None],
        销售额=pl.Series([Decimal("1234567890123.456"), None], dtype=pl.Decimal(20, 3)),
        应纳税所得额=[1.005, 1e15],
        专票销售额=pl.Series([0.1, None], dtype=pl.Float32),
        所属期=[date(2024, 3, 31), None],
        备注=[datetime(2024, 3, 31, 8), None],
        位于西部地区=[True, None],
        税号=pl.Series(["00123", " "], dtype=pl.Categorical),
    )
    found = read(content, "a.parquet")
    assert found.rows == {
        2: ["2024", "1234567890123.456", "1.01", "0.1", "2024-03", "2024-03-31 08:00:00", "true", "00123"],
        3: ["", "", "1000000000000000", "", "", "", "", ""],
    }
    assert dict(found.remarks) == {("rounded", "应纳税所得额"): 1}
