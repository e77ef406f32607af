"""Where the answers of a table go. A format is one file with a sink, and stands in `writing_to` and `SUFFIXES`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

if TYPE_CHECKING:
    from taxcalc.firms.answers import Answers
    from taxcalc.firms.columns.interface import C
    from taxcalc.firms.counts import Counts
    from taxcalc.firms.read.cells import Block
    from taxcalc.firms.write.added import AddedColumns
    from taxcalc.firms.write.rejects import Rejects

SUFFIXES = (".csv", ".xlsx", ".parquet", ".jsonl")
Made = TypeVar("Made")
"""A block in the form in which a sink takes it."""


class Sink(Protocol[Made]):
    """Takes the answers of a table, block by block."""

    def block(self, block: Block, answers: Answers[C]) -> Made:
        """A block in the form in which it is taken. Called from any thread."""

    def take(self, made: Made, first: int) -> None:
        """Take it; `first` is the number of the block's first row in the file. Called in order."""


class FileSink(Sink[Made], Protocol[Made]):
    """Writes them to a file."""

    def finish(self, counts: Counts) -> None:
        """Write what is left, and of the whole batch what there is a place for. Raises OSError where that fails."""

    def abandon(self) -> None:
        """Let go of a file that is not to be."""


def streaming(stream: BinaryIO, suffix: str, columns: AddedColumns, excel: bool) -> FileSink[Any]:
    """The sink of a format that is written to a stream as it comes: lines of JSON, else CSV."""
    if suffix == ".jsonl":
        from taxcalc.firms.write.jsonl import JsonLinesSink

        return JsonLinesSink(columns, stream)
    from taxcalc.firms.write.csv import CsvSink

    return CsvSink(columns, stream, excel)


# `Any`: what becomes of a block is between a sink and itself.
@contextlib.contextmanager
def writing_to(
    path: Path, suffix: str, columns: AddedColumns, rejects: Rejects, excel: bool
) -> Iterator[FileSink[Any]]:
    """The sink of the format that a suffix stands for, to be finished, and abandoned where something is raised."""
    sink: FileSink[Any]
    match suffix:
        case ".xlsx":
            from taxcalc.firms.write.workbook import WorkbookSink

            sink = WorkbookSink(columns, path, rejects)
        case ".parquet":
            from taxcalc.firms.write.parquet import ParquetSink

            sink = ParquetSink(columns, path)
        case _:
            sink = streaming(path.open("wb"), suffix, columns, excel)
    try:
        yield sink
    except BaseException:
        sink.abandon()
        raise
