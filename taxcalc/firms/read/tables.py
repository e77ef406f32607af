"""The tables of an input: a text has one, a workbook one on each sheet, of which one is meant, or all."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.heading import Header, Told
from taxcalc.firms.read.source import Source


class Tables(NamedTuple):
    """An input: its only table, or a workbook."""

    one: Feed

    def headed(self, catalogue: Catalogue, told: Told, sheet: str | None, row: int | None) -> tuple[Feed, Header]:
        """The table that is meant, and its heading. Raises InputError where none or several may be."""
        if sheet is not None and not self.one.sheet:
            raise InputError([problem("sheet_of_none", path=self.one.name)])
        return self.one, headed(self.one, catalogue, told, row)


def tables_of(stream: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> Tables:
    """The tables of a file. Raises InputError where it is of no kind that is read."""
    if name.lower().endswith((".xlsx", ".xlsm")):
        from taxcalc.firms.read.workbook import Sheet

        return Tables(Sheet(stream, name))
    return Tables(Source(stream, name, encoding, delimiter))
