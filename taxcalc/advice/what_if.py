"""What would change if a firm stated other facts, or were in another year: for each levy and relief, and which conditions turn.

Where law and facts both change they are told apart: first the same facts under the other law, then the other facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from taxcalc.assessment.evaluation import evaluate
from taxcalc.assessment.result import Assessment, Condition
from taxcalc.base.kinds import Kind
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.engines.exact import half_away
from taxcalc.facts.statement import WHEN, FactSet
from taxcalc.law.book import LawBook, Version

_SHARE = re.compile(r"([+-]\d{1,4}(?:\.\d{1,4})?)\s*[%％]")
Of = Literal["law", "facts", "all"]


class Change(NamedTuple):
    """A levy or a relief before and after: difference = after − before; None where either is not known."""

    id: str
    kind: Kind
    label: Label
    before: Fen | None
    after: Fen | None
    difference: Fen | None


class Turned(NamedTuple):
    """A condition of a relief that is met on one side alone, or known on one side alone."""

    relief: str
    before: Condition
    after: Condition
    law: Sequence[Version]
    """What the relief rests on."""


class Step(NamedTuple):
    """What one change does: of the law alone, of the facts alone, or of all there is."""

    of: Of
    before: Assessment
    after: Assessment
    levies: Sequence[Change]
    """What is to pay."""
    reliefs: Sequence[Change]
    """What is saved."""
    turned: Sequence[Turned]

    @property
    def total(self) -> Change:
        """Taxes and fees together that are known on both sides."""
        both = [one for one in self.levies if one.kind in ("tax", "fee") and one.difference is not None]
        before, after = (sum(int(getattr(one, side)) for one in both) for side in ("before", "after"))
        return Change("total", "tax", ("合计", "total"), Fen(before), Fen(after), Fen(after - before))

    @property
    def changes_something(self) -> bool:
        """Is any figure or condition another?"""
        return bool(self.turned) or any(one.before != one.after for one in (*self.levies, *self.reliefs))

    @property
    def unknown(self) -> list[Change]:
        """The taxes and fees that are known on one side alone, which are in no total."""
        levies = [one for one in self.levies if one.kind in ("tax", "fee")]
        return [one for one in levies if (one.before is None) != (one.after is None)]


def what_if(before: FactSet, after: FactSet, book: LawBook) -> list[Step]:
    """The steps from one set of facts to another: law and facts apart, then all, where both change; else the one."""
    one, other = (evaluate(facts, book=book).assessment for facts in (before, after))
    if one.period == other.period:
        return [compared("facts", one, other)]
    moved = evaluate(in_period(before, after.period), book=book).assessment
    law = compared("law", one, moved)
    if moved == other or {name: given.value for name, given in moved.facts.items()} == {
        name: given.value for name, given in other.facts.items()
    }:
        return [law]
    return [law, compared("facts", moved, other), compared("all", one, other)]


def moved(facts: FactSet, given: Sequence[str]) -> FactSet:
    """The facts with some moved by a share, from texts such as 'taxable_income=+10%': of a fact that is stated by its parts
    each part. Exact, and where it does not come out whole rounded half up (losses away from nought) to the fen, or to the
    least part of what is counted. Raises InputError."""
    problems, values = [], dict[str, str]()
    for text in given:
        name, _, by = (part.strip() for part in text.partition("="))
        share, slot = _SHARE.fullmatch(by), facts.catalogue.find(name)
        if share is None or slot is None or slot.fact.type not in ("money", "average", "count"):
            problems.append(problem("if_with_shape", text=text))
            continue
        fact, whole = slot.fact, slot.name == slot.fact.name
        stated = {n: one for n, one in facts.stated.items() if (one.slot.fact is fact if whole else n == slot.name)}
        if not stated:
            problems.append(problem("if_with_unknown", name=slot.name, label=fact.label))
        for input, one in stated.items():
            assert not isinstance(one.value, str)
            factor = 1 + Fraction(share[1].replace("_", "")) / 100
            values[input] = fact.written(Fraction(half_away(Fraction(one.value) * fact.parts * factor), fact.parts))
    if problems:
        raise InputError(problems)
    return facts.restated("--with", values)


def in_period(facts: FactSet, period: Period, given: Mapping[str, Any] | None = None) -> FactSet:
    """The same facts in another period, and some more."""
    when = {"year": period.year} if period.months == 12 else {"period": str(period)}
    return facts.restated("--set", {**when, **(given or {})}, WHEN)


def compared(of: Of, before: Assessment, after: Assessment) -> Step:
    """Every levy and relief of two assessments, and the conditions that are met on one side alone."""
    levies = [
        _change(id, [(one.kind, one.label, one.payable) if one else None for one in pair])
        for id, *pair in _paired({one.id: one for one in before.levies}, {one.id: one for one in after.levies})
    ]
    items = {one.id: one for one in before.items}, {one.id: one for one in after.items}
    reliefs = [
        _change(id, [(one.kind, one.label, one.saving) if one else None for one in pair])
        for id, *pair in _paired(*items)
    ]
    turned = [
        Turned(id, was, now, tuple((other.citations or one.citations)[:1]))
        for id, one, other in _paired(*items)
        if one and other
        for _, was, now in _paired(_leaves(one.conditions), _leaves(other.conditions))
        if was and now and was.met is not now.met
    ]
    return Step(of, before, after, levies, reliefs, turned)


def _paired(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """What is under each key on either side, in order; None where there is nothing."""
    for key in {**before, **after}:
        yield key, before.get(key), after.get(key)


def _change(id: str, pair: Sequence[tuple[Kind, Label, Fen | None] | None]) -> Change:
    """Of what is not looked at on one side, nothing is to pay or saved there."""
    kind, label, _ = next(one for one in pair if one)
    before, after = (Fen(0) if one is None else one[2] for one in pair)
    difference = None if before is None or after is None else Fen(after - before)
    return Change(id, kind, label, before, after, difference)


def _leaves(conditions: Sequence[Condition]) -> dict[tuple[str, ...], Condition]:
    """The simple conditions by what they are about, whatever the year."""
    found: dict[tuple[str, ...], Condition] = {}
    stack = list(reversed(conditions))
    while stack:
        one = stack.pop()
        stack += reversed(one.of)
        if not one.of:
            found[one.line, one.fact, one.operator, one.limit_of, one.period.key] = one
    return found
