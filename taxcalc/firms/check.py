"""A check that the user can run: rows computed in columns against the same rows computed one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

from taxcalc.base.problem import InputError, Lang, say
from taxcalc.firms.compute import SETS, Answers, Computation


class Compared(NamedTuple):
    """Rows of one block that were computed both ways, and those that differ."""

    rows: int
    wrong: list[tuple[int, list[str]]]


class CheckSink:
    """Writes nothing. Recomputes about `sample` of `rows` rows, evenly spread, with the exact evaluator."""

    def __init__(self, computation: Computation, sample: int, rows: int) -> None:
        self._computation = computation
        self._every = max(1, rows // sample) if sample else 0
        self._sample = sample
        self.compared = 0
        self.wrong: list[tuple[int, list[str]]] = []

    def block(self, block: Any, answers: Answers) -> Compared:
        """Compare some rows of a block."""
        wrong = []
        rows = (
            [row for row in range(0, block.size, self._every or block.size) if answers.kept[row]] if self._every else []
        )
        for row in rows:
            if differing := self._differing(block, answers, row):
                wrong.append((block.number(row), differing))
        return Compared(len(rows), wrong)

    def _differing(self, block: Any, answers: Answers, row: int) -> list[str]:
        try:
            exact = self._computation.answer_singly(block, row)
        except InputError as error:
            return [error.problems[0].key]
        names = [name for name, value in exact.figures.items() if int(answers.figures[name][row]) != value]
        for what in SETS:
            meaning = self._computation.sets(what)[int(answers.sets[what][row])]
            if what != "reasons" or self._computation.asked.reasons:
                names += [what] if meaning != getattr(exact, what) else []
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
