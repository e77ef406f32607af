"""Programs on plain Python lists: exact without a limit, and nothing to import. For small batches."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from taxcalc.engines.program import Program, run


def _each(function: Callable[..., Any]) -> Callable[..., list[Any]]:
    return lambda *columns: list(map(function, *columns))


def _when(c: Iterable[bool], x: Iterable[int], y: Iterable[int]) -> list[int]:
    return [a if t else b for t, a, b in zip(c, x, y, strict=False)]


def _least(x: Iterable[int], y: Iterable[int]) -> list[int]:
    return [a if a <= b else b for a, b in zip(x, y, strict=False)]


def _most(x: Iterable[int], y: Iterable[int]) -> list[int]:
    return [a if a >= b else b for a, b in zip(x, y, strict=False)]


OPERATIONS: dict[str, Callable[..., list[Any]]] = {
    "+": _each(operator.add),
    "-": _each(operator.sub),
    "*": _each(operator.mul),
    "//": _each(operator.floordiv),
    "<=": _each(operator.le),
    "<": _each(operator.lt),
    "==": _each(operator.eq),
    "&": _each(operator.and_),
    "|": _each(operator.or_),
    "~": _each(operator.not_),
    "union": _each(operator.or_),
    "when": _when,
    "min": _least,
    "max": _most,
}


class Lists:
    """The engine of small batches."""

    name = "lists"

    def run(self, program: Program, columns: Mapping[str, Any], there: Mapping[str, Any], size: int) -> dict[str, Any]:
        """Run a program; every output comes back as a column."""
        out = run(program, lambda kind, name: (columns if kind == "input" else there)[name], repeat, OPERATIONS)
        return {name: value if isinstance(value, list) else [value] * size for name, value in out.items()}

    def column(self, values: list[Any]) -> list[Any]:
        """A column in the form that the engine computes with."""
        return values

    def take(self, column: list[Any], rows: Sequence[int]) -> list[Any]:
        """Some rows of a column."""
        return [column[row] for row in rows] if len(rows) < len(column) else column

    def put(self, column: list[Any], rows: Sequence[int], part: Sequence[Any]) -> None:
        """Put a part of a column in its rows."""
        for row, value in zip(rows, part, strict=True):
            column[row] = value

    def filled(self, size: int, value: int) -> list[int]:
        """A column of one value."""
        return [value] * size

    def fill_gaps(self, column: list[int], there: Sequence[bool], value: int) -> None:
        """Put a value where there is none."""
        for row, filled in enumerate(there):
            if not filled:
                column[row] = value

    def blanked(self, column: list[int], there: Sequence[bool] | bool) -> list[int]:
        """A column with −1 where there is no value."""
        return column if there is True else [v if t else -1 for v, t in zip(column, there, strict=True)]  # type: ignore[arg-type]

    def groups(self, columns: Sequence[list[int]]) -> list[tuple[tuple[int, ...], list[int]]]:
        """The distinct combinations of some columns, and the rows of each in order."""
        found: dict[tuple[int, ...], list[int]] = {}
        for row, key in enumerate(zip(*columns, strict=True)):
            found.setdefault(key, []).append(row)
        return list(found.items())

    def joined(self, rows: list[list[int]]) -> list[int]:
        """Several lists of rows as one."""
        return rows[0] if len(rows) == 1 else sorted(row for part in rows for row in part)

    def presence(self, there: Sequence[bool]) -> Any:
        """Whether a column has a value in all rows, in some, or (None) in no row."""
        return None if True not in there else "gaps" if False in there else "full"

    def constant(self, column: list[int], otherwise: Any) -> Any:
        """The one value of a column, if it has but one."""
        return int(column[0]) if column and column.count(column[0]) == len(column) else otherwise

    def distinct(self, column: list[int]) -> tuple[list[int], list[int]]:
        """A column as numbers of its distinct values, and these values."""
        codes: dict[int, int] = {}
        return [codes.setdefault(value, len(codes)) for value in column], list(codes)

    def mapped(self, codes: Sequence[int], of: Sequence[int]) -> list[int]:
        """The column that has, for each number of `codes`, that member of `of`."""
        return [of[code] for code in codes]

    def true_rows(self, flags: Sequence[bool], rows: Sequence[int]) -> list[int]:
        """Those of the rows that are flagged."""
        return [row for row, flag in zip(rows, flags, strict=True) if flag]
