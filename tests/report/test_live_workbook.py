"""One client's workbook: formulas of the rules alone, with the values of the program beside them.

What LibreOffice makes of it is asked by `make test-office`; here the values are those of the program as things stand.
"""

from __future__ import annotations

import io
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from helpers.command import ROOT, run
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.live import live
from taxcalc.assessment.model import shipped_book
from taxcalc.base.algebra import Builder, Reg
from taxcalc.engines.sheet import MOST, Line, largest, lines_of
from taxcalc.facts.cells import with_sign
from taxcalc.report.live_workbook import as_workbook

BOOK = shipped_book()
FOOD = ROOT / "examples" / "liangzhou-food-processor.toml"
HOSTILE = '=1+1"&<b>../x{=A1}' + "名" * 60


def evaluated(**more: object) -> Evaluation:
    facts = tomllib.loads(FOOD.read_text(encoding="utf-8"), parse_float=Decimal)
    return evaluate({**facts, **more}, book=BOOK)


@pytest.fixture(scope="module")
def food() -> tuple[Evaluation, bytes]:
    """A client with a name that is no formula, and the workbook."""
    evaluation = evaluated(name=HOSTILE)
    return evaluation, as_workbook(live(evaluation), evaluation.assessment, BOOK, "zh")


def opened(content: bytes, *, values: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


def test_it_tells_what_the_assessment_tells(food: tuple[Evaluation, bytes]) -> None:
    """Whoever does not calculate reads the values: each levy, the total, the regime, what is refused and why."""
    evaluation, content = food
    report = opened(content, values=True)["报告"]
    rows = {row[0]: row[1:] for row in report.iter_rows(values_only=True) if row[0]}
    for levy in evaluation.assessment.levies:
        if levy.status == "calculated":
            assert [round(float(str(rows[levy.label[0]][at])) * 100) for at in (0, 2)] == [levy.baseline, levy.payable]
    total = evaluation.assessment.saved
    assert [round(float(str(one)) * 100) for one in rows["税费合计"][:3]] == [
        total.baseline,
        total.saving,
        total.payable,
    ]
    assert rows["企业所得税采用"][0] == "小型微利企业所得税优惠"
    assert rows["小规模纳税人免征增值税"][1] == "不享受"
    assert "300,000.00" in str(rows["小规模纳税人免征增值税"][3])
    assert any("2023年度" in str(one) and BOOK.sha256[:8] in str(one) for one in rows)


def test_what_is_not_known_is_said_and_no_total_hides_it() -> None:
    """A levy that waits for facts, the sum without it, what was not stated, and what saves nothing."""
    evaluation = evaluate({"year": 2025, "vat_payer": "small_scale", "place": "county", "revenue": 486_000}, book=BOOK)
    content = as_workbook(live(evaluation), evaluation.assessment, BOOK, "zh")
    rows = list(opened(content, values=True)["报告"].iter_rows(values_only=True))
    said = {row[0]: row[1:] for row in rows if row[0]}
    assert said["企业所得税"][:3] == ("尚缺资料",) * 3
    assert said["税费合计（未含尚缺资料的税费）"][1] == 16_038
    assert "税费合计" not in said
    asked = next(str(row[0]) for row in rows if "未填" in str(row[0]))
    assert all(question.label[0] in asked for question in evaluation.assessment.questions)
    assert said["小规模纳税人免征增值税"][:2] == (16_038, "享受")
    assert said["小规模纳税人减征增值税"][:2] == (0, "无减免额")


def test_formulas_are_made_of_the_rules_alone(food: tuple[Evaluation, bytes]) -> None:
    """No cell of the input is a formula, none names the client; cells to change are open, all others locked."""
    book = opened(food[1], values=False)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f" or HOSTILE[:4] not in str(cell.value)
            assert cell.protection.locked == (cell.fill.fgColor.rgb != "FFFFF2CC")
    assert HOSTILE in str(book["报告"]["A1"].value)
    exact = [str(row[3].value) for row in book["计算"].iter_rows(min_row=5)]
    assert all(one.startswith("=") for one in exact)
    assert any("ROUND(" in one for one in exact)
    assert not [one for one in exact if re.search(r"\d\.\d", one)]


def test_each_step_has_its_label_and_its_clause(food: tuple[Evaluation, bytes]) -> None:
    steps = list(opened(food[1], values=True)["计算"].iter_rows(min_row=5, values_only=True))
    named = [row for row in steps if row[0] != "（上一步的中间值）"]
    assert len(named) > 100
    assert any("征收率" in str(row[5]) and "2023年第1号" in str(row[6]) for row in named)


def test_the_same_client_gives_the_same_bytes(food: tuple[Evaluation, bytes]) -> None:
    evaluation = evaluated(name=HOSTILE)
    assert as_workbook(live(evaluation), evaluation.assessment, BOOK, "zh") == food[1]


def test_values_follow_the_cells() -> None:
    """The lines of one client, with what another states, come to what the program says of that one."""
    found = live(evaluated())
    moved = {
        **{one.slot.name: one.value for one in found.inputs},
        "revenue_q1": 300_000_01,
        "taxable_income": 5_000_000_00,
    }
    other = evaluated(revenue=["300000.01", 1_120_000, 1_050_000, 1_240_000], taxable_income=5_000_000)
    again = live(other)
    assert [line.formula for line in again.lines] == [line.formula for line in found.lines]
    assert {one.slot.name: one.value for one in again.inputs} == moved
    assert again.totals["payable"].value == other.assessment.saved.payable


def test_what_is_too_large_for_a_spreadsheet_is_left_out_and_said(tmp_path: Path) -> None:
    """The levy is named, the others are there, and the command says that figures are left out."""
    out = tmp_path / "x.xlsx"
    done = run("report", str(ROOT / "examples" / "equipment-maker.toml"), "-o", str(out), "--lang", "en")
    assert done.code == 1
    said = [str(cell.value) for cell in load_workbook(out)["Report"]["A"]]
    assert any(one.startswith("Not in this workbook") for one in said)


def test_roundings_are_written_as_such_and_bounds_are_seen() -> None:
    """Of either sign, half away from nought; and what is named has a line of its own."""
    b = Builder(2**100)
    x = b.input("x", -(10**12), 10**12)
    rounded = with_sign(b, b.mul(x, 3), lambda n: b.div(b.add(b.mul(n, 2), 100), 200))
    assert isinstance(rounded, Reg)
    assert isinstance(x, Reg)
    formulas = [line.formula for line in lines_of([rounded], ()).values()]
    assert formulas == [(), ("ROUND(", "(", 0, "*", "3", ")", "/", "100", ",0)")]
    assert lines_of([x], ())[x] == Line(x, ())
    assert largest([rounded]) <= MOST < largest([b.mul(x, 1000)])
