"""Rows of totals beside the sums of the rows above them: they are no businesses, but they tell what the sums must be."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.problem import Problem, problem
from taxcalc.base.units import Number
from taxcalc.firms.columns.interface import C, Engine, Numbers
from taxcalc.firms.read.aside import Aside
from taxcalc.firms.read.cells import Facts
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header

_SAID = 5
"""Columns that do not add up that are said."""
Sums = Mapping[str, int | None]
"""For each input, the sum of its column, in the parts of its fact; None where a cell cannot be read."""


class Segment(NamedTuple):
    """The sums of some rows; and of the row of totals that follows them its line and what it states. The last has none."""

    sums: Sums
    total: tuple[int, Aside, Sums] | None


def added(header: Header) -> list[Column]:
    """The columns whose figures may be added up."""
    return [c for c in header.numbers if c.slot and c.slot.fact.type in ("money", "average")]


def segments(
    header: Header, facts: Facts[C], aside: Mapping[int, Aside], lines: Numbers, engine: Engine[C]
) -> list[Segment]:
    """A block cut at its rows of totals; `lines` tells which line of it each row is."""
    size = len(lines)
    columns = [column.name for column in added(header)]
    bad: dict[str, set[int]] = {}
    for row, _, column in facts.bad:
        bad.setdefault(column.name, set()).add(row)

    def summed(name: str, start: int, end: int) -> int | None:
        if not bad.get(name, set()).isdisjoint(range(start, end)):
            return None
        part = facts.values[name]
        if start or end < size or aside:
            rows = [row for row in range(start, end) if row not in aside]
            part = engine.take(part, engine.column(rows)) if rows else part
            start = end if not rows else start
        return (engine.summed(part, BLANK)[0] or 0) if start < end else 0

    found = []
    start = 0
    for row, one in sorted(aside.items()):
        if one.kind in ("total", "subtotal"):
            stated = {name: int(facts.values[name][row]) for name in columns if facts.filled[name][row]}
            total = {name: value for name, value in stated.items() if row not in bad.get(name, ())}
            found.append(Segment({name: summed(name, start, row) for name in columns}, (int(lines[row]), one, total)))
            start = row + 1
    return [*found, Segment({name: summed(name, start, size) for name in columns}, None)]


class SumsSoFar:
    """The sums of a table as far as it is read."""

    def __init__(self, header: Header) -> None:
        self._columns = {column.name: column for column in added(header)}
        self._all: dict[str, int | None] = dict.fromkeys(self._columns, 0)
        self._since = dict(self._all)
        """Since the last row of totals."""
        self.wrong: list[Problem] = []

    def take(self, segments: list[Segment], first: int) -> None:
        """Add the sums of a block, whose first row this is, and hold its totals against them."""
        for sums, total in segments:
            for name, amount in sums.items():
                for so_far in (self._all, self._since):
                    before = so_far[name]
                    so_far[name] = None if amount is None or before is None else before + amount
            if total:
                self._compare(first + total[0], total[1], total[2])
                self._since = dict.fromkeys(self._columns, 0)

    def _compare(self, row: int, said: Aside, total: Sums) -> None:
        for name, stated in total.items():
            sums = {self._all[name], self._since[name]}
            if None not in sums and stated not in sums and len(self.wrong) < _SAID:
                column = self._columns[name]
                assert column.slot is not None
                assert stated is not None
                own, sum = (column.slot.fact.written(_exact(v, column)) for v in (stated, self._all[name] or 0))
                values = {"row": row, "text": said.text, "column": column.title, "stated": own, "sum": sum}
                self.wrong.append(problem("total_differs", **values))


def _exact(value: int, column: Column) -> Number:
    assert column.slot
    return Fraction(value, column.slot.fact.parts)
