"""The worked cases as a set for others, in `cases/`: `make cases` writes it from tests/cases and the tables of the law."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from helpers.cases import CASES
from helpers.command import ROOT
from taxcalc import Assessment, assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.version import TABLES_VERSION
from taxcalc.law.book import Version
from taxcalc.report.citing import Citing, citation_as_json

FOLDER = ROOT / "cases"
FIGURES = ("levies", "items", "totals", "regime", "loss", "warnings")
"""What a case says of the answer; what is left out speaks of names inside of this program."""


def stated() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each worked case that states a figure, after the name of its file: all but the law that it rests on. What a solver
    found to tell mutants apart is of no use to others."""
    for name, case in CASES.items():
        figures = {key: case[key] for key in FIGURES if key in case}
        if figures and not name.startswith("witnesses/"):
            yield name.partition("/")[0], {key: case[key] for key in ("id", "origin", "facts")} | {"figures": figures}


def key(version: Version) -> str:
    """A version of a table by its name and its first day."""
    return f"{version.path}@{version.start}"


def law_of(answer: Assessment) -> dict[str, dict[str, Any]]:
    """The dated versions of tables that an answer rests on: documents with their clauses, and how each is known."""
    words = Citing(shipped_book(), "zh")
    return {key(version): {**citation_as_json(words, version)} for version in answer.law}


def documents() -> dict[str, dict[str, Any]]:
    """Each file of the set as it should be."""
    made: dict[str, dict[str, Any]] = {}
    for file, case in stated():
        whole = made.setdefault(file, {"schema": "taxcalc/cases/1", "version": TABLES_VERSION, "law": {}, "cases": []})
        law = law_of(assess(case["facts"]))
        whole["law"] |= law
        whole["cases"].append(case | {"law": [*law]})
    return made


def written(document: dict[str, Any]) -> str:
    """A file: a case a line, so that a change of one is a line of a diff."""
    head = [f'"{name}": {json.dumps(document[name])}' for name in ("schema", "version")]
    law = [f"  {json.dumps(name)}: {_line(version)}" for name, version in sorted(document["law"].items())]
    cases = [f"  {_line(case)}" for case in document["cases"]]
    parts = [*head, '"law": {\n' + ",\n".join(law) + "\n}", '"cases": [\n' + ",\n".join(cases) + "\n]"]
    return "{" + ",\n".join(parts) + "}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for name, document in documents().items():
        (FOLDER / f"{name}.json").write_text(written(document), encoding="utf-8", newline="\n")
        print(f"cases/{name}.json: {len(document['cases'])} cases")
