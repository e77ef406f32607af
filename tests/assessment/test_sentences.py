"""What a warning adds in amounts where a figure cannot be told: both ends of what it may be."""

from __future__ import annotations

import pytest

from taxcalc import assess

QUARTERS = ["1_000_000", "1_500_000", "2_600_000", "2_000_000"]
SMALL, GENERAL = (f"VAT of that quarter as a {kind} payer throughout" for kind in ("small-scale", "general"))


def said(key: str, facts: dict[str, object]) -> str:
    (text,) = (one.problem.text("en") for one in assess(facts).warnings if one.problem.key == key)
    return text


@pytest.mark.parametrize(
    ("facts", "ends"),
    [
        # 2,600,000 × 1%; 234,000 − 100,000
        ({"year": 2026, "revenue": QUARTERS}, f"({SMALL} 26,000.00)"),
        (
            {"year": 2026, "revenue": QUARTERS, "output_vat_q3": "234_000", "input_vat_q3": "100_000"},
            f"({SMALL} 26,000.00; {GENERAL} 134,000.00)",
        ),
        # one quarter alone: 5,200,000 × 1%; 5,200,000 × 13% − 76,000
        (
            {"period": "2026Q3", "revenue": "5_200_000", "vat_rate": "13%", "input_vat": "76_000"},
            f"({SMALL} 52,000.00; {GENERAL} 600,000.00)",
        ),
    ],
    ids=["sales alone", "VAT of the quarter", "a quarter alone"],
)
def test_where_the_month_of_passing_decides_both_kinds_of_payer_are_shown(facts: dict[str, object], ends: str) -> None:
    assert said("limit_passed_in_a_quarter", facts).endswith(ends)
    assert assess(facts).levy("vat").payable is None


def test_where_the_third_quarter_of_research_decides_both_ends_are_shown() -> None:
    """None of 400,000 by September or all of it: (1,000,000 − 0 or 400,000) × 5%."""
    facts = {"period": "2024Q4", "employees": 10, "assets": "1000000", "taxable_income": "1_000_000"}
    text = said("rd_to_september", {**facts, "rd_expensed": "400_000"})
    assert "with none of it 50,000.00" in text
    assert "with all of it 30,000.00" in text
