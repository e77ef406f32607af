"""A filled form, as plain records in no language. Amounts are whole fen; None means that it cannot be known yet."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from taxcalc.assessment.result import Assessment
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.law.schema import Confidence, FormUnit
from taxcalc.returns.settlement import Settlement

Value: TypeAlias = int | Fraction | bool | str
"""Fen, hundredths of 万元, a share, a number, yes or no, or a code: the unit of the line says which."""


class Line(NamedTuple):
    """A line of a filled form."""

    id: str
    no: str
    """The printed number; '' where it has none."""
    screen: str
    """The number on the page of the tax bureau, where it is another."""
    label: Label
    value: Value | None
    unit: FormUnit
    formula: Label
    """Of which lines it is made, with their numbers or names; '' where of none."""
    source: Sequence[Label]
    """What else it rests on: lines of the computation, facts, figures of the law, lines of other sheets."""
    confidence: Confidence
    needs: Sequence[str] = ()
    """Inputs without which it is not known."""
    asks: Sequence[Label] = ()
    """What else has to be filled in by whoever files."""


class Sheet(NamedTuple):
    """A form of one period, or one column of it."""

    id: str
    form: Label
    code: str
    version: Label
    period: Period
    column: Label
    lines: Sequence[Line]
    notes: Sequence[Label]

    def line(self, id: str) -> Line:
        """One line by its id. Raises KeyError where it is not on the sheet."""
        for line in self.lines:
            if line.id == id:
                return line
        raise KeyError(id)


class Unprinted(NamedTuple):
    """A form of which no version is known for a period."""

    form: Label
    period: Period


class Returns(NamedTuple):
    """All sheets of one business, and the forms that are not printed because their version is not known."""

    sheets: Sequence[Sheet]
    unknown: Sequence[Unprinted]
    assessment: Assessment
    """What the sheets are filled from."""
    settlement: Settlement | None = None
    """Of a year whose quarters are told."""

    @property
    def complete(self) -> bool:
        """Is every form there, with every line that its facts should give?"""
        return not self.unknown and all(
            line.value is not None or not line.needs for sheet in self.sheets for line in sheet.lines
        )

    def sheet(self, id: str, period: Period | None = None) -> Sheet:
        """A sheet by the id of its form, of a period or the first. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.id == id and period in (None, sheet.period):
                return sheet
        raise KeyError(id)
