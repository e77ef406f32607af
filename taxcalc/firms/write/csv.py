"""Answers as CSV: each line as it came in, then what the batch says of it."""

from __future__ import annotations

import codecs
from typing import Any, BinaryIO

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import FIRST_BYTES, guarded
from taxcalc.base.money import yuan
from taxcalc.firms.compute import Answers
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.write.columns import Columns


class CsvOutput:
    """Writes blocks as bytes of CSV; the same bytes whichever way a block was read."""

    def __init__(self, columns: Columns, header: Header) -> None:
        self.columns, self.header = columns, header
        facts = {column.place for column in header.facts}
        self._passed = [column.place for column in header.columns if column.place not in facts]

    def heading(self) -> bytes:
        """The first line: the headings as they came in, then those added."""
        return f"{as_line([*(guarded(c.title) for c in self.header.columns), *self.columns.titles])}\n".encode()

    def block(self, block: Any, answers: Answers) -> list[bytes]:
        """The lines of the good rows of a block, in pieces to be written one after the other."""
        return [self._rows(block, answers)] if isinstance(block, Rows) else self._grid(block, answers)

    def _rows(self, block: Rows, answers: Answers) -> bytes:
        texts = [
            [spelled[code] if kept else "" for code, kept in zip(answers.sets[what], answers.kept, strict=True)]
            for what in self.columns.sets
            for spelled in [self.columns.texts(what, _quoted)]
        ]
        figures = [[_amount(value) for value in answers.figures[name]] for name in self.columns.figures]
        out = []
        for row, (kept, *added) in enumerate(zip(answers.kept, *figures, *texts, strict=True)):
            if kept:
                out.append(",".join((self._line(block, row, block.lines[row]), *added)))
        return "".join(f"{line}\n" for line in out).encode()

    def _line(self, block: Any, row: int, line: str) -> str:
        """The line of a row, written anew where one of its cells could become a formula."""
        for column in self._passed:
            cell = block.text(row, column)
            if cell and guarded(cell) != cell:
                facts = len(self.header.columns)
                cells = [block.text(row, column) for column in range(facts)]
                return as_line([guarded(c) if i in self._passed else c for i, c in enumerate(cells)])
        return line

    def _grid(self, block: Any, answers: Answers) -> list[bytes]:
        import numpy as np
        import polars as pl

        lines = block.lines
        kept = np.flatnonzero(answers.kept)
        whole = len(kept) == block.size
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
        made: dict[str, Any] = {"": lines}
        for name in self.columns.figures:
            values = answers.figures[name]
            amounts = pl.Series(values if whole else values[kept])
            if (values == BLANK).any():
                amounts = amounts.set(amounts == BLANK, None)
            made[name] = amounts
        for what in self.columns.sets:
            codes = answers.sets[what]
            made[f"={what}"] = pl.Series(self.columns.texts(what, _quoted), dtype=pl.String).gather(
                codes if whole else codes[kept]
            )
        cent = pl.lit("0.01").cast(pl.Decimal(3, 2))
        widest = pl.Decimal(38, 0)  # which every whole number fits, so that none is looked at
        in_yuan = [pl.col(name).cast(widest) * cent for name in self.columns.figures]
        out = _Pieces()
        frame = pl.DataFrame(made).with_columns(in_yuan)
        frame.write_csv(out, include_header=False, quote_style="never")  # type: ignore[call-overload]
        return out.pieces


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


class CsvSink(CsvOutput):
    """Writes CSV to a stream, with the mark of UTF-8 that spreadsheets look for if that is wished."""

    def __init__(self, columns: Columns, header: Header, stream: BinaryIO, excel: bool) -> None:
        super().__init__(columns, header)
        self._stream = stream
        stream.write((codecs.BOM_UTF8 if excel else b"") + self.heading())

    def take(self, made: list[bytes], first: int) -> None:
        """Write the lines of a block."""
        for piece in made:
            self._stream.write(piece)


def _amount(fen: int) -> str:
    return "" if fen == BLANK else yuan(fen)


def _quoted(text: str) -> str:
    return as_line([text, ""])[:-1]
