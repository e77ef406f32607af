"""Programs on plain Python lists: exact without a limit, and nothing to import. For small batches."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from taxcalc.engines.kernel import run
from taxcalc.engines.program import Input, Program


def _each(function: Callable[..., int]) -> Callable[..., list[int]]:
    return lambda *columns: list(map(function, *columns))


def _when(c: list[int], x: list[int], y: list[int]) -> list[int]:
    return [a if t else b for t, a, b in zip(c, x, y, strict=True)]


def _least(x: list[int], y: list[int]) -> list[int]:
    return [a if a <= b else b for a, b in zip(x, y, strict=True)]


def _most(x: list[int], y: list[int]) -> list[int]:
    return [a if a >= b else b for a, b in zip(x, y, strict=True)]


OPERATIONS: dict[str, Callable[..., list[int]]] = {
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


class ListKernel:
    """Runs programs over lists of whole numbers; truth values are `bool`."""

    def run(self, program: Program, columns: Mapping[Input, list[int]], size: int) -> dict[str, list[int]]:
        """Each output of a program as a column, from the columns that it takes."""
        return run(program, columns.__getitem__, lambda value: [value] * size, OPERATIONS)
