"""What runs a program over columns, whatever these are: lists, arrays, the memory of another language or machine.

Which rows these are, how columns are cut and put together again, and what they mean are not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from taxcalc.engines.program import Input, Program

C = TypeVar("C")
"""Columns of whole numbers and of truth values."""
V = TypeVar("V")
"""What an operation takes and gives: columns, or one value for all rows."""


class Kernel(Protocol[C]):
    """Runs programs over columns of one kind."""

    def run(self, program: Program, columns: Mapping[Input, C], size: int) -> dict[str, C]:
        """Each output of a program as a column, from the columns that it takes, all with `size` rows, at least one."""


def run(
    program: Program,
    columns: Callable[[Input], V],
    constant: Callable[[int], V],
    operations: Mapping[str, Callable[..., V]],
) -> dict[str, V]:
    """Run a program by a table of its operations; `constant` makes of a number what they take."""
    values: dict[int, V] = {slot: constant(value) for slot, value in program.constants.items()}
    values |= {slot: columns(input) for input, slot in program.inputs.items()}
    for op, target, args, free in program.steps:
        values[target] = operations[op](*[values[arg] for arg in args])
        for slot in free:
            del values[slot]
    return {name: values[slot] for name, slot in program.outputs.items()}
