"""A frame of Python as a table of businesses: the same figures as `taxcalc batch` writes, in a frame of the same kind.

Needs narwhals, which knows the frames of polars, pandas and pyarrow; the extra `frames` brings it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.model import book_with, catalogue_of
from taxcalc.base.period import read_period
from taxcalc.base.problem import InputError, Lang, Problem, problem
from taxcalc.base.units import Label
from taxcalc.firms.answers import Answers, Rejected
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.plan import defaults_of
from taxcalc.firms.read.cell import Cell, Cells, Wrong, day_of, text_of
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.feed import Watched
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.heading import Told, squeezed
from taxcalc.firms.read.sheet import Merged, Row, Sheet
from taxcalc.firms.run import make_engine, run_batch
from taxcalc.firms.selected import selected
from taxcalc.firms.wanted import Detail
from taxcalc.firms.write.added import AddedColumns, distinct
from taxcalc.firms.write.rejects import Rejects
from taxcalc.report.names import Names

_FIRST = 2
"""The first row of a frame, as rows of a file are counted: its names of columns are the heading."""


# `Any`: a frame is of whatever kind its library has, and comes back as that.
class AssessedTable(NamedTuple):
    """The rows that were computed, with what was found; and of every other row why it was not."""

    answers: Any
    """The rows as they were, then amounts in yuan as exact decimals, then texts; null where nothing is known."""
    rejects: Any
    """row (its place in the frame, from 0), id, column, value, problem."""


def assess_table(
    frame: Any,
    *,
    facts: Mapping[str, object] | None = None,
    period: str | None = None,
    map: Mapping[str, str] | None = None,
    passed: Sequence[str] | None = None,
    select: str | None = None,
    columns: Detail = "items",
    names: Names = "id",
    lang: Lang = "zh",
    tables: Sequence[str | Path] = (),
) -> AssessedTable:
    """Assess each row of a polars, pandas or pyarrow frame as one business; its columns are named as those of a table.

    `facts` hold for the rows that do not state them, `period` is assessed for all ("2025Q2"), `map` says which fact a column
    is, `passed` which columns are none (by default every one that is not known). `select` names the columns of the output,
    `columns` else how many there are; `names` how they are headed, `lang` what texts are in, `tables` folders of law.

    A float is read where it stands for one decimal number that its fact can hold, of money two decimals; else its row is
    rejected. NaN, None and their like are not stated. Raises InputError where the columns cannot be read at all, for a
    frame of no known kind (a lazy one is collected first), and where narwhals is missing.
    """
    try:
        import narwhals as nw
    except ModuleNotFoundError:
        raise InputError([problem("frames_missing")]) from None
    try:
        given = nw.from_native(frame, eager_only=True)
    except (TypeError, ValueError):
        raise InputError([problem("frame_kind", type=type(frame).__name__)]) from None
    book = book_with(tuple(Path(folder) for folder in tables))
    catalogue = catalogue_of(book)
    whole = read_period(period) if period is not None else None
    if period is not None and whole is None:
        raise InputError([problem("period_unreadable", value=period)])
    told = Told({squeezed(k): v for k, v in (map or {}).items()}, passed or (), passed is None, whole)
    stated = [f"{name}={_plain(value)}" for name, value in (facts or {}).items()]
    defaults = defaults_of(stated, catalogue)
    feed = _Feed("frame", _FrameGrid(given), Watched(io.BytesIO(), "frame"))
    known = {*(catalogue.fact_of(name).name for name in defaults), *(["period"] if whole else [])}
    header = headed(feed, catalogue, told, 1, known)
    computation: Computation[Any] = Computation(
        header,
        make_engine(feed),
        book,
        columns,
        {**header.implied, **defaults},
        every=names == "id",
        period=whole,
        selected=None if select is None else selected(select, header, book),
    )
    sink = _FrameSink(AddedColumns(computation, lang, names))
    rejects = _Rejects(lang)
    run_batch(feed, computation, sink, rejects)
    return AssessedTable(sink.answers(given), rejects.as_frame(given, sink.rows))


class _FrameGrid:
    """The cells of a frame."""

    kind: Label = ("数据框", "a frame")
    title, hidden, hidden_columns = "", False, ()

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def rows_about(self) -> int:
        return len(self._frame)

    def merged(self) -> list[Merged]:
        return []

    def rows(self) -> Iterator[tuple[int, Row]]:
        yield 1, Cells([str(name) for name in self._frame.columns], [])
        columns = [column.to_list() for column in self._frame.iter_columns()]
        for number, values in enumerate(zip(*columns, strict=True), _FIRST):
            row = Cells([], [])
            for place, cell in enumerate(map(_cell, values)):
                if isinstance(cell, Problem):
                    yield number, Wrong("", cell)
                    break
                row.put(place, cell)
            else:
                yield number, row


class _Feed(Sheet):
    """A frame as a feed, which may have more rows than a sheet."""

    def _in_order(self) -> Iterator[tuple[int, Row]]:
        return self._grid.rows()


def _cell(value: Any) -> Cell | Problem:
    """A value of a frame as a cell holds it: '' where there is none."""
    value = value.item() if getattr(value, "ndim", None) == 0 else value  # of numpy
    if isinstance(value, str):
        return text_of(value)
    missing = value is None or type(value).__name__ in ("NAType", "NaTType")
    if missing or (isinstance(value, float | Decimal) and value != value):
        return ""
    if isinstance(value, date):
        return day_of(value)
    if isinstance(value, bool | int | float | Decimal):
        return _plain(value)
    return problem("frame_value", value=str(value), type=type(value).__name__)


def _plain(value: object) -> str:
    """A number as people write it. A float is the shortest number that it stands for: up to the largest amount of a fact,
    each to the fen has a float of its own."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and abs(value) < float("inf"):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite():
        return format(value.to_integral_value() if value == value.to_integral_value() else value, "f")
    return str(value)


class _FrameSink:
    """Keeps the answers in columns."""

    def __init__(self, columns: AddedColumns) -> None:
        self._columns = columns
        self.rows: list[int] = []
        """The places of the rows that have an answer."""
        self._figures: dict[str, list[Decimal | None]] = {name: [] for name in columns.figures}
        self._texts: dict[str, list[str | None]] = {name: [] for name in columns.findings}

    def block(self, block: Block, answers: Answers[C]) -> tuple[list[int], list[list[Any]], list[list[Any]]]:
        """The rows of a block that have an answer, and their columns."""
        kept = [row for row, kept in enumerate(answers.kept) if kept]
        figures = [[_yuan(int(answers.figures[name][row])) for row in kept] for name in self._figures]
        texts = []
        for kind in self._texts:
            said, numbers = self._columns.texts(kind), answers.findings[kind]
            texts.append([said[numbers[row]] or None for row in kept])
        return [int(block.numbers[row]) for row in kept], figures, texts

    def take(self, made: tuple[list[int], list[list[Any]], list[list[Any]]], first: int) -> None:
        """Keep a block."""
        rows, figures, texts = made
        self.rows += [first + row - _FIRST for row in rows]
        columns: list[list[Any]] = [*self._figures.values(), *self._texts.values()]
        for kept, values in zip(columns, (*figures, *texts), strict=True):
            kept += values

    def answers(self, frame: Any) -> Any:
        """The rows of a frame that have an answer, with their columns."""
        import narwhals as nw

        columns = self._columns
        own = frame.columns
        written = [own[column.place] for column in columns.own]
        titles = distinct([*map(str, own), *columns.titles])[len(own) :]
        kept = frame[self.rows]
        made = [*map(_money, self._figures.values()), *map(_said, self._texts.values())]
        added = [_like(kept, title, values) for title, values in zip(titles, made, strict=True)]
        order = columns.ordered([*written, *titles])
        return kept.with_columns(*added).select(*map(nw.col, order)).to_native()


class _Rejects(Rejects):
    """Keeps every row that cannot be computed."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(lang)
        self._all: list[Rejected] = []

    def take(self, rejected: Sequence[Rejected]) -> None:
        """Keep those of a block."""
        super().take(rejected)
        self._all += rejected

    def as_frame(self, frame: Any, answered: Sequence[int]) -> Any:
        """All rows without an answer: what was rejected, and what is no business."""
        import narwhals as nw

        said = [(one.row - _FIRST, one.id, one.column, one.value, one.why.text(self.lang)) for one in self._all]
        left = set(range(len(frame))).difference(answered, (row for row, *_ in said))
        aside = problem("row_left_out").text(self.lang)
        said = sorted([*said, *((row, "", "", "", aside) for row in left)], key=lambda each: each[0])
        schema: dict[str, Any] = {"row": nw.Int64, **dict.fromkeys(("id", "column", "value", "problem"), nw.String)}
        parts = zip(*said, strict=True) if said else ([] for _ in schema)
        columns = dict(zip(schema, map(list, parts), strict=True))
        return nw.from_dict(columns, schema=schema, backend=frame.implementation).to_native()


def _yuan(fen: int) -> Decimal | None:
    return None if fen == BLANK else Decimal(fen).scaleb(-2)


def _money(values: list[Decimal | None]) -> Any:
    import polars as pl

    return pl.Series(values, dtype=pl.Decimal(18, 2))


def _said(values: list[str | None]) -> Any:
    import polars as pl

    return pl.Series(values, dtype=pl.String)


def _like(frame: Any, title: str, values: Any) -> Any:
    """A column for a frame, in the library that the frame is of. Pandas has no decimals of its own: it holds Python's."""
    import narwhals as nw

    native: Any
    if frame.implementation.is_polars():
        native = values
    elif frame.implementation.is_pyarrow():
        import pyarrow as pa

        exact = pa.decimal128(18, 2) if values.dtype.is_decimal() else pa.string()
        native = pa.chunked_array([pa.array(values.to_list(), exact)])
    else:
        native = nw.to_native(nw.new_series(title, values.to_list(), nw.Object, backend=frame.implementation))
        native.index = frame.to_native().index
    return nw.from_native(native, series_only=True).alias(title)
