"""Columns as Python lists: for small tables."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import compress

from taxcalc.engines.kernel import Kernel
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.lower import Presence
from taxcalc.firms.columns.interface import Engine, Memory, Numbers


class Lists(Engine[list[int]]):
    """Columns as lists, and a kernel that takes such."""

    name = "lists"

    def __init__(self, kernel: Kernel[list[int]] | None = None) -> None:
        self.kernel = kernel or ListKernel()

    def column(self, values: Numbers) -> list[int]:
        return values if isinstance(values, list) else list(values)

    def filled(self, size: int, value: int) -> list[int]:
        return [value] * size

    def take(self, column: list[int], rows: list[int]) -> list[int]:
        return [column[row] for row in rows] if len(rows) < len(column) else column

    def put(self, column: list[int], rows: list[int], part: list[int]) -> None:
        for row, value in zip(rows, part, strict=True):
            column[row] = value

    def without_gaps(self, column: list[int], filled: list[int], value: int) -> list[int]:
        return [own if there else value for own, there in zip(column, filled, strict=True)]

    def known(self, column: list[int], blank: int) -> list[int]:
        return [0 if value == blank else value for value in column]

    def presence(self, column: list[int], filled: list[int], *, alike: bool) -> Presence | None:
        if False in filled:
            return "gaps" if True in filled else None
        return column[0] if alike and column.count(column[0]) == len(column) else "full"

    def mapped(self, codes: list[int], values: Sequence[int]) -> list[int]:
        return [values[code] for code in codes]

    def paired(self, one: list[int], other: list[int], size: int) -> list[int]:
        return [a * size + b for a, b in zip(one, other, strict=True)]

    def renumbered(self, column: list[int], number: Callable[[int], int]) -> list[int]:
        numbers = {value: number(value) for value in dict.fromkeys(column)}
        return [numbers[value] for value in column]

    def groups(self, columns: Sequence[list[int]]) -> list[tuple[tuple[int, ...], list[int]]]:
        found: dict[tuple[int, ...], list[int]] = {}
        for row, key in enumerate(zip(*columns, strict=True)):
            found.setdefault(key, []).append(row)
        return list(found.items())

    def joined(self, rows: Sequence[list[int]]) -> list[int]:
        return rows[0] if len(rows) == 1 else sorted(row for part in rows for row in part)

    def flagged(self, rows: list[int], flags: list[int]) -> list[int]:
        return list(compress(rows, flags))

    def summed(self, column: list[int], blank: int) -> tuple[int | None, int]:
        known = [value for value in column if value != blank]
        return (sum(known) if known else None), len(known) - known.count(0)

    def digits(self, column: list[int]) -> list[int]:
        return [len(str(abs(value))) if value else 0 for value in column]

    def narrow(self, column: list[int]) -> list[int]:
        return column

    def stored(self, column: list[int]) -> bytes:
        return array("q", column).tobytes()

    def restored(self, content: bytes) -> list[int]:
        return array("q", content).tolist()

    def memory(self) -> ListMemory:
        return ListMemory()


class ListMemory(Memory[list[int]]):
    """By a dictionary."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._size = 0

    def met(self, column: list[int]) -> list[tuple[int, int]]:
        firsts = [self._first.setdefault(value, place) for place, value in enumerate(column, self._size)]
        found = [(row, first) for row, first in enumerate(firsts) if column[row] and first != self._size + row]
        self._size += len(column)
        return found
