"""Rows of a table are computed side by side, whatever they lack: one by one they would take a hundred times as long."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command import here
from taxcalc.firms.single import SingleRows


@pytest.mark.parametrize("payer", ["general", "small_scale"])
@pytest.mark.parametrize("taxpayer", ["enterprise", "individual_business"])
def test_a_row_that_lacks_more_facts_than_an_integer_has_bits_is_computed_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, payer: str, taxpayer: str
) -> None:
    table = tmp_path / "clients.csv"
    titles = (
        "id,year,taxpayer,vat_payer,place,revenue_q1,revenue_q2,revenue_q3,revenue_q4,output_vat,input_vat,"
        "taxable_income,rd_expensed,employees,assets,western_region,property_tax_due,land_use_tax_due,stamp_tax_due"
    )
    rows = (
        f"a,2023,{taxpayer},{payer},city,310000,1,2,3,,,1000000,,5,6000000,yes,,,7",
        f"b,2023,{taxpayer},{payer},city,,,,,5,1,,10000,,,,300,7,",
    )
    table.write_text("\n".join([titles, *rows, ""]), encoding="utf-8")
    singly = here("batch", str(table), "--columns", "full", lang="en")

    def answer(*_: object) -> None:
        raise AssertionError("a row is computed alone")

    monkeypatch.setattr(SingleRows, "answer", answer)
    assert here("batch", str(table), "--columns", "full", lang="en").out == singly.out
    assert singly.code == 0
