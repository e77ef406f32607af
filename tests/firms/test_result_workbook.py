"""The workbook of a batch: the answers, and beside them the totals, the rows that were rejected and what all rests on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from helpers.batch_command import batch, run

HEAD = "序号,客户名称,代码,年度,主体类型,增值税类型,一季度销售额（万元）,二季度销售额,三季度销售额,四季度销售额,鼓励类主营业务收入占比,合同日期,应纳税所得额"
ROWS = (
    "1,甲,001234567890123456,2023,企业,小规模纳税人,20.5,100000,0,0,72%,2020-02-29,500000",
    "2,乙,=1+1,2023,企业,小规模纳税人,40,410000,0,0,0.725,2021-02-31,x",
    "3,丙,91620602MA7000001X,2023,企业,小规模纳税人,40,410000,0,0,,,",
    '4,<b>&"@1,../x,2023,个体工商户,小规模纳税人,1,0,0,0,,,100000',
)
TABLE = "\n".join([HEAD, *ROWS]) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workbook]:
    """The workbook as a file, and as it is read with formulas."""
    path = tmp_path_factory.mktemp("book") / "结果.xlsx"
    done = batch(TABLE, "-o", str(path), "--lang", "zh")
    assert done.code == 1, done.err
    return path, load_workbook(path)


def test_cells_are_what_the_table_has(made: tuple[Path, Workbook]) -> None:
    """Codes are text, days days, percentages percentages, figures in a unit of their own figures."""
    sheet = made[1].worksheets[0]
    first = {cell.value: sheet[2][place] for place, cell in enumerate(sheet[1])}
    assert (first["代码"].value, first["代码"].number_format) == ("001234567890123456", "@")
    assert (first["鼓励类主营业务收入占比"].value, first["鼓励类主营业务收入占比"].number_format) == (0.72, "0%")
    assert (first["合同日期"].value.isoformat()[:10], first["合同日期"].number_format) == ("2020-02-29", "yyyy-mm-dd")  # type: ignore[union-attr]
    assert first["一季度销售额（万元）"].value == 20.5
    assert [sheet.cell(row, 2).value for row in range(2, 6)] == ["甲", "丙", '<b>&"@1', "合计"]


def test_what_waits_for_facts_is_marked(made: tuple[Path, Workbook]) -> None:
    """A colour, beside the words of the columns that say what is lacking."""
    sheet = made[1].worksheets[0]
    needs = 1 + next(place for place, cell in enumerate(sheet[1]) if cell.value == "尚缺资料")
    marked = {row for row in range(2, 5) if sheet.cell(row, 1).fill.fgColor.rgb == "FFFFF2CC"}
    assert marked == {row for row in range(2, 5) if sheet.cell(row, needs).value or sheet.cell(row, needs + 2).value}
    assert 3 in marked


def test_totals_are_those_of_the_summary(made: tuple[Path, Workbook]) -> None:
    """The last row adds up its columns; the sheet of totals says what --summary says."""
    path, book = made
    summed = json.loads(batch(TABLE, "--summary", "--format", "json").out)
    shown = {
        row[0]: row[1:] for row in load_workbook(path, data_only=True)["优惠合计"].iter_rows(values_only=True) if row[0]
    }
    assert [f"{shown[name][1]:.2f}" for name in ("不享受优惠时应纳合计", "减免税费额合计", "优惠后应纳合计")] == [
        summed[name] for name in ("baseline", "saving", "payable")
    ]
    assert shown["小规模纳税人免征增值税"][0] == summed["reliefs"]["vat_exemption"]["businesses"] == 2
    values, formulas = load_workbook(path, data_only=True).worksheets[0], book.worksheets[0]
    for cell in formulas[5]:
        if cell.data_type == "f":
            column = [values.cell(row, cell.column or 0).value or 0 for row in range(2, 5)]
            assert values.cell(5, cell.column or 0).value == pytest.approx(sum(map(float, column)), abs=0.001)  # type: ignore[arg-type]
            assert str(cell.value).startswith("=SUBTOTAL(109,")
    assert sum(cell.data_type == "f" for row in formulas.iter_rows() for cell in row) == len(
        [cell for cell in formulas[5] if cell.data_type == "f"]
    )


def test_rejected_rows_and_what_all_rests_on(made: tuple[Path, Workbook]) -> None:
    """Each with its row, its column and what to do; then assumptions with their rows, and the documents."""
    book = made[1]
    assert [cell.value for cell in book["不能计算的行"][2]][:4] == [3, "乙", "应纳税所得额", "x"]
    basis = [[cell.value for cell in row] for row in book["假设与依据"].iter_rows()]
    assert ["纳税期限：按季", 3] in [row[:2] for row in basis]
    assert any("2023年第1号" in str(row[1]) and str(row[2]).startswith("2023-01-01") for row in basis if row[1])


def test_the_workbook_is_read_again_as_the_same_rows(made: tuple[Path, Workbook]) -> None:
    """The row of totals is no business, the other sheets are no tables, and every figure is the same."""
    done, again = run("batch", str(made[0]), "--names", "id"), batch(TABLE, "--names", "id")
    assert "set aside, being totals: 1 rows (5)" in done.err
    assert [row["total.payable"] for row in done.rows] == [row["total.payable"] for row in again.rows]


def test_every_sheet_prints_in_landscape_with_its_heading(made: tuple[Path, Workbook]) -> None:
    for sheet in made[1].worksheets:
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert made[1].worksheets[0].auto_filter.ref is not None
    assert made[1].worksheets[0].freeze_panes == "C2"
