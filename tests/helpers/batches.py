"""Batches run in this process, and tables of good and bad rows for them."""

from __future__ import annotations

import contextlib
import csv
import io
import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from unittest import mock

from helpers.businesses import CATALOGUE, table
from taxcalc.assessment.model import shipped_book
from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import Lang
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.compute import Computation
from taxcalc.firms.counts import Counts
from taxcalc.firms.read import careful as records
from taxcalc.firms.read import source
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.run import run_batch
from taxcalc.firms.summary import SummarySink
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.csv import CsvSink
from taxcalc.firms.write.rejects import Rejects

BOOK = shipped_book()
NAMES = (
    "武威饮食",
    "",
    "a,b",
    'say "so"',
    "=1+1",
    "'=2",
    "-3",
    "-a",
    "＝x",
    " padded ",
    "5",
    "Ünïcode",
    "凉州;店|x\ty",
)
SPOILED = ("1.005", "1e3", "NaN", "12a", "1__2", "x", "100001亿")


class Done(NamedTuple):
    """What a batch wrote: its output, the rejected rows, and the counts."""

    out: bytes
    rejects: str
    counts: Counts

    def __eq__(self, other: object) -> bool:
        """Did both write the same? What a run remembers of its rows is its own."""
        return isinstance(other, Done) and (*self[:2], self.counts[:3]) == (*other[:2], other.counts[:3])

    def __hash__(self) -> int:
        return hash(self[:2])

    @property
    def rows(self) -> list[list[str]]:
        """The output without its heading."""
        return list(csv.reader(io.StringIO(self.out.decode(), newline="")))[1:]

    @property
    def bad(self) -> list[list[str]]:
        """The rejected rows: row, id, column, value, why."""
        return list(csv.reader(io.StringIO(self.rejects, newline="")))[1:]


@contextlib.contextmanager
def blocks_of(size: int | None) -> Iterator[None]:
    """Read so many bytes at a time, where a record may span three lines at most."""
    with contextlib.ExitStack() as stack:
        if size:
            stack.enter_context(mock.patch.object(source, "BLOCK", size))
            for module in (source, records):
                stack.enter_context(mock.patch.object(module, "MOST_LINES", 3))
        yield


def run(content: bytes, engine: Any = Lists, *, block: int | None = None, jobs: int = 1, **options: Any) -> Done:
    """Compute a table as `taxcalc batch` does, with the engine and the size of blocks that are told."""
    with blocks_of(block):
        feed = source.Source(io.BytesIO(content), "test", **options)
        header = headed(feed, CATALOGUE)
        computation = Computation(header, engine(), BOOK, "items", {})
        out, refused = io.BytesIO(), io.StringIO()
        collected = Rejects("en", refused)
        sink = CsvSink(AddedColumns(computation, "en"), out, excel=False)
        counts = run_batch(feed, computation, sink, collected, jobs)
    return Done(out.getvalue(), refused.getvalue(), counts)


def summary(
    content: bytes, engine: Any, by: Sequence[str], block: int | None = None, *, lang: Lang = "en"
) -> SummarySink:
    """The totals of a table."""
    with blocks_of(block):
        feed = source.Source(io.BytesIO(content), "test")
        header = headed(feed, CATALOGUE)
        computation = Computation(header, engine(), BOOK, "totals", {})
        sink = SummarySink(AddedColumns(computation, lang), by, computation.engine)
        sink.settle(run_batch(feed, computation, sink, Rejects("en"), 1).together, None)
    return sink


def mixture(seed: int, size: int, bad: float = 0.3) -> tuple[list[str], list[list[str]], set[int]]:
    """Headings, rows with an id and a name, and the numbers of those that were spoiled on purpose."""
    rng = random.Random(seed)
    headings, rows = table(rng, size)
    kept = [0, 1, 2, *sorted(rng.sample(range(3, len(headings)), min(9, len(headings) - 3)))]
    headings, rows = [headings[i] for i in kept], [[row[i] for i in kept] for row in rows]
    times = [row[:3] for row in rows[:2]]  # each year and filing frequency costs a program of its own
    spoiled = set()
    for i, row in enumerate(rows):
        row[:3] = rng.choice(times)
        row[:0] = [f"n{i}", rng.choice(NAMES)]
        if rng.random() < bad:
            spoiled.add(i)
            case = rng.randrange(6)
            if case == 0:
                row.append("0.00")
            elif case == 1:
                row.pop()
            elif case == 2:
                row[2:4] = ["2031", ""]
            elif case == 3:
                row[2:4] = ["", ""]
            else:
                row[_amount(headings, rng)] = rng.choice(SPOILED)
    return ["id", "name", *headings], rows, spoiled


def _amount(headings: list[str], rng: random.Random) -> int:
    """A column of money, after the id and the name; the year where there is none."""
    slots = [CATALOGUE.find(name) for name in headings]
    money = [i for i, slot in enumerate(slots) if slot and slot.fact.type == "money"]
    return 2 + (rng.choice(money) if money else 0)


def as_bytes(headings: list[str], rows: Sequence[list[str]]) -> bytes:
    """A table as CSV."""
    return "".join(f"{as_line(row)}\n" for row in (headings, *rows)).encode()
