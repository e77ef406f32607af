"""What is not known of a row is empty in every format, and said; every column has an id that does not change."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from helpers.batch_command import batch
from helpers.batch_command import run as command
from helpers.batches import as_bytes, run, summary
from taxcalc import assess
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.heading import read_header
from taxcalc.report.names import NAMES, titles

BOOK = shipped_book()
ONE_QUARTER = b"id,year,revenue_q1\na,2023,310000.00\n"
LACKING = ["vat", "urban_construction", "education_surcharge", "local_education_surcharge", "corporate_income"]
TOTALS = [f"total.{what}" for what in ("baseline", "saving", "payable")]
ZERO = "year,taxpayer,output_vat,input_vat,vat_payer,taxable_income,land_use_tax_due,employees,assets\n"
ZERO += "2023,enterprise,0,0,general,0,0.00,5,1000\n"
"""Of this business all is known, and it is nought."""


def rows(content: str | bytes, *args: str) -> list[dict[str, str]]:
    """The output by ids."""
    done = batch(content, "--names", "id", *args)
    assert done.code == 0, done.err
    return done.rows


@pytest.mark.parametrize("columns", ["summary", "items", "full"])
def test_of_one_quarter_nothing_is_known(columns: str) -> None:
    (row,) = rows(ONE_QUARTER, "--columns", columns)
    lacking = [id for id in row if id in TOTALS or id.split(".")[0] in LACKING]
    assert len(lacking) >= 3
    assert {row[id] for id in lacking} == {""}
    waits = ("vat_exemption", "education_exemption", "six_taxes_halving", "small_low_profit", "high_tech")
    assert {row.get(f"relief.{id}.saving", "") for id in waits} == {""}
    assert (row["total.grant"], row.get("individual_income.payable", "0.00")) == ("0.00", "0.00")
    assert row["incomplete"].startswith("Value-added tax, Urban construction tax")
    asked = {"Sales, net of VAT: Q2, Q3, Q4", "Taxable income", "Employees", "Total assets"}
    assert asked <= set(row["needs"].split("; "))


@pytest.mark.parametrize("tolls", ["", "0"])
def test_a_levy_that_is_only_assumed_to_be_nought_makes_no_total_known(tolls: str) -> None:
    """Tolls that nobody stated are none; of VAT, surcharges and income tax nothing is known all the same."""
    (row,) = rows(f"id,year,etc_tolls\na,2024,{tolls}\n", "--columns", "summary")
    stated = {"year": "2024"} | ({"etc_tolls": tolls} if tolls else {})
    saved = assess(stated).saved
    assert [row[id] for id in TOTALS] == (["0.00"] * 3 if tolls else [""] * 3)
    assert list(saved[:3]) == ([0] * 3 if tolls else [None] * 3)
    assert row["incomplete"].startswith("Value-added tax")
    assert "vat" in saved.incomplete


def test_nought_is_nought() -> None:
    (row,) = rows(ZERO)
    assert [row[id] for id in TOTALS] == ["0.00"] * 3
    assert row["incomplete"] == ""
    assert row["land_use.payable"] == row["vat.payable"] == "0.00"
    assert row["property.payable"] == ""


def test_both_engines_say_so() -> None:
    for content in (ONE_QUARTER, ZERO.encode()):
        (out, rejects, counts), (others, refused, counted) = run(content, Lists), run(content, Arrays)
        assert (out, rejects, counts[:3]) == (others, refused, counted[:3])
    assert b"a,2023,310000.00,,," in run(ONE_QUARTER, Arrays).out


def test_workbooks_and_parquet_have_empty_cells(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(ONE_QUARTER)
    for name in ("out.xlsx", "out.parquet"):
        done = command("batch", str(tmp_path / "in.csv"), "--names", "id", "--output", str(tmp_path / name))
        assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    heads, cells, _ = ([cell.value for cell in row] for row in sheet.iter_rows())
    frame = pl.read_parquet(tmp_path / "out.parquet")
    assert heads == frame.columns
    for one in (dict(zip(heads, cells, strict=True)), frame.row(0, named=True)):
        assert [one[id] for id in (*TOTALS, "vat.payable", "relief.vat_exemption.saving")] == [None] * 5
        assert str(one["incomplete"]).startswith("Value-added tax, ")
    assert frame.schema["total.payable"] == pl.Decimal(18, 2)


def test_totals_of_a_batch_say_what_they_lack() -> None:
    found = json.loads(batch(ONE_QUARTER, "--summary", "--by", "id", "--format", "json").out)
    for entry in (found, *found["groups"]):
        assert [entry[key] for key in ("baseline", "saving", "payable")] == [None] * 3
        assert entry["incomplete"] == dict.fromkeys(LACKING, 1)
    mixed = as_bytes(["id", "year", "revenue"], [["a", "2023", "310000"], ["b", "2023", ""], ["c", "2023", "0"]])
    found = json.loads(batch(mixed, "--summary", "--format", "json").out)
    assert found["baseline"] is not None
    assert found["incomplete"] == {"vat": 1, **dict.fromkeys(LACKING[1:4], 1), "corporate_income": 3}
    long = csv.DictReader(io.StringIO(batch(mixed, "--summary", "--format", "csv", "--names", "id").out.decode()))
    lines = {row["item"]: (row["businesses"], row["amount"]) for row in long}
    assert lines["incomplete.corporate_income"] == ("3", "")
    assert lines["incomplete.resource"] == ("0", "")
    assert lines["relief.small_low_profit.saving"] == ("0", "")
    assert "未计入：增值税 1 户" in batch(mixed, "--summary", "--lang", "zh").out.decode()


@pytest.mark.parametrize("engine", [Lists, Arrays])
def test_a_sum_counts_what_is_known(engine: Any) -> None:
    content = as_bytes(["id", "year", "revenue"], [["a", "2023", "400000"], ["b", "2023", ""]])
    sums = summary(content, engine, []).all.sums
    assert sums["total.baseline"] == (400000 * 3 + 400000 * 3 * 12 // 100, 1)


# ---------------------------------------------------------------------- names


def test_ids_are_unique_and_have_a_name_in_each_language() -> None:
    found = titles(BOOK)
    assert all(zh and en for zh, en in found.values())
    for side in (0, 1):
        names = [name[side] for id, name in found.items() if "." in id]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("columns", ["summary", "items", "full"])
def test_the_columns_of_ids_depend_on_no_table(columns: Any) -> None:
    tables = (
        ["year", "revenue_q1"],
        ["年度", "个人所得税其他减免税额", "vehicle_price"],
        ["period", "interns", "high_tech"],
    )
    headers = [read_header(titles, catalogue_of(BOOK), "test") for titles in tables]
    made = [Computation(header, Lists(), BOOK, columns, {}, every=True).plan.figures for header in headers]
    assert made[0] == made[1] == made[2]
    assert len(set(made[0])) == len(made[0])
    assert set(made[0]) <= titles(BOOK).keys()


@pytest.mark.parametrize("names", NAMES)
def test_names_are_told_apart_from_the_language(names: str) -> None:
    """Headings as asked for, words in the language of the output."""
    for lang, word in (("zh", "增值税"), ("en", "Value-added tax")):
        (row,) = batch(ONE_QUARTER, "--names", names, "--lang", lang, "--columns", "summary").rows
        heads = {"id": "incomplete", "zh": "未计入的税费", "en": "not counted"}
        assert row[heads[names]].startswith(word)


def test_what_no_row_can_have_in_its_years_is_left_out() -> None:
    """The exemption of all sales at 3% was there in 2022 alone; ids are of every year."""
    name = titles(BOOK)["relief.vat_full_exemption.saving"][1]

    def heads(*years: str) -> list[str]:
        content = as_bytes(["year", "revenue", "vat_payer"], [[year, "1", "small_scale"] for year in years])
        return list(batch(content, "--lang", "en").rows[0])

    assert name not in heads("2023", "2025")
    assert name in heads("2025", "2022")
    assert titles(BOOK)["relief.vat_exemption.saving"][1] in heads("2025")
    assert "relief.vat_full_exemption.saving" in rows("year,revenue\n2025,1\n")[0]


def test_the_table_of_rows_put_aside_has_names_too(tmp_path: Path) -> None:
    for names, heading in (("id", "row,id,column,value,problem"), ("zh", "行,标识,列,值,问题与处理")):
        done = batch(b"id,year,revenue\na,2023,x\n", "--rejects", str(tmp_path / names), "--names", names)
        assert done.code == 2
        assert (tmp_path / names).read_text("utf-8-sig").splitlines()[0] == heading


def test_every_other_table_has_names_too() -> None:
    facts = ["assess", "--set", "year=2023", "--set", "revenue=1", "--format", "csv", "--lang", "en"]
    head = command(*facts, "--names", "id").out.decode().partition("\n")[0]
    assert head == "id,relief,kind,status,base,before,saving,after,worth,reason,source"
    assert command(*facts, "--names", "zh").out.decode().startswith("id,优惠,")
    refused = command("assess", "--set", "year=2023", "--names", "id")
    assert (refused.code, refused.out == b"") == (2, True)
    made = command("template", "--lang", "zh", "--names", "id").out.decode("utf-8-sig").splitlines()
    assert made[0].startswith("id,name,year,taxpayer")
    assert "企业" in made[1]
