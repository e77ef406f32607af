"""Tax periods: a calendar year, quarter or month, and how they nest."""

import re
from datetime import date
from typing import NamedTuple

OPEN = date(9999, 12, 31)
"""An end that is open: the table must say so."""

_WRITTEN = r"(\d{4})(?:-?[Qq]([1-4])|-(0[1-9]|1[0-2]))?"


class Period(NamedTuple):
    """A span of whole months: `months` is 12, 3 or 1 and `first` is its first month (1-12)."""

    year: int
    first: int = 1
    months: int = 12

    def __str__(self) -> str:
        if self.months == 12:
            return str(self.year)
        return f"{self.year}Q{(self.first + 2) // 3}" if self.months == 3 else f"{self.year}-{self.first:02}"

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """The last day."""
        after = self.first + self.months
        following = date(self.year + 1, 1, 1) if after > 12 else date(self.year, after, 1)
        return date.fromordinal(following.toordinal() - 1)

    def runs_on(self, day: date) -> bool:
        """Is this a year that has not ended on a day?"""
        return self.months == 12 and self.year > 0 and day <= self.end

    @property
    def key(self) -> str:
        """The ending of the fact names that belong to this period: '' for a year, 'q2', 'm04'."""
        return {12: "", 3: f"q{(self.first + 2) // 3}", 1: f"m{self.first:02}"}[self.months]

    def parts(self, months: int) -> "tuple[Period, ...]":
        """The periods of that many months inside this one."""
        return tuple(Period(self.year, m, months) for m in range(self.first, self.first + self.months, months))

    def around(self, months: int) -> "Period":
        """The period of that many months in which this one lies."""
        return Period(self.year, self.first - (self.first - 1) % months, months)


def read_period(text: str) -> Period | None:
    """'2023', '2023Q2' or '2023-04'; None where it is none of these."""
    match = re.fullmatch(_WRITTEN, text.strip())
    if not match:
        return None
    year, quarter, month = int(match[1]), match[2], match[3]
    if quarter:
        return Period(year, int(quarter) * 3 - 2, 3)
    return Period(year, int(month), 1) if month else Period(year)
