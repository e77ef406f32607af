"""What a check says of a table that a colleague would doubt, in both engines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.command import Ran, here
from taxcalc.facts.identifiers import credit_check

HEAD = "id,name,year,period,taxpayer,revenue,revenue_q1,revenue_q2,taxable_income,rd_expensed,employees,assets"


def code(number: int, begins: str = "91") -> str:
    body = f"{begins}620602MA{number:07}"
    return body + credit_check(body)


def row(**cells: str) -> str:
    given = {"id": code(0), "name": "甲", "year": "2024", "taxpayer": "enterprise"} | cells
    return ",".join(given.get(column, "") for column in HEAD.split(","))


def clean(number: int) -> str:
    return row(
        id=code(number + 100),
        name=f"n{number}",
        revenue="900000",
        taxable_income="80000",
        employees="6",
        assets="500000",
    )


def check(rows: list[str], *more: str, behind: int = 0) -> Ran:
    table = "\n".join([HEAD, *rows, *(clean(number) for number in range(behind))])
    return here("check", *more, stdin=f"{table}\n".encode(), lang="zh")


def doubts(rows: list[str], behind: int = 8) -> dict[str, dict[str, Any]]:
    done = check(rows, "--format", "json", behind=behind)
    found = json.loads(done.out)["doubtful"]
    assert done.code == (1 if found else 0)
    return {one["key"]: one for one in found}


WHOLE = {"revenue": "900000", "employees": "6", "assets": "500000"}
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "sales of 80 yuan beside 8 employees": ("sales_small_for_staff", {"revenue": "800", "employees": "8"}),
    "assets in 万元": ("assets_small_for_sales", WHOLE | {"assets": "50"}),
    "quarters in two units": (
        "sales_uneven",
        {"year": "", "period": "2024", "revenue_q1": "30", "revenue_q2": "295000"},
    ),
    "R&D above sales": ("rd_exceeds_sales", WHOLE | {"rd_expensed": "900000.01"}),
    "no staff": ("no_staff_beside_sales", WHOLE | {"employees": "0"}),
    "no assets": ("no_assets_beside_sales", WHOLE | {"assets": "0"}),
    "rounded": ("id_rounded", WHOLE | {"id": "9.16E+17"}),
    "rounded and shown": ("id_rounded", WHOLE | {"id": "916206020700000000"}),
    "a wrong check character": ("id_check", WHOLE | {"id": "91350100M000100Y44"}),
    "an individual business as a company": ("id_is_individual", WHOLE | {"id": code(1, "92")}),
    "an individual business of no kind": ("id_is_individual", WHOLE | {"id": code(1, "92"), "taxpayer": ""}),
    "a company as an individual business": ("id_is_company", WHOLE | {"taxpayer": "individual_business"}),
    "a cooperative as one": ("id_is_company", WHOLE | {"id": code(1, "93"), "taxpayer": "individual_business"}),
    "an amount that jumps": ("column_jumps_up", WHOLE | {"revenue": "90000000000", "employees": "900"}),
}
SOUND: dict[str, dict[str, str]] = {
    "as it should be": WHOLE,
    "R&D as large as sales": WHOLE | {"rd_expensed": "900000"},
    "R&D before there are sales": {"revenue": "0", "rd_expensed": "900000"},
    "an owner alone": {"id": code(1, "92"), "taxpayer": "individual_business", "revenue": "90000", "employees": "0"},
    "no sales, no staff": {"revenue": "0", "employees": "0", "assets": "0"},
    "a small shop": {"revenue": "12000", "employees": "1", "assets": "9000"},
    "an old number": WHOLE | {"id": "620602710123456"},
    "a person": WHOLE | {"id": "11010519491231002X", "taxpayer": "individual_business"},
    "a number of one's own": WHOLE | {"id": "K-017"},
    "a cooperative": WHOLE | {"id": code(1, "93")},
}


@pytest.mark.parametrize("behind", [8, 4_200])
@pytest.mark.parametrize("case", CASES)
def test_a_doubt_names_its_row(case: str, behind: int) -> None:
    key, cells = CASES[case]
    found = doubts([clean(9_999), row(**cells)], behind)
    assert key in found
    assert (found[key]["count"], found[key]["rows"]) == (1, [3])
    assert found[key]["touches_tax"] == (key not in ("id_rounded", "id_check"))


@pytest.mark.parametrize("case", SOUND)
def test_what_is_sound_is_not_doubted(case: str) -> None:
    assert doubts([row(**SOUND[case])]) == {}


def test_columns_in_ten_thousands_are_doubted_unless_the_heading_says_so() -> None:
    table = "税号,年度,销售额{0},应纳税所得额{0},资产总额{0}\nA1,2024,108,12,90\nA2,2024,51,4.5,20\n"
    done = here("check", "--format", "json", stdin=table.format("").encode())
    found = [(one["key"], one["column"], one["count"]) for one in json.loads(done.out)["doubtful"]]
    assert found == [("column_small", column, 2) for column in ("销售额", "应纳税所得额", "资产总额")]
    assert here("check", stdin=table.format("（万元）").encode()).code == 0


def test_one_row_in_another_unit_jumps() -> None:
    rows = [
        row(id=f"A{i}", name="", taxable_income=text) for i, text in enumerate(["800000", "12", "650000", "900000"])
    ]
    assert doubts(rows, 0)["column_jumps_down"]["rows"] == [3]


@pytest.mark.parametrize("behind", [0, 4_200])
def test_one_identifier_of_two_names(behind: int) -> None:
    named = [row(**WHOLE, name="甲"), row(**WHOLE, name=" 甲 "), row(**WHOLE, name="乙")]
    assert doubts(named, behind)["id_has_two_names"]["rows"] == [4]


@pytest.mark.parametrize(
    ("periods", "falls"), [(("2024Q1", "2024Q2"), [3]), (("2024Q2", "2024Q1"), []), (("2023Q4", "2024Q1"), [])]
)
def test_what_adds_up_does_not_fall_within_a_year(periods: tuple[str, str], falls: list[int]) -> None:
    rows = [
        row(year="", period=period, rd_expensed=text) for period, text in zip(periods, ("90000", "40000"), strict=True)
    ]
    found = doubts(rows, 0)
    assert found.get("to_date_falls", {"rows": []})["rows"] == falls


def test_the_sheet_in_words() -> None:
    done = check([row(**WHOLE), row(**WHOLE | {"revenue": "9e5"}), row(**WHOLE | {"revenue": "x"}), row(employees="0")])
    said = done.out.decode().splitlines()
    assert "  revenue_q1 → 销售额（不含税）第1季度（元）" in said
    assert [line for line in said if "第 3 行" in line or "第 4 行" in line] == [
        "  1 行（“revenue”列，第 3 行）：“9e5”是科学计数法，可能已丢失尾数；请写出完整金额",
        "  1 行（“revenue”列，第 4 行）：“x”不是金额；请写成 1234.50、1,234.50、￥1,234.50、12万 或 1.2亿",
    ]
    assert done.code == 1


@pytest.mark.parametrize(
    ("rows", "exit"), [([clean(1)], 0), ([row(**WHOLE, rd_expensed="9000000")], 1), ([row(revenue="x")], 2), ([], 2)]
)
def test_the_exit_code_says_whether_there_is_anything_to_do(rows: list[str], exit: int) -> None:
    assert check(rows).code == exit


def test_of_a_table_of_no_rows_it_is_not_said_that_all_can_be_computed() -> None:
    assert "共 0 行：可用 0 行" in check([]).err


def test_rows_of_a_kind_are_counted_and_the_first_named() -> None:
    found = json.loads(check([clean(1), *[row(revenue=f"{i}x") for i in range(9)]], "--format", "json").out)["rejected"]
    assert [(one["key"], one["count"], one["rows"]) for one in found] == [("money_unreadable", 9, [3, 4, 5, 6, 7])]
