"""The tables themselves: labels, parameters and dated versions; and how a folder changes the table of another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import get_args

from taxcalc.law import figures, measures
from taxcalc.law.schema import Evidence, Pair, TableEntry, VersionEntry
from taxcalc.law.strict import TABLE, Entry, TableError, Toml, two_texts

EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
_HEADER = {"zh", "en", "measure", "notice_until", "parameters", "version"}
_VERSION = {
    "from", "until", "document", "clause", "also", "evidence", "clause_evidence", "reviewed", "note_zh", "note_en", "kept_until",
    "bands",
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
    versions = _versions(entry, path, parameters)
    table: TableEntry = {
        "zh": zh,
        "en": en,
        "measure": entry.optional("measure", lambda key: entry.whole(key, 0, 9999)),
        "notice_until": entry.optional("notice_until", entry.day),
        "parameters": parameters,
        "versions": versions,
        "units": _units_of(entry),
        "reckon": measures.read_heading(entry, parameters),
    }
    if replaced and not replaced["reckon"]:
        lost = sorted(_kinds_of(replaced).keys() - _kinds_of(table).keys())
        if lost:
            raise TableError("table_parameters", where=entry.where, names=lost)
        _check_kinds(entry.where, versions, replaced)
    return table


def amended_table(path: str, entry: Entry, table: TableEntry) -> TableEntry:
    """A table with the versions of another folder: theirs hold for their dates, the rest stays."""
    entry = Entry(entry.where, entry.body, {"version"})
    new = _versions(entry, path, table["parameters"], table["versions"])
    _check_kinds(entry.where, new, table)
    kept = table["versions"]
    for version in new:
        start, until = version["from"], version["until"]
        cut: list[VersionEntry] = []
        for old in kept:
            if old["from"] < start:
                cut.append({**old, "until": min(old["until"], _days_on(start, -1))})
            if old["until"] > until:
                cut.append({**old, "from": max(old["from"], _days_on(until, 1))})
        kept = cut
    versions = sorted([*kept, *new], key=lambda version: version["from"])
    return {**table, "versions": versions, "units": table["units"] | _units_of(entry)}


def _days_on(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


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
    entry = Entry(f"{entry.where} version from {entry.day('from')}", entry.body)
    start, until = entry.span(may_be_open=True)
    evidence = entry.one_of("evidence", EVIDENCE, "table_evidence")
    clause_evidence = entry.optional("clause_evidence", lambda key: entry.one_of(key, EVIDENCE, "table_evidence"))
    has_note = "note_zh" in entry or "note_en" in entry
    version: VersionEntry = {
        "from": start,
        "until": until,
        "cites": _cites(entry),
        "evidence": evidence,
        "clause_evidence": clause_evidence or evidence,
        "reviewed": entry.optional("reviewed", lambda _: _reviewed(entry)),
        "note": [entry.text("note_zh"), entry.text("note_en")] if has_note else None,
        "kept_until": entry.optional("kept_until", entry.day),
        "values": {key: figures.figure(entry, key) for key in entry.body if key not in _VERSION},
        "bands": figures.bands(entry, "bands"),
    }
    earlier = [one for one in before if one["from"] <= start]
    if earlier:  # the figures that an amendment does not state go on
        version["values"] = earlier[-1]["values"] | version["values"]
        version["bands"] = version["bands"] or earlier[-1]["bands"]
    given = {key for key, _ in figures.figures_in(version)}
    missing = parameters.keys() - given
    if version["bands"]:
        missing -= set(figures.ENDS)  # the last band has no upper end
    strange = sorted((given - parameters.keys()) | missing)
    if strange:
        raise TableError("table_parameters", where=entry.where, names=strange)
    if version["bands"]:
        figures.check_bands(entry, "bands", version["bands"])
    return version


def _reviewed(entry: Entry) -> Pair:
    """Who with a licence went through a version, and on which day."""
    body = entry.body["reviewed"]
    if not isinstance(body, dict):
        raise entry.refuse("reviewed", TABLE)
    review = Entry(f"{entry.where} reviewed", body, {"name", "on"})
    return [review.text("name"), review.day("on")]


def _cites(entry: Entry) -> list[Pair]:
    """The documents with their clauses, the main one first."""
    also = entry.body.get("also", [])
    main: Toml = [entry.body.get("document", ""), entry.body.get("clause", "")]
    cites = [main, *(also if isinstance(also, list) else [also])]
    return [two_texts(entry.where, cite, "table_citation") for cite in cites]


def _units_of(entry: Entry) -> dict[str, str]:
    """For each figure of a table the unit in which its last version with such a unit writes it."""
    bodies = [Entry(entry.where, body) for body in entry.entries("version")]
    bodies = [one for body in bodies for one in (body, *(Entry(entry.where, band) for band in body.entries("bands")))]
    written = ((key, figures.unit_shown(value)) for body in bodies for key, value in body.body.items())
    return {key: unit for key, unit in written if unit}


def _kinds_of(table: TableEntry) -> dict[str, set[str]]:
    """What each parameter of a table may be: a quantity of some unit, yes or no, certain words. Bands are a key too."""
    found: dict[str, set[str]] = {"bands": set()} if any(version["bands"] for version in table["versions"]) else {}
    for version in table["versions"]:
        for key, figure in figures.figures_in(version):
            found.setdefault(key, set()).add(figures.kind_of(figure))
    return found


def _check_kinds(where: str, versions: Sequence[VersionEntry], base: TableEntry) -> None:
    """Raises TableError for a figure in another form than the rules read from this table."""
    known = _kinds_of(base)
    for version in versions:
        for key, figure in figures.figures_in(version):
            figures.check_kind(f"{where} version from {version['from']}", key, figure, known.get(key))
