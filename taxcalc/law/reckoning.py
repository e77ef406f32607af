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

from typing import NamedTuple

from taxcalc.base.kinds import Kind
from taxcalc.law.schema import How, ReckoningEntry

HOW: dict[How, str | None] = {
    "each": "amount",  # × an amount of money
    "share": "share",  # × a share
    "points": "points",  # × the points by which a rate is lowered
    "cap": "cap",  # × what a rate exceeds a cap by
    "whole": None,  # all of it
}
"""Each way to reckon, and the parameter that it needs."""


class Requirement(NamedTuple):
    """A fact that must be yes (or, `negated`, no), or a choice that must be this option."""

    fact: str
    option: str | None
    negated: bool


class Reckoning(NamedTuple):
    """How a measure is reckoned. Facts and options by their names."""

    kind: Kind
    how: How
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


def reckoning(heading: ReckoningEntry) -> Reckoning:
    """The reckoning of a compiled heading."""
    levy = heading["levy"]
    return Reckoning(
        heading["kind"],
        heading["how"],
        tuple(heading["of"]),
        heading["rate"],
        heading["by"],
        tuple(
            tuple(Requirement(one["fact"], one["option"], one["negated"]) for one in either)
            for either in heading["requires"]
        ),
        heading["exclusive"],
        heading["at_most"],
        heading["received"],
        heading["yearly"],
        (levy[0], levy[1]) if levy else None,
    )
