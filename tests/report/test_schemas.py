"""The JSON of every command: one schema each, and one shape of what it rests on."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.main import get_command

from helpers.command import ROOT, here
from helpers.years import FIRST, LAST, YEARS
from taxcalc.assessment.model import book_with
from taxcalc.base.problem import Lang
from taxcalc.cli.application import app
from taxcalc.cli.law import law_app
from taxcalc.report.citing import Citing, citation_as_json

FOLDER = ROOT / "taxcalc" / "schema"
SCHEMAS: dict[str, Any] = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.iterdir())}
CITATION = SCHEMAS["law.schema.json"]["$defs"]["citation"]
CITY = ROOT / "examples" / "my-city"
LANGS: tuple[Lang, ...] = ("zh", "en")
OLDER = "taxcalc/assessment/1"
"""Kept for those who know it; what it had is asked for in test_answers.py."""

EXAMPLE = str(ROOT / "examples" / "equipment-maker.toml")
SERVICE = str(ROOT / "examples" / "individual-shop.toml")
TABLE = str(ROOT / "examples" / "clients.csv")
FIRM = ["--period=2023", "--taxable-income=3_050_000", "--employees=80", "--assets=20_000_000", "--rd-expensed=0"]
ASKED: dict[str, list[list[str]]] = {
    "facts": [["facts"]],
    "config": [["config"], ["config", "x.csv"]],
    "law show": [
        ["law"],
        *(["law", "--at", str(year)] for year in YEARS),
        ["law", "cit.rd.rate"],
        ["law", "iit.business.up_to", "--at", "2026-06-30"],
    ],
    "law diff": [
        *(["law", "diff", str(one), str(other)] for one, other in itertools.pairwise(range(2018, 2029))),
        ["law", "diff", str(FIRST), str(LAST)],
        ["law", "diff", "2022-12-31", "2023-01-01"],
        ["law", "diff", "2022Q1", "2022-05"],
    ],
    "law check": [
        *(["law", "check", "--on", str(year)] for year in (2019, 2023, 2026, 2028)),
        ["law", "check", "--evidence"],
    ],
    "measures": [
        ["measures"],
        ["measures", "--notice", "wuwei-2023", "--computable"],
        *(["measures", "--in-force", str(year)] for year in YEARS),
    ],
    "assess": [["assess", EXAMPLE, "--set", f"year={year}", "--explain"] for year in YEARS],
    "returns": [
        *(["returns", SERVICE, "--set", f"year={year}"] for year in YEARS),
        ["returns", "--year", "2024", "--set", "taxable_income=1000;2000;-9000;4000", "--revenue", "1"],
    ],
    "verify": [["verify", "-"]],
    "advise": [["advise", SERVICE, "--set", f"year={year}"] for year in (FIRST, LAST)],
    "what-if": [["what-if", *FIRM, "--set", "rd_expensed=1_500_000", "--year", str(LAST)]],
    "curve": [["curve", *FIRM, "--over", "taxable_income=0..4_000_000"]],
    "batch": [["batch", TABLE, "--summary"], ["batch", TABLE, "--summary", "--by", "county"]],
    "reform": [["reform", TABLE, "--law", "cit.small_low_profit.income=5_000_000"]],
    "check": [["check", TABLE], ["check", TABLE, "--sample", "5"]],
    "explain": [["explain", TABLE, "--row", str(row)] for row in (2, 5)],
}
"""By command: how it is asked for JSON, in every year where it is told one."""


def validator(schema: str) -> Draft202012Validator:
    """That of a document which names its schema: taxcalc/law/1 is law.schema.json, taxcalc/assessment/2 has its number."""
    _, name, version = schema.split("/")
    found = SCHEMAS[f"{name}.schema.json" if version == "1" else f"{name}-{version}.schema.json"]
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def asked(args: list[str], *more: str) -> dict[str, Any]:
    """What a command says as JSON; its first key names the schema that it keeps."""
    stated = b""
    if args[0] == "verify":  # an answer under the same tables, with something that is not so
        tables = [word for word in more if word.startswith("--tables")]
        stated = here("assess", EXAMPLE, *tables, "--format", "json").out.replace(
            b'"saving": "0.00"', b'"saving": "0.01"', 1
        )
    done = here(*args, *more, "--format", "json", stdin=stated)
    assert done.code == 0 or (done.code == 1 and args[0] in ("returns", "verify")), (
        args  # forms of which the version is not known are left out; a difference is found
    )
    assert not done.err or args[0] in ("batch", "check", "reform")  # which tells how it read the table
    document: dict[str, Any] = json.loads(done.out)
    assert next(iter(document)) == "schema"
    validator(document["schema"]).validate(document)
    return document


def entries(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, but for those inside of a citation."""
    if isinstance(part, dict):
        yield part
        part = [] if part.keys() == CITATION["properties"].keys() else list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from entries(one)


@pytest.mark.parametrize("folders", [(), (CITY,)], ids=["shipped", "my-city"])
@pytest.mark.parametrize("command", dict.fromkeys(name.partition(" ")[0] for name in ASKED))
def test_every_output_keeps_its_schema_and_cites_alike(command: str, folders: tuple[Path, ...]) -> None:
    """A version is cited in the same words wherever it stands, and nothing else tells a clause or its evidence."""
    book, found = book_with(folders), set()
    tables = [f"--tables={folder}" for folder in folders]
    calls = [call for name in ASKED if name.partition(" ")[0] == command for call in ASKED[name]]
    tables = [] if command == "config" else tables  # it reads none
    for lang, args in itertools.product(LANGS, calls):
        for entry in entries(asked(args, "--lang", lang, *tables)):
            if entry.keys() == CITATION["properties"].keys():
                versions = {version.start.isoformat(): version for version in book.table(entry["table"]).versions}
                assert entry == citation_as_json(Citing(book, lang), versions[entry["from"]])
                found.add(lang)
            else:
                assert not {"clause", "evidence", "clause_evidence"} & entry.keys()
    silent = ("facts", "config", "batch", "check", "reform", "returns", "verify")
    assert found == (set() if command in silent else set(LANGS))


def json_writers(group: Any, before: str = "") -> Iterator[str]:
    """The commands that offer JSON."""
    for name, command in group.commands.items():
        if any("json" in (getattr(param, "metavar", None) or "").split("|") for param in command.params):
            yield before + name


def test_every_command_that_offers_json_is_asked_for_it() -> None:
    writers = {*json_writers(get_command(app)), *json_writers(get_command(law_app), "law ")}
    assert writers == set(ASKED)


def test_every_schema_is_that_of_an_output() -> None:
    named = {asked(calls[0])["schema"] for calls in ASKED.values()} | {OLDER, "taxcalc/row/1"}
    assert named == {schema["properties"]["schema"]["const"] for schema in SCHEMAS.values()}
    page = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    for name, schema in SCHEMAS.items():
        const = schema["properties"]["schema"]["const"]
        assert validator(const).schema is schema
        assert f'| `"{const}"` | `{name}` |' in page


WITHOUT = [
    "batch-summary.schema.json",
    "check.schema.json",
    "config.schema.json",
    "facts.schema.json",
    "reform.schema.json",
    "returns.schema.json",
    "row.schema.json",
    "verify.schema.json",
]
CURRENT = {name: schema for name, schema in SCHEMAS.items() if schema["properties"]["schema"]["const"] != OLDER}


@pytest.mark.parametrize("name", CURRENT)
def test_a_schema_is_closed_and_has_no_idle_part(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    parts = list(objects(schema))
    for part in parts:
        if "properties" in part and part.get("type") == "object":
            assert part["additionalProperties"] is False, part
            optional = {"explanation", "standing", "advice"} if part is schema else set()
            assert set(part["required"]) == part["properties"].keys() - optional
    used = {part["$ref"] for part in parts if "$ref" in part}
    assert used == {f"#/$defs/{key}" for key in schema["$defs"]}


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema."""
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from objects(one)


def test_what_schemas_have_in_common_is_the_same_in_all() -> None:
    """The citation above all, which only the catalogue of facts and totals of a table have none of."""
    assert [name for name, schema in CURRENT.items() if "citation" not in schema["$defs"]] == WITHOUT
    for key in ("citation", "both", "evidence", "day_or_null", "figure", "band", "named"):
        found = [schema["$defs"][key] for schema in CURRENT.values() if key in schema["$defs"]]
        assert len(found) > 1
        assert all(one == found[0] for one in found), key
