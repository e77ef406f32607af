"""Strict reading of the heading of a measure, and of its figures: what `schema.Reckoning` says that it means must be there."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from taxcalc.base.kinds import KINDS, Kind
from taxcalc.base.units import Label, Unit
from taxcalc.facts.catalogue import Fact, FactEntry
from taxcalc.law.figures import ENDS, check_kind, figures_in, kind_of, size_of
from taxcalc.law.schema import HOW, GroupEntry, How, Pair, Reckoning, Requirement, TermEntry, VersionEntry, facts_of
from taxcalc.law.strict import TABLE, Entry, TableError

UNITS: dict[str, Unit] = {"amount": "money", "share": "rate", "points": "rate", "cap": "rate", "months": "count"}
"""The units of the parameters of measures."""
KEYS = {*Reckoning.__annotations__}
_REQUIREMENT = re.compile(r"(!?)([a-z]\w*)(?:=(\w+))?")


def read_heading(entry: Entry, parameters: Mapping[str, Pair]) -> Reckoning | None:
    """The checked heading of a measure in compiled form, or None for a table that has none. Raises TableError."""
    if "reckon" not in entry:
        strange = sorted(KEYS & entry.body.keys())
        if strange:
            raise TableError("table_measure_keys", where=entry.where, names=strange)
        return None
    how: How = entry.one_of("reckon", list(HOW))
    kind: Kind = entry.one_of("kind", KINDS)
    heading: Reckoning = {
        "kind": kind,
        "reckon": how,
        "of": entry.texts("of"),
        "rate": entry.optional("rate", entry.text),
        "by": entry.optional("by", entry.text),
        "requires": [_alternatives(entry, text) for text in entry.texts("requires")],
        "exclusive": entry.optional("exclusive", entry.text),
        "at_most": entry.flag("at_most"),
        "received": entry.flag("received", kind in ("grant", "personal")),
        "yearly": entry.flag("yearly"),
        "levy": entry.optional("levy", entry.pair),
        "term": entry.optional("term", lambda _: _term(entry, parameters)),
    }
    if not heading["of"]:
        raise TableError("table_needs", where=entry.where, key="of", needed="facts")
    if how in ("points", "cap") and heading["rate"] is None:
        raise TableError("table_needs", where=entry.where, key=how, needed="rate")
    if (needed := HOW[how]) and needed not in parameters:  # which each version states then
        raise TableError("table_needs", where=entry.where, key=how, needed=needed)
    return heading


def _term(entry: Entry, parameters: Mapping[str, Pair]) -> TermEntry:
    body = entry.body["term"]
    if not isinstance(body, dict):
        raise entry.refuse("term", TABLE)
    term = Entry(f"{entry.where} term", body, {*TermEntry.__annotations__})
    months = term.text("months")
    if months not in parameters:
        raise TableError("table_needs", where=entry.where, key="term", needed=months)
    counts = term.optional("counts", term.text)
    return {"from": term.text("from"), "months": months, "received": term.text("received"), "counts": counts}


def _alternatives(entry: Entry, text: str) -> list[Requirement]:
    matches = [(part.strip(), _REQUIREMENT.fullmatch(part.strip())) for part in text.split("|")]
    for part, match in matches:
        if not match:
            raise TableError("table_condition", where=entry.where, value=part)
    return [{"fact": match[2], "option": match[3], "negated": bool(match[1])} for _, match in matches if match]


def check_facts(
    where: str, heading: Reckoning, facts: Mapping[str, FactEntry], groups: Mapping[str, GroupEntry]
) -> None:
    """Raises TableError where a heading names a fact, an option or a group that there is not."""
    of, exclusive, term = heading["of"], heading["exclusive"], heading["term"]
    for name in facts_of(heading):
        if name not in facts:
            raise TableError("table_unknown", where=where, name=name, file="facts.toml")
    for requirement in itertools.chain(*heading["requires"]):
        _check_requirement(where, requirement, facts)
    if exclusive and exclusive not in groups:
        raise TableError("table_unknown", where=where, name=exclusive, file="groups.toml")
    if exclusive and any(facts[name]["type"] != "flag" for name in of):
        raise TableError("table_flags", where=where)
    for key, names, types in (
        ("of", of, ("flag", *_NUMBERS)),
        ("rate", [heading["rate"]], ("rate",)),
        ("by", [heading["by"]], _NUMBERS),
        ("from", [term["from"] if term else None], ("month",)),
        ("received", [term["received"] if term else None], ("count",)),
    ):
        for name in filter(None, names):
            if facts[name]["type"] not in types:
                raise TableError("table_fact_type", where=where, key=key, name=name, allowed=[*types])
    counted = [name for name in of if facts[name]["type"] == "count"]
    if term and term["counts"] not in (None, *counted):
        raise TableError("table_one_of", where=where, key="counts", allowed=counted)
    amounts = [name for name in of if facts[name]["type"] == "money"]
    amounts += ["amount"] if heading["reckon"] == "each" else []
    if len(amounts) != 1:
        raise TableError("table_amounts", where=where, names=amounts or of)


_NUMBERS = ("money", "rate", "average", "count")


def _check_requirement(where: str, one: Requirement, facts: Mapping[str, FactEntry]) -> None:
    fact, option = one["fact"], one["option"]
    options = facts[fact].get("options")
    if (option is None) != (options is None) or (options and option not in options):
        allowed = [f"{fact}={known}" for known in options or ()] or [fact]
        raise TableError("table_one_of", where=where, key="requires", allowed=allowed)
    if options is None and facts[fact]["type"] != "flag":
        raise TableError("table_fact_type", where=where, key="requires", name=fact, allowed=["flag", "choice"])


def check_figures(
    where: str, heading: Reckoning, versions: Iterable[VersionEntry], facts: Mapping[str, FactEntry]
) -> None:
    """Raises TableError where a version states a figure in another unit than the reckoning needs, bands for nothing, or too much."""
    by, needed, versions = heading["by"], HOW[heading["reckon"]] or "", list(versions)
    expected: dict[str, str] = {**UNITS, "least": UNITS.get(needed, "money")}
    if by:
        expected |= dict.fromkeys(ENDS, {"money": "money", "rate": "rate"}.get(facts[by]["type"], "count"))
    for version in versions:
        place = f"{where} version from {version['from']}"
        stated = list(figures_in(version))
        if version["bands"] and by is None:
            raise TableError("table_needs", where=place, key="bands", needed="by")
        for key, figure in stated:
            check_kind(place, key, figure, [expected[key]] if key in expected else None)
        sizes = [size for key, figure in stated if key == needed and (size := size_of(figure))]
        growth = max((_growth(heading, size, facts) for _, size in sizes), default=1)
        if term := heading["term"]:
            _check_term(place, term, version, versions[0])
            growth *= 1 if term["counts"] else _MONTHS_OF_THE_LONGEST_PERIOD
        if _largest(heading, facts) * growth > _HALF_OF_64_BITS:
            raise TableError("table_too_large", where=place, key=needed or "of", names=heading["of"])


def _check_term(where: str, term: TermEntry, version: VersionEntry, first: VersionEntry) -> None:
    """Raises TableError unless a version says for how many months, and what begins under another is given alike."""
    key = term["months"]
    if key not in version["values"]:
        raise TableError("table_needs", where=where, key="term", needed=key)
    size = size_of(version["values"][key])
    if size is None or size[0] != "count" or size[1].denominator > 1 or size[1] < 1:
        raise TableError(
            "table_form", where=where, key=key, expected=_WHOLE_MONTHS, value=kind_of(version["values"][key])
        )
    if version["values"] != first["values"] or version["bands"] != first["bands"]:
        raise TableError("table_term_versions", where=where)


_WHOLE_MONTHS: Label = ('整月数，如 "24 months"', 'a whole number of months, such as "24 months"')
_MONTHS_OF_THE_LONGEST_PERIOD = 12
_HALF_OF_64_BITS = 2**62
"""What is rounded is doubled."""


def _largest(heading: Reckoning, facts: Mapping[str, FactEntry]) -> int:
    """The largest product of the facts that are multiplied, in their least parts."""
    found = 1
    for name in (*heading["of"], *filter(None, [heading["rate"]])):
        fact = Fact(name, facts[name])
        if fact.type != "flag":
            found *= fact.parts * (1 if fact.type == "rate" else int(fact.maximum))
    return found


def _growth(heading: Reckoning, size: Fraction, facts: Mapping[str, FactEntry]) -> int:
    """What a figure multiplies that by in whole numbers: its own, or the finer parts in which it is taken off a rate."""
    rate = heading["rate"]
    if heading["reckon"] in ("points", "cap") and rate:
        parts = Fact(rate, facts[rate]).parts
        return math.lcm(parts, size.denominator) // parts
    return size.numerator
