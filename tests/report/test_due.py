"""What is due, as a report says it: the lines come to the sum, and what is not known is said to be left out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.businesses import some_assessment
from taxcalc import Assessment, assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.problem import Lang
from taxcalc.report.document import Remark, words_of
from taxcalc.report.due import due_now
from taxcalc.report.single import document
from taxcalc.report.words import Words

SMALL: dict[str, Any] = {
    "taxpayer": "enterprise",
    "vat_payer": "small_scale",
    "revenue": "350_000",
    "taxable_income": "180_000",
}
SMALL |= {"employees": 12, "assets": "1_500_000", "restricted_industry": False, "period": "2026Q2"}
VAT = (
    "增值税、城市维护建设税、教育费附加、地方教育附加：本期 3,710.00 元",
    "Value-added tax, Urban construction tax, Education surcharge, Local education surcharge: 3,710.00 of the period",
)
AMOUNT = re.compile(r"[\d,]+\.\d\d")
BACK, BESIDES, LACKING = ("应退", "to get back"), ("另：", "besides: "), ("未含", "not counting")


def said(answer: Assessment, lang: Lang) -> list[str]:
    """The remarks, each line by itself."""
    remarks = due_now(Words(answer, shipped_book(), lang))
    return [line for remark in remarks for line in (words_of(remark.text), *remark.below)]


@pytest.mark.parametrize(
    ("facts", "lang", "lines"),
    [
        ({"income_tax_prepaid": "3_000"}, "zh", [
            "本期应补（退）合计 9,710.00 元", VAT[0], "企业所得税：累计应纳 9,000.00 元，减已预缴 3,000.00 元，应补 6,000.00 元",
        ]),
        ({}, "zh", ["本期应补（退）合计 3,710.00 元", VAT[0], "另：企业所得税累计应纳 9,000.00 元，减已预缴后补"]),
        ({}, "en", [
            "3,710.00 due for the period in all", VAT[1],
            "besides: Corporate income tax, 9,000.00 of the year so far less what was prepaid",
        ]),
        ({"income_tax_prepaid": "14_000"}, "zh", [
            "本期应退合计 1,290.00 元", VAT[0], "企业所得税：累计应纳 9,000.00 元，减已预缴 14,000.00 元，应退或抵缴 5,000.00 元",
        ]),
        ({"prepayment_sales": "310_000", "taxable_income": "0", "income_tax_prepaid": "0"}, "zh", [
            "本期应补（退）合计 400.00 元", "增值税：本期应纳 3,500.00 元，减已预缴 3,100.00 元，应补 400.00 元",
            "另：城市维护建设税、教育费附加、地方教育附加本期应纳 210.00 元，减已预缴后补",
        ]),
    ],
)  # fmt: skip
def test_a_report_says_what_is_due(facts: dict[str, Any], lang: Lang, lines: list[str]) -> None:
    answer = assess({**SMALL, **facts})
    assert said(answer, lang) == lines
    section = document(answer, shipped_book(), lang).section("levies")
    assert section is not None
    assert lines[0] in [words_of(block.text) for block in section.blocks if isinstance(block, Remark)]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["zh", "en"]))
def test_the_lines_that_are_said_come_to_the_sum(seed: int, lang: Lang) -> None:
    answer, side = some_assessment(seed), 0 if lang == "zh" else 1
    lines = [one for one in said(answer, lang) if not one.startswith((BESIDES[side], LACKING[side]))]
    if answer.due_now.total is None:
        assert not lines
        return
    amounts = [int(AMOUNT.findall(one)[-1].replace(",", "").replace(".", "")) for one in lines]
    total, *parts = (-fen if BACK[side] in one else fen for one, fen in zip(lines, amounts, strict=True))
    assert total == sum(parts) == answer.due_now.total
