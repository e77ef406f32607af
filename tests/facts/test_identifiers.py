"""Identifiers: check characters of GB 32100 and GB 11643, and what a spreadsheet leaves of a long number."""

from __future__ import annotations

import csv
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.command import ROOT
from taxcalc.facts.identifiers import SYMBOLS, credit_check, doubt

BODIES = st.builds("9{}{}".format, st.sampled_from("123"), st.text(SYMBOLS, min_size=15, max_size=15))


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("91350100M000100Y43", None),  # the example of GB 32100-2015
        ("９１３５０１００m000100y43 ", None),
        ("91350100M000100Y44", "check"),
        ("91350100M000100Y4", "check"),
        ("91350100M000100Y433", "check"),
        ("91350100M0O0100Y43", "check"),
        ("11010519491231002X", None),  # the example of GB 11643
        ("11010519491231002x", None),
        ("110105194912310021", "check"),
        ("11010519491231002X01", None),
        ("110105194912310021W1", "check"),
        ("9.1621E+17", "rounded"),
        ("9.16E+17", "rounded"),
        ("916206020700000000", "rounded"),
        ("916206020700000000.0", "rounded"),
        ("620602710123456", None),  # fifteen digits, from before 2015
        ("620602710123000", None),
        ("C-001", None),
        ("1000", None),
        ("", None),
    ],
)
def test_an_identifier_is_doubted_for_one_reason(id: str, found: str | None) -> None:
    assert doubt(id) == found


@given(BODIES, st.integers(0, 16), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_always_found(body: str, place: int, other: str) -> None:
    code = body + credit_check(body)
    if code.isdigit():
        return
    assert doubt(code) is None
    spoiled = code[:place] + other + code[place + 1 :]
    if spoiled[:2] == code[:2] and not spoiled.isdigit():
        assert (doubt(spoiled) is None) == (spoiled == code)


def test_the_examples_have_identifiers_that_fit() -> None:
    for name, encoding in (("clients.csv", "utf-8"), ("客户.csv", "gb18030")):
        with (ROOT / "examples" / name).open(encoding=encoding, newline="") as file:
            ids = [row.get("id") or row.get("统一社会信用代码") or "" for row in csv.DictReader(file)]
        assert [id for id in ids if doubt(id)] == []
    for path in (ROOT / "examples").glob("*.toml"):
        assert doubt(str(tomllib.loads(path.read_text(encoding="utf-8")).get("id", ""))) is None
