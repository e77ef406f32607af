"""Figures of the law in words, as their table writes them: yuan, %, ‰, a fraction, persons, yes or no."""

from __future__ import annotations

from fractions import Fraction

from taxcalc.base.money import format_yuan
from taxcalc.base.problem import Lang
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.law.book import LawBook, Value, Version
from taxcalc.report.labels import UNITS, WORDS


class Written:
    """Writes the figures of one book in one language."""

    def __init__(self, book: LawBook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self._side = 0 if lang == "zh" else 1

    def figure(self, path: str, parameter: str, value: Value) -> str:
        """One figure with its unit."""
        if isinstance(value, bool):
            return WORDS["yes" if value else "no"][self._side]
        if isinstance(value, str):
            return WORDS.get(value, (value, value))[self._side]
        kind, exact = value.unit, value.exact
        unit = self.book.unit(path, parameter)
        if kind == "money":
            return self.amount(exact)
        if kind == "rate":
            return rate_text(exact, unit)
        return self.with_unit(decimal_text(exact), unit)

    def amount(self, fen: Fraction) -> str:
        """Money, without fen where there are none: '3,000,000 yuan'."""
        return self.with_unit(format_yuan(round(fen), self.lang).removesuffix(".00"), "yuan")

    def with_unit(self, number: str, unit: str) -> str:
        """'300 persons', '1 year'."""
        word = UNITS.get(unit, (unit, unit))[self._side]
        if number == "1" and self.lang == "en":
            word = word.removesuffix("s")
        return f"{number} {word}".rstrip()

    def figures(self, version: Version, parameter: str | None = None) -> dict[str, str]:
        """The figures of a version that stand alone, by parameter; or the one that is asked for."""
        return {
            key: self.figure(version.path, key, value)
            for key, value in self.book.stated(version).items()
            if not isinstance(value, list) and parameter in (None, key)
        }

    def bands(self, version: Version, parameter: str | None = None) -> list[dict[str, str]]:
        """The bands of a version, each a row of figures; none where the parameter asked for is not in them."""
        rows: list[dict[str, str]] = []
        for value in self.book.stated(version).values():
            if isinstance(value, list):
                rows += [{key: self.figure(version.path, key, item) for key, item in band.items()} for band in value]
        return rows if parameter is None or any(parameter in row for row in rows) else []
