"""Columns as arrays of 64-bit integers: for large tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from taxcalc.engines.arrays import Array, ArrayKernel
from taxcalc.engines.kernel import Kernel
from taxcalc.engines.lower import Presence
from taxcalc.firms.columns.interface import Engine, Memory, Numbers

_PLACES, _PLACE_BITS = 1 << 16, np.uint64(48)
_THROWS = [np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
"""Odd numbers whose products have their upper bits mixed."""

_POWERS = 10 ** np.arange(19, dtype=np.int64)


class Arrays(Engine[Array]):
    """Columns as arrays, and a kernel that takes such."""

    name = "arrays"

    def __init__(self, kernel: Kernel[Array] | None = None) -> None:
        self.kernel = kernel or ArrayKernel()

    def column(self, values: Numbers) -> Array:
        return np.asarray(values) if len(values) else np.empty(0, np.int64)

    def filled(self, size: int, value: int) -> Array:
        return np.full(size, value)

    def take(self, column: Array, rows: Array) -> Array:
        return column[rows] if len(rows) < len(column) else column

    def put(self, column: Array, rows: Array, part: Array) -> None:
        column[rows if len(rows) < len(column) else slice(None)] = part

    def without_gaps(self, column: Array, filled: Array, value: int) -> Array:
        return np.where(filled, column, value)

    def known(self, column: Array, blank: int) -> Array:
        return np.where(column == blank, 0, column)

    def presence(self, column: Array, filled: Array, *, alike: bool) -> Presence | None:
        if not filled.all():
            return "gaps" if filled.any() else None
        return int(column[0]) if alike and (column == column[0]).all() else "full"

    def mapped(self, codes: Array, values: Sequence[int]) -> Array:
        return np.array(values or [0])[codes]

    def paired(self, one: Array, other: Array, size: int) -> Array:
        return one * size + other

    def renumbered(self, column: Array, number: Callable[[int], int]) -> Array:
        codes, values = distinct(column)
        return self.mapped(codes, [number(value) for value in values])

    def groups(self, columns: Sequence[Array]) -> list[tuple[tuple[int, ...], Array]]:
        code, top = np.zeros(len(columns[0]), np.int64), 1
        for column in columns if len(code) else ():
            size = int(column.max()) + 2
            if top * size >= 1 << 62:  # numbers of what there is are smaller
                values, code = np.unique(code, return_inverse=True)
                top = len(values)
            code, top = code * size + (column + 1), top * size
        found = []
        left = np.arange(len(code))
        while len(left):  # the combinations are few, so no sorting
            same = code[left] == code[left[0]]
            rows = left[same]
            found.append((tuple(int(column[rows[0]]) for column in columns), rows))
            left = left[~same]
        return found

    def joined(self, rows: Sequence[Array]) -> Array:
        return rows[0] if len(rows) == 1 else np.sort(np.concatenate(rows))

    def flagged(self, rows: Array, flags: Array) -> list[int]:
        return [int(row) for row in rows[flags != 0]]

    def summed(self, column: Array, blank: int) -> tuple[int | None, int]:
        known = column[column != blank]
        # in two halves, because the sum of many amounts may not fit where each amount does
        amount = (int((known >> 32).sum()) << 32) + int((known & 0xFFFFFFFF).sum())
        return (amount if len(known) else None), int((known != 0).sum())

    def digits(self, column: Array) -> Array:
        return np.searchsorted(_POWERS, np.abs(column), side="right")

    def narrow(self, column: Array) -> Array:
        if len(column) and (column == column[0]).all():
            return np.broadcast_to(column[:1].copy(), column.shape)
        return column.astype(np.min_scalar_type(int(column.max(initial=0)))) if column.min(initial=0) >= 0 else column

    def stored(self, column: Array) -> bytes:
        return column.astype(np.int64).tobytes()

    def restored(self, content: bytes) -> Array:
        return np.frombuffer(bytearray(content), np.int64)

    def memory(self) -> ArrayMemory:
        return ArrayMemory()


class ArrayMemory(Memory[Array]):
    """By sorted arrays, each at least twice as long as the next, so that a value is looked up in few of them."""

    def __init__(self) -> None:
        self._runs: list[tuple[Array, Array]] = []
        """Values, and the place at which each was first."""
        self._size = 0

    def met(self, column: Array) -> list[tuple[int, int]]:
        order = np.argsort(column, kind="stable")
        size = np.int32 if self._size + len(column) < 1 << 31 else np.int64
        values, places = column[order], (order + self._size).astype(size)
        self._size += len(column)
        new = np.ones(len(values), np.bool_)
        new[1:] = values[1:] != values[:-1]
        first = places[np.maximum.accumulate(np.where(new, np.arange(len(values)), 0))]
        for known, at in self._runs:
            found = np.searchsorted(known, values)
            hit = known.take(found, mode="clip") == values
            first[hit], new[hit] = at[found[hit]], False
        again = np.flatnonzero(~new & (values != 0))
        self._add(values[new & (values != 0)], places[new & (values != 0)])
        return sorted(zip(order[again].tolist(), first[again].tolist(), strict=True))

    def _add(self, values: Array, places: Array) -> None:
        while self._runs and len(self._runs[-1][0]) < 2 * len(values):
            values, places = (np.concatenate(both) for both in zip(self._runs.pop(), (values, places), strict=True))
            order = np.argsort(values, kind="stable")
            values, places = values[order], places[order]
        if len(values):
            self._runs.append((values, places))


def distinct(column: Array) -> tuple[NDArray[np.int64], list[int]]:
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
