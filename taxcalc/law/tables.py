"""The tables themselves: labels, parameters and dated versions; and how a folder changes the table of another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import get_args

from taxcalc.base.period import OPEN
from taxcalc.law import figures, measures
from taxcalc.law.reckoning import HOW
from taxcalc.law.schema import BandsEntry, Evidence, FigureEntry, Pair, TableEntry, VersionEntry
from taxcalc.law.strict import Entry, TableError, Toml

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
_HEADER = {"zh", "en", "measure", "notice_until", "parameters", "version"}
_VERSION = {
    "from", "until", "document", "clause", "also", "evidence", "clause_evidence", "note_zh", "note_en", "kept_until",
}  # fmt: skip
_NAMES_A_TABLE = ("zh", "version")
"""A heading that holds one of these is a table, any other leads to tables below it."""


def tables_in(name: str, content: Mapping[str, Toml]) -> Iterator[tuple[str, Entry]]:
    """The tables of a file with their paths, in its order. Raises TableError for what stands outside any."""
    waiting = list(content.items())[::-1]
    while waiting:
        path, body = waiting.pop()
        if not isinstance(body, dict):
            raise TableError("table_outside", where=name, key=path)
        if any(key in body for key in _NAMES_A_TABLE):
            yield path, Entry(f"{name}: [{path}]", body)
        else:
            waiting += [(f"{path}.{key}", inner) for key, inner in reversed(body.items())]


def read_table(path: str, entry: Entry, replaced: TableEntry | None) -> TableEntry:
    """A table that is stated whole. One of the rules' tables that it replaces says what they read."""
    entry = Entry(entry.where, entry.body, _HEADER | measures.KEYS)
    zh, en = entry.labels()
    parameters = entry.pairs("parameters")
    table: TableEntry = {
        "zh": zh,
        "en": en,
        "parameters": parameters,
        "versions": _versions(entry, path, parameters),
        "units": _units_of(entry),
    }
    if "measure" in entry:
        table["measure"] = entry.whole("measure", 0, 9999)
    if "notice_until" in entry:
        table["notice_until"] = entry.day("notice_until").isoformat()
    heading = measures.read_heading(entry)
    if heading:
        table["reckon"] = heading
        needed = HOW[heading["how"]]
        if needed and needed not in parameters:
            raise TableError("table_needs", where=entry.where, key=heading["how"], needed=needed)
    if replaced and "reckon" not in replaced:
        lost = sorted(_kinds_of(replaced).keys() - _kinds_of(table).keys())
        if lost:
            raise TableError("table_parameters", where=entry.where, names=lost)
        _check_kinds(entry.where, table["versions"], replaced)
    return table


def amended_table(path: str, entry: Entry, table: TableEntry) -> TableEntry:
    """A table with the versions of another folder: theirs hold for their dates, the rest stays."""
    entry = Entry(entry.where, entry.body, {"version"})
    new = _versions(entry, path, table["parameters"], table["versions"])
    _check_kinds(entry.where, new, table)
    kept = list(table["versions"])
    for version in new:
        start, until = date.fromisoformat(version["from"]), date.fromisoformat(version["until"])
        cut: list[VersionEntry] = []
        for old in kept:
            if old["from"] < version["from"]:
                end = min(old["until"], (start - timedelta(1)).isoformat())
                cut.append({**old, "until": end})
            if old["until"] > version["until"]:
                begin = max(old["from"], (until + timedelta(1)).isoformat())
                cut.append({**old, "from": begin})
        kept = cut
    versions = sorted([*kept, *new], key=lambda version: version["from"])
    return {**table, "versions": versions, "units": table["units"] | _units_of(entry)}


def _versions(
    entry: Entry, path: str, parameters: Mapping[str, Pair], before: Sequence[VersionEntry] = ()
) -> list[VersionEntry]:
    """The versions of a table in order. `before` are those that they amend."""
    stated = entry.body.get("version")
    if not (isinstance(stated, list) and stated):
        raise TableError("table_no_version", where=entry.where, path=path)
    versions = [_version(Entry(entry.where, body), parameters, before) for body in entry.entries("version")]
    versions.sort(key=lambda version: version["from"])
    for earlier, later in itertools.pairwise(versions):
        if later["from"] <= earlier["until"]:
            raise TableError("table_overlap", where=entry.where, one=earlier["from"], other=later["from"])
    return versions


def _version(entry: Entry, parameters: Mapping[str, Pair], before: Sequence[VersionEntry]) -> VersionEntry:
    start = entry.day("from")
    entry = Entry(f"{entry.where} version from {start}", entry.body)
    until = entry.day("until", end=OPEN)
    if until < start:
        raise TableError("table_ends_early", where=entry.where)
    evidence = entry.one_of("evidence", EVIDENCE, "table_evidence")
    read_clause = "clause_evidence" in entry
    kept_until = entry.day("kept_until").isoformat() if "kept_until" in entry else None
    return {
        "from": start.isoformat(),
        "until": until.isoformat(),
        "cites": _cites(entry),
        "evidence": evidence,
        "clause_evidence": entry.one_of("clause_evidence", EVIDENCE, "table_evidence") if read_clause else evidence,
        "note": _note(entry),
        "kept_until": kept_until,
        "values": _values(entry, parameters, _figures_before(before, start)),
    }


def _note(entry: Entry) -> Pair | None:
    """A remark in both languages, or none."""
    if "note_zh" not in entry and "note_en" not in entry:
        return None
    return [entry.text("note_zh"), entry.text("note_en")]


def _cites(entry: Entry) -> list[Pair]:
    """The documents with their clauses, the main one first."""
    also = entry.body.get("also", [])
    found: list[Pair] = []
    for cite in [[entry.body.get("document"), entry.body.get("clause")], *(also if isinstance(also, list) else [also])]:
        pair = [part for part in cite if isinstance(part, str) and part] if isinstance(cite, list) else []
        if len(pair) != 2 or pair != cite:
            raise TableError("table_citation", where=entry.where)
        found.append(pair)
    return found


def _values(
    entry: Entry, parameters: Mapping[str, Pair], before: dict[str, FigureEntry | BandsEntry]
) -> dict[str, FigureEntry | BandsEntry]:
    """The figures that a version states, and of an amended table those that go on."""
    bands = figures.bands(entry, "bands") if "bands" in entry else []
    stated = [key for key in entry.body if key not in _VERSION]
    values = before | {key: bands if key == "bands" else figures.figure(entry, key) for key in stated}
    given = dict(figures.kinds_in(values)).keys() - {"bands"}
    missing = parameters.keys() - given
    if "bands" in values:
        missing -= set(figures.ENDS)  # the last band has no upper end
    strange = sorted((given - parameters.keys()) | missing)
    if strange:
        raise TableError("table_parameters", where=entry.where, names=strange)
    if bands:
        figures.check_bands(entry, "bands", bands)
    return values


def _figures_before(before: Sequence[VersionEntry], start: date) -> dict[str, FigureEntry | BandsEntry]:
    """The figures in force when an amendment begins, or the last ones before it; none before the first."""
    earlier = [version for version in before if version["from"] <= start.isoformat()]
    return dict(earlier[-1]["values"]) if earlier else {}


def _units_of(entry: Entry) -> dict[str, str]:
    """For each figure of a table the unit in which its last version with such a unit writes it."""
    versions = entry.body["version"]
    bodies = versions if isinstance(versions, list) else []
    return {key: unit for body in bodies if isinstance(body, dict) for key, unit in figures.units_in(body)}


def _kinds_of(table: TableEntry) -> dict[str, set[str]]:
    """What each parameter of a table may be: a quantity of some unit, yes or no, certain words."""
    found: dict[str, set[str]] = {}
    for version in table["versions"]:
        for key, kind in figures.kinds_in(version["values"]):
            found.setdefault(key, set()).add(kind)
    return found


def _check_kinds(where: str, versions: Sequence[VersionEntry], base: TableEntry) -> None:
    """Raises TableError for a figure in another form than the rules read from this table."""
    known = _kinds_of(base)
    for version in versions:
        for key, kind in figures.kinds_in(version["values"]):
            if key in known and kind not in known[key]:
                place = f"{where} version from {version['from']}"
                expected = figures.form_of(known[key])
                raise TableError("table_form", where=place, key=key, expected=expected, value=kind)
