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
Places = NDArray[np.int32]
Bits = NDArray[np.bool_]
_PAD = 32
"""Bytes before and after the text, so that a window around a cell never leaves the buffer."""
_NEWLINE, _RETURN, _QUOTE, _MINUS, _POINT, _COMMA = b'\n\r"-.,'
_DISTINCT = 64
"""A column of more distinct texts is read cell by cell,"""
_KEYED = 24
"""and so are texts of more bytes."""


class Grid:
    """Rows of a block of UTF-8 text. Cells are given by the places where they start and end."""

    def __init__(
        self,
        lines: Any,
        buffer: NDArray[np.uint8],
        first: Places,
        ends: Places,
        numbers: Places,
        *,
        quotes: bool,
        returns: bool,
    ) -> None:
        self.lines, self._buffer, self.numbers = lines, buffer, numbers
        """`lines` are those of the text, blank and broken ones too; `numbers`, which of them each row is."""
        self._first, self._ends = first, ends
        """Where each row starts; for each column where its cells end."""
        self._quotes = quotes
        self.returns = returns
        """Do some lines end in a carriage return?"""
        self.size = len(numbers)
        self._windows: NDArray[np.uint64] = np.ndarray((len(buffer) - 7,), "<u8", buffer, strides=(1,))

    def cell(self, column: int) -> tuple[Places, Places]:
        """Where the cells of a column start and end, quotes left out."""
        starts = self._ends[column - 1] + 1 if column else self._first
        ends = self._ends[column]
        if self._quotes:
            quoted = (self._buffer[starts] == _QUOTE) & (ends > starts)
            return starts + quoted, ends - quoted
        return starts, ends

    def text(self, row: int, column: int) -> str:
        """A cell as it was written."""
        start = int(self._ends[column - 1][row]) + 1 if column else int(self._first[row])
        text = bytes(self._buffer[start : int(self._ends[column][row])]).decode()
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
        longest = int(lengths.max()) if self.size else 0
        keys: list[Any] = [lengths]
        for offset in range(0, min(longest, _KEYED), 8):
            keys.append(self._left(starts + offset, lengths - offset))
        codes = np.full(self.size, -1, np.int64)
        texts: list[str] = []
        left = np.arange(self.size) if longest <= _KEYED else np.flatnonzero(lengths <= _KEYED)
        keys = keys if len(left) == self.size else [key[left] for key in keys]
        while len(left) and len(texts) < _DISTINCT:
            same = keys[0] == keys[0][0]
            for key in keys[1:]:
                same &= key == key[0]
            codes[left[same]] = len(texts)
            texts.append(self.text(int(left[0]), column))
            others = ~same
            left = left[others]
            keys = [key[others] for key in keys]
        known = {text: code for code, text in enumerate(texts)}
        for row in np.flatnonzero(codes < 0):
            codes[row] = known.setdefault(self.text(int(row), column), len(known))
        return codes, list(known)

    def mapped(self, codes: Ints, of: Sequence[Any]) -> Any:
        """The column that has, for each number of `codes`, that member of `of`."""
        return np.array(of)[codes] if len(of) else np.zeros(0, np.int64)

    def _left(self, starts: Places, lengths: Places) -> NDArray[np.uint64]:
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
        filled = None if there.all() else np.flatnonzero(there)
        if filled is not None:
            starts, ends = starts[filled], ends[filled]
        negative = self._buffer[starts] == _MINUS if lowest < 0 else None
        lengths = ends - starts if negative is None else ends - starts - negative
        values, fine = self._by_places(ends, lengths, places)
        if negative is not None:
            np.negative(values, out=values, where=negative)
        fine &= values <= highest
        if lowest:
            fine &= values >= lowest
        odd = np.flatnonzero(~fine)
        values[odd] = 0
        if filled is None:
            return values, there, odd
        whole = np.zeros(self.size, np.int64)
        whole[filled] = values
        return whole, there, filled[odd]

    def _by_places(self, ends: Places, lengths: Places, places: int) -> tuple[Ints, Bits]:
        """Numbers of any of the forms that occur: with so many decimals, with fewer, with none."""
        values, fine = np.zeros(len(ends), np.int64), np.zeros(len(ends), np.bool_)
        left: Any = None
        for decimals in range(places, -1, -1):
            here = slice(None) if left is None else left
            scale = 10 ** (places - decimals)
            if decimals:
                rows = (self._buffer[ends[here] - 1 - decimals] == _POINT) & (lengths[here] > decimals)
                if not rows.any():
                    continue
                if left is None and rows.all():
                    return self._whole(ends, lengths, decimals, scale)
                some = np.flatnonzero(rows) if left is None else left[rows]
                left = np.flatnonzero(~rows) if left is None else left[~rows]
            else:
                some = left
            if some is None:
                return self._whole(ends, lengths, decimals, scale)
            values[some], fine[some] = self._whole(ends[some], lengths[some], decimals, scale)
        return values, fine

    def _whole(self, ends: Places, lengths: Places, point: int, scale: int) -> tuple[Ints, Bits]:
        """Up to 15 digits with a point before the last `point` of them (0: with none), times a scale; and
        which cells are just that."""
        digits = lengths - 1 if point else lengths
        long = bool((digits > 8).any())
        low = self._windows[ends - 8]
        if point or long:
            high = self._windows[ends - 16]
        if point:
            tail = _LAST[point]
            low, high = (low & tail) | (low << _8 & ~tail) | (high >> _56 & ~_LAST[7]), high << _8
        kept = _LAST[np.minimum(digits, 8)]
        low = (low & kept) | (_ZEROS & ~kept)
        good = (digits > point) & (digits <= 15) & _is_digits(low)
        number = _eight(low)
        if long:
            kept = _LAST[np.clip(digits - 8, 0, 8)]
            high = (high & kept) | (_ZEROS & ~kept)
            good &= _is_digits(high)
            number += _eight(high) * np.uint64(10**8)
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


def find_cells(text: bytes, columns: int, lines: Any = None) -> tuple[Grid, list[int]] | None:
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
    places = np.flatnonzero(separator).astype(np.int32)
    breaks = np.flatnonzero(newline[places]).astype(np.int32)
    cells = np.diff(breaks, prepend=-1)
    numbers = np.arange(len(breaks), dtype=np.int32)
    odd: list[int] = []
    good = cells == columns
    if good.all():
        ends = np.ascontiguousarray(places.reshape(-1, columns).T)
        first = np.concatenate([[_PAD - 1], ends[-1, :-1]]).astype(np.int32) + 1 if len(breaks) else ends[-1]
    else:
        odd = np.flatnonzero(~good).tolist()
        before = np.where(breaks >= columns, places[np.maximum(breaks - columns, 0)], _PAD - 1)
        breaks, numbers, first = breaks[good], numbers[good], (before[good] + 1).astype(np.int32)
        ends = np.ascontiguousarray(places[(breaks - columns + 1) + np.arange(columns, dtype=np.int32)[:, None]])
    returns = (buffer[ends[-1] - 1] == _RETURN) & (ends[-1] > (ends[-2] + 1 if columns > 1 else first))
    ends[-1] -= returns
    blank = ends[-1] - first == columns - 1
    if blank.any():
        first, ends, numbers = first[~blank], ends[:, ~blank], numbers[~blank]
    quotes = b'"' in text
    return Grid(lines, buffer, first, ends, numbers, quotes=quotes, returns=b"\r" in text), odd


def lines_of(text: bytes) -> Any:
    """The lines of a text as a Polars series, blank ones as null; None where it is no UTF-8 or has odd bytes."""
    import polars as pl

    options: Any = {"has_header": False, "separator": "\x1f", "quote_char": None, "schema": {"": pl.String}}
    try:
        return pl.read_csv(text, **options).to_series()
    except pl.exceptions.PolarsError:
        return None


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
