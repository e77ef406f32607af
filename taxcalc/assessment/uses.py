"""What rests on a figure of the law, found from the graphs in which it stands.

A levy rests on every parameter and grant below its line; a relief on its own table and on all that its
conditions and its base rest on.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from taxcalc.assessment.model import Model, catalogue_of, model_for
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.graph.nodes import Grant, Node, Param, walk
from taxcalc.law.book import LawBook, Version

FILINGS = (3, 1)
"""Quarterly and monthly filers: the threshold of a month stands only in the graph of the latter."""

Days = tuple[date, date]
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


def users(book: LawBook, version: Version, parameter: str | None = None, days: Days | None = None) -> Users:
    """The reliefs and levies that rest on a version, or on one of its parameters.

    Looked for in the first and in the last year that is covered and lies in the version; in those of certain
    `days` where something is found there.
    """
    if days:
        found = _in_years(book, version, parameter, _years(book, *days))
        if found != NOBODY:
            return found
    return _in_years(book, version, parameter, _years(book, version.start, version.until))


def name_of(book: LawBook, id: str, *, is_relief: bool) -> Label:
    """The label of a relief, which is its table's, or of a levy."""
    if is_relief:
        return book.table(own_table(book, id)).label
    return _usual(book).levies[id].levy.label


def own_table(book: LawBook, relief: str) -> str:
    """The table that a relief rests on."""
    return _usual(book).reliefs[relief].table


def _usual(book: LawBook) -> Model:
    """Any model knows every relief and levy."""
    return model_for(book, Period(covered_years(book)[1]), FILINGS[0])


def _in_years(book: LawBook, version: Version, parameter: str | None, years: list[int]) -> Users:
    by_key = [_uses_in(book, year, filing) for year in years for filing in FILINGS]
    if parameter and isinstance(book.stated(version).get(parameter), str | bool):
        parameter = None  # words and yes-or-no are settled while the graph is built, and leave no node
    return merged(uses.get((version, parameter or ""), NOBODY) for uses in by_key)


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
    for id, built in model.levies.items():
        for key in _keys([built.payable, *([] if built.balance is None else [built.balance])]):
            levies.setdefault(key, {})[id] = None
    for id, grants in model.grants.items():
        own = {grant.version for grant in grants}
        for key in [key for key in levies if key[0] in own]:  # a rate is not among the conditions of its relief
            reliefs.setdefault(key, {})[id] = None
        for key in _keys([node for grant in grants for node in _stands_on(grant)]):
            reliefs.setdefault(key, {})[id] = None
    return {key: Users(tuple(reliefs.get(key, ())), tuple(levies.get(key, ()))) for key in {**reliefs, **levies}}


def _stands_on(grant: Grant) -> list[Node]:
    """The conditions of a grant and the base that it applies to."""
    return [*grant.conditions, *([] if grant.base is None else [grant.base])]


def _keys(nodes: list[Node]) -> Iterator[Key]:
    """The versions, and the parameters of versions, that some nodes rest on."""
    for node in walk(*nodes):
        if isinstance(node, Param) and node.version is not None:
            yield node.version, node.path.rpartition(".")[2]
            yield node.version, ""
        elif isinstance(node, Grant) and node.version is not None:
            yield node.version, ""
