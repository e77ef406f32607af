"""An assessment as JSON and back. The format is documented by taxcalc/schema/assessment-2.schema.json and kept stable.

Amounts are strings in yuan, numbers and shares strings that lose nothing, and null is what is not known. What is only said
(labels, sentences, names of documents) is in one language and is not read back: it follows from the ids and the law.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from taxcalc.assessment.conditions import exact_text
from taxcalc.assessment.result import Assessment, Condition, Given, Item, LevyResult, Total, Value, ValueUnit
from taxcalc.base.money import Fen, yuan
from taxcalc.base.problem import Lang, json_escaped
from taxcalc.facts.opening import Balances, Loss, Opening
from taxcalc.law.book import LawBook
from taxcalc.report.citing import citation_as_json
from taxcalc.report.words import Words

SCHEMA = "taxcalc/assessment/2"
_UNITS: dict[str, ValueUnit] = {
    "money": "yuan",
    "rate": "share",
    "flag": "yes_no",
    "choice": "option",
    "text": "text",
    "month": "text",
}


def as_json(assessment: Assessment, book: LawBook, lang: Lang, *, explained: list[dict[str, Any]] | None = None) -> str:
    """The document as text, ending in a newline; with the computation line by line, if that is given."""
    document = as_dict(assessment, book, lang)
    if explained is not None:
        document["explanation"] = explained
    return json_escaped(_laid_out(document)) + "\n"


def _laid_out(document: dict[str, Any]) -> str:
    """Two levels of lines, an entry a line below that: readable, and written by the fast encoder."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    parts = []
    for key, value in document.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"    {encode(name)}: {encode(item)}" for name, item in value.items())
            text = f"{{\n{inner}\n  }}"
        elif isinstance(value, list) and value:
            text = "[\n" + ",\n".join(f"    {encode(item)}" for item in value) + "\n  ]"
        else:
            text = encode(value)
        parts.append(f"  {encode(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"


def as_dict(assessment: Assessment, book: LawBook, lang: Lang) -> dict[str, Any]:
    """The document as a dict."""
    return _Writer(assessment, book, lang).document()


class _Writer:
    """Writes one assessment."""

    def __init__(self, assessment: Assessment, book: LawBook, lang: Lang) -> None:
        self.assessment, self.book = assessment, book
        self.words = Words(assessment, book, lang, plain=True)

    def document(self) -> dict[str, Any]:
        a, words = self.assessment, self.words
        return {
            "schema": SCHEMA,
            "engine": a.engine,
            "tables": a.tables,
            "language": words.lang,
            "period": str(a.period),
            "filing": a.filing,
            "facts": {name: self._fact(name, given) for name, given in a.facts.items()},
            "assumptions": [
                {
                    "fact": x.fact,
                    "how": x.how,
                    "of": x.of,
                    **self._of_fact(x.fact, x.value),
                    "text": words.assumption(x),
                }
                for x in a.assumptions
            ],
            "levies": {levy.id: self._levy(levy) for levy in a.levies},
            "items": [self._item(item) for item in a.items],
            "totals": {
                **{kind: _total(total) for kind, total in a.totals.items()},
                "taxes_and_fees": _total(a.saved),
            },
            "ceilings": {kind: yuan(amount) for kind, amount in a.ceilings.items() if amount},
            "corporate_income": {
                "regime": a.regime.id if a.regime else None,
                "regimes": [
                    {"id": r.id, "granted": r.granted, "tax": yuan(r.tax), "chosen": r.chosen} for r in a.regimes
                ],
                "loss_carried_forward": _yuan(a.balances.loss),
            },
            "balances": self._balances(a.balances),
            "warnings": [
                {
                    "id": w.problem.key,
                    "severity": w.severity,
                    "text": w.problem.text(words.lang),
                    "values": dict(w.problem.values),
                }
                for w in a.warnings
            ],
            "unknown": [
                {
                    "fact": q.fact,
                    "label": words.pick(q.label),
                    "inputs": list(q.inputs),
                    "blocks": list(q.blocks),
                    "at_stake": _yuan(q.at_stake),
                }
                for q in a.questions
            ],
            "law": [citation_as_json(words, version) for version in a.law],
            "opening": _opening(a.opening),
        }

    def _fact(self, name: str, given: Given) -> dict[str, Any]:
        fact = self._slot(name)
        return {**self._of_fact(fact, given.value), "source": given.source}

    def _of_fact(self, fact: str, value: Value | None) -> dict[str, Any]:
        return {"value": _value(value, self._unit(fact)), "unit": self._unit(fact)}

    def _slot(self, name: str) -> str:
        slot = self.words.catalogue.find(name)
        return slot.fact.name if slot else name

    def _unit(self, fact: str) -> ValueUnit:
        found = self.words.catalogue.facts.get(fact)
        return _UNITS.get(found.type, "count") if found else "text"

    def _levy(self, levy: LevyResult) -> dict[str, Any]:
        return {
            "label": self.words.pick(levy.label),
            "kind": levy.kind,
            "status": levy.status,
            "baseline": _yuan(levy.baseline),
            "saving": _yuan(levy.saving),
            "payable": _yuan(levy.payable),
            "balance": _yuan(levy.balance),
            "at_most": levy.at_most,
            "needs": list(levy.needs),
        }

    def _item(self, item: Item) -> dict[str, Any]:
        words = self.words
        return {
            "id": item.id,
            "label": words.pick(item.label),
            "kind": item.kind,
            "measure": item.measure,
            "status": item.status,
            "base": _yuan(item.base),
            **{key: _yuan(getattr(item, key)) for key in ("before", "saving", "after", "worth")},
            "by_levy": {id: yuan(amount) for id, amount in item.by_levy.items()},
            "conditions": [self._condition(condition) for condition in item.conditions],
            "needs": list(item.needs),
            "incomplete": list(item.incomplete),
            "at_stake": _yuan(item.at_stake),
            "displaced_by": item.displaced_by,
            "at_most": item.at_most,
            "at_least": _yuan(item.at_least),
            "kept": words.kept(item) or None,
            "kept_until": _day(item.kept_until),
            "kept_months": item.kept_months,
            "return_rows": [row._asdict() for row in words.return_rows(item.id)],
            "citations": [citation_as_json(words, version) for version in item.citations],
            "notice_until": _day(item.notice_until),
            "in_force_from": _day(item.in_force_from),
            "ended": _day(item.ended),
        }

    def _condition(self, condition: Condition) -> dict[str, Any]:
        return {
            **{
                key: getattr(condition, key)
                for key in ("line", "fact", "operator", "limit_of", "unit", "met", "at_least")
            },
            "value": _value(condition.value, condition.unit),
            "limit": _value(condition.limit, condition.unit),
            "period": str(condition.period),
            "text": self.words.condition(condition),
            "of": [self._condition(part) for part in condition.of],
        }

    def _balances(self, balances: Balances) -> dict[str, Any]:
        names = ("vat_credit", "additional_deduction", "loss", "income_tax", "income_tax_prepaid")
        return {
            **{name: _yuan(getattr(balances, name)) for name in names},
            "losses": _losses(balances.losses),
            "losses_before": _losses(balances.losses_before),
            "months_used": dict(balances.months_used),
        }


def _losses(losses: Sequence[Loss]) -> list[dict[str, Any]]:
    return [{"year": one.year, "amount": yuan(one.amount), "until": one.until} for one in losses]


def _opening(opening: Opening | None) -> dict[str, Any] | None:
    if opening is None:
        return None
    losses = {"losses": _losses(opening.losses), "expired": _losses(opening.expired)}
    return {"period": str(opening.period), "source": opening.source, **losses, "months_used": dict(opening.months_used)}


def _total(total: Total) -> dict[str, Any]:
    amounts = {key: _yuan(getattr(total, key)) for key in ("baseline", "saving", "payable")}
    return {**amounts, "incomplete": list(total.incomplete)}


def _value(value: Value | None, unit: ValueUnit) -> Any:
    """Yes, no and names as they are, amounts in yuan; an amount that is not yet rounded to the fen with all its decimals."""
    if value is None or isinstance(value, bool | str):
        return value
    return yuan(value) if isinstance(value, Fen) else exact_text(Fraction(value) / (100 if unit == "yuan" else 1))


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
