"""Columns of plain decimals in eight-byte words to whole numbers, with no loop over cells.

A cell comes as the sixteen bytes before its end, in two little-endian words; what stands before the cell
itself is masked away. Neighbouring digits are joined, then pairs, then fours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Bits = NDArray[np.bool_]
Word = NDArray[np.uint64]

_ROOM = 2**62
_8, _16, _32, _56 = (np.uint64(n) for n in (8, 16, 32, 56))
_ZEROS = np.uint64(0x3030303030303030)
FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""The first n of eight bytes: the low ones, as the bytes stand in a little-endian word."""
LAST = np.array([((1 << 8 * n) - 1) << (64 - 8 * n) for n in range(9)], np.uint64)


class Words:
    """The bytes of a text, eight at a time from any place. The text has room before and after it.

    Two aligned words are looked up and shifted together: a word that is not aligned would be fetched byte by byte.
    """

    def __init__(self, buffer: NDArray[np.uint8]) -> None:
        self._aligned: Word = buffer[: len(buffer) // 8 * 8].view("<u8")

    def before(self, ends: Places) -> tuple[Word, Word]:
        """The eight bytes before each place, and the eight before those."""
        at = ends >> 3
        right, middle, left = (self._aligned.take(at - back, mode="clip") for back in range(3))
        shift, rest = _shifts(ends)
        return middle >> shift | right << rest, left >> shift | middle << rest

    def after(self, starts: Places, lengths: Places, most: int) -> list[Word]:
        """The bytes of cells from each place on, up to so many, with zeros behind a shorter cell."""
        at = starts >> 3
        shift, rest = _shifts(starts)
        left = self._aligned.take(at, mode="clip")
        words = []
        for word in range((most + 7) // 8):
            right = self._aligned.take(at + (word + 1), mode="clip")
            words.append((left >> shift | right << rest) & FIRST.take(lengths - 8 * word, mode="clip"))
            left = right
        return words


def _shifts(places: Places) -> tuple[Word, Word]:
    """How far words are shifted to the right, and their right neighbours to the left: by 64 leaves nothing."""
    shift = ((places & 7) << 3).astype(np.uint64)
    return shift, np.uint64(64) - shift


def read_decimals(ends: tuple[Word, Word], lengths: Places, places: int) -> tuple[Ints, Bits]:
    """Numbers of any of the forms that occur, with so many decimals, with fewer, with none: as whole numbers
    at so many places; and which cells are just that."""
    low, high = ends
    values, fine = np.zeros(len(low), np.int64), np.zeros(len(low), np.bool_)
    left = np.arange(len(low))
    for decimals in range(places, -1, -1):
        scale = 10 ** (places - decimals)
        here = _has_point(low, lengths, decimals)
        if here.all():
            found = _whole(low, high, lengths, decimals, scale)
            if len(left) == len(values):
                return found
            values[left], fine[left] = found
            break
        if here.any():
            some, others = np.flatnonzero(here), np.flatnonzero(~here)
            found = _whole(low.take(some), high.take(some), lengths.take(some), decimals, scale)
            values[left.take(some)], fine[left.take(some)] = found
            low, high = low.take(others), high.take(others)
            lengths, left = lengths.take(others), left.take(others)
    return values, fine


def read_grouped(buffer: NDArray[np.uint8], ends: Places, lengths: Places, places: int) -> tuple[Ints, Bits]:
    """The same of numbers with commas between thousands: in front of each end, every fourth byte of those before the
    point is a comma. One that begins with a nought, or has more than fifteen digits before its point, is none."""
    values, fine = np.zeros(len(ends), np.int64), np.zeros(len(ends), np.bool_)
    for decimals in range(places, -1, -1):
        start = decimals + 1 if decimals else 0
        here = ~fine & (lengths > start + 4) & (lengths < start + 20)
        if decimals:
            here &= buffer.take(ends - start) == ord(".")
        at = np.flatnonzero(here)
        if not len(at):
            continue
        last, size = ends.take(at) - 1, lengths.take(at)
        good = buffer.take(last - size + 1) != ord("0")
        value, weight = np.zeros(len(at), np.int64), 10 ** (places - decimals)
        for back in range(int(size.max())):
            if back == decimals and decimals:
                continue
            inside, byte = back < size, buffer.take(last - back)
            if back >= start and (back - start) % 4 == 3:
                good &= ~inside | (byte == ord(",")) & (back + 1 < size)
            else:
                digit = byte - np.uint8(ord("0"))  # what is below a digit comes out large
                good &= ~inside | (digit <= 9)
                value += np.where(inside, digit, 0).astype(np.int64) * weight
                weight *= 10
        values[at], fine[at] = value, good
    return values, fine


def _has_point(low: Word, lengths: Places, decimals: int) -> Bits:
    """Which cells have a point before so many decimals; all of them where there are to be none."""
    if not decimals:
        return np.ones(len(low), np.bool_)
    return (low >> np.uint64(56 - 8 * decimals) & np.uint64(0xFF) == ord(".")) & (lengths > decimals)  # type: ignore[no-any-return]


def _whole(low: Word, high: Word, lengths: Places, point: int, scale: int) -> tuple[Ints, Bits]:
    """Up to 15 digits with a point before the last `point` of them (0: with none), times a scale."""
    digits = lengths - 1 if point else lengths
    if point:
        tail = LAST[point]
        low, high = (low & tail) | (low << _8 & ~tail) | (high >> _56 & ~LAST[7]), high << _8
    low = _kept(low, digits)
    good = (digits > point) & (digits <= 15) & _is_digits(low)
    number = _eight(low)
    if (digits > 8).any():
        high = _kept(high, digits - 8)
        good &= _is_digits(high)
        number += _eight(high) * np.uint64(10**8)
    whole = number.view(np.int64)
    if scale > 1:
        good &= whole <= _ROOM // scale
        whole = whole * scale
    return whole, good


def _kept(word: Word, digits: Places) -> Word:
    """The last so many bytes of a word, with the digit 0 before them."""
    kept = LAST.take(digits, mode="clip")
    return (word ^ _ZEROS) & kept ^ _ZEROS


def _is_digits(word: Word) -> Bits:
    """Are all eight bytes of a word digits?"""
    off = word ^ _ZEROS
    return ((off + np.uint64(0x0606060606060606)) | off) & np.uint64(0xF0F0F0F0F0F0F0F0) == 0  # type: ignore[no-any-return]


def _eight(word: Word) -> Word:
    """The number that eight digits make."""
    word = (word & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561) >> _8
    word = (word & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601) >> _16
    return (word & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001) >> _32
