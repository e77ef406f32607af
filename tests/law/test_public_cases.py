"""The set of cases for others says what the tests say; and the tables of the law tell their version."""

from __future__ import annotations

import json
import re
from typing import Any

from jsonschema import Draft202012Validator

from helpers.command import ROOT, here
from helpers.public_cases import FOLDER, law_of, stated
from taxcalc import assess
from taxcalc.base.version import TABLES_VERSION

SET: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
    if not path.stem.endswith(".schema")
}


def test_the_set_states_the_facts_and_figures_of_the_tests() -> None:
    schema = json.loads((FOLDER / "cases.schema.json").read_text(encoding="utf-8"))
    for document in SET.values():
        Draft202012Validator(schema).validate(document)
        assert document["version"] == TABLES_VERSION
        assert {key for case in document["cases"] for key in case["law"]} == document["law"].keys()
    found = [(file, case | {"law": None}) for file, document in SET.items() for case in document["cases"]]
    assert found == [(file, case | {"law": None}) for file, case in stated()], "make cases"


def test_the_law_of_a_case_is_that_of_its_answer() -> None:
    for document in SET.values():
        for case in document["cases"][::60]:
            law = law_of(assess(case["facts"]))
            assert [*law] == case["law"], "make cases"
            assert {key: document["law"][key] for key in law} == law, "make cases"


def test_the_tables_tell_their_version() -> None:
    page = (ROOT / "tables" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", page, re.MULTILINE)[0] == TABLES_VERSION
    assert TABLES_VERSION in here("law").out.decode()
