"""Measures with no rule of their own: how the heading of a table says what its amount is.

    kind = "grant"                what it is: tax, fee, grant, financing, deferral, evaluation
    reckon = "each"               how the facts become an amount, see HOW
    of = ["interns", "months"]    the facts that are multiplied; one that is a yes or no is a condition
    rate = "fee_rate"             the fact that gives the rate charged or agreed
    by = "retention"              the fact that picks the band of the version
    requires = ["a", "b=x | !c"]  conditions; the parts of one are alternatives
    exclusive = "group"           only the highest of a group counts
    at_most = true                the authority may decide less
    levy = ["车辆通行费", "tolls"]    what is paid, where the main fact does not name it

Nothing here is code: every name is looked up, and every word is one of a few.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from taxcalc.law.folder import TableError
from taxcalc.law.registers import pair

KINDS = ("tax", "fee", "grant", "financing", "deferral", "evaluation")
HOW = {
    "each": "amount",  # × an amount of money
    "share": "share",  # × a share
    "points": "points",  # × the points by which a rate is lowered
    "cap": "cap",  # × what a rate exceeds a cap by
    "whole": None,  # all of it
}
"""Each way to reckon, and the parameter that it needs."""
KEYS = {"kind", "reckon", "of", "rate", "by", "requires", "exclusive", "at_most", "received", "yearly", "levy"}
_REQUIREMENT = re.compile(r"(!?)([a-z]\w*)(?:=(\w+))?")


class Requirement(NamedTuple):
    """A fact that must be yes (or, `negated`, no), or a choice that must be this option."""

    fact: str
    option: str | None
    negated: bool


class Reckoning(NamedTuple):
    """How a measure is reckoned. Facts and options by their names."""

    kind: str
    how: str
    of: tuple[str, ...]
    rate: str | None
    by: str | None
    requires: tuple[tuple[Requirement, ...], ...]
    """All must hold; of each, one alternative."""
    exclusive: str | None
    at_most: bool
    received: bool
    """Is it money that comes in? Else it is taken off what would be due."""
    yearly: bool
    """Is its share a yearly one, and the last of its facts a number of months?"""
    levy: tuple[str, str] | None
    """What is paid, in Chinese and in English."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that it names."""
        more = [fact for fact in (self.rate, self.by) if fact]
        return (*self.of, *more, *(one.fact for either in self.requires for one in either))


def read_heading(where: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The checked heading of a measure in compiled form, or None for a table that has none.

    Raises TableError with `where` and the key.
    """
    if "reckon" not in body:
        strange = sorted(KEYS & body.keys())
        if strange:
            raise TableError("table_measure_keys", where=where, names=strange)
        return None
    if body["reckon"] not in HOW:
        raise TableError("table_one_of", where=where, key="reckon", allowed=list(HOW))
    if body.get("kind") not in KINDS:
        raise TableError("table_one_of", where=where, key="kind", allowed=list(KINDS))
    for key in ("at_most", "received", "yearly"):
        if not isinstance(body.get(key, False), bool):
            raise TableError("table_one_of", where=where, key=key, allowed=["true", "false"])
    for key in ("rate", "by", "exclusive"):
        if key in body and not (isinstance(body[key], str) and body[key]):
            raise TableError("table_text", where=where, key=key)
    of = body.get("of")
    if not (isinstance(of, list) and of and all(isinstance(fact, str) for fact in of)):
        raise TableError("table_needs", where=where, key="of", needed="facts")
    if body["reckon"] in ("points", "cap") and "rate" not in body:
        raise TableError("table_needs", where=where, key=body["reckon"], needed="rate")
    requires = body.get("requires", [])
    if not (isinstance(requires, list) and all(isinstance(text, str) for text in requires)):
        raise TableError("table_condition", where=where, value="requires")
    return {
        "kind": body["kind"],
        "how": body["reckon"],
        "of": of,
        "rate": body.get("rate"),
        "by": body.get("by"),
        "requires": [[_requirement(where, part.strip()) for part in text.split("|")] for text in requires],
        "exclusive": body.get("exclusive"),
        "at_most": body.get("at_most", False),
        "received": body.get("received", body["kind"] == "grant"),
        "yearly": body.get("yearly", False),
        "levy": pair(where, body, "levy") if "levy" in body else None,
    }


def _requirement(where: str, text: str) -> list[Any]:
    match = _REQUIREMENT.fullmatch(text)
    if not match:
        raise TableError("table_condition", where=where, value=text)
    return [match[2], match[3], bool(match[1])]


def check_facts(where: str, heading: Mapping[str, Any], facts: Mapping[str, Any], groups: Mapping[str, Any]) -> None:
    """Raises TableError where a heading names a fact, an option or a group that there is not."""
    one = reckoning(heading)
    for fact in one.facts:
        if fact not in facts:
            raise TableError("table_unknown", where=where, name=fact, file="facts.toml")
    for requirement in (one for either in one.requires for one in either):
        options = facts[requirement.fact].get("options")
        if (requirement.option is None) != (options is None) or (options and requirement.option not in options):
            allowed = [f"{requirement.fact}={option}" for option in options or ()] or [requirement.fact]
            raise TableError("table_one_of", where=where, key="requires", allowed=allowed)
    if one.exclusive and one.exclusive not in groups:
        raise TableError("table_unknown", where=where, name=one.exclusive, file="groups.toml")
    if one.exclusive and any(facts[fact]["type"] != "flag" for fact in one.of):
        raise TableError("table_flags", where=where)


def reckoning(heading: Mapping[str, Any]) -> Reckoning:
    """The reckoning of a compiled heading."""
    requires = tuple(tuple(Requirement(*one) for one in either) for either in heading["requires"])
    levy = tuple(heading["levy"]) if heading["levy"] else None
    return Reckoning(**{**heading, "of": tuple(heading["of"]), "requires": requires, "levy": levy})
