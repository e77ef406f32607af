"""Columns as Python lists: for small tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress

from taxcalc.engines.kernel import Kernel
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.lower import Presence
from taxcalc.firms.columns.interface import Numbers


class Lists:
    """Columns as lists, and a kernel that takes such."""

    name = "lists"

    def __init__(self, kernel: Kernel[list[int]] | None = None) -> None:
        self.kernel = kernel or ListKernel()

    def column(self, values: Numbers) -> list[int]:
        """A column of this kind."""
        return values if isinstance(values, list) else list(values)

    def filled(self, size: int, value: int) -> list[int]:
        """A column of one value."""
        return [value] * size

    def take(self, column: list[int], rows: list[int]) -> list[int]:
        """Some rows of a column."""
        return [column[row] for row in rows] if len(rows) < len(column) else column

    def put(self, column: list[int], rows: list[int], part: list[int]) -> None:
        """Put a part of a column in its rows."""
        for row, value in zip(rows, part, strict=True):
            column[row] = value

    def without_gaps(self, column: list[int], filled: list[int], value: int) -> list[int]:
        """A column with a value in the rows that are not filled."""
        return [own if there else value for own, there in zip(column, filled, strict=True)]

    def presence(self, filled: list[int]) -> Presence | None:
        """Are all rows filled, some, or (None) none?"""
        return None if True not in filled else "gaps" if False in filled else "full"

    def constant(self, column: list[int]) -> int | None:
        """The one value of a column, if it has but one."""
        return column[0] if column and column.count(column[0]) == len(column) else None

    def mapped(self, codes: list[int], values: Sequence[int]) -> list[int]:
        """The column that has, for each number of `codes`, that member of `values`."""
        return [values[code] for code in codes]

    def renumbered(self, column: list[int], number: Callable[[int], int]) -> list[int]:
        """The column that has the number of each value, asked for once for each distinct one."""
        numbers = {value: number(value) for value in dict.fromkeys(column)}
        return [numbers[value] for value in column]

    def groups(self, columns: Sequence[list[int]]) -> list[tuple[tuple[int, ...], list[int]]]:
        """The distinct combinations of some columns, at least one, and the rows of each."""
        found: dict[tuple[int, ...], list[int]] = {}
        for row, key in enumerate(zip(*columns, strict=True)):
            found.setdefault(key, []).append(row)
        return list(found.items())

    def joined(self, rows: Sequence[list[int]]) -> list[int]:
        """The rows of several groups as one."""
        return rows[0] if len(rows) == 1 else sorted(row for part in rows for row in part)

    def flagged(self, rows: list[int], flags: list[int]) -> list[int]:
        """Those of the rows that are flagged."""
        return list(compress(rows, flags))

    def summed(self, column: list[int], blank: int) -> tuple[int | None, int]:
        """The sum of what is not `blank`, None where all is; and how many amounts other than nought it is of."""
        known = [value for value in column if value != blank]
        return (sum(known) if known else None), len(known) - known.count(0)
