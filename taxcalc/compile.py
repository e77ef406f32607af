"""Strict reading of the tables: what is not understood is an error that names its file and key.

Nothing in a table is code. A quantity is text with a unit ("3_000_000 yuan", "25%", "300 persons"); in
compiled form it is [unit, numerator, denominator], money in fen.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from taxcalc.period import OPEN
from taxcalc.tables import TableError

EVIDENCE = ("read", "secondary", "memory")
FACT_TYPES = ("text", "money", "rate", "average", "count", "flag", "choice")

_HEADER = {"zh", "en", "measure", "notice_until", "parameters", "version"}
_VERSION = {"from", "until", "document", "clause", "also", "evidence", "clause_evidence", "note_zh", "note_en"}
_FACT = {
    "zh", "en", "type", "group", "aliases", "help_zh", "help_en", "series", "points", "options", "assume",
    "assume_if", "entitles", "negative", "max", "min", "spread",
}  # fmt: skip
_QUANTITY = re.compile(r"(\d[\d_]*(?:\.\d+)?)\s*(yuan|%|‰|persons|years|months|mu)|(\d+)/(\d+)")


def compile_tables(texts: Mapping[str, bytes]) -> dict[str, Any]:
    """Documents, dated tables and the catalogue of facts, from the text of each file by its name."""
    documents: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for name, text in texts.items():
        try:
            content = tomllib.loads(text.decode("utf-8"), parse_float=_no_bare_number(name))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError(f"{name}: not valid TOML in UTF-8 ({error}); mend the line it names") from error
        if name == "documents.toml":
            documents = {key: _document(name, key, body) for key, body in content.items()}
        elif name == "facts.toml":
            facts = {key: _fact(name, key, body) for key, body in content.items()}
        else:
            for path, body in _tables_in(name, "", content):
                if path in tables:
                    raise TableError(f"{name}: [{path}] stands in another file too; keep one")
                tables[path] = _table(name, path, body)
    for path, table in tables.items():
        for version in table["versions"]:
            for document, _ in version["cites"]:
                if document not in documents:
                    raise TableError(f"[{path}] {version['from']}: document {document!r} is not in documents.toml")
    _check_names(facts)
    return {"documents": documents, "tables": tables, "facts": facts}


def quantity(text: str) -> tuple[str, int, int] | None:
    """The unit (money in fen, rate or count) and exact value of a written quantity, or None."""
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return None
    if match[3]:
        ratio = Fraction(int(match[3]), int(match[4]))
        return "rate", ratio.numerator, ratio.denominator
    value = Fraction(match[1].replace("_", ""))
    unit = match[2]
    if unit == "yuan":
        value, kind = value * 100, "money"
    elif unit in "%‰":
        value, kind = value / (100 if unit == "%" else 1000), "rate"
    else:
        kind = "count"
    return kind, value.numerator, value.denominator


def _no_bare_number(name: str) -> Any:
    def refuse(text: str) -> None:
        raise TableError(f'{name}: the bare number {text} has no unit; write it as text, for instance "{text}%"')

    return refuse


def _tables_in(name: str, path: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, body in content.items():
        where = f"{path}.{key}".lstrip(".")
        if not isinstance(body, dict):
            raise TableError(f"{name}: {where} stands outside any table; put it under a [heading]")
        if "zh" in body:
            yield where, body
        else:
            yield from _tables_in(name, where, body)


def _table(name: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    where = f"{name}: [{path}]"
    _only(where, body, _HEADER)
    zh, en = _labels(where, body)
    parameters = {}
    for key, label in body.get("parameters", {}).items():
        if not (isinstance(label, list) and len(label) == 2 and all(isinstance(t, str) and t for t in label)):
            raise TableError(f"{where} parameters.{key}: give a label in Chinese and in English")
        parameters[key] = label
    versions = [_version(where, parameters, version) for version in body.get("version", [])]
    if not versions:
        raise TableError(f"{where}: has no version; add [[{path}.version]] with its dates and document")
    versions.sort(key=lambda v: v["from"])
    for earlier, later in itertools.pairwise(versions):
        if later["from"] <= earlier["until"]:
            raise TableError(f"{where}: the versions from {earlier['from']} and {later['from']} overlap")
    table: dict[str, Any] = {"zh": zh, "en": en, "parameters": parameters, "versions": versions}
    table["units"] = {key: unit for version in body["version"] for key, unit in _units(version)}
    if "measure" in body:
        table["measure"] = body["measure"]
    if "notice_until" in body:
        table["notice_until"] = _day(where, "notice_until", body["notice_until"]).isoformat()
    return table


def _version(where: str, parameters: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    start = _day(where, "from", body.get("from"))
    where = f"{where} version from {start}"
    until = OPEN if body.get("until") == "open" else _day(where, "until", body.get("until"))
    if until < start:
        raise TableError(f"{where}: ends before it begins")
    if body.get("evidence") not in EVIDENCE or body.get("clause_evidence", "read") not in EVIDENCE:
        raise TableError(f"{where}: evidence must be one of {', '.join(EVIDENCE)}")
    cites = [[body.get("document"), body.get("clause")], *body.get("also", [])]
    for cite in cites:
        if not (isinstance(cite, list) and len(cite) == 2 and all(isinstance(part, str) and part for part in cite)):
            raise TableError(f"{where}: a citation needs a document and a clause; every figure must have one")
    values = {key: value for key, value in body.items() if key not in _VERSION}
    given = set(values) - {"bands"}
    for band in values.get("bands", []):
        given |= set(band)
    missing = set() if "bands" in values else set(parameters) - given  # a last band has no upper end
    if given - set(parameters) or missing:
        strange = ", ".join(sorted((given - set(parameters)) | missing))
        raise TableError(f"{where}: {strange}: the version and the table's parameters do not agree; check the spelling")
    return {
        "from": start.isoformat(),
        "until": until.isoformat(),
        "cites": cites,
        "evidence": body["evidence"],
        "clause_evidence": body.get("clause_evidence", body["evidence"]),
        "note": [body["note_zh"], body["note_en"]] if "note_zh" in body else None,
        "values": {key: _value(f"{where} {key}", value) for key, value in values.items()},
    }


def _units(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The units in which figures are written, where the compiled form does not tell: '‰', 'persons', '/' of a fraction."""
    for key, value in body.items():
        if isinstance(value, list):
            for band in value:
                if isinstance(band, dict):
                    yield from _units(band)
        elif isinstance(value, str) and quantity(value):
            unit = value.strip().lstrip("0123456789_. ")
            if unit not in ("yuan", "%"):
                yield key, unit[:1] if unit[:1] == "/" else unit


def _value(where: str, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [{key: _value(f"{where}.{key}", item) for key, item in band.items()} for band in value]
    if isinstance(value, str):
        if not value[:1].isdigit():
            return value
        found = quantity(value)
        if found:
            return list(found)
    raise TableError(
        f'{where}: {value!r} is not a quantity; write a unit, such as "25%", "100_000 yuan" or "300 persons"'
    )


def _document(name: str, key: str, body: Any) -> list[str]:
    if not isinstance(body, dict):
        raise TableError(f"{name}: {key} needs zh and en")
    _only(f"{name}: [{key}]", body, {"zh", "en"})
    return list(_labels(f"{name}: [{key}]", body))


def _fact(name: str, key: str, body: Any) -> dict[str, Any]:
    where = f"{name}: [{key}]"
    if not isinstance(body, dict):
        raise TableError(f"{where}: a fact is a table of its own")
    _only(where, body, _FACT)
    _labels(where, body)
    if body.get("type") not in FACT_TYPES:
        raise TableError(f"{where}: type must be one of {', '.join(FACT_TYPES)}")
    if (body["type"] == "choice") != ("options" in body):
        raise TableError(f"{where}: options belong to a choice, and a choice needs them")
    return dict(body)


def _check_names(facts: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {}
    for key, body in facts.items():
        for name in (key, body["zh"], *body.get("aliases", [])):
            plain = name.casefold().replace("-", "_").replace(" ", "_")
            if taken.setdefault(plain, key) != key:
                raise TableError(f"facts.toml: the name {name!r} belongs to both {taken[plain]} and {key}; keep one")


def _labels(where: str, body: Mapping[str, Any]) -> tuple[str, str]:
    labels = body.get("zh"), body.get("en")
    if not all(isinstance(label, str) and label.strip() for label in labels):
        raise TableError(f"{where}: needs a label in Chinese (zh) and in English (en)")
    return str(labels[0]), str(labels[1])


def _only(where: str, body: Mapping[str, Any], allowed: set[str]) -> None:
    for key in body:
        if key not in allowed:
            raise TableError(f"{where}: the key {key!r} is not known; allowed are {', '.join(sorted(allowed))}")


def _day(where: str, key: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    raise TableError(f'{where}: {key} must be a date such as 2023-01-01 (an open end is written until = "open")')
