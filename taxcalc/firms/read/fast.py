"""A block of CSV as bytes with the places of its cells: for large batches.

Where a block is plainly regular its separators alone say where each cell is, and amounts are read in whole
columns (`taxcalc.firms.read.digits`). What cannot be proved plain is not read here: `None` hands the block over to
the careful reader, and a cell that is no plain decimal is read singly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.digits import Bits, Ints, Places, Word, Words, read_decimals, read_grouped
from taxcalc.firms.read.keys import ABSENT, LONGEST_KEYED

if TYPE_CHECKING:
    import polars as pl

_PAD = 32
"""Bytes before and after the text, so that no word around a cell leaves the buffer."""
_PIECE = 1 << 17
"""Bytes that are searched for separators at a time: what is found on the way then stays in the processor's cache."""
_NEWLINE, _RETURN, _QUOTE, _MINUS, _COMMA = b'\n\r"-,'
_DISTINCT = 64
"""A column of more distinct texts is read cell by cell,"""
_KEYED = 24
"""and so are texts of more bytes."""
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
"""White space, of one, two and three bytes."""
_CAPITALS = np.full(256, ord("?"), np.uint8)
"""Of each byte that an identifier or a Chinese name may have the same as a capital; of any other a question mark."""
for _byte in (0, *range(0x80, 0xC0), *range(0xE4, 0xEA), *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
    _CAPITALS[[_byte, *bytes([_byte]).lower()]] = _byte
_ODD, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


class Grid(Block):
    """Rows of a block of UTF-8 text. Cells are given by the places where they start and end."""

    def __init__(
        self,
        lines: pl.Series,
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
        self._words = Words(buffer)

    def cell(self, column: int) -> tuple[Places, Places]:
        """Where the cells of a column start and end, quotes left out."""
        starts = self._ends[column - 1] + 1 if column else self._first
        ends = self._ends[column]
        if self._quotes:
            quoted = (self._buffer.take(starts) == _QUOTE) & (ends > starts)
            return starts + quoted, ends - quoted
        return starts, ends

    def text(self, row: int, column: int) -> str:
        start = int(self._ends[column - 1][row]) + 1 if column else int(self._first[row])
        text = bytes(self._buffer[start : int(self._ends[column][row])]).decode()
        return text[1:-1].replace('""', '"') if text[:1] == '"' else text

    def texts(self, column: int) -> list[str]:
        starts, ends = self.cell(column)
        text = self._buffer.tobytes()
        found = [text[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return [cell.replace('""', '"') if '"' in cell else cell for cell in found] if self._quotes else found

    def first_bytes(self, column: int) -> NDArray[np.uint8]:
        """The first byte of each cell of a column: a comma or the like where the cell is empty."""
        return self._buffer.take(self.cell(column)[0])

    # ------------------------------------------------------------------------------------ texts

    def lettered(self, column: int, begin: str, end: str) -> NDArray[np.intp]:
        # one to three bytes each; a cell that begins or ends with a blank is looked at in any case
        starts, ends = self.cell(column)
        found = np.zeros(self.size, np.bool_)
        for letters, at_end in ((begin + _BLANKS, False), (end + _BLANKS, True)):
            for size in (1, 2, 3):
                codes = [int.from_bytes(c.encode(), "little") for c in letters if len(c.encode()) == size]
                found |= np.isin(self._letter(ends - size if at_end else starts, size), codes)
        return np.flatnonzero(found & (ends > starts))

    def _letter(self, starts: Places, size: int) -> NDArray[np.int32]:
        """So many bytes from each place on, as one number."""
        return sum(self._buffer.take(starts + i).astype(np.int32) << 8 * i for i in range(size))  # type: ignore[return-value]

    def distinct(self, column: int) -> tuple[Ints, list[str]]:
        # Each cell gets a number that is made of its bytes; the first cell not yet counted names all that have its
        # number, which ends soon where texts are few. Whether these are in truth equal is looked at in the end.
        starts, ends = self.cell(column)
        lengths = ends - starts
        keys = self._words.after(starts, lengths, min(int(lengths.max()) if self.size else 0, _KEYED))
        mixed = lengths.astype(np.uint64)
        for key in keys:
            mixed = _mixed(mixed, key)
        codes = np.zeros(self.size, np.int64)
        left = lengths <= _KEYED
        examples: list[int] = []
        while left.any() and len(examples) < _DISTINCT:
            row = int(left.argmax())
            same = mixed == mixed[row]
            same &= left
            codes += np.multiply(same, len(examples), dtype=np.int64)
            left ^= same
            examples.append(row)
        left |= lengths > _KEYED
        if examples:
            left |= lengths != lengths[examples].take(codes)
            for key in keys:
                left |= key != key[examples].take(codes)
        known = {self.text(row, column): code for code, row in enumerate(examples)}
        for at in np.flatnonzero(left):
            codes[at] = known.setdefault(self.text(int(at), column), len(known))
        return codes, list(known)

    def keys(self, column: int) -> tuple[Ints, NDArray[np.intp]]:
        starts, ends = self.cell(column)
        lengths = ends - starts
        words = self._words.after(starts, lengths, min(int(lengths.max()) if self.size else 0, LONGEST_KEYED))
        if not words:
            return np.zeros(self.size, np.int64), np.flatnonzero(lengths)
        letters = _CAPITALS.take(np.stack(words, axis=1).view(np.uint8))
        key = lengths.astype(np.uint64)
        for at, word in enumerate(letters.view(np.uint64).T):
            key = np.where(lengths > 8 * at, _mixed(key, word), key)
        odd = (letters == ord("?")).any(axis=1) | (lengths > LONGEST_KEYED)
        odd |= self._letter(ends - 3, 3) == int.from_bytes(b"000", "little")
        odd |= np.isin(key.view(np.int64), ABSENT)
        return key.view(np.int64), np.flatnonzero(odd & (lengths > 0))

    # ------------------------------------------------------------------------------------ decimals

    def decimals(
        self, column: int, places: int, lowest: int, highest: int, scale: int = 1, *, grouped: bool = False
    ) -> tuple[Ints, Bits, NDArray[np.intp]]:
        starts, ends = self.cell(column)
        filled = ends > starts
        at = None if filled.all() else np.flatnonzero(filled)
        if at is not None:
            starts, ends = starts.take(at), ends.take(at)
        negative = self._buffer.take(starts) == _MINUS if lowest < 0 else None
        lengths = ends - starts if negative is None else ends - starts - negative
        values, fine = read_decimals(self._words.before(ends), lengths, places)
        if grouped and not fine.all():
            left = np.flatnonzero(~fine)
            values[left], fine[left] = read_grouped(self._buffer, ends.take(left), lengths.take(left), places)
        if negative is not None:
            values *= 1 - 2 * negative.astype(np.int64)
        fine &= values <= highest
        if lowest:
            fine &= values >= lowest
        odd = np.flatnonzero(~fine)
        values[odd] = 0
        if scale > 1:
            values *= scale
        if at is None:
            return values, filled, odd
        whole = np.zeros(self.size, np.int64)
        whole[at] = values
        return whole, filled, at[odd]


def _mixed(key: Word, word: Word) -> Word:
    """As `taxcalc.firms.read.keys.mixed`."""
    key = (key ^ word) * _ODD
    key ^= key >> _HALF
    return key


def find_cells(text: bytes, columns: int) -> tuple[Grid, list[int]] | None:
    """The grid of a block of whole lines, with commas; and the numbers of the lines that have not so many cells.

    None where it is no UTF-8, or its quotes need the careful reader. Rows of nothing but empty cells are passed over.
    """
    if (lines := _lines_of(text)) is None:
        return None
    buffer = np.zeros((len(text) + 2 * _PAD + 7) // 8 * 8, np.uint8)
    buffer[_PAD : _PAD + len(text)] = np.frombuffer(text, np.uint8)
    quotes = b'"' in text
    if quotes and text.count(b"\r") != text.count(b"\r\n"):
        return None  # a return amid a line that may have quotes: the careful reader tells what it is
    if columns == 1 and b"\r\r" in text:
        return None  # a line of returns alone is blank, and so no row
    found = _outside_quotes(buffer) if quotes else _separators(buffer)
    if found is None:
        return None
    places, newlines = found
    breaks = np.arange(columns - 1, len(places), columns, dtype=np.int32)  # as it is where all rows are good
    if not np.array_equal(places.take(breaks), newlines):
        breaks = np.searchsorted(places, newlines).astype(np.int32)
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
    returns = b"\r" in text
    if returns:
        ends[-1] -= (buffer[ends[-1] - 1] == _RETURN) & (ends[-1] > (ends[-2] + 1 if columns > 1 else first))
    lengths = ends[-1] - first
    blank = lengths == columns - 1
    if quotes:  # a cell of two quotes is empty too
        short = np.flatnonzero(lengths < 3 * columns)
        starts = np.vstack([first[short], ends[:-1, short] + 1])
        widths = ends[:, short] - starts
        blank[short] = ((widths == 0) | (widths == 2) & (buffer.take(starts) == _QUOTE)).all(axis=0)
    if blank.any():
        first, ends, numbers = first[~blank], ends[:, ~blank], numbers[~blank]
    return Grid(lines, buffer, first, ends, numbers, quotes=quotes, returns=returns), odd


def _separators(buffer: NDArray[np.uint8]) -> tuple[Places, Places]:
    """The places of all commas and line ends, and of the line ends."""
    separator, newline = np.empty(_PIECE, np.bool_), np.empty(_PIECE, np.bool_)
    places, newlines = [], []
    for start in range(0, len(buffer), _PIECE):
        piece = buffer[start : start + _PIECE]
        here, breaks = separator[: len(piece)], newline[: len(piece)]
        np.equal(piece, _COMMA, out=here)
        here |= np.equal(piece, _NEWLINE, out=breaks)
        places.append((np.flatnonzero(here) + start).astype(np.int32))
        newlines.append((np.flatnonzero(breaks) + start).astype(np.int32))
    return np.concatenate(places), np.concatenate(newlines)


def _outside_quotes(buffer: NDArray[np.uint8]) -> tuple[Places, Places] | None:
    """The same where they are not quoted; None where the quotes are astray."""
    separator = buffer == _COMMA
    newline = buffer == _NEWLINE
    inside = _inside_quotes(buffer, separator, newline)
    if inside is None:
        return None
    newline &= ~inside
    separator &= ~inside
    return np.flatnonzero(separator | newline).astype(np.int32), np.flatnonzero(newline).astype(np.int32)


def _lines_of(text: bytes) -> pl.Series | None:
    """The lines of a text, blank ones as null; None where it is no UTF-8 or has odd bytes."""
    import polars as pl

    try:
        lines = pl.read_csv(text, has_header=False, separator="\x1f", quote_char=None, schema={"": pl.String})
        return lines.to_series()
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
