"""Is the law in the tables up to date, and all of it used? What has ended or soon ends, rests on memory, has holes.

That the tables are well formed is the business of the loader, which refuses the rest.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from taxcalc.base.period import OPEN
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Table, Version
from taxcalc.law.schema import facts_of

Finding = Literal["ended", "ending", "memory", "hole", "uncited", "unused"]
FINDINGS: tuple[Finding, ...] = ("ended", "ending", "hole", "memory", "uncited", "unused")


class Found(NamedTuple):
    """One finding: the table (or document, fact, group) with its label; the days that it is about, whether these hold
    the day of the check, and the version that they are of."""

    kind: Finding
    path: str
    label: Label
    start: date | None = None
    until: date | None = None
    now: bool = False
    version: Version | None = None


def check_law(book: LawBook, on: date, shipped: LawBook | None = None) -> list[Found]:
    """Everything to know about the tables on a day, by kind and then by table. The rules are written for the `shipped` ones:
    what other folders add besides must be used by a measure."""
    found = [one for path in book.paths() for one in _of_table(book.table(path), on)]
    cited = {key for path in book.paths() for version in book.table(path).versions for key, _ in version.cites}
    found += [Found("uncited", key, book.document(key)) for key in book.documents() if key not in cited]
    found += [Found("unused", path, label) for path, label in (_unused(book, shipped) if shipped else ())]
    return sorted(found, key=lambda one: FINDINGS.index(one.kind))


def _unused(book: LawBook, shipped: LawBook) -> Iterator[tuple[str, Label]]:
    """Tables, facts and groups that are not shipped, and that nothing uses."""
    measures = book.measures()
    for path in book.paths():
        if path not in measures and (not shipped.has(path) or path in shipped.measures()):
            yield path, book.table(path).label
    reckonings = [reckoning for path in measures if (reckoning := book.table(path).reckoning)]
    facts = {*shipped.facts, *(fact for reckoning in reckonings for fact in facts_of(reckoning))}
    facts |= {other for fact in facts for other, _, _ in book.facts[fact].get("assume_if", [])}
    yield from ((key, (fact["zh"], fact["en"])) for key, fact in book.facts.items() if key not in facts)
    groups = {*shipped.groups(), *(reckoning["exclusive"] for reckoning in reckonings)}
    yield from ((group, book.group(group)) for group in book.groups() if group not in groups)


def year_after(day: date) -> date:
    """The same day a year on (29 February becomes 28 February)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _of_table(table: Table, on: date) -> list[Found]:
    path, label, versions = table.path, table.label, table.versions
    last = versions[-1]
    found: list[Found] = []
    if last.until < on:
        found.append(Found("ended", path, label, last.start, last.until, False, last))
    for version, following in itertools.zip_longest(versions, versions[1:]):
        now = version.start <= on <= version.until
        after = version.until + timedelta(1) if version.until != OPEN else None
        followed = following is not None and following.start == after
        if now and after and not followed and version.until <= year_after(on):
            found.append(Found("ending", path, label, version.start, version.until, True, version))
        if following is not None and after and not followed:
            until = following.start - timedelta(1)
            found.append(Found("hole", path, label, after, until, after <= on <= until))
        if version.evidence == "memory":
            found.append(Found("memory", path, label, version.start, version.until, now, version))
    return found
