"""Days and spans of days as people write them: 2023-06-30, 2023-06, 2023Q2, 2023."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from taxcalc.base.period import read_days, whole_period
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
    days = read_days(text)
    return Span(*days, str(whole_period(*days) or text)) if days else problem("day_unreadable", value=text)


def read_day(text: str) -> date | Problem:
    """One day; of a year, quarter or month the last."""
    span = read_span(text)
    return span if isinstance(span, Problem) else span.until
