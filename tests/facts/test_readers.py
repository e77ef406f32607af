"""What people write, read or refused to the letter: the value, or the problem with all that it names."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from helpers.years import LAST
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.money import format_yuan, read_money, yuan
from taxcalc.base.problem import Problem, problem
from taxcalc.facts.catalogue import MONEY_LIMIT
from taxcalc.facts.values import read_value

CATALOGUE = catalogue_of(shipped_book())
PLACES = ["city 市区", "county 县城、镇", "other 其他地区"]
TOP = "10000000000000.00"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CNY 5", 500),
        ("RMB5", 500),
        ("5 CNY", 500),
        ("5RMB", 500),
        ("cny 5", problem("money_unreadable", value="cny 5")),
        ("rmb 5", problem("money_unreadable", value="rmb 5")),
        (".5", 50),
        ("1_000.5", 100_050),
        ("0" * 59 + "5", 500),
        ("0" * 60 + "5", problem("value_long", length=61)),
        ("1.000", problem("money_decimals", value="1.000")),
        ("1.005", problem("money_decimals", value="1.005")),
        ("0.0000001万", problem("money_decimals", value="0.0000001万")),
        (" ", problem("money_empty")),
        ("1E3", problem("money_exponent", value="1E3")),
        ("-1e+3", problem("money_exponent", value="-1e+3")),
        ("1e-3", problem("money_exponent", value="1e-3")),
        ("NaN", problem("money_not_a_number", value="NaN")),
        ("-inf", problem("money_not_a_number", value="-inf")),
        ("+Infinity", problem("money_not_a_number", value="+Infinity")),
        ("Xinf", problem("money_unreadable", value="Xinf")),
        ("13%", problem("money_percent", value="13%")),
        ("$5", problem("money_currency", value="$5")),
        ("5€", problem("money_currency", value="5€")),
        ("£5", problem("money_currency", value="£5")),
        ("12,34", problem("money_separators", value="12,34")),
        ("-1.2.3", problem("money_separators", value="-1.2.3")),
        ("十万", problem("money_unreadable", value="十万")),
        ("+-5", problem("money_unreadable", value="+-5")),
        ("(5", problem("money_unreadable", value="(5")),
        ("5)", problem("money_unreadable", value="5)")),
        ("(+5)", problem("money_unreadable", value="(+5)")),
        ("-¥-5", problem("money_unreadable", value="-¥-5")),
        ("¥-5", -500),
        ("1 234", problem("money_unreadable", value="1 234")),
        ("1, 234", problem("money_unreadable", value="1, 234")),
        ("1 . 5", problem("money_unreadable", value="1 . 5")),
        ("1CNY2", problem("money_unreadable", value="1CNY2")),
        ("- 5 万", -5_000_000),
        ("¥(45000.00)", -4_500_000),
        ("(¥45,000.00)", -4_500_000),
        ("￥ （5）", -500),
        ("¥(-5)", problem("money_unreadable", value="¥(-5)")),
        ("$(5)", problem("money_currency", value="$(5)")),
        ("1,234.50-", -123_450),
        ("¥1,234.50-", -123_450),
        ("12万-", -12_000_000),
        ("-5-", problem("money_unreadable", value="-5-")),
        ("(5-)", problem("money_unreadable", value="(5-)")),
        ("5--", problem("money_unreadable", value="5--")),
        ("1,234.50 元", 123_450),
        ("1 234.50", 123_450),
        ("1 234 567", 123_456_700),
        ("¥ 1 234 567.00 元", 123_456_700),
        ("1\u00a0234", 123_400),
        ("1\u202f234\u202f567.8", 123_456_780),
        ("1\u2009234", 123_400),
        ("1\u2009234\u00a0567", problem("money_unreadable", value="1\u2009234\u00a0567")),
        ("1\u00a023", problem("money_unreadable", value="1\u00a023")),
        ("12 34.50", problem("money_unreadable", value="12 34.50")),
        ("1234 567.00", problem("money_unreadable", value="1234 567.00")),
        ("1 234,567", problem("money_unreadable", value="1 234,567")),
        ("1 234.567", problem("money_unreadable", value="1 234.567")),
        ("2024 100 000", problem("money_unreadable", value="2024 100 000")),
    ],
)
def test_money(text: str, found: int | Problem) -> None:
    assert read_money(text) == found


def test_money_is_printed_in_the_way_of_the_language() -> None:
    assert [yuan(fen) for fen in (0, 5, -5, 100, -123456)] == ["0.00", "0.05", "-0.05", "1.00", "-1234.56"]
    assert [format_yuan(-123_456_789, lang) for lang in ("zh", "en")] == ["-1,234,567.89"] * 2
    assert [format_yuan(0, lang) for lang in ("zh", "en")] == ["0.00"] * 2


def test_money_is_printed_without_regard_to_the_place_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("babel.numbers.LC_NUMERIC", "de_DE")
    assert [format_yuan(123_456_789, lang) for lang in ("zh", "en")] == ["1,234,567.89"] * 2


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("revenue", " ", problem("value_empty")),
        ("revenue", "0" * 61, problem("value_long", length=61)),
        ("revenue", "0" * 60, 0),
        ("revenue", "-1", problem("negative", value="-1")),
        ("revenue", yuan(MONEY_LIMIT), MONEY_LIMIT),
        ("revenue", yuan(MONEY_LIMIT + 1), problem("too_large", value=yuan(MONEY_LIMIT + 1), limit=TOP)),
        ("taxable_income", yuan(-MONEY_LIMIT), -MONEY_LIMIT),
        ("taxable_income", yuan(-MONEY_LIMIT - 1), problem("too_large", value=yuan(-MONEY_LIMIT - 1), limit=TOP)),
        ("revenue", "1e3", problem("money_exponent", value="1e3")),
        ("year", "2019", 2019),
        ("year", "2023年", 2023),
        ("year", "2018", problem("too_small", value="2018", limit="2019", negative=False)),
        ("year", "-1", problem("too_small", value="-1", limit="2019", negative=True)),
        ("year", str(LAST + 1), problem("above_limit", value=str(LAST + 1), limit=str(LAST))),
        ("year", "2023.5", problem("number_whole", value="2023.5", places=0)),
        ("year", "2023.0", 2023),
        ("year", "0", problem("too_small", value="0", limit="2019", negative=False)),
        ("employees", "1_000.50 人", Fraction(2001, 2)),
        ("employees", "1,000.", 1000),
        ("employees", "300", 300),
        ("employees", "0" * 60, 0),
        ("employees", "0" * 61, problem("value_long", length=61)),
        ("employees", "300.0", 300),
        ("employees", "1.00005", problem("number_decimals", value="1.00005", places=4)),
        ("employees", "1.23450", Fraction(2469, 2000)),
        ("employees", "-1", problem("negative", value="-1")),
        ("employees", "many", problem("number_unreadable", value="many")),
        ("year", "many", problem("whole_unreadable", value="many")),
        ("employees", "10000001", problem("above_limit", value="10000001", limit="10000000")),
        ("encouraged_income_share", "1", 1),
        ("encouraged_income_share", "100 %", 1),
        ("encouraged_income_share", "0.123456", Fraction(123456, 10**6)),
        ("encouraged_income_share", "0.1234567", problem("rate_unreadable", value="0.1234567")),
        ("encouraged_income_share", "1.5", problem("rate_too_large", value="1.5", percent="1.5%")),
        ("encouraged_income_share", "2", problem("rate_too_large", value="2", percent="2%")),
        ("encouraged_income_share", "1001‰", problem("rate_too_large", value="1001‰", percent="1001%")),
        ("unemployment_rate", "1.0001%", Fraction(10_001, 10**6)),
        ("unemployment_rate", "1.00001%", problem("rate_fine", value="1.00001%")),
        ("high_tech", "Y", True),
        ("high_tech", "×", False),
        ("high_tech", "maybe", problem("flag_unreadable", value="maybe")),
        ("place", "镇", 1),
        ("place", "县城", 1),
        ("place", "County Seat or-town", 1),
        ("place", "市", problem("choice_unknown", value="市", options=PLACES)),
        ("place", "市区", 0),
        ("place", "el", 2),
        ("place", "c", problem("choice_unknown", value="c", options=PLACES)),
        ("place", "ci", 0),
        ("vat_payer", "small-scale payer", 0),
        ("vat_payer", "Small Scale", 0),
        ("vat_payer", "g1", problem("choice_unknown", value="g1", options=["small_scale 小规模纳税人", "general 一般纳税人"])),
        ("vat_rate", "13%", 0),
        ("vat_rate", "0.13", 0),
        ("vat_rate", "0.09", 1),
        ("vat_rate", "9 %", 1),
        ("vat_rate", "60‰", 2),
        ("vat_rate", "11%", problem("choice_unknown", value="11%", options=["13%", "9%", "6%"])),
        ("vat_rate", "13", problem("rate_too_large", value="13", percent="13%")),
        *(("high_tech", yes, True) for yes in ("是的", "✓", "✔", "☑")),
        *(("high_tech", sign, problem("flag_unreadable", value=sign)) for sign in ("x", "X", "☐")),
        ("period", "2023Q5", problem("period_unreadable", value="2023Q5")),
        ("period", " 2023Q4 ", "2023Q4"),
        ("period", "2023年第4季度", "2023Q4"),
        ("period", "2024上半年", problem("period_odd", value="2024上半年")),
        ("period", "45382", problem("period_serial", value="45382", day="2024-03-31", written="2024-03")),
        ("period", "12345", problem("period_unreadable", value="12345")),
        ("year", "2024年度", 2024),
        ("year", "2024-12-31 00:00:00", 2024),
        ("year", "2024-03-31", 2024),
        ("year", "2018年度", problem("too_small", value="2018年度", limit="2019", negative=False)),
        ("year", "2024Q1", problem("year_of_part", value="2024Q1", year=2024)),
        ("year", "202403", problem("year_of_part", value="202403", year=2024)),
        ("year", "45382", problem("period_serial", value="45382", day="2024-03-31", written="2024")),
        ("period_from", "2024-01-01", 24288),
        ("period_from", "2024年1月", 24288),
        ("period_from", "2024-01-02", problem("period_from_inside", value="2024-01-02", written="2024-01-01")),
        ("period_to", "2024-03-31", 24290),
        ("period_to", "2024-03-01", problem("period_to_inside", value="2024-03-01", written="2024-03-31")),
        ("period_to", "2024Q1", problem("month_unreadable", value="2024Q1")),
        ("name", "x" * 200, "x" * 200),
        ("name", "x" * 201, problem("text_long", limit=200, length=201)),
        ("name", "a\u202eb", problem("text_control", value="'a\\u202eb'")),
    ],
)  # fmt: skip
def test_values(name: str, text: str, found: Any) -> None:
    value = read_value(CATALOGUE[name], text)
    assert value == found
    assert type(value) is type(found) or (found in (0, 1) and isinstance(value, Fraction))


KINDS = {
    (
        "taxpayer",
        "enterprise",
    ): "有限责任公司(自然人投资或控股) 有限责任公司（自然人独资） 股份有限公司 股份有限公司(上市、国有控股) 一人有限责任公司 农民专业合作社 公司",
    ("taxpayer", "individual_business"): "个体户 个体工商户 个体 个体经营",
    ("taxpayer", "sole_proprietorship"): "个人独资企业 独资 个人独资",
    ("taxpayer", "partnership"): "合伙企业 有限合伙企业 普通合伙 合伙 合伙企业(有限合伙)",
    ("taxpayer", ""): "分公司 有限责任公司分公司(自然人独资) 事业单位 社会团体 有限",
    ("vat_payer", "small_scale"): "小规模纳税人(按季) 增值税小规模纳税人 小规模 小规模纳税人",
    ("vat_payer", "general"): "增值税一般纳税人 一般纳税人 一般",
    ("vat_payer", ""): "小规模纳税人(按月) 辅导期一般纳税人 纳税人",
    ("place", "city"): "市区",
    ("place", "county"): "县城 镇 县城或镇 建制镇",
    ("place", "other"): "其他 不在市区、县城或者镇",
    ("place", ""): "凉州区 农村",
    ("filing", "monthly"): "按月申报 月报",
    ("filing", ""): "按次 按年",
}
"""Options as registers and exports write them; those of '' are refused, since they may mean either."""


@pytest.mark.parametrize(
    ("name", "option", "text"), [(*key, text) for key, all_ in KINDS.items() for text in all_.split()]
)
def test_options_as_registers_write_them(name: str, option: str, text: str) -> None:
    value = read_value(CATALOGUE[name], text)
    if option:
        assert value == list(CATALOGUE[name].options).index(option)
    else:
        assert isinstance(value, Problem)
        assert value.key == "choice_unknown"


def test_a_whole_number_is_no_fraction() -> None:
    assert type(read_value(CATALOGUE["employees"], "300.00")) is int
