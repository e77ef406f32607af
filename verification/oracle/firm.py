"""The business: its facts by the names of the catalogue, and the filing periods they are cut into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

from . import fen, registration

POINTS = ("employees", "assets")
"""Facts that are averaged, not added up."""


STATES = ("vat_payer", "small_low_profit_status")
"""Facts that hold throughout the part of the year for which they are stated."""


class Period(NamedTuple):
    """A filing period: months of one year, counted from 1, both ends included."""

    year: int
    first: int
    last: int

    @property
    def months(self) -> int:
        """One, or three."""
        return self.last - self.first + 1

    @property
    def end(self) -> tuple[int, int]:
        """Year and last month, to be compared with other such pairs."""
        return self.year, self.last


@cache
def part_of(name: str) -> tuple[str, int, int] | None:
    """A figure of a month or of a quarter: the series that it is of, its first month and its last."""
    if name[-2:].isdigit() and name[-4:-2] == "_m":
        return name[:-4], int(name[-2:]), int(name[-2:])
    if name[-3:-1] == "_q" and name[:-3] not in POINTS:
        return name[:-3], 3 * int(name[-1]) - 2, 3 * int(name[-1])
    return None


@cache
def cut(year: int, first: int, last: int, step: int) -> list[Period]:
    """The filing periods of so many months each from one month to another."""
    return [Period(year, month, month + step - 1) for month in range(first, last + 1, step)]


@cache
def in_catalogue(name: str) -> str:
    """A fact without the month or the quarter that it is stated for."""
    return re.sub(r"_(q\d(_open|_close)?|m\d\d)$", "", name)


class Firm:
    """Facts as text, asked for by name. A fact that is not given has the stated stand-in, or is None."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self.facts = facts
        self.read: dict[str, int | None] = {}
        """Amounts that were asked for already."""
        self.spans: dict[str, list[tuple[int, int, int]]] = {}
        for name, value in facts.items():
            part = part_of(name)
            if part and value and part[0] not in (*STATES, registration.BEFORE):
                series, first, last = part
                self.spans.setdefault(series, []).append((first, last, fen.read(value)))
        period = facts.get("period", "")
        self.year = int(period[:4] or facts["year"])
        self.first, self.last = 1, 12
        if period[4:5].upper() == "Q":
            self.first, self.last = int(period[5]) * 3 - 2, int(period[5]) * 3
        elif period[4:5] == "-":
            self.first = self.last = int(period[5:])
        opened = facts.get("opened", "")
        self.opened = int(opened[5:7]) if opened[:4] == str(self.year) else 1
        """The month of the year from which the business is open."""
        self.running = not period and date.today() <= date(self.year, 12, 31)
        """Is a year assessed that is not over?"""

    def text(self, name: str, otherwise: str) -> str:
        """One of the words of a choice."""
        return self.facts.get(name) or otherwise

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """A yes or a no. What could bring a relief counts as no until it is stated."""
        if name in STATES:
            parts = {value for each, value in self.facts.items() if in_catalogue(each) == name}
            return parts == {"yes"}
        value = self.facts.get(name)
        return otherwise if not value else value == "yes"

    def money(self, name: str) -> int | None:
        """Fen, or None when nothing is stated."""
        if name not in self.read:
            value = self.facts.get(name)
            self.read[name] = fen.read(value) if value else None
        return self.read[name]

    def amount(self, name: str) -> int:
        """Fen, nought when nothing is stated."""
        return self.money(name) or 0

    def share(self, name: str) -> Fraction | None:
        """A rate such as 0.6 or 60%."""
        value = self.facts.get(name)
        if not value:
            return None
        return Fraction(value[:-1]) / 100 if value.endswith("%") else Fraction(value)

    @cached_property
    def people(self) -> Fraction | None:
        """Average headcount, dispatched workers included."""
        return self.average("employees")

    @cached_property
    def assets(self) -> Fraction | None:
        """Average total assets in yuan."""
        return self.average("assets")

    def average(self, name: str) -> Fraction | None:
        """A yearly average of headcount or of yuan; None where it is not known.

        Each quarter is half of its opening and its closing figure, the average the mean of the quarters from the
        first one in business to the end of the period, and neither is rounded (law, small low-profit criteria).
        So a quarter that is missing leaves it open, but for the one that the end of the period cuts short, and for
        the later ones of a year that is not over. Headcount has at most two decimals, as money has.
        """
        if self.facts.get(name):
            return Fraction(fen.read(self.facts[name]), 100)
        first = (self.opened - 1) // 3
        doubled = [self.doubled(f"{name}_q{q}") for q in range(1, 5)][first:]
        while doubled and doubled[-1] == []:
            doubled.pop()
        wanted = 1 if self.running else max(self.last // 3 - first, 1)
        known = [sum(two) for two in doubled if len(two) == 2]
        if len(known) < max(wanted, len(doubled)):
            return None
        return Fraction(sum(known), 2 * 100 * len(known))

    def doubled(self, name: str) -> list[int]:
        """The opening and the closing figure of a quarter, or its mean for both; less where it is not stated."""
        mean = self.facts.get(name)
        ends = [mean, mean] if mean else [self.facts.get(f"{name}_{end}") for end in ("open", "close")]
        return [fen.read(end) for end in ends if end]

    @cached_property
    def kind(self) -> str:
        """enterprise, individual_business, sole_proprietorship or partnership."""
        return self.text("taxpayer", "enterprise")

    @cached_property
    def payer(self) -> str | None:
        """The kind of VAT payer that is stated: for the whole, for parts that agree, or by the month of becoming general."""
        said = {value for name, value in self.facts.items() if in_catalogue(name) == "vat_payer" and value}
        since = self.facts.get("general_from")
        if since:
            said.add("general" if since <= f"{self.year}-{self.first:02}" else "small_scale")
        return said.pop() if len(said) == 1 else None

    @cached_property
    def small_scale(self) -> bool:
        """A small-scale VAT payer: as stated, else by its sales of the year.

        These are all sales, whatever is deducted from them for the tax; what was sold once, and is no usual business, does
        not count (STA order 43 art. 2, STA 2018/6 art. 2; of 2026 STA 2026/2 art. 3, where the rest is not said).
        """
        stated = self.payer
        if stated:
            return stated == "small_scale"
        return set(registration.kinds(self)) != {False}

    @cached_property
    def periods(self) -> list[Period]:
        """The VAT filing periods that are assessed, in order. General payers file by month unless they say otherwise."""
        general = "general" in (self.facts.get("vat_payer"), self.facts.get("general_from") and self.payer)
        step = 1 if self.text("filing", "monthly" if general else "quarterly") == "monthly" else 3
        return cut(self.year, self.first, self.last, step)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last month of each filing period."""
        return [(period.first, period.last) for period in self.periods]

    def parts(self, name: str) -> list[tuple[int, int, int]]:
        """What is stated of a series: first month, last month, fen. Months or quarters, else the whole."""
        if name in self.spans:
            return self.spans[name]
        whole = self.money(name)
        return [] if whole is None else [(self.first, self.last, whole)]

    def series(self, name: str) -> list[int] | None:
        """Fen of each filing period, or None when it is not stated for all of them."""
        found = [amount for amount in self.by_period(name) if amount is not None]
        return found if self.parts(name) and len(found) == len(self.periods) else None

    def by_period(self, name: str) -> list[int | None]:
        """Fen of each filing period, None for those of which it is not stated.

        Figures of shorter spans are added up; one of a longer span is cut evenly over its filing periods in business.
        Before a business is open it has none.
        """
        stated = self.parts(name)
        months = {month for first, last, _ in stated for month in range(first, last + 1)} | {*range(1, self.opened)}
        whole = [months.issuperset(range(first, last + 1)) for first, last in self.bounds]
        if all(whole):
            return [*self.pieces(stated)]
        return [piece if there else None for there, piece in zip(whole, self.spread(stated), strict=True)]

    def pieces(self, stated: list[tuple[int, int, int]]) -> list[int]:
        """Stated spans by filing period."""
        if [(first, last) for first, last, _ in stated] == self.bounds:
            return [amount for _, _, amount in stated]
        return self.spread(stated)

    def spread(self, stated: list[tuple[int, int, int]]) -> list[int]:
        """Stated spans that need not be filing periods, by filing period."""
        result = [0] * len(self.periods)
        step = self.periods[0].months
        for first, last, amount in stated:
            if last < self.opened:
                continue  # nought
            start = (max(first, self.first, self.opened) - self.first) // step
            end = (min(last, self.last) - self.first) // step + 1
            for i, piece in enumerate(fen.evenly(amount, end - start), start):
                result[i] += piece
        return result

    def of_month(self, name: str, month: int) -> int:
        """Fen of one month: as stated, else an even piece of what is stated around it, else nought.

        What is stated for a year is cut into filing periods first, and each into its months in business.
        """
        step = self.periods[0].months
        for first, last, amount in self.parts(name):
            months = range(max(first, self.opened), last + 1)
            if month in months:
                periods = [(each - 1) // step for each in months]
                mine = (month - 1) // step
                inside = [each for each in months if (each - 1) // step == mine]
                place = sorted(set(periods)).index(mine) * len(inside) + inside.index(month)
                return fen.evenly(amount, len(set(periods)) * len(inside))[place]
        return 0

    def each(self, name: str) -> list[int]:
        """Fen of each filing period, nought where nothing is stated."""
        return self.pieces(self.parts(name))
