"""The computation as a tree: each line with its formula in words, the numbers put in, and its citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.trace import Wording, lines_below
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.engines.active import deciding
from taxcalc.engines.exact import Unknown
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, OrElse, Param
from taxcalc.law.book import Version
from taxcalc.report.citing import citation_as_json
from taxcalc.report.document import Span, Step, text
from taxcalc.report.labels import ORIGINS
from taxcalc.report.words import Words


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


def explained(evaluation: Evaluation, words: Words) -> Iterator[Explained]:
    """The lines below every levy that is computed: all that are not zero throughout, and those that every firm has."""
    yield from _Explanation(evaluation, words).all()


def as_dicts(evaluation: Evaluation, lang: Lang) -> list[dict[str, Any]]:
    """The same as data, each citation in the shape that all JSON has."""
    words = Words(evaluation.assessment, evaluation.model.book, lang, plain=True)
    return [
        line._asdict() | {"citations": [citation_as_json(words, version) for version in line.citations]}
        for line in explained(evaluation, words)
    ]


def steps(evaluation: Evaluation, lang: Lang) -> Iterator[Step]:
    """The same as steps of a document."""
    saying = Words(evaluation.assessment, evaluation.model.book, lang)
    for line in explained(evaluation, saying):
        top = line.depth == 0
        value = Span(f" = {line.value}", "saving" if top else "payable")
        words = text(Span(line.label, "strong" if top else ""), value, Span(" ↑" if line.again else "", "dim"))
        below = (line.formula, f"= {line.numbers}" if line.numbers else "", *line.because)
        cited = [Span(f"{saying.citation(v)} ({saying.validity(v)})", "source") for v in line.citations]
        yield Step(line.depth, words, (*text(*(Span(each, "dim") for each in below)), *cited))


class _Explanation:
    """The explanation of one evaluation. A line that was explained is not explained again."""

    def __init__(self, evaluation: Evaluation, words: Words) -> None:
        self._facts, self._model, self._exact = evaluation.facts, evaluation.model, evaluation.exact
        self._stated, self._words = evaluation.facts.stated_facts(), words
        self._seen: set[Node] = set()
        self._levies = evaluation.assessment.levies
        self._wording = Wording(self._exact, words.lang, words.money, self._relief_label, self._facts.period)

    def _relief_label(self, relief: str) -> Label:
        return self._model.book.table(self._model.reliefs[relief].table).label

    def all(self) -> Iterator[Explained]:
        for levy in self._levies:
            built = self._model.levies[levy.id]
            if levy.status == "calculated" and (levy.baseline or built.levy.is_missed(self._stated)):
                assert isinstance(built.payable, Named)
                yield from self._below(built.payable, 0)

    def _below(self, node: Named, depth: int) -> Iterator[Explained]:
        wording = self._wording
        label, value = wording.label(node), wording.value(node)
        if node in self._seen:
            yield Explained(depth, label, value, "", "", [], [], True)
            return
        self._seen.add(node)
        formula, numbers = wording.formula(node.body), wording.substituted(node.body)
        yield Explained(
            depth,
            label,
            value,
            formula if formula != label else "",
            numbers if numbers not in (value, formula) else "",
            self._grants_in(node),
            self._versions_in(node),
            False,
        )
        if isinstance(self._exact.value(node), Unknown):
            return  # what is missing is asked for elsewhere
        for below in lines_below(node, self._exact):
            yield from self._below(below, depth + 1)
        for fact in self._facts_in(node):
            yield Explained(depth + 1, wording.label(fact), wording.value(fact), self._origin(fact), "", [], [], False)

    def _own(self, node: Named) -> Iterator[Node]:
        """The nodes of a line that determine it, without those of the lines below."""
        stack: list[Node] = [node.body]
        while stack:
            here = stack.pop()
            yield here
            if not isinstance(here, Named):
                stack.extend(reversed(deciding(here, self._exact)))

    def _versions_in(self, node: Named) -> list[Version]:
        found = (here.version for here in self._own(node) if isinstance(here, Param | Grant))
        return list(dict.fromkeys(version for version in found if version is not None))

    def _grants_in(self, node: Named) -> list[str]:
        """'VAT exemption: no (sales 341,200.00 > 300,000.00)'."""
        if isinstance(node.body, Grant):
            return []  # its formula is these conditions
        wording = self._wording
        return [
            f"{self._words.colon(wording.label(grant), wording.value(grant))} ({wording.grant(grant)})"
            for grant in self._own(node)
            if isinstance(grant, Grant)
        ]

    def _facts_in(self, node: Named) -> list[Node]:
        stated = (here for here in self._own(node) if self._is_assumed(here) or self._is_fact(here))
        return list(dict.fromkeys(stated))

    def _is_fact(self, node: Node) -> bool:
        return isinstance(node, In)

    def _is_assumed(self, node: Node) -> bool:
        """An assumption worth a line: taken, and not merely 'none'."""
        if not (isinstance(node, OrElse) and isinstance(node.fallback, Const)):
            return False
        taken = isinstance(self._exact.value(node.body), Unknown)
        return taken and bool(self._exact.value(node.fallback))

    def _origin(self, node: Node) -> str:
        """Where a fact came from."""
        if isinstance(node, OrElse):
            return self._words.say("assumptions")
        assert isinstance(node, In)
        resolved = self._facts.resolve(node.fact, node.period)
        stated = self._facts.stated.values()
        words = ", ".join(sorted({self._words.source(s.source) for s in stated if s.slot.fact is node.fact}))
        how = resolved.how if resolved else ""
        return f"{words} · {self._words.pick(ORIGINS[how])}" if how in ORIGINS else words
