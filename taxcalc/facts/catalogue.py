"""The catalogue of input facts: names, labels, types, limits, aliases, assumptions. Data: tables/facts.toml."""

import functools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, TypedDict

from taxcalc.base.money import read_money, yuan
from taxcalc.base.problem import Problem
from taxcalc.base.units import Label, Number, Unit
from taxcalc.facts.titles import Title, key_of, keys_of, read_title

MONEY_LIMIT = 10**15
"""Fen (10 trillion yuan): the largest power of ten for which no intermediate of an integer engine can
overflow 64 bits. Derived by `tests/helpers/limit.py`, whose test fails when a rule changes it."""
COUNT_LIMIT = 10**7
FINEST = 9
"""Decimals of a rate, as a share of one."""

FactType = Literal["text", "money", "rate", "average", "count", "month", "flag", "choice"]

_POINTED = set("期初末")
"""Letters that a heading may have in other words."""
_SALES, _SALES_BEFORE = "revenue", "sales_before"
_DATED = rf"{_SALES}([0-9]{{4}})(?:q([1-4])|(0[1-9]|1[0-2]))"
"""Sales of a quarter or a month of a named year, as names are compared."""
_UNITS: dict[str, Unit] = {"money": "money", "rate": "rate", "flag": "flag", "choice": "choice"}


class _FactAlways(TypedDict):
    zh: str
    en: str
    type: FactType
    group: str


class FactEntry(_FactAlways, total=False):
    """A fact as facts.toml states it, once it is checked; the head of that file says what the keys mean."""

    aliases: list[str]
    words: list[str]
    option_aliases: dict[str, list[str]]
    cumulative: bool
    settled: bool
    paid: bool
    help_zh: str
    help_en: str
    series: bool
    points: bool
    spread: bool
    holds: bool
    earlier: bool
    options: dict[str, list[str]]
    assume: str | bool
    assume_if: list[list[str]]
    entitles: bool
    negative: bool
    min: str
    max: str
    places: int


class Fact:
    """One input fact of the catalogue."""

    __slots__ = (
        "name", "label", "help", "type", "unit", "group", "aliases", "words", "series", "points", "cumulative", "adds_up", "settled", "paid", "options",
        "option_aliases", "assume", "assume_if", "entitles", "negative", "minimum", "maximum", "spread", "holds", "earlier", "parts",
    )  # fmt: skip

    def __init__(self, name: str, raw: FactEntry) -> None:
        self.name = name
        self.label: Label = (raw["zh"], raw["en"])
        self.help: Label = (self._helped(raw, raw.get("help_zh", "")), self._helped(raw, raw.get("help_en", "")))
        self.type: FactType = raw["type"]
        self.unit: Unit = _UNITS.get(self.type, "count")
        self.group: str = raw["group"]
        self.aliases: tuple[str, ...] = tuple(raw.get("aliases", ()))
        self.words: tuple[str, ...] = tuple(raw.get("words", ()))
        self.series: bool = raw.get("series", False)
        self.points: bool = raw.get("points", False)
        self.cumulative: bool = raw.get("cumulative", False)
        self.adds_up: bool = self.series and self.cumulative
        """Is it, whatever the assessed period, the sum of its quarters from January on?"""
        self.settled: bool = raw.get("settled", False)
        """May the whole year be another figure than the sum of its quarters?"""
        self.paid: bool = raw.get("paid", False)
        """Is it what was paid, so that within a year only the quarters before the assessed period count?"""
        self.holds: bool = raw.get("holds", False)
        """Is it a state, which holds throughout the period that it is stated for?"""
        self.earlier: bool = raw.get("earlier", False)
        """Is it of the twelve months before the assessed period? Its parts are those quarters and months."""
        self.spread: bool = raw.get("spread", not self.holds) and not self.adds_up and not self.earlier
        places = raw.get("places", {"average": 4, "rate": FINEST}.get(self.type, 0))
        self.parts: int = 10**places
        """The least part of a figure: averages come in ten-thousandths, rates in billionths or as stated."""
        self.options: dict[str, Label] = {key: (zh, en) for key, (zh, en) in raw.get("options", {}).items()}
        self.option_aliases: dict[str, list[str]] = raw.get("option_aliases", {})
        self.entitles: bool = raw.get("entitles", False)
        self.negative: bool = raw.get("negative", False)
        self.minimum: Number | None = int(raw["min"]) if "min" in raw else None
        self.maximum: Number = MONEY_LIMIT if self.type == "money" else COUNT_LIMIT
        if "max" in raw:
            top = read_money(raw["max"].removesuffix(" yuan")) if self.type == "money" else int(raw["max"])
            assert not isinstance(top, Problem)
            self.maximum = top
        self.assume: Number | bool | None = self._assumed(raw.get("assume"))
        self.assume_if: list[tuple[str, str, int]] = [
            (fact, option, list(self.options).index(value)) for fact, option, value in raw.get("assume_if", ())
        ]

    @staticmethod
    def _helped(raw: FactEntry, text: str) -> str:
        """The help, with the limits of the fact put in where it names them."""
        return text.replace("{min}", raw.get("min", "")).replace("{max}", raw.get("max", ""))

    def _assumed(self, raw: str | bool | None) -> Number | bool | None:
        if raw is None or isinstance(raw, bool):
            return raw
        return list(self.options).index(raw) if self.options else int(raw)

    def written(self, value: Number | str) -> str:
        """A value as plain text: '1234.50', '60%', 'yes', an option's name."""
        if isinstance(value, str):
            return value
        match self.type:
            case "money":
                return yuan(round(value))
            case "rate":
                return rate_text(Fraction(value))
            case "flag":
                return "true" if value else "false"
            case "choice":
                return list(self.options)[int(value)]
            case "month":
                return f"{value // 12}-{int(value) % 12 + 1:02}"
            case "average" | "count":
                return decimal_text(Fraction(value))
        return str(value)

    def inputs(self) -> Iterator[str]:
        """Every name under which a value of this fact may be given."""
        yield self.name
        if self.series:
            yield from (f"{self.name}_q{q}" for q in range(1, 5))
            yield from (f"{self.name}_m{m:02}" for m in range(1, 13) if not self.adds_up)
        if self.points:
            for q in range(1, 5):
                yield from (f"{self.name}_q{q}", f"{self.name}_q{q}_open", f"{self.name}_q{q}_close")


class Slot(NamedTuple):
    """A fact, and the part of it that a name means: '' for the whole, else 'q1', 'm04', 'q1_open'."""

    fact: Fact
    part: str
    year: int = 0
    """The year that the name says its part is of; 0 where it says none."""

    @property
    def name(self) -> str:
        """The canonical input name."""
        return f"{self.fact.name}_{self.part}" if self.part else self.fact.name

    @property
    def dated(self) -> str:
        """A name that also says the year, where that is known: 'revenue_2025q3'."""
        return f"{_SALES}_{self.year}{self.part.replace('m', '-')}" if self.year else self.name


class Catalogue:
    """All facts by name, and how people's names for them are recognised."""

    def __init__(self, raw: Mapping[str, FactEntry]) -> None:
        self.facts: dict[str, Fact] = {name: Fact(name, body) for name, body in raw.items()}

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    def fact_of(self, name: str) -> Fact:
        """The fact of an input: that of 'revenue_q2' is the revenue. Raises KeyError where there is none."""
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found.fact

    def find(self, name: str) -> Slot | None:
        """The fact that a flag, key or heading names: by name, label or alias, in any width or case, with or without
        blanks, marks of duty and currency. None where the heading says that its figures are in another unit, include
        VAT, or are to date while those of the fact are not: `titled` tells of which fact they are."""
        if (slot := self._inputs.get(name)) is not None:
            return slot
        if known := self._names.get(key_of(name)):
            return Slot(known, "")
        if dated := re.fullmatch(_DATED, key_of(name)):
            return Slot(self[_SALES_BEFORE], f"q{dated[2]}" if dated[2] else f"m{dated[3]}", int(dated[1]))
        title = read_title(name)
        slot = None if title.unit or title.gross else self.titled(title)
        return None if slot and title.cumulative and not slot.fact.cumulative else slot

    def titled(self, title: Title) -> Slot | None:
        """The fact that a heading names, whatever it says of unit, VAT and time to date; none where it says that a figure
        to date is of the period alone."""
        fact = self._names.get(title.name) or self._stripped.get(title.name)
        if not fact or (title.own and (title.cumulative or fact.cumulative)):
            return None
        if title.cumulative or not title.part:
            return Slot(fact, "")
        return Slot(fact, title.part) if f"{fact.name}_{title.part}" in fact.inputs() else None

    def may_name(self, title: str) -> bool:
        """Has a heading all the letters of some name? If not it names no fact, and need not be taken apart."""
        if title in self._inputs:
            return True
        letters = set(key_of(title)) | _POINTED
        return any(name <= letters for letter in letters for name in self._letters.get(letter, ()))

    def nearest(self, name: str, alike: float = 0.6) -> list[str]:
        """Up to three known names that look like an unknown one."""
        import difflib

        close = difflib.get_close_matches(key_of(name), self._names, n=5, cutoff=alike)
        return list(dict.fromkeys(self._names[key].name for key in close))[:3]

    @functools.cached_property
    def _inputs(self) -> dict[str, Slot]:
        """What the canonical names of inputs mean."""
        return {name: Slot(fact, name[len(fact.name) + 1 :]) for fact in self for name in fact.inputs()}

    @functools.cached_property
    def _letters(self) -> dict[str, list[set[str]]]:
        """The letters of every name, by its first."""
        found: dict[str, list[set[str]]] = {}
        for name in filter(None, (*self._names, *self._stripped)):
            found.setdefault(name[0], []).append(set(name))
        return found

    @functools.cached_property
    def _names(self) -> dict[str, Fact]:
        """Facts by their names as they stand."""
        found: dict[str, Fact] = {}
        for fact in self:
            for name in (fact.name, *fact.label, *fact.aliases):
                found.setdefault(key_of(name), fact)
        return found

    @functools.cached_property
    def _stripped(self) -> dict[str, Fact]:
        """Facts by their names without what stands beside them; a flag also by the question: 是否…"""
        found: dict[str, Fact] = {}
        for fact in self:
            for name in (*fact.label, *fact.aliases):
                for key in keys_of(name):
                    for asked in (key, f"是否{key}", f"是否为{key}") if fact.type == "flag" else (key,):
                        found.setdefault(asked, fact)
        return found


def part_of(text: str) -> str | None:
    """The part of the year that a heading names which names no fact: 'm05' for 5月, 'q2' for 第二季度; else None."""
    title = read_title(text)
    return title.part or None if not title.name and not title.cumulative else None


def rate_text(rate: Fraction, unit: str = "") -> str:
    """A rate as the law writes it: '1%', '0.5%', '2/3' where that has no end; '0.3‰' or '1/2' where asked for."""
    if unit == "‰":
        return f"{decimal_text(rate * 1000)}‰"
    text = decimal_text(rate * 100)
    return str(rate) if unit == "/" or text.endswith("…") else f"{text}%"


def decimal_text(value: Fraction) -> str:
    """A short decimal of an exact number: '363.75', '33.333333…' where it does not end."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    scaled = value * 10**6
    if scaled.denominator != 1:
        return f"{sign}{int(scaled) // 10**6}.{int(scaled) % 10**6:06}…"
    text = f"{int(scaled) // 10**6}.{int(scaled) % 10**6:06}".rstrip("0").rstrip(".")
    return sign + text
