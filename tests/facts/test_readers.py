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
        ("period", "2023Q5", problem("period_unreadable", value="2023Q5")),
        ("period", " 2023Q4 ", "2023Q4"),
        ("name", "x" * 200, "x" * 200),
        ("name", "x" * 201, problem("text_long", limit=200, length=201)),
        ("name", "a\u202eb", problem("text_control", value="'a\\u202eb'")),
    ],
)  # fmt: skip
def test_values(name: str, text: str, found: Any) -> None:
    value = read_value(CATALOGUE[name], text)
    assert value == found
    assert type(value) is type(found) or (found in (0, 1) and isinstance(value, Fraction))


def test_a_whole_number_is_no_fraction() -> None:
    assert type(read_value(CATALOGUE["employees"], "300.00")) is int
