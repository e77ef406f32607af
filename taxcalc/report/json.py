"""An assessment as JSON and back. The format is documented by taxcalc/schema/assessment-2.schema.json and kept stable.

Amounts are strings in yuan, numbers and shares strings that lose nothing, and null is what is not known. What is only said
(labels, sentences, names of documents) is in one language and is not read back: it follows from the ids and the law.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from taxcalc.assessment.conditions import exact_text
from taxcalc.assessment.result import Assessment, Assumption, Condition, Given, Item, Value, ValueUnit
from taxcalc.base.money import Fen, yuan
from taxcalc.base.problem import Lang, json_escaped
from taxcalc.law.book import LawBook
from taxcalc.report.citing import citation_as_json
from taxcalc.report.json_values import entries, written
from taxcalc.report.shapes import Json
from taxcalc.report.words import Words

SCHEMA = "taxcalc/assessment/2"
BOTH = "taxes_and_fees"
"""Among the totals by kind: taxes and fees together."""
_UNITS: dict[str, ValueUnit] = {
    "money": "yuan",
    "rate": "share",
    "flag": "yes_no",
    "choice": "option",
    "text": "text",
    "month": "text",
}


def as_json(
    assessment: Assessment, book: LawBook, lang: Lang, *, explained: Sequence[Mapping[str, Json]] | None = None
) -> str:
    """The document as text, ending in a newline; with the computation line by line, if that is given."""
    document = _Writer(assessment, book, lang).document()
    if explained is not None:
        document["explanation"] = explained
    return json_escaped(_laid_out(document)) + "\n"


def _laid_out(document: dict[str, Json]) -> str:
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


class _Writer:
    """Writes one assessment."""

    def __init__(self, assessment: Assessment, book: LawBook, lang: Lang) -> None:
        self.assessment = assessment
        self.words = Words(assessment, book, lang, plain=True)

    def document(self) -> dict[str, Json]:
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
                entries(x, "fact how of value unit text", text=words.assumption(x), **self._value_of(x))
                for x in a.assumptions
            ],
            "levies": {levy.id: entries(levy, _LEVY, label=words.pick(levy.label)) for levy in a.levies},
            "items": [self._item(item) for item in a.items],
            "totals": written({**a.totals, BOTH: a.saved}),
            "ceilings": {kind: yuan(amount) for kind, amount in a.ceilings.items() if amount},
            "due_now": written(a.due_now),
            "corporate_income": {
                "regime": a.regime.id if a.regime else None,
                "regimes": written(a.regimes),
                "loss_carried_forward": written(a.balances.loss),
            },
            "balances": entries(a.balances, _BALANCES),
            "warnings": [
                {"id": said.key, "severity": severity, "text": said.text(words.lang), "values": said.values}
                for severity, said in a.warnings
            ],
            "unknown": [
                entries(question, "fact label inputs blocks at_stake", label=words.pick(question.label))
                for question in a.questions
            ],
            "law": [citation_as_json(words, version) for version in a.law],
            "opening": written(a.opening),
        }

    def _fact(self, name: str, given: Given) -> dict[str, Json]:
        slot = self.words.catalogue.find(name)
        return {**self._of_fact(slot.fact.name if slot else name, given.value), "source": given.source}

    def _of_fact(self, fact: str, value: Value | None) -> dict[str, Json]:
        found = self.words.catalogue.facts.get(fact)
        unit = _UNITS.get(found.type, "count") if found else "text"
        return {"value": as_plain(value, unit), "unit": unit}

    def _value_of(self, one: Assumption) -> dict[str, Json]:
        """How a figure was come by is no value of its fact."""
        return self._of_fact(one.fact if one.how == "assumed" else "", one.value)

    def _item(self, item: Item) -> dict[str, Json]:
        words = self.words
        return entries(
            item,
            _ITEM,
            label=words.pick(item.label),
            conditions=[condition_as_json(condition, words) for condition in item.conditions],
            kept=words.kept(item) or None,
            citations=[citation_as_json(words, version) for version in item.citations],
        )


def condition_as_json(condition: Condition, words: Words) -> dict[str, Json]:
    """A condition with its two numbers."""
    return entries(
        condition,
        _CONDITION,
        value=as_plain(condition.value, condition.unit),
        limit=as_plain(condition.limit, condition.unit),
        text=words.condition(condition),
        of=[condition_as_json(part, words) for part in condition.of],
    )


_LEVY = "label kind status baseline saving payable balance at_most needs"
_ITEM = (
    "id label kind measure status base before saving after worth by_levy conditions needs incomplete at_stake "
    "displaced_by at_most at_least kept kept_until kept_months citations notice_until in_force_from ended"
)
_CONDITION = "line fact operator limit_of unit met at_least value limit period text of"
_BALANCES = "vat_credit additional_deduction loss income_tax income_tax_prepaid losses losses_before months_used"


def as_plain(value: Value | None, unit: ValueUnit) -> Json:
    """Yes, no and names as they are, amounts in yuan; an amount that is not yet rounded to the fen with all its decimals."""
    if value is None or isinstance(value, bool | str):
        return value
    return yuan(value) if isinstance(value, Fen) else exact_text(Fraction(value) / (100 if unit == "yuan" else 1))
