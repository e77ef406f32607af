"""The catalogue of input facts: names, labels, types, limits, aliases, assumptions. Data: tables/facts.toml."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, TypedDict

from taxcalc.base.money import plain, read_money, yuan
from taxcalc.base.problem import Problem
from taxcalc.base.units import Label, Number, Unit

MONEY_LIMIT = 10**15
"""Fen (10 trillion yuan): the largest power of ten for which no intermediate of an integer engine can
overflow 64 bits. Derived by `tests/helpers/limit.py`, whose test fails when a rule changes it."""
COUNT_LIMIT = 10**7
FINEST = 9
"""Decimals of a rate, as a share of one."""

FactType = Literal["text", "money", "rate", "average", "count", "month", "flag", "choice"]

_UNITS: dict[str, Unit] = {"money": "money", "rate": "rate", "flag": "flag", "choice": "choice"}
_ENDING = (
    r"_?(?:q(?P<q>[1-4])|第?(?P<qz>[1-4一二三四])季度?|m(?P<m>0?[1-9]|1[0-2])|(?P<mz>0?[1-9]|1[0-2])月份?)"
    r"(?:_?(?P<point>open|close|opening|closing|期?初|期?末))?$"
)
_BEGINNING = r"^(第?[1-4一二三四]季度?|(?:0?[1-9]|1[0-2])月份?)_?"
"""Accountants also put the quarter or the month first: 一季度销售额, 3月销售额."""
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}


class _FactAlways(TypedDict):
    zh: str
    en: str
    type: FactType
    group: str


class FactEntry(_FactAlways, total=False):
    """A fact as facts.toml states it, once it is checked; the head of that file says what the keys mean."""

    aliases: list[str]
    help_zh: str
    help_en: str
    series: bool
    points: bool
    spread: bool
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
        "name", "label", "help", "type", "unit", "group", "aliases", "series", "points", "options", "assume",
        "assume_if", "entitles", "negative", "minimum", "maximum", "spread", "parts",
    )  # fmt: skip

    def __init__(self, name: str, raw: FactEntry) -> None:
        self.name = name
        self.label: Label = (raw["zh"], raw["en"])
        self.help: Label = (self._helped(raw, raw.get("help_zh", "")), self._helped(raw, raw.get("help_en", "")))
        self.type: FactType = raw["type"]
        self.unit: Unit = _UNITS.get(self.type, "count")
        self.group: str = raw["group"]
        self.aliases: tuple[str, ...] = tuple(raw.get("aliases", ()))
        self.series: bool = raw.get("series", False)
        self.points: bool = raw.get("points", False)
        self.spread: bool = raw.get("spread", True)
        places = raw.get("places", {"average": 4, "rate": FINEST}.get(self.type, 0))
        self.parts: int = 10**places
        """The least part of a figure: averages come in ten-thousandths, rates in billionths or as stated."""
        self.options: dict[str, Label] = {key: (zh, en) for key, (zh, en) in raw.get("options", {}).items()}
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
            yield from (f"{self.name}_m{m:02}" for m in range(1, 13))
        if self.points:
            for q in range(1, 5):
                yield from (f"{self.name}_q{q}", f"{self.name}_q{q}_open", f"{self.name}_q{q}_close")


class Slot(NamedTuple):
    """A fact, and the part of it that a name means: '' for the whole, else 'q1', 'm04', 'q1_open'."""

    fact: Fact
    part: str

    @property
    def name(self) -> str:
        """The canonical input name."""
        return f"{self.fact.name}_{self.part}" if self.part else self.fact.name


class Catalogue:
    """All facts by name, and how people's names for them are recognised."""

    def __init__(self, raw: Mapping[str, FactEntry]) -> None:
        self.facts: dict[str, Fact] = {name: Fact(name, body) for name, body in raw.items()}
        self._names: dict[str, Fact] | None = None

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
        """The fact that a flag, key or header names: by name, label or alias, in any width or case."""
        if name in self.facts:
            return Slot(self.facts[name], "")
        names = self._all_names()
        key = _key(name)
        if key in names:
            return Slot(names[key], "")
        first = re.match(_BEGINNING, key)
        if first:
            key = key[first.end() :] + first[1]
        ending = re.search(_ENDING, key)
        fact = names.get(key[: ending.start()].rstrip("_")) if ending else None
        if not ending or not fact:
            return None
        part = _part(ending)
        return Slot(fact, part) if f"{fact.name}_{part}" in fact.inputs() else None

    def nearest(self, name: str, alike: float = 0.6) -> list[str]:
        """Up to three known names that look like an unknown one."""
        import difflib

        names = self._all_names()
        close = difflib.get_close_matches(_key(name), names, n=5, cutoff=alike)
        return list(dict.fromkeys(names[key].name for key in close))[:3]

    def _all_names(self) -> dict[str, Fact]:
        if self._names is None:
            self._names = {}
            for fact in self:
                for name in (fact.name, *fact.label, *fact.aliases):
                    self._names.setdefault(_key(name), fact)
        return self._names


def part_of(text: str) -> str | None:
    """The part of a year that a text alone names: 'm05' of '5月', 'q2' of '第二季度'."""
    ending = re.fullmatch(_ENDING, _key(text))
    return _part(ending) if ending else None


def _key(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", plain(name).casefold()).strip("_")


def _part(ending: re.Match[str]) -> str:
    if ending["m"] or ending["mz"]:
        return f"m{int(ending['m'] or ending['mz']):02}"
    quarter = ending["q"] or ending["qz"]
    part = f"q{_CHINESE.get(quarter) or int(quarter)}"
    point = ending["point"]
    if not point:
        return part
    return f"{part}_open" if point in ("open", "opening", "初", "期初") else f"{part}_close"


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
