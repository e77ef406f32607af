"""Columns that are chosen, in every format, and lines of JSON: the same figures as a table of all columns."""

from __future__ import annotations

import csv
import functools
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from jsonschema import Draft202012Validator

from helpers.batch_command import batch
from helpers.batches import BOOK, as_bytes, blocks_of, mixture
from helpers.businesses import CATALOGUE
from helpers.command import ROOT
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.source import Source
from taxcalc.firms.run import run_batch
from taxcalc.firms.selected import answer_columns, selected
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.formats import streaming
from taxcalc.firms.write.rejects import Rejects
from taxcalc.report.names import titles

LINES = (ROOT / "examples" / "clients.csv").read_text(encoding="utf-8").splitlines(keepends=True)
TABLE = LINES[0] + "".join(line for line in LINES if ",2025,enterprise,small_scale," in line)
ASKED = "needs,total.saving,name,relief.small_low_profit.saving,regime,revenue_q1,industry,due_incomplete"
ROW = Draft202012Validator(json.loads((ROOT / "taxcalc" / "schema" / "row.schema.json").read_text(encoding="utf-8")))
HEADINGS, ROWS, _ = mixture(4, 60)
MIXED = as_bytes([*HEADINGS, "remark"], [[*row, "=1+1"] if i % 9 else [*row, 'a,"b'] for i, row in enumerate(ROWS)])


def written(suffix: str, asked: str, engine: Any, block: int | None) -> bytes:
    """A table of good and bad rows with the columns that are asked for, by one engine, in blocks of a size."""
    out = io.BytesIO()
    with blocks_of(block):
        feed = Source(io.BytesIO(MIXED), "test")
        header = headed(feed, CATALOGUE)
        computation = Computation(header, engine(), BOOK, "full", {}, selected=selected(asked, header, BOOK))
        sink = streaming(out, suffix, AddedColumns(computation, "en", "id"), excel=False)
        run_batch(feed, computation, sink, Rejects("en"), 2)
    return out.getvalue()


@functools.cache
def every_column() -> list[dict[str, str]]:
    """The table of the examples with every column that there is."""
    return batch(TABLE, "--names", "id", "--columns", "full", "--lang", "zh").rows


def cells(rows: list[dict[str, str]], asked: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in asked.split(",")) for row in rows]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_engines_and_blocks_write_the_same_bytes(suffix: str) -> None:
    asked = "remark,needs,total.payable,id,notes,vat.payable,name"
    whole = written(suffix, asked, Lists, None)
    assert whole.count(b"\n") > 20
    assert all(written(suffix, asked, engine, block) == whole for engine, block in ((Arrays, None), (Arrays, 2_000)))


def test_columns_come_in_the_order_that_is_asked_for_in_every_format(tmp_path: Path) -> None:
    expected = cells(every_column(), ASKED)
    for suffix in ("csv", "xlsx", "parquet"):
        path = tmp_path / f"out.{suffix}"
        assert batch(TABLE, "--names", "id", "--select", ASKED, "-o", str(path), "--lang", "zh").code == 0
        if suffix == "csv":
            names, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        elif suffix == "xlsx":
            names, *rows, total = [
                [_cell(value) for value in row] for row in openpyxl.load_workbook(path).worksheets[0].values
            ]
            assert "合计" in total
            assert sum(one.startswith("=SUBTOTAL(109,") for one in total) > 0
        else:
            frame = pl.read_parquet(path)
            names, rows = frame.columns, [[_cell(value) for value in row] for row in frame.iter_rows()]
        assert names == ASKED.split(",")
        assert [tuple(row) for row in rows] == expected, suffix


def _cell(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.2f}"


def test_columns_are_named_by_id_in_either_language_by_fact_and_by_heading() -> None:
    zh, en = titles(BOOK)["total.saving"]
    done = batch(TABLE, "--select", f"总资产平均额，{zh},{en},total.saving,资产总额,assets,industry", "--names", "id")
    assert done.code == 2
    assert "'总资产平均额'" in done.err
    done = batch(TABLE, "--select", f" 企业名称,{zh},{en},total.saving,name,assets,industry", "--names", "id")
    assert [*done.rows[0]] == ["name", "total.saving", "assets", "industry"]


def test_only_figures_that_answers_have_can_be_chosen() -> None:
    wrong = ["to_date.total.saving", "businesses", "relief"]
    done = batch(TABLE, "--select", ",".join(wrong))
    assert (done.code, done.out) == (2, b"")
    assert all(f"'{name}'" in done.err for name in wrong)


@pytest.mark.parametrize(
    "options",
    [
        ["--summary", "--select", "name"],
        ["--summary", "--format", "jsonl"],
        ["--reports", "x", "--select", "a"],
        ["--advice", "--select", "name"],
    ],
)
def test_totals_and_pages_have_no_chosen_columns(options: list[str]) -> None:
    assert batch(TABLE, *options).code == 2


def test_lines_of_json_keep_their_schema_and_hold_every_figure(tmp_path: Path) -> None:
    """Under ids, in either language; what the table of CSV holds under them."""
    path = tmp_path / "out.jsonl"
    asked = ["--columns", "full", "--lang", "zh"]
    assert batch(TABLE, *asked, "-o", str(path)).code == 0
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert batch(TABLE, *asked, "--format", "jsonl").out == path.read_bytes()
    assert [line["row"] for line in lines] == list(range(2, len(lines) + 2))
    for line, row in zip(lines, every_column(), strict=True):
        ROW.validate(line)
        assert {name: value or "" for name, value in line["stated"].items()}.items() <= row.items()
        assert {name: value or "" for name, value in line["figures"].items()}.items() <= row.items()
        assert {"reasons", "notes"} <= line["said"].keys()
        assert (line["said"]["notes"] or "") == row["notes"]
        assert bool(line["said"]["needs"]) == bool(row["needs"])
    assert set(lines[0]["figures"]) | set(lines[0]["said"]) <= set(answer_columns(BOOK))


def test_a_line_of_json_tells_its_row_and_nothing_of_a_heading_breaks_it() -> None:
    table = 'name,year,revenue,"100%s ""x""",100%s\na,2031,1,,\n"a ""b""\x7f",2025,5,%d,\n'
    done = batch(table, "--format", "jsonl", "--select", 'name,100%s "x",notes', "--pass-unknown")
    assert done.code == 1
    line = json.loads(done.out)
    assert (line["row"], line["stated"]) == (3, {"name": 'a "b"\x7f', '100%s "x"': "%d"})
    assert b"\x7f" not in done.out


def test_names_of_lines_of_json_are_ids() -> None:
    assert batch(TABLE, "--format", "jsonl", "--names", "zh").code == 2
    assert batch(TABLE, "--format", "jsonl", "-o", "x.csv").code == 2
