"""Days and spans of days as people write them: 2023-06-30, 2023-06, 2023Q2, 2023."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from taxcalc.base.period import read_period
from taxcalc.base.problem import Problem, problem


class Span(NamedTuple):
    """From the first to the last day, both included, and how it was written."""

    start: date
    until: date
    written: str

    @property
    def is_one_day(self) -> bool:
        """A day, not a month, quarter or year."""
        return self.start == self.until


def read_span(text: str) -> Span | Problem:
    """The days that a year, quarter, month or day stands for."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return Span(day, day, text)
        if period := read_period(text):
            return Span(period.start, period.end, str(period))
    except ValueError:  # there is no such day, or it is the year 0000
        pass
    return problem("day_unreadable", value=text)


def read_day(text: str) -> date | Problem:
    """One day; of a year, quarter or month the last."""
    span = read_span(text)
    return span if isinstance(span, Problem) else span.until
