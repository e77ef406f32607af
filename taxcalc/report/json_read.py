"""An assessment read back from its JSON: the same record, to the fen.

What the JSON says in words is not read: labels follow from the ids, and versions from their table and first day, under the
tables with which it was made.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

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
from taxcalc.base.money import Fen, read_money
from taxcalc.base.period import Period, read_period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.facts.files import read_text
from taxcalc.facts.opening import Balances, Loss, Opening, opening_of
from taxcalc.law.book import LawBook, Version
from taxcalc.report.json import SCHEMA


def from_json(text: str, book: LawBook) -> Assessment:
    """The assessment that a JSON document of this program states.

    Raises InputError where it is no such document, or was made with other tables of the law.
    """
    return from_dict(read_document(text), book)


def read_document(text: str, source: str = "JSON") -> dict[str, Any]:
    """A JSON document that says to be an assessment. Raises InputError."""
    try:
        document = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError([problem("answer_unreadable", source=source, schema=SCHEMA)])
    return document


def from_dict(document: dict[str, Any], book: LawBook) -> Assessment:
    """The same from the document as a dict. Raises InputError."""
    if document.get("tables") != book.sha256:
        raise InputError(
            [problem("answer_other_tables", found=str(document.get("tables"))[:8], tables=book.sha256[:8])]
        )
    try:
        return _Reader(document, book).assessment()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise InputError([problem("answer_unreadable", source="JSON", schema=SCHEMA)]) from None


def read_opening(path: str, period: Period) -> tuple[Opening, dict[str, str]]:
    """What a period opens with after the answer in a file, and the same as facts by their names. Raises InputError.

    The answer may have been made with other tables of the law: its balances are amounts.
    """
    document = read_document(read_text(path), path)
    try:
        earlier, balances = _period(document["period"]), _balances(document["balances"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError([problem("answer_unreadable", source=path, schema=SCHEMA)]) from None
    return opening_of(earlier, balances, path, period)


def _refuse(text: str) -> Any:
    raise ValueError(text)


class _Reader:
    """Reads one document."""

    def __init__(self, document: dict[str, Any], book: LawBook) -> None:
        self._document, self._book = document, book
        self._catalogue = catalogue_of(book)
        self._span = _period(document["period"])
        months = 1 if document["filing"] == "monthly" else 3
        self._model = model_for(book, self._span, months, frozenset(document["levies"]))

    def assessment(self) -> Assessment:
        d = self._document
        levies = tuple(self._levy(id, levy) for id, levy in d["levies"].items())
        ceilings = {kind: Fen(0) for kind in d["totals"] if kind != "taxes_and_fees"}
        return Assessment(
            d["engine"],
            d["tables"],
            self._span,
            d["filing"],
            {name: Given(_value(fact["value"], fact["unit"]), fact["source"]) for name, fact in d["facts"].items()},  # type: ignore[arg-type]
            tuple(self._assumption(one) for one in d["assumptions"]),
            levies,
            tuple(self._item(item) for item in d["items"]),
            {kind: _total(total) for kind, total in d["totals"].items() if kind != "taxes_and_fees"},
            ceilings | {kind: _fen(amount) for kind, amount in d["ceilings"].items()},
            tuple(Regime(r["id"], r["granted"], _fen(r["tax"]), r["chosen"]) for r in d["corporate_income"]["regimes"]),
            _balances(d["balances"]),
            tuple(self._question(one) for one in d["unknown"]),
            tuple(Warning(w["severity"], _problem(w)) for w in d["warnings"]),
            tuple(map(self._version, d["law"])),
            _opening(d["opening"]),
        )

    def _levy(self, id: str, levy: dict[str, Any]) -> LevyResult:
        return LevyResult(
            id,
            levy["kind"],
            self._model.levies[id].levy.label,
            levy["status"],
            baseline=_fen_or_none(levy["baseline"]),
            saving=_fen_or_none(levy["saving"]),
            payable=_fen_or_none(levy["payable"]),
            needs=tuple(levy["needs"]),
            balance=_fen_or_none(levy["balance"]),
            at_most=levy["at_most"],
        )

    def _item(self, item: dict[str, Any]) -> Item:
        table = self._book.table(self._model.reliefs[item["id"]].table)
        return Item(
            id=item["id"],
            kind=item["kind"],
            label=table.label,
            measure=item["measure"],
            status=item["status"],
            base=_fen_or_none(item["base"]),
            before=_fen_or_none(item["before"]),
            saving=_fen_or_none(item["saving"]),
            after=_fen_or_none(item["after"]),
            worth=_fen_or_none(item["worth"]),
            by_levy={id: _fen(amount) for id, amount in item["by_levy"].items()},
            conditions=tuple(map(_condition, item["conditions"])),
            needs=tuple(item["needs"]),
            citations=tuple(map(self._version, item["citations"])),
            displaced_by=item["displaced_by"],
            at_stake=_fen_or_none(item["at_stake"]),
            at_most=item["at_most"],
            at_least=_fen_or_none(item["at_least"]),
            kept_months=item["kept_months"],
            incomplete=tuple(item["incomplete"]),
            notice_until=_day(item["notice_until"]),
            in_force_from=_day(item["in_force_from"]),
            ended=_day(item["ended"]),
            kept_until=_day(item["kept_until"]),
        )

    def _assumption(self, one: dict[str, Any]) -> Assumption:
        fact = self._catalogue[one["fact"]]
        return Assumption(fact.name, fact.label, one["how"], _value(one["value"], one["unit"]), one["of"])

    def _question(self, one: dict[str, Any]) -> Question:
        fact = self._catalogue[one["fact"]]
        return Question(
            fact.name, fact.label, tuple(one["blocks"]), _fen_or_none(one["at_stake"]), tuple(one["inputs"])
        )

    def _version(self, citation: dict[str, Any]) -> Version:
        versions = self._book.table(citation["table"]).versions
        return next(version for version in versions if version.start.isoformat() == citation["from"])


def _condition(one: dict[str, Any]) -> Condition:
    value, limit = (_value(one[key], one["unit"]) for key in ("value", "limit"))
    parts = tuple(map(_condition, one["of"]))
    where = (one["limit_of"], one["unit"], _period(one["period"]), one["met"], parts, one["at_least"])
    return Condition(one["line"], one["fact"], one["operator"], value, limit, *where)


def _total(total: dict[str, Any]) -> Total:
    baseline, saving, payable = (_fen_or_none(total[key]) for key in ("baseline", "saving", "payable"))
    return Total(baseline, saving, payable, tuple(total["incomplete"]))


def _balances(found: dict[str, Any]) -> Balances:
    return Balances(
        vat_credit=_fen_or_none(found["vat_credit"]),
        additional_deduction=_fen_or_none(found["additional_deduction"]),
        loss=_fen_or_none(found["loss"]),
        losses=_losses(found["losses"]),
        losses_before=_losses(found["losses_before"]),
        income_tax=_fen_or_none(found["income_tax"]),
        income_tax_prepaid=_fen_or_none(found["income_tax_prepaid"]),
        months_used={str(relief): int(number) for relief, number in found["months_used"].items()},
    )


def _losses(found: list[dict[str, Any]]) -> tuple[Loss, ...]:
    return tuple(Loss(one["year"], _fen(one["amount"]), one["until"]) for one in found)


def _opening(found: dict[str, Any] | None) -> Opening | None:
    if found is None:
        return None
    losses, expired = _losses(found["losses"]), _losses(found["expired"])
    return Opening(_period(found["period"]), found["source"], losses, expired, found["months_used"])


def _value(value: Any, unit: str) -> Value | None:
    if value is None or isinstance(value, bool) or unit in ("option", "text"):
        return value  # type: ignore[no-any-return]
    if unit == "yuan" and "/" not in value and len(value.partition(".")[2]) == 2:
        return _fen(value)
    exact = Fraction(value) * (100 if unit == "yuan" else 1)
    return exact.numerator if exact.denominator == 1 else exact


def _fen(text: str) -> Fen:
    amount = read_money(text)
    if isinstance(amount, Problem):
        raise ValueError(text)
    return Fen(amount)


def _fen_or_none(text: str | None) -> Fen | None:
    return None if text is None else _fen(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _period(text: str) -> Period:
    period = read_period(text)
    if period is None:
        raise ValueError(text)
    return period


def _problem(warning: dict[str, Any]) -> Problem:
    """The values of a sentence: a pair is a label in both languages."""
    values = warning["values"].items()
    return Problem(warning["id"], {key: tuple(value) if isinstance(value, list) else value for key, value in values})
