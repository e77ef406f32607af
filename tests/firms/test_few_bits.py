"""What a row waits for is a set of bits, and of these a number of 64 has sixty: facts beyond are asked row by row."""

from __future__ import annotations

import itertools

import pytest

from helpers.engines_agree import equals_the_exact_one
from taxcalc.engines import lower, values
from taxcalc.firms import outcome

_KINDS = itertools.product(
    ("2023", "2024", "2026", "2024Q3", "2026-05"),
    ("enterprise", "individual_business", "sole_proprietorship", "partnership"),
    ("small_scale", "general"),
)
_ROWS = [[period, kind, payer] for period, kind, payer in _KINDS]
_HEADINGS = ["period", "taxpayer", "vat_payer"]


@pytest.mark.parametrize("bits", [2, 40])
def test_rows_that_wait_for_more_facts_than_there_are_bits_are_answered_alike(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (values, lower, outcome):
        monkeypatch.setattr(module, "MANY", 1 << bits)
    equals_the_exact_one(_HEADINGS, _ROWS)
