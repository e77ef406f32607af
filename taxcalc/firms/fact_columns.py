"""The facts that the rows of a block state, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple

from taxcalc.base.problem import Problem
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.read.heading import Column


class FactColumns(NamedTuple, Generic[C]):
    """Columns of whole numbers, which of their cells are filled (None: all are), and what is wrong with some."""

    values: dict[str, C]
    filled: dict[str, C | None]
    bad: list[tuple[int, Problem, Column]]

    def rows(self, rows: C, engine: Engine[C]) -> FactColumns[C]:
        """The same of some rows."""
        values = {name: engine.take(column, rows) for name, column in self.values.items()}
        filled = {name: None if flags is None else engine.take(flags, rows) for name, flags in self.filled.items()}
        return FactColumns(values, filled, [])


def read_facts(block: Block, columns: Sequence[Column], preset: Mapping[str, int], engine: Engine[C]) -> FactColumns[C]:
    """Read these columns; where a cell is empty, or there is no column, what was set for all rows counts."""
    reads = {column.name: read_column(block, column, engine) for column in columns}
    bad = [(row, why, column) for column in columns for row, why in reads[column.name].bad.items()]
    values = {name: read.values for name, read in reads.items()}
    filled = {name: read.filled for name, read in reads.items()}
    for name, value in preset.items():
        gaps = filled.get(name)
        if gaps is not None:
            values[name] = engine.without_gaps(values[name], gaps, value)
        elif name not in values:
            values[name] = engine.filled(block.size, value)
        filled[name] = None
    return FactColumns(values, filled, bad)
