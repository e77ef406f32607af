"""What one firm states of its facts, and how a fact of a period was come by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.base.units import Number
from taxcalc.facts.catalogue import Fact, Slot
from taxcalc.facts.cells import Cells
from taxcalc.facts.periods import Scope
from taxcalc.facts.values import Value


class Stated(NamedTuple):
    """A fact as it was given: its value, the text it was read from, and where that stood."""

    slot: Slot
    value: Value
    text: str
    source: str


class Resolved(NamedTuple):
    """A fact for one period and how it was come by.

    "stated", "summed", "spread", "averaged", "to_date" (averaged over the quarters of a year that still runs), or
    "before_opening" (nought).
    """

    value: Value
    how: str
    of: int
    """How many parts were summed or averaged, or over how many parts it was spread."""
    quarters: str = ""
    """The first and the last quarter of an average: "q1-q3"."""


class StatedCells(Cells):
    """What one firm states, as cells."""

    def __init__(self, stated: Mapping[str, Stated], scope: Scope) -> None:
        self.stated, self.scope = stated, scope
        self.builder, self.bits = Builder(), {}

    def there(self, name: str) -> Truth:
        """Is this input stated?"""
        return name in self.stated

    def cell(self, fact: Fact, name: str) -> Whole:
        """What this input states, in the least part of its fact; nought where it does not."""
        stated = self.stated.get(name)
        return int(_number(stated.value) * fact.parts) if stated else 0


def _number(value: Value) -> Number:
    assert not isinstance(value, str)
    return value
