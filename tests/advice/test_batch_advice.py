"""Advice on a table: what each row is told is what the same business is told alone."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from helpers.batch_command import batch
from helpers.command import ROOT
from taxcalc.advice.advise import advise
from taxcalc.advice.cliffs import closeness
from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.money import yuan
from taxcalc.report.json import as_plain

LINES = (ROOT / "examples" / "clients.csv").read_text(encoding="utf-8").splitlines()
SCHEMA = json.loads((ROOT / "taxcalc" / "schema" / "batch-summary.schema.json").read_text(encoding="utf-8"))
FEW = "\n".join([LINES[0], *LINES[9::20]])


def _facts(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text and name not in ("industry", "county")}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    done = batch(FEW, "--advice", "--names", "id", "--columns", "summary")
    assert done.code == 0, done.err
    return done.rows


def test_a_row_is_told_what_the_business_is_told_alone(rows: list[dict[str, str]]) -> None:
    told = []
    for row, stated in zip(rows, csv.DictReader(FEW.splitlines()), strict=True):
        alone = advise(evaluate(_facts(stated)))
        costly = [cliff for cliff in alone.cliffs if cliff.cost_of_crossing > 0]
        nearest = min(costly, key=lambda cliff: closeness(_of(cliff.last_before), _of(cliff.now)))
        assert row["advice.at_stake"] == yuan(nearest.stake)
        assert row["advice.limit"] == as_plain(nearest.at, nearest.unit)
        room = str(as_plain(nearest.headroom, nearest.unit))
        assert row["advice.distance"].removeprefix("-") == room
        assert row["advice.distance"].startswith("-") is bool(nearest.behind and nearest.headroom)
        unlock = next(iter(alone.unlocks.each), None)
        assert row["advice.unlock_saving"] == (yuan(unlock.saving) if unlock else "")
        assert bool(row["advice.unlock_needs"]) is bool(unlock)
        told.append((nearest.input, unlock.relief if unlock else None))
    assert len(set(told)) > 1


def _of(value: Any) -> Fraction:
    return Fraction(value)


def test_what_is_not_known_is_said_and_is_no_nought() -> None:
    head = "id,period,vat_payer,place,revenue"
    done = batch(f"{head}\na,2026Q1,small_scale,city,\nb,2026Q1,small_scale,city,100\n", "--advice", "--names", "id")
    first, second = done.rows
    assert (first["advice.fact"], first["advice.at_stake"], first["advice.distance"]) == ("unknown", "", "")
    assert (first["advice.unlock"], first["advice.unlock_saving"]) == ("unknown", "")
    assert second["advice.limit"] == "300000.00"


def test_totals_count_each_row_once(rows: list[dict[str, str]]) -> None:
    document = json.loads(batch(FEW, "--advice", "--summary", "--format", "json").out)
    Draft202012Validator(SCHEMA).validate(document)
    for what, amount in (("limit", "advice.at_stake"), ("unlock", "advice.unlock_saving")):
        said = [one for one in document["advice"] if one["what"] == what]
        assert sum(one["rows"] for one in said) == len(rows)
        assert sum(_fen(one["amount"]) for one in said) == sum(_fen(row[amount]) for row in rows)


def test_totals_are_drawn_and_listed() -> None:
    one = "period,vat_payer,place,revenue\n2026Q1,small_scale,city,298500\n"
    screen = batch(one, "--advice", "--summary", "--lang", "zh").out.decode()
    assert "销售额（不含税） 300000.00    1         3,105.00" in screen
    rows = batch(one, "--advice", "--summary", "--format", "csv", "--names", "id").out.decode()
    assert "advice.limit.revenue.300000.00,1,3105.00" in rows


def _fen(amount: str | None) -> int:
    return int((amount or "0").replace(".", ""))


def test_lines_of_json_tell_the_same_by_their_schema(rows: list[dict[str, str]]) -> None:
    schema = json.loads((ROOT / "taxcalc" / "schema" / "row.schema.json").read_text(encoding="utf-8"))
    done = batch("\n".join(FEW.splitlines()[:2]), "--advice", "--format", "jsonl")
    line = json.loads(done.out)
    Draft202012Validator(schema).validate(line)
    told = {name: value for name, value in {**line["said"], **line["figures"]}.items() if name.startswith("advice.")}
    assert told == {name: rows[0][name] or None for name in told} | {"advice.fact": told["advice.fact"]}
    assert len(told) == 7


def test_a_workbook_does_not_add_up_what_is_at_stake_at_limits(tmp_path: Path) -> None:
    """Nor what one relief or another would save: only one of them can be told of a row."""
    path = tmp_path / "out.xlsx"
    table = "\n".join(FEW.splitlines()[:3])
    assert batch(table, "--advice", "--names", "id", "--columns", "summary", "-o", str(path)).code == 0
    titles, *_, total = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(titles, total, strict=True))
    assert str(told["total.saving"]).startswith("=SUBTOTAL(")
    assert {told[name] for name in told if str(name).startswith("advice.")} == {None}
