"""Which assessed period and filing frequency a row has: they say which law it comes under."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from taxcalc.base.period import Period
from taxcalc.base.problem import Problem, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import WHEN, FactSet
from taxcalc.facts.values import read_value
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import LONGEST, Block, Facts, cell_text, read_facts
from taxcalc.firms.read.heading import Header

DECISIVE = (*WHEN, "filing", "vat_payer", "general_from")
"""The facts that decide: the year and the period first."""
RowGroup: TypeAlias = tuple[Period, int]
"""An assessed period, and the months of a filing period."""


class Periods:
    """The groups of the rows of a table: each is found as for one business that states what decides."""

    def __init__(
        self, header: Header, catalogue: Catalogue, defaults: Mapping[str, str], period: Period | None = None
    ) -> None:
        """`period` is the one that every row is assessed for, where that is told."""
        self._header, self._catalogue, self._defaults, self._period = header, catalogue, defaults, period
        self._remembered = functools.lru_cache(maxsize=4096)(self._found)

    def of_rows(self, block: Block, facts: Facts[C], engine: Engine[C]) -> list[tuple[RowGroup | Problem | None, C]]:
        """The rows of each group, of what is wrong with the period, and (None) of other periods than the one told."""
        columns = [
            engine.without_gaps(facts.values[name], facts.filled[name], -1)
            if name in facts.values
            else engine.filled(block.size, -1)
            for name in DECISIVE
        ]
        texts: Sequence[str] = ()
        if period := self._header.column("period"):
            codes, written = block.distinct(period.place)
            spelled = [self._spelled(text) for text in written]  # of many ways to write a period one group
            places = {text: place for place, text in enumerate(dict.fromkeys(spelled))}
            columns[1] = engine.mapped(engine.column(codes), [places[text] for text in spelled])
            texts = list(places)
        found: dict[str, tuple[RowGroup | Problem | None, list[C]]] = {}
        for key, rows in engine.groups(columns):
            group = self._group(key, texts)
            found.setdefault(str(group), (group, []))[1].append(rows)
        return [(group, engine.joined(rows)) for group, rows in found.values()]

    def of_table(self, whole: Block | None, preset: Mapping[str, int], engine: Engine[C]) -> list[RowGroup]:
        """The groups of all rows, where they are at hand or no column states the period; else none."""
        found: Sequence[RowGroup | Problem | None] = ()
        if self._header.stated.isdisjoint(WHEN):
            found = [self._group((-1,) * len(DECISIVE), ())]
        elif whole is not None and whole.size:
            deciding = [column for column in self._header.numbers if column.name in DECISIVE]
            facts = read_facts(whole, deciding, preset, engine)
            found = [group for group, _ in self.of_rows(whole, facts, engine)]
        return [group for group in found if group and not isinstance(group, Problem)]

    def _spelled(self, text: str) -> str:
        """A period as the program writes it, '' for a mark of absence; what is none as it stands."""
        text = cell_text(self._catalogue["period"], text)
        value = read_value(self._catalogue["period"], text)
        return value if isinstance(value, str) else text

    def _group(self, key: tuple[int, ...], texts: Sequence[str]) -> RowGroup | Problem | None:
        values = dict(zip(DECISIVE, key, strict=True))
        code = values.pop("period")
        given = {"period": texts[code]} if code >= 0 and texts[code].strip() else {}
        for text in given.values():
            if isinstance(why := read_value(self._catalogue["period"], text), Problem):
                return problem(why.key, **{**why.values, "name": "period"})
        given |= {name: self._catalogue[name].written(value) for name, value in values.items() if value >= 0}
        if given.keys().isdisjoint(WHEN):
            given |= {name: self._defaults[name] for name in WHEN if name in self._defaults}
        find = self._found if any(len(text) > LONGEST for text in given.values()) else self._remembered
        return find(tuple((name, text) for name, text in given.items() if text))

    def _found(self, given: tuple[tuple[str, str], ...]) -> RowGroup | Problem | None:
        facts = FactSet(self._catalogue)
        facts.add("row", dict(given) if self._period is None else in_period(dict(given), self._period))
        facts.read()
        if self._period and not facts.problems and not of_period(dict(given), self._period, self._catalogue):
            return None
        if facts.problems:
            why = facts.problems[0]
            if why.key == "bad_fact":  # the row is named by its number, the column by the fact
                why = problem(why.values["why"].key, **{**why.values["why"].values, "name": why.values["name"]})
            return why
        return facts.period, facts.filing_months()[0]


def in_period(given: Mapping[str, str], period: Period) -> dict[str, str]:
    """What a row states, for the period that is told."""
    return {**{name: text for name, text in given.items() if name not in WHEN}, "period": str(period)}


def of_period(given: Mapping[str, str], period: Period, catalogue: Catalogue) -> bool:
    """Is a row of this period: does it say so, or of its year that it is of it, or nothing?"""
    said = {name: text for name, text in given.items() if name in WHEN}
    if not said:
        return True
    facts = FactSet(catalogue)
    facts.add("row", said)
    own = facts.read().period
    return bool(facts.problems) or own == period or (said.keys() == {"year"} and own == period.around(12))
