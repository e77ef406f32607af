"""The law at a date: the version of a table in force, and its figures, each with its document and clause."""

import functools
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from taxcalc.base.period import Period
from taxcalc.base.units import Label, Number, Unit
from taxcalc.law.reckoning import Reckoning, reckoning


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


class Figure(NamedTuple):
    """One figure of the law: an amount in fen, a rate as a share of one, a number. None where no version is in force."""

    path: str
    value: Number | None
    unit: Unit
    label: Label
    version: Version | None


Stated: TypeAlias = "Figure | str | bool | list[dict[str, Figure]] | None"
"""What a version states under one name: a figure, a word, yes or no, or bands of figures."""


class LawBook:
    """All tables of a folder, and what each states in a period."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.sha256: str = content["sha256"]
        self.facts: dict[str, Any] = content["facts"]
        self.notices: dict[str, Any] = content["notices"]
        self.rows: list[dict[str, Any]] = content["rows"]
        self._documents: dict[str, list[str]] = content["documents"]
        self._groups: dict[str, Any] = content["groups"]
        self._raw: dict[str, Any] = content["tables"]
        self._places = {
            path[:end] for path in self._raw for end in range(len(path) + 1) if path[end : end + 1] in ("", ".")
        }
        self._tables: dict[str, Table] = {}
        self._figures: dict[tuple[str, int], dict[str, Stated]] = {}
        self._in_force: dict[tuple[str, Period], Version | None] = {}

    def document(self, key: str) -> Label:
        """The name of a document, with its issuer."""
        zh, en = self._documents[key]
        return zh, en

    def paths(self) -> list[str]:
        """Every table."""
        return list(self._raw)

    def leads_to(self, path: str) -> bool:
        """Is there such a table, or one below it?"""
        return path in self._places

    def measures(self) -> list[str]:
        """The tables of measures that have no rule of their own."""
        return [path for path, raw in self._raw.items() if "reckon" in raw]

    def group(self, key: str) -> Label:
        """The name of a group of which only the highest counts."""
        zh, en = self._groups[key]["label"]
        return zh, en

    def has(self, path: str) -> bool:
        """Is there such a table?"""
        return path in self._raw

    def table(self, path: str) -> Table:
        """One table, by its path. Raises KeyError where there is none."""
        found = self._tables.get(path)
        if found is None:
            raw = self._raw[path]
            until = raw.get("notice_until")
            found = self._tables[path] = Table(
                path,
                (raw["zh"], raw["en"]),
                raw.get("measure"),
                date.fromisoformat(until) if until else None,
                tuple(_version(path, v) for v in raw["versions"]),
                reckoning(raw["reckon"]) if "reckon" in raw else None,
            )
        return found

    def parameters(self, path: str) -> dict[str, Label]:
        """The parameters of a table with their labels."""
        return {key: (zh, en) for key, (zh, en) in self._raw[path]["parameters"].items()}

    def unit(self, path: str, parameter: str) -> str:
        """The unit in which a parameter is written where yuan and % do not go without saying: 'persons', '‰'; else ''."""
        unit: str = self._raw[path]["units"].get(parameter, "")
        return unit

    def stated(self, version: Version) -> dict[str, Any]:
        """The figures of a version as compiled: [unit, numerator, denominator], text, yes or no, or bands of these."""
        index = self.table(version.path).versions.index(version)
        values: dict[str, Any] = self._raw[version.path]["versions"][index]["values"]
        return values

    def documents(self) -> list[str]:
        """Every document that a table may cite."""
        return list(self._documents)

    def version(self, path: str, period: Period) -> Version | None:
        """The version in force through the whole of a period, or None.

        A period that runs over two versions with the same figures is under the later one.
        """
        key = (path, period)
        if key not in self._in_force:
            self._in_force[key] = self._find_version(path, period)
        return self._in_force[key]

    def _find_version(self, path: str, period: Period) -> Version | None:
        versions, stated = self.table(path).versions, self._raw[path]["versions"]
        if self.table(path).reckoning:
            touched = [i for i, v in enumerate(versions) if v.start <= period.end and period.start <= v.until]
            alike = all(stated[i]["values"] == stated[touched[-1]]["values"] for i in touched)
            return versions[touched[-1]] if touched and alike else None
        index = next((i for i, v in enumerate(versions) if v.start <= period.end <= v.until), None)
        if index is None:
            return None
        for i in range(index, -1, -1):
            if stated[i]["values"] != stated[index]["values"]:
                return None
            if versions[i].start <= period.start:
                return versions[index]
            if not i or versions[i - 1].until.toordinal() + 1 != versions[i].start.toordinal():
                return None
        return None

    def figures(self, path: str, period: Period) -> dict[str, Stated]:
        """What a table states in a period, by name; figures without a value where no version is in force."""
        version = self.version(path, period)
        index = self.table(path).versions.index(version) if version else -1
        found = self._figures.get((path, index))
        if found is None:
            raw = self._raw[path]
            labels: dict[str, list[str]] = raw["parameters"]
            stated = raw["versions"][index]["values"]
            make = functools.partial(_stated, labels, version)
            found = self._figures[path, index] = {key: make(f"{path}.{key}", value) for key, value in stated.items()}
        return found


def _version(path: str, raw: dict[str, Any]) -> Version:
    note = raw["note"]
    return Version(
        path,
        date.fromisoformat(raw["from"]),
        date.fromisoformat(raw["until"]),
        tuple((document, clause) for document, clause in raw["cites"]),
        raw["evidence"],
        raw["clause_evidence"],
        (note[0], note[1]) if note else None,
        date.fromisoformat(raw["kept_until"]) if raw["kept_until"] else None,
    )


def _stated(labels: dict[str, list[str]], version: Version | None, path: str, value: Any) -> Stated:
    if not isinstance(value, list):
        return value if version else None
    if is_bands(value):
        return [_band(labels, version, f"{path}[{i}]", band) for i, band in enumerate(value)] if version else []
    return _figure(labels, version, path, value)


def _band(labels: dict[str, list[str]], version: Version | None, path: str, band: dict[str, Any]) -> dict[str, Figure]:
    return {key: _figure(labels, version, f"{path}.{key}", item) for key, item in band.items()}


def _figure(labels: dict[str, list[str]], version: Version | None, path: str, value: Any) -> Figure:
    unit, numerator, denominator = value
    exact = numerator if denominator == 1 else Fraction(numerator, denominator)
    return Figure(path, exact if version else None, unit, _label(path, labels), version)


def _label(path: str, labels: dict[str, list[str]]) -> Label:
    zh, en = labels[path.rpartition(".")[2]]
    return zh, en


def is_bands(value: Any) -> bool:
    """Is this compiled value a list of bands?"""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def is_quantity(value: Any) -> bool:
    """Is this compiled value a number with its unit?"""
    return isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and type(value[1]) is int
