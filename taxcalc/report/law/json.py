"""The law as JSON: its tables with exact figures, documents and what rests on them; what changed; what a check found."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from taxcalc.assessment.law_diff import LawDiff, TableDiff
from taxcalc.assessment.uses import Users, name_of, users
from taxcalc.base.money import yuan
from taxcalc.facts.catalogue import decimal_text
from taxcalc.law.book import Bands, LawBook, Quantity, Table, Value, Version
from taxcalc.law.check import FINDINGS, Found
from taxcalc.law.days import Span
from taxcalc.law.evidence import Evidence
from taxcalc.law.select import Selected
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.law.evidence import evidence_as_json
from taxcalc.report.law.written import Written, counted, stated
from taxcalc.report.shapes import Json, both, dumped, until_of


def tables_as_json(words: Citing, selected: list[Selected], day: date, *, only: bool) -> str:
    """The tables that were asked for, all by default; `only` the versions in force on the day."""
    asked = selected or [Selected(path, None) for path in words.book.paths()]
    return dumped("law/1", {"language": words.lang, "tables": [_table(words, one, day, only) for one in asked]})


def diff_as_json(words: Citing, diff: LawDiff) -> str:
    """Both spans, and the tables by what became of them."""
    spans = {"from": _span(diff.earlier), "to": _span(diff.later)}
    kinds = {
        kind: [_changed(words, table) for table in diff.of(kind)] for kind in ("changed", "ended", "began", "documents")
    }
    unchanged = [table.path for table in diff.of("same")]
    return dumped("law-diff/1", {"language": words.lang, **spans, **kinds, "unchanged": unchanged})


def check_as_json(words: Written, found: list[Found], on: date, evidence: Evidence | None) -> str:
    """The findings by kind, and where it was asked for what the tables rest on."""
    findings: dict[str, Json] = {kind: [_finding(words, one) for one in found if one.kind == kind] for kind in FINDINGS}
    head: dict[str, Json] = {"language": words.lang, "on": on.isoformat(), **counted(words.book)}
    rests = {"standing": evidence_as_json(words, evidence)} if evidence else {}
    return dumped("law-check/1", {**head, "findings": findings, **rests})


def _table(words: Citing, selected: Selected, day: date, only: bool) -> dict[str, Json]:
    table, asked = words.book.table(selected.path), selected.parameter
    labels = words.book.parameters(table.path)
    versions = [version for version in table.versions if not only or version.start <= day <= version.until]
    return {
        **_named(table),
        "measure": table.measure,
        "notice_until": None if table.notice_until is None else table.notice_until.isoformat(),
        "parameters": {key: both(label) for key, label in labels.items() if asked in (None, key)},
        "as_of": day.isoformat(),
        "versions": [_version(words, version, asked, day) for version in versions],
    }


def _version(words: Citing, version: Version, parameter: str | None, day: date) -> dict[str, Json]:
    book = words.book
    figures, bands = stated(book, version, parameter)
    return {
        "citation": citation_as_json(words, version),
        "in_force": version.start <= day <= version.until,
        "figures": {key: _figure(book, version.path, key, value) for key, value in figures.items()},
        "bands": _value(book, version.path, "", bands),
        **_users(book, users(book, version, parameter)),
    }


def _value(book: LawBook, path: str, parameter: str, value: Value | Bands | None) -> Json:
    """A figure, or bands of figures by their parameters."""
    if isinstance(value, list):
        return [{key: _figure(book, path, key, item) for key, item in band.items()} for band in value]
    return None if value is None else _figure(book, path, parameter, value)


def _figure(book: LawBook, path: str, parameter: str, value: Value) -> Json:
    """{'value': '3000000.00', 'unit': 'yuan'}; text, yes and no as they are."""
    if not isinstance(value, Quantity):
        return value
    kind, exact = value.unit, value.exact
    if kind == "money":
        return {"value": yuan(int(exact)) if exact.denominator == 1 else str(exact / 100), "unit": "yuan"}
    unit = "share" if kind == "rate" else book.unit(path, parameter)
    plain = decimal_text(exact)
    return {"value": plain if Fraction(plain.rstrip("…")) == exact else str(exact), "unit": unit}


def _users(book: LawBook, found: Users) -> dict[str, Json]:
    """Reliefs and levies, each with its label."""
    return {
        what: [{"id": id, **both(name_of(book, id, is_relief=what == "reliefs"))} for id in ids]
        for what, ids in found._asdict().items()
    }


def _changed(words: Citing, table: TableDiff) -> dict[str, Json]:
    book, path = words.book, table.path
    labels = book.parameters(path)
    changes = [
        {
            "parameter": change.parameter or None,
            "label": both(labels[change.parameter]) if change.parameter in labels else None,
            **{
                side: [
                    {**_days(state.start, state.until), "value": _value(book, path, change.parameter, state.value)}
                    for state in states
                ]
                for side, states in (("before", change.before), ("after", change.after))
            },
        }
        for change in table.changes
    ]
    pieces = {
        side: [{**_days(piece.start, piece.until), **_citation(words, piece.value)} for piece in found]
        for side, found in (("before", table.before), ("after", table.after))
    }
    return {**_named(book.table(path)), "changes": changes, **pieces, **_users(book, table.users)}


def _finding(words: Citing, one: Found) -> dict[str, Json]:
    return {
        "path": one.path,
        **both(one.label),
        **_days(one.start, one.until),
        "on_the_day": one.now,
        **_citation(words, one.version),
    }


def _named(table: Table) -> dict[str, Json]:
    return {"path": table.path, **both(table.label)}


def _span(span: Span) -> dict[str, str]:
    return {"written": span.written, "start": span.start.isoformat(), "until": span.until.isoformat()}


def _days(start: date | None, until: date | None) -> dict[str, str | None]:
    return {"from": start.isoformat() if start else None, "until": until_of(until) if until else None}


def _citation(words: Citing, version: Version | None) -> dict[str, Json]:
    return {"citation": citation_as_json(words, version) if version else None}
