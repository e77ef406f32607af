"""An assessment read back from its JSON: the same record, to the fen.

What the JSON says in words is not read: labels follow from the ids, and versions from their table and first day, under the
tables with which it was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NoReturn

from taxcalc.assessment.model import catalogue_of, model_for
from taxcalc.assessment.result import (
    Assessment,
    Assumption,
    Condition,
    Given,
    Item,
    LevyResult,
    Question,
    Regime,
    Total,
    Value,
    Warning,
)
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.facts.files import read_text
from taxcalc.facts.opening import Balances, Opening, opening_of
from taxcalc.law.book import LawBook, Version
from taxcalc.report.json import BOTH, SCHEMA
from taxcalc.report.json_values import a_period, a_text, an_amount, an_object, objects, read_record
from taxcalc.report.shapes import Json

_NUMBER = r"-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?"
"""A number without loss; not 1e999999999, which would take all time to be read."""


def from_json(text: str, book: LawBook) -> Assessment:
    """The assessment that a JSON document of this program states.

    Raises InputError where it is no such document, or was made with other tables of the law.
    """
    document = read_document(text, "JSON")
    tables = document.get("tables")
    if tables != book.sha256:
        raise InputError([problem("answer_other_tables", found=str(tables)[:8], tables=book.sha256[:8])])
    try:
        return _Reader(document, book).assessment()
    except (KeyError, ValueError, RecursionError):
        raise _unreadable("JSON") from None


def read_opening(path: str, period: Period, book: LawBook) -> tuple[Opening, dict[str, str]]:
    """What a period opens with after the answer in a file, and the same as facts by their names. Raises InputError.

    The answer may have been made with other tables of the law: its balances are amounts.
    """
    document = read_document(read_text(path), path)
    try:
        earlier, balances = a_period(document["period"]), read_record(Balances, document["balances"])
    except (KeyError, ValueError):
        raise _unreadable(path) from None
    received = {path.replace(".", "_"): term["received"] for path, term in book.terms().items()}
    return opening_of(earlier, balances, path, period, received)


def read_document(text: str, source: str) -> Mapping[str, Json]:
    """The document of an answer, as it stands in its JSON. Raises InputError where it is none."""
    try:
        document: Json = json.loads(text, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise _unreadable(source)
    return document


def _unreadable(source: str) -> InputError:
    return InputError([problem("answer_unreadable", source=source, schema=SCHEMA)])


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object; of a name that stands in it twice, readers take now the one, now the other."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError(pairs)
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


class _Reader:
    """Reads one document."""

    def __init__(self, document: Mapping[str, Json], book: LawBook) -> None:
        self._document, self._book, self._catalogue = document, book, catalogue_of(book)
        months = 1 if document["filing"] == "monthly" else 3
        self._levies = an_object(document["levies"])
        self._model = model_for(book, a_period(document["period"]), months, frozenset(self._levies))

    def assessment(self) -> Assessment:
        d = self._document
        totals = {kind: read_record(Total, total) for kind, total in an_object(d["totals"]).items() if kind != BOTH}
        ceilings = {kind: an_amount(amount) for kind, amount in an_object(d["ceilings"]).items()}
        return read_record(
            Assessment,
            d,
            facts={name: _given(an_object(one)) for name, one in an_object(d["facts"]).items()},
            assumptions=tuple(map(self._assumption, objects(d["assumptions"]))),
            levies=tuple(self._levy(id, levy) for id, levy in self._levies.items()),
            items=tuple(map(self._item, objects(d["items"]))),
            totals=totals,
            ceilings=dict.fromkeys(totals, Fen(0)) | ceilings,
            regimes=tuple(read_record(Regime, one) for one in objects(an_object(d["corporate_income"])["regimes"])),
            questions=tuple(read_record(Question, one, label=self._label(one)) for one in objects(d["unknown"])),
            warnings=tuple(read_record(Warning, one, problem=_problem(one)) for one in objects(d["warnings"])),
            law=self._versions(d["law"]),
        )

    def _label(self, one: Mapping[str, Json]) -> Label:
        """Of the fact of a question or an assumption."""
        return self._catalogue[a_text(one["fact"])].label

    def _assumption(self, one: Mapping[str, Json]) -> Assumption:
        return read_record(Assumption, one, label=self._label(one), value=_value(one["value"], one["unit"]))

    def _levy(self, id: str, levy: Json) -> LevyResult:
        return read_record(LevyResult, levy, id=id, label=self._model.levies[id].levy.label)

    def _item(self, item: Mapping[str, Json]) -> Item:
        table = self._book.table(self._model.reliefs[a_text(item["id"])].table)
        conditions, citations = _conditions(item["conditions"]), self._versions(item["citations"])
        return read_record(Item, item, label=table.label, conditions=conditions, citations=citations)

    def _versions(self, found: Json) -> tuple[Version, ...]:
        return tuple(map(self._version, objects(found)))

    def _version(self, citation: Mapping[str, Json]) -> Version:
        for version in self._book.table(a_text(citation["table"])).versions:
            if version.start.isoformat() == citation["from"]:
                return version
        raise ValueError(citation)


def _given(one: Mapping[str, Json]) -> Given:
    value = _value(one["value"], one["unit"])
    if value is None:
        raise ValueError(one)
    return Given(value, a_text(one["source"]))


def _conditions(found: Json) -> tuple[Condition, ...]:
    return tuple(map(_condition, objects(found)))


def _condition(one: Mapping[str, Json]) -> Condition:
    value, limit = (_value(one[key], one["unit"]) for key in ("value", "limit"))
    return read_record(Condition, one, value=value, limit=limit, of=_conditions(one["of"]))


def _value(found: Json, unit: Json) -> Value | None:
    if found is None or isinstance(found, bool):
        return found
    text = a_text(found)
    if unit in ("option", "text"):
        return text
    if unit == "yuan" and "/" not in text and len(text.partition(".")[2]) == 2:
        return an_amount(text)
    if not re.fullmatch(_NUMBER, text):
        raise ValueError(text)
    exact = Fraction(text) * (100 if unit == "yuan" else 1)
    return exact.numerator if exact.denominator == 1 else exact


def _problem(warning: Mapping[str, Json]) -> Problem:
    """The values of a sentence: a pair is a label in both languages."""
    values = an_object(warning["values"]).items()
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in values}
    return Problem(a_text(warning["id"]), said)
