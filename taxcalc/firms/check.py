"""A check that the user can run: what is wrong with a table, what is doubtful, and whether the engines agree.

A row is refused for the same reasons for which a batch refuses it, because it is computed as a batch computes it; no
figure is kept. With a sample, rows computed in columns are compared with the same rows computed one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from taxcalc.assessment.reasons import Note
from taxcalc.base.problem import InputError, Lang, Problem, say
from taxcalc.firms.answers import FINDINGS, Answers, Rejected
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.plausible import Plausible
from taxcalc.firms.read.cells import Block
from taxcalc.firms.write.rejects import Rejects
from taxcalc.rules import CHECKS

_FIRST = 5
"""Rows that are named."""
_WARNINGS = {check.id for check in CHECKS if check.severity == "warning"} | {"row_twice"}


class Compared(NamedTuple):
    """What one block gave: rows that were computed both ways, those that differ, and what the rules doubt of which."""

    rows: int
    wrong: list[tuple[int, list[str]]]
    doubted: list[tuple[str, str, list[int]]]


class CheckSink:
    """Writes nothing. Recomputes about `sample` of `rows` rows, evenly spread, with the exact evaluator."""

    def __init__(self, computation: Computation[C], sample: int, rows: int) -> None:
        plan = computation.plan
        self._single, self._findings = computation.single, computation.findings
        self._every = max(1, rows // sample) if sample else 0
        self.plausible = Plausible(plan.header, plan.catalogue, plan.preset)
        self.compared = 0
        self.wrong: list[tuple[int, list[str]]] = []

    def block(self, block: Block, answers: Answers[C]) -> Compared:
        """Look at a block, and compare some rows of it."""
        wrong = []
        rows = [row for row in range(0, block.size, self._every) if answers.kept[row]] if self._every else []
        for row in rows:
            if differing := self._differing(block, answers, row):
                wrong.append((int(block.numbers[row]), differing))
        return Compared(len(rows), wrong, self._warned(block, answers))

    def _warned(self, block: Block, answers: Answers[C]) -> list[tuple[str, str, list[int]]]:
        """What the checks of the rules doubt in rows of a block."""
        found: dict[str, list[int]] = {}
        notes = self._findings.of("notes")
        for row, (number, kept) in enumerate(zip(answers.findings["notes"], answers.kept, strict=True)):
            for note in notes[number] if number and kept else ():
                if isinstance(note, Note) and note.said.key in _WARNINGS:
                    found.setdefault(note.said.key, []).append(int(block.numbers[row]))
        columns = {key: self._single.column_of(Problem(key, {})) for key in found}
        return [(key, column.title if (column := columns[key]) else "", rows) for key, rows in found.items()]

    def _differing(self, block: Block, answers: Answers[C], row: int) -> list[str]:
        try:
            exact = self._single.answer(block, row)
        except InputError as error:
            return [error.problems[0].key]
        names = [name for name, value in exact.figures.items() if int(answers.figures[name][row]) != value]
        for kind in FINDINGS:
            finding = self._findings.of(kind)[answers.findings[kind][row]]
            names += [kind] if finding != exact.findings[kind] else []
        return names

    def take(self, made: Compared, first: int) -> None:
        """Count."""
        self.compared += made.rows
        self.wrong += [(first + row, names) for row, names in made.wrong]
        for key, column, lines in made.doubted:
            self.plausible.doubt(key, column, len(lines), (first + line for line in lines))

    def words(self, lang: Lang) -> list[str]:
        """What the comparison found, if rows were to be compared."""
        return said_of_sample(self.wrong, self.compared, lang) if self._every else []


def said_of_sample(wrong: Sequence[tuple[int, list[str]]], compared: int, lang: Lang) -> list[str]:
    """Where rows differ, or that none does."""
    if not wrong:
        return [f"taxcalc: {say('sample_agrees', lang, rows=compared)}"]
    return [f"taxcalc: {say('sample_differs', lang, row=row, columns=names)}" for row, names in wrong[:20]]


class Refused(NamedTuple):
    """Rows that are refused for one kind of reason."""

    column: str
    how_many: int
    rows: list[int]
    why: Problem
    """Of the first."""


class RefusedByKind(Rejects):
    """Rows that cannot be computed, by column and kind of reason."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(lang)
        self._kinds: dict[tuple[str, str], tuple[list[int], Problem]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def take(self, rejected: Sequence[Rejected]) -> None:
        """Rows of one block."""
        super().take(rejected)
        for each in rejected:
            key = each.why.key, each.column
            self._counts[key] += 1
            rows, _ = self._kinds.setdefault(key, ([], each.why))
            rows.extend([each.row] if len(rows) < _FIRST else [])

    def kinds(self) -> list[Refused]:
        """Each kind, in the order in which it was met."""
        return [
            Refused(column, self._counts[key, column], rows, why) for (key, column), (rows, why) in self._kinds.items()
        ]
