"""A check that the user can run: rows computed in columns against the same rows computed one by one."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.base.problem import InputError, Lang, say
from taxcalc.firms.answers import FINDINGS, Answers, Findings
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block
from taxcalc.firms.single import SingleRows


class Compared(NamedTuple):
    """Rows of one block that were computed both ways, and those that differ."""

    rows: int
    wrong: list[tuple[int, list[str]]]


class CheckSink:
    """Writes nothing. Recomputes about `sample` of `rows` rows, evenly spread, with the exact evaluator."""

    def __init__(self, single: SingleRows, findings: Findings, sample: int, rows: int) -> None:
        self._single, self._findings = single, findings
        self._every = max(1, rows // sample) if sample else 0
        self.compared = 0
        self.wrong: list[tuple[int, list[str]]] = []

    def block(self, block: Block, answers: Answers[C]) -> Compared:
        """Compare some rows of a block."""
        wrong = []
        rows = [row for row in range(0, block.size, self._every) if answers.kept[row]] if self._every else []
        for row in rows:
            if differing := self._differing(block, answers, row):
                wrong.append((int(block.numbers[row]), differing))
        return Compared(len(rows), wrong)

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

    def words(self, lang: Lang) -> list[str]:
        """What the comparison found."""
        if not self._every:
            return []
        if not self.wrong:
            return [f"taxcalc: {say('sample_agrees', lang, rows=self.compared)}"]
        return [f"taxcalc: {say('sample_differs', lang, row=row, columns=names)}" for row, names in self.wrong[:20]]
