"""Strict reading of the tables: what is not understood is an error that names its file and key.

Nothing in a table is code. A quantity is text with a unit ("3_000_000 yuan", "25%", "300 persons"); in
compiled form it is [unit, numerator, denominator], money in fen.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from taxcalc.base.period import OPEN
from taxcalc.facts.catalogue import Fact
from taxcalc.law import reckoning, registers
from taxcalc.law.folder import TableError
from taxcalc.law.registers import day, labels, only

EVIDENCE = ("read", "secondary", "memory")
FACT_TYPES = ("text", "money", "rate", "average", "count", "month", "flag", "choice")

_ASTRAY = (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError, AssertionError, RecursionError)
"""What Python says where a value has not the shape that it must have."""
_HEADER = {"zh", "en", "measure", "notice_until", "parameters", "version"}
_VERSION = {
    "from", "until", "document", "clause", "also", "evidence", "clause_evidence", "note_zh", "note_en", "kept_until",
}  # fmt: skip
_FACT = {
    "zh", "en", "type", "group", "aliases", "help_zh", "help_en", "series", "points", "options", "assume",
    "assume_if", "entitles", "negative", "max", "min", "spread", "places",
}  # fmt: skip
_QUANTITY = re.compile(r"(\d[\d_]*(?:\.\d+)?)\s*(yuan|%|‰|persons|years|months|mu)|(\d+)/(\d+)")


def compile_tables(texts: Mapping[str, bytes], base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything that a folder of tables says, from the text of each file by its name.

    With a `base`, the folder adds to it: a table that it states whole replaces the one of that path, one
    that has only versions amends it from their dates on. Raises TableError.
    """
    found: dict[str, Any] = {
        "documents": dict(base["documents"]) if base else {},
        "tables": dict(base["tables"]) if base else {},
        "facts": dict(base["facts"]) if base else {},
        "groups": dict(base["groups"]) if base else {},
        "notices": dict(base["notices"]) if base else {},
        "rows": list(base["rows"]) if base else [],
    }
    stated: set[str] = set()
    for name, text in texts.items():
        try:
            _read_file(name, _parsed(name, text), found, stated)
        except _ASTRAY as error:  # a list where a text belongs, and the like
            raise TableError("table_shape", where=name, why=f"{type(error).__name__}: {error}") from None
    _check_together(found)
    return found


def _read_file(name: str, content: Mapping[str, Any], found: dict[str, Any], stated: set[str]) -> None:
    """Add what one file says to what was found; `stated` are the tables of this folder so far."""
    match name:
        case "documents.toml":
            found["documents"] |= registers.read_documents(name, content)
        case "facts.toml":
            found["facts"] |= {key: _fact(name, key, body) for key, body in content.items()}
        case "groups.toml":
            found["groups"] |= registers.read_groups(name, content)
        case "measures.toml":
            found["notices"] |= registers.read_notices(name, content)
        case "return_rows.toml":
            found["rows"] += registers.read_rows(name, content)
        case _:
            for path, body in _tables_in(name, "", content, found["tables"]):
                if path in stated:
                    raise TableError("table_twice", where=name, path=path)
                stated.add(path)
                amended = found["tables"].get(path) if "zh" not in body else None
                found["tables"][path] = _amended(name, path, amended, body) if amended else _table(name, path, body)


def _parsed(name: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8-sig"), parse_float=_no_bare_number(name))
    except (ValueError, RecursionError) as error:
        raise TableError("table_toml", where=name, why=str(error)) from None


def _check_together(found: Mapping[str, Any]) -> None:
    """What can only be checked once every file is read: names that must be found elsewhere."""
    documents = found["documents"]
    for path, table in found["tables"].items():
        if table.get("reckon"):
            reckoning.check_facts(f"[{path}]", table["reckon"], found["facts"], found["groups"])
        for version in table["versions"]:
            for document, _ in version["cites"]:
                if document not in documents:
                    raise TableError("table_document", where=f"[{path}] {version['from']}", document=document)
    cited = [("groups.toml", key, group["cite"][0]) for key, group in found["groups"].items()]
    cited += [("measures.toml", key, notice["document"]) for key, notice in found["notices"].items()]
    for name, key, document in cited:
        if document not in documents:
            raise TableError("table_document", where=f"{name}: [{key}]", document=document)
    _check_names(found["facts"])


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


def _tables_in(
    name: str, path: str, content: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, body in content.items():
        where = f"{path}.{key}".lstrip(".")
        if not isinstance(body, dict):
            raise TableError("table_outside", where=name, key=where)
        if "zh" in body or (where in known and "version" in body):
            yield where, body
        else:
            yield from _tables_in(name, where, body, known)


def _table(name: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    where = f"{name}: [{path}]"
    only(where, body, _HEADER | reckoning.KEYS)
    zh, en = labels(where, body)
    parameters = {}
    for key, label in body.get("parameters", {}).items():
        if not (isinstance(label, list) and len(label) == 2 and all(isinstance(t, str) and t for t in label)):
            raise TableError("table_label", where=f"{where} parameters.{key}")
        parameters[key] = label
    table: dict[str, Any] = {"zh": zh, "en": en, "parameters": parameters}
    table["versions"] = _versions(where, path, parameters, body)
    table["units"] = _units_in(body)
    if "measure" in body:
        table["measure"] = body["measure"]
    if "notice_until" in body:
        table["notice_until"] = day(where, "notice_until", body["notice_until"]).isoformat()
    heading = reckoning.read_heading(where, body)
    if heading:
        table["reckon"] = heading
        needed = reckoning.HOW[heading["how"]]
        if needed and needed not in parameters:
            raise TableError("table_needs", where=where, key=heading["how"], needed=needed)
    return table


def _versions(
    where: str, path: str, parameters: Mapping[str, Any], body: Mapping[str, Any], before: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """The versions of a table in order. `before` are those that they amend."""
    stated = body.get("version")
    if not (isinstance(stated, list) and stated):
        raise TableError("table_no_version", where=where, path=path)
    versions = [_version(where, parameters, version, before) for version in stated]
    versions.sort(key=lambda v: v["from"])
    for earlier, later in itertools.pairwise(versions):
        if later["from"] <= earlier["until"]:
            raise TableError("table_overlap", where=where, one=earlier["from"], other=later["from"])
    return versions


def _amended(name: str, path: str, table: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """A table with the versions of another folder: theirs hold for their dates, the rest stays."""
    where = f"{name}: [{path}]"
    only(where, body, {"version"})
    new = _versions(where, path, table["parameters"], body, table["versions"])
    kept = list(table["versions"])
    for version in new:
        start, until = date.fromisoformat(version["from"]), date.fromisoformat(version["until"])
        cut = []
        for old in kept:
            if old["from"] < version["from"]:
                end = min(old["until"], (start - timedelta(1)).isoformat())
                cut.append({**old, "until": end})
            if old["until"] > version["until"]:
                begin = max(old["from"], (until + timedelta(1)).isoformat())
                cut.append({**old, "from": begin})
        kept = cut
    versions = sorted([*kept, *new], key=lambda v: v["from"])
    return {**table, "versions": versions, "units": table["units"] | _units_in(body)}


def _version(
    where: str, parameters: Mapping[str, Any], body: Mapping[str, Any], before: Sequence[Any]
) -> dict[str, Any]:
    start = day(where, "from", body.get("from"))
    where = f"{where} version from {start}"
    until = OPEN if body.get("until") == "open" else day(where, "until", body.get("until"))
    if until < start:
        raise TableError("table_ends_early", where=where)
    if body.get("evidence") not in EVIDENCE or body.get("clause_evidence", "read") not in EVIDENCE:
        raise TableError("table_evidence", where=where, allowed=list(EVIDENCE))
    cites = [[body.get("document"), body.get("clause")], *body.get("also", [])]
    for cite in cites:
        if not (isinstance(cite, list) and len(cite) == 2 and all(isinstance(part, str) and part for part in cite)):
            raise TableError("table_citation", where=where)
    stated = {
        key: (_bands if key == "bands" else _value)(f"{where} {key}", value)
        for key, value in body.items()
        if key not in _VERSION
    }
    values = {**_figures_before(before, start), **stated}
    bands = values.get("bands", [])
    given = (set(values) - {"bands"}).union(*bands)
    missing = set() if bands else set(parameters) - given  # a last band has no upper end
    if given - set(parameters) or missing:
        strange = sorted((given - set(parameters)) | missing)
        raise TableError("table_parameters", where=where, names=strange)
    kept = body.get("kept_until")
    return {
        "from": start.isoformat(),
        "until": until.isoformat(),
        "cites": cites,
        "evidence": body["evidence"],
        "clause_evidence": body.get("clause_evidence", body["evidence"]),
        "note": [body["note_zh"], body["note_en"]] if "note_zh" in body else None,
        "kept_until": day(where, "kept_until", kept).isoformat() if kept is not None else None,
        "values": values,
    }


def _figures_before(before: Sequence[Any], start: date) -> dict[str, Any]:
    """The figures in force when an amendment begins, or the last ones before it; none before the first."""
    earlier = [version for version in before if version["from"] <= start.isoformat()]
    return dict(earlier[-1]["values"]) if earlier else {}


def _units_in(body: Mapping[str, Any]) -> dict[str, str]:
    """For each figure of a table the unit in which its last version with such a unit writes it."""
    return {key: unit for version in body["version"] for key, unit in _units(version)}


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


def _bands(where: str, bands: Any) -> list[dict[str, Any]]:
    if not (isinstance(bands, list) and bands and all(isinstance(band, dict) for band in bands)):
        raise TableError("table_quantity", where=where, value=repr(bands))
    return [{key: _value(f"{where}.{key}", value) for key, value in band.items()} for band in bands]


def _value(where: str, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        if not value[:1].isdigit():
            return value
        found = quantity(value)
        if found:
            return list(found)
    raise TableError("table_quantity", where=where, value=repr(value))


def _fact(name: str, key: str, body: Any) -> dict[str, Any]:
    where = f"{name}: [{key}]"
    if not isinstance(body, dict):
        raise TableError("table_fact", where=where)
    only(where, body, _FACT)
    labels(where, body)
    aliases = body.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        raise TableError("table_shape", where=where, why="aliases")
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
