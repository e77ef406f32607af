"""The first row of a table: which column is which fact, and what to say about the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from taxcalc.base.money import plain
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.facts.catalogue import Catalogue, Slot

_UNIT = r"\s*[(\[【]\s*(?:单位[::]?\s*)?(万元|亿元|元|人|%)\s*[)\]】]$"
"""A unit that people write behind a heading: 销售额（万元）."""
_ALIKE = 0.8
"""How alike a heading must be to the name of a fact before that is suggested."""
_NAMED = 12
"""Unknown columns that are named; more are counted."""
_ASKED = 100
"""Unknown columns for which a likely name is looked for: it takes long, and more are no slips of the pen."""
MOST_COLUMNS, _LONGEST_TITLE = 16_384, 200
"""Columns of a table: what a spreadsheet holds. Longer headings are no names of facts."""
_SCALE = {"万元": "万", "亿元": "亿", "%": "%"}


class Column(NamedTuple):
    """One column of a table: its heading as written, the fact that it gives, and a unit its figures lack."""

    place: int
    title: str
    slot: Slot | None
    unit: str = ""

    @property
    def name(self) -> str:
        """The canonical input name; '' for a column that is passed through."""
        return self.slot.name if self.slot else ""


class Header(NamedTuple):
    """The columns of a table, and notes on those that are no facts."""

    columns: tuple[Column, ...]
    notes: tuple[Problem, ...]
    width: int
    """Cells of the heading as it stands, those of trailing delimiters too."""

    def column(self, name: str) -> Column | None:
        """The column of an input (revenue_q1), if it is there."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def facts(self) -> list[Column]:
        """The columns whose cells are read. Names and identifiers are only passed through."""
        return [c for c in self.columns if c.slot and c.slot.fact.name not in ("name", "id")]

    @property
    def numbers(self) -> list[Column]:
        """Those whose cells are read as whole numbers: all but the period, which is read with what else decides."""
        return [column for column in self.facts if column.name != "period"]

    @property
    def stated(self) -> set[str]:
        """The facts that some column gives."""
        return {column.slot.fact.name for column in self.columns if column.slot}


def read_header(titles: Sequence[str], catalogue: Catalogue, source: str) -> Header:
    """Recognise headings in either language, any width or case, in any order.

    Raises InputError where two headings mean the same fact, where none is a fact, or where they are too many.
    """
    width = len(titles)
    if width > MOST_COLUMNS:
        raise InputError([problem("header_wide", source=source, columns=width, limit=MOST_COLUMNS)])
    titles = [title.strip() for title in titles]
    while len(titles) > 1 and not titles[-1]:  # trailing delimiters make headings of nothing
        titles.pop()
    columns = tuple(_column(i, title, catalogue) for i, title in enumerate(titles))
    found: dict[str, Column] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    unknown: list[str] = []
    for column in columns:
        if column.slot is None:
            asked = column.title and len(column.title) <= _LONGEST_TITLE and len(notes) + len(unknown) < _ASKED
            near = catalogue.nearest(column.title, _ALIKE) if asked else []
            if near:
                notes.append(problem("column_unknown_near", column=column.place + 1, title=column.title, near=near))
            elif column.title:
                unknown.append(column.title)
        elif column.name in found:
            earlier = found[column.name]
            first, second = earlier.place + 1, column.place + 1
            both = {"first": first, "one": earlier.title, "second": second, "other": column.title}
            problems.append(problem("column_twice", **both, fact=column.name, source=source))
        else:
            found[column.name] = column
    if unknown:
        more = [f"… (+{len(unknown) - _NAMED})"] if len(unknown) > _NAMED else []
        notes.append(problem("columns_unknown", titles=[*unknown[:_NAMED], *more]))
    if not found:
        problems.append(problem("header_missing", source=source, titles=list(titles[:6])))
    if problems:
        raise InputError(problems)
    return Header(columns, tuple(notes), width)


def _column(index: int, title: str, catalogue: Catalogue) -> Column:
    if not title or len(title) > _LONGEST_TITLE:
        return Column(index, title, None)
    slot = catalogue.find(title)
    unit = None if slot else re.search(_UNIT, plain(title))
    if unit and (measured := catalogue.find(plain(title)[: unit.start()])):
        return Column(index, title, measured, _SCALE.get(unit[1], ""))
    return Column(index, title, slot)
