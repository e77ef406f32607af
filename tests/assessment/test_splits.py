"""Where a year is cut evenly: if another split would change the tax, the parts are asked for; else none would."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.batch_command import batch
from taxcalc import Assessment, assess

QUARTERS = "销售额（不含税）：第1季度、第2季度、第3季度、第4季度"
SPLIT = [  # kind of payer, filing, year, sales of the year: are those of the quarters asked for?
    ("small_scale", "quarterly", "2024", "1150000", True),
    ("small_scale", "quarterly", "2024", "1200000", True),
    ("small_scale", "quarterly", "2024", "1200000.01", True),
    ("small_scale", "quarterly", "2024", "4000000", True),  # a quarter may have little
    ("small_scale", "quarterly", "2024", "300000", False),  # all of it may be of one quarter
    ("small_scale", "quarterly", "2024", "300000.01", True),
    ("small_scale", "quarterly", "2026", "300000", True),  # from 2026 what reaches the limit is taxed
    ("small_scale", "quarterly", "2024", "0", False),
    ("general", "quarterly", "2024", "1150000", False),  # VAT is not known, and that is asked for
]


@pytest.mark.parametrize(("payer", "filing", "year", "sales", "asked"), SPLIT)
def test_the_parts_of_a_year_are_asked_for(payer: str, filing: str, year: str, sales: str, asked: bool) -> None:
    (row,) = batch(f"year,vat_payer,filing,revenue\n{year},{payer},{filing},{sales}\n", "--lang", "zh").rows
    assert (QUARTERS in row["尚缺资料"]) is asked
    found = assess({"year": year, "vat_payer": payer, "filing": filing, "revenue": sales}).questions
    parts = [q.inputs for q in found if q.fact == "revenue"]
    assert parts == ([tuple(f"revenue_q{n}" for n in range(1, 5))] if asked else [])


def test_what_is_stated_by_quarter_is_not_asked_for_again() -> None:
    quarters = {f"revenue_q{n}": amount for n, amount in enumerate((100_000, 100_000, 450_000, 500_000), 1)}
    assert "revenue" not in [q.fact for q in assess({"year": 2024, "vat_payer": "small_scale", **quarters}).questions]


def payable(result: Assessment) -> int:
    return sum(levy.payable or 0 for levy in result.levies if levy.status == "calculated")


def split(rng: random.Random, whole: int, parts: int, limit: int) -> list[int]:
    """A whole in random parts, of which some may be at the limit, or nothing."""
    left = whole
    found: list[int] = []
    for _ in range(parts - 1):
        part = min(left, rng.choice((0, limit, rng.randrange(left + 1), left)))
        left, found = left - part, [*found, part]
    return rng.sample([*found, left], parts)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_it_is_asked_for_where_some_split_changes_the_tax_and_only_there(seed: int) -> None:
    rng = random.Random(seed)
    filing, parts, limit = rng.choice((("quarterly", 4, 30_000_000), ("monthly", 12, 10_000_000)))
    whole = rng.choice((limit - 1, limit, limit + 1, parts * limit, rng.randrange(limit * parts * 2)))
    facts: dict[str, object] = {"year": rng.choice((2023, 2024, 2025)), "filing": filing}
    facts |= rng.choice(
        ({"vat_payer": "small_scale"}, {"vat_payer": "general", "output_vat": "130000", "input_vat": "3000"})
    )
    even = assess(facts | {"revenue": f"{whole // 100}.{whole % 100:02}"})
    asked = "revenue" in [question.fact for question in even.questions]
    names = [f"revenue_{'q' if parts == 4 else 'm'}{n if parts == 4 else f'{n:02}'}" for n in range(1, parts + 1)]
    extremes = [[whole] + [0] * (parts - 1), [min(limit, whole)] + [0] * (parts - 2) + [whole - min(limit, whole)]]
    others = []
    for amounts in [*extremes, *(split(rng, whole, parts, limit) for _ in range(5))]:
        stated = {name: f"{fen // 100}.{fen % 100:02}" for name, fen in zip(names, amounts, strict=True)}
        others.append(abs(payable(assess(facts | stated)) - payable(even)))
    rounding = 4 * parts  # each levy is rounded in each period
    assert asked is (max(others) > rounding), (facts, whole, others)
