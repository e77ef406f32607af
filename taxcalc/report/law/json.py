"""The law as JSON: tables with every version, its exact figures, documents, and what rests on it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from taxcalc.assessment.uses import Users, name_of, users
from taxcalc.base.money import yuan
from taxcalc.facts.catalogue import decimal_text
from taxcalc.law.book import LawBook, Quantity, Value, Version
from taxcalc.law.select import Selected
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.shapes import both, dumped


def tables_as_json(words: Citing, selected: list[Selected], day: date, *, only: bool) -> str:
    """The tables that were asked for, all by default; `only` the versions in force on the day."""
    asked = selected or [Selected(path, None) for path in words.book.paths()]
    return dumped("law/1", {"language": words.lang, "tables": [_table(words, one, day, only) for one in asked]})


def users_as_json(book: LawBook, found: Users) -> dict[str, Any]:
    """Reliefs and levies, each with its label."""
    return {
        "reliefs": [{"id": id, **both(name_of(book, id, is_relief=True))} for id in found.reliefs],
        "levies": [{"id": id, **both(name_of(book, id, is_relief=False))} for id in found.levies],
    }


def figure_as_json(book: LawBook, path: str, parameter: str, value: Value) -> dict[str, str] | str | bool:
    """{'value': '3000000.00', 'unit': 'yuan'}; text, yes and no as they are."""
    if not isinstance(value, Quantity):
        return value
    kind, exact = value.unit, value.exact
    if kind == "money":
        return {"value": yuan(int(exact)) if exact.denominator == 1 else str(exact / 100), "unit": "yuan"}
    unit = "share" if kind == "rate" else book.unit(path, parameter)
    plain = decimal_text(exact)
    return {"value": plain if Fraction(plain.rstrip("…")) == exact else str(exact), "unit": unit}


def _table(words: Citing, selected: Selected, day: date, only: bool) -> dict[str, Any]:
    book = words.book
    table = book.table(selected.path)
    return {
        "path": table.path,
        **both(table.label),
        "measure": table.measure,
        "notice_until": None if table.notice_until is None else table.notice_until.isoformat(),
        "parameters": {
            key: both(label) for key, label in book.parameters(table.path).items() if selected.parameter in (None, key)
        },
        "as_of": day.isoformat(),
        "versions": [
            _version(words, version, selected.parameter, day)
            for version in table.versions
            if not only or version.start <= day <= version.until
        ],
    }


def _version(words: Citing, version: Version, parameter: str | None, day: date) -> dict[str, Any]:
    book = words.book
    stated = book.stated(version)
    figures = {key: value for key, value in stated.items() if not isinstance(value, list) and parameter in (None, key)}
    bands = [band for value in stated.values() if isinstance(value, list) for band in value]
    return {
        "citation": citation_as_json(words, version),
        "in_force": version.start <= day <= version.until,
        "figures": {key: figure_as_json(book, version.path, key, value) for key, value in figures.items()},
        "bands": [
            {key: figure_as_json(book, version.path, key, value) for key, value in band.items()}
            for band in bands
            if parameter is None or any(parameter in each for each in bands)
        ],
        **users_as_json(book, users(book, version, parameter)),
    }
