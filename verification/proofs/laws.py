"""Which periods there are from 2019 to 2027, and which of them have the same law.

A levy is proved once for each form that its graph takes: periods in which the rules, the figures and the
filing periods are alike give the same graph, whatever its dates, and share one proof.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from taxcalc.assessment.model import Model, model_for, shipped_book
from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Fact
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, children, walk
from taxcalc.law.book import LawBook

INCOME_TAXES = ("corporate_income", "individual_income")
FILINGS = {1: (1,), 3: (3,), 12: (3,)}
"""Months of a filing period, by the months that are assessed."""

MONTHS = 1900 * 12
"""A count as large as this is a month, by its number since the year 0; no law table has as many persons."""


class Law(NamedTuple):
    """One form of a graph, the model it is taken from, and every period that has it."""

    model: Model
    spans: tuple[Period, ...]

    def __str__(self) -> str:
        filing = "monthly" if self.model.filing_months == 1 else "quarterly"
        names = [str(span) for span in self.spans]
        some = names if len(names) <= 3 else [names[0], "…", names[-1]]
        return f"{', '.join(some)} ({filing})"


def models(book: LawBook | None = None) -> Iterator[Model]:
    """The model of every period and filing frequency, single returns first."""
    book = book or shipped_book()
    years = Model(book, _catalogue(book), Period(2023), 3).catalogue["year"]
    for months, filings in FILINGS.items():
        for filing in filings:
            for year in range(int(years.minimum or 0), int(years.maximum) + 1):
                for span in Period(year).parts(months):
                    yield model_for(book, span, filing)


def levies() -> list[str]:
    """Every levy of every period, in the order of the rules."""
    return list(dict.fromkeys(id for model in models() for id in model.levies))


def _catalogue(book: LawBook) -> Any:
    from taxcalc.assessment.model import catalogue_of

    return catalogue_of(book)


class Forms:
    """Numbers for the forms of nodes: two nodes have one number if they compute the same of the same facts."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def of(self, roots: tuple[Node | None, ...], span: Period) -> tuple[int | None, ...]:
        """The forms of some nodes of the model of a period."""
        made: dict[Node, int] = {}
        for node in walk(*(root for root in roots if root is not None)):
            made[node] = self._number(self._form(node, span, made))
        return tuple(None if root is None else made[root] for root in roots)

    def _number(self, form: Any) -> int:
        return self._numbers.setdefault(form, len(self._numbers))

    def _form(self, node: Node, span: Period, made: dict[Node, int]) -> Any:
        below = tuple(made[child] for child in children(node))
        match node:
            case Named():
                return (below,)
            case Const(unit="count", value=value) if value >= MONTHS:
                return ("month", value - span.year * 12 - span.first)
            case Const() | Param():
                return (node.unit, node.value)
            case In():
                return (node.fact.name, _place(node.period, span))
            case Grant():
                return (node.relief, below)
            case OrElse():
                return ("or else", below)
            case Op():
                return (node.op, below)
        raise TypeError(type(node).__name__)


def _place(period: Period | None, span: Period) -> tuple[int, int] | None:
    """Where a period lies from the assessed one; months of quarters and of a year alike. What is stated under the months
    of one year may be of the year before, as sales before are: so places go around the year."""
    return None if period is None else ((period.first - span.first) % 12, period.months)


def dated(law: Law) -> dict[str, Any]:
    """The facts that say which period is assessed, and how it is filed."""
    span = law.model.span
    when = {"year": span.year} if span.months == 12 else {"period": str(span)}
    filing = {} if span.months == 1 else {"filing": "monthly" if law.model.filing_months == 1 else "quarterly"}
    return {**when, **filing}


@functools.cache
def laws_of(levy: str, book: LawBook | None = None) -> tuple[Law, ...]:
    """Every form that a levy takes, checks that refuse facts included."""
    forms = Forms()
    found: dict[Any, list[Model]] = {}
    for model in models(book):
        if levy in model.levies:
            built = model.levies[levy]
            key = forms.of((built.payable, built.applies, *_checks(model, built.payable)), model.span)
            found.setdefault(key, []).append(model)
    return tuple(Law(alike[0], tuple(m.span for m in alike)) for alike in found.values())


def _checks(model: Model, payable: Node) -> list[Node]:
    """The checks that refuse facts of a levy."""
    facts = set(model.facts_of([payable]))
    return [node for check, node in model.checks() if check.severity == "error" and facts.intersection(check.facts)]


def input_name(node: In, span: Period) -> str:
    """The input that states a fact for exactly the period of a node."""
    fact: Fact = node.fact
    if node.period is None or node.period == span:
        return fact.name
    return f"{fact.name}_{node.period.key}"
