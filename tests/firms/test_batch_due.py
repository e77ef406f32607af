"""What is due, of every row of a table: as of one business, blank where it is not known, added up return by return."""

from __future__ import annotations

import csv
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.batches import as_bytes, summary
from helpers.businesses import CATALOGUE, blocks, table
from helpers.command import here
from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.evaluation import evaluate
from taxcalc.assessment.model import shipped_book
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.heading import read_header
from taxcalc.firms.write.totals import as_json

HEADINGS = ["id", "period", "taxpayer", "vat_payer", "revenue", "taxable_income", "income_tax_prepaid", "employees"]
HEADINGS += ["assets", "restricted_industry"]
FIRM = ["small_scale", "350000"]
REST = ["12", "1500000", "no"]
DUE = ("due_now.total", "due_now.income_tax", "due_incomplete")


def row(id: str, period: str, income: str, prepaid: str, taxpayer: str = "enterprise") -> list[str]:
    return [id, period, taxpayer, *FIRM, income, prepaid, *REST]


ROWS = [
    row("stated", "2026Q2", "180000", "3000"),
    row("first", "2026Q1", "180000", ""),
    row("unstated", "2026Q2", "180000", ""),
    row("back", "2026Q2", "180000", "14000"),
    row("person", "2026Q2", "180000", "9000", "individual_business"),
    row("no-income", "2026Q2", "", "3000"),
]
VAT = "3710.00"
EXPECTED = {
    "stated": ("9710.00", "6000.00", ""),
    "first": ("12710.00", "9000.00", ""),
    "unstated": (VAT, "", "Corporate income tax"),
    "back": ("-1290.00", "-5000.00", ""),
    "person": ("7460.00", "3750.00", ""),
    "no-income": (VAT, "", "Corporate income tax"),
}


@pytest.mark.parametrize("columns", ["summary", "items", "full"])
def test_each_row_says_what_is_due(tmp_path: Any, columns: str) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(as_bytes(HEADINGS, ROWS))
    done = here("batch", str(file), "--columns", columns, "--names", "id", "--lang", "en", "-o", str(out))
    assert done.code == 0, done.err
    titles, *lines = csv.reader(out.read_text(encoding="utf-8").splitlines())
    places = [titles.index(name) for name in DUE]
    assert {line[0]: tuple(line[place] for place in places) for line in lines} == EXPECTED


@pytest.mark.parametrize("engine", [Lists, Arrays])
def test_the_summary_adds_them_up(engine: type) -> None:
    document = json.loads(as_json(summary(as_bytes(HEADINGS, ROWS), engine, ["id"])))
    lacks = {"corporate_income": 2}
    assert document["due_now"] == {"total": "36010.00", "income_tax": "13750.00", "incomplete": lacks}
    alone = next(group for group in document["groups"] if group["by"]["id"] == "unstated")
    assert alone["due_now"] == {"total": VAT, "income_tax": None, "incomplete": {"corporate_income": 1}}


@pytest.mark.parametrize("engine", [Lists, Arrays])
def test_returns_of_one_business_add_up(engine: type) -> None:
    """Income tax to date counts once in what is to pay; in what is due each quarter counts with its own part."""
    rows = [row("one", "2026Q1", "100000", ""), row("one", "2026Q2", "180000", "5000")]
    document = json.loads(as_json(summary(as_bytes(HEADINGS, rows), engine, [])))
    assert (document["businesses"], document["payable"]) == (1, "16420.00")  # 2 × 3,710 + 9,000
    assert document["due_now"] == {"total": "16420.00", "income_tax": "9000.00", "incomplete": {}}
    untold = [row("one", "2026Q2", "100000", ""), row("one", "2026Q3", "180000", "5000")]
    document = json.loads(as_json(summary(as_bytes(HEADINGS, untold), engine, [])))
    assert document["incomplete"] == {}
    assert document["due_now"] == {"total": "11420.00", "income_tax": "4000.00", "incomplete": {"corporate_income": 1}}


@pytest.mark.parametrize(("lang", "said"), [
    ("zh", ("本期应补（退）合计 36,010.00 元，其中所得税 13,750.00 元", "应补（退）未计入：企业所得税 2 户")),
    ("en", ("36,010.00 due for the periods in all, of it 13,750.00 income tax", "Corporate income tax of 2")),
])  # fmt: skip
def test_the_summary_says_it(tmp_path: Any, lang: str, said: tuple[str, ...]) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(as_bytes(HEADINGS, ROWS))
    done = here("batch", str(file), "--summary", "--lang", lang)
    assert all(one in done.out.decode() for one in said), done.out.decode()
    file.write_bytes(as_bytes(HEADINGS, ROWS[2:3]))
    alone = here("batch", str(file), "--summary", "--lang", lang).out.decode()
    assert (
        "3,710.00 元，不含所得税" if lang == "zh" else "3,710.00 due for the periods in all, without income"
    ) in alone


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**9))
def test_a_row_is_due_what_the_business_is(seed: int) -> None:
    headings, rows = table(random.Random(seed), 8)
    header = read_header(headings, CATALOGUE, "test")
    for block in blocks(headings, rows).values():
        computation = Computation(header, Arrays(), shipped_book(), "items", {}, None, every=True)
        answers = computation.answers(block)
        for place in (place for place, kept in enumerate(answers.kept) if kept):
            facts = computation.single.facts_of(block, place)
            due = evaluate(facts, book=shipped_book(), levies=computation.plan.levies).assessment.due_now
            total, income_tax = (int(answers.figures[name][place]) for name in DUE[:2])
            assert total == (BLANK if due.total is None else due.total)
            cumulative = [line for line in due.lines if line.kind == "cumulative"]
            known = [line.due for line in cumulative if line.due is not None]
            assert income_tax == (sum(known) if len(known) == len(cumulative) else BLANK)
            assert computation.findings.of("due_incomplete")[answers.findings["due_incomplete"][place]] == set(
                due.incomplete
            )
