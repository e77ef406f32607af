"""Advice on each row of a table: the nearest limit and the largest unlock, by the advice on one firm."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.advice.cliffs import Cliff, nearest
from taxcalc.advice.unlocks import Unlock, unlocks
from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.result import Assessment
from taxcalc.firms.answers import ADVICE, ADVISED, NONE, UNKNOWN, Answers, Finding, Findings
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block
from taxcalc.firms.single import SingleRows
from taxcalc.law.book import LawBook
from taxcalc.report.advice import needs_of
from taxcalc.report.json import as_plain
from taxcalc.report.words import Words


class Told(NamedTuple):
    """What is told of one row."""

    limit: Cliff | None
    unlock: Unlock | None


def of_firm(evaluation: Evaluation) -> Told:
    """The nearest limit that is costly to cross, and the relief not given that would save most."""
    return Told(nearest(evaluation), next(iter(unlocks(evaluation).each), None))


def add_advice(single: SingleRows, block: Block, answers: Answers[C], findings: Findings) -> None:
    """Put the advice on each row that is kept beside its figures."""
    engine, size = answers.engine, len(answers.kept)
    answers.figures.update({name: engine.filled(size, BLANK) for name in ADVISED})
    answers.findings.update({kind: engine.filled(size, 0) for kind in ADVICE})
    for row, kept in enumerate(answers.kept):
        if not kept:
            continue
        evaluation = evaluate(single.facts_of(block, row), book=single.plan.book)
        told = of_firm(evaluation)
        for name, amount in zip(ADVISED, _amounts(told), strict=True):
            answers.figures[name][row] = amount
        for kind, finding in texts(told, evaluation.assessment, single.plan.book).items():
            answers.findings[kind][row] = findings.number(kind, finding)


def _amounts(told: Told) -> tuple[int, int]:
    limit, unlock = told
    return limit.stake if limit else BLANK, unlock.saving if unlock else BLANK


def texts(told: Told, made: Assessment, book: LawBook) -> dict[str, Finding]:
    """By their columns: of the limit its input, where it is, and how far off, below zero where it is crossed; of the relief
    its id, and in both languages what stands before it."""
    limit, unlock = told
    none = UNKNOWN if made.saved.incomplete or made.saved.payable is None else NONE
    found: dict[str, Finding] = {kind: none if kind in ("advice.fact", "advice.unlock") else "" for kind in ADVICE}
    if limit:
        room = str(as_plain(limit.headroom, limit.unit))
        found["advice.fact"] = limit.input
        found["advice.limit"] = str(as_plain(limit.at, limit.unit))
        found["advice.distance"] = f"-{room}" if limit.behind and limit.headroom else room
    if unlock:
        zh, en = (
            words.sentences(needs_of(unlock, words)) for words in (Words(made, book, "zh"), Words(made, book, "en"))
        )
        found |= {"advice.unlock": unlock.relief, "advice.unlock_needs": (zh, en)}
    return found
