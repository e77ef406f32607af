"""What the law in the tables rests on: how many versions were read, and where; which were not, and what was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Version, label_of
from taxcalc.law.schema import SourceKind

STANDINGS = ("official", "copy", "unnoted", "secondary", "memory")
"""How a text is known, from the best: read on a page of the state, in a copy, nobody noted where; told; remembered."""


class Reading(NamedTuple):
    """Who read a clause, where and when."""

    kind: SourceKind
    publisher: str
    reader: Label
    on: str


class Unread(NamedTuple):
    """A version whose figures or clauses were not read, and what was tried for its documents."""

    version: Version
    sought: list[tuple[str, Label]]


class Evidence(NamedTuple):
    """Versions by the standing of their figures, and of their clauses; how many someone with a licence went through."""

    figures: dict[str, int]
    clauses: dict[str, int]
    reviewed: int
    unread: list[Unread]


def evidence_of(book: LawBook) -> Evidence:
    """What all tables rest on."""
    versions = [version for path in book.paths() for version in book.table(path).versions]
    return Evidence(
        _counted(standing(book, version, version.evidence) for version in versions),
        _counted(standing(book, version, version.clause_evidence) for version in versions),
        sum(version.reviewed is not None for version in versions),
        [Unread(v, _sought(book, v)) for v in versions if {v.evidence, v.clause_evidence} != {"read"}],
    )


def standing(book: LawBook, version: Version, mark: str) -> str:
    """A mark of a version; of "read" where that was: the least good of the places that its clauses were read at, or its
    documents where the clause numbers are not known."""
    if mark != "read":
        return mark
    clauses = [readings_of(book, *cite) for cite in version.cites]
    read = [found for found in clauses if found] or [readings_of(book, document) for document, _ in version.cites]
    kinds = [found[0].kind for found in read if found]
    return max(kinds, key=STANDINGS.index, default="unnoted")


def readings_of(book: LawBook, document: str, clause: str | None = None) -> list[Reading]:
    """Who read a clause, or anything of a document, the best place first."""
    found = [
        Reading(one["kind"], one["publisher"], label_of(book.records["readers"][one["reader"]]), one["on"])
        for one in book.records["read"]
        if one["document"] == document and (clause is None or clause in one["clauses"])
    ]
    return sorted(found, key=lambda reading: STANDINGS.index(reading.kind))


def _counted(found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {one: counts[one] for one in STANDINGS}


def _sought(book: LawBook, version: Version) -> list[tuple[str, Label]]:
    return [
        (one["document"], label_of(one["label"]))
        for one in book.records["sought"]
        if any((one["document"], clause) in version.cites for clause in one["clauses"])
    ]
