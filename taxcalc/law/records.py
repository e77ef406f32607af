"""The register of what was read: of each document which clauses, where, by whom and when; and what was sought in vain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from taxcalc.base.units import Label
from taxcalc.law.schema import RecordEntry, RecordsEntry, SoughtEntry, SourceKind, VersionEntry
from taxcalc.law.strict import TABLE, TEXTS, Entry, TableError, Toml

NONE: RecordsEntry = {"readers": {}, "read": [], "sought": []}
_RECORD = {"document", "clauses", "kind", "publisher", "reader", "on"}
_SOUGHT = {"document", "clauses", "zh", "en"}
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
_WHEN: Label = ('写成文本的日期或月份，如 "2026-11"', 'a day or a month written as text, such as "2026-11"')


def read_records(name: str, content: dict[str, Toml], base: RecordsEntry) -> RecordsEntry:
    """What a folder says was read, after what those before it say."""
    file = Entry(name, content, {"reader", "record", "sought"})
    readers = file.body.get("reader", {})
    if not isinstance(readers, dict):
        raise file.refuse("reader", TABLE)
    named = {key: Entry(f"{name}: [reader.{key}]", body, {"zh", "en"}).labels() for key, body in readers.items()}
    known = base["readers"] | named
    records = [Entry(f"{name}: [record {i}]", body, _RECORD) for i, body in enumerate(file.entries("record"), 1)]
    sought = [Entry(f"{name}: [sought {i}]", body, _SOUGHT) for i, body in enumerate(file.entries("sought"), 1)]
    return {
        "readers": known,
        "read": [*base["read"], *(_record(entry, list(known)) for entry in records)],
        "sought": [*base["sought"], *map(_sought, sought)],
    }


def _record(entry: Entry, readers: list[str]) -> RecordEntry:
    kind: SourceKind = entry.one_of("kind", get_args(SourceKind))
    on = entry.text("on")
    if not _DAY.fullmatch(on):
        raise entry.refuse("on", _WHEN)
    return {
        "document": entry.text("document"),
        "clauses": _clauses(entry),
        "kind": kind,
        "publisher": "" if kind == "unnoted" else entry.text("publisher"),
        "reader": entry.one_of("reader", readers),
        "on": on,
    }


def _sought(entry: Entry) -> SoughtEntry:
    return {"document": entry.text("document"), "clauses": _clauses(entry), "label": entry.labels()}


def _clauses(entry: Entry) -> list[str]:
    clauses = entry.texts("clauses")
    if not clauses:
        raise entry.refuse("clauses", TEXTS)
    return clauses


def cited(records: RecordsEntry) -> Iterator[tuple[str, str]]:
    """Where a record says something, and of which document."""
    yield from (("evidence.toml: [record]", one["document"]) for one in records["read"])
    yield from (("evidence.toml: [sought]", one["document"]) for one in records["sought"])


def check_read(where: str, versions: Iterable[VersionEntry], records: RecordsEntry) -> None:
    """Raises TableError for a version that is marked as read where no record says who read it.

    Figures that were read stand in one of the cited documents at least; clauses that were read are all of them.
    """
    read = _clauses_read(records)
    for version in versions:
        unread = [cite for cite in version["cites"] if cite[1] not in read.get(cite[0], ())]
        nowhere = not any(document in read for document, _ in version["cites"])
        if (version["clause_evidence"] == "read" and unread) or (version["evidence"] == "read" and nowhere):
            place = f"{where} version from {version['from']}"
            raise TableError("table_unread", where=place, clauses=[" ".join(cite) for cite in unread])


def _clauses_read(records: RecordsEntry) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in records["read"]:
        found.setdefault(one["document"], set()).update(one["clauses"])
    return found
