"""The compiled form of the tables: plain values only, so that it can be kept as JSON beside them.

A label is [Chinese, English], a date is 2023-01-01 (an open end 9999-12-31), and a quantity is
[unit, numerator, denominator], money in fen.
"""

from typing import Literal, TypeAlias, TypedDict

from taxcalc.base.kinds import Kind
from taxcalc.facts.catalogue import FactEntry

Evidence = Literal["read", "secondary", "memory"]
SourceKind = Literal["official", "copy", "unnoted"]
"""Where a text was read: on a page of the state, in a copy, or nobody wrote down where."""
Status = Literal["computed", "conditional", "not_computable"]
Confidence = Literal["high", "medium", "low"]
FormUnit = Literal["yuan", "ten_thousand", "share", "count", "flag", "code"]
"""Of a line of a form; ten_thousand is 万元 with two decimals."""
FormSpan = Literal["filing", "prepayment", "year", "assessed"]
"""What a form is filed for: each filing period of VAT, the months to the end of a quarter or a month, a year, or the whole
assessed period."""
How = Literal["each", "share", "points", "cap", "whole"]

Pair: TypeAlias = list[str]
"""A text in Chinese and in English; of a citation, the document and the clause."""
FigureEntry: TypeAlias = str | bool | list[str | int]
"""A word, yes or no, or a quantity."""

# "from" is a word of Python: hence the form of a call.
VersionEntry = TypedDict(
    "VersionEntry",
    {
        "from": str,
        "until": str,
        "cites": list[Pair],
        "evidence": Evidence,
        "clause_evidence": Evidence,
        "reviewed": Pair | None,
        "note": Pair | None,
        "kept_until": str | None,
        "values": dict[str, FigureEntry],
        "bands": list[dict[str, FigureEntry]],
    },
)


class Requirement(TypedDict):
    """A fact that must be yes (or, `negated`, no), or a choice that must be this option."""

    fact: str
    option: str | None
    negated: bool


TermEntry = TypedDict(
    "TermEntry",
    {
        "from": str,
        "months": str,
        "received": str,
        "counts": str | None,
    },
)
"""What is given for a number of months in all, from a first month on: the fact with that month, the parameter with the
number, the fact with the months received before the period, and the fact, one of those multiplied, with the months of
the period. Where no fact counts these, the amount is of all months of the period since the first."""


class Reckoning(TypedDict):
    """The heading of a measure with no rule of its own: how the facts, by their names, become an amount.

    Nothing here is code: every name is looked up, and every word is one of a few.
    """

    kind: Kind
    reckon: How
    """How the facts become an amount, see HOW."""
    of: list[str]
    """The facts that are multiplied; one that is a yes or no is a condition."""
    rate: str | None
    """The fact that gives the rate charged or agreed."""
    by: str | None
    """The fact that picks the band of the version."""
    requires: list[list[Requirement]]
    """All must hold; of each, one alternative. Written ["a", "b=x | !c"]."""
    exclusive: str | None
    """Only the highest of this group counts."""
    at_most: bool
    """May the authority decide less?"""
    received: bool
    """Is it money that comes in? Else it is taken off what would be due."""
    yearly: bool
    """Is its share a yearly one, and the last of its facts a number of months?"""
    levy: Pair | None
    """What is paid, where the main fact does not name it."""
    term: TermEntry | None
    """For what began while a version was in force and is given for some time, beyond the version's last day too."""


HOW: dict[How, str | None] = {
    "each": "amount",  # × an amount of money
    "share": "share",  # × a share
    "points": "points",  # × the points by which a rate is lowered
    "cap": "cap",  # × what a rate exceeds a cap by
    "whole": None,  # all of it
}
"""Each way to reckon, and the parameter that it needs."""


def facts_of(heading: Reckoning) -> list[str]:
    """Every fact that the heading of a measure names."""
    term = heading["term"]
    more = [fact for fact in (heading["rate"], heading["by"]) if fact]
    more += [term["from"], term["received"]] if term else []
    return [*heading["of"], *more, *(one["fact"] for either in heading["requires"] for one in either)]


class TableEntry(TypedDict):
    """A table of the law, its versions in order."""

    zh: str
    en: str
    measure: int | None
    """The number of the measure of the notice that it belongs to."""
    notice_until: str | None
    parameters: dict[str, Pair]
    versions: list[VersionEntry]
    units: dict[str, str]
    reckon: Reckoning | None


class GroupEntry(TypedDict):
    """Measures of which only the highest counts."""

    label: Pair
    cite: Pair


class PartEntry(TypedDict):
    """A sub-clause of a measure, with the days of its own."""

    label: Pair
    start: str | None
    until: str


class MeasureEntry(TypedDict):
    """A measure of a notice. Where its sub-clauses begin or end on days of their own, or state a figure that no table
    computes, they are its parts."""

    number: int
    label: Pair
    who: Pair
    much: Pair
    by: Pair
    why: Pair | None
    start: str | None
    until: str
    status: Status
    parts: list[PartEntry]


class NoticeEntry(TypedDict):
    """A notice with its measures, in the order of their numbers."""

    label: Pair
    document: str
    start: str | None
    until: str
    measures: list[MeasureEntry]


class RecordEntry(TypedDict):
    """Who read which clauses of a document, where and when: a day, or the month where only that is known."""

    document: str
    clauses: list[str]
    kind: SourceKind
    publisher: str
    reader: str
    on: str


class SoughtEntry(TypedDict):
    """What was tried for clauses that were not read, or that do not say all that rests on them."""

    document: str
    clauses: list[str]
    label: Pair


class RecordsEntry(TypedDict):
    """All that was read of what the tables cite, and what was sought in vain."""

    readers: dict[str, Pair]
    read: list[RecordEntry]
    sought: list[SoughtEntry]


class FormLineEntry(TypedDict):
    """A line of a form: where its figure comes from (`of`), or what other lines it is made of (`formula`), or neither,
    where it has to be filled in by whoever files, or a code that is written as it is (`text`)."""

    id: str
    no: str
    """The printed number; '' where it has none."""
    screen: str
    """The number on the page of the tax bureau, where it is another."""
    label: Pair
    of: str | None
    formula: str | None
    text: str | None
    only: str | None
    """The line stands on the sheet where this holds."""
    unit: FormUnit
    ask: Pair | None
    """What has to be filled in where it is not known."""
    confidence: Confidence


FormEntry = TypedDict(
    "FormEntry",
    {
        "label": Pair,
        "code": str,
        "family": str,
        "version": Pair,
        "from": str,
        "until": str,
        "span": FormSpan,
        "when": list[str],
        "column": Pair,
        "to_date": Pair | None,
        "notes": list[Pair],
        "lines": list[FormLineEntry],
    },
)
"""A form as it was printed for periods that end between two days: what it is called, for whom it is, and its lines;
`to_date` is what its column for the sums of the year's returns is called. Those of one family follow one another in time."""


class Compiled(TypedDict):
    """Everything that a folder of tables says."""

    documents: dict[str, Pair]
    tables: dict[str, TableEntry]
    facts: dict[str, FactEntry]
    groups: dict[str, GroupEntry]
    notices: dict[str, NoticeEntry]
    forms: dict[str, FormEntry]
    records: RecordsEntry


class Content(Compiled):
    """The same with the hash of its text, by which results name the law that they rest on."""

    sha256: str
