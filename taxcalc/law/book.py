"""The law at a date: the version of a table in force, and its figures, each with its document and clause."""

import functools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias, get_args

from taxcalc.base.period import OPEN, Period
from taxcalc.base.units import Label, Number, Unit
from taxcalc.facts.catalogue import FactEntry
from taxcalc.law.schema import (
    Content,
    FigureEntry,
    FormEntry,
    NoticeEntry,
    Pair,
    Reckoning,
    RecordsEntry,
    TableEntry,
    TermEntry,
    VersionEntry,
)


class Version(NamedTuple):
    """One dated state of a table, with what it rests on."""

    path: str
    start: date
    until: date
    cites: tuple[tuple[str, str], ...]
    """(document id, clause), the first being the main one."""
    evidence: str
    clause_evidence: str
    note: Label | None
    kept_until: date | None = None
    """For what is put off: when it falls due."""
    reviewed: tuple[str, str] | None = None
    """Who with a licence went through it, and on which day."""

    def __hash__(self) -> int:
        return hash((self.path, self.start))


class Table(NamedTuple):
    """A table of the law: its labels, the notice's measure it belongs to, and its versions in order."""

    path: str
    label: Label
    measure: int | None
    notice_until: date | None
    versions: tuple[Version, ...]
    reckoning: Reckoning | None
    """For a measure with no rule of its own. Its facts are of what happened while a version was in force, so
    a version counts for every period that it touches."""

    def __hash__(self) -> int:
        return hash(self.path)


class Figure(NamedTuple):
    """One figure of the law: an amount in fen, a rate as a share of one, a number. None where no version is in force."""

    path: str
    value: Number | None
    unit: Unit
    label: Label
    version: Version | None


class Quantity(NamedTuple):
    """A number with its unit, exact: money in fen, a rate as a share of one."""

    unit: Unit
    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction:
        """The number itself."""
        return Fraction(self.numerator, self.denominator)


Value: TypeAlias = Quantity | str | bool
"""What a version states of one parameter: a number, a word, yes or no."""
Bands: TypeAlias = list[dict[str, Value]]

Stated: TypeAlias = "Figure | str | bool | list[dict[str, Figure]] | None"
"""What a version states under one name: a figure, a word, yes or no, or bands of figures."""


class LawBook:
    """All tables of a folder, and what each states in a period."""

    def __init__(self, content: Content) -> None:
        self.sha256: str = content["sha256"]
        self.facts: dict[str, FactEntry] = content["facts"]
        self.notices: dict[str, NoticeEntry] = content["notices"]
        self.forms: dict[str, FormEntry] = content["forms"]
        self.records: RecordsEntry = content["records"]
        self._content = content
        self._raw = content["tables"]
        self._places = {
            path[:end] for path in self._raw for end in range(len(path) + 1) if path[end : end + 1] in ("", ".")
        }
        self._tables: dict[str, Table] = {}
        self._figures: dict[tuple[str, int], dict[str, Stated]] = {}
        self._in_force: dict[tuple[str, Period], Version | None] = {}

    def raw(self, path: str) -> TableEntry:
        """A table as it was compiled, by its path."""
        return self._raw[path]

    def amended(self, tables: Mapping[str, TableEntry], sha256: str) -> "LawBook":
        """The same with some tables otherwise, known by another hash."""
        return LawBook({**self._content, "tables": {**self._raw, **tables}, "sha256": sha256})

    def document(self, key: str) -> Label:
        """The name of a document, with its issuer."""
        return label_of(self._content["documents"][key])

    def paths(self) -> list[str]:
        """Every table."""
        return list(self._raw)

    def leads_to(self, path: str) -> bool:
        """Is there such a table, or one below it?"""
        return path in self._places

    def measures(self) -> list[str]:
        """The tables of measures that have no rule of their own."""
        return [path for path, raw in self._raw.items() if raw["reckon"]]

    def group(self, key: str) -> Label:
        """The name of a group of which only the highest counts."""
        return label_of(self._content["groups"][key]["label"])

    def groups(self) -> list[str]:
        """Every group of which only the highest counts."""
        return list(self._content["groups"])

    def has(self, path: str) -> bool:
        """Is there such a table?"""
        return path in self._raw

    def table(self, path: str) -> Table:
        """One table, by its path. Raises KeyError where there is none."""
        found = self._tables.get(path)
        if found is None:
            raw = self._raw[path]
            until = raw["notice_until"]
            found = self._tables[path] = Table(
                path,
                (raw["zh"], raw["en"]),
                raw["measure"],
                date.fromisoformat(until) if until else None,
                tuple(_version(path, version) for version in raw["versions"]),
                raw["reckon"],
            )
        return found

    def parameters(self, path: str) -> dict[str, Label]:
        """The parameters of a table with their labels."""
        return {key: label_of(pair) for key, pair in self._raw[path]["parameters"].items()}

    def unit(self, path: str, parameter: str) -> str:
        """The unit in which a parameter is written where yuan and % do not go without saying: 'persons', '‰'; else ''."""
        return self._raw[path]["units"].get(parameter, "")

    def stated(self, version: Version) -> dict[str, Value | Bands]:
        """The figures of a version as they are stated, the bands by the name 'bands'."""
        index = self.table(version.path).versions.index(version)
        entry = self._raw[version.path]["versions"][index]
        values = {key: _value(value) for key, value in entry["values"].items()}
        bands = [{key: _value(value) for key, value in band.items()} for band in entry["bands"]]
        return {**values, "bands": bands} if bands else {**values}

    def documents(self) -> list[str]:
        """Every document that a table may cite."""
        return list(self._content["documents"])

    def version(self, path: str, period: Period) -> Version | None:
        """The version in force through the whole of a period, or None.

        A period that runs over two versions with the same figures is under the later one.
        """
        key = (path, period)
        if key not in self._in_force:
            self._in_force[key] = self._find_version(path, period)
        return self._in_force[key]

    def _find_version(self, path: str, period: Period) -> Version | None:
        versions = self.table(path).versions
        stated = [(entry["values"], entry["bands"]) for entry in self._raw[path]["versions"]]
        if self.table(path).reckoning:
            touched = [i for i, v in enumerate(versions) if v.start <= period.end and period.start <= self.runs_to(v)]
            alike = all(stated[i] == stated[touched[-1]] for i in touched)
            return versions[touched[-1]] if touched and alike else None
        index = next((i for i, v in enumerate(versions) if v.start <= period.end <= v.until), None)
        if index is None:
            return None
        for i in range(index, -1, -1):
            if stated[i] != stated[index]:
                return None
            if versions[i].start <= period.start:
                return versions[index]
            if not i or versions[i - 1].until.toordinal() + 1 != versions[i].start.toordinal():
                return None
        return None

    def terms(self) -> dict[str, TermEntry]:
        """The measures that are given for a number of months in all, by their tables."""
        return {path: term for path, raw in self._raw.items() if raw["reckon"] and (term := raw["reckon"]["term"])}

    def runs_to(self, version: Version) -> date:
        """The last day on which something may be given under a version: of what has a term of months, that of what
        began in its last month."""
        reckoning = self.table(version.path).reckoning
        if not (reckoning and reckoning["term"]) or version.until == OPEN:
            return version.until
        months = self.stated(version)[reckoning["term"]["months"]]
        assert isinstance(months, Quantity)
        last = version.until.year * 12 + version.until.month + months.numerator - 2
        return max(version.until, Period(last // 12, last % 12 + 1, 1).end)

    def figures(self, path: str, period: Period) -> dict[str, Stated]:
        """What a table states in a period, by name; figures without a value where no version is in force."""
        version = self.version(path, period)
        index = self.table(path).versions.index(version) if version else -1
        found = self._figures.get((path, index))
        if found is None:
            entry = self._raw[path]["versions"][index]
            make = functools.partial(_stated, self._raw[path]["parameters"], version)
            found = self._figures[path, index] = {
                key: make(f"{path}.{key}", value) for key, value in entry["values"].items()
            }
            if entry["bands"]:
                made = [
                    [(key, make(f"{path}.bands[{i}].{key}", value)) for key, value in band.items()]
                    for i, band in enumerate(entry["bands"])
                ]
                found["bands"] = [{key: one for key, one in band if isinstance(one, Figure)} for band in made]
        return found


def label_of(pair: Pair) -> Label:
    """A text in both languages."""
    zh, en = pair
    return zh, en


def _version(path: str, raw: VersionEntry) -> Version:
    return Version(
        path,
        date.fromisoformat(raw["from"]),
        date.fromisoformat(raw["until"]),
        tuple(label_of(cite) for cite in raw["cites"]),
        raw["evidence"],
        raw["clause_evidence"],
        label_of(raw["note"]) if raw["note"] else None,
        date.fromisoformat(raw["kept_until"]) if raw["kept_until"] else None,
        label_of(raw["reviewed"]) if raw["reviewed"] else None,
    )


def _stated(
    labels: dict[str, Pair], version: Version | None, path: str, entry: FigureEntry
) -> Figure | str | bool | None:
    value = _value(entry)
    if not isinstance(value, Quantity):
        return value if version else None
    exact = value.numerator if value.denominator == 1 else value.exact
    return Figure(path, exact if version else None, value.unit, label_of(labels[path.rpartition(".")[2]]), version)


def _value(entry: FigureEntry) -> Value:
    """What an entry of the compiled form says."""
    if isinstance(entry, str | bool):
        return entry
    unit, numerator, denominator = entry
    return Quantity(_UNITS[str(unit)], int(numerator), int(denominator))


_UNITS: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}
