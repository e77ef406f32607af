"""Answers as lines of JSON, by schema taxcalc/row/1: what a row states, its figures, and what is said of it.

What has an id is told by it, so that a line says the same in every language but for reasons and notes.
"""

from __future__ import annotations

import json
from typing import BinaryIO

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.money import yuan
from taxcalc.base.problem import json_escaped
from taxcalc.firms.answers import LACKING, Answers
from taxcalc.firms.columns.interface import C
from taxcalc.firms.counts import Counts
from taxcalc.firms.read.cells import Block
from taxcalc.firms.write.added import AddedColumns, distinct


class JsonLinesSink:
    """Writes an object for each good row. What is not known is null."""

    def __init__(self, columns: AddedColumns, stream: BinaryIO) -> None:
        self._columns, self._stream = columns, stream
        titles = distinct([column.title or f"column {column.place + 1}" for column in columns.own])
        groups = {"stated": titles, "figures": columns.figures, "said": columns.findings}
        objects = (f"{_dumped(name)}:{{{','.join(map(_place, keys))}}}" for name, keys in groups.items())
        self._form = f"{','.join(objects)}}}\n"
        """The end of a line, with a place for each value."""

    def block(self, block: Block, answers: Answers[C]) -> list[tuple[int, str]]:
        """The lines of a block, each after its place among the rows of the file. Called from any thread."""
        own = [map(_text, block.texts(column.place)) for column in self._columns.own]
        figures = [map(_amount, answers.figures[name]) for name in self._columns.figures]
        said = [map(self._said(kind).__getitem__, answers.findings[kind]) for kind in self._columns.findings]
        rows = zip(answers.kept, block.numbers, *own, *figures, *said, strict=True)
        return [(int(number), self._form % tuple(values)) for kept, number, *values in rows if kept]

    def take(self, made: list[tuple[int, str]], first: int) -> None:
        """Write the lines of a block."""
        lines = (f'{{"schema":"taxcalc/row/1","row":{first + number},{line}' for number, line in made)
        self._stream.write("".join(lines).encode("utf-8", "backslashreplace"))

    def finish(self, counts: Counts) -> None:
        """Close the file."""
        self.abandon()

    def abandon(self) -> None:
        """Close the file."""
        self._stream.close()

    def _said(self, kind: str) -> list[str]:
        """The findings of a kind that were met so far, by their numbers."""
        found = self._columns.found.of(kind)
        if kind in LACKING:
            names = [{one for one in finding if isinstance(one, str)} for finding in found]
            return [_dumped([*self._columns.levies(levies)]) for levies in names]
        if kind in ("regime", "needs"):
            return [_dumped(finding or ([] if kind == "needs" else None)) for finding in found]
        return self._columns.texts(kind, _text)


def _place(key: str) -> str:
    return f"{_dumped(key)}:".replace("%", "%%") + "%s"


def _dumped(value: object) -> str:
    return json_escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _text(text: str) -> str:
    return _dumped(text or None)


def _amount(fen: int) -> str:
    return "null" if fen == BLANK else f'"{yuan(fen)}"'
