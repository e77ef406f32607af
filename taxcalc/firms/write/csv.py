"""Answers as CSV: each line as it came in, then what the batch says of it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import FIRST_BYTES, guarded
from taxcalc.base.money import yuan
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.write.added import AddedColumns

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from taxcalc.firms.counts import Counts
    from taxcalc.firms.read.fast import Grid


class CsvSink:
    """Writes CSV to a stream, with the mark of UTF-8 that spreadsheets look for if that is wished; the same bytes
    whichever way a block was read."""

    def __init__(self, columns: AddedColumns, stream: BinaryIO, excel: bool, *, headed: bool = True) -> None:
        """Without a heading what is written goes on where another part ends."""
        self._columns, self._header, self._stream = columns, columns.header, stream
        facts = {column.place for column in self._header.facts}
        self._passed = [column.place for column in self._header.columns if column.place not in facts]
        if not headed:
            return
        titles = as_line(columns.ordered([*(guarded(c.title) for c in columns.own), *columns.titles]))
        stream.write((codecs.BOM_UTF8 if excel else b"") + f"{titles}\n".encode())

    def block(self, block: Block, answers: Answers[C]) -> list[bytes]:
        """The lines of the good rows of a block, in pieces to be written one after the other."""
        return [self._rows(block, answers)] if isinstance(block, Rows) else self._grid(block, answers)

    def take(self, made: list[bytes], first: int) -> None:
        """Write the lines of a block."""
        for piece in made:
            self._stream.write(piece)

    def finish(self, counts: Counts) -> None:
        """Close the file."""
        self.abandon()

    def abandon(self) -> None:
        """Close the file."""
        self._stream.close()

    def _rows(self, block: Rows, answers: Answers[C]) -> bytes:
        added = self._columns.cells(answers, _amount, _quoted)
        out = []
        if self._columns.selected:
            columns = self._columns.ordered([*(self._own(block, column) for column in self._columns.own), *added])
            out = [",".join(cells) for kept, *cells in zip(answers.kept, *columns, strict=True) if kept]
            return "".join(f"{line}\n" for line in out).encode()
        for row, (kept, *cells) in enumerate(zip(answers.kept, *added, strict=True)):
            if kept:
                out.append(",".join((self._line(block, row, block.lines[row]), *cells)))
        return "".join(f"{line}\n" for line in out).encode()

    def _own(self, block: Block, column: Column) -> list[str]:
        """The cells of a column of the table, none of which could become a formula."""
        passed = column.place in self._passed
        return [_quoted(guarded(cell) if passed else cell) for cell in block.texts(column.place)]

    def _line(self, block: Block, row: int, line: str) -> str:
        """The line of a row, written anew where one of its cells could become a formula."""
        for column in self._passed:
            cell = block.text(row, column)
            if cell and guarded(cell) != cell:
                cells = [block.text(row, place) for place in range(len(self._header.columns))]
                return as_line([guarded(c) if i in self._passed else c for i, c in enumerate(cells)])
        return line

    def _grid(self, block: Block, answers: Answers[C]) -> list[bytes]:
        import numpy as np
        import polars as pl

        from taxcalc.firms.read.fast import Grid

        assert isinstance(block, Grid)
        kept = np.flatnonzero(np.asarray(answers.kept))
        whole = len(kept) == block.size
        made: dict[str, pl.Series] = {}
        if self._columns.selected:
            for column in self._columns.own:
                cells = pl.Series(self._own(block, column), dtype=pl.String)
                made[f"<{column.place}"] = cells if whole else cells.gather(kept)
        else:
            made[""] = self._lines(block, kept, whole=whole)
        for name in self._columns.figures:
            values = np.asarray(answers.figures[name])
            amounts = pl.Series(values if whole else values[kept])
            made[name] = amounts.set(amounts == BLANK, None) if (values == BLANK).any() else amounts
        for kind in self._columns.findings:
            numbers = np.asarray(answers.findings[kind])
            texts = pl.Series(self._columns.texts(kind, _quoted), dtype=pl.String)
            made[f"={kind}"] = texts.gather(numbers if whole else numbers[kept])
        cent = pl.lit("0.01").cast(pl.Decimal(3, 2))
        widest = pl.Decimal(38, 0)  # which every whole number fits, so that none is looked at
        in_yuan = [pl.col(name).cast(widest) * cent for name in self._columns.figures]
        out = _Pieces()
        frame = pl.DataFrame(made).with_columns(in_yuan).select(self._columns.ordered([*made]))
        frame.write_csv(out, include_header=False, quote_style="never")  # type: ignore[call-overload]
        return out.pieces

    def _lines(self, block: Grid, kept: NDArray[np.intp], *, whole: bool) -> pl.Series:
        """The lines of the rows that are kept, as they stand but for what could become a formula."""
        import numpy as np
        import polars as pl

        lines = block.lines
        if not (whole and block.size == len(lines)):
            lines = lines.gather(block.numbers[kept])
        if block.returns:
            lines = lines.str.strip_suffix("\r")
        risky = np.zeros(block.size, np.bool_)
        for column in self._passed:
            risky |= np.isin(block.first_bytes(column), np.frombuffer(FIRST_BYTES, np.uint8))
        if risky.any():
            at = np.flatnonzero(risky[kept])
            written = [self._line(block, int(kept[i]), lines[int(i)]) for i in at]
            lines = lines.scatter(at, pl.Series(written, dtype=pl.String))
        return lines


class _Pieces:
    """A file that keeps what is written to it as it comes: joining it would take more time than computing it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece."""
        self.pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""


def _amount(fen: int) -> str:
    return "" if fen == BLANK else yuan(fen)


def _quoted(text: str) -> str:
    return as_line([text, ""])[:-1]
