"""The columns of a batch, each piece by itself and to the letter: headings, cells and rejected rows."""

from __future__ import annotations

import io
from typing import Any

import pytest

from helpers.businesses import CATALOGUE
from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.firms.answers import Rejected
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.read.cells import cell_text, read_column, reader
from taxcalc.firms.read.heading import Header, read_header
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.write.rejects import Rejects


def header(*titles: str) -> Header:
    """A heading with these titles."""
    return read_header(titles, CATALOGUE, "test")


# ---------------------------------------------------------------------- headings


def test_headings_are_facts_in_any_writing() -> None:
    read = header(
        " ID ",
        "ＹＥＡＲ",
        "一季度销售额（万元）",
        "备注",
        "assets [单位：亿元]",
        "从业人数(人)",
        "western share（%）",
        "",
        "",
    )
    assert [(c.place, c.title, c.name, c.unit) for c in read.columns] == [
        (0, "ID", "id", ""),
        (1, "ＹＥＡＲ", "year", ""),
        (2, "一季度销售额（万元）", "revenue_q1", "万"),
        (3, "备注", "", ""),
        (4, "assets [单位：亿元]", "assets", "亿"),
        (5, "从业人数(人)", "employees", ""),
        (6, "western share（%）", read.columns[6].name, "%" if read.columns[6].name else ""),
    ]
    assert read.width == 9
    assert [c.name for c in read.facts if c.name] == [c.name for c in read.columns if c.name][1:]
    assert read.stated >= {"id", "year", "revenue", "assets", "employees"}
    assert read.column("assets") == read.columns[4]
    assert read.column("revenue") is None


def test_a_heading_in_the_middle_may_be_empty() -> None:
    read = header("", "year", "", "revenue", "")
    assert [c.name for c in read.columns] == ["", "year", "", "revenue"]
    assert (read.width, read.notes) == (5, ())


def test_unknown_headings_are_said() -> None:
    read = header("year", "revenu", *(f"colour {i}" for i in range(14)))
    near, unknown = read.notes
    assert near == problem("column_unknown_near", column=2, title="revenu", near=near.values["near"])
    assert near.values["near"][0] == "revenue"
    assert unknown == problem("columns_unknown", titles=[*(f"colour {i}" for i in range(12)), "… (+2)"])
    assert header("year", *(f"colour {i}" for i in range(12))).notes == (
        problem("columns_unknown", titles=[f"colour {i}" for i in range(12)]),
    )


def refused(*titles: str) -> list[Problem]:
    """What is wrong with a heading."""
    with pytest.raises(InputError) as caught:
        header(*titles)
    return caught.value.problems


def test_headings_that_cannot_be_used_are_refused() -> None:
    said = {"source": "test", "first": 1, "one": "revenue", "second": 3, "label": CATALOGUE["revenue"].label}
    assert refused("revenue", "year", "销售额") == [problem("column_twice", **said, other="销售额")]
    assert refused("revenue", "year", "Revenue ") == [problem("column_twice_alike", **said)]
    titles = list("abcdef")
    assert refused(*titles, "g") == [problem("header_missing", source="test", titles=titles)]
    assert refused("", "") == [problem("header_missing", source="test", titles=[""])]


# ---------------------------------------------------------------------- cells


def column_of(title: str, cells: list[str]) -> Any:
    """A column that was read."""
    heading = header(title)
    return read_column(Rows([[cell] for cell in cells], list(range(len(cells))), cells), heading.columns[0], Lists())


@pytest.mark.parametrize(
    ("title", "cells", "values", "filled", "bad"),
    [
        ("revenue", ["1.5", "12万", "7"], [150, 12_000_000, 700], None, {}),
        ("revenue", ["1.5", "", " "], [150, 0, 0], [True, False, False], {}),
        ("revenue", ["x", "5"], [0, 500], None, {0: problem("money_unreadable", value="x")}),
        ("revenue", ["-1"], [0], None, {0: problem("negative", value="-1")}),
        ("revenue（万元）", ["1.5", "2元", ""], [1_500_000, 200, 0], [True, True, False], {}),
        ("revenue（万元）", ["1e3"], [0], None, {0: problem("money_exponent", value="1e3")}),
        ("taxable_income", ["-1.5"], [-150], None, {}),
        ("year", ["2023", "2018"], [2023, 0], None, {1: problem("too_small", value="2018", limit="2019", negative=False)}),
        ("high_tech", ["是", "no", ""], [1, 0, 0], [True, True, False], {}),
        ("high_tech", ["是", "hm"], [1, 0], None, {1: problem("flag_unreadable", value="hm")}),
        ("place", ["county", "市区", "县城"], [1, 0, 1], None, {}),
        ("encouraged_income_share", ["2"], [0], None, {0: problem("rate_too_large", value="2", percent="2%")}),
    ],
)  # fmt: skip
def test_columns_are_read(title: str, cells: list[str], values: Any, filled: Any, bad: Any) -> None:
    read = column_of(title, cells)
    assert [value for i, value in enumerate(read.values) if i not in read.bad] == [
        value for i, value in enumerate(values) if i not in bad
    ]
    assert read.bad == bad
    assert read.filled == (filled or [True] * len(cells))


def test_averages_and_rates_are_whole_parts() -> None:
    employees, share = CATALOGUE["employees"], CATALOGUE["encouraged_income_share"]
    whole = reader(employees)("1")
    assert isinstance(whole, int)
    assert column_of("employees", ["300.5", "1人"]).values == [300.5 * whole, whole]
    full = reader(share)("100%")
    assert isinstance(full, int)
    assert column_of("encouraged_income_share", ["0.6", "60%", "1"]).values == [full * 3 // 5, full * 3 // 5, full]
    assert column_of("encouraged_income_share（%）", ["60", "59.99%"]).values == [full * 3 // 5, full * 5999 // 10_000]
    assert reader(share)("2") == problem("rate_too_large", value="2", percent="2%")
    assert reader(employees)(" ") is None


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [("5", "", "5"), (" 5 ", "万", "5万"), ("5元", "万", "5元"), ("5万", "亿", "5万"), ("5亿", "万", "5亿"), ("5%", "%", "5%"),
     ("5‰", "%", "5‰"), ("５％", "%", "５％"), (" 5", "", " 5")],
)  # fmt: skip
def test_a_unit_of_the_heading_is_for_figures_without_one(text: str, unit: str, written: str) -> None:
    assert cell_text(CATALOGUE["revenue"], text, unit) == written


# ---------------------------------------------------------------------- rejects


def one(row: int, column: str = "revenue", id: str = "n") -> Rejected:
    """A rejected row."""
    return Rejected(row, id, column, "=x", problem("money_unreadable", value="x"))


def test_rejects_are_written_said_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    file = io.StringIO()
    taken = Rejects("en", file, spoken=True)
    taken.take([one(2), one(2, "assets"), one(2, "assets"), one(3, "", "")])
    why = problem("money_unreadable", value="x").text("en")
    lines = file.getvalue().splitlines()
    assert lines[0] == "row,id,column,value,what is wrong and what to do"
    assert lines[1] == as_line(["2", "n", "revenue", "'=x", why])
    assert lines[4] == as_line(["3", "", "", "'=x", why])
    assert (taken.rows, len(taken.first), len(lines)) == (2, 4, 5)
    said = [f"row 2 (n, column 'revenue'): {why}", f"row 2 (n, column 'assets'): {why}"]
    assert taken.sentences() == [*said, said[1], f"row 3: {why}"]
    assert capsys.readouterr().out.splitlines() == taken.sentences()
    taken.take([one(row) for row in range(4, 9)])
    assert taken.first[-1] == one(4)
    assert len(taken.first) == 5
    assert taken.sentences()[5:] == [
        problem("rows_rejected_more", rows=7, columns=["revenue 6", "assets 1", "— 1"]).text("en")
    ]


def test_rejects_in_chinese_and_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    taken = Rejects("zh")
    taken.take([one(row) for row in range(2, 7)])
    why = problem("money_unreadable", value="x").text("zh")
    assert taken.sentences() == [f"第 {row} 行（n，“revenue”列）：{why}" for row in range(2, 7)]
    assert capsys.readouterr().out == ""
    file = io.StringIO()
    Rejects("zh", file).take([Rejected(9, "=n", "", "x" * 300, problem("quote_inside"))])
    head, row = file.getvalue().splitlines()
    assert head == "行,标识,列,值,问题与处理"
    assert row == as_line(["9", "'=n", "", "x" * 200, problem("quote_inside").text("zh")])
