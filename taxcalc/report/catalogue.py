"""The catalogue of facts, for people and for programs."""

from __future__ import annotations

from fractions import Fraction

from rich.console import Console
from rich.table import Table
from rich.text import Text

from taxcalc.assessment.model import Model, catalogue_of, model_for
from taxcalc.base.period import Period
from taxcalc.base.problem import Lang
from taxcalc.facts.catalogue import Fact
from taxcalc.law.book import LawBook
from taxcalc.report.shapes import Json, both, dumped

_SHOWN_YEAR = 2023
"""Which reliefs need a fact is told by the graph of one year."""


def as_json(book: LawBook) -> str:
    """Every fact with its names, type, unit, limits, assumption, and the reliefs that need it."""
    model = model_for(book, Period(_SHOWN_YEAR), 3)
    needs = _reliefs_by_fact(model)
    return dumped("facts/1", {"facts": [_entry(fact, needs) for fact in model.catalogue]})


def _entry(fact: Fact, needs: dict[str, list[str]]) -> dict[str, Json]:
    return {
        "name": fact.name,
        **both(fact.label),
        "help": both(fact.help),
        "type": fact.type,
        "unit": {"money": "yuan", "rate": "share", "average": "persons"}.get(fact.type),
        "group": fact.group,
        "aliases": list(fact.aliases),
        "inputs": list(fact.inputs()),
        "options": {key: both(label) for key, label in fact.options.items()} or None,
        "minimum": _limit(fact, fact.minimum if fact.minimum is not None else (None if fact.negative else 0)),
        "maximum": _limit(fact, fact.maximum),
        "assumed": None if fact.assume is None else fact.written(fact.assume),
        "entitles": fact.entitles,
        "reliefs": needs.get(fact.name, []),
    }


def _limit(fact: Fact, value: int | Fraction | None) -> str | None:
    if value is None or fact.type not in ("money", "count", "average"):
        return None
    return fact.written(value)


def print_table(book: LawBook, lang: Lang, console: Console) -> None:
    """One line a fact: option name, label and help, type, what stands in for it."""
    side = 0 if lang == "zh" else 1
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for heading in (("名称", "name"), ("说明", "meaning"), ("类型", "type"), ("默认", "if not given")):
        table.add_column(heading[side], overflow="fold", no_wrap=heading[1] in ("type",))
    for fact in catalogue_of(book):
        about = Text(fact.label[side])
        if fact.help[side]:
            about.append(f" · {fact.help[side]}", style="dim")
        if fact.options:
            choices = [label[0] for label in fact.options.values()] if side == 0 else fact.options
            about.append(f" [{(' · ', ', ')[side].join(choices)}]", style="dim")
        standing = _standing(fact, side) if fact.assume is not None else "—"
        table.add_row(Text(fact.name, style="cyan"), about, _TYPES[fact.type][side], standing)
    console.print(table)


_TYPES = {
    "text": ("文本", "text"),
    "money": ("金额", "money"),
    "rate": ("比率", "rate"),
    "average": ("人数", "average"),
    "count": ("整数", "count"),
    "month": ("月份", "month"),
    "flag": ("是否", "yes/no"),
    "choice": ("选项", "choice"),
}


def _standing(fact: Fact, side: int) -> str:
    """What stands in for a fact that is not given."""
    if fact.options:
        return list(fact.options.values())[int(fact.assume or 0)][side]
    if fact.type == "flag":
        return (("是", "yes") if fact.assume else ("否", "no"))[side]
    return fact.written(fact.assume or 0)


def _reliefs_by_fact(model: Model) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relief in model.reliefs:
        for fact in model.facts_of_relief(relief):
            found.setdefault(fact, []).append(relief)
    return found
