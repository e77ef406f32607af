"""The computation as a tree: each line with its formula in words, the numbers put in, and its citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.trace import Conditions, Formula, Granted, Line, Operation, Origin, Quantity, Sum, trace
from taxcalc.base.problem import Lang
from taxcalc.law.book import Version
from taxcalc.report.citing import citation_as_json
from taxcalc.report.document import Span, Step, text
from taxcalc.report.fold import Branch, folded, spans, tree
from taxcalc.report.labels.terms import ORIGINS
from taxcalc.report.shapes import Json
from taxcalc.report.words import Words

_IN_A_PRODUCT, _RIGHT_OF_A_SIGN = 2, 3
"""Where a formula stands: so deep, a sum needs brackets."""


_FEW = 4
"""Up to so many periods of a sum are each told."""


class Explained(NamedTuple):
    """A line of the explanation; `again` where it was explained above."""

    depth: int
    label: str
    value: str
    formula: str
    numbers: str
    because: list[str]
    """For each relief that the line turns on: is it granted, and the conditions that decide."""
    citations: list[Version]
    again: bool


def as_dicts(evaluation: Evaluation, lang: Lang) -> list[dict[str, Json]]:
    """The lines as data, each citation in the shape that all JSON has."""
    words = Words(evaluation.assessment, evaluation.model.book, lang, plain=True, dated=True)
    return [
        line._asdict() | {"citations": [citation_as_json(words, version) for version in line.citations]}
        for line in map(_Wording(words).line, trace(evaluation))
    ]


def steps(evaluation: Evaluation, lang: Lang) -> Iterator[Step]:
    """The same as steps of a document, with what repeats folded."""
    saying = Words(evaluation.assessment, evaluation.model.book, lang, dated=True)
    said = ((line, _Wording(saying, short=True).line(line)) for line in trace(evaluation))
    top = tree((line.depth, Branch([words.label], *words[2:], line.quantity.period)) for line, words in said)
    for branch in folded(top):
        yield from _steps(saying, branch, 0)


def _steps(saying: Words, branch: Branch, depth: int) -> Iterator[Step]:
    value = Span(f" = {branch.value}", "payable")
    label = Span(branch.label, "" if depth else "strong")
    below = (branch.formula, f"= {branch.numbers}" if branch.numbers else "", *branch.because)
    cited = [Span(f"{saying.citation(v)} ({saying.validity(v)})", "source") for v in dict.fromkeys(branch.citations)]
    words = text(label, value, Span(" ↑" if branch.again else "", "dim"))
    yield Step(depth, words, (*text(*(Span(each, "dim") for each in below)), *cited))
    for one in branch.below:
        yield from _steps(saying, one, depth + 1)
    if branch.same:
        periods = saying.listed(spans(branch.same))
        yield Step(depth, text(Span(saying.say("same", n=len(branch.same), periods=periods), "dim")))


class _Wording:
    """Says the lines of a trace."""

    def __init__(self, words: Words, *, short: bool = False) -> None:
        self._words, self._short = words, short
        """With `short`, a sum over many periods is told by its first and its last."""

    def line(self, line: Line) -> Explained:
        """A line; nothing is said twice in it."""
        label, value = self._name(line.quantity), self._value(line.quantity)
        formula = numbers = ""
        if line.origin:
            formula = self._origin(line.origin)
        elif line.formula:
            formula, numbers = (self._formula(line.formula, numbers=numbers) for numbers in (False, True))
        return Explained(
            line.depth,
            label,
            value,
            formula if formula != label else "",
            numbers if numbers not in (value, formula) else "",
            [
                f"{self._words.colon(self._name(one.relief), self._value(one.relief))} ({self._granted(one)})"
                for one in line.grants
            ],
            list(line.versions),
            line.again,
        )

    def _name(self, quantity: Quantity) -> str:
        return self._words.dated(quantity.label, quantity.period) if quantity.label else self._value(quantity)

    def _value(self, quantity: Quantity) -> str:
        return self._words.figure(quantity.value, quantity.unit, quantity.fact)

    def _origin(self, origin: Origin) -> str:
        if origin.how == "assumed":
            return self._words.say("assumptions")
        sources = ", ".join(map(self._words.source, origin.sources))
        return f"{sources} · {self._words.pick(ORIGINS[origin.how])}" if origin.how in ORIGINS else sources

    def _granted(self, granted: Granted) -> str:
        """'sales 341,200.00 > 300,000.00'."""
        if not granted.claimed:
            return self._words.say("not_claimed")
        return self._conditions(granted.conditions) or self._value(granted.relief)

    def _conditions(self, conditions: Conditions) -> str:
        words = self._words.calling(conditions.labels)
        return words.sentences(dict.fromkeys(map(words.condition, conditions.of)))

    def _formula(self, formula: Formula, place: int = 0, *, numbers: bool) -> str:
        """A formula in names, or with the numbers put in."""
        match formula:
            case Quantity():
                return self._value(formula) if numbers else self._name(formula)
            case Conditions():
                return self._conditions(formula)
            case Granted():
                return self._granted(formula)
            case Sum():
                return self._sum(formula, place, numbers)
            case Operation(operator="least" | "most"):
                options = list(dict.fromkeys(self._formula(one, numbers=numbers) for one in formula.of))
                said = self._words.say(formula.operator, options=self._words.sentences(options))
                return said if len(options) > 1 else options[0]
            case Operation(operator="round"):
                text = self._formula(formula.of[0], place, numbers=numbers)
                return self._words.say("rounded", formula=text) if numbers else text
            case Operation(operator="share_up"):
                a, b, c = (self._formula(one, _RIGHT_OF_A_SIGN, numbers=numbers) for one in formula.of)
                return f"{a} × {b} ÷ {c}"
        left, right = formula.of
        sign = "×" if formula.operator == "*" else "÷"
        return (
            f"{self._formula(left, _IN_A_PRODUCT, numbers=numbers)} {sign} "
            f"{self._formula(right, _RIGHT_OF_A_SIGN, numbers=numbers)}"
        )

    def _sum(self, formula: Sum, place: int, numbers: bool) -> str:
        if self._short and _repeats(formula):
            return self._periods(formula, numbers)
        text, several = "", len(formula.terms) > 1
        for sign, term in formula.terms:
            part = self._formula(term, _IN_A_PRODUCT if several else 1, numbers=numbers)
            text = f"{text} {'−' if sign < 0 else '+'} {part}" if text else (f"−{part}" if sign < 0 else part)
        return f"({text})" if place >= _IN_A_PRODUCT and several else text

    def _periods(self, formula: Sum, numbers: bool) -> str:
        """'VAT 2023-01 + … + VAT 2023-12', '12 × 100.00', or all of the numbers."""
        names = [self._formula(term, numbers=numbers) for _, term in formula.terms]
        if not numbers:
            return f"{names[0]} + … + {names[-1]}"
        return " + ".join(names) if len(set(names)) > 1 else f"{len(names)} × {names[0]}"


def _repeats(formula: Sum) -> bool:
    """Is it the sum of one line over many periods?"""
    named = [(sign, term.label) for sign, term in formula.terms if isinstance(term, Quantity)]
    return len(formula.terms) > _FEW and len(named) == len(formula.terms) and len(set(named)) == 1 and named[0][0] > 0
