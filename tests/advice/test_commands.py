"""`advise`, `what-if` and `curve` as people run them: the figures of the examples, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from helpers.command import here
from taxcalc import assess
from taxcalc.advice.what_if import moved
from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import yuan

SHOP = ["--period", "2026Q1", "--vat-payer", "small_scale", "--place", "city", "--revenue", "298500"]
FIRM = ["--taxable-income", "3_050_000", "--employees", "80", "--assets", "20_000_000", "--rd-expensed", "0"]
WEST = ["--year", "2025", "--taxable-income", "4_000_000", "--western-region", "yes", "--encouraged-industry", "yes"]
SVG = "{http://www.w3.org/2000/svg}"


def said(*args: str) -> Any:
    done = here(*args, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_shop_below_its_limit() -> None:
    (cliff, other) = said("advise", *SHOP)["cliffs"]
    assert (cliff["at"], cliff["headroom"], cliff["headroom_gross"]) == ("300000.00", "1500.00", "1515.00")
    assert (cliff["last_before"], cliff["first_after"]) == ("299999.99", "300000.00")
    assert (cliff["cost_of_crossing"], cliff["cost_here"], cliff["behind"]) == ("3105.00", None, False)
    assert cliff["law"][0]["documents"][0]["id"] == "vat-law"
    assert (other["last_before"], other["cost_of_crossing"]) == ("300000.00", "75.00")
    facts = {"period": "2026Q1", "vat_payer": "small_scale", "place": "city"}
    before, after = (assess({**facts, "revenue": amount}).saved.payable for amount in ("299999.99", "300000"))
    assert (before, after) == (0, 310_500)


def test_a_firm_over_its_limit() -> None:
    cliff, research = said("advise", "--year", "2026", *FIRM)["cliffs"]
    assert (cliff["input"], cliff["behind"], cliff["headroom"]) == ("taxable_income", True, "50000.00")
    assert (cliff["cost_of_crossing"], cliff["cost_here"]) == ("600000.00", "612500.00")
    assert cliff["earned_back_at"] == "3800000.00"
    assert (research["input"], research["first_after"], research["cost_of_crossing"]) == (
        "rd_expensed",
        "50000.00",
        "-600000.00",
    )


def test_what_is_left_after_tax_is_earned_back_there_and_no_fen_before() -> None:
    def left(income: str) -> int:
        fen = int(income.replace(".", ""))
        due = assess({"year": 2026, "employees": 80, "assets": "20000000", "taxable_income": income}).saved.payable
        assert due is not None
        return fen - due

    assert left("3800000.00") >= left("3000000.00") > left("3799999.98")


def test_a_share_that_is_too_small() -> None:
    """In the words of the issue: 58.2%, 60% needed."""
    done = here("advise", *WEST, "--encouraged-income-share", "58.2%")
    assert "58.2%, ≥ 60% needed" in " ".join(done.out.decode().split())
    unlock = said("advise", *WEST, "--encouraged-income-share", "58.2%")["unlocks"][0]
    assert (unlock["relief"], unlock["saving"], unlock["alone"]) == ("western_region", "400000.00", True)


def test_what_was_waived_is_a_choice_and_sales_are_none() -> None:
    document = said("advise", *SHOP, "--special-invoice-sales", "100000")
    (choice,) = document["choices"]
    assert (choice["fact"], choice["chosen"], choice["other"]) == ("special_invoice_sales", "100000.00", "0.00")
    kept = assess({"period": "2026Q1", "vat_payer": "small_scale", "place": "city", "revenue": "298500"})
    assert choice["saving"] == document["payable"]
    assert kept.saved.payable == 0
    assert "never a choice" in document["note"]


@pytest.mark.parametrize(("year", "told"), [("2025", ["filing"]), ("2026", [])])
def test_how_often_to_file_is_a_choice_until_2025(year: str, told: list[str]) -> None:
    """Quarters of 290,000 with all of it in one month: exempt by quarter, not by month."""
    months = [f"--set=revenue_m{month:02}={290_000 if month % 3 == 0 else 0}" for month in range(1, 13)]
    document = said("advise", "--year", year, "--vat-payer", "small_scale", "--place", "city", *months)
    assert [choice["fact"] for choice in document["choices"]] == told


def test_what_ends_is_what_is_saved() -> None:
    document = said("advise", *SHOP)
    assert [(one["day"], one["saving"]) for one in document["endings"]] == [("2027-12-31", "10029.60")]


def test_what_if_adds_up_and_tells_law_and_facts_apart() -> None:
    document = said("what-if", "--period", "2022", *FIRM, "--set", "rd_expensed=1_500_000", "--year", "2026")
    steps = {step["of"]: step for step in document["steps"]}
    assert [*steps] == ["law", "facts", "all"]
    cents = {of: {one["id"]: _fen(one["difference"]) for one in step["levies"]} for of, step in steps.items()}
    assert cents["all"] == {id: cents["law"].get(id, 0) + cents["facts"].get(id, 0) for id in cents["all"]}
    for step in steps.values():
        known = [one for one in step["levies"] if one["kind"] in PURSES["cost"] and one["difference"] is not None]
        assert all(_fen(one["after"]) - _fen(one["before"]) == _fen(one["difference"]) for one in known)
        assert sum(_fen(one["difference"]) for one in known) == _fen(step["total"]["difference"])
    limit = [one for one in steps["facts"]["turned"] if one["relief"] == "small_low_profit"]
    assert [(one["before"]["value"], one["after"]["value"]) for one in limit] == [("3050000.00", "1550000.00")]
    assert [(one["before"]["met"], one["after"]["met"]) for one in limit] == [(False, True)]


def _fen(amount: str | None) -> int:
    return int((amount or "0").replace(".", ""))


def test_what_if_against_another_business(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(
        'period = "2026"\ntaxable_income = 2_950_000\nemployees = 80\nassets = 20_000_000'
    )
    (step,) = said("what-if", "--period", "2026", *FIRM, "--against", str(tmp_path / "other.toml"))["steps"]
    assert step["total"] == {"before": "762500.00", "after": "147500.00", "difference": "-615000.00"}


def test_the_curve_is_exact_at_its_corners() -> None:
    document = said("curve", "--year", "2026", *FIRM, "--over", "taxable_income=0..4_000_000")
    assert document["complete"]
    assert [(one["first"], one["last"]) for one in document["pieces"]] == [
        ("0.00", "3000000.00"),
        ("3000000.01", "4000000.00"),
    ]
    for piece in document["pieces"]:
        for end in ("first", "last"):
            facts = {
                "year": 2026,
                "employees": 80,
                "assets": "20000000",
                "taxable_income": piece[end],
                "rd_expensed": 0,
            }
            due = assess(facts).saved.payable
            assert due is not None
            assert piece[f"payable_{end}"] == yuan(due)
    assert document["bands"] == [["3000000.01", "3800000.00"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_has_the_pieces_and_joins_no_jump(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    over = ["--over", "taxable_income=0..4_000_000"]
    assert here("curve", "--year", "2026", *FIRM, *over, "-o", str(path), "--lang", lang).code == 0
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    drawn = [one.get("d") or "" for one in root.iter(f"{SVG}path") if one.get("class") == "c"]
    ends = [[float(number) for number in re.findall(r"[\d.]+", one)] for one in drawn]
    assert len(ends) == 2
    assert ends[0][3] - ends[1][1] > 100  # the second begins far above where the first ends
    assert [one.get("class") for one in root.iter(f"{SVG}circle")] == ["f", "o"]
    assert any("600,000.00" in (one.text or "") for one in root.iter(f"{SVG}text"))


def test_a_curve_on_the_terminal_is_narrow_enough() -> None:
    done = here("curve", *SHOP, "--over", "revenue=0..600000", speaks={"LC_ALL": "zh_CN.UTF-8", "COLUMNS": "80"})
    assert "▲" in done.out.decode()
    assert "░" in done.out.decode()


@pytest.mark.parametrize(
    "args",
    [
        ["advise", *SHOP],
        ["what-if", *SHOP, "--set", "revenue=310000"],
        ["curve", *SHOP, "--over", "revenue=0..600000"],
    ],
)
def test_every_format_and_a_file(args: list[str], tmp_path: Path) -> None:
    for format in ("csv", "markdown"):
        done = here(*args, "--format", format)
        assert done.code == 0, done.err
        path = tmp_path / f"{args[0]}.{format}"
        assert here(*args, "--format", format, "-o", str(path)).code == 0
        assert path.read_bytes() == done.out or format == "markdown"
        if format == "csv":
            rows = list(csv.reader(io.StringIO(done.out.decode())))
            assert len({len(row) for row in rows}) == 1
            assert len(rows) > 1


def test_a_screen_tells_a_limit_of_several_periods_once_and_the_nearest() -> None:
    facts = [
        "--year",
        "2025",
        "--vat-payer",
        "small_scale",
        "--place",
        "city",
        "--revenue",
        "280000;310000;250000;298500",
    ]
    screen = here("advise", *facts).out.decode()
    assert screen.count("limit 300,000.00") == 1
    assert "Q4: limit 300,000.00; headroom 1,500.00" in screen
    assert here("advise", *facts, "--full").out.decode().count("limit 300,000.00") == 4


def test_what_if_does_not_say_the_same_twice() -> None:
    """Where the law changes nothing, what changes in all is what the facts change."""
    firm = ["--taxable-income", "500_000", "--employees", "8", "--assets", "900_000"]
    told = here("what-if", *firm, "--period", "2025", "--year", "2027", "--set", "rd_expensed=90_000").out.decode()
    assert told.count("2025 → 2027") == 1
    assert told.count("Corporate income tax") == 1


def test_facts_move_together_by_a_share() -> None:
    """Half up, to the fen; each part of a fact that is stated by its parts; after what is set."""
    facts = {"year": 2026, "revenue": "1000.05;2;0;3.15", "taxable_income": "-7", "employees": "2.5"}
    before = evaluate(facts).facts
    after = moved(before, ["revenue=+10%", "employees = -10 %", "taxable_income=-50.5%"])
    told = {name: one.value for name, one in after.stated.items()}
    assert [told[f"revenue_q{quarter}"] for quarter in (1, 2, 3, 4)] == [110_006, 220, 0, 347]
    assert (told["employees"], told["taxable_income"]) == (Fraction("2.25"), -347)
    given = ["--set", "taxable_income=1_000_000", "--with", "taxable_income=+10%"]
    one, other = (
        said("what-if", "--period", "2026", *FIRM, *more) for more in (given, ["--set", "taxable_income=1_100_000"])
    )
    assert one["steps"] == other["steps"]
