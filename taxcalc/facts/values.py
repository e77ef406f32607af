"""Text to value, one reader per type of fact. Each returns the value or a Problem; none raises."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from taxcalc.base.money import plain, read_money
from taxcalc.base.period import Period, read_days, read_period, serial_day
from taxcalc.base.problem import Problem, problem
from taxcalc.base.units import Number
from taxcalc.facts.titles import key_of

if TYPE_CHECKING:
    from taxcalc.facts.catalogue import Fact

Value = int | Fraction | bool | str
"""Money in fen, rates and averages exact, a month as months since the year nought, a choice as the index of its
option, text as text."""

_DECIMAL = r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)+)(?:\.([0-9]*))?"
_YES = {"true", "yes", "y", "1", "是", "是的", "有", "对", "√", "✓", "✔", "☑", "✅"}
_NO = {"false", "no", "n", "0", "否", "无", "不是", "×"}
"""A letter x is neither: who ticks a box with it means yes."""
_TEXT_LIMIT = 200


def read_value(fact: Fact, text: str) -> Value | Problem:
    """The value of a fact from what a person wrote, within the fact's limits."""
    if not plain(text):
        return problem("value_empty")
    if fact.type != "text" and len(text) > 60:
        return problem("value_long", length=len(text))
    match fact.type:
        case "money":
            return _within(fact, text, read_money(text))
        case "rate":
            return _rate(text, fact.parts)
        case "count":
            count = _within(fact, text, _decimal(text, places=0))
            return (
                _year(fact, text, count)
                if fact.name == "year" and isinstance(count, Problem) and count.key != "number_whole"
                else count
            )
        case "average":
            return _within(fact, text, _decimal(text, places=4))
        case "month":
            return _month(fact, text)
        case "flag":
            return _flag(text)
        case "choice":
            return _choice(fact, text)
    return _text(fact, text)


def _within(fact: Fact, text: str, value: int | Fraction | Problem) -> int | Fraction | Problem:
    if isinstance(value, Problem):
        return value
    if fact.minimum is not None and value < fact.minimum:
        return problem("too_small", value=text, limit=fact.written(fact.minimum), negative=value < 0)
    if value < 0 and not fact.negative:
        return problem("negative", value=text)
    if value > fact.maximum or -value > fact.maximum:
        return problem(
            "too_large" if fact.type == "money" else "above_limit", value=text, limit=fact.written(fact.maximum)
        )
    return value


def _decimal(text: str, places: int) -> Number | Problem:
    written = plain(text).removesuffix("人").removesuffix("年").replace(" ", "")
    if written.isascii() and written.isdecimal():
        return int(written)
    match = re.fullmatch(_DECIMAL, written)
    if not match:
        return problem("number_unreadable" if places else "whole_unreadable", value=text)
    if len((match[1] or "").rstrip("0")) > places:
        return problem("number_whole" if places == 0 else "number_decimals", value=text, places=places)
    value = Fraction(written.replace(",", "").replace("_", "").rstrip("."))
    return value.numerator if value.denominator == 1 else value


def _month(fact: Fact, text: str) -> int | Problem:
    """Months since the year nought, from a month or a day. A tax period begins and ends with a month."""
    first, last = read_days(text) or (None, None)
    if not first or not last or (first.year, first.month) != (last.year, last.month):
        return _serial(text) or problem("month_unreadable", value=text)
    month = Period(first.year, first.month, 1)
    if fact.name == "period_from" and first != month.start:
        return problem("period_from_inside", value=text, written=month.start.isoformat())
    if fact.name == "period_to" and last != month.end:
        return problem("period_to_inside", value=text, written=month.end.isoformat())
    return first.year * 12 + first.month - 1


def _year(fact: Fact, text: str, why: Problem) -> int | Fraction | Problem:
    """The year of what is written where that is no number: 2024年度, or a day of it."""
    days = read_days(text)
    if not days:
        return _serial(text, months=12) or why
    first, last = days
    if first != last and last.toordinal() - first.toordinal() < 364:
        return problem("year_of_part", value=text, year=first.year)
    return _within(fact, text, first.year) if first.year == last.year else why


def _serial(text: str, months: int = 1) -> Problem | None:
    day = serial_day(text)
    written = str(Period(day.year, day.month, 1).around(months)) if day else ""
    return problem("period_serial", value=text, day=day.isoformat(), written=written) if day else None


def _rate(text: str, parts: int = 10**9) -> Fraction | Problem:
    written = plain(text).replace(" ", "")
    scale = {"%": 100, "‰": 1000}.get(written[-1], 1)
    number = written[:-1] if scale > 1 else written
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,6})?", number):
        return problem("rate_unreadable", value=text)
    value = Fraction(number) / scale
    if value > 1:
        return problem("rate_too_large", value=text, percent=f"{number}%")
    if (value * parts).denominator != 1:
        return problem("rate_fine", value=text)
    return value


def _flag(text: str) -> bool | Problem:
    written = plain(text).casefold()
    if written in _YES:
        return True
    return False if written in _NO else problem("flag_unreadable", value=text)


def _choice(fact: Fact, text: str) -> int | Problem:
    options, written = fact.options, key_of(text)
    known_names = [_names_of(key, labels) for key, labels in options.items()]
    for index, (key, names) in enumerate(zip(options, known_names, strict=True)):
        others = [key_of(name) for name in fact.option_aliases.get(key, ())]
        if written in names or any(_stands_for(other, written) for other in others):
            return index
    begun = [index for index, names in enumerate(known_names) if any(name.startswith(written) for name in names)]
    if len(written) > 1 and len(begun) == 1 and not written[0].isdigit():  # 小规模, 个体, small
        return begun[0]
    if all(key.endswith("%") for key in options):
        rate = _rate(text)
        if isinstance(rate, Problem):
            return rate
        for index, key in enumerate(options):
            if rate == Fraction(key[:-1]) / 100:
                return index
    known = [key if key == zh else f"{key} {zh}" for key, (zh, _) in options.items()]
    return problem("choice_unknown", value=text, options=known)


def _names_of(key: str, labels: tuple[str, str]) -> list[str]:
    """How an option may be called: its key, its labels, and each part of 县城、镇."""
    return [key_of(name) for name in (key, *labels, *labels[0].split("、"))]


def _stands_for(alias: str, written: str) -> bool:
    """Is this what an alias stands for? One that ends in '…' stands for all that begins so and goes on."""
    begin, _, after = alias.partition("…")
    return written == alias if begin == alias or after else written.startswith(begin) and written != begin


def _text(fact: Fact, text: str) -> str | Problem:
    if not text.strip().isprintable():  # control and format characters, surrogates
        return problem("text_control", value=ascii(text))
    if len(text) > _TEXT_LIMIT:
        return problem("text_long", limit=_TEXT_LIMIT, length=len(text))
    return _period(text) if fact.name == "period" else text.strip()


def _period(text: str) -> str | Problem:
    """A tax period as the program writes it."""
    if period := read_period(text):
        return str(period)
    unreadable = "period_odd" if read_days(text) else "period_unreadable"
    return _serial(text) or problem(unreadable, value=text)
