"""Stated quarters: what is missing is unknown, named, and decides nothing that its value could change."""

from __future__ import annotations

import json
import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.businesses import CATALOGUE, blocks
from helpers.engines_agree import equals_the_exact_one
from taxcalc import InputError, assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.period import Period
from taxcalc.facts.statement import FactSet
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.heading import read_header
from taxcalc.firms.write.added import AddedColumns
from taxcalc.report import json as json_report
from taxcalc.report.words import Words

PEOPLE = [f"employees_q{q}" for q in range(1, 5)]
SALES = [f"revenue_q{q}" for q in range(1, 5)]
TODAY = date(2026, 11, 27)
BASE = {"year": 2023, "taxable_income": "1_000_000", "assets": "20_000_000"}


def small(facts: dict[str, Any], **more: Any) -> str:
    return assess(facts, **more).item("small_low_profit").status


def collected(given_: dict[str, Any], today: date = TODAY) -> FactSet:
    facts = FactSet(CATALOGUE, today)
    facts.add("t", given_)
    return facts.read()


# ---------------------------------------------------------------------- averages

quarter = st.one_of(st.sampled_from([0, 1, 299, 300, 301, 599, 600, 601, 900, 1199, 1200, 1201]), st.integers(0, 2000))


@settings(max_examples=75, deadline=None)
@given(
    st.dictionaries(st.sampled_from(PEOPLE), quarter), st.lists(st.lists(quarter, min_size=4, max_size=4), max_size=4)
)
def test_what_is_known_holds_whatever_the_missing_quarters_are(stated: dict[str, int], others: list[list[int]]) -> None:
    """Known not entitled: so it is with every value of the others, nought among them. Else both can come of them."""
    found = small(BASE | stated)
    missing = [name for name in PEOPLE if name not in stated]
    all_zero, huge = (dict.fromkeys(missing, value) for value in (0, 10**6))
    whole = {small(BASE | dict(zip(PEOPLE, other, strict=True)) | stated) for other in others}
    whole |= {small(BASE | stated | all_zero), small(BASE | stated | huge)}
    if found == "needs_fact":
        assert missing
        assert whole == {"calculated", "not_entitled"}
    else:
        assert whole == {found}


@given(st.dictionaries(st.sampled_from(PEOPLE), quarter, min_size=1), st.integers(1, 4))
def test_an_average_to_date_is_that_of_all_its_quarters(stated: dict[str, int], last: int) -> None:
    """Of a period that ends with a quarter: the mean of all to it, unknown where one is missing, which is named."""
    period = Period(2023, last * 3 - 2, 3) if last < 4 else Period(2023)
    inside = {name: value for name, value in stated.items() if name in PEOPLE[:last]}
    facts = collected({"period": str(period), **{name: str(value) for name, value in inside.items()}})
    fact, missing = CATALOGUE["employees"], [name for name in PEOPLE[:last] if name not in inside]
    average = facts.resolve(fact, None)
    if missing:
        assert average is None
        assert facts.missing(fact, None) == (missing if inside else ["employees"])
        assert facts.least(fact) == Fraction(sum(inside.values()), last)
    else:
        assert average is not None
        assert (average.value, average.how, average.of) == (Fraction(sum(inside.values()), last), "averaged", last)


@pytest.mark.parametrize(
    ("month", "stated", "average"),
    [
        ("2023-02", {}, None),
        ("2023-02", {"employees_q1": 80}, 80),
        ("2023-05", {"employees_q1": 80}, 80),
        ("2023-05", {"employees_q1": 80, "employees_q2": 90}, 85),
        ("2023-05", {"employees_q2": 90}, None),
        ("2023-05", {"employees_q1": 80, "employees_q2_open": 90}, None),
        ("2023-06", {"employees_q1": 80}, None),
        ("2023-06", {"employees_q1": 80, "employees_q2": 90}, 85),
    ],
)
def test_a_month_needs_the_quarters_that_have_ended(month: str, stated: dict[str, int], average: int | None) -> None:
    """One that has not is counted where it is stated."""
    found = collected({"period": month, "filing": "monthly", **stated}).resolve(CATALOGUE["employees"], None)
    assert (found.value if found else None) == average


@pytest.mark.parametrize(
    ("today", "stated", "average", "quarters"),
    [
        (date(2026, 11, 27), {"employees_q1": 80, "employees_q2": 90}, 85, "q1-q2"),
        (date(2026, 12, 31), {"employees_q1": 80}, 80, "q1-q1"),
        (date(2025, 1, 1), {"employees_q1": 80}, 80, "q1-q1"),
        (date(2027, 1, 1), {"employees_q1": 80, "employees_q2": 90}, None, ""),
        (date(2026, 11, 27), {"employees_q1": 80, "employees_q3": 90}, None, ""),
        (date(2026, 11, 27), {"employees_q2": 90}, None, ""),
    ],
)
def test_a_year_that_runs_is_averaged_to_date(
    today: date, stated: dict[str, int], average: int | None, quarters: str
) -> None:
    """Its last day is still of it; a hole is unknown then too, and it is said."""
    found = collected({"year": 2026, **stated}, today).resolve(CATALOGUE["employees"], None)
    if average is None:
        assert found is None
        return
    assert found is not None
    assert (found.value, found.how, found.quarters) == (average, "to_date", quarters)
    result = assess(BASE | {"year": 2026} | stated, today=today)
    assert result.item("small_low_profit").status == "calculated"
    (said,) = (
        Words(result, shipped_book(), "zh").assumption(one) for one in result.assumptions if one.how == "to_date"
    )
    last = f"1至{len(stated)}" if len(stated) > 1 else "1"
    assert said == f"从业人数：年度尚未结束，按已填的第{last}季度平均"


def test_sales_of_a_year_that_runs_stay_unknown() -> None:
    result = assess({"year": 2026, "vat_payer": "small_scale", "revenue_q1": 5}, today=date(2026, 5, 1))
    assert list(result.levy("vat").needs) == SALES[1:]


# ---------------------------------------------------------------------- what is asked for


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({"year": 2023}, ["revenue"]),
        ({"year": 2023, "revenue_q1": 1}, SALES[1:]),
        ({"year": 2023, "revenue_q1": 1, "revenue_m05": 1}, ["revenue_m04", "revenue_m06", *SALES[2:]]),
        ({"year": 2023, "revenue_q1": 1, "revenue_m04": 1, "revenue_m05": 1, "revenue_m06": 1}, SALES[2:]),
        ({"period": "2023Q2", "revenue_m04": 1}, ["revenue_m05", "revenue_m06"]),
        (
            {"period": "2023Q2", "filing": "monthly", "revenue_m04": 1},
            ["revenue_m05", "revenue_m06"],
        ),
        ({"year": 2023, "filing": "monthly", "revenue_q1": 1}, [f"revenue_m{m:02}" for m in range(4, 13)]),
        ({"year": 2023, "opened": "2023-08", "revenue_q3": 1}, ["revenue_q4"]),
        ({"year": 2023, "opened": "2023-08", "revenue_m08": 1}, ["revenue_m09", "revenue_q4"]),
        ({"year": 2023, "opened": "2023-08"}, ["revenue"]),
    ],
)
def test_what_is_missing_is_named_as_it_is_stated(facts: dict[str, Any], needs: list[str]) -> None:
    """Filing periods; the months of one of which some are stated; the fact itself where nothing of it is."""
    result = assess(facts | {"vat_payer": "small_scale"})
    assert list(result.levy("vat").needs) == needs
    (question,) = (
        one
        for one in json.loads(json_report.as_json(result, shipped_book(), "en"))["unknown"]
        if one["fact"] == "revenue"
    )
    assert question["inputs"] == [name for name in CATALOGUE["revenue"].inputs() if name in needs and name != "revenue"]


def test_a_batch_names_what_is_missing() -> None:
    headings = ["year", "vat_payer", *SALES, "taxable_income", "employees_q1_open", "employees_q1", "assets"]
    rows = [
        ["2023", "small_scale", "5", "", "", "", "9", "80", "", "1"],
        ["2023", "small_scale", "", "", "", "", "9", "", "", "1"],
        ["2023", "small_scale", "5", "5", "5", "5", "9", "", "1201", "1"],
    ]
    computation = Computation(read_header(headings, CATALOGUE, "test"), Lists(), shipped_book(), "summary", {})
    answers = computation.answers(blocks(headings, rows)["rows"])
    zh, en = (AddedColumns(computation, lang).texts("needs") for lang in ("zh", "en"))
    first, second, third = answers.findings["needs"]
    for text in ("销售额（不含税）：第2季度、第3季度、第4季度", "从业人数：第1季度末、第2季度、第3季度、第4季度"):
        assert text in zh[first].split("；")
    for text in ("Sales, net of VAT: Q2, Q3, Q4", "Employees: Q1 closing, Q2, Q3, Q4"):
        assert text in en[first].split("; ")
    assert {"销售额（不含税）", "从业人数"} <= set(zh[second].split("、"))
    assert "Employees" not in en[third]


# ---------------------------------------------------------------------- opened within the year


@given(st.integers(0, 10**11), st.integers(1, 12), st.sampled_from(["quarterly", "monthly"]))
def test_yearly_sales_are_cut_over_the_periods_from_the_opening_on(fen: int, month: int, filing: str) -> None:
    """In parts that differ by a fen at most; nought before; a quarter of it into its months since then."""
    text = f"{fen // 100}.{fen % 100:02}"
    facts = collected({"year": 2023, "opened": f"2023-{month:02}", "filing": filing, "revenue": text})
    periods = Period(2023).parts(1 if filing == "monthly" else 3)
    found = [facts.resolve(CATALOGUE["revenue"], period) for period in periods]
    amounts = [int(one.value) for one in found if one]
    before = sum(1 for period in periods if period.end.month < month)
    assert amounts[:before] == [0] * before
    assert sum(amounts) == fen
    assert max(amounts[before:]) - min(amounts[before:]) <= 1
    months = [facts.resolve(CATALOGUE["revenue"], one) for one in periods[before].parts(1)]
    assert sum(int(one.value) for one in months if one) == amounts[before]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"opened": "2024-01"}, "opened_after"),
        ({"opened": "2023-05", "revenue_q1": 1}, "before_opening"),
        ({"opened": "2023-05", "revenue_m04": "0.01"}, "before_opening"),
        ({"opened": "2023-05", "employees_q1_close": 1}, "before_opening"),
        ({"opened": "2023-05", "assets_q1": 1}, "before_opening"),
        ({"opened": "May"}, "bad_fact"),
    ],
)
def test_figures_before_the_opening_are_refused(facts: dict[str, Any], key: str) -> None:
    with pytest.raises(InputError) as caught:
        assess({"year": 2023, **facts})
    assert [problem.key for problem in caught.value.problems] == [key]


def test_nought_before_the_opening_is_taken() -> None:
    facts = {"opened": "2023-05", "revenue_q1": 0, "revenue_m04": 0, "employees_q1": 0, "employees_q2_open": 3}
    assert collected({"year": 2023, **facts}).problems == []


def test_the_opening_is_said() -> None:
    result = assess(BASE | {"opened": "2023-08-15", "employees": [0, 0, 310, 290]})
    assert result.item("small_low_profit").status == "calculated"
    said = [Words(result, shipped_book(), "en").assumption(one) for one in result.assumptions]
    assert "opened in 2023-08: averages leave out the quarters before, and sales before are 0" in said
    assert "Employees: mean of 2 quarters" in said


@pytest.mark.parametrize(
    "text", ["2024-05", "2024-05-20", "2024/5/20", "2024年5月", "2024年5月20日", "202405", "20240520"]
)
@pytest.mark.parametrize("name", ["opened", "开业月份", "开业日期", "成立日期"])
def test_a_month_of_opening_is_read(name: str, text: str) -> None:
    stated = collected({"year": 2024, name: text}).stated["opened"]
    assert stated.slot.fact.written(stated.value) == "2024-05"


# ---------------------------------------------------------------------- every engine


def gappy(rng: random.Random) -> tuple[list[str], list[list[str]]]:
    """A table of quarters and months of which any may be missing, and of firms that opened at any time."""
    names: list[str] = []
    for fact in ("employees", "assets", "revenue", "output_vat", "input_vat", "special_invoice_sales"):
        inputs = list(CATALOGUE[fact].inputs())[1:]
        chosen = [name for name in inputs if rng.random() < 0.5 or name[-2] == "q"]
        names += chosen if rng.random() < 0.6 else [fact] if rng.random() < 0.5 else []
    names += ["taxable_income", "opened"]
    density = rng.choice((0.6, 0.9))
    rows = []
    for _ in range(8):
        year, opened = rng.choice((2023, 2026, 2027)), rng.randrange(1, 13) if rng.random() < 0.3 else 1
        row = [str(year), rng.choice(("", "monthly")), rng.choice(("small_scale", "general"))]
        for name in names:
            cell = str(rng.choice((0, 299, 300, 301, 599, 1201))) if rng.random() < density else ""
            if name == "opened":
                cell = f"{year}-{opened:02}" if opened > 1 else rng.choice(("", "2019年5月"))
            elif cell and rng.random() < 0.9 and any(f"_{p.key}" in name for p in _before(opened)):
                cell = "0"
            row.append(cell)
        rows.append(row)
    return ["year", "filing", "vat_payer", *names], rows


def _before(opened: int) -> list[Period]:
    parts = (*Period(2023).parts(3), *Period(2023).parts(1))
    return [part for part in parts if part.end.month < opened]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_asks_for_the_same_inputs(seed: int) -> None:
    equals_the_exact_one(*gappy(random.Random(seed)), TODAY)


@pytest.mark.parametrize("year", ["2023", "2026"])
def test_later_quarters_are_asked_for_only_where_the_year_is_over(year: str) -> None:
    """Of a year that runs, the hole alone."""
    rows = [[year, "1000000", *row, "1"] for row in (["1", "", "1", ""], ["1", "", "", "1"], ["", "", "", ""])]
    equals_the_exact_one(["year", "taxable_income", *PEOPLE, "assets"], rows, TODAY)
    facts = collected({"year": year, PEOPLE[0]: 1, PEOPLE[2]: 1})
    asked = [PEOPLE[1]] if year == "2026" else [PEOPLE[1], PEOPLE[3]]
    assert facts.missing(CATALOGUE["employees"], None) == asked


def test_a_batch_has_one_day() -> None:
    headings = ["year", "taxable_income", *PEOPLE[:2], "assets"]
    block = blocks(headings, [["2026", "1000000", "80", "90", "1"]] * 2)["rows"]
    for today, saved in ((date(2026, 7, 1), 20_000_000), (date(2027, 1, 1), 0)):
        computation = Computation(read_header(headings, CATALOGUE, "t"), Lists(), shipped_book(), "items", {}, today)
        assert list(computation.answers(block).figures["total.saving"]) == [saved] * 2


@pytest.mark.parametrize("engine", [Lists, Arrays])
def test_a_row_that_opened_within_the_year_is_read_as_one_business(engine: Any) -> None:
    """Its VAT has columns too, although there is one for the sales of the fourth quarter alone."""
    headings = ["year", "vat_payer", "开业日期", SALES[3], "taxable_income", PEOPLE[3], "assets"]
    figures = ["280000", "30000", "10", "1"]
    rows = [
        ["2024", "small_scale", opened, *figures] for opened in ("2024-10-08", "", "2019/1/1", "2024-01", "2025-01")
    ]
    equals_the_exact_one(headings, rows, TODAY)
    computation = Computation(read_header(headings, CATALOGUE, "t"), engine(), shipped_book(), "items", {}, TODAY)
    assert "vat.payable" in computation.plan.figures
    answers = computation.answers(blocks(headings, rows)["rows"])
    assert [int(one) for one in answers.figures["total.payable"]][:4] == [150_000, 750_000, 750_000, 750_000]
    assert [one.why.key for one in answers.rejected] == ["opened_after"]


def test_the_parts_of_a_year_are_those_since_the_opening() -> None:
    """A year beside the quarters since the firm opened is whole; what is not their sum is refused."""
    stated = {"year": "2023", "opened": "2023-07", "revenue_q3": "100000", "revenue_q4": "200000"}
    assert assess(stated | {"revenue": "300000"}).levy("vat").baseline == 9_000_00
    with pytest.raises(InputError):
        assess(stated | {"revenue": "300001"})
