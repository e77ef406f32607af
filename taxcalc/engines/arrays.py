"""Programs on arrays of 64-bit integers, for large batches. Bounds are proved when a program is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from taxcalc.engines.program import Program, run

_PLACES, _PLACE_BITS = 1 << 16, np.uint64(48)
_THROWS = [np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
"""Odd numbers whose products have their upper bits mixed."""
_AT_ONCE = 16_384
"""Rows that a program runs over at once: its columns then stay within the processor's cache."""


def _when(c: Any, x: Any, y: Any) -> Any:
    """x where c holds, else y, with no branch: `np.where` guesses at each row, and where half of the guesses
    are wrong that takes three to five times as long. A difference that wraps around comes back when it is added."""
    if y.__class__ is np.int64:
        if y == 0:
            return np.multiply(x, c)
    elif x.__class__ is np.int64 and x == 0:
        return np.multiply(y, ~c)
    out = np.multiply(x - y, c)
    out += y
    return out


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "//": np.floor_divide,
    "<=": np.less_equal,
    "<": np.less,
    "==": np.equal,
    "&": np.logical_and,
    "|": np.logical_or,
    "~": np.logical_not,
    "union": np.bitwise_or,
    "when": _when,
    "min": np.minimum,
    "max": np.maximum,
}


def _constant(value: Any) -> Any:
    return np.bool_(value) if isinstance(value, bool) else np.int64(value)


class Arrays:
    """The engine of large batches."""

    name = "arrays"

    def run(self, program: Program, columns: Mapping[str, Any], there: Mapping[str, Any], size: int) -> dict[str, Any]:
        """Run a program; every output comes back as a column."""
        out: dict[str, Any] = {}
        for start in range(0, size, _AT_ONCE):
            here = slice(start, start + _AT_ONCE)
            part = run(
                program,
                lambda kind, name, here=here: (columns if kind == "input" else there)[name][here],  # type: ignore[misc]
                _constant,
                OPERATIONS,
            )
            for name, value in part.items():
                if name not in out:
                    flag = name == "singly"
                    out[name] = np.empty(size, np.bool_ if flag else np.int64)
                out[name][here] = value
        return out

    def column(self, values: Any) -> Any:
        """A column in the form that the engine computes with."""
        return np.asarray(values)

    def take(self, column: Any, rows: Any) -> Any:
        """Some rows of a column."""
        return column[rows] if len(rows) < len(column) else column

    def put(self, column: Any, rows: Any, part: Any) -> None:
        """Put a part of a column in its rows."""
        column[rows if len(rows) < len(column) else slice(None)] = part

    def filled(self, size: int, value: int) -> Any:
        """A column of one value."""
        return np.full(size, value, np.int64)

    def fill_gaps(self, column: Any, there: Any, value: int) -> None:
        """Put a value where there is none."""
        column[~there] = value

    def blanked(self, column: Any, there: Any) -> Any:
        """A column with −1 where there is no value."""
        return column if there is True else np.where(there, column, -1)

    def groups(self, columns: Sequence[Any]) -> list[tuple[tuple[int, ...], Any]]:
        """The distinct combinations of some columns, and the rows of each in order."""
        if not len(columns[0]):
            return []
        code = np.zeros(len(columns[0]), np.int64)
        for column in columns:
            code = code * (int(column.max()) + 2) + (column + 1)
        found = []
        left = np.arange(len(code))
        while len(left):  # the combinations are few, so no sorting
            same = code[left] == code[left[0]]
            rows = left[same]
            found.append((tuple(int(column[rows[0]]) for column in columns), rows))
            left = left[~same]
        return found

    def joined(self, rows: list[Any]) -> Any:
        """Several lists of rows as one."""
        return rows[0] if len(rows) == 1 else np.sort(np.concatenate(rows))

    def presence(self, there: Any) -> Any:
        """Whether a column has a value in all rows, in some, or (None) in no row."""
        return "full" if there.all() else "gaps" if there.any() else None

    def constant(self, column: Any, otherwise: Any) -> Any:
        """The one value of a column, if it has but one."""
        return int(column[0]) if len(column) and (column == column[0]).all() else otherwise

    def distinct(self, column: Any) -> tuple[Any, Sequence[int]]:
        """A column as numbers of its distinct values, and these values.

        Values are thrown into so many places that mostly each has one of its own, which is seen when they are
        looked up again; where two share a place another throw is tried, and sorted only in the end.
        """
        for odd in _THROWS:
            place = (column.view(np.uint64) * odd >> _PLACE_BITS).view(np.int64)
            held, used = np.zeros(_PLACES, np.int64), np.zeros(_PLACES, np.bool_)
            held[place], used[place] = column, True
            if np.array_equal(held.take(place), column):
                at = np.flatnonzero(used)
                number = np.zeros(_PLACES, np.int64)
                number[at] = np.arange(len(at))
                return number.take(place), held[at].tolist()
        values, codes = np.unique(column, return_inverse=True)
        return codes, values.tolist()

    def mapped(self, codes: Any, of: Sequence[int]) -> Any:
        """The column that has, for each number of `codes`, that member of `of`."""
        return np.array(of, np.int64)[codes]

    def true_rows(self, flags: Any, rows: Any) -> Any:
        """Those of the rows that are flagged."""
        return rows[flags]
