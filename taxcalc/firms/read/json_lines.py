"""JSON lines: one object a line, whose keys are the headings. Numbers stay the digits that were written."""

from __future__ import annotations

import codecs
import itertools
import json
from collections.abc import Iterator
from typing import BinaryIO

from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.cell import Cells, Wrong, text_of
from taxcalc.firms.read.feed import Watched
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.read.sheet import Merged, Row, Sheet

_LONGEST = 4 << 20
"""Bytes of a line."""
_EXAMPLE = '{"year": 2024, "revenue": 1080000}'
_LOOKED_AT = 1_000
"""Lines whose keys are the columns, as far as they are no longer than one may be."""


class JsonLines(Sheet):
    """A file of JSON lines. It has no row of headings, so its first line is row 1."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(name, _Lines(stream, name), Watched(stream, name))

    def begin(self, row: int) -> None:
        super().begin(row)
        self.header_row -= 1


class _Lines:
    """The lines as rows below one of headings."""

    kind: Label = ("JSON 行", "JSON lines")
    title, hidden, hidden_columns = "", False, ()

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name, self._stream = name, stream
        self._about = 0

    def rows_about(self) -> int:
        return self._about

    def merged(self) -> list[Merged]:
        return []

    def rows(self) -> Iterator[tuple[int, Row]]:
        objects = self._objects()
        first: list[tuple[int, str, dict[str, str] | Problem]] = []
        held = 0
        for each in objects:
            first.append(each)
            held += len(each[1])
            if len(first) == _LOOKED_AT or held > _LONGEST:
                break
        self._about = len(first)
        titles = list(dict.fromkeys(key for _, _, found in first if isinstance(found, dict) for key in found))
        if len(titles) > MOST_COLUMNS:
            wide = problem("header_wide", source=self._name, columns=len(titles), limit=MOST_COLUMNS)
            raise InputError([wide])
        if not titles:
            why = next(
                (found for _, _, found in first if isinstance(found, Problem)),
                problem("json_no_object", example=_EXAMPLE),
            )
            raise InputError([problem("header_unreadable", source=self._name, why=why)])
        places = {title: place for place, title in enumerate(titles)}
        yield 1, Cells(titles, [])
        for number, line, found in itertools.chain(first, objects):
            if isinstance(found, Problem):
                yield number, Wrong(line, found)
                continue
            cells = Cells([], [])
            for key, value in found.items():
                if key not in places:
                    yield number, Wrong(line, problem("json_key_new", key=key, lines=len(first)))
                    break
                cells.put(places[key], value)
            else:
                yield number, cells

    def _objects(self) -> Iterator[tuple[int, str, dict[str, str] | Problem]]:
        for number in itertools.count(2):
            line = self._stream.readline(_LONGEST)
            if not line:
                return
            if number == 2:
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) == _LONGEST:
                while line and not line.endswith(b"\n"):
                    line = self._stream.readline(_LONGEST)
                yield number, "", problem("record_long", limit=_LONGEST >> 20)
                continue
            try:
                text = line.decode().strip()
            except UnicodeDecodeError:
                yield number, "", problem("bytes_undecodable")
                continue
            if text:
                yield number, text, _object(text)


def _object(line: str) -> dict[str, str] | Problem:
    try:
        found = json.loads(line, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        return problem("json_line_unreadable", example=_EXAMPLE)
    if not isinstance(found, _Pairs):
        return problem("json_no_object", example=_EXAMPLE)
    cells: dict[str, str] = {}
    for key, value in found:
        if key in cells:
            return problem("json_key_twice", key=key)
        if isinstance(value, list):  # an object too
            return problem("json_nested", key=key)
        cells[key] = "" if value is None else str(value).lower() if isinstance(value, bool) else text_of(value)
    return cells


class _Pairs(list[tuple[str, "str | bool | list[object] | None"]]):
    """An object as it stands, with keys that come twice."""
