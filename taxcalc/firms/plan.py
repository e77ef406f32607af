"""What a batch does with every row of a table: under which law, with what set for all, and which figures it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from taxcalc.assessment.model import catalogue_of, looked_at, model_for
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, problem
from taxcalc.engines.lower import Presence
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import WHEN, FactSet
from taxcalc.firms.periods import RowGroup
from taxcalc.firms.read.cells import reader
from taxcalc.firms.read.heading import Header
from taxcalc.firms.selected import Selected
from taxcalc.firms.wanted import Detail, Wanted, every_figure, figures_that_can_be, levies_of, rows_of
from taxcalc.law.book import LawBook

_REFERENCE = Period(2025)
"""Stands for the periods of a table that are not known before its rows are read."""


class Plan(NamedTuple):
    """What is settled before a row is computed."""

    header: Header
    book: LawBook
    catalogue: Catalogue
    detail: Detail
    defaults: Mapping[str, str]
    """Texts of facts for rows that do not state them."""
    preset: Mapping[str, int]
    """The same as whole numbers, but for the period."""
    today: date
    """The day of the batch, the same for all of its rows."""
    levies: frozenset[str]
    """Those that are looked at."""
    figures: Sequence[str]
    """Those that are told."""
    wanted: Wanted
    period: Period | None = None
    """The period that every row is assessed for, where that is told."""
    selected: Selected | None = None
    """The columns of the output, where they are chosen."""
    advice: bool = False
    """Is each row told its nearest limit and its largest unlock?"""
    sources: Mapping[str, str] = {}
    """Where some of the defaults are set; the others are options."""


def plan_of(
    header: Header,
    book: LawBook,
    detail: Detail,
    defaults: Mapping[str, str],
    preset: Mapping[str, int],
    today: date,
    groups: Sequence[RowGroup],
    *,
    every: bool,
    totals: bool = False,
    period: Period | None = None,
    selected: Selected | None = None,
) -> Plan:
    """The plan for a table with rows of these groups, or (none) of any: no figure is told that none of them can have.
    With `every`, each figure that there is is told, whatever the table has; of `selected` columns those are; with
    `totals`, what totals take is wanted too."""
    catalogue = catalogue_of(book)
    stated = header.stated | {slot.fact.name for name in defaults if (slot := catalogue.find(name))}
    looked = looked_at(book, stated)
    models = [model_for(book, *group, looked) for group in groups]
    model = models[0] if models else model_for(book, _REFERENCE, 3, looked)
    columns: dict[str, Presence] = {**preset, **{column.name: "gaps" for column in header.facts}}
    rows = rows_of(models or [model], columns, stated, others=not models)
    levies = levies_of(rows)
    if selected:
        figures = list(selected.figures)
    else:
        figures = every_figure(detail, book) if every else figures_that_can_be(detail, rows, levies)
    summed = figures_that_can_be("totals", rows, levies) if totals else []
    known = {*model.levies, *model.reliefs, "total", "due_now", "loss_carried_forward"}
    computed = [
        name
        for name in dict.fromkeys([*figures, *summed])
        if known.issuperset(name.removeprefix("to_date.").removeprefix("relief.").split(".")[:1])
    ]
    reasons = "reasons" in selected.findings if selected else detail in ("items", "full", "reform")
    wanted = Wanted(frozenset(stated), tuple(levies), tuple(computed), reasons)
    return Plan(header, book, catalogue, detail, defaults, preset, today, looked, figures, wanted, period, selected)


def defaults_of(given: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """What a user set, from texts such as 'year=2023'.

    Raises InputError, with every problem, where a name or a value cannot be used.
    """
    facts = FactSet(catalogue)
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            facts.problems.append(problem("set_shape", text=text))
        else:
            facts.add("options", {name.strip(): value})
    facts.read(Period(0))
    if facts.problems:
        raise InputError(facts.problems)
    return {
        stated.slot.dated: stated.text
        for stated in facts.stated.values()
        if stated.slot.fact.name not in ("name", "id")
    }


def numbers_of(defaults: Mapping[str, str], catalogue: Catalogue) -> dict[str, int]:
    """The whole numbers that stand for what was set, but for the period."""
    numbers = {}
    for name, text in defaults.items():
        if name not in WHEN:
            slot = catalogue.find(name)
            assert slot is not None
            value = reader(slot.fact)(text)
            assert isinstance(value, int)
            numbers[slot.name] = value
    return numbers
