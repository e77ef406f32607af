"""Programs on arrays of 64-bit integers, for large batches. Bounds are proved when a program is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from taxcalc.engines.kernel import run
from taxcalc.engines.program import Input, Program

Array: TypeAlias = "NDArray[np.int64 | np.bool_]"
Operand: TypeAlias = "Array | np.int64 | np.bool_"
"""A column, or one value for all rows."""
_AT_ONCE = 16_384
"""Rows that a program runs over at once: its columns then stay within the processor's cache."""


def _when(c: NDArray[np.bool_], x: NDArray[np.int64] | np.int64, y: NDArray[np.int64] | np.int64) -> Array:
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


OPERATIONS: dict[str, Callable[..., Operand]] = {
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


def _constant(value: int) -> np.int64 | np.bool_:
    return np.bool_(value) if isinstance(value, bool) else np.int64(value)


class ArrayKernel:
    """Runs programs over arrays: whole numbers as int64, truth values as bool."""

    def run(self, program: Program, columns: Mapping[Input, Array], size: int) -> dict[str, Array]:
        """Each output of a program as a column, from the columns that it takes."""
        out: dict[str, Array] = {}
        for start in range(0, size, _AT_ONCE):
            here = slice(start, start + _AT_ONCE)
            part = run(program, lambda input, here=here: columns[input][here], _constant, OPERATIONS)  # type: ignore[misc]
            for name, value in part.items():
                if name not in out:
                    out[name] = np.empty(size, value.dtype)
                out[name][here] = value
        return out
