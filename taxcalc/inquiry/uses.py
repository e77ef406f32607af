"""What rests on a figure of the law, found from the graphs in which it stands.

A levy rests on every parameter and grant below its line; a relief on its own table and on all that its
conditions and its base rest on.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from taxcalc.graph import Grant, Node, Param, walk
from taxcalc.law import LawBook, Version
from taxcalc.model import catalogue_of, model_for
from taxcalc.period import Period

FILINGS = (3, 1)
"""Quarterly and monthly filers: the threshold of a month stands only in the graph of the latter."""

Key = tuple[Version, str]
"""A version and a parameter's name; '' for the version itself."""


class Users(NamedTuple):
    """Ids, in the order in which the rules are worked out."""

    reliefs: tuple[str, ...]
    levies: tuple[str, ...]


NOBODY = Users((), ())


def covered_years(book: LawBook) -> tuple[int, int]:
    """The first and last year that can be assessed."""
    year = catalogue_of(book)["year"]
    return int(year.minimum or 0), int(year.maximum)


def users(book: LawBook, version: Version, parameter: str | None = None) -> Users:
    """The reliefs and levies that rest on a version, or on one of its parameters.

    Looked for in the first and in the last year that is covered and lies in the version.
    """
    years = _years(book, version.start, version.until)
    by_key = [_uses_in(book, year, filing) for year in years for filing in FILINGS]
    keys = [(version, parameter or "")]
    if parameter and parameter not in {key for uses in by_key for found, key in uses if found == version}:
        keys = [(version, "")]  # words and yes-or-no are settled while the graph is built, and leave no node
    found = [uses.get(key, NOBODY) for uses in by_key for key in keys]
    return merged(found)


def merged(found: Iterable[Users]) -> Users:
    """All of them, each once."""
    every = list(found)
    reliefs = dict.fromkeys(id for one in every for id in one.reliefs)
    levies = dict.fromkeys(id for one in every for id in one.levies)
    return Users(tuple(reliefs), tuple(levies))


def _years(book: LawBook, start: date, until: date) -> list[int]:
    first, last = covered_years(book)
    years = range(max(start.year, first), min(until.year, last) + 1)
    whole = [year for year in years if start <= date(year, 1, 1) and date(year, 12, 31) <= until] or list(years)
    return sorted({whole[0], whole[-1]}) if whole else []


@functools.cache
def _uses_in(book: LawBook, year: int, filing_months: int) -> dict[Key, Users]:
    model = model_for(book, Period(year), filing_months)
    reliefs: dict[Key, dict[str, None]] = {}
    levies: dict[Key, dict[str, None]] = {}
    for id, relief in model.reliefs.items():
        nodes: list[Node] = []
        for grant in model.grants[id]:
            nodes += [*grant.conditions, *([] if grant.base is None else [grant.base])]
            reliefs.setdefault((grant.version, ""), {})[id] = None
        for version, parameter in _keys(nodes):
            reliefs.setdefault((version, parameter), {})[id] = None
        own = book.table(relief.table)
        for version in own.versions:
            if model.grants[id] and (version, "") in reliefs:
                for parameter in book.parameters(relief.table):
                    reliefs.setdefault((version, parameter), {})[id] = None
    for id, built in model.levies.items():
        for key in _keys([built.payable, *([] if built.balance is None else [built.balance])]):
            levies.setdefault(key, {})[id] = None
    return {key: Users(tuple(reliefs.get(key, ())), tuple(levies.get(key, ()))) for key in {**reliefs, **levies}}


def _keys(nodes: list[Node]) -> Iterator[Key]:
    """The versions, and the parameters of versions, that some nodes rest on."""
    for node in walk(*nodes):
        if isinstance(node, Param) and node.version is not None:
            yield node.version, re.sub(r".*\.", "", node.path)
            yield node.version, ""
        elif isinstance(node, Grant) and node.version is not None:
            yield node.version, ""
