"""A firm as the rules see it: its facts as inputs of the graph, in one period."""

from __future__ import annotations

from typing import Any

from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Catalogue
from taxcalc.graph.nodes import Const, Grant, In, Node, OrElse


class Firm:
    """Facts by name: firm.revenue, firm.employees. A series (sales, VAT) is that of the firm's period.

    A fact that the catalogue gives an assumption is `OrElse` of the input and the assumed value.
    """

    def __init__(self, catalogue: Catalogue, span: Period, filing_months: int) -> None:
        self.span = self.period = span
        self.lines: dict[Any, Node] = {}
        self.grants: dict[Any, Grant] = {}
        """Every grant that the rules asked for, by relief, period, conditions and base."""
        self._catalogue = catalogue
        self._nodes: dict[str, Node] = {}
        self._inputs: dict[str, In] = {}
        self.whole: Firm = self
        self.before: Firm | None = None
        self.parts: dict[Period, Firm] = {}
        self.periods: list[Firm] = []
        for period in span.parts(filing_months):
            self.periods.append(self._in(period, self.periods[-1] if self.periods else None))
        self.quarters = [self._in(q, None) for q in span.parts(3)] if filing_months < 3 < span.months else []
        """The quarters of a year that is filed by month, for figures that are only known by quarter."""

    def inside(self) -> list[Firm]:
        """The filing periods that lie in this one."""
        return [view for view in self.whole.periods if self.period.start <= view.period.start <= self.period.end]

    def part(self, period: Period) -> Firm:
        """The firm in another part of its year: a month, for a law that changes inside a filing period, or a quarter."""
        if period not in self.parts:
            self.parts[period] = self._in(period, None)
        return self.parts[period]

    def to_date(self, month: int) -> Firm:
        """The firm from January to the end of a month, for figures that add up."""
        end = self.span.to_date
        return self.whole if month == end.months else self.part(end._replace(months=month))

    def _in(self, period: Period, before: Firm | None) -> Firm:
        view = Firm.__new__(Firm)
        view.__dict__.update(self.__dict__, period=period, before=before, _nodes={})
        return view

    def __getattr__(self, name: str) -> Node:
        if name.startswith("_"):
            raise AttributeError(name)
        node = self._nodes.get(name)
        if node is None:
            node = given = self.stated(name)
            assumed = given.fact.assume
            if assumed is not None:
                label = list(given.fact.options.values())[int(assumed)] if given.unit == "choice" else None
                node = OrElse(given, Const(assumed, given.unit, label))
            self._nodes[name] = node
        return node

    def __getitem__(self, name: str) -> Node:
        return getattr(self, name)  # type: ignore[no-any-return]

    def stated(self, name: str) -> In:
        """The bare input of a fact, unknown where it is not given, whatever may be assumed."""
        fact = self._catalogue[name]
        whole = not fact.series or ((fact.adds_up or fact.earlier) and self is self.whole)
        period = None if whole else self.period
        key = f"{name}@{period}" if period else name
        found = self._inputs.get(key)
        if found is None:
            found = self._inputs[key] = In(key, fact.unit, fact, period)
        return found
