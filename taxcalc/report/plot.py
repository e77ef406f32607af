"""A curve drawn with block elements, which every console font has: jumps are left open, bands shaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from taxcalc.advice.curve import Curve, Segment
from taxcalc.assessment.result import Value

_WIDTH, _HEIGHT = 60, 14
_UPPER, _LOWER, _BOTH, _BAND = "▀", "▄", "█", "░"


def number(value: Value | None) -> Fraction:
    """A value of a fact that is counted or measured."""
    assert value is not None
    assert not isinstance(value, str)
    return Fraction(value)


def ends(curve: Curve) -> tuple[Fraction, Fraction, Fraction]:
    """The first and the last value of the fact, and the most that is to pay, at least a fen."""
    segments = curve.segments
    most = max((fen for one in segments for fen in (one.payable_first, one.payable_last)), default=0)
    return number(segments[0].first), number(segments[-1].last), Fraction(max(most, 1))


def chart(curve: Curve, amount: Callable[[int], str], value: Callable[[Fraction], str]) -> tuple[str, ...]:
    """The lines of a picture; `amount` and `value` write what stands at its axes."""
    low, high, most = ends(curve)
    step = (high - low) / _WIDTH or Fraction(1)
    rows = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    for column in range(_WIDTH):
        left = low + step * column
        if any(number(first) <= left + step and number(last) >= left for first, last in curve.bands):
            for row in rows:
                row[column] = _BAND
        for part in (Fraction(1, 4), Fraction(3, 4)):
            fen = _at(curve.segments, left + step * part)
            if fen is not None:
                _dot(rows, column, fen, most)
    heads = [amount(int(most)) if most > 1 else "", *[""] * (_HEIGHT - 2), amount(0)]
    margin = max(map(len, heads))
    lines = [f"{head:>{margin}} │{''.join(row)}" for head, row in zip(heads, rows, strict=True)]
    first, last = value(low), value(high)
    marks = [" "] * _WIDTH
    if curve.now is not None and low <= number(curve.now) <= high:
        marks[min(int((number(curve.now) - low) / step), _WIDTH - 1)] = "▲"
    below = f"{first}{'':{max(_WIDTH - len(first) - len(last), 1)}}{last}"
    axis = "".join("▲" if mark == "▲" else "─" for mark in marks)
    return tuple(line.rstrip() for line in (*lines, f"{'':{margin}} └{axis}", f"{'':{margin}}  {below}"))


def _at(segments: Sequence[Segment], value: Fraction) -> Fraction | None:
    """What is to pay at a value, along the piece that has it."""
    for one in segments:
        first, last = number(one.first), number(one.last)
        if first <= value <= last:
            width = last - first
            return Fraction(one.payable_first) + (one.payable_last - one.payable_first) * (
                (value - first) / width if width else 0
            )
    return None


def _dot(rows: list[list[str]], column: int, fen: Fraction, most: Fraction) -> None:
    """Half a cell: the upper one or the lower one."""
    halves = 2 * _HEIGHT - 1
    up = halves - int(max(fen, Fraction(0)) / most * halves)
    row, half = up // 2, _LOWER if up % 2 else _UPPER
    there = rows[row][column]
    rows[row][column] = half if there in (" ", _BAND, half) else _BOTH
