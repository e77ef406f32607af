"""The answer for one row, from its assessment: what every engine of columns must agree with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taxcalc.assessment.evaluation import Evaluation
from taxcalc.base.problem import Problem
from taxcalc.firms.asked import Asked, reliefs_of
from taxcalc.graph.nodes import In, Named, Node, Op, OrElse, claim_bit

KINDS = {"is_enterprise", "is_individual_business", "is_small_scale", "concerns"}
"""Lines that say what kind of taxpayer a firm is, or that a relief has nothing to apply to: no reason worth a word."""

BLANK = -(2**62)
"""Stands in an output column where a figure cannot be known: no amount comes near it."""


class Reason(NamedTuple):
    """A condition of a relief that fails. Those are the same that a reader would take for the same."""

    relief: str
    condition: str
    node: Node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self[:2] == other[:2]

    def __hash__(self) -> int:
        return hash(self[:2])


class Note(NamedTuple):
    """A remark, the same where its sentence is."""

    text: str
    said: Problem

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Note) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


class Answer(NamedTuple):
    """What an assessment says of one row, in the terms of an outcome. Sets are given by what they mean."""

    figures: dict[str, int]
    regime: str
    needs: frozenset[str]
    reasons: frozenset[Reason]
    notes: frozenset[Note]
    incomplete: frozenset[str]
    """The levies that its totals lack."""


def of_evaluation(evaluation: Evaluation, asked: Asked) -> Answer:
    """The exact answer, from the evaluation of one firm."""
    result, model = evaluation.assessment, evaluation.model
    counts = {*asked.levies, *reliefs_of(model, asked.levies)}
    known = {levy.id for levy in result.levies if levy.status == "calculated"}
    reasons = set()
    for item in result.items:
        bears = any(model.levies[id].payable.rests_on & claim_bit(item.id) for id in known)
        failed = {name_of(node): node for node in evaluation.items.failing(item.id)}
        if item.status == "not_entitled" and bears and not failed.keys() & KINDS:
            reasons |= {Reason(item.id, name, node) for name, node in failed.items()}
    chosen = [regime.id for regime in result.regimes if regime.chosen]
    return Answer(
        {name: _figure_of(evaluation, name) for name in asked.figures},
        chosen[0] if chosen else "",
        _needs_of(evaluation, counts),
        frozenset(reasons),
        frozenset(Note(said.text("en"), said) for _, said in result.warnings),
        frozenset(id for total in result.totals.values() for id in total.incomplete),
    )


def _needs_of(evaluation: Evaluation, counts: set[str]) -> frozenset[str]:
    """The inputs that something which counts waits for."""
    result = evaluation.assessment
    needs: dict[str, Sequence[str]] = {item.id: item.needs for item in result.items}
    needs |= {levy.id: levy.needs for levy in result.levies}
    fact_of = evaluation.facts.catalogue.fact_of
    found: set[str] = set()
    for question in result.questions:
        asking = counts.intersection(question.blocks)
        inputs = {name for id in asking for name in needs[id] if fact_of(name).name == question.fact}
        found |= inputs or ({question.fact} if asking else set())
    return frozenset(found)


def _figure_of(evaluation: Evaluation, name: str) -> int:
    result = evaluation.assessment
    found: int | None
    match name.split("."):
        case ["total", what] if what in result.totals:
            found = result.totals[what].saving
        case ["total", what]:
            found = getattr(result.saved, what)
        case ["relief", id, what]:
            item = next((item for item in result.items if item.id == id), None)
            found = getattr(item, what) if item else _unlisted(evaluation, id)
        case ["loss_carried_forward"]:
            found = result.balances.loss
        case [id, what]:
            found = getattr(result.levy(id), what)
    return BLANK if found is None else int(found)


def _unlisted(evaluation: Evaluation, relief: str) -> int | None:
    """What a relief saves that has no item: nothing, or it is not known where it bears on levies that wait alone."""
    result, bears = evaluation.assessment, claim_bit(relief)
    levies = [levy for levy in result.levies if evaluation.model.levies[levy.id].payable.rests_on & bears]
    waits = any(levy.status == "needs_fact" for levy in levies)
    return None if waits and not any(levy.status == "calculated" for levy in levies) else 0


def name_of(condition: Node) -> str:
    """What makes two conditions the same in the eyes of a reader."""
    node = condition.args[0] if isinstance(condition, Op) and condition.op == "~" else condition
    if isinstance(node, Named):
        return node.name
    if isinstance(node, OrElse) and isinstance(node.body, In):
        return node.body.fact.name
    if isinstance(node, In):
        return node.fact.name
    if isinstance(node, Op):
        return f"{node.op}({','.join(name_of(arg) for arg in node.args)})"
    return getattr(node, "path", str(getattr(node, "value", "")))
