"""What the returns of a period come to: of income tax what prepayments leave of the year so far, of the rest the period."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.businesses import some_assessment
from taxcalc import Assessment, assess
from taxcalc.base.money import yuan

SURCHARGES = ("urban_construction", "education_surcharge", "local_education_surcharge")
SMALL = {"taxpayer": "enterprise", "vat_payer": "small_scale", "employees": 12, "assets": "1_500_000"}
SMALL |= {"restricted_industry": False, "revenue": "350_000", "taxable_income": "180_000"}
BUILDER = {**SMALL, "taxable_income": "0"}
MONTHLY = {"period": "2026-03", "filing": "monthly", "revenue": "150_000"}
OPENED = {"opened": "2026-05", "taxable_income": "80_000"}
INDIVIDUAL = {"taxpayer": "individual_business", "income_tax_prepaid": "9_000"}


def due_of(answer: Assessment) -> dict[str, tuple[str | None, ...]]:
    """By levy: its amount, what was prepaid of it, what is due."""
    return {line.levy: tuple(fen if fen is None else yuan(fen) for fen in line[2:]) for line in answer.due_now.lines}


def written(facts: dict[str, Any]) -> tuple[dict[str, tuple[str | None, ...]], str | None, tuple[str, ...]]:
    answer = assess(facts)
    total = answer.due_now.total
    return due_of(answer), None if total is None else yuan(total), tuple(answer.due_now.incomplete)


@pytest.mark.parametrize(
    ("period", "facts", "tax", "total"),
    [
        ("2026Q2", {"income_tax_prepaid": "3_000"}, ("9000.00", "3000.00", "6000.00"), "9710.00"),
        ("2026Q1", {}, ("9000.00", "0.00", "9000.00"), "12710.00"),
        ("2026-01", MONTHLY | {"period": "2026-01"}, ("9000.00", "0.00", "9000.00"), "10590.00"),
        ("2026Q2", {}, ("9000.00", None, None), "3710.00"),
        ("2026-03", MONTHLY, ("9000.00", None, None), "1590.00"),
        ("2026Q1", {"income_tax_prepaid": "2_000"}, ("9000.00", "2000.00", "7000.00"), "10710.00"),
        ("2026Q2", {"income_tax_prepaid": "12_000"}, ("9000.00", "12000.00", "-3000.00"), "710.00"),
        ("2026Q2", {"income_tax_prepaid": "14_000"}, ("9000.00", "14000.00", "-5000.00"), "-1290.00"),
        ("2026Q2", OPENED, ("4000.00", "0.00", "4000.00"), "7710.00"),
        ("2026Q3", OPENED, ("4000.00", None, None), "3710.00"),
    ],
)
def test_income_tax_is_due_after_its_prepayments(
    period: str, facts: dict[str, Any], tax: tuple[str | None, ...], total: str
) -> None:
    """VAT and surcharges of the quarter are 3,500.00 + 122.50 + 52.50 + 35.00; of the month 1,500.00 + 90.00.

    The sales of 150,000 of a month are within the limit of no exemption: 105 + 45 + 30, halved (the quarter: 245 + 105 + 70).
    """
    lines, found, incomplete = written({**SMALL, "period": period, **facts})
    assert (lines["corporate_income"], found) == (tax, total)
    assert incomplete == (() if tax[2] else ("corporate_income",))
    assert all(lines[id][0] == lines[id][2] and lines[id][1] == "0.00" for id in ("vat", *SURCHARGES))


def test_of_a_year_the_settlement_and_what_its_returns_came_to() -> None:
    """Four times 3,500.00 and its surcharges of 210.00. Unstated prepayments of a year are not known, although it begins in
    January."""
    year = {**SMALL, "year": 2026, "revenue": "1_400_000"}
    lines, total, _ = written(year | {"income_tax_prepaid": "8_000"})
    assert (lines["corporate_income"], total) == (("9000.00", "8000.00", "1000.00"), "15840.00")
    lines, total, incomplete = written(year)
    assert (lines["corporate_income"], total, incomplete) == (
        ("9000.00", None, None),
        "14840.00",
        ("corporate_income",),
    )


def test_individual_income_tax_too() -> None:
    """180,000 × 20% − 10,500 = 25,500, half is 12,750."""
    lines, *_ = written({**SMALL, "period": "2026Q2", **INDIVIDUAL})
    assert lines["individual_income"] == ("12750.00", "9000.00", "3750.00")
    assert "corporate_income" not in lines


def test_the_kind_of_an_amount_is_told() -> None:
    kinds = {line.levy: line.kind for line in assess({**SMALL, "period": "2026Q2"}).due_now.lines}
    assert kinds == dict.fromkeys(("vat", *SURCHARGES), "period") | {"corporate_income": "cumulative"}


def test_what_cannot_be_computed_is_left_out_and_named() -> None:
    lines, total, incomplete = written({"period": "2026Q1", "vat_payer": "small_scale", "revenue": "350_000"})
    assert (lines["corporate_income"], total, incomplete) == ((None,) * 3, "3710.00", ("corporate_income",))
    _, total, incomplete = written({"period": "2026Q1", "vat_payer": "small_scale"})
    assert (total, incomplete) == (None, ("vat", *SURCHARGES, "corporate_income"))


# ---------------------------------------------------------------------- VAT prepaid at a building site


def test_a_prepayment_is_set_off_against_vat() -> None:
    """Line 22 = 20 − 21. 1% of 310,000 was prepaid with its surcharges, at the rates of that place: what is left of these
    no fact tells."""
    lines, total, incomplete = written({**BUILDER, "period": "2026Q1", "prepayment_sales": "310_000"})
    assert lines["vat"] == ("3500.00", "3100.00", "400.00")
    assert lines["urban_construction"] == ("122.50", None, None)
    assert (total, incomplete) == ("400.00", SURCHARGES)


def test_no_prepayment_leaves_all_due() -> None:
    """100,000 at that place are below the threshold: nothing is prepaid there."""
    lines, total, incomplete = written({**BUILDER, "period": "2026Q1", "prepayment_sales": "100_000"})
    assert (lines["vat"], total, incomplete) == (("3500.00", "0.00", "3500.00"), "3710.00", ())


def test_more_prepaid_vat_than_due_is_kept_for_the_next_return() -> None:
    """It is not paid back: 4,000 prepaid in the first quarter, of which 500 go to the second; then 3,500 − 500 and 3,500 twice."""
    lines, *_ = written({**BUILDER, "period": "2026Q1", "prepayment_sales": "400_000"})
    assert lines["vat"] == ("3500.00", "3500.00", "0.00")
    year = {**BUILDER, "revenue": "1_400_000", "year": 2026, "prepayment_sales": ["400_000", "0", "0", "0"]}
    assert written(year)[0]["vat"] == ("14000.00", "4000.00", "10000.00")
    late = year | {"prepayment_sales": ["0", "0", "0", "400_000"]}
    assert written(late)[0]["vat"] == ("14000.00", "3500.00", "10500.00")


# ---------------------------------------------------------------------- of any business


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9))
def test_the_lines_add_up(seed: int) -> None:
    answer = some_assessment(seed)
    due, levies = answer.due_now, {levy.id: levy for levy in answer.levies}
    for line in due.lines:
        assert (line.due is None) == (line.prepaid is None) == (line.levy in due.incomplete)
        assert line.amount == levies[line.levy].payable
        if line.amount is not None and line.prepaid is not None:
            assert line.due == line.amount - line.prepaid
            assert line.prepaid >= 0
    known = [line.due for line in due.lines if line.due is not None]
    assert due.total == (sum(known) if due.total is not None else None)
    assert due.total is not None or not any(known)
    costs = {levy.id for levy in answer.levies if levy.kind in ("tax", "fee") and levy.status == "calculated"}
    assert costs - {line.levy for line in due.lines} <= {levy.id for levy in answer.levies if levy.at_most}
    assert set(answer.saved.incomplete) <= set(due.incomplete)
