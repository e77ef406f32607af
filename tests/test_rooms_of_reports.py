"""What reports may know: results and documents, never graphs, engines, rules or tables of many firms."""

from __future__ import annotations

import re
from pathlib import Path

import taxcalc

PACKAGE = Path(taxcalc.__file__).parent
IMPORTED = re.compile(r"^\s*(?:from|import) ([\w.]+)", re.MULTILINE)


def test_reports_know_no_graph_no_rules_and_no_batch() -> None:
    for file in (PACKAGE / "report").rglob("*.py"):
        rooms = {
            name.split(".")[1] for name in IMPORTED.findall(file.read_text("utf-8")) if name.startswith("taxcalc.")
        }
        assert rooms <= {"base", "facts", "law", "assessment", "report"}, file


def test_private_parts_of_typer_stand_in_one_file() -> None:
    files = {file.name for file in PACKAGE.rglob("*.py") if "typer._" in file.read_text("utf-8")}
    assert files == {"parser.py"}
