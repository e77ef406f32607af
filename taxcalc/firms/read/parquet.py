"""Parquet, through polars: decimals, whole numbers and text exactly, other numbers as spreadsheets hold them."""

from __future__ import annotations

import contextlib
import os
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
    title, hidden = "", False

    def __init__(self, stream: BinaryIO, name: str) -> None:
        with _panics_are_errors():
            self._table = pl.scan_parquet(stream)
            self._schema = self._table.collect_schema()
            self._about = int(self._table.select(pl.len()).collect().item())
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
            with _panics_are_errors():
                columns = [_texts(column) for column in self._table.slice(start, step).collect()]
            for row_number, row in enumerate(zip(*columns, strict=True), start + 2):
                cells = Cells([], [])
                for place, cell in enumerate(row):
                    cells.put(place, cell)
                yield row_number, cells


@contextlib.contextmanager
def _panics_are_errors() -> Iterator[None]:
    """Over a damaged file polars panics, and writes so to standard error, past Python. Raises ValueError instead."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    except pl.exceptions.PanicException as error:
        raise ValueError(str(error)) from None
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _texts(column: pl.Series) -> list[Cell]:
    type = column.dtype
    if type in (pl.Date, pl.Datetime):
        return [day_of(value) if value else "" for value in column]
    texts = column.cast(pl.String).fill_null("").to_list()
    read = number if type.is_float() else text_of
    return [read(text) if text else "" for text in texts]
