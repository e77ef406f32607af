"""Advice as data: JSON by taxcalc/schema/advise.schema.json, and rows of CSV."""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.advice.advise import Advice
from taxcalc.advice.cliffs import Cliff
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.report.citing import citation_as_json
from taxcalc.report.json import as_plain, condition_as_json
from taxcalc.report.json_values import entries, written
from taxcalc.report.names import Names
from taxcalc.report.shapes import Json, dumped
from taxcalc.report.words import Words

SCHEMA = "advise/1"
_CLIFF = (
    "input label unit now at last_before first_after headroom headroom_gross behind payable_before payable_after "
    "cost_of_crossing cost_here earned_back_at by_levy reliefs conditions law"
)
_VALUES = ("now", "at", "last_before", "first_after", "headroom", "earned_back_at")
COLUMNS: dict[str, Label] = {
    "what": ("类别", "what"),
    "of": ("编号", "of"),
    "name": ("名称", "name"),
    "limit": ("限额", "limit"),
    "headroom": ("余量", "headroom"),
    "headroom_gross": ("余量（含税）", "headroom with VAT"),
    "behind": ("已超", "crossed"),
    "amount": ("金额", "amount"),
    "cost_here": ("此处多缴", "cost here"),
    "earned_back_at": ("补回于", "earned back at"),
    "until": ("到期", "until"),
    "condition": ("条件", "condition"),
    "source": ("依据", "source"),
}
"""The columns of CSV by their ids. The amount is what crossing costs, what is saved, or what ends."""


def as_json(advice: Advice, book: LawBook, lang: Lang) -> str:
    """The advice on one business, ending in a newline."""
    words = Words(advice.assessment, book, lang, plain=True)
    made = advice.assessment
    content: dict[str, Json] = {
        "engine": made.engine,
        "tables": made.tables,
        "language": lang,
        "period": str(made.period),
        "payable": written(made.saved.payable),
        "incomplete": written(made.saved.incomplete),
        "cliffs": [cliff_as_json(cliff, words) for cliff in advice.cliffs],
        "unlocks": [
            entries(
                one,
                "relief label saving alone conditions needs law",
                label=words.relief(one.relief),
                conditions=[condition_as_json(condition, words) for condition in one.conditions],
                law=[citation_as_json(words, version) for version in one.law],
            )
            for one in advice.unlocks.each
        ],
        "together": written(advice.unlocks.together),
        "choices": [
            entries(
                one,
                "table label fact chosen other saving law",
                label=words.pick(one.label),
                law=citation_as_json(words, one.law),
            )
            for one in advice.choices
        ],
        "endings": [written(one) for one in advice.endings],
        "note": words.say("advice_note"),
    }
    return dumped(SCHEMA, content)


def cliff_as_json(cliff: Cliff, words: Words) -> dict[str, Json]:
    """A cliff; values of its fact are amounts in yuan, shares of one or numbers, all as text."""
    values = {name: as_plain(getattr(cliff, name), cliff.unit) for name in _VALUES}
    return entries(
        cliff,
        _CLIFF,
        **values,
        label=words.inputs([cliff.input]),
        conditions=[condition_as_json(condition, words) for condition in cliff.conditions],
        law=[citation_as_json(words, version) for version in cliff.law],
    )


def as_csv(advice: Advice, book: LawBook, lang: Lang, names: Names) -> str:
    """A row for each cliff, unlock, choice and end. Text cannot become a formula in a spreadsheet."""
    side = {"zh": 0, "en": 1}
    words = Words(advice.assessment, book, lang, plain=True)
    rows = [{id: id if names == "id" else label[side[names]] for id, label in COLUMNS.items()}]
    rows += _rows(advice, words)
    return "".join(f"{as_line([guarded(row.get(id, '')) for id in COLUMNS])}\n" for row in rows)


def _rows(advice: Advice, words: Words) -> Iterator[dict[str, str]]:
    for cliff in advice.cliffs:
        said = cliff_as_json(cliff, words)
        yield {
            "what": "cliff",
            "of": cliff.input,
            "name": str(said["label"]),
            "limit": str(said["at"]),
            "headroom": str(said["headroom"]),
            "headroom_gross": str(said["headroom_gross"] or ""),
            "behind": words.say("yes" if cliff.behind else "no"),
            "amount": str(said["cost_of_crossing"]),
            "cost_here": str(said["cost_here"] or ""),
            "earned_back_at": str(said["earned_back_at"] or ""),
            "condition": words.sentences(dict.fromkeys(map(words.asked, cliff.conditions))),
            "source": words.sentences(map(words.citation, cliff.law)),
        }
    for one in advice.unlocks.each:
        yield {
            "what": "unlock",
            "of": one.relief,
            "name": words.relief(one.relief),
            "amount": words.money(one.saving),
            "condition": words.sentences(map(words.asked, one.conditions)),
            "source": words.sentences(map(words.citation, one.law)),
        }
    for choice in advice.choices:
        yield {
            "what": "choice",
            "of": choice.fact,
            "name": words.pick(choice.label),
            "amount": words.money(choice.saving),
            "condition": f"{choice.chosen} → {choice.other}",
            "source": words.citation(choice.law),
        }
    for ending in advice.endings:
        yield {
            "what": "ending",
            "of": " ".join(ending.reliefs),
            "name": words.listed(map(words.relief, ending.reliefs)),
            "amount": words.money(ending.saving),
            "until": ending.day.isoformat(),
        }
