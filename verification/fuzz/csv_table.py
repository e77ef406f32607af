"""A table as CSV: the careful reader and the fast one say the same of every row, cell and bad line."""

from __future__ import annotations

import io
from typing import Any

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.problem import InputError, Problem
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.read.cells import read_column
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.parse import Chunk, Parsed
from taxcalc.firms.read.source import Source
from verification.fuzz import check_said

_CATALOGUE = catalogue_of(shipped_book())


def one(data: bytes) -> None:
    """Read a whole table both ways."""
    try:
        source = Source(io.BytesIO(data), "stdin")
        header = headed(source, _CATALOGUE)
    except InputError as error:
        check_said(error.problems)
        return
    check_said(header.notes)
    for chunk in source:
        careful, fast = (_said(chunk, header, plainly) for plainly in (False, True))
        assert careful == fast


def _said(chunk: Chunk, header: Header, plainly: bool) -> Any:
    """All that a way of reading says of a chunk."""
    parsed: Parsed = chunk.parse(header, plainly=plainly)
    block = parsed.block
    columns = []
    for column in header.facts:
        read = read_column(block, column, Lists())
        there = [bool(flag) for flag in read.filled]
        values = [
            int(v) if t and i not in read.bad else 0 for i, (v, t) in enumerate(zip(read.values, there, strict=True))
        ]
        columns.append((values, there, {row: _plain(why) for row, why in read.bad.items()}))
    cells = [[block.text(row, column.place) for column in header.columns] for row in range(block.size)]
    numbers = [int(number) for number in block.numbers]
    broken = sorted((number, _plain(why)) for number, _, why in parsed.broken)
    return cells, numbers, columns, broken, parsed.length


def _plain(why: Problem) -> str:
    assert why.text("zh").isprintable()
    return why.text("en")
