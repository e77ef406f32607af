"""Strict reading of the heading of a measure, and of its figures: what `reckoning` takes it to mean must be there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from taxcalc.base.kinds import KINDS, Kind
from taxcalc.base.units import Unit
from taxcalc.facts.catalogue import Fact, FactEntry
from taxcalc.law.figures import ENDS, form_of, kinds_in, sizes_in
from taxcalc.law.reckoning import HOW, Requirement, reckoning
from taxcalc.law.schema import GroupEntry, How, ReckoningEntry, RequirementEntry, VersionEntry
from taxcalc.law.strict import Entry, TableError

UNITS: dict[str, Unit] = {"amount": "money", "share": "rate", "points": "rate", "cap": "rate", "months": "count"}
"""The units of the parameters of measures."""
KEYS = {"kind", "reckon", "of", "rate", "by", "requires", "exclusive", "at_most", "received", "yearly", "levy"}
_REQUIREMENT = re.compile(r"(!?)([a-z]\w*)(?:=(\w+))?")


def read_heading(entry: Entry) -> ReckoningEntry | None:
    """The checked heading of a measure in compiled form, or None for a table that has none. Raises TableError."""
    if "reckon" not in entry:
        strange = sorted(KEYS & entry.body.keys())
        if strange:
            raise TableError("table_measure_keys", where=entry.where, names=strange)
        return None
    how: How = entry.one_of("reckon", list(HOW))
    kind: Kind = entry.one_of("kind", KINDS)
    flags = {key: entry.flag(key) for key in ("at_most", "yearly")}
    rate, by, exclusive = (entry.text_or_none(key) for key in ("rate", "by", "exclusive"))
    of = entry.texts("of")
    if not of:
        raise TableError("table_needs", where=entry.where, key="of", needed="facts")
    if how in ("points", "cap") and rate is None:
        raise TableError("table_needs", where=entry.where, key=how, needed="rate")
    return {
        "kind": kind,
        "how": how,
        "of": of,
        "rate": rate,
        "by": by,
        "requires": [_alternatives(entry, text) for text in entry.texts("requires")],
        "exclusive": exclusive,
        "at_most": flags["at_most"],
        "received": entry.flag("received", kind == "grant"),
        "yearly": flags["yearly"],
        "levy": entry.pair_or_none("levy"),
    }


def _alternatives(entry: Entry, text: str) -> list[RequirementEntry]:
    found: list[RequirementEntry] = []
    for part in text.split("|"):
        match = _REQUIREMENT.fullmatch(part.strip())
        if not match:
            raise TableError("table_condition", where=entry.where, value=part.strip())
        found.append({"fact": match[2], "option": match[3], "negated": bool(match[1])})
    return found


def check_facts(
    where: str, heading: ReckoningEntry, facts: Mapping[str, FactEntry], groups: Mapping[str, GroupEntry]
) -> None:
    """Raises TableError where a heading names a fact, an option or a group that there is not."""
    one = reckoning(heading)
    for name in one.facts:
        if name not in facts:
            raise TableError("table_unknown", where=where, name=name, file="facts.toml")
    for requirement in (one for either in one.requires for one in either):
        _check_requirement(where, requirement, facts)
    if one.exclusive and one.exclusive not in groups:
        raise TableError("table_unknown", where=where, name=one.exclusive, file="groups.toml")
    if one.exclusive and any(facts[name]["type"] != "flag" for name in one.of):
        raise TableError("table_flags", where=where)
    for key, names, types in (
        ("of", one.of, ("flag", *_NUMBERS)),
        ("rate", (one.rate,), ("rate",)),
        ("by", (one.by,), _NUMBERS),
    ):
        for name in filter(None, names):
            if facts[name]["type"] not in types:
                raise TableError("table_fact_type", where=where, key=key, name=name, allowed=[*types])
    amounts = [name for name in one.of if facts[name]["type"] == "money"]
    amounts += ["amount"] if one.how == "each" else []
    if len(amounts) != 1:
        raise TableError("table_amounts", where=where, names=amounts or [*one.of])


_NUMBERS = ("money", "rate", "average", "count")


def _check_requirement(where: str, one: Requirement, facts: Mapping[str, FactEntry]) -> None:
    options = facts[one.fact].get("options")
    if (one.option is None) != (options is None) or (options and one.option not in options):
        allowed = [f"{one.fact}={option}" for option in options or ()] or [one.fact]
        raise TableError("table_one_of", where=where, key="requires", allowed=allowed)
    if options is None and facts[one.fact]["type"] != "flag":
        allowed = ["flag", "choice"]
        raise TableError("table_fact_type", where=where, key="requires", name=one.fact, allowed=allowed)


def check_figures(
    where: str, heading: ReckoningEntry, versions: Iterable[VersionEntry], facts: Mapping[str, FactEntry]
) -> None:
    """Raises TableError where a version lacks a figure that the reckoning needs, or states it in another unit."""
    needed, by = HOW[heading["how"]], heading["by"]
    top = _largest(heading, facts)
    for version in versions:
        place = f"{where} version from {version['from']}"
        kinds = dict(kinds_in(version["values"]))
        if needed and needed not in kinds:
            raise TableError("table_needs", where=place, key=heading["how"], needed=needed)
        if "bands" in kinds and by is None:
            raise TableError("table_needs", where=place, key="bands", needed="by")
        expected: dict[str, str] = {**UNITS, "least": UNITS.get(needed or "", "money")}
        if by:
            expected |= dict.fromkeys(ENDS, {"money": "money", "rate": "rate"}.get(facts[by]["type"], "count"))
        for key, kind in kinds_in(version["values"]):
            if kind != expected.get(key, kind):
                form = form_of([expected[key]])
                raise TableError("table_form", where=place, key=key, expected=form, value=kind)
        sizes = [size for key, size in sizes_in(version["values"]) if key == needed]
        if top * max((_growth(heading, size, facts) for size in sizes), default=1) > _HALF_OF_64_BITS:
            raise TableError("table_too_large", where=place, key=needed or "of", names=[*heading["of"]])


_HALF_OF_64_BITS = 2**62
"""What is rounded is doubled."""


def _largest(heading: ReckoningEntry, facts: Mapping[str, FactEntry]) -> int:
    """The largest product of the facts that are multiplied, in their least parts."""
    found = 1
    for name in (*heading["of"], *filter(None, [heading["rate"]])):
        fact = Fact(name, facts[name])
        if fact.type != "flag":
            found *= fact.parts * (1 if fact.type == "rate" else int(fact.maximum))
    return found


def _growth(heading: ReckoningEntry, size: Fraction, facts: Mapping[str, FactEntry]) -> int:
    """What a figure multiplies that by in whole numbers: its own, or the finer parts in which it is taken off a rate."""
    rate = heading["rate"]
    if heading["how"] in ("points", "cap") and rate:
        parts = Fact(rate, facts[rate]).parts
        return math.lcm(parts, size.denominator) // parts
    return size.numerator
