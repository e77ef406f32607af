"""Rows that are asked singly, as one firm: those that contradict themselves, and those that need more than columns say."""

from __future__ import annotations

from collections.abc import Container, Iterator

from taxcalc.assessment.model import Model
from taxcalc.base.algebra import Truth
from taxcalc.engines.lower import Lowering
from taxcalc.facts.contradictions import incomplete, misplaced, not_the_sum, wholes


def asked_singly(low: Lowering, model: Model, stated: Container[str]) -> Truth:
    """Where facts of a row contradict each other, which one firm is told with its reasons; where a whole is stated beside
    some of its parts; where the firm opened within the year, since rows that did are few."""
    b = low.builder
    opened = model.catalogue["opened"]
    found = b.both(low.there("opened"), b.lt(low.scope.span.year * 12, low.cell(opened, "opened")))
    for contradiction in contradictions(low, model, stated):
        found = b.either(found, contradiction)
    for fact in model.catalogue:
        for period in wholes(low, fact):
            found = b.either(found, incomplete(low, fact, period))
    return found


def contradictions(low: Lowering, model: Model, stated: Container[str]) -> Iterator[Truth]:
    """Each way in which facts of the row may contradict each other."""
    for check, node in model.checks(stated):
        if check.severity == "error":
            yield low.flag(node).true
    for fact in model.catalogue:
        if fact.series or fact.points:
            yield misplaced(low, fact)
        for period in wholes(low, fact):
            yield not_the_sum(low, fact, period)
