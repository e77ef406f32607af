"""A draft law: the tables with a few figures as somebody proposes them, and what these are now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from taxcalc.base.money import read_money
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Stated
from taxcalc.law.figures import FORMS, kind_of, quantity
from taxcalc.law.schema import FigureEntry, TableEntry, VersionEntry
from taxcalc.law.select import nearest

_BAND = re.compile(r"(.+)\.bands\[(\d{1,3})\]")


class Drafted(NamedTuple):
    """A figure of the law that is another in the draft; or a whole table, where a folder of tables has it otherwise."""

    path: str
    table: str
    label: Label
    value: str
    """As it was proposed; '' of a table."""

    @property
    def said(self) -> str:
        """As it is typed."""
        return f"{self.path}={self.value}" if self.value else self.path


class Draft(NamedTuple):
    """The law as it would be."""

    book: LawBook
    changes: Sequence[Drafted]

    @property
    def said(self) -> str:
        """What is drafted, in one line."""
        return "; ".join(change.said for change in self.changes)


def draft(law: LawBook, folder: LawBook, given: Sequence[str]) -> Draft:
    """The draft that puts the figures `given`, such as 'cit.small_low_profit.income=5_000_000', over the tables of `folder`
    (those of the law, or with more over them), in every version that states them. Raises InputError with every problem."""
    changes = [Drafted(path, path, folder.table(path).label, "") for path in _others(law, folder)]
    tables: dict[str, TableEntry] = {}
    problems: list[Problem] = []
    for text in given:
        found = _one(folder, text, tables)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            changes.append(found)
    if not problems and not changes:
        problems.append(problem("draft_nothing"))
    if problems:
        raise InputError(problems)
    spelled = "\0".join([folder.sha256, *given])
    made = folder.amended(tables, hashlib.sha256(spelled.encode()).hexdigest()) if tables else folder
    return Draft(made, changes)


def _others(law: LawBook, folder: LawBook) -> list[str]:
    """The tables that are not the same under both."""
    return (
        []
        if folder is law
        else [path for path in folder.paths() if not law.has(path) or law.raw(path) != folder.raw(path)]
    )


def _one(book: LawBook, text: str, tables: dict[str, TableEntry]) -> Drafted | Problem:
    """Put one figure into `tables`, which hold those that are changed."""
    path, sign, value = (part.strip() for part in text.partition("="))
    if not (sign and path and value):
        return problem("draft_shape", text=text)
    within, _, key = path.rpartition(".")
    band = _BAND.fullmatch(within)
    table = band[1] if band else within
    if not book.has(table) or key not in book.parameters(table):
        near = [one for one in nearest(book, path) if not book.has(one)]
        return problem("draft_unknown", path=path, near=near) if near else problem("draft_unknown_path", path=path)
    raw = tables.get(table) or book.raw(table)
    stated = [place for version in raw["versions"] if (place := _figures(version, band)) and key in place]
    if not stated:
        return problem("draft_in_bands", path=path, table=table, key=key, most=_bands(raw) - 1)
    then = _read(value, stated[-1][key])
    if then is None:
        kind = kind_of(stated[-1][key])
        return problem("draft_value", path=path, value=value, form=FORMS.get(kind, (kind, kind)))
    if all(place[key] == then for place in stated):
        return problem("draft_same", path=path, value=value)
    versions = [_amended(version, band, key, then) for version in raw["versions"]]
    tables[table] = {**raw, "versions": versions}
    return Drafted(path, table, book.parameters(table)[key], value)


def _figures(version: VersionEntry, band: re.Match[str] | None) -> dict[str, FigureEntry]:
    if band is None:
        return version["values"]
    return version["bands"][int(band[2])] if int(band[2]) < len(version["bands"]) else {}


def _bands(raw: TableEntry) -> int:
    return max(len(version["bands"]) for version in raw["versions"])


def _amended(version: VersionEntry, band: re.Match[str] | None, key: str, then: FigureEntry) -> VersionEntry:
    place = _figures(version, band)
    if key not in place:
        return version
    put = {**place, key: then}
    if band is None:
        return {**version, "values": put}
    return {**version, "bands": [put if one is place else one for one in version["bands"]]}


def _read(text: str, now: FigureEntry) -> FigureEntry | None:
    """A proposed figure in the unit of the one there is; None where it is none."""
    if isinstance(now, bool):
        return {"true": True, "false": False, "yes": True, "no": False}.get(text.lower())
    if isinstance(now, str):
        return None
    unit, plain = str(now[0]), text.replace(",", "").replace("，", "")
    found = quantity(plain)
    if found is None and unit == "money":
        fen = read_money(text)
        if isinstance(fen, Problem) or not 0 <= fen < 10**15:
            return None
        found = ("money", fen, 1)
    if found is None and unit == "count":
        found = quantity(f"{plain} persons")
    if found is None and unit == "rate" and re.fullmatch(r"0?\.\d{1,6}|[01]", plain):
        share = Fraction(plain)
        found = ("rate", share.numerator, share.denominator)
    return [*found] if found and found[0] == unit else None


# ------------------------------------------------------------------------------------- is anything under it?


def bears_on(law: LawBook, draft: LawBook, table: str, periods: Sequence[Period]) -> bool:
    """Is a table another in the draft in one of these periods, or in a part of one?"""
    return any(
        _stated(law, table, part) != _stated(draft, table, part) for period in periods for part in _parts(period)
    )


def _stated(book: LawBook, table: str, period: Period) -> dict[str, Stated]:
    return book.figures(table, period) if book.has(table) and book.version(table, period) else {}


def _parts(period: Period) -> Iterator[Period]:
    yield period
    for months in (3, 1):
        if months < period.months:
            yield from period.parts(months)
