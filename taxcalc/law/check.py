"""Is the law in the tables up to date? What has ended, what soon ends, what rests on memory, what has holes.

That the tables are well formed is the business of the loader, which refuses the rest.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Literal, NamedTuple

from taxcalc.base.period import OPEN
from taxcalc.law.book import LawBook, Version

Finding = Literal["ended", "ending", "memory", "hole", "uncited"]
FINDINGS: tuple[Finding, ...] = ("ended", "ending", "hole", "memory", "uncited")


class Found(NamedTuple):
    """One finding: the table (or document), the days it is about, whether they hold the day, the version they are of."""

    kind: Finding
    path: str
    start: date | None
    until: date | None
    now: bool
    version: Version | None


def check_law(book: LawBook, on: date) -> list[Found]:
    """Everything to know about the tables on a day, by kind and then by table."""
    found = [one for path in book.paths() for one in _of_table(book.table(path).versions, path, on)]
    cited = {key for path in book.paths() for version in book.table(path).versions for key, _ in version.cites}
    found += [Found("uncited", key, None, None, False, None) for key in book.documents() if key not in cited]
    return sorted(found, key=lambda one: FINDINGS.index(one.kind))


def year_after(day: date) -> date:
    """The same day a year on (29 February becomes 28 February)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _of_table(versions: tuple[Version, ...], path: str, on: date) -> list[Found]:
    last = versions[-1]
    found: list[Found] = []
    if last.until < on:
        found.append(Found("ended", path, last.start, last.until, False, last))
    for version, following in itertools.zip_longest(versions, versions[1:]):
        now = version.start <= on <= version.until
        after = version.until + timedelta(1) if version.until != OPEN else None
        followed = following is not None and following.start == after
        if now and after and not followed and version.until <= year_after(on):
            found.append(Found("ending", path, version.start, version.until, True, version))
        if following is not None and after and not followed:
            until = following.start - timedelta(1)
            found.append(Found("hole", path, after, until, after <= on <= until, None))
        if version.evidence == "memory":
            found.append(Found("memory", path, version.start, version.until, now, version))
    return found
