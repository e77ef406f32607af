"""What is asked for: all that can change a figure, the largest stake first, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.batch_command import batch, run
from helpers.businesses import CATALOGUE, table
from taxcalc import Assessment, InputError, assess

INCOME = "year,taxpayer,taxable_income,rd_expensed,employees,assets,restricted_industry"
SMALL = {"year": 2024, "taxpayer": "enterprise", "taxable_income": "1000000", "employees": "10", "assets": "1000000"}
VAT = {"vat_payer": "small_scale", "revenue": "0", "filing": "quarterly"}


def asked(**facts: object) -> list[str]:
    return [question.fact for question in assess(facts).questions]


def payable(assessment: Assessment) -> dict[str, tuple[object, ...]]:
    return {levy.id: (levy.baseline, levy.payable) for levy in assessment.levies}


ASKED = [  # what is stated beside a small firm without sales, and what is asked for
    ({"rd_expensed": "0"}, []),  # 5% cannot be lowered by any other rate
    ({"rd_expensed": "0", "taxable_income": "4000000"}, ["western_region", "encouraged_industry", "encouraged_income_share", "high_tech"]),
    ({"rd_expensed": "0", "taxable_income": "4000000", "high_tech": "yes"}, []),  # 15% already
    ({"rd_expensed": "0", "taxable_income": "-1"}, []),  # nothing to save
    ({"taxable_income": "0"}, []),
    ({}, ["rd_expensed"]),
    ({"rd_expensed": "0", "employees": None}, ["employees", "western_region", "encouraged_industry", "encouraged_income_share", "high_tech"]),
    ({"rd_expensed": "0", "taxable_income": None}, ["taxable_income", "western_region", "encouraged_industry", "encouraged_income_share", "high_tech"]),
    ({"rd_expensed": "0", "revenue": None}, ["revenue"]),
    ({"rd_expensed": "0", "property_tax_relief": "0"}, ["property_tax_due"]),  # begun, so a total lacks it
]  # fmt: skip


@pytest.mark.parametrize(("stated", "expected"), ASKED)
def test_only_what_can_change_a_figure_is_asked(stated: dict[str, object], expected: list[str]) -> None:
    facts = {name: value for name, value in (SMALL | VAT | stated).items() if value is not None}
    assert asked(**facts) == expected
    head, row = ",".join(facts), ",".join(map(str, facts.values()))
    (answer,) = batch(f"{head}\n{row}\n", "--lang", "zh").rows
    names = "、".join(CATALOGUE[name].label[0] for name in expected)
    assert answer["尚缺资料"] == names


def test_the_largest_stake_comes_first_row_by_row() -> None:
    """An extra deduction against a certificate: which is worth more depends on the amounts of the row."""
    head = "year,taxpayer,taxable_income,rd_expensed,employees,assets,western_region"
    rows = ["2022,enterprise,10000000,100000,10,100,no", "2022,enterprise,10000000,9000000,10,100,no"]
    for order in (rows, rows[::-1]):
        done = batch("\n".join([head, *order]) + "\n", "--lang", "zh")
        small, large = sorted(done.rows, key=lambda row: row["rd_expensed"])
        assert small["尚缺资料"].split("、")[1:] != large["尚缺资料"].split("、")[1:]
        for row in (small, large):
            facts = {name: row[name] for name in head.split(",")}
            result = assess(facts)
            labels = [CATALOGUE[name].label[0] for name in (question.fact for question in result.questions)]
            assert row["尚缺资料"].split("、") == labels


def test_the_shipped_table_asks_for_nothing_where_nothing_can_be_saved() -> None:
    rows = run("batch", "examples/clients.csv").rows
    assert 0 < sum(not row["needs"] for row in rows) < len(rows)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_not_asked_changes_nothing(seed: int) -> None:
    """All yes-or-no facts that could bring a relief and are neither stated nor asked for, answered at once."""
    rng = random.Random(seed)
    headings, rows = table(rng, 3)
    for row in rows:
        facts = {name: cell for name, cell in zip(headings, row, strict=True) if cell}
        try:
            result = assess(facts)
        except InputError:
            continue
        lacking = {id for total in result.totals.values() for id in total.incomplete}
        blocking = {name for levy in result.levies if levy.id in lacking for name in levy.needs}
        stakes = [q.at_stake or 0 for q in result.questions if blocking.isdisjoint((q.fact, *q.inputs))]
        assert stakes == sorted(stakes, reverse=True), facts
        known = facts.keys() | {question.fact for question in result.questions}
        flags = [fact.name for fact in CATALOGUE if fact.type == "flag" and fact.entitles and fact.name not in known]
        for answer in ("yes", "no"):
            try:
                told = assess(facts | dict.fromkeys(flags, answer))
            except InputError:
                continue
            before = payable(result)
            assert {id: amounts for id, amounts in payable(told).items() if id in before} == before, (facts, flags)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_a_yes_saves_what_was_at_stake(seed: int) -> None:
    rng = random.Random(seed)
    headings, rows = table(rng, 3)
    for row in rows:
        facts = {name: cell for name, cell in zip(headings, row, strict=True) if cell}
        try:
            result = assess(facts)
        except InputError:
            continue
        for item in result.items:
            flags = [name for name in item.needs if CATALOGUE.fact_of(name).type == "flag"]
            if item.status != "needs_fact" or item.at_stake is None or len(flags) < len(item.needs) or item.incomplete:
                continue
            try:
                told = assess(facts | dict.fromkeys(flags, "yes"))
            except InputError:
                continue
            bearing = payable(result).keys() & {id for id, (_, left) in payable(result).items() if left is not None}
            saved = sum((result.levy(id).payable or 0) - (told.levy(id).payable or 0) for id in bearing)
            if told.item(item.id).status != "needs_fact":
                assert saved >= item.at_stake, (facts, item.id)


def test_of_a_relief_of_few_that_has_ended_only_those_are_told() -> None:
    firm = {"year": 2024, "revenue": "1000000"}
    told = {item.id for item in assess(firm).items if item.status == "not_in_force"}
    assert told == {"vat_full_exemption", "vat_additional_deduction"}
    more = {item.id for item in assess({**firm, "hubei": True, "exempt_service": "delivery"}).items if item.ended}
    assert more - told >= {"vat_hubei_exemption", "vat_hubei_prepayment", "vat_exempt_services"}
