"""Figures of the notice and of the newer reliefs that the oracle must know by itself."""

from __future__ import annotations

import pytest

from verification.oracle import assess


@pytest.mark.parametrize(
    ("facts", "levy", "due", "payable"),
    [
        ({"guaranteed_loan": "10000000", "guarantee_fee_rate": "2%"}, "financing_guarantee", 200_000_00, 100_000_00),
        ({"guaranteed_loan": "10000000.01", "guarantee_fee_rate": "2%"}, "financing_guarantee", 200_000_00, 150_000_00),
        (
            {"equipment_loan": "1000000", "equipment_loan_eligible": "yes"},
            "financing_equipment_interest",
            0,
            -25_000_00,
        ),
        ({"etc_tolls": "1000"}, "charge_etc", 1000_00, 950_00),
        ({"unemployment_base": "100000", "unemployment_rate": "3%"}, "labour_unemployment", 3000_00, 1000_00),
        ({"new_smart_factory": "yes", "new_digital_workshop": "yes"}, "smart_manufacturing", 0, -500_000_00),
        ({"rotation_mu": "10"}, "grant_rotation", 0, -1500_00),
    ],
)
def test_measure(facts: dict[str, str], levy: str, due: int, payable: int) -> None:
    assert assess({"year": "2023", **facts}).levies[levy] == (due, payable)


@pytest.mark.parametrize(
    ("period", "more", "payable"),
    [
        ({"year": "2023"}, {"equipment_loan_from": "2023-06"}, 14_583_33),
        ({"year": "2024"}, {"equipment_loan_from": "2023-06"}, 25_000_00),
        ({"period": "2025Q2"}, {"equipment_loan_from": "2023-06-20"}, 4_166_67),
        ({"year": "2025"}, {"equipment_loan_from": "2023-12"}, 22_916_67),
        ({"year": "2024"}, {"equipment_loan_from": "2023-06", "equipment_loan_months_received": "23"}, 2_083_33),
        ({"year": "2024"}, {"equipment_loan_from": "2024-01"}, 0),
        ({"year": "2023"}, {"equipment_loan_from": "2023-01"}, 0),
        ({"year": "2024"}, {}, 0),
    ],
)
def test_interest_is_subsidised_for_two_years(period: dict[str, str], more: dict[str, str], payable: int) -> None:
    facts = {**period, "equipment_loan": "1000000", "equipment_loan_eligible": "yes", **more}
    assert assess(facts).levies["financing_equipment_interest"] == (0, -payable)


def test_loan_contracts_of_small_businesses() -> None:
    facts = {"year": "2024", "vat_payer": "general", "stamp_loan": "1000000", "stamp_sale": "1000000"}
    assert assess(facts).levies["stamp"] == (350_00, 350_00)
    assert assess(facts | {"small_or_micro": "yes"}).levies["stamp"] == (350_00, 300_00)


@pytest.mark.parametrize(("spent", "extra"), [(None, 812_500_00), ("400000", 850_000_00), ("2000000", 1_000_000_00)])
def test_research_of_the_last_quarter_of_2022(spent: str | None, extra: int) -> None:
    facts = {"year": "2022", "taxable_income": "9000000", "rd_expensed": "1000000"}
    facts |= {"rd_fourth_quarter": spent} if spent else {}
    assert assess(facts).savings["rd_super_deduction"] * 4 == extra


def test_sales_of_real_estate_left_out_from_2026() -> None:
    facts = {"period": "2026Q1", "vat_payer": "small_scale", "revenue": "400000", "real_estate_sales": "200000"}
    assert assess(facts).levies["vat"][1] == 2000_00 + 6000_00
    assert assess(facts | {"real_estate_left_out": "yes"}).levies["vat"][1] == 6000_00
