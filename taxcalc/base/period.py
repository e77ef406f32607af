"""Tax periods: a calendar year, quarter or month, and how they nest."""

import functools
import re
from datetime import date
from typing import NamedTuple

from taxcalc.base.money import plain

OPEN = date(9999, 12, 31)
"""An end that is open: the table must say so."""


class Period(NamedTuple):
    """A span of whole months: `months` is 12, 3 or 1 and `first` is its first month (1-12).

    A figure to date runs from January over any number of months.
    """

    year: int
    first: int = 1
    months: int = 12

    def __str__(self) -> str:
        if self.months == 12:
            return str(self.year)
        if self.months not in (1, 3):
            return f"{self.year}-{self.first:02}/{self.first + self.months - 1:02}"
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
        return {3: f"q{(self.first + 2) // 3}", 1: f"m{self.first:02}"}.get(self.months, "")

    def parts(self, months: int) -> "tuple[Period, ...]":
        """The periods of that many months inside this one."""
        return tuple(Period(self.year, m, months) for m in range(self.first, self.first + self.months, months))

    @property
    def to_date(self) -> "Period":
        """From January to the end of this one."""
        return Period(self.year, 1, self.first + self.months - 1)

    def around(self, months: int) -> "Period":
        """The period of that many months in which this one lies."""
        return Period(self.year, self.first - (self.first - 1) % months, months)


def read_period(text: str) -> Period | None:
    """The year, quarter or month that people write as '2023', '2023Q2', '2023-04', '2023年第二季度', '1Q2023', '202304',
    '2023年1-3月', '2023-01-01至2023-03-31'; a day stands for its month. None where it is none of these.
    """
    days = read_days(text)
    if days is None:
        return None
    first, last = days
    return Period(first.year, first.month, 1) if first == last else whole_period(first, last)


def whole_period(first: date, last: date) -> Period | None:
    """The month, quarter or year that begins and ends on these days; None where there is none."""
    spans = (Period(first.year, first.month, months) for months in (1, 3, 12) if (first.month - 1) % months == 0)
    return next((span for span in spans if (span.start, span.end) == (first, last)), None)


@functools.lru_cache(maxsize=4096)
def read_days(text: str) -> tuple[date, date] | None:
    """The first and the last day of what is written: a day, a month, a quarter, a year, half of one, or a span of such."""
    written = _compact(text[: _LONGEST + 1])
    if len(text) > _LONGEST or not re.search("[0-9]{4}", written):
        return None
    if re.fullmatch(r"[0-9]{4}\.1", written):  # a number that may have been 2024.10
        return None
    found = _point(written)
    if found is not None:
        return found
    spans = {span for cut in re.finditer(_TO, written) if (span := _span(written[: cut.start()], written[cut.end() :]))}
    return spans.pop() if len(spans) == 1 else None


def serial_day(text: str) -> date | None:
    """The day for which a spreadsheet keeps a number such as 45382, of this century; None for any other text."""
    match = re.fullmatch(r"([0-9]{5})(?:\.0*)?", _compact(text))
    day = date.fromordinal(date(1899, 12, 30).toordinal() + int(match[1])) if match else OPEN
    return day if 2000 <= day.year < 2100 else None


_HOUR = r"[ t]0?0:00(?::00(?:\.0*)?)?(?![0-9:])"
"""What a spreadsheet adds to a day."""
_LONGEST = 60
"""Characters. No way to write a period needs more."""
_TO = r"[-~]+|至|到"
_YEAR = r"(?P<year>[0-9]{4})(?:年度?|[-/.])?"
_POINTS = (
    r"(?P<year>[0-9]{4})(?:年度?)?(?:全年)?",
    _YEAR + r"(?:第?(?P<quarter>[1-4])季度?|q0?(?P<quarter2>[1-4]))",
    r"(?:q0?(?P<quarter>[1-4])|(?P<quarter2>[1-4])q)[-/.]?(?P<year>[0-9]{4})(?:年度?)?",
    _YEAR + r"(?:(?P<half>[上下])半年度?|h(?P<half2>[12]))",
    r"(?P<year>[0-9]{4})(?:年(?P<month>[0-9]{1,2})(?:月份?)?|[-/.](?P<month2>[0-9]{1,2})|(?P<month3>[0-9]{2}))",
    r"(?P<year>[0-9]{4})(?:年(?P<month>[0-9]{1,2})月|(?P<sign>[-/.])(?P<month2>[0-9]{1,2})(?P=sign))(?P<day>[0-9]{1,2})[日号]?",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<year>[0-9]{4})[-/.]?(?P<name>[a-z]{3,9})\.?",
    r"(?P<name>[a-z]{3,9})\.?[-/.,]*(?P<year>[0-9]{4})",
)
"""What may stand for itself or at an end of a span, small letters, half-width, without blanks."""
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
"""The months in English, whole and cut short."""
HAN_NUMBERS = {"十一": 11, "十二": 12, "十": 10} | {sign: i for i, sign in enumerate("一二三四五六七八九", 1)}
"""The numbers of months and quarters in Chinese, the longer ones first."""


def _compact(text: str) -> str:
    """Small and half-width letters, one kind of dash, no blanks but a '-' for one between digits, digits for 三月."""
    text = re.sub(_HOUR, "", plain(text).casefold()).translate(_DASHES)
    text = re.sub(r"(?<=[0-9])\s+(?=[0-9])", "-", text)
    text = re.sub(r"\s", "", text)
    return re.sub(f"({'|'.join(HAN_NUMBERS)})(?=月|季)", lambda found: str(HAN_NUMBERS[found[0]]), text)


_DASHES = str.maketrans(dict.fromkeys("－–—−―～〜", "-"))


def _point(written: str) -> tuple[date, date] | None:
    match = next((match for form in _POINTS if (match := re.fullmatch(form, written))), None)
    if not match:
        return None

    def part(*names: str) -> str:
        return next((found for name in names if (found := match.groupdict().get(name))), "")

    year, months = int(part("year")), 1
    if quarter := part("quarter", "quarter2"):
        first, months = int(quarter) * 3 - 2, 3
    elif half := part("half", "half2"):
        first, months = (1 if half in "上1" else 7), 6
    elif name := part("name"):
        first = MONTH_NAMES.get(name, 0)
    elif month := part("month", "month2", "month3"):
        first = int(month)
    else:
        first, months = 1, 12
    if not (0 < year < 9999 and 1 <= first <= 12):
        return None
    day = part("day")
    try:
        return (date(year, first, int(day)),) * 2 if day else (date(year, first, 1), Period(year, first, months).end)
    except ValueError:  # there is no such day
        return None


def _span(begin: str, end: str) -> tuple[date, date] | None:
    """From one point to another, which may leave out the year: 2024年1月至3月, 2024-01-01至03-31."""
    first = _point(begin)
    last = _point(end)
    if first and not last and re.search(r"[-/.月季]", end):
        year = begin[:4]
        last = _point(f"{year}年{end}") or _point(f"{year}-{end}") or _point(f"{year}/{end}") or _point(f"{year}.{end}")
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None
