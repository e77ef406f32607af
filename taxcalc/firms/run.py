"""The batch itself: blocks are read, computed and put into words side by side, and written in order."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, NamedTuple, TypeAlias

from taxcalc.base.money import plain
from taxcalc.base.room import check_room
from taxcalc.firms.answers import Answers, Rejected
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.compute import Computation
from taxcalc.firms.counts import Counts
from taxcalc.firms.plausible import OF_ROWS, Plausible, Seen
from taxcalc.firms.read.aside import Aside, aside_of
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.feed import Feed, Piece
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.parse import Parsed, cells_of
from taxcalc.firms.remarks import Remarks
from taxcalc.firms.together import Together
from taxcalc.firms.write.formats import Made, Sink
from taxcalc.firms.write.rejects import Rejects

BREAK_EVEN = 4_000
"""Rows from which the arrays are faster, their import counted. Measured by benchmarks/batch.py."""
_MOST_JOBS = 4
"""Blocks in work for each processor, at most: more would only take memory."""
MEMORY = 500
"""Megabytes that a run may take unless it is told otherwise,"""
_OF_PROGRAM, _OF_BLOCK = 200, 80
"""those that it takes in any case, and those of each block in work (docs/scale.md)."""
_ROOM, _ROOM_OF_BLOCK = 2_000 << 20, 150 << 20
"""Bytes of addresses, most of them never used, that arrays ask the system for, and a block."""


class Done(NamedTuple, Generic[Made]):
    """A block when it is computed."""

    made: Made
    answers: Answers[Any]
    rejected: list[Rejected]
    aside: dict[int, Aside]
    """By their lines."""
    out: int
    length: int
    first: int
    """The row of the file at which the block begins; 0 where it goes on."""
    sheet: str
    seen: Seen | None
    """What there is to doubt, if that is looked for."""


# `Any`: which kind of columns a table has is seen when it is read.
def make_engine(feed: Feed) -> Engine[Any]:
    """Python lists for a small input, arrays for a large one."""
    if feed.large(BREAK_EVEN):
        check_room(_ROOM)
        from taxcalc.firms.columns.arrays import Arrays

        return Arrays()
    from taxcalc.firms.columns.lists import Lists

    return Lists()


def run_batch(
    feed: Feed,
    computation: Computation[C],
    sink: Sink[Made],
    rejects: Rejects,
    jobs: int = 0,
    progress: Callable[[int], None] | None = None,
    *,
    memory: int = MEMORY,
    plausible: Plausible | None = None,
    strict: bool = False,
    alone: bool = False,
) -> Counts:
    """Compute every row. `jobs` is the number of blocks in work at a time (0: one for each processor), or fewer, so that all
    keep to so many megabytes of `memory`. What is doubted goes to `plausible`; where it is `strict`, rows are refused of
    which something is doubted that touches a tax. A feed that is `alone` is a part of a table, which cannot know what else
    the table says of a business: no row is noted for that."""
    header, plainly = computation.plan.header, computation.engine.name == "arrays"
    rows = out = 0
    row = feed.header_row + 1
    remarks = Remarks(header)
    together = Together(computation.engine, computation.findings, row)

    def settled(number: int, piece: Piece) -> tuple[Parsed, Answers[C], Seen | None]:
        answered = None
        try:
            parsed = piece.parse(header, plainly=plainly)
            answered = computation.answers(parsed.block, top=bool(not number or parsed.first))
        finally:
            with together.in_turn(number):
                if answered is not None:
                    twice = together.look(answered, parsed)
        seen = plausible.of_block(parsed.block, answered) if plausible else None
        for key, rows in ({"row_twice": [] if alone else twice} | (seen.kinds if seen else {})).items():
            computation.findings.remark(answered, rows, key)
        return parsed, answered, seen

    def work(numbered: tuple[int, Piece]) -> Done[Made]:
        parsed, answers, seen = settled(*numbered)
        block = parsed.block
        if strict:
            answers = computation.refusing(block, answers, OF_ROWS)
        rejected, aside = list(answers.rejected), {int(block.numbers[row]): one for row, one in answers.aside.items()}
        known: dict[str, tuple[Aside | None, str]] = {}
        for line in parsed.broken:
            if line.text not in known:
                cells = cells_of(line.text, parsed.delimiter)
                known[line.text] = aside_of(header, cells, computation.plan.catalogue), _named(header, cells)
            one, id = known[line.text]
            if one:
                aside[line.number] = one
            else:
                rejected.append(Rejected(line.number, id, "", line.text, line.why))
        if parsed.sheet:
            rejected = [each._replace(id=f"{parsed.sheet} {each.id}".rstrip()) for each in rejected]
        rejected.sort(key=lambda each: each.row)
        for (kind, column), count in parsed.remarks.items():
            answers.marks[kind, column, ""] += count
        for place in (column.place for column in header.columns if not column.title):
            if count := _filled(block, place, answers.aside):
                answers.marks["untitled", str(place + (not parsed.sheet)), ""] += count
        kept = block.size - len({each.row for each in answers.rejected}) - len(answers.aside)
        return Done(
            sink.block(block, answers),
            answers._replace(figures={}),
            rejected,
            aside,
            kept,
            parsed.length,
            parsed.first,
            parsed.sheet,
            seen,
        )

    for done in _in_order(work, enumerate(feed), side_by_side(jobs, memory)):
        row = done.first or row
        remarks.take(done.answers, done.aside, row, done.sheet)
        if plausible and done.seen:
            plausible.take(done.seen, row)
        sink.take(done.made, row)
        before = rejects.rows
        rejects.take([each._replace(row=each.row + row) for each in done.rejected])
        row += done.length
        out += done.out
        rows += done.out + rejects.rows - before + len(done.aside)
        if progress:
            progress(rows)
    return Counts(rows, out, rejects.rows, together, remarks.aside.total(), [*feed.said(header), *remarks.all()])


def side_by_side(jobs: int, memory: int) -> int:
    """How many blocks are in work at a time."""
    processors = os.cpu_count() or 1
    wanted = min(jobs, _MOST_JOBS * processors) or processors
    return max(1, min(wanted, (memory - _OF_PROGRAM) // _OF_BLOCK))


Numbered: TypeAlias = tuple[int, Piece]


def _in_order(work: Callable[[Numbered], Done[Made]], pieces: Iterator[Numbered], jobs: int) -> Iterator[Done[Made]]:
    """The results in the order of the pieces, a few of them worked on at a time, which begin in this order."""
    if jobs == 1:
        yield from map(work, pieces)
        return
    first = list(itertools.islice(pieces, 2))
    if len(first) < 2:  # one block needs no threads
        yield from map(work, first)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[Done[Made]]] = deque(pool.submit(work, piece) for piece in first)
        try:
            for piece in pieces:
                check_room(_ROOM_OF_BLOCK)
                waiting.append(pool.submit(work, piece))
                if len(waiting) > jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in reversed(waiting):  # no piece may wait for one that never begins
                left.cancel()


def _filled(block: Block, place: int, aside: Collection[int]) -> int:
    """The cells of a column that hold anything, without those of rows that are no businesses."""
    codes, texts = block.distinct(place)
    holds = [bool(plain(text)) for text in texts]
    return sum(holds[code] for row, code in enumerate(map(int, codes)) if row not in aside)


def _named(header: Header, cells: Sequence[str]) -> str:
    """Whose a line is that is no row of the table, as far as that can be told."""
    id = header.column("id") or header.column("name")
    return cells[id.place] if id and id.place < len(cells) else ""
