"""Which assessed period and filing frequency a row has: they say which law it comes under."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from taxcalc.base.period import Period
from taxcalc.base.problem import Problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import FactSet
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import LONGEST, Block, Facts, read_facts
from taxcalc.firms.read.heading import Header

WHEN = ("year", "period")
"""The facts that say the period: what is set for one of them is not for rows that state one."""
DECISIVE = (*WHEN, "filing", "vat_payer")
"""The facts that decide."""
RowGroup: TypeAlias = tuple[Period, int]
"""An assessed period, and the months of a filing period."""


class Periods:
    """The groups of the rows of a table: each is found as for one business that states what decides."""

    def __init__(self, header: Header, catalogue: Catalogue, defaults: Mapping[str, str]) -> None:
        self._header, self._catalogue, self._defaults = header, catalogue, defaults
        self._remembered = functools.lru_cache(maxsize=4096)(self._found)

    def of_rows(self, block: Block, facts: Facts[C], engine: Engine[C]) -> list[tuple[RowGroup | Problem, C]]:
        """The rows of each group, or of what is wrong with the period."""
        columns = [
            engine.without_gaps(facts.values[name], facts.filled[name], -1)
            if name in facts.values
            else engine.filled(block.size, -1)
            for name in DECISIVE
        ]
        texts: Sequence[str] = ()
        if period := self._header.column("period"):
            codes, texts = block.distinct(period.place)
            columns[1] = engine.column(codes)
        found: dict[str, tuple[RowGroup | Problem, list[C]]] = {}
        for key, rows in engine.groups(columns):
            group = self._group(key, texts)
            found.setdefault(str(group), (group, []))[1].append(rows)
        return [(group, engine.joined(rows)) for group, rows in found.values()]

    def of_table(self, whole: Block | None, preset: Mapping[str, int], engine: Engine[C]) -> list[RowGroup]:
        """The groups of all rows, where they are at hand or no column states the period; else none."""
        found: Sequence[RowGroup | Problem] = ()
        if self._header.stated.isdisjoint(WHEN):
            found = [self._group((-1, -1, -1, -1), ())]
        elif whole is not None and whole.size:
            deciding = [column for column in self._header.numbers if column.name in DECISIVE]
            facts = read_facts(whole, deciding, preset, engine)
            found = [group for group, _ in self.of_rows(whole, facts, engine)]
        return [group for group in found if not isinstance(group, Problem)]

    def _group(self, key: tuple[int, ...], texts: Sequence[str]) -> RowGroup | Problem:
        year, period, filing, payer = key
        given = {"year": str(year)} if year >= 0 else {}
        if period >= 0 and texts[period].strip():
            given["period"] = texts[period]
        if not given:
            given = {name: self._defaults[name] for name in WHEN if name in self._defaults}
        for name, index in (("filing", filing), ("vat_payer", payer)):
            if index >= 0:
                given[name] = list(self._catalogue[name].options)[index]
        find = self._found if any(len(text) > LONGEST for text in given.values()) else self._remembered
        return find(tuple((name, text) for name, text in given.items() if text))

    def _found(self, given: tuple[tuple[str, str], ...]) -> RowGroup | Problem:
        facts = FactSet(self._catalogue)
        facts.add("row", dict(given))
        facts.read()
        if facts.problems:
            return facts.problems[0]
        return facts.period, facts.filing_months()[0]
