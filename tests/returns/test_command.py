"""`taxcalc returns`: one business and a table of them say the same, files are written whole, rows that are wrong are said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from helpers.command import here

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
    assert here("returns", str(clients), "--format", "json").code == 2
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
