"""`taxcalc returns`: one business and a table of them say the same, files are written whole, rows that are wrong are said."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from helpers.command import here
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.statement import FactSet
from taxcalc.law.book import LawBook
from taxcalc.returns import quarters
from taxcalc.returns.sheet import Returns

FACTS = ("--period", "2026Q2", "--place", "city", "--revenue", "350000")
TABLE = b"id,period,place,revenue\na,2026Q2,city,350000\nb,2026Q2,city,12x\n"


def _lines(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode())))


def test_a_table_and_one_business_say_the_same(tmp_path: Path) -> None:
    clients, output = tmp_path / "clients.csv", tmp_path / "lines.csv"
    clients.write_bytes(TABLE)
    done = here(
        "returns", str(clients), "--names", "id", "-o", str(output)
    )  # rows of CSV are all that a table can have
    assert done.code == 1
    assert here("returns", str(clients), "--format", "markdown").code == 2
    assert "2 rows in = 1 rows out + 1 rejected" in done.last
    of_table = _lines(output.read_bytes())
    single = _lines(here("returns", *FACTS, "--format", "csv", "--names", "id").out)
    assert {row["id"] for row in of_table} == {"a"}
    assert single == [row | {"row": "", "id": ""} for row in of_table]
    assert next(row["amount"] for row in single if (row["line"], row["screen"]) == ("20", "22")) == "3500.00"


def test_the_report_names_lines_in_both_languages_and_says_what_decides() -> None:
    zh, en = (here("returns", *FACTS, "--lang", lang).out.decode() for lang in ("zh", "en"))
    assert "本期应纳税额减征额（第16栏；网页版第18栏）" in zh
    assert "以电子税务局表样为准" in zh
    assert "reduction of the tax (line 16; on screen 18)" in en


def test_how_sure_lines_are_is_said_once_and_where_it_differs() -> None:
    said = here("returns", *FACTS, "--taxable-income", "180000", "--employees", "9", "--assets", "90000").out.decode()
    head, *_ = said.split("main form")
    sections = said.split(" ─")
    assert all("confidence: " in section for section in sections[1:])
    assert max(section.count("confidence: medium") for section in sections) <= 3, head


def test_standard_input_is_a_table_or_the_facts_of_one_by_how_it_begins() -> None:
    of_table = _lines(here("returns", "-", "--names", "id", stdin=TABLE).out)
    assert {row["id"] for row in of_table} == {"a"}
    facts = b'# a firm\nperiod = "2026Q2"\nplace = "city"\nrevenue = 350000\n'
    for one in (facts, b'{"period": "2026Q2",\n "place": "city", "revenue": 350000}'):
        rows = _lines(here("returns", "-", "--format", "csv", "--names", "id", stdin=one).out)
        assert rows == [row | {"row": "", "id": ""} for row in of_table]
    lines = b'{"id": "a", "period": "2026Q2", "place": "city", "revenue": 350000}\n{"id": "b", "period": "2026"}\n'
    assert {row["id"] for row in _lines(here("returns", "-", "--names", "id", stdin=lines).out)} == {"a", "b"}


def test_a_table_is_read_as_a_batch_reads_it(tmp_path: Path) -> None:
    """What is said of its headings, and a line of JSON for each business where that is asked for."""
    odd = tmp_path / "odd.txt"
    odd.write_bytes(b"a title\n\nid,when,place,turn,colour\na,2026Q2,city,350000,red\n")
    told = ("--header-row", "3", "--map", "when=period", "--map", "turn=revenue", "--pass-unknown")
    (line,) = here("returns", str(odd), *told, "--format", "json").out.decode().splitlines()
    made = json.loads(line)
    assert made["business"] == {"row": "4", "id": "a", "name": ""}
    single = json.loads(here("returns", *FACTS, "--format", "json").out)
    assert made | {"business": None} == single
    assert here("returns", "a.toml", "b.toml", "--pass-unknown").code == 2


INCOME = ("--taxable-income", "180000", "--employees", "12", "--assets", "1500000", "--income-tax-prepaid", "3000")


def test_one_line_is_told_with_what_it_is_made_of() -> None:
    """By the code of its form and its number, in a table too; down to the figures that it begins with, each once."""
    said = here("returns", *FACTS, *INCOME, "--line", "a200000:32").out.decode()
    for line in ("(line 32)  = 27−28−30  6,000.00", "(line 27)  = most(0, 25)×26  45,000.00", "(line 18)  180,000.00"):
        assert line in said, line
    assert "(line 11)" not in said
    by_name = here("returns", *FACTS, "--line", "小规模纳税人：16", "--lang", "zh", "--format", "markdown").out.decode()
    assert "本期应纳税额减征额（第16栏；网页版第18栏）  **7,000.00**" in by_name
    clients = b"id,period,place,revenue\na,2026Q2,city,350000\n"
    of_table = here("explain", "-", "--id", "a", "--line", "small-scale:20", stdin=clients).out.decode()
    assert "(line 20; on screen 22)  = 15−16  3,500.00" in of_table
    assert here("returns", *FACTS, "--line", "A200000:32").code == 1, "its income is not known"
    wrong = here("returns", *FACTS, "--line", "A200000:99")
    assert (wrong.code, "write it as in A200000:" in wrong.err) == (2, True)
    assert here("returns", *FACTS, "--line", "A200000:32", "--format", "csv").code == 2


def test_the_page_says_nought_shortly_and_cuts_no_name() -> None:
    """Lines that are nought by their numbers, where CSV has each; the name of a form on lines of its own where it is long."""
    page = here("returns", *FACTS, *INCOME, speaks={"LC_ALL": "C.UTF-8", "COLUMNS": "80"}).out.decode()
    assert "· nought: lines 2, 10, 11, 12, 21" in page
    assert "(line 10)" not in page
    assert "Q2 2026  A200000 Monthly or quarterly prepayment of corporate income tax, class A" in " ".join(
        page.split("\n")
    )
    assert page.count("Annex 2 (surcharges) ─") == 1
    idle = here("returns", *FACTS[:4], "--revenue", "0", "--employees", "12", "--assets", "0").out.decode()
    assert "every amount is nought" in idle
    assert re.search(r"employees, average of the quarters\b.*\b12\b", idle), "a headcount is no amount"
    rows = _lines(here("returns", *FACTS, "--format", "csv", "--names", "id").out)
    assert {row["amount"] for row in rows if row["line"] in ("10", "12") and not row["code"]} == {"0.00"}


def test_a_form_of_no_known_version_is_something_left_out() -> None:
    """Also where every line that is there is filled."""
    facts = (
        "--year",
        "2023",
        "--place",
        "city",
        "--revenue",
        "480000",
        "--taxable-income",
        "90000",
        "--employees",
        "5",
    )
    more = ("--assets", "300000", "--rd-expensed", "0", "--income-tax-prepaid", "0")
    done = here("returns", *facts, *more, "--format", "json")
    made = json.loads(done.out)
    assert any("the version of this form is not known" in note for note in made["notes"])
    lines = [line for sheet in made["sheets"] for line in sheet["lines"]]
    assert {line["name"] for line in lines if line["amount"] is None} == {
        "of these, on other invoices"
    }  # never computed
    assert done.code == 1


def test_columns_stand_side_by_side_and_say_once_what_they_are_made_of() -> None:
    out = here("returns", *FACTS, "--lang", "en").out.decode()
    annex = out[out.index("Annex 2 (surcharges) ─") :].split("\n\n")[0]
    (row,) = (line.split() for line in annex.splitlines() if line.startswith("still to pay"))
    assert row[-3:] == ["122.50", "52.50", "35.00"]
    assert annex.count("= due for the period −") == 1, annex


def test_a_row_of_which_no_form_can_be_made_is_counted_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops no other, and every row is accounted for."""

    def returns_of(facts: FactSet, book: LawBook) -> Returns:
        if facts.stated["revenue"].value == 200:
            raise InputError([problem("row_or_id")])
        return really(facts, book)

    really = quarters.returns_of
    monkeypatch.setattr(quarters, "returns_of", returns_of)
    table = b"id,period,place,revenue\na,2026Q2,city,1\nb,2026Q2,city,2\nc,2026Q2,city,x\n"
    done = here("returns", "-", "--names", "id", stdin=table)
    assert {row["id"] for row in _lines(done.out)} == {"a"}
    assert "row 3 (b): name one row" in done.err
    assert "3 rows in = 1 rows out + 2 rejected" in done.last
