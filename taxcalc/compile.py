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

from taxcalc.catalogue import Fact
from taxcalc.period import OPEN
from taxcalc.tables import TableError

EVIDENCE = ("read", "secondary", "memory")
FACT_TYPES = ("text", "money", "rate", "average", "count", "flag", "choice")

_ASTRAY = (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError, AssertionError, RecursionError)
"""What Python says where a value has not the shape that it must have."""
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
        except (ValueError, RecursionError) as error:
            raise TableError("table_toml", where=name, why=str(error)) from None
        try:
            if name == "documents.toml":
                documents = {key: _document(name, key, body) for key, body in content.items()}
            elif name == "facts.toml":
                facts = {key: _fact(name, key, body) for key, body in content.items()}
            else:
                for path, body in _tables_in(name, "", content):
                    if path in tables:
                        raise TableError("table_twice", where=name, path=path)
                    tables[path] = _table(name, path, body)
        except _ASTRAY as error:  # a list where a text belongs, and the like
            raise TableError("table_shape", where=name, why=f"{type(error).__name__}: {error}") from None
    for path, table in tables.items():
        for version in table["versions"]:
            for document, _ in version["cites"]:
                if document not in documents:
                    raise TableError("table_document", where=f"[{path}] {version['from']}", document=document)
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
        raise TableError("table_bare_number", where=name, number=text)

    return refuse


def _tables_in(name: str, path: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, body in content.items():
        where = f"{path}.{key}".lstrip(".")
        if not isinstance(body, dict):
            raise TableError("table_outside", where=name, key=where)
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
            raise TableError("table_label", where=f"{where} parameters.{key}")
        parameters[key] = label
    versions = [_version(where, parameters, version) for version in body.get("version", [])]
    if not versions:
        raise TableError("table_no_version", where=where, path=path)
    versions.sort(key=lambda v: v["from"])
    for earlier, later in itertools.pairwise(versions):
        if later["from"] <= earlier["until"]:
            raise TableError("table_overlap", where=where, one=earlier["from"], other=later["from"])
    table: dict[str, Any] = {"zh": zh, "en": en, "parameters": parameters, "versions": versions}
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
        raise TableError("table_ends_early", where=where)
    if body.get("evidence") not in EVIDENCE or body.get("clause_evidence", "read") not in EVIDENCE:
        raise TableError("table_evidence", where=where, allowed=list(EVIDENCE))
    cites = [[body.get("document"), body.get("clause")], *body.get("also", [])]
    for cite in cites:
        if not (isinstance(cite, list) and len(cite) == 2 and all(isinstance(part, str) and part for part in cite)):
            raise TableError("table_citation", where=where)
    values = {key: value for key, value in body.items() if key not in _VERSION}
    given = set(values) - {"bands"}
    for band in values.get("bands", []):
        given |= set(band)
    missing = set() if "bands" in values else set(parameters) - given  # a last band has no upper end
    if given - set(parameters) or missing:
        strange = sorted((given - set(parameters)) | missing)
        raise TableError("table_parameters", where=where, names=strange)
    return {
        "from": start.isoformat(),
        "until": until.isoformat(),
        "cites": cites,
        "evidence": body["evidence"],
        "clause_evidence": body.get("clause_evidence", body["evidence"]),
        "note": [body["note_zh"], body["note_en"]] if "note_zh" in body else None,
        "values": {key: _value(f"{where} {key}", value) for key, value in values.items()},
    }


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
    raise TableError("table_quantity", where=where, value=repr(value))


def _document(name: str, key: str, body: Any) -> list[str]:
    if not isinstance(body, dict):
        raise TableError("table_label", where=f"{name}: {key}")
    _only(f"{name}: [{key}]", body, {"zh", "en"})
    return list(_labels(f"{name}: [{key}]", body))


def _fact(name: str, key: str, body: Any) -> dict[str, Any]:
    where = f"{name}: [{key}]"
    if not isinstance(body, dict):
        raise TableError("table_fact", where=where)
    _only(where, body, _FACT)
    _labels(where, body)
    if body.get("type") not in FACT_TYPES:
        raise TableError("table_type", where=where, allowed=list(FACT_TYPES))
    if (body["type"] == "choice") != ("options" in body):
        raise TableError("table_options", where=where)
    Fact(key, body)  # its limits, options and assumption can be read
    return dict(body)


def _check_names(facts: Mapping[str, Any]) -> None:
    taken: dict[str, str] = {}
    for key, body in facts.items():
        for name in (key, body["zh"], *body.get("aliases", [])):
            plain = name.casefold().replace("-", "_").replace(" ", "_")
            if taken.setdefault(plain, key) != key:
                raise TableError("table_name_twice", where="facts.toml", name=name, one=taken[plain], other=key)


def _labels(where: str, body: Mapping[str, Any]) -> tuple[str, str]:
    labels = body.get("zh"), body.get("en")
    if not all(isinstance(label, str) and label.strip() for label in labels):
        raise TableError("table_label", where=where)
    return str(labels[0]), str(labels[1])


def _only(where: str, body: Mapping[str, Any], allowed: set[str]) -> None:
    for key in body:
        if key not in allowed:
            raise TableError("table_key", where=where, key=key, allowed=sorted(allowed))


def _day(where: str, key: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    raise TableError("table_date", where=where, key=key)
