"""Parquet, through polars: decimals, whole numbers and text exactly, other numbers as spreadsheets hold them."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.cell import Cell, Cells, day_of, number, text_of
from taxcalc.firms.read.sheet import Merged, Row

_CELLS = 1_000_000
"""Cells that are taken out at a time."""


class ParquetGrid:
    """The table of a Parquet file, its names of columns as the first row."""

    kind: Label = ("Parquet", "Parquet")
    title, hidden, hidden_columns = "", False, ()

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._table = pl.scan_parquet(stream)
        self._schema = _collected(self._table.head(0)).schema
        self._about = int(_collected(self._table.select(pl.len())).item())
        for title, type in self._schema.items():
            if type.is_nested() or type in (pl.Binary, pl.Object):
                raise InputError([problem("column_nested", path=name, title=title, type=str(type))])

    def rows_about(self) -> int:
        return self._about

    def merged(self) -> list[Merged]:
        return []

    def rows(self) -> Iterator[tuple[int, Row]]:
        yield 1, Cells(list(self._schema), [])
        step = max(1, _CELLS // max(1, len(self._schema)))
        for start in range(0, self._about, step):
            columns = [_texts(column) for column in _collected(self._table.slice(start, step))]
            for row_number, row in enumerate(zip(*columns, strict=True), start + 2):
                cells = Cells([], [])
                for place, cell in enumerate(row):
                    cells.put(place, cell)
                yield row_number, cells


def _collected(table: pl.LazyFrame) -> pl.DataFrame:
    """What a query finds. Over a damaged file a thread of polars may panic: it says so on standard error, past Python,
    and the query may never end. So it runs beside, and what is said is looked at. Raises ValueError where one panics."""
    found: list[pl.DataFrame] = []
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            found.append(table.collect())
        except BaseException as error:  # a panic is no Exception
            wrong.append(error)

    kept = os.dup(2)
    query = threading.Thread(target=run, daemon=True)
    with tempfile.TemporaryFile() as said:
        try:
            os.dup2(said.fileno(), 2)
            query.start()
            while query.is_alive() and b"panicked" not in os.pread(said.fileno(), 4096, 0):
                query.join(0.05)
            query.join(1)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
    if not found:
        raise ValueError(f"polars: {wrong[0] if wrong else 'panic'}")
    return found[0]


def _texts(column: pl.Series) -> list[Cell]:
    type = column.dtype
    if type in (pl.Date, pl.Datetime):
        return [day_of(value) if value else "" for value in column]
    texts = column.cast(pl.String).fill_null("").to_list()
    read = number if type.is_float() else text_of
    return [read(text) if text else "" for text in texts]
