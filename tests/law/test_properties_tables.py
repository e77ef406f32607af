"""Dated tables: no hole that nobody meant, no overlap, and one version for each period, or none."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxcalc.assessment.model import shipped_book
from taxcalc.base.period import OPEN, Period
from taxcalc.base.units import Number
from taxcalc.law.book import Figure, LawBook
from taxcalc.law.compile import compile_tables
from taxcalc.law.folder import load_tables
from taxcalc.law.strict import TableError

BOOK = shipped_book()
CONTENT: dict[str, Any] = load_tables()["tables"]
DAY = timedelta(days=1)
HOLES = {
    ("vat.reduced_rate", date(2022, 4, 1), date(2022, 12, 31)),  # sales at 3% were exempt altogether
    ("vat.prepayment_rate", date(2022, 4, 1), date(2022, 12, 31)),  # and prepayments of them suspended
    ("vat.exempt_services", date(2021, 4, 1), date(2021, 12, 31)),  # taxed between the two times of the epidemic
}
"""The times within a table's life in which it has no version, first and last day, each for a reason."""
PERIODS = [
    period
    for year in range(2007, 2033)
    for whole in [Period(year)]
    for period in (whole, *whole.parts(3), *whole.parts(1))
]


class Span(NamedTuple):
    """A version as the tests write it: its first and last day, and its one figure."""

    start: date
    until: date
    figure: int


# ---------------------------------------------------------------------- the tables that are shipped


def test_no_table_has_a_hole_that_nobody_meant() -> None:
    found = set()
    for path in BOOK.paths():
        for earlier, later in itertools.pairwise(BOOK.table(path).versions):
            if earlier.until + DAY < later.start:
                found.add((path, earlier.until + DAY, later.start - DAY))
    assert found == HOLES


def test_no_two_versions_overlap_and_each_is_a_time() -> None:
    for path in BOOK.paths():
        versions = BOOK.table(path).versions
        assert versions
        assert all(version.start <= version.until for version in versions)
        assert all(one.until < other.start for one, other in itertools.pairwise(versions)), path


def test_only_what_has_a_term_runs_on_after_its_version() -> None:
    """What began in December 2023 is given for 24 months with that one."""
    runs_on = {
        path: BOOK.runs_to(v) for path in BOOK.paths() for v in BOOK.table(path).versions if BOOK.runs_to(v) != v.until
    }
    assert runs_on == dict.fromkeys(("financing.equipment_interest", "labour.graduate_insurance"), date(2025, 11, 30))


@pytest.mark.parametrize("path", BOOK.paths())
def test_each_period_is_under_one_version_of_a_table_or_none(path: str) -> None:
    versions = BOOK.table(path).versions
    for period in PERIODS:
        whole = [v for v in versions if v.start <= period.start and period.end <= v.until]
        touched = [v for v in versions if v.start <= period.end and period.start <= BOOK.runs_to(v)]
        found = BOOK.version(path, period)
        if whole:
            assert [found] == whole, (path, str(period))
        elif not touched:
            assert found is None, (path, str(period))
        elif found:  # it runs over several that say the same
            assert found is touched[-1]
            stated = [CONTENT[path]["versions"][versions.index(version)]["values"] for version in touched]
            assert all(values == stated[0] for values in stated)


# ---------------------------------------------------------------------- any table at all


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    """Versions in order, most of them without a day between, some saying the same as the one before."""
    day, found = date(2018, 1, 1) + DAY * draw(st.integers(0, 800)), []
    for _ in range(draw(st.integers(1, 5))):
        months = draw(st.integers(1, 30))
        until = Period(day.year + (day.month + months) // 12, (day.month + months) % 12 + 1, 1).start - DAY
        until = draw(st.sampled_from([until, until, until - DAY * 9]))
        until = max(until, day)
        figure = draw(st.integers(1, 2))
        found.append(Span(day, until, figure))
        day = until + DAY * draw(st.sampled_from([1, 1, 1, 2, 40]))
    if draw(st.booleans()):
        found[-1] = found[-1]._replace(until=OPEN)
    return found


def book_of(versions: list[Span]) -> LawBook:
    """A book of one table with these versions, in the order given."""
    text = 'zh = "税"\nen = "levy"\nparameters.rate = ["税率", "rate"]\n'
    for start, until, figure in versions:
        end = '"open"' if until == OPEN else until.isoformat()
        text += f"[[levy.version]]\nfrom = {start}\nuntil = {end}\n"
        text += f'document = "a"\nclause = "1"\nevidence = "read"\nrate = "{figure}%"\n'
    documents = '[a]\nzh = "法"\nen = "law"\n'
    compiled = compile_tables({"documents.toml": documents.encode(), "levy.toml": f"[levy]\n{text}".encode()})
    return LawBook({**compiled, "sha256": ""})


def rate_of(book: LawBook, period: Period) -> Number | None:
    figure = book.figures("levy", period)["rate"]
    assert isinstance(figure, Figure)
    return figure.value


@given(spans(), st.randoms(use_true_random=False))
def test_a_period_is_under_the_one_version_that_holds_all_of_it(versions: list[Span], rng: random.Random) -> None:
    shuffled = rng.sample(versions, len(versions))
    book = book_of(shuffled)
    assert [(v.start, v.until) for v in book.table("levy").versions] == [(v.start, v.until) for v in versions]
    for period in PERIODS:
        if not 2017 <= period.year <= 2028:
            continue
        found = book.version("levy", period)
        days = range(period.start.toordinal(), period.end.toordinal() + 1)
        at = [next((v for v in versions if v.start.toordinal() <= day <= v.until.toordinal()), None) for day in days]
        figures = {v.figure if v else None for v in at}
        if None in figures or len(figures) > 1:
            assert found is None, str(period)
            assert rate_of(book, period) is None
        else:
            last = at[-1]
            assert found is not None
            assert last is not None
            assert (found.start, found.until) == (last.start, last.until), str(period)
            assert (rate_of(book, period) or 0) * 100 == last.figure


@given(spans(), st.data())
def test_versions_that_share_a_day_are_refused(versions: list[Span], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(versions))
    last = min(one.until, date(2040, 12, 31))
    day = one.start + DAY * data.draw(st.integers(0, (last - one.start).days))
    again = Span(day, data.draw(st.sampled_from([day, last, OPEN])), 1)
    place = data.draw(st.integers(0, len(versions)))
    with pytest.raises(TableError, match="overlap"):
        book_of([*versions[:place], again, *versions[place:]])
