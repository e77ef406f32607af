"""Elections that the law leaves to a firm, as it made them and as it could have: by `tables/choices.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from taxcalc.advice.cliffs import payable
from taxcalc.advice.walk import A_YUAN
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.result import Assessment
from taxcalc.base.money import Fen, yuan
from taxcalc.base.problem import InputError
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Fact
from taxcalc.law.book import Version
from taxcalc.rules.who import is_small_scale

_TABLES = "choice"


class Choice(NamedTuple):
    """An election with what the other way would come to, all else equal; of several ways, the one that pays least."""

    table: str
    label: Label
    fact: str
    chosen: str
    """As it was elected, or is assumed to be: an option, or the amount that was waived."""
    other: str
    saving: Fen
    """What the other way saves; below zero where it costs."""
    law: Version


def choices(evaluation: Evaluation) -> list[Choice]:
    """The elections of one firm that change what is to pay, the most yuan first."""
    found = list(_found(evaluation))
    return sorted(found, key=lambda one: -abs(one.saving))


def _found(evaluation: Evaluation) -> Iterator[Choice]:
    book, period = evaluation.model.book, evaluation.model.span
    now = payable(evaluation.assessment)
    for path in book.paths():
        version = book.version(path, period) if path.startswith(f"{_TABLES}.") else None
        if version is None or not _may(evaluation, book.figures(path, period)):
            continue
        stated = book.figures(path, period)
        fact = evaluation.facts.catalogue[str(stated["fact"])]
        best: Choice | None = None
        for chosen, other, given in _others(evaluation, fact, stated.get("kept_as")):
            then = _assessed(evaluation, given)
            if then is None or payable(then).keys() != now.keys():
                continue
            saving = Fen(sum(now.values()) - sum(payable(then).values()))
            if abs(saving) > A_YUAN and (best is None or saving > best.saving):
                best = Choice(path, book.table(path).label, fact.name, chosen, other, saving, version)
        if best is not None:
            yield best


def _may(evaluation: Evaluation, stated: Mapping[str, object]) -> bool:
    """Is the choice one of such a firm, in such a period?"""
    view = evaluation.model.firm.periods[-1]
    small = evaluation.exact.value(is_small_scale(view, evaluation.model.law.at(view.period))) is True
    whole = evaluation.model.span.months == 12
    return (small or not stated["small_scale"]) and (whole or not stated["whole_year"])


def _others(evaluation: Evaluation, fact: Fact, kept_as: object) -> Iterator[tuple[str, str, dict[str, str]]]:
    """As it is, each other way, and the facts that say it."""
    facts = evaluation.facts
    if fact.type == "money":
        waived = [(one.slot.part, int(one.value)) for one in facts.stated.values() if one.slot.fact is fact]
        if any(amount for _, amount in waived):
            yield yuan(sum(amount for _, amount in waived)), yuan(0), _kept(evaluation, fact, kept_as)
        return
    options = ("true", "false") if fact.type == "flag" else tuple(fact.options)
    given = facts.stated.get(fact.name)
    chosen = fact.written(given.value if given else fact.assume or 0)
    if fact.name == "filing":
        chosen = "monthly" if evaluation.model.filing_months == 1 else "quarterly"
    yield from ((chosen, option, {fact.name: option}) for option in options if option != chosen)


def _kept(evaluation: Evaluation, fact: Fact, kept_as: object) -> dict[str, str]:
    """The amounts that were waived as they are where nothing is: as sales of their own kind, or of another."""
    stated, given = evaluation.facts.stated, {}
    for one in [one for one in stated.values() if one.slot.fact is fact]:
        given[one.slot.name] = "0"
        if isinstance(kept_as, str):
            name = one.slot.name.replace(fact.name, kept_as)
            before = int(stated[name].value) if name in stated else 0
            given[name] = yuan(before + int(one.value))
    return given


def _assessed(evaluation: Evaluation, given: Mapping[str, str]) -> Assessment | None:
    try:
        return evaluate(evaluation.facts.restated("advice", given), book=evaluation.model.book).assessment
    except InputError:
        return None
