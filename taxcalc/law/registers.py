"""The registers: documents, groups, the measures of notices, and the facts that a firm states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from taxcalc.base.money import read_money
from taxcalc.base.problem import Problem
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import COUNT_LIMIT, FINEST, MONEY_LIMIT, FactEntry, FactType
from taxcalc.facts.titles import key_of, keys_of
from taxcalc.law.figures import FORMS
from taxcalc.law.schema import GroupEntry, MeasureEntry, NoticeEntry, Pair, PartEntry, Status
from taxcalc.law.strict import Entry, TableError, Toml, entries_of, texts_in

_NOTICE = {"zh", "en", "document", "from", "until", "measure"}
_MEASURE = {"number", "zh", "en", "who", "much", "from", "until", "status", "why", "by", "part"}
_PART = {"zh", "en", "from", "until"}
_HELPS: tuple[Literal["help_zh", "help_en"], ...] = ("help_zh", "help_en")
_SHAPES: tuple[Literal["series", "points"], ...] = ("series", "points")
_FLAGS: tuple[Literal["spread", "holds", "earlier", "entitles", "negative", "cumulative", "settled", "paid"], ...]
_FLAGS = ("spread", "holds", "earlier", "entitles", "negative", "cumulative", "settled", "paid")
_NAMES: tuple[Literal["aliases", "words"], ...] = ("aliases", "words")
_DIGITS = len(str(COUNT_LIMIT))
_WHOLE: Label = ('写成文本的整数，如 "12"', 'a whole number written as text, such as "12"')
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_YEARS: Label = (
    f"年度，与 min 同在{_FIRST_YEAR}至{_LAST_YEAR}之间且不小于它",
    f"a year between {_FIRST_YEAR} and {_LAST_YEAR}, as must min, and no earlier than that",
)
_ASSUME_IF: Label = (
    '[事实, 选项, 值] 的列表，如 [["vat_payer", "general", "monthly"]]',
    'a list of [fact, option, value], such as [["vat_payer", "general", "monthly"]]',
)


def read_documents(name: str, content: Mapping[str, Toml]) -> dict[str, Pair]:
    """Documents: the Chinese and the English name of each."""
    return {key: entry.labels() for key, entry in entries_of(name, content, {"zh", "en"}).items()}


def read_groups(name: str, content: Mapping[str, Toml]) -> dict[str, GroupEntry]:
    """Groups of which only the highest counts: label and citation."""
    return {
        key: {"cite": [entry.text("document"), entry.text("clause")], "label": entry.labels()}
        for key, entry in entries_of(name, content, {"zh", "en", "document", "clause"}).items()
    }


def read_notices(name: str, content: Mapping[str, Toml]) -> dict[str, NoticeEntry]:
    """Notices with their measures, in the order of their numbers."""
    return {key: _notice(entry) for key, entry in entries_of(name, content, _NOTICE).items()}


def _notice(entry: Entry) -> NoticeEntry:
    start, until = _dates(entry)
    measures = [_measure(entry.where, body, start) for body in entry.entries("measure")]
    numbers = [one["number"] for one in measures]
    if numbers != sorted(set(numbers)):
        raise TableError("table_numbers", where=entry.where)
    return {
        "label": entry.labels(),
        "document": entry.text("document"),
        "start": start,
        "until": until,
        "measures": measures,
    }


def _dates(entry: Entry, start: str | None = None, until: str | None = None) -> tuple[str | None, str]:
    """The first day, where one is stated (here or, for a sub-clause, above it), and the last."""
    first = entry.day("from") if "from" in entry else start
    last = until if until and "until" not in entry else entry.day("until")
    if first and last < first:
        raise TableError("table_ends_early", where=entry.where)
    return first, last


def _measure(where: str, body: Toml, start: str | None) -> MeasureEntry:
    entry = Entry(where, body)
    if "number" not in entry:
        raise TableError("table_needs", where=where, key="measure", needed="number")
    number = entry.whole("number", 0, 9999)
    entry = Entry(f"{where} measure {number}", body, _MEASURE)
    status: Status = entry.one_of("status", get_args(Status))
    if status == "not_computable" and "why" not in entry:
        raise TableError("table_needs", where=entry.where, key="not_computable", needed="why")
    start, until = _dates(entry, start)
    return {
        "number": number,
        "label": entry.labels(),
        "who": entry.pair("who"),
        "much": entry.pair("much"),
        "by": entry.pair("by"),
        "why": entry.optional("why", entry.pair),
        "start": start,
        "until": until,
        "status": status,
        "parts": [_part(Entry(f"{entry.where} part", one, _PART), start, until) for one in entry.entries("part")],
    }


def _part(entry: Entry, start: str | None, until: str) -> PartEntry:
    first, last = _dates(entry, start, until)
    return {"label": entry.labels(), "start": first, "until": last}


def read_facts(name: str, content: Mapping[str, Toml]) -> dict[str, FactEntry]:
    """Facts that a firm states: each key of `FactEntry` as it is written."""
    known = FactEntry.__annotations__.keys()
    return {key: _fact(key, entry) for key, entry in entries_of(name, content, known).items()}


def _fact(key: str, entry: Entry) -> FactEntry:
    zh, en = entry.labels()
    of_type: FactType = entry.one_of("type", get_args(FactType), "table_type")
    options = entry.pairs("options")
    if (of_type == "choice") != ("options" in entry) or ("options" in entry and not options):
        raise TableError("table_options", where=entry.where)
    found: FactEntry = {"zh": zh, "en": en, "type": of_type, "group": entry.text("group")}
    for names in _NAMES:
        if names in entry:
            found[names] = entry.texts(names)
    for text in _HELPS:
        if text in entry:
            found[text] = entry.text(text)
    for flag in (*_SHAPES, *_FLAGS):
        if flag in entry:
            found[flag] = entry.flag(flag)
    if options:
        found["options"] = options
    if "option_aliases" in entry:
        found["option_aliases"] = _option_aliases(entry, options)
    if "places" in entry:
        found["places"] = entry.whole("places", 0, FINEST)
    if "min" in entry:
        found["min"] = _limit(entry, "min", "count")
    if "max" in entry:
        found["max"] = _limit(entry, "max", of_type)
    if key == "year" and not _FIRST_YEAR <= int(found.get("min", 0)) <= int(found.get("max", 0)) <= _LAST_YEAR:
        raise entry.refuse("max", _YEARS)
    if "assume" in entry:
        found["assume"] = _assumed(entry, of_type, options)
    if "assume_if" in entry:
        found["assume_if"] = _assumed_if(entry, options)
    return found


def _option_aliases(entry: Entry, options: Mapping[str, Pair]) -> dict[str, list[str]]:
    """Other names of options: no two options have the same."""
    body = Entry(f"{entry.where} option_aliases", entry.body["option_aliases"], options.keys())
    found = {option: body.texts(option) for option in body.body}
    taken: dict[str, str] = {}
    for option, names in found.items():
        for name in names:
            if (one := taken.setdefault(key_of(name), option)) != option:
                raise TableError("table_name_twice", where=entry.where, name=name, one=one, other=option)
    return found


def _limit(entry: Entry, key: str, of_type: FactType) -> str:
    """The least or the largest figure that may be stated, within what the engines can hold."""
    text = entry.text(key)
    if of_type == "money":
        amount = read_money(text.removesuffix(" yuan"))
        if isinstance(amount, Problem) or not 0 <= amount <= MONEY_LIMIT:
            raise entry.refuse(key, FORMS["money"])
    elif not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) <= COUNT_LIMIT):
        raise entry.refuse(key, _WHOLE)
    return text


def _assumed(entry: Entry, of_type: FactType, options: Mapping[str, Pair]) -> str | bool:
    """What stands in for a fact that is not given: yes or no, an option, a number."""
    if of_type == "flag":
        return entry.flag("assume")
    if of_type == "choice":
        return entry.one_of("assume", list(options))
    return _limit(entry, "assume", "count")


def _assumed_if(entry: Entry, options: Mapping[str, Pair]) -> list[list[str]]:
    found = entry.body["assume_if"]
    rules = [texts_in(rule) for rule in found] if isinstance(found, list) else []
    right = [rule for rule in rules if rule and len(rule) == 3 and rule[2] in options]
    if not right or right != rules:
        raise entry.refuse("assume_if", _ASSUME_IF)
    return right


def check_facts(facts: Mapping[str, FactEntry], base: Mapping[str, FactEntry]) -> None:
    """What is only seen once all facts are read: names that two have, and what rests on others. Raises TableError."""
    taken: dict[str, str] = {}
    for key, fact in facts.items():
        where = f"facts.toml: [{key}]"
        for name in (key, fact["zh"], *fact.get("aliases", [])):
            for plain in keys_of(name):
                if taken.setdefault(plain, key) != key:
                    raise TableError("table_name_twice", where="facts.toml", name=name, one=taken[plain], other=key)
        for other, option, _ in fact.get("assume_if", []):
            _check_option(where, "assume_if", other, option, facts)
        if key in base:
            _check_replaced(where, fact, base[key])


def _check_replaced(where: str, fact: FactEntry, base: FactEntry) -> None:
    """The rules and the readers rest on what a fact is: only its names, help, limits and assumption may change."""
    if fact["type"] != base["type"]:
        raise TableError("table_type", where=where, allowed=[base["type"]])
    for key in _SHAPES:
        if fact.get(key, False) != base.get(key, False):
            raise TableError("table_one_of", where=where, key=key, allowed=[str(base.get(key, False)).lower()])
    lost = [option for option in base.get("options", {}) if option not in fact.get("options", {})]
    if lost:
        raise TableError("table_needs", where=where, key="options", needed=lost)


def _check_option(where: str, key: str, fact: str, option: str, facts: Mapping[str, FactEntry]) -> None:
    if fact not in facts:
        raise TableError("table_unknown", where=where, name=fact, file="facts.toml")
    options = facts[fact].get("options", {})
    if option not in options:
        raise TableError("table_one_of", where=where, key=key, allowed=[f"{fact}={known}" for known in options])
