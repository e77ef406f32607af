"""Rows of one business, found while a table is read: which of them state one period twice, and which say the same months.

Blocks are computed side by side, but looked at here one after the other, as the table has them.
"""

from __future__ import annotations

import bisect
import contextlib
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, Literal, NamedTuple

from taxcalc.base.period import Period
from taxcalc.base.problem import Problem, problem
from taxcalc.firms.answers import Answers, Findings
from taxcalc.firms.columns.interface import C, Engine, Numbers
from taxcalc.firms.read.parse import Parsed

_NAMED = 20
"""Businesses whose rows are named; more are counted."""
Duplicates = Literal["first", "last", "all"]
"""Which of the rows count that state the same months of one business."""
Kin = dict[int, list[int]]
"""The rows of one business, by the number of their period; each by its place among all rows of the table."""


class Piece(NamedTuple):
    """What is kept of a block: the place of its first row, the row of the file where its lines begin, and of each of
    its rows the line and the number of the period."""

    place: int
    first: int
    lines: Sequence[int] | Numbers
    when: Numbers


class Counting(NamedTuple):
    """Which rows of a business count."""

    all: list[int]
    """Its rows, by their places."""
    rows: Collection[int]
    """Those that count."""
    to_date: set[int]
    """Those whose figures to date do: the last of their year."""
    overlapping: list[int]
    """All that state the same months as others."""


class Together(Generic[C]):
    """The rows of one table."""

    def __init__(self, engine: Engine[C], findings: Findings, first: int) -> None:
        """`first` is the row of the file where the table begins."""
        self._engine, self._memory, self._next = engine, engine.memory(), first
        self._findings = findings
        self._turn, self._at = threading.Condition(), 0
        self._pieces: list[Piece] = []
        self._kin: dict[int, Kin] = {}
        """Of each business with several rows, by the place of its first."""

    @contextlib.contextmanager
    def in_turn(self, number: int) -> Iterator[None]:
        """Once all blocks before this one have had their turn. Each block must take it, whatever becomes of it."""
        with self._turn:
            self._turn.wait_for(lambda: self._at == number)
        try:
            yield
        finally:
            with self._turn:
                self._at += 1
                self._turn.notify_all()

    def look(self, answers: Answers[C], parsed: Parsed) -> list[int]:
        """The rows of the next block that state a period of a business which the same block or an earlier one states."""
        lines, when, first = parsed.block.numbers, answers.when, parsed.first or self._next
        place = self._pieces[-1].place + len(self._pieces[-1].lines) if self._pieces else 0
        gapless = (
            len(lines) > 0 and lines[len(lines) - 1] - lines[0] == len(lines) - 1
        )  # as most are: they are kept to the end
        counted = range(int(lines[0]), int(lines[0]) + len(lines)) if gapless else lines
        self._pieces.append(Piece(place, first, counted, self._engine.narrow(when)))
        self._next = first + parsed.length
        twice = []
        for row, earlier in self._memory.met(self._engine.without_gaps(answers.keys, answers.kept, 0)):
            if earlier not in self._kin:
                self._kin[earlier] = {self._when(earlier): [earlier]}
            same = self._kin[earlier].setdefault(int(when[row]), [])
            same.append(place + row)
            if len(same) > 1:
                twice += [row] if len(same) > 2 or same[0] < place else [same[0] - place, row]
        return sorted(twice)

    def _when(self, place: int) -> int:
        piece = self._pieces[self.piece_of(place)]
        return int(piece.when[place - piece.place])

    def piece_of(self, place: int) -> int:
        """The number of the block that a row is of."""
        return bisect.bisect_right(self._pieces, place, key=lambda piece: piece.place) - 1

    def row_in_piece(self, place: int) -> int:
        """Its place there."""
        return place - self._pieces[self.piece_of(place)].place

    def row(self, place: int) -> int:
        """The row of the file that a row of the table is."""
        piece = self._pieces[self.piece_of(place)]
        return piece.first + int(piece.lines[place - piece.place])

    def remarks(self, key: str = "rows_overlap", duplicates: Duplicates | None = "all") -> list[Problem]:
        """Which rows state the same months of one business."""
        found = [self._rows(each) for counting in self.counting(duplicates) if (each := counting.overlapping)]
        more = ["…"] if len(found) > _NAMED else []
        return [problem(key, rows=[*found[:_NAMED], *more], count=len(found), duplicates=duplicates)] if found else []

    def counting(self, duplicates: Duplicates | None) -> list[Counting]:
        """Of each business with several rows which of them count."""
        return [_counting(kin, self._findings.periods, duplicates) for kin in self._kin.values()]

    def _rows(self, places: Iterable[int]) -> str:
        return "+".join(str(self.row(place)) for place in places)


def _counting(kin: Kin, periods: Sequence[Period], duplicates: Duplicates | None) -> Counting:
    """Which rows of a business count: of those that state the same months, none until it is told which."""
    rows = sorted((place, periods[when]) for when, places in kin.items() for place in places)
    overlapping = _overlapping(rows)
    counted = dict(rows)
    if duplicates is None:
        counted = {place: period for place, period in rows if place not in overlapping}
    elif duplicates != "all":
        counted = {}
        taken: set[tuple[int, int]] = set()
        for place, period in rows if duplicates == "first" else reversed(rows):
            if taken.isdisjoint(_months(period)):
                taken.update(_months(period))
                counted[place] = period
    ends: dict[int, int] = {}
    for period in counted.values():
        ends[period.year] = max(ends.get(period.year, 0), period.first + period.months)
    last = {place for place, period in counted.items() if period.first + period.months == ends[period.year]}
    return Counting([place for place, _ in rows], counted.keys(), last, sorted(overlapping))


def _overlapping(rows: Sequence[tuple[int, Period]]) -> set[int]:
    stated: dict[tuple[int, int], int] = {}
    for _, period in rows:
        for month in _months(period):
            stated[month] = stated.get(month, 0) + 1
    return {place for place, period in rows if any(stated[month] > 1 for month in _months(period))}


def _months(period: Period) -> list[tuple[int, int]]:
    return [(period.year, month) for month in range(period.first, period.first + period.months)]
