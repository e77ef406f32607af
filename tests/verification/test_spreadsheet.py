"""The spreadsheet oracle: what is shipped is current, and LibreOffice computes to the fen what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.command import ROOT
from taxcalc import assess as program
from verification.oracle import assess
from verification.oracle.generator import command
from verification.oracle.spreadsheet import answers, build, cases, example, fill, recalculate

SHIPPED = ROOT / "examples" / "oracle.xlsx"
CASES = 40


def test_shipped_workbook_is_current() -> None:
    """`python -m verification.oracle.spreadsheet examples/oracle.xlsx` writes it anew."""
    shipped, made = load_workbook(SHIPPED), example()
    assert shipped.sheetnames == made.sheetnames
    for sheet in made:
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [[cell.value for cell in row] for row in shipped[sheet.title].iter_rows()] == cells


@pytest.mark.spreadsheet
def test_workbook_agrees_with_the_program(tmp_path: Path) -> None:
    """Dozens of businesses on workbooks of their own, recalculated in one go."""
    given, computed = tmp_path / "given", tmp_path / "computed"
    given.mkdir()
    table = cases(CASES)
    files = [given / f"{i}.xlsx" for i in range(len(table))]
    for facts, file in zip(table, files, strict=True):
        fill(build(), facts).save(file)
    recalculate(files, computed)
    for facts, file in zip(table, files, strict=True):
        mine, theirs = assess(facts), program(dict(facts))
        for levy, amounts in answers(computed / file.name).items():
            found = theirs.levy(levy)
            assert amounts == (found.baseline or 0, found.payable or 0), f"{levy}: {command(facts)}"
            assert amounts == mine.levies.get(levy, (0, 0)), f"{levy}: {command(facts)}"
