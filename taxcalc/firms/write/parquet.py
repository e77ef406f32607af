"""Answers as Parquet: amounts as decimals, one group of rows for each block."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from polars.io.plugins import register_io_source

from taxcalc.assessment.amounts import BLANK
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.write.added import AddedColumns, distinct

if TYPE_CHECKING:
    from taxcalc.firms.counts import Counts

_MONEY = pl.Decimal(18, 2)
_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "money": _MONEY,
    "count": pl.Int64,
    "average": pl.Decimal(18, 4),
    "rate": pl.Decimal(18, 9),
    "flag": pl.Boolean,
}


class ParquetSink:
    """Writes blocks as they come; the writer runs beside and takes one block at a time."""

    def __init__(self, columns: AddedColumns, path: Path) -> None:
        self._columns, self._header = columns, columns.header
        read = {c.place: c.slot.fact.type for c in self._header.numbers if c.slot}
        self._kinds = {place: kind for place, kind in read.items() if kind in _TYPES}
        """Of those columns of the table that are no texts."""
        titles = [column.title or f"column {column.place + 1}" for column in columns.own]
        self._names = distinct(columns.ordered([*titles, *columns.titles]))
        own = [_TYPES.get(self._kinds.get(column.place, ""), pl.String) for column in columns.own]
        types = columns.ordered([*own, *(_MONEY for _ in columns.figures), *(pl.String for _ in columns.findings)])
        self._schema = pl.Schema(dict(zip(self._names, types, strict=True)))
        self._frames: queue.Queue[pl.DataFrame | None] = queue.Queue(2)
        self._failed: list[BaseException] = []
        self._given_up = False
        self._path = path
        self._thread: threading.Thread | None = None
        """Begins with the first block: from then on an interruption is followed by `abandon`."""

    def _write(self) -> None:
        ended = False

        def frames(*_: list[str] | pl.Expr | int | None) -> Iterator[pl.DataFrame]:
            nonlocal ended
            while not self._given_up and (frame := self._frames.get()) is not None:
                yield frame
            ended = True

        try:
            register_io_source(frames, schema=self._schema).sink_parquet(self._path, engine="streaming")
        except BaseException as error:
            self._failed.append(error)
            while not (ended or self._given_up) and self._frames.get() is not None:
                pass  # whoever hands over frames must not wait for ever

    def block(self, block: Block, answers: Answers[C]) -> pl.DataFrame:
        """The good rows as a frame."""
        kept = pl.Series(list(map(bool, answers.kept)), dtype=pl.Boolean).arg_true()
        made: list[pl.Series] = []
        for column in self._columns.own:
            if type_of := self._kinds.get(column.place):
                read = read_column(block, column, answers.engine)
                values = pl.Series(read.values, dtype=pl.Int64).set(~pl.Series(read.filled, dtype=pl.Boolean), None)
                made.append(_typed(values.gather(kept), type_of))
            else:
                made.append(pl.Series(block.texts(column.place), dtype=pl.String).gather(kept))
        for name in self._columns.figures:
            values = pl.Series(answers.figures[name], dtype=pl.Int64).gather(kept)
            made.append(_typed(values.set(values == BLANK, None), "money"))
        for kind in self._columns.findings:
            texts = pl.Series(self._columns.texts(kind), dtype=pl.String)
            made.append(texts.gather(pl.Series(answers.findings[kind], dtype=pl.Int64).gather(kept)))
        named = [values.alias(name) for name, values in zip(self._names, self._columns.ordered(made), strict=True)]
        return pl.DataFrame(named).cast(dict(self._schema))  # type: ignore[arg-type]

    def take(self, made: pl.DataFrame, first: int) -> None:
        """Hand a frame to the writer."""
        if self._failed:
            raise OSError(str(self._failed[0]))
        self._running()
        self._frames.put(made)

    def _running(self) -> threading.Thread:
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, daemon=True)
            self._thread.start()
        return self._thread

    def finish(self, counts: Counts) -> None:
        """Wait for the last block. Raises OSError where writing failed."""
        thread = self._running()
        self._frames.put(None)
        thread.join()
        if self._failed:
            raise OSError(str(self._failed[0]))

    def abandon(self) -> None:
        """Give up, and wait until the writer has: it would make the file anew that is about to be removed."""
        self._given_up = True
        with contextlib.suppress(queue.Full):
            self._frames.put_nowait(None)
        if self._thread and self._thread.ident:
            self._thread.join(timeout=10)


def _typed(values: pl.Series, kind: str) -> pl.Series:
    """Whole numbers as values of their type: what is a decimal is counted in its last place."""
    type_of = _TYPES[kind]
    if not isinstance(type_of, pl.Decimal):
        return values
    part = pl.lit(f"0.{1:0{type_of.scale}}").cast(pl.Decimal(type_of.scale + 1, type_of.scale))
    return values.to_frame("v").select(pl.col("v").cast(pl.Decimal(18, 0)) * part).to_series()
