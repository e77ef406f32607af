"""What the pages are made from, through the public face: JSON of commands, the set of cases, and the list of cliffs."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tomllib
from typing import Any, Literal

from docs_site import ROOT
from taxcalc import Assessment, assess, to_json
from taxcalc.assessment.model import every_levy, reliefs_with, shipped_book

Data = Any
"""Plain data as JSON and TOML have it."""
Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


def said(*args: str) -> str:
    """What a command prints at 80 columns."""
    command = [sys.executable, "-m", "taxcalc", *args]
    return subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout.decode()


@functools.cache
def tables() -> list[Data]:
    """Every table of the law, with all its dated versions."""
    return list(json.loads(said("law", "--format", "json"))["tables"])


@functools.cache
def facts() -> list[Data]:
    """Every fact that may be stated, with the reliefs that ask for it."""
    return list(json.loads(said("facts", "--format", "json"))["facts"])


@functools.cache
def cliffs() -> list[Data]:
    """Every cliff that the solver found."""
    path = ROOT / "verification" / "proofs" / "cliffs" / "cliffs.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["cliff"])


@functools.cache
def reliefs() -> dict[str, Data]:
    """Each relief by its id: its names, and the tables that it rests on."""
    found: dict[str, Data] = {}
    for table in tables():
        for version in table["versions"]:
            for one in version["reliefs"]:
                known = found.setdefault(one["id"], {"names": one, "tables": {}})
                known["tables"][table["path"]] = table
    return found


@functools.cache
def own_tables() -> dict[str, str]:
    """For each relief the one table that it is named after in the rules."""
    return {relief.id: relief.table for relief in reliefs_with(every_levy(shipped_book()))}


@functools.cache
def cases() -> list[Data]:
    """The public set of worked cases: those of the latest year first, and of a year the shortest."""
    found = []
    for path in sorted((ROOT / "cases").glob("*.json")):
        found += json.loads(path.read_text(encoding="utf-8")).get("cases", [])
    return sorted(found, key=_rank, reverse=True)


def example(relief: str) -> Data | None:
    """A worked case in which a relief saves something; one that says so of it rather than one that only rests on its table."""
    declared = [
        case for case in cases() if case["figures"].get("items", {}).get(relief, {}).get("saving", "0.00") != "0.00"
    ]
    table = own_tables()[relief]
    resting = [case for case in cases() if any(one.partition("@")[0] == table for one in case["law"])]
    for case in declared or resting:
        if any(
            item["id"] == relief and item["saving"] not in (None, "0.00") for item in answer(case["id"], "en")["items"]
        ):
            return case
    return None


@functools.cache
def answer(case: str, lang: Lang) -> Data:
    """The answer to a case as JSON has it."""
    return json.loads(to_json(_assessed(case), lang))


@functools.cache
def _assessed(case: str) -> Assessment:
    return assess(next(one["facts"] for one in cases() if one["id"] == case))


def _rank(case: Data) -> tuple[str, int]:
    when = case["facts"].get("period", case["facts"].get("year", ""))
    return str(when)[:4], -len(case["facts"])
