"""The oracle that an accountant can open: one business on one workbook with live formulas.

    python -m verification.oracle.spreadsheet examples/oracle.xlsx

`filled` enters a business; LibreOffice recalculates; `answers` reads the summary.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from openpyxl import Workbook, load_workbook

from . import fen, sheet_income, sheet_law, sheet_turnover
from .generator import businesses
from .sheet import QUARTERS, Book


def build() -> Book:
    """The workbook, with a small example filled in."""
    book = Book()
    book.book.remove(book.book["Sheet"])
    sheet_law.inputs(book)
    sheet_law.law(book)
    sheet_turnover.vat(book)
    sheet_turnover.surcharges(book)
    sheet_turnover.small_taxes(book)
    sheet_income.corporate(book)
    sheet_income.individual(book)
    sheet_income.summary(book)
    book.book.move_sheet("Summary 汇总", -(len(book.book.sheetnames) - 2))
    book.book.properties.created = book.book.properties.modified = datetime(2026, 1, 1)
    book.book.properties.creator = "taxcalc"
    return book


def fill(book: Book, facts: Mapping[str, str]) -> Workbook:
    """Enter a business by the names of its facts; a fact the workbook does not know is an error."""
    for name, value in facts.items():
        if name == "filing":
            continue
        fact, _, quarter = name.partition("_q") if name[-3:-1] == "_q" else (name, "", "")
        place = book.places[fact]
        column = QUARTERS[int(quarter) - 1] if quarter else "C"
        cell = book.book[place.sheet][f"{column}{place.row}"]
        if value.endswith("%"):
            cell.value = float(value[:-1]) / 100
        else:
            cell.value = value if value.isalpha() or "_" in value else float(value)
    return book.book


def cases(number: int) -> list[dict[str, str]]:
    """Made-up businesses within the limits of the workbook, each of another shape.

    It has one cell for the average of people and of assets.
    """
    known = {*build().places, "filing"}
    found: list[dict[str, str]] = []
    for shape in count():
        (facts,) = businesses(f"sheet {shape}", 1)
        names = {name[:-3] if name[-3:-1] == "_q" else name for name in facts}
        quarterly = any(name.startswith("revenue_q") for name in facts) and facts.get("filing") != "monthly"
        averaged = any(name.startswith(("employees_q", "assets_q")) for name in facts)
        stated = not averaged and "vat_payer" in facts and facts["taxpayer"] in ("enterprise", "individual_business")
        if has_two_rates(facts):
            continue
        if names <= known and quarterly and stated and ("filing" in facts or facts["vat_payer"] == "small_scale"):
            found.append(facts)
        if len(found) == number:
            return found
    raise AssertionError


def has_two_rates(facts: dict[str, str]) -> bool:
    """The first quarter of 2020 has, where it is taxed, and the workbook knows no months."""
    taxed = facts.get("vat_payer") == "small_scale" and fen.read(facts.get("revenue_q1") or "0") > 300_000_00
    return facts.get("year") == "2020" and taxed


def office() -> str | None:
    """The command of LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def recalculate(files: Sequence[Path], folder: Path) -> None:
    """Compute all formulas anew and save each file under its own name in the folder."""
    command = [office() or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def answers(file: Path) -> dict[str, tuple[int, int]]:
    """Fen of each levy without reliefs and to pay, as a recalculated workbook has them."""
    sheet = load_workbook(file, data_only=True)["Summary 汇总"]
    found = {}
    for row in sheet.iter_rows(min_row=3, values_only=True):
        if row[7]:
            found[str(row[7])] = (fen.read(f"{row[2]:.2f}"), fen.read(f"{row[4]:.2f}"))
    return found


def example() -> Workbook:
    """What is shipped: an enterprise whose R&D brings it under the limit of three million."""
    facts = {"year": "2023", "revenue_q1": "250000", "revenue_q2": "310000", "revenue_q3": "280000"}
    facts |= {"revenue_q4": "300000", "taxable_income": "3440000", "rd_expensed": "1000000", "employees": "80"}
    return fill(build(), facts | {"assets": "20000000"})


if __name__ == "__main__":
    example().save(sys.argv[1])
