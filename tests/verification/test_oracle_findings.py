"""Where the oracle found the program to differ from the law (verification/oracle/FINDINGS.md): it stays mended."""

from __future__ import annotations

import pytest

from helpers.batch_command import batch
from taxcalc import assess
from verification.oracle import assess as oracle


def quarters(name: str, *amounts: str) -> dict[str, str]:
    return {f"{name}_q{i}": amount for i, amount in enumerate(amounts, 1)}


@pytest.mark.parametrize(
    ("revenue", "paid"),
    [
        (("300000", "0", "600000", "0"), ("0", "0", "10000", "0")),
        (("1000", "0", "6000000", "0"), ("1000", "0", "0", "0")),
    ],
)
def test_education_exemption_is_tested_quarter_by_quarter(revenue: tuple[str, ...], paid: tuple[str, ...]) -> None:
    facts = {
        "year": "2025",
        "vat_payer": "general",
        "output_vat": "0",
        "input_vat": "0",
        "small_low_profit_status": "no",
    }
    facts |= quarters("revenue", *revenue) | quarters("vat_paid", *paid)
    assert assess(dict(facts)).levy("education_surcharge").payable == oracle(facts).levies["education_surcharge"][1]


def test_march_2020_has_the_reduced_rate() -> None:
    facts = {f"revenue_m{month:02}": "400000" if month == 3 else "0" for month in range(1, 13)}
    facts |= {"year": "2020", "filing": "quarterly", "vat_payer": "small_scale"}
    assert assess(dict(facts)).levy("vat").payable == 4000_00


def test_first_half_of_2022_has_no_fourth_quarter_rate() -> None:
    facts = {"period": "2022Q2", "taxable_income": "5000000", "rd_expensed": "1000000", "employees": "10"}
    facts |= {"assets": "1000", "manufacturing": "no", "tech_sme": "no", "high_tech": "no", "western_region": "no"}
    assert assess(dict(facts)).levy("corporate_income").payable == oracle(facts).levies["corporate_income"][1]


def test_sales_without_real_estate_are_never_more_than_all_sales() -> None:
    facts = {"year": "2020", "filing": "monthly", "vat_payer": "small_scale", "revenue": "1835324.34"}
    facts |= {"real_estate_sales": "635324.35", "real_estate_deduction": "635324.34"}
    assert assess(dict(facts)).levy("vat").payable == 0


def test_parts_that_add_up_are_accepted() -> None:
    facts = {"year": "2023", "filing": "monthly", "vat_payer": "small_scale"}
    facts |= quarters("revenue", *["300000"] * 4) | quarters("special_invoice_sales", *["100000.01"] * 4)
    facts |= quarters("special_invoice_sales_full_rate", *["199999.99"] * 4)
    assert assess(dict(facts)).levy("vat").payable is not None


OPENED: list[tuple[dict[str, str], str]] = [
    ({"vat_payer": "small_scale", "vat_paid": "60.23", "opened": "2023-07"}, "vat_exemption"),
    ({"vat_payer": "small_scale", "vat_paid": "60.23", "opened": "2023-07"}, "vat_reduced_rate"),
    ({"vat_payer": "general", "output_vat": "13000", "input_vat": "7000", "opened": "2023-10"}, "education_exemption"),
]


@pytest.mark.parametrize(("facts", "relief"), OPENED)
def test_of_a_firm_that_opened_within_the_year_the_months_after_decide(facts: dict[str, str], relief: str) -> None:
    """Before it opened there was nothing to exempt, which says nothing of the months after."""
    facts = {"year": "2023", "filing": "monthly", **facts}
    item = assess(dict(facts)).item(relief)
    assert item.saving is item.worth is None
    assert item.needs
    (row,) = run(facts)
    assert row[f"relief.{relief}.saving"] == ""


def test_where_all_it_applies_to_is_nought_it_saves_nothing() -> None:
    """All months with 1% of this firm lie before it opened, so the rate is known to save nothing."""
    facts = {"year": "2022", "filing": "monthly", "vat_payer": "small_scale", "vat_paid": "0.07", "opened": "2022-09"}
    assert assess(dict(facts)).item("vat_reduced_rate").saving == 0
    (row,) = run(facts)
    assert row["relief.vat_reduced_rate.saving"] == "0.00"


def run(facts: dict[str, str]) -> list[dict[str, str]]:
    """The batch of this one business, by ids."""
    text = ",".join(facts) + "\n" + ",".join(facts.values()) + "\n"
    done = batch(text, "--names", "id", "--columns", "items")
    assert done.code == 0, done.err
    return done.rows
