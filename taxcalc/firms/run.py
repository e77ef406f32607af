"""The batch itself: blocks are read, computed and put into words side by side, and written in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

from taxcalc.base.units import Label
from taxcalc.firms.compute import Answers, Computation, Rejected
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.parse import Parsed, cells_of
from taxcalc.firms.write.rejects import Rejects

BREAK_EVEN = 4_000
"""Rows from which the arrays are faster, their import counted. Measured by benchmarks/batch.py."""


_MOST_JOBS = 4
"""Blocks in work for each processor, at most: more would only take memory."""


class Feed(Protocol):
    """Where rows come from."""

    name: str
    header: list[str]
    header_row: int
    """The row of the heading in the file; rows are numbered as a spreadsheet does."""
    read: int
    """Bytes taken from the input so far."""
    size: int
    """Bytes of the input, 0 where that is not known."""

    def described(self) -> Label:
        """How it is read: encoding and delimiter, in words."""

    def rows_about(self) -> int:
        """About how many rows there are."""

    def large(self, rows: int) -> bool:
        """Are there at least so many rows?"""

    def whole_piece(self) -> Any:
        """The only piece of an input that is short enough to be read at once; None of a longer one."""

    def __iter__(self) -> Iterator[Any]:
        """The input in pieces."""

    def parse(self, piece: Any, header: Header, *, plainly: bool) -> Parsed:
        """One piece as a block of rows."""


class Sink(Protocol):
    """Where answers go."""

    def block(self, block: Any, answers: Answers) -> Any:
        """A block in the form in which it is written. Called from any thread."""

    def take(self, made: Any, first: int) -> None:
        """Write it; `first` is the number of the block's first row in the file. Called in order."""


class Counts(NamedTuple):
    """rows = out + rejected."""

    rows: int
    out: int
    rejected: int


class Done(NamedTuple):
    """A block when it is computed."""

    made: Any
    rejected: list[Rejected]
    out: int
    length: int


def make_engine(feed: Feed) -> Any:
    """Python lists for a small input, arrays for a large one."""
    if feed.large(BREAK_EVEN):
        from taxcalc.engines.arrays import Arrays

        return Arrays()
    from taxcalc.engines.lists import Lists

    return Lists()


def run_batch(
    feed: Feed,
    computation: Computation,
    sink: Sink,
    rejects: Rejects,
    jobs: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Compute every row. `jobs` is the number of blocks in work at a time (0: one for each processor)."""
    plainly = computation.engine.name == "arrays"
    rows = out = 0
    row = feed.header_row + 1

    def work(piece: Any) -> Done:
        parsed = feed.parse(piece, computation.header, plainly=plainly)
        answers = computation.answers(parsed.block)
        rejected = [*answers.rejected, *(_broken(one, computation.header, parsed.delimiter) for one in parsed.broken)]
        rejected.sort(key=lambda one: one.row)
        kept = parsed.block.size - len({one.row for one in answers.rejected})
        return Done(sink.block(parsed.block, answers), rejected, kept, parsed.length)

    processors = os.cpu_count() or 1
    for done in _in_order(work, iter(feed), min(jobs, _MOST_JOBS * processors) or processors):
        sink.take(done.made, row)
        here = [one._replace(row=one.row + row) for one in done.rejected]
        before = rejects.rows
        rejects.take(here)
        row += done.length
        out += done.out
        rows += done.out + rejects.rows - before
        if progress:
            progress(rows)
    return Counts(rows, out, rejects.rows)


def _in_order(work: Callable[[Any], Done], pieces: Iterator[Any], jobs: int) -> Iterator[Done]:
    """The results in the order of the pieces, a few of them worked on at a time."""
    if jobs == 1:
        yield from map(work, pieces)
        return
    first = next(pieces, None)
    second = next(pieces, None) if first is not None else None
    if second is None:  # one block needs no threads
        if first is not None:
            yield work(first)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[Done]] = deque((pool.submit(work, first), pool.submit(work, second)))
        try:
            for piece in pieces:
                waiting.append(pool.submit(work, piece))
                if len(waiting) > jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()


def _broken(one: tuple[int, str, Any], header: Header, delimiter: str) -> Rejected:
    """A line that is no row of the table."""
    number, text, why = one
    id = header.column("id") or header.column("name")
    cells = cells_of(text, delimiter)
    return Rejected(number, cells[id.place] if id and id.place < len(cells) else "", "", text, why)
