"""Headings as people write them: which fact they name, and what they say beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.years import LAST
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.problem import LAST_HINT, hint_year, problem
from taxcalc.facts.catalogue import part_of
from taxcalc.facts.titles import Title, read_title

CATALOGUE = catalogue_of(shipped_book())
NAMES = sorted({name for fact in CATALOGUE for name in (*fact.label, *fact.aliases)})


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("销售额\n（不含税）", "revenue"),
        ("从业\r\n人数", "employees"),
        ("资 产　总\u00a0额", "assets"),
        ("销售额\u200b", "revenue"),
        ("*统一社会信用代码（必填）", "id"),
        ("＊年度", "year"),
        ("*必填 销售额", "revenue"),
        ("从业人数【选填】", "employees"),
        ("从业人数（人）", "employees"),
        ("Sales (required)", "revenue"),
        ("资产总额（单位：元）", "assets"),
        ("资产总额（人民币）", "assets"),
        ("资产总额 (CNY)", "assets"),
        ("销售额/元", "revenue"),
        ("销售额（元，不含税）", "revenue"),
        ("不含税销售额", "revenue"),
        ("（一）应征增值税不含税销售额（3%征收率）", "revenue"),
        ("减：弥补以前年度亏损", "loss_brought_forward"),
        ("纳税人识别号 (统一社会信用代码)", "id"),
        ("是否小型微利企业", "small_low_profit_status"),
        ("销售额（8月）", "revenue_m08"),
        ("销售额(一季度)", "revenue_q1"),
        ("8月销售额", "revenue_m08"),
        ("十一月销售额", "revenue_m11"),
        ("一季度 销售额", "revenue_q1"),
        ("Q1 revenue", "revenue_q1"),
        ("Revenue Jan", "revenue_m01"),
        ("第1季度销售额（不含税，元）", "revenue_q1"),
        ("从业人数-第一季度-季初", "employees_q1_open"),
        ("第一季度资产总额（季末）", "assets_q1_close"),
        ("累计应纳税所得额", "taxable_income"),
        ("截至第2季度累计应纳税所得额", "taxable_income"),
        ("应纳税所得额（本年累计）", "taxable_income"),
        ("本年累计研发费用", "rd_expensed"),
        ("税款所属期\n起", "period_from"),
        ("所属时期止", "period_to"),
        ("第四季度研发费用", "rd_fourth_quarter"),
        ("Sales on special invoices at 1%第二季度", "special_invoice_sales_q2"),
        ("营业额", "revenue"),
        ("资产总计", "assets"),
        ("员工人数", "employees"),
        ("研发支出", "rd_expensed"),
        # what changes the meaning, or is only near, names no fact
        ("销售额（含税）", None),
        ("含税销售额", None),
        ("含税销售额（不含税）", None),
        ("价税合计", None),
        ("累计销售额", None),
        ("1-6月销售额", None),
        ("销售额 (YTD)", None),
        ("销售额（万元）", None),
        ("销售额千元", None),
        ("2024年8月销售额", None),
        ("第2季度销售额（第1季度）", None),
        ("期末资产总额", None),
        ("第二季度可弥补以前年度亏损", None),
        ("5月", None),
        ("第二季度", None),
        ("应征增值税不含税销售额（5%征收率）", None),
        ("免税销售额", None),
        ("利润总额", None),
        ("净利润", None),
        ("主营业务收入", None),
        ("营业总收入", None),
        ("研发投入", None),
        ("所属区县", None),
    ],
)
def test_a_heading_names_its_fact(text: str, slot: str | None) -> None:
    found = CATALOGUE.find(text)
    assert (found.name if found else None) == slot


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("销售额（万元）", Title("销售额", unit="万")),
        ("销售额（单位：百万元）", Title("销售额", unit="百万")),
        ("销售额_千元", Title("销售额", unit="千")),
        ("占比（%）", Title("占比", unit="%")),
        ("销售额（含税，亿元）", Title("销售额", unit="亿", gross=True)),
        ("Gross sales", Title("sales", gross=True)),
        ("Sales, net of VAT", Title("sales", gross=False)),
        ("价税合计", Title("", gross=True)),
        ("截至6月30日累计应纳税所得额", Title("应纳税所得额", cumulative=True, part="q2")),
        ("1-5月应纳税所得额", Title("应纳税所得额", cumulative=True, part="m05")),
        ("前三季度研发费用", Title("研发费用", cumulative=True, part="q3")),
        ("上半年研发费用", Title("研发费用", cumulative=True, part="q2")),
        ("Revenue to date", Title("revenue", cumulative=True)),
        ("购车价格（每辆）", Title("购车价格(每辆)")),
        ("从业人数第21季度", Title("从业人数第21季度")),
        ("mayor", Title("mayor")),
    ],
)
def test_a_heading_is_taken_apart(text: str, title: Title) -> None:
    assert read_title(text) == title


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("5月", "m05"), ("十二月", "m12"), ("第二季度", "q2"), ("Q3", "q3"), ("1Q", "q1"), ("Jan", "m01"), ("（8月）", "m08"),
        ("第一季度 季初", "q1_open"), ("销售额", None), ("5月销售额", None), ("1-6月", None), ("13月", None), ("", None),
    ],
)  # fmt: skip
def test_a_bare_part_of_the_year(text: str, part: str | None) -> None:
    assert part_of(text) == part


dress = st.sampled_from(
    ["*{}", "{}（必填）", "【选填】{}", "{}(optional)", "{}（元）", "{} （单位：元）", "\ufeff{}", "{}\n", " {} "]
)


@given(st.sampled_from(NAMES), st.lists(dress, max_size=3))
def test_dress_hides_no_name(name: str, dresses: list[str]) -> None:
    plain = CATALOGUE.find(name)
    text = name
    for one in dresses:
        text = one.format(text)
    found = CATALOGUE.find(text)
    said = read_title(name)
    if said.gross or said.unit or said.part or said.cumulative or "（" in name or "(" in name:
        assert found in (plain, None)  # never another fact
    else:
        assert found == plain


@given(st.sampled_from(NAMES), st.sampled_from(["含税{}", "{}（万元）", "{}(千元)", "{}（价税合计）"]))
def test_what_changes_the_meaning_is_never_passed_over(name: str, form: str) -> None:
    assert CATALOGUE.find(form.format(name)) is None or form.format(name) in NAMES


@given(st.text(max_size=20))
def test_no_heading_breaks_the_reader(text: str) -> None:
    read_title(text)
    CATALOGUE.find(text)


def test_hints_name_this_year_as_far_as_the_law_goes() -> None:
    assert hint_year() == min(date.today().year, LAST)
    assert LAST_HINT == LAST
    assert f"--year {hint_year()}" in problem("year_missing").text("zh")
