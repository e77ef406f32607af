"""Which columns of an output are asked for: those of the table and of the answers, in the order in which they are named."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from taxcalc.assessment.model import catalogue_of
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header
from taxcalc.firms.wanted import every_figure
from taxcalc.law.book import LawBook
from taxcalc.report.names import SETS, titles


class Selected(NamedTuple):
    """Columns of an output. They are computed in three kinds, and written in the order that was asked for."""

    own: tuple[Column, ...]
    """Those of the table."""
    figures: tuple[str, ...]
    findings: tuple[str, ...]
    order: tuple[int, ...]
    """For each column of the output its place among these, the kinds one after the other."""


def answer_columns(book: LawBook) -> list[str]:
    """The id of every column that answers can have under these tables."""
    return [*every_figure("full", book), *SETS]


def column_called(name: str, header: Header, catalogue: Catalogue) -> Column | None:
    """The column of a heading, or of a fact by any of its names."""
    if found := next((column for column in header.columns if column.title == name.strip()), None):
        return found
    slot = catalogue.find(name)
    return header.column(slot.name) if slot else None


def selected(asked: str, header: Header, book: LawBook) -> Selected:
    """The columns that a list separated by commas names: ids of answers, their names in either language, facts or headings
    of the table. One that is named twice is there once. Raises InputError for each that is not there."""
    catalogue, ids = catalogue_of(book), answer_columns(book)
    called = {id: id for id in ids} | {label: id for id in ids for label in titles(book)[id]}
    parts: tuple[dict[Column, None], dict[str, None], dict[str, None]] = ({}, {}, {})
    named: dict[Column | str, None] = {}
    wrong = []
    for name in asked.replace("，", ",").split(","):
        found = called.get(name.strip()) or column_called(name, header, catalogue)
        if found is None:
            known = [*called, *(column.title for column in header.columns), *(one.name for one in header.columns)]
            near = difflib.get_close_matches(name.strip(), filter(None, known), n=3)
            wrong.append(problem("select_unknown_near" if near else "select_unknown", name=name.strip(), near=near))
            continue
        kind = 0 if isinstance(found, Column) else 2 if found in SETS else 1
        parts[kind][found] = None  # type: ignore[index]
        named[found] = None
    if wrong:
        raise InputError(wrong)
    together: list[Column | str] = [*parts[0], *parts[1], *parts[2]]
    return Selected(tuple(parts[0]), tuple(parts[1]), tuple(parts[2]), tuple(map(together.index, named)))
