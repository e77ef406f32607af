"""Facts: what is accepted, what is refused and how, where each came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.years import LAST
from taxcalc import InputError, assess
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.money import format_yuan, read_money, yuan
from taxcalc.base.period import Period, read_period
from taxcalc.base.problem import Problem
from taxcalc.facts.catalogue import MONEY_LIMIT
from taxcalc.facts.statement import FactSet
from taxcalc.facts.values import read_value

CATALOGUE = catalogue_of(shipped_book())


# ---------------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("1_234.50", 123450),
        ("￥1,234.50", 123450),
        ("¥ 1,234.50", 123450),
        ("１，２３４．５０", 123450),
        ("12万", 12_000_000),
        ("12.3456万", 12_345_600),
        ("1.2亿", 12_000_000_000),
        ("3.5万元", 3_500_000),
        ("100元", 10_000),
        ("-5", -500),
        ("−5", -500),
        ("(1,234.50)", -123450),
        (" 7 ", 700),
        ("0", 0),
    ],
)
def test_money_is_read(text: str, fen: int) -> None:
    assert read_money(text) == fen


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1.005", "money_decimals"),
        ("0.0000001万元", "money_decimals"),
        ("1e3", "money_exponent"),
        ("NaN", "money_not_a_number"),
        ("inf", "money_not_a_number"),
        ("13%", "money_percent"),
        ("12,34", "money_separators"),
        ("1.234,50", "money_separators"),
        ("$5", "money_currency"),
        ("", "money_empty"),
        ("十万", "money_unreadable"),
        ("1 234", "money_unreadable"),
        ("--3", "money_unreadable"),
        ("(-5)", "money_unreadable"),
        ("(5", "money_unreadable"),
        ("0x10", "money_unreadable"),
    ],
)
def test_money_is_refused_by_name(text: str, key: str) -> None:
    problem = read_money(text)
    assert isinstance(problem, Problem)
    assert problem.key == key
    for lang in ("zh", "en"):
        said = problem.text(lang)
        assert key == "money_empty" or text in said


@given(st.integers(-MONEY_LIMIT, MONEY_LIMIT))
def test_money_goes_round(fen: int) -> None:
    assert read_money(yuan(fen)) == fen
    assert read_money(format_yuan(fen, "zh")) == fen
    assert read_money(format_yuan(fen, "en")) == fen


@given(st.text(max_size=12))
def test_no_text_breaks_a_reader(text: str) -> None:
    for fact in CATALOGUE:
        read_value(fact, text)


# ---------------------------------------------------------------------- other types


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("encouraged_income_share", "13", "rate_too_large"),
        ("encouraged_income_share", "abc", "rate_unreadable"),
        ("encouraged_income_share", "-5%", "rate_unreadable"),
        ("vat_rate", "13", "rate_too_large"),
        ("vat_rate", "11%", "choice_unknown"),
        ("revenue", "-1", "negative"),
        ("revenue", "100001亿", "too_large"),
        ("employees", "-1", "negative"),
        ("employees", "many", "number_unreadable"),
        ("year", "二〇二三", "whole_unreadable"),
        ("rd_amortisation_years", "2.5", "number_whole"),
        ("rd_amortisation_years", "0", "too_small"),
        ("revenue", "²", "money_unreadable"),
        ("revenue", "١٢٣", "money_unreadable"),
        ("revenue", "9" * 5000, "value_long"),
        ("year", "2018", "too_small"),
        ("year", str(LAST + 1), "above_limit"),
        ("high_tech", "perhaps", "flag_unreadable"),
        ("place", "moon", "choice_unknown"),
        ("name", "a\x1b[31mb", "text_control"),
        ("name", "a\u202eb", "text_control"),
        ("name", "x" * 201, "text_long"),
        ("period", "2023Q5", "period_unreadable"),
        ("income_tax_relief", "100_000_000.01", "too_large"),
    ],
)
def test_a_value_is_refused_by_name(name: str, text: str, key: str) -> None:
    problem = read_value(CATALOGUE[name], text)
    assert isinstance(problem, Problem)
    assert problem.key == key
    assert problem.text("zh") != problem.text("en")


def test_the_money_limit_itself_is_accepted() -> None:
    assert read_value(CATALOGUE["revenue"], yuan(MONEY_LIMIT)) == MONEY_LIMIT
    problem = read_value(CATALOGUE["revenue"], yuan(MONEY_LIMIT + 1))
    assert isinstance(problem, Problem)
    assert problem.key == "too_large"


@pytest.mark.parametrize("text", ["60%", "0.6", "６０％", "600‰"])
def test_rates_are_read(text: str) -> None:
    assert read_value(CATALOGUE["encouraged_income_share"], text) * 5 == 3


@pytest.mark.parametrize(("text", "value"), [("是", True), ("no", False), ("TRUE", True), ("0", False)])
def test_flags_are_read(text: str, value: bool) -> None:
    assert read_value(CATALOGUE["high_tech"], text) is value


@pytest.mark.parametrize("text", ["small_scale", "small-scale", "Small Scale", "小规模纳税人"])
def test_choices_are_read_in_both_languages(text: str) -> None:
    assert read_value(CATALOGUE["vat_payer"], text) == 0


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023", Period(2023)),
        ("2023Q2", Period(2023, 4, 3)),
        ("2023-q4", Period(2023, 10, 3)),
        ("2023-04", Period(2023, 4, 1)),
    ],
)
def test_periods_are_read(text: str, period: Period) -> None:
    assert read_period(text) == period
    assert read_period(str(period)) == period


SPELLINGS = {
    Period(2024, 1, 3): """2024年1季度|2024年第一季度|2024年一季度|2024Q1|1Q2024|Q1 2024|2024-Q1|2024第1季度|2024年 第 1 季度|２０２４年１季度
        |2024-01-01至2024-03-31|2024-01-01~2024-03-31|2024.01-2024.03|2024年1-3月|2024年1月-3月|2024年01月01日至2024年03月31日
        |202401-202403|20240101-20240331|2024/1/1-2024/3/31|2024-01-01至03-31|2024-01-01 00:00:00 至 2024-03-31 00:00:00|2024-01 — 2024-03""",
    Period(2024, 3, 1): "202403|2024年3月|2024年三月|2024/3|2024-3|2024-03-31|2024-03-01至2024-03-31|Mar 2024|2024年03月份|20240331",
    Period(2024): "2024年度|2024年|2024|2024-01-01至2024-12-31|2024年1-12月|2024年1-4季度",
}  # fmt: skip
NONE = """2024年上半年|2024H1|2024-01至2024-06|2024年1-6月|2024-01-15至2024-04-14|2023-2024|45382|第一季度|2024Q5|2024-13|2024-02-30|0000
    |2024年1-3|2024.1|2 024|24Q1|3/31/2024|2024-03-31至2024-01-01|9999-10-01至9999-12-31|２０２４年５季度"""


@pytest.mark.parametrize(
    ("text", "period"), [(text.strip(), period) for period, texts in SPELLINGS.items() for text in texts.split("|")]
)
def test_periods_are_read_as_exports_write_them(text: str, period: Period) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize("text", [text.strip() for text in NONE.split("|")])
def test_what_is_no_month_quarter_or_year_is_not(text: str) -> None:
    assert read_period(text) is None
    read_value(CATALOGUE["period"], text)


@given(st.integers(2019, 2027), st.sampled_from([1, 3, 12]), st.integers(0, 11), st.sampled_from(["-", "/", ".", ""]))
def test_every_span_of_days_is_read(year: int, months: int, at: int, sign: str) -> None:
    period = Period(year).parts(months)[at // months]
    first, last = (day.strftime(f"%Y{sign}%m{sign}%d") for day in (period.start, period.end))
    assert read_period(f"{first}至{last}") == read_period(f"{first} - {last}") == period
    assert read_period(f"{first}至{date.fromordinal(period.end.toordinal() - 1).strftime('%Y-%m-%d')}") is None


def test_bad_periods_are_not() -> None:
    assert [read_period(text) for text in ("2023Q5", "2023-13", "23", "", "0000")] == [None] * 5


# ---------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("revenue", "revenue"),
        ("Revenue", "revenue"),
        ("sales", "revenue"),
        ("销售额", "revenue"),
        ("销售额（不含税）", "revenue"),
        ("销售额(不含税)", "revenue"),
        ("revenue_q2", "revenue_q2"),
        ("revenue-m4", "revenue_m04"),
        ("销售额第二季度", "revenue_q2"),
        ("销售额4月", "revenue_m04"),
        ("employees_q1_open", "employees_q1_open"),
        ("从业人数1季度初", "employees_q1_open"),
        ("从业人数1季度末", "employees_q1_close"),
    ],
)
def test_a_fact_is_found_by_any_of_its_names(name: str, slot: str) -> None:
    found = CATALOGUE.find(name)
    assert found is not None
    assert found.name == slot


@pytest.mark.parametrize("name", ["revenu", "employees_m04", "loss_brought_forward_q1", "revenue_q5", ""])
def test_what_is_not_a_name_is_not_found(name: str) -> None:
    assert CATALOGUE.find(name) is None


def refusal(facts: dict[str, Any]) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        assess(facts)
    return caught.value.problems


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    (problem,) = refusal({"year": 2023, "revenu": 1})
    assert problem.key == "fact_unknown_near"
    assert "revenue" in problem.text("en")


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"year": 2023, "revenue": 1.5}, "float_refused"),
        ({"year": 2023, "revenue": [1, 2, 3.5, 4]}, "float_refused"),
        ({"revenue": 1}, "year_missing"),
        ({"year": 2023, "revenue": 1, "sales": 2}, "fact_twice"),
        ({"year": 2023, "revenue": [1, 2, 3]}, "list_length"),
        ({"year": 2023, "employees": [1, 2, 3, 4, 5]}, "list_length"),
        ({"year": 2023, "loss_brought_forward": [1, 2]}, "list_refused"),
        ({"year": 2023, "revenue": {"a": 1}}, "fact_shape"),
        ({"year": 2022, "period": "2023Q1"}, "period_year"),
        ({"year": 2022, "period_from": "2023-01", "period_to": "2023-03"}, "period_year"),
        ({"period_from": "2023-01-01"}, "period_half_given"),
        ({"period": "2023Q1", "period_to": "2023-03-31"}, "period_half_given"),
        ({"period": "2023Q1", "period_from": "2023-04-01", "period_to": "2023-06-30"}, "period_twice"),
        ({"period_from": "2023-01-01", "period_to": "2023-06-30"}, "bad_fact"),
        ({"period_from": "2023-04-01", "period_to": "2023-03-31"}, "bad_fact"),
        ({"period_from": "2023-04-02", "period_to": "2023-06-30"}, "bad_fact"),
        ({"period": "2018Q1"}, "year_no_law"),
        ({"period": "2023-04", "filing": "quarterly"}, "filing_month"),
        ({"year": 2023, "revenue": True}, "bad_fact"),
        ({"period": "2023Q2", "revenue_q1": 5}, "part_outside"),
        ({"period": "2023Q2", "revenue_m07": 5}, "part_outside"),
        ({"period": "2023Q1", "employees": [[1, 2], [3, 4]]}, "part_outside"),
        ({"year": 2023, "employees": 100, "employees_q2": 1000}, "parts_and_whole"),
        ({"year": 2023, "employees_q1": 100, "employees_q1_open": 1}, "parts_and_whole"),
        (
            {"year": 2023, "revenue": 9, "revenue_q1": 1, "revenue_q2": 1, "revenue_q3": 1, "revenue_q4": 1},
            "parts_disagree",
        ),
        ({"year": 2023, "revenue_q1": 9, "revenue_m01": 1, "revenue_m02": 1, "revenue_m03": 1}, "parts_disagree"),
        ({"period": "2023Q1", "revenue": 9, "revenue_m01": 1, "revenue_m02": 1, "revenue_m03": 1}, "parts_disagree"),
        ({"period": "2023Q1", "revenue": 9, "revenue_m02": 10}, "parts_disagree"),
        ({"year": 2023, "revenue": 9, "revenue_q1": 5, "revenue_q4": 5}, "parts_disagree"),
        (
            {"year": 2023, "revenue": 9, "revenue_q2": 1, "revenue_q3": 1, "revenue_q4": 1}
            | {"revenue_m01": 1, "revenue_m02": 1, "revenue_m03": 1},
            "parts_disagree",
        ),
        ({"year": 2023, "revenue": 9, "revenue_q1": 5}, "parts_incomplete"),
        ({"year": 2023, "revenue": 9, "revenue_q1": 9}, "parts_incomplete"),
        ({"year": 2023, "revenue": 9, "revenue_m01": 1, "revenue_m12": 1}, "parts_incomplete"),
        ({"year": 2023, "revenue_q1": 9, "revenue_m01": 1}, "parts_incomplete"),
        ({"period": "2023Q1", "revenue": 9, "revenue_m03": 9}, "parts_incomplete"),
    ],
)
def test_facts_are_refused_by_name(facts: dict[str, Any], key: str) -> None:
    problems = refusal(facts)
    assert [problem.key for problem in problems] == [key]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"revenue": 100, "special_invoice_sales": 101}, "parts_exceed_sales"),
        (
            {"revenue": 100, "five_percent_sales": 10, "five_percent_special_invoice_sales": 11},
            "five_percent_part_exceeds",
        ),
        (
            {
                "revenue": 100,
                "five_percent_sales": 10,
                "five_percent_deduction": 1,
                "five_percent_special_invoice_sales": 10,
            },
            "five_percent_part_exceeds",
        ),
        ({"resource_tax_due": 10, "resource_tax_relief": 11}, "stated_relief_exceeds"),
        (
            {"taxpayer": "individual_business", "taxable_income": 100, "income_tax_relief": 11},
            "income_tax_relief_exceeds",
        ),
    ],
)
def test_facts_that_contradict_each_other_are_refused(facts: dict[str, Any], key: str) -> None:
    assert [problem.key for problem in refusal({"year": 2023, **facts})] == [key]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"revenue": "6_000_000", "vat_payer": "small_scale"}, "over_the_small_scale_limit"),
        ({"revenue": "400_000", "vat_paid": "1"}, "differs_from_vat_paid"),
        ({"taxpayer": "partnership", "taxable_income": 1}, "partnership_share"),
        (
            {"vat_payer": "general", "output_vat": 5, "input_vat": 1, "five_percent_sales": 1},
            "ignored_of_a_general_payer",
        ),
        ({"vat_payer": "small_scale", "revenue": 5, "input_vat": 1}, "ignored_of_a_small_scale_payer"),
    ],
)
def test_doubts_are_said(facts: dict[str, Any], key: str) -> None:
    assert key in [problem.key for _, problem in assess({"year": 2023, **facts}).warnings]


def test_a_large_firm_is_not_assumed_to_be_small_scale() -> None:
    """Five million is the limit; above it VAT waits for the figures of a general payer."""
    at_limit = assess({"year": 2023, "revenue": "5_000_000"})
    above = assess({"year": 2023, "revenue": "5_000_000.01"})
    assert at_limit.levy("vat").payable == 5_000_000
    assert above.levy("vat").needs == ("input_vat", "output_vat")


# ---------------------------------------------------------------------- sources


def collected(*sources: tuple[str, dict[str, Any]]) -> FactSet:
    facts = FactSet(CATALOGUE)
    for name, given_ in sources:
        facts.add(name, given_)
    return facts.read()


def test_a_later_source_overrides_an_earlier_one() -> None:
    facts = collected(("a.toml", {"year": 2023, "revenue": [1, 2, 3, 4]}), ("--set", {"revenue": "9"}))
    assert {name: (s.value, s.source) for name, s in facts.stated.items()} == {
        "year": (2023, "a.toml"),
        "revenue": (900, "--set"),
    }


def test_begin_and_end_are_the_period() -> None:
    facts = collected(
        ("t", {"period_from": "2024-01-01", "period_to": "2024-03-31", "year": 2024, "period": "2024年一季度"})
    )
    assert (facts.period, facts.problems) == (Period(2024, 1, 3), [])
    assert set(facts.stated) == {"year", "period"}


def test_exact_numbers_of_python_are_taken() -> None:
    result = assess({"year": 2023, "taxable_income": Decimal("2440000.00"), "employees": 80, "assets": 2})
    assert result.levy("corporate_income").payable == 12_200_000


@given(st.integers(0, MONEY_LIMIT), st.sampled_from([1, 3]))
def test_a_yearly_figure_is_spread_without_loss(fen: int, months: int) -> None:
    facts = collected(("t", {"year": 2023, "revenue": yuan(fen)}))
    parts = [facts.resolve(CATALOGUE["revenue"], p) for p in Period(2023).parts(months)]
    values = [int(part.value) for part in parts if part]
    assert len(values) == 12 // months
    assert sum(values) == fen
    assert max(values) - min(values) <= 1


@given(st.lists(st.integers(0, 10**12), min_size=12, max_size=12))
def test_months_are_summed_into_quarters(fen: list[int]) -> None:
    facts = collected(("t", {"year": 2023, "revenue": [yuan(v) for v in fen]}))
    for quarter in Period(2023).parts(3):
        found = facts.resolve(CATALOGUE["revenue"], quarter)
        assert found is not None
        assert found.value == sum(fen[quarter.first - 1 : quarter.first + 2])


def test_a_missing_month_leaves_its_quarter_unknown() -> None:
    facts = collected(("t", {"year": 2023, "revenue_m01": 1, "revenue_m02": 1}))
    assert facts.resolve(CATALOGUE["revenue"], Period(2023, 1, 3)) is None


def test_what_was_paid_within_a_year_is_that_of_the_quarters_before() -> None:
    """The return of a quarter sets off what was paid with those before it; the settlement what was paid with all."""
    facts = {"employees": 9, "assets": 900_000, "income_tax_prepaid_q1": 1_000, "income_tax_prepaid_q2": 500}
    third = assess({"period": "2025Q3", "taxable_income": 100_000, **facts}).levy("corporate_income")
    assert (third.payable, third.balance) == (5_000_00, 3_500_00)
    more = {"income_tax_prepaid_q3": 3_500, "income_tax_prepaid_q4": 0}
    year = assess({"year": 2025, "taxable_income": 100_000, **facts, **more}).levy("corporate_income")
    assert (year.payable, year.balance) == (5_000_00, 0)
    said = refusal({"period": "2025Q2", "taxable_income": 100_000, **facts})
    assert [(one.key, one.values["name"]) for one in said] == [("part_outside", "income_tax_prepaid_q2")]


def test_the_income_of_a_year_need_not_be_the_sum_of_its_quarters() -> None:
    quarters = {"taxable_income_q1": 1_000, "taxable_income_q2": 1_000}
    assert [one.key for one in refusal({"period": "2025Q2", "taxable_income": 3_000, **quarters})] == ["parts_disagree"]
    more = {"taxable_income_q3": 0, "taxable_income_q4": -500, "employees": 9, "assets": 900_000}
    whole = assess({"year": 2025, **quarters, **more, "taxable_income": 3_000}).levy("corporate_income")
    summed = assess({"year": 2025, **quarters, **more}).levy("corporate_income")
    assert (whole.payable, summed.payable) == (150_00, 75_00)
