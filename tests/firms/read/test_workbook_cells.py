"""What the cells of a workbook say, in each kind of file and each kind of column."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sheets import feed_of, hidden, ods, read, record, row, xls, xlsx
from taxcalc.firms.read.number_format import built_in, kind_of

FORMATS = ("yyyy-mm-dd", "0!.0,", "0%", "#,##0.00", "[h]:mm", "h:mm")
DAY, WAN, PERCENT, PLAIN, LENGTH, TIME = (f's="{i}"' for i in range(1, 7))


@pytest.mark.parametrize(
    ("heading", "cell", "text", "remark"),
    [
        # money to the fen, half away from zero, whatever its format
        ("销售额", "><v>37035.299999999996</v>", "37035.3", ""),
        ("销售额", "><v>509900.99009900990</v>", "509900.99", "rounded"),
        ("销售额", "><v>1.005</v>", "1.01", "rounded"),
        ("应纳税所得额", "><v>-1.005</v>", "-1.01", "rounded"),
        ("销售额", "><v>-0.0000001</v>", "0", "rounded"),
        ("销售额", "><v>1.08E+6</v>", "1080000", ""),
        ("销售额", "><v>1080000.0</v>", "1080000", ""),
        ("销售额", "><v>-0</v>", "0", ""),
        ("销售额", f"{PLAIN}><v>0.125</v>", "0.13", "rounded"),
        ("销售额（万元）", "><v>50.9900990099</v>", "50.990099", "rounded"),
        ("销售额（万元）", "><v>50.990099</v>", "50.990099", ""),
        ("销售额", f"{WAN}><v>1080000</v>", "1080000", "scaled"),
        ("销售额", f"{WAN}><v>1080000.005</v>", "1080000.01", "scaled"),
        ("从业人数", f"{WAN}><v>80000</v>", "80000", ""),
        # elsewhere nothing is rounded
        ("从业人数", "><v>80.12345</v>", "80.12345", ""),
        ("鼓励类主营业务收入占比", f"{PERCENT}><v>0.7200000000000001</v>", "0.72", ""),
        ("备注", "><v>0.123456789012345</v>", "0.123456789012345", ""),
        ("税号", "><v>9.162060207000001E+17</v>", "916206020700000000", ""),
        ("税号", 't="n"><v>123</v>', "123", ""),
        ("税号", 't="inlineStr"><is><t>00123</t></is>', "00123", ""),
        # text stays as it was typed
        ("销售额", 't="inlineStr"><is><t>509900.9901</t></is>', "509900.9901", ""),
        ("销售额", 't="str"><v>1.005</v>', "1.005", ""),
        ("备注", 't="s"><v>1</v>', "甲&乙", ""),
        ("备注", 't="s"><v>2</v>', "富文本", ""),
        ("备注", 't="s"><v>3</v>', "两\r行", ""),
        # days by their column
        ("所属期", f"{DAY}><v>45352</v>", "2024-03", ""),
        ("年度", f"{DAY}><v>45352.75</v>", "2024", ""),
        ("备注", f"{DAY}><v>45352</v>", "2024-03-01", ""),
        ("备注", f"{DAY}><v>45352.75</v>", "2024-03-01 18:00:00", ""),
        ("所属期", 't="d"><v>2024-03-31T00:00:00</v>', "2024-03", ""),
        ("备注", f"{DAY}><v>59</v>", "1900-02-28", ""),
        ("备注", f"{TIME}><v>0.5</v>", "12:00:00", ""),
        ("备注", f"{DAY}><v>1e9</v>", "1000000000", ""),
        ("备注", f"{LENGTH}><v>1.5</v>", "1.5", ""),
        # what is no value
        ("销售额", 't="e"><v>#REF!</v>', "#REF!", ""),
        ("销售额", 't="e"><f>A1/0</f><v>#DIV/0!</v>', "#DIV/0!", ""),
        ("位于西部地区", 't="b"><v>1</v>', "true", ""),
        ("销售额", "><f>SUM(300000,60000)</f><v/>", "=SUM(300000,60000)", ""),
        ("销售额", "><f>SUM(300000,60000)</f>", "=SUM(300000,60000)", ""),
        ("销售额", '><f t="shared" si="0"/>', "=…", ""),
        ("销售额", "><f>1&lt;2</f><v></v>", "=1<2", ""),
        ("销售额", "><f>SUM(300000,60000)</f><v>360000</v>", "360000", ""),
        ("销售额", "><f>SUM(1,-1)</f><v>0</v>", "0", ""),
        ("销售额", '><f t="shared" si="0"/><v>5</v>', "5", ""),
        ("销售额", 't="str"><f>IF(1,"","")</f><v></v>', "", ""),
        ("销售额", 't="s"><v>0</v>', "", ""),
        ("销售额", 't="inlineStr"><is><t xml:space="preserve"> \u3000\u00a0\u200b</t></is>', "", ""),
    ],
)
def test_a_cell(heading: str, cell: str, text: str, remark: str) -> None:
    strings = (
        "<t>\u00a0</t>",
        "<t>甲&amp;乙</t>",
        "<r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh>",
        "<t>两_x000D_行</t>",
    )
    for prefix in ("", "<!-- no reader but the careful one takes this -->"):
        rows = row(1, "年度" if heading != "年度" else "名称", heading) + prefix + row(2, "2024", cell)
        found = read(xlsx(rows, strings=strings, formats=FORMATS))
        assert found.rows == {2: ["2024", text]}
        assert dict(found.remarks) == ({(remark, heading): 1} if remark else {})


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""), ("0.00", ""), ("#,##0.00", ""), ("#,##0.00;[Red]-#,##0.00", ""), ("@", ""), ("0.00E+00", ""),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', ""), ("[h]:mm:ss", ""), ('0"days"', ""), ("# ?/?", ""),
        ("yyyy-mm-dd", "day"), ('yyyy"年"m"月"d"日"', "day"), ("[$-804]yyyy年m月", "day"), ("h:mm AM/PM", "day"),
        ("m/d/yy;@", "day"), ("[Red][>1]d-mmm", "day"),
        ("0.00,", "scaled"), ("#,##0,", "scaled"), ("#,##0.00,,", "scaled"), ("0!.0,", "scaled"), ('0!.0000"万"', "scaled"),
        ("0\\.0,", "scaled"), ("0%", "scaled"), ('[<10000]0;0!.0,"万"', "scaled"),
    ],
)  # fmt: skip
def test_a_number_format(code: str, kind: str) -> None:
    assert kind_of(code) == kind


def test_built_in_number_formats() -> None:
    assert [built_in(n) for n in (0, 1, 4, 9, 14, 22, 31, 57, 46, 49)] == [
        "", "", "", "scaled", "day", "day", "day", "day", "", ""
    ]  # fmt: skip


def test_noughts_of_a_program_that_computes_nothing_are_no_results() -> None:
    """Such a program asks that all be computed on opening, and writes 0 where it has no result."""
    rows = row(1, "年度", "销售额") + row(2, "2024", "><f>SUM(1,2)</f><v>0</v>") + row(3, "2024", "><f>2</f><v>2</v>")
    assert read(xlsx(rows, book='<calcPr fullCalcOnLoad="1"/>')).rows == {2: ["2024", "=SUM(1,2)"], 3: ["2024", "2"]}
    assert read(xlsx(rows)).rows[2] == ["2024", "0"]


def test_days_counted_from_1904() -> None:
    rows = row(1, "年度", "所属期") + row(2, "2024", f"{DAY}><v>43890</v>")
    book = '<workbookPr date1904="1"/>'
    assert read(xlsx(rows, formats=FORMATS, book=book)).rows == {2: ["2024", "2024-03"]}


def test_blank_cells_and_what_stands_beside_the_table_are_none_of_it() -> None:
    blank = 't="inlineStr"><is><t> </t></is>'
    rows = row(1, "名称", "", "年度", "销售额") + row(2, "甲", blank, "2024", "5", blank, "note") + row(3, blank, blank)
    rows += row(4, "", "", "", "", "note") + row(7, "乙", "", "2024")
    assert read(xlsx(rows)).rows == {2: ["甲", "", "2024", "5"], 7: ["乙", "", "2024", ""]}


def test_merged_cells_of_the_first_rows() -> None:
    """The text of cells merged side by side stands over each; of those merged downwards only in the first."""
    rows = row(1, "客户情况") + row(2, "名称", "年度", "一季度") + row(3, "", "", "销售额", "人数")
    merged = '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="C2:D2"/></mergeCells>'
    assert feed_of(xlsx(rows, after=merged)).first_rows() == [
        ["客户情况"] * 4,
        ["名称", "年度", "一季度", "一季度"],
        ["", "", "销售额", "人数"],
    ]


def test_the_table_begins_below_its_heading() -> None:
    rows = row(2, "客户情况") + row(4, "年度", "销售额") + "".join(row(n, "2024", str(n)) for n in range(6, 60))
    book = xlsx(rows)
    feed = feed_of(book)
    first = feed.first_rows()
    assert (len(first), first[:4], first[39]) == (40, [[], ["客户情况"], [], ["年度", "销售额"]], ["2024", "40"])
    assert feed.rows_about() == 56
    assert read(book, heading=4).rows == {n: ["2024", str(n)] for n in range(6, 60)}


_TEXTS = st.text("甲a <&>\"'\u00a0_x0", max_size=6)
_NUMBERS = st.one_of(st.integers(-(10**17), 10**17).map(str), st.floats(allow_nan=False).map(repr))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_CELLS = st.one_of(
    _TEXTS.map(lambda text: f't="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is>'),
    _TEXTS.map(lambda text: f't="str"><f>A1</f><v>{_escaped(text)}</v>'),
    st.tuples(st.integers(0, 6), _NUMBERS).map(lambda n: f's="{n[0]}"><v>{n[1]}</v>'),
    _NUMBERS.map(lambda text: f't="n"><v>{text}</v>'),
    st.sampled_from(
        ['t="e"><v>#N/A</v>', 't="b"><v>0</v>', "><f>A1</f>", "><f>A1</f><v/>", 't="s"><v>0</v>', 's="1">', ""]
    ),
)


@given(st.lists(st.lists(_CELLS, max_size=5), max_size=5))
def test_both_readers_agree(cells: list[list[str]]) -> None:
    rows = [row(i, *each) for i, each in enumerate(cells, 2)]
    plain, careful = (
        read(
            xlsx(
                row(1, "年度", "销售额", "所属期", "备注", "税号") + between.join(["", *rows]),
                strings=["<t>s</t>"],
                formats=FORMATS,
            )
        )
        for between in ("", "<!---->")
    )
    assert plain == careful


def _text(place: int, text: str, line: int = 1) -> bytes:
    return record(0x204, struct.pack("<HHHHB", line, place, 0, len(text), 1) + text.encode("utf-16-le"))


def _number(place: int, value: float, style: int = 0, line: int = 1) -> bytes:
    return record(0x203, struct.pack("<HHHd", line, place, style, value))


def _formula(place: int, result: bytes) -> bytes:
    return record(0x6, struct.pack("<HHH8sHLH", 1, place, 0, result, 0, 0, 0))


@pytest.mark.parametrize(
    ("heading", "cell", "text", "remark"),
    [
        ("销售额", _number(1, 509900.99009900990), "509900.99", "rounded"),
        ("销售额", _number(1, 1080000, 2), "1080000", "scaled"),
        ("税号", _number(1, 916206020700000125), "916206020700000000", ""),
        ("所属期", _number(1, 45352, 1), "2024-03", ""),
        ("销售额", _text(1, " \u00a0"), "", ""),
        ("销售额", record(0x205, struct.pack("<HHHBB", 1, 1, 0, 1, 0)), "true", ""),
        ("销售额", record(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x17, 1)), "#REF!", ""),
        ("销售额", _formula(1, struct.pack("<d", 5.5)), "5.5", ""),
        ("销售额", _formula(1, struct.pack("<d", 0)), "0", "not saved"),
        ("销售额", _formula(1, b"\3\0\0\0\0\0\xff\xff"), "", "not saved"),
    ],
)
def test_a_cell_of_an_old_workbook(heading: str, cell: bytes, text: str, remark: str) -> None:
    """Where no spreadsheet has saved it, formulas have no results, whatever stands in their place."""
    for saved in (True, False):
        sheet = _text(0, "年度", 0) + _text(1, heading, 0) + _number(0, 2024) + cell
        found = read(xls(sheet, formats=("yyyy-mm-dd", "0!.0,"), saved=saved))
        expected = "=…" if remark == "not saved" and not saved else text
        assert found.rows == {2: ["2024", expected]}
        assert dict(found.remarks) == ({(remark, heading): 1} if remark in ("rounded", "scaled") else {})


def _ods_row(*cells: str, repeated: int = 1) -> str:
    made = "".join(
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{made}</table:table-row>'


def _ods_cell(given: str, text: str = "") -> str:
    return f"<table:table-cell {given}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


@pytest.mark.parametrize(
    ("heading", "cell", "text", "remark"),
    [
        ("销售额", _ods_cell('office:value-type="float" office:value="509900.9900990099"', "509,900.99"), "509900.99", "rounded"),
        ("销售额", _ods_cell('office:value-type="currency" office:value="5"', "¥5.00"), "5", ""),
        ("销售额", _ods_cell('office:value-type="float" office:value="1080000" table:style-name="k"', "1080"), "1080000", "scaled"),
        ("所属期", _ods_cell('office:value-type="date" office:date-value="2024-03-31"', "31.3."), "2024-03", ""),
        ("位于西部地区", _ods_cell('office:value-type="boolean" office:boolean-value="true"', "WAHR"), "true", ""),
        ("销售额", _ods_cell('table:formula="of:=[.A1]" office:value-type="string" office:string-value="" calcext:value-type="error"', "#REF!"), "#REF!", ""),
        ("销售额", _ods_cell('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!"), "#DIV/0!", ""),
        ("销售额", _ods_cell('table:formula="of:=SUM(1;2)"'), "=SUM(1;2)", ""),
        ("销售额", _ods_cell('table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""'), "", ""),
        ("备注", "<table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p></office:annotation>"
         "<text:p>a<text:s text:c='2'/><text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>", "a  b\nc", ""),
        ("备注", "\u3000 ", "", ""),
    ],
)  # fmt: skip
def test_a_cell_of_open_document(heading: str, cell: str, text: str, remark: str) -> None:
    styles = (
        '<number:number-style style:name="n"><number:number number:display-factor="1000"/></number:number-style>'
        '<style:style style:name="k" style:family="table-cell" style:data-style-name="n"/>'
    )
    sheet = f'<table:table table:name="a">{_ods_row("年度", heading)}{_ods_row("2024", cell)}</table:table>'
    found = read(ods(sheet, styles))
    assert found.rows == {2: ["2024", text]}
    assert dict(found.remarks) == ({(remark, heading): 1} if remark else {})


def test_repeated_rows_and_cells_of_open_document() -> None:
    covered = "<table:covered-table-cell/>"
    sheet = (
        '<table:table table:name="a">'
        + _ods_row(
            '<table:table-cell table:number-columns-spanned="2"><text:p>标题</text:p></table:table-cell>', covered
        )
        + _ods_row(repeated=2)
        + _ods_row("年度", "销售额", '<table:table-cell table:number-columns-repeated="16382"/>')
        + _ods_row(
            '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="2024"/>',
            repeated=3,
        )
        + _ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_569)
        + "</table:table>"
    )
    assert feed_of(ods(sheet)).first_rows()[:5] == [["标题", "标题"], [], [], ["年度", "销售额"], ["2024", "2024"]]
    assert read(ods(sheet), heading=4).rows == {n: ["2024", "2024"] for n in (5, 6, 7)}


SHEET = (row(1, "年度", "销售额"), *(row(n, "2024", f"{n}00") for n in range(2, 10)))
COLUMNS = '<cols><col min="1" max="1" width="9"/><col min="2" max="3" width="9" hidden="1"/></cols>'


def _xlsx(start: str, rows: range) -> bytes:
    """A sheet of which these rows are hidden, each beginning so."""
    made = (part.replace(f'<row r="{n}"', start.format(n=n)) if n in rows else part for n, part in enumerate(SHEET, 1))
    return xlsx("".join(made), before=COLUMNS)


def _xls(rows: range) -> bytes:
    shown = (record(0x208, struct.pack("<HHHHHHi", n - 1, 0, 2, 255, 0, 0, 0x20 * (n in rows))) for n in range(1, 10))
    cells = (_number(0, 2024, line=n) + _number(1, 100 * n, line=n) for n in range(1, 9))
    columns = record(0x7D, struct.pack("<HHHHH", 1, 1, 2000, 0, 1) + b"\0\0")
    return xls(columns + b"".join(shown) + _text(0, "年度", 0) + _text(1, "销售额", 0) + b"".join(cells))


def _ods(rows: range) -> bytes:
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    made = [_ods_row("年度", "备注", "销售额"), *(_ods_row("2024", "x", "100") for _ in range(2, 10))]
    for n in rows:
        made[n - 1] = made[n - 1].replace("<table:table-row", '<table:table-row table:visibility="filter"')
    return ods(f'<table:table table:name="a">{columns}{"".join(made)}</table:table>')


@pytest.mark.parametrize(
    "made",
    [
        lambda rows: _xlsx('<row r="{n}" hidden="1"', rows),
        lambda rows: _xlsx('<row hidden="true"', rows),
        _xls,
        _ods,
    ],
    ids=["xlsx", "xlsx with care", "xls", "ods"],
)
def test_what_a_sheet_does_not_show_is_named(made: Callable[[range], bytes]) -> None:
    """The first five rows, and how many there are."""
    assert hidden(made(range(3, 4))) == {
        "columns_hidden": {"columns": ["销售额"]},
        "rows_hidden": {"rows": ["3"], "count": 1},
    }
    assert hidden(made(range(2, 9)))["rows_hidden"] == {"rows": ["2", "3", "4", "5", "6", "…"], "count": 7}
    assert "rows_hidden" not in hidden(made(range(0)))
