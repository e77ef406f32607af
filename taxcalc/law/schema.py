"""The compiled form of the tables: plain values only, so that it can be kept as JSON beside them.

A label is [Chinese, English], a date is 2023-01-01 (an open end 9999-12-31), and a quantity is
[unit, numerator, denominator], money in fen.
"""

from typing import Literal, TypeAlias, TypedDict

from taxcalc.base.kinds import Kind
from taxcalc.facts.catalogue import FactEntry

Evidence = Literal["read", "secondary", "memory"]
Status = Literal["computed", "conditional", "not_computable"]
Confidence = Literal["high", "medium", "low"]
How = Literal["each", "share", "points", "cap", "whole"]

Pair: TypeAlias = list[str]
"""A text in Chinese and in English; of a citation, the document and the clause."""
FigureEntry: TypeAlias = str | bool | list[str | int]
"""A word, yes or no, or a quantity."""
BandsEntry: TypeAlias = list[dict[str, FigureEntry]]


# "from" is a word of Python: hence the form of a call.
VersionEntry = TypedDict(
    "VersionEntry",
    {
        "from": str,
        "until": str,
        "cites": list[Pair],
        "evidence": Evidence,
        "clause_evidence": Evidence,
        "note": Pair | None,
        "kept_until": str | None,
        "values": dict[str, FigureEntry | BandsEntry],
    },
)


class RequirementEntry(TypedDict):
    """One condition of a measure."""

    fact: str
    option: str | None
    negated: bool


class ReckoningEntry(TypedDict):
    """The heading of a measure."""

    kind: Kind
    how: How
    of: list[str]
    rate: str | None
    by: str | None
    requires: list[list[RequirementEntry]]
    exclusive: str | None
    at_most: bool
    received: bool
    yearly: bool
    levy: Pair | None


class _TableAlways(TypedDict):
    zh: str
    en: str
    parameters: dict[str, Pair]
    versions: list[VersionEntry]
    units: dict[str, str]


class TableEntry(_TableAlways, total=False):
    """A table of the law, its versions in order."""

    measure: int
    notice_until: str
    reckon: ReckoningEntry


class GroupEntry(TypedDict):
    """Measures of which only the highest counts."""

    label: Pair
    cite: Pair


class MeasureEntry(TypedDict):
    """A measure of a notice."""

    number: int
    label: Pair
    who: Pair
    much: Pair
    by: Pair
    why: Pair | None
    until: str
    status: Status


class NoticeEntry(TypedDict):
    """A notice with its measures, in the order of their numbers."""

    label: Pair
    document: str
    until: str
    measures: list[MeasureEntry]


# The line of a return that a relief or a levy goes to, for whom (option by fact), and on which days.
RowEntry = TypedDict(
    "RowEntry",
    {
        "of": str,
        "form": Pair,
        "line": str,
        "text": Pair,
        "who": dict[str, str],
        "from": str,
        "until": str,
        "confidence": Confidence,
    },
)


class Compiled(TypedDict):
    """Everything that a folder of tables says."""

    documents: dict[str, Pair]
    tables: dict[str, TableEntry]
    facts: dict[str, FactEntry]
    groups: dict[str, GroupEntry]
    notices: dict[str, NoticeEntry]
    rows: list[RowEntry]


class Content(Compiled):
    """The same with the hash of its text, by which results name the law that they rest on."""

    sha256: str
