"""Some lines of a table, assessed by themselves: what a scheduler of many machines hands out.

Ranges of bytes that follow each other are assessed in any order, anywhere, and again if need be. Their outputs, joined in
the order of the file, are the output of `taxcalc batch` for the whole, byte for byte, but for what no range can know: that a
business has rows elsewhere. So no row of a range is noted for that, and there are no totals by business, as `--summary` has.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from taxcalc.assessment.model import book_with, catalogue_of
from taxcalc.base.atomic_file import replacing
from taxcalc.base.problem import InputError, Lang, problem
from taxcalc.base.version import __version__
from taxcalc.firms.compute import Computation
from taxcalc.firms.plan import Plan, defaults_of
from taxcalc.firms.plausible import Plausible
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.heading import NOTHING_TOLD
from taxcalc.firms.read.kinds import open_table
from taxcalc.firms.read.source import Source
from taxcalc.firms.read.span import Span
from taxcalc.firms.run import BREAK_EVEN, make_engine, run_batch
from taxcalc.firms.wanted import Detail
from taxcalc.firms.write.added import AddedColumns
from taxcalc.firms.write.csv import CsvSink
from taxcalc.firms.write.rejects import Rejects


class Range(NamedTuple):
    """What became of a range: rows = out + rejected + aside."""

    rows: int
    out: int
    rejected: int
    aside: int
    """Rows that are no businesses."""
    next_row: int
    """The row of the file at which the next range begins."""
    pinned: str
    """A digest of what must be the same for all ranges of a file: the program, the law, the day, the options, the heading, and
    the file by its size and its time."""


def batch_range(
    path: str,
    start: int,
    end: int,
    out: str,
    *,
    rejects: str | None = None,
    row: int | None = None,
    pinned: str | None = None,
    columns: Detail = "items",
    sets: Sequence[str] = (),
    lang: Lang = "zh",
    encoding: str | None = None,
    delimiter: str | None = None,
    tables: Sequence[str] = (),
    today: date | None = None,
) -> Range:
    """Assess the lines of a CSV that begin in the bytes from `start` on and before `end`, and write them to `out` as CSV, whole
    or not at all. The range from 0 on writes the heading.

    `row` is the `next_row` of the range before, which tells the rows of `rejects`; without it the lines before are counted. With
    the `pinned` of another range nothing is assessed if anything differs from there. `sets` are texts such as "year=2025".
    Raises InputError: a line break or a stray quote inside of a cell, UTF-16, a file that is no CSV, `pinned` that differs.
    """
    book, today = book_with(tuple(map(Path, tables))), today or date.today()
    catalogue = catalogue_of(book)
    given = defaults_of(sets, catalogue)
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(open(path, "rb"))
        except OSError as error:
            raise InputError([problem("file_unreadable", path=path, why=error.strerror or str(error))]) from None
        if not isinstance(open_table(stream, path, encoding, delimiter), Source):
            raise InputError([problem("range_refused", path=path, why=("不是 CSV", "it is no CSV"))])
        stream.seek(0)
        feed = Span(stream, path, encoding, delimiter)
        header = headed(feed, catalogue, NOTHING_TOLD, None, {catalogue.fact_of(name).name for name in given})
        engine, large, piece = make_engine(feed), feed.large(BREAK_EVEN), feed.whole_piece()
        rows = piece.parse(header, plainly=large).block if piece else None
        defaults = {**header.implied, **given}
        computation = Computation(header, engine, book, columns, defaults, today, whole=rows)
        digest = _digest(computation.plan, feed, lang)
        if pinned is not None and pinned != digest:
            raise InputError([problem("range_unlike", path=path)])
        feed.within(start, end, row)
        added = AddedColumns(computation, lang)
        part = stack.enter_context(replacing(out))
        bad = stack.enter_context(replacing(rejects)) if rejects else None
        refused = (
            stack.enter_context(bad.open("w", encoding="utf-8" if start > 0 else "utf-8-sig", newline=""))
            if bad
            else None
        )
        with part.open("wb") as written:
            counts = run_batch(
                feed,
                computation,
                CsvSink(added, written, excel=False, headed=start <= 0),
                Rejects(lang, refused, headed=start <= 0),
                plausible=Plausible(header, catalogue, computation.plan.preset, rows=not large),
                alone=True,
            )
    return Range(counts.rows, counts.out, counts.rejected, counts.aside, feed.next_row, digest)


def _digest(plan: Plan, feed: Span, lang: Lang) -> str:
    titles = [column.title for column in plan.header.columns]
    read = [feed.encoding, feed.delimiter, feed.header_row, feed.stamp]
    told = [plan.detail, plan.defaults, lang, plan.today.isoformat(), list(plan.figures)]
    return hashlib.sha256(json.dumps([__version__, plan.book.sha256, titles, read, told]).encode()).hexdigest()
