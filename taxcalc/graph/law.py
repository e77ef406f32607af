"""The law of one period as a rule sees it: `law.cit.small_low_profit.income` reads like the table it comes from.

A table with no version for the whole period yields parameters without a value; the rules guard them with the
relief's grant, and a levy that still rests on one is reported as having no known rule.
"""

from __future__ import annotations

from typing import Any

from taxcalc.base.period import Period
from taxcalc.graph.nodes import Param
from taxcalc.law.book import Figure, LawBook, Stated


class Law:
    """The law of one period. Attributes follow the tables: law.vat.exemption.monthly."""

    __slots__ = ("book", "period", "_path", "_seen", "_whole", "_laws", "_params")

    def __init__(self, book: LawBook, period: Period, path: str = "", whole: Law | None = None) -> None:
        self.book, self.period, self._path = book, period, path
        self._seen: dict[str, Any] = {}
        self._whole = whole or self
        self._laws: dict[Period, Law] = {period: self}
        self._params: dict[Figure, Param] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._seen.get(name)
        if found is None:
            if self._path and self.book.has(self._path):
                figures = self.book.figures(self._path, self.period)
                if name not in figures:
                    raise AttributeError(f"table [{self._path}] has no parameter {name!r}")
                found = self._as_node(figures[name])
            else:
                path = f"{self._path}.{name}".lstrip(".")
                if not self.book.leads_to(path):
                    raise AttributeError(f"there is no table [{path}]")
                found = Law(self.book, self.period, path, self._whole)
            self._seen[name] = found
        return found

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def at(self, period: Period) -> Law:
        """The law of another period. (Levies take the law of their own period.)"""
        laws = self._whole._laws
        if period not in laws:
            laws[period] = Law(self.book, period, whole=self._whole)
        return laws[period]

    def figures(self, path: str) -> dict[str, Any]:
        """What a table states in the period: figures as nodes, bands as lists of these by name."""
        return {name: self._as_node(stated) for name, stated in self.book.figures(path, self.period).items()}

    def _as_node(self, stated: Stated) -> Any:
        """A figure is the same node wherever it is named, so equal lines are one."""
        if isinstance(stated, Figure):
            params = self._whole._params
            if stated not in params:
                params[stated] = Param(stated)
            return params[stated]
        if isinstance(stated, list):
            return [{name: self._as_node(figure) for name, figure in band.items()} for band in stated]
        return stated

    @property
    def in_force(self) -> bool:
        """Has this table a version for the period?"""
        return self.book.version(self._path, self.period) is not None
