"""A block of CSV as bytes with the places of its cells: for large batches.

Where a block is plainly regular its separators alone say where each cell is, and amounts are read eight
digits at a time, in whole columns. What cannot be proved plain is not read here: `None` hands the block
over to the careful reader, and a cell that is no plain decimal is read singly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]
_PAD = 32
"""Bytes before and after the text, so that a window around a cell never leaves the buffer."""
_NEWLINE, _RETURN, _QUOTE, _MINUS, _POINT, _COMMA = b'\n\r"-.,'
_DISTINCT = 64
"""A column of more distinct texts is read cell by cell."""


class Grid:
    """Rows of a block of UTF-8 text. Cells are given by the places where they start and end."""

    def __init__(self, written: bytes, buffer: NDArray[np.uint8], starts: Ints, ends: Ints, numbers: Ints) -> None:
        self.written, self._buffer = written, buffer
        self._starts, self._ends = starts, ends
        self.numbers = numbers
        self.size = len(numbers)
        self._windows: NDArray[np.uint64] = np.ndarray((len(buffer) - 7,), "<u8", buffer, strides=(1,))

    def cell(self, column: int) -> tuple[Ints, Ints]:
        """Where the cells of a column start and end, quotes left out."""
        starts, ends = self._starts[:, column], self._ends[:, column]
        quoted = (self._buffer[starts] == _QUOTE) & (ends > starts)
        if quoted.any():
            return starts + quoted, ends - quoted
        return starts, ends

    def text(self, row: int, column: int) -> str:
        """A cell as it was written."""
        start, end = int(self._starts[row, column]), int(self._ends[row, column])
        text = bytes(self._buffer[start:end]).decode()
        return text[1:-1].replace('""', '"') if text[:1] == '"' else text

    def number(self, row: int) -> int:
        """The row's number in the file, the heading's being 1."""
        return int(self.numbers[row])

    def first_bytes(self, column: int) -> NDArray[np.uint8]:
        """The first byte of each cell of a column: a comma or the like where the cell is empty."""
        return self._buffer[self.cell(column)[0]]

    # ------------------------------------------------------------------------------------ texts

    def distinct(self, column: int) -> tuple[Ints, list[str]]:
        """A column as numbers of its distinct texts, and these texts.

        The first cell not yet numbered names all that equal it; this ends soon where texts are few.
        """
        starts, ends = self.cell(column)
        lengths = ends - starts
        codes = np.full(self.size, -1, np.int64)
        texts: list[str] = []
        keys = [self._left(starts + 8 * i, lengths - 8 * i) for i in range(3)]
        left = np.flatnonzero(lengths <= 24)
        while len(left) and len(texts) < _DISTINCT:
            first = left[0]
            same = lengths[left] == lengths[first]
            for key in keys:
                same &= key[left] == key[first]
            codes[left[same]] = len(texts)
            texts.append(self.text(int(first), column))
            left = left[~same]
        known = {text: code for code, text in enumerate(texts)}
        for row in np.flatnonzero(codes < 0):
            codes[row] = known.setdefault(self.text(int(row), column), len(known))
        return codes, list(known)

    def mapped(self, codes: Ints, of: Sequence[Any]) -> Any:
        """The column that has, for each number of `codes`, that member of `of`."""
        return np.array(of)[codes] if len(of) else np.zeros(0, np.int64)

    def _left(self, starts: Ints, lengths: Ints) -> NDArray[np.uint64]:
        """The first eight bytes of cells, with zeros behind a shorter one."""
        return self._windows[np.minimum(starts, len(self._windows) - 1)] & _FIRST[np.clip(lengths, 0, 8)]

    # ------------------------------------------------------------------------------------ decimals

    def times(self, values: Ints, factor: int) -> Ints:
        """A column of whole numbers, each times a factor."""
        return values * factor

    def decimals(self, column: int, places: int, lowest: int, highest: int) -> tuple[Ints, Bits, Any]:
        """Plain decimals as whole numbers at so many places, which cells are filled, and the other rows."""
        starts, ends = self.cell(column)
        there = ends > starts
        negative = self._buffer[starts] == _MINUS
        lengths = ends - starts - negative
        values = np.zeros(self.size, np.int64)
        fine = ~there
        left = there
        for decimals in range(places, -1, -1):
            rows = left & (lengths > decimals)
            if decimals:
                rows &= self._buffer[ends - 1 - decimals] == _POINT
            if not rows.any():
                continue
            left = left & ~rows
            scale = 10 ** (places - decimals)
            if rows.all():
                values, fine = self._whole(ends, lengths, decimals, scale)
            else:
                some = np.flatnonzero(rows)
                values[some], fine[some] = self._whole(ends[some], lengths[some], decimals, scale)
        if negative.any():
            np.negative(values, out=values, where=negative)
        fine &= (values >= lowest) & (values <= highest) | ~there
        odd = np.flatnonzero(~fine)
        values[odd] = 0
        return values, there, odd

    def _whole(self, ends: Ints, lengths: Ints, point: int, scale: int) -> tuple[Ints, Bits]:
        """Up to 15 digits with a point before the last `point` of them (0: with none), times a scale; and
        which cells are just that."""
        digits = lengths - 1 if point else lengths
        low = self._windows[ends - 8]
        high = self._windows[ends - 16]
        if point:
            tail = _LAST[point]
            low, high = (low & tail) | (low << _8 & ~tail) | (high >> _56 & ~_LAST[7]), high << _8
        low = (low & _LAST[np.clip(digits, 0, 8)]) | (_ZEROS & ~_LAST[np.clip(digits, 0, 8)])
        good = (digits > point) & (digits <= 15) & _is_digits(low)
        if (digits > 8).any():
            high = (high & _LAST[np.clip(digits - 8, 0, 8)]) | (_ZEROS & ~_LAST[np.clip(digits - 8, 0, 8)])
            good &= _is_digits(high)
            number = _eight(low) + _eight(high) * np.uint64(10**8)
        else:
            number = _eight(low)
        whole = number.view(np.int64)
        if scale > 1:
            good &= whole <= _ROOM // scale
            whole = whole * scale
        return whole, good


_ROOM = 2**62
_8, _16, _32, _56 = (np.uint64(n) for n in (8, 16, 32, 56))
_ZEROS = np.uint64(0x3030303030303030)
_FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""The first n of eight bytes: the low ones, as the bytes stand in a little-endian word."""
_LAST = np.array([((1 << 8 * n) - 1) << (64 - 8 * n) for n in range(9)], np.uint64)


def _is_digits(word: NDArray[np.uint64]) -> Bits:
    """Are all eight bytes of a word digits?"""
    off = word ^ _ZEROS
    return ((off + np.uint64(0x0606060606060606)) | off) & np.uint64(0xF0F0F0F0F0F0F0F0) == 0  # type: ignore[no-any-return]


def _eight(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The number that eight digits make: neighbours are joined, then pairs, then fours."""
    word = (word & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561) >> _8
    word = (word & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601) >> _16
    return (word & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001) >> _32


def find_cells(text: bytes, columns: int) -> tuple[Grid, list[int]] | None:
    """The grid of a block of whole lines, with commas; and the numbers of the lines that have not so many cells.

    None where its quotes need the careful reader. Rows of nothing but empty cells are passed over.
    """
    buffer = np.zeros(len(text) + 2 * _PAD, np.uint8)
    buffer[_PAD : _PAD + len(text)] = np.frombuffer(text, np.uint8)
    separator = buffer == _COMMA
    newline = buffer == _NEWLINE
    if b'"' in text:
        inside = _inside_quotes(buffer, separator, newline)
        if inside is None:
            return None
        separator &= ~inside
        newline &= ~inside
    separator |= newline
    places = np.flatnonzero(separator)
    lines = np.flatnonzero(newline[places])
    cells = np.diff(lines, prepend=-1)
    numbers = np.arange(len(lines))
    odd: list[int] = []
    if not (cells == columns).all():
        good = cells == columns
        odd = np.flatnonzero(~good).tolist()
        lines, numbers = lines[good], numbers[good]
        grid = places[(lines - columns + 1)[:, None] + np.arange(columns)]
        before = np.where(lines >= columns, places[np.maximum(lines - columns, 0)], _PAD - 1)
    else:
        grid = places.reshape(-1, columns)
        before = np.concatenate([[_PAD - 1], grid[:-1, -1]]) if len(grid) else np.zeros(0, np.int64)
    starts = np.empty_like(grid)
    starts[:, 0] = before + 1
    starts[:, 1:] = grid[:, :-1] + 1
    ends = grid
    returns = buffer[ends[:, -1] - 1] == _RETURN
    if returns.any():
        ends = ends.copy()
        ends[:, -1] -= returns & (ends[:, -1] > starts[:, -1])
    blank = ends[:, -1] - starts[:, 0] == columns - 1
    if blank.any():
        starts, ends, numbers = starts[~blank], ends[~blank], numbers[~blank]
    return Grid(text, buffer, starts, ends, numbers), odd


def _inside_quotes(buffer: NDArray[np.uint8], separator: Bits, newline: Bits) -> Bits | None:
    """Which bytes lie inside quotes; None where a quote stands in the middle of a cell or stays open."""
    quotes = np.flatnonzero(buffer == _QUOTE)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    edge = separator | newline | (buffer == _QUOTE)
    edge[_PAD - 1] = True
    after = edge | (buffer == _RETURN)
    if not (edge[opening - 1].all() and after[closing + 1].all()):
        return None
    turns = np.zeros(len(buffer), np.int8)
    turns[opening] = 1
    turns[closing] = -1
    inside = np.cumsum(turns, dtype=np.int8).astype(np.bool_)
    return None if (newline & inside).any() else inside
