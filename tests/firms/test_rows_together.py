"""Rows of one business: once in totals, to date once, and never twice unasked."""

import json

import pytest

from helpers.batch_command import batch

HEAD = "name,id,period,vat_payer,revenue,taxable_income,employees,assets"
QUARTERS = [("2024Q1", 280000, 30000), ("2024Q2", 310000, 60000), ("2024Q3", 290000, 90000), ("2024Q4", 300000, 120000)]


def rows(*stated: tuple[str, int, int], id: str = "K-1", name: str = "甲") -> list[str]:
    return [f"{name},{id},{period},small_scale,{sales},{income},8,900000" for period, sales, income in stated]


CASES = {
    "four quarters": (rows(*QUARTERS), (), 1, "9286.00", "24000.00", 0),
    "by name": (rows(*QUARTERS, id=""), (), 1, "9286.00", "24000.00", 0),
    "any order": (rows(*reversed(QUARTERS)), (), 1, "9286.00", "24000.00", 0),
    "an id without its last digits is none": (rows(*QUARTERS, id="9.16E+17"), (), 1, "9286.00", "24000.00", 0),
    "two businesses": ([*rows(*QUARTERS), *rows(*QUARTERS, id="K-2")], (), 2, "18572.00", "48000.00", 0),
    "a quarter twice": ([*rows(*QUARTERS), *rows(QUARTERS[1])], (), 1, "6000.00", "24000.00", 1),
    "the first": ([*rows(*QUARTERS), *rows(QUARTERS[1])], ("--duplicates", "first"), 1, "9286.00", "24000.00", 0),
    "the last": ([*rows(*QUARTERS), *rows(QUARTERS[1])], ("--duplicates", "last"), 1, "9286.00", "24000.00", 0),
    "all": ([*rows(*QUARTERS), *rows(QUARTERS[1])], ("--duplicates", "all"), 1, "12572.00", "24000.00", 0),
    "a year beside its quarter": ([*rows(QUARTERS[0]), *rows(("2024", 1, 9))], (), 0, "0.00", "0.00", 1),
    "two spellings of an id": (
        [*rows(*QUARTERS[:2]), *rows(*QUARTERS[2:], id="ｋ-1 ")],
        (),
        1,
        "9286.00",
        "24000.00",
        0,
    ),
}


@pytest.mark.parametrize("more", [0, 4500], ids=["lists", "arrays"])
@pytest.mark.parametrize("case", CASES)
def test_a_business_counts_once(case: str, more: int) -> None:
    lines, options, businesses, payable, saving, code = CASES[case]
    idle = [f"n{number},M-{number},2024,small_scale,0,0,8,900000" for number in range(more)]
    done = batch("\n".join([HEAD, *lines, *idle]) + "\n", "--summary", "--format", "json", *options)
    found = json.loads(done.out)
    told = (found["businesses"] - more, found["payable"], found["reliefs"]["small_low_profit"]["saving"])
    assert (told, done.code) == ((businesses, payable, saving), code), done.err
