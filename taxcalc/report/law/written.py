"""The law in words: figures as their table writes them (yuan, %, ‰, a fraction, persons, yes or no), bands, counts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from taxcalc.base.money import format_yuan
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.law.book import Bands, LawBook, Value, Version
from taxcalc.report.citing import Citing
from taxcalc.report.labels.terms import UNITS, WORDS

UP_TO = "up_to"
"""The parameter that ends a band."""


def counted(book: LawBook) -> dict[str, int]:
    """How many tables, versions and documents there are."""
    versions = sum(len(book.table(path).versions) for path in book.paths())
    return {"tables": len(book.paths()), "versions": versions, "documents": len(book.documents())}


def stated(book: LawBook, version: Version, parameter: str | None) -> tuple[dict[str, Value], Bands]:
    """The figures of a version that stand alone and its bands, as compiled: all, or those with the parameter asked for."""
    values = book.stated(version)
    alone = {key: value for key, value in values.items() if not isinstance(value, list) and parameter in (None, key)}
    bands = [band for value in values.values() if isinstance(value, list) for band in value]
    return alone, bands if parameter is None or any(parameter in band for band in bands) else []


class Written(Citing):
    """Writes the figures of one book in one language."""

    def figure(self, path: str, parameter: str, value: Value | Bands | None) -> str:
        """One figure with its unit; bands in one line: 'up to 1,000,000 yuan 12.5%, above 1,000,000 yuan 25%'."""
        if value is None:
            return self.say("diff_none")
        if isinstance(value, bool):
            return self.pick(WORDS["yes" if value else "no"])
        if isinstance(value, str):
            return self.pick(WORDS.get(value, (value, value)))
        if isinstance(value, list):
            return self.listed(self._in_line([self.figures(path, band) for band in value]))
        kind, exact = value.unit, value.exact
        unit = self.book.unit(path, parameter)
        if kind == "money":
            return self.amount(exact)
        if kind == "rate":
            return rate_text(exact, unit)
        return self.with_unit(decimal_text(exact), unit)

    def figures(self, path: str, values: Mapping[str, Value]) -> dict[str, str]:
        """Each figure of a table by its parameter."""
        return {key: self.figure(path, key, value) for key, value in values.items()}

    def amount(self, fen: Fraction) -> str:
        """Money, without fen where there are none: '3,000,000 yuan'."""
        return self.with_unit(format_yuan(round(fen), self.lang).removesuffix(".00"), "yuan")

    def with_unit(self, number: str, unit: str) -> str:
        """'300 persons', '1 year'."""
        word = self.pick(UNITS.get(unit, (unit, unit)))
        if number == "1" and self.lang == "en":
            word = word.removesuffix("s")
        return f"{number} {word}".rstrip()

    def parts(self, bands: list[dict[str, str]]) -> list[str]:
        """Which part of the amount each band is for; '' for one that is for all."""
        tops = [band.get(UP_TO, "") for band in bands]
        return [self._part(bottom, top) for bottom, top in zip(["", *tops], tops, strict=False)]

    def _part(self, bottom: str, top: str) -> str:
        if not top:
            return self.say("law_band_above", bottom=bottom) if bottom else ""
        if not bottom:
            return self.say("law_band_up_to", top=top)
        unit = top.rpartition(" ")[2]
        return self.say("law_band_between", bottom=bottom.removesuffix(f" {unit}"), top=top)

    def _in_line(self, bands: list[dict[str, str]]) -> list[str]:
        figures = [" / ".join(text for key, text in band.items() if key != UP_TO) for band in bands]
        return [f"{part} {text}".lstrip() for part, text in zip(self.parts(bands), figures, strict=True)]
