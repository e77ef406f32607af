"""The rows of a table as businesses, one after the other: for a page or the forms of each.

What a batch finds out about a table, refuses of it and puts aside is found out in the same way: the walk is one of its sinks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from taxcalc.base.problem import InputError
from taxcalc.facts.statement import FactSet
from taxcalc.firms.answers import Answers, Rejected
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.counts import Counts
from taxcalc.firms.plausible import Plausible
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.marks import unwrapped
from taxcalc.firms.run import run_batch
from taxcalc.firms.write.rejects import Rejects


class Single(NamedTuple):
    """A row of a table as a business: its number in the file, its identifier and name, and its facts."""

    row: int
    id: str
    name: str
    facts: FactSet


def one_by_one(
    feed: Feed,
    computation: Computation[C],
    rejects: Rejects,
    use: Callable[[Single], object],
    plausible: Plausible | None = None,
) -> Counts:
    """Hand over each good row as a business, in the order of the file. One for which `use` raises InputError is rejected."""
    walk = _Walk(feed, computation, use, rejects)
    counts = run_batch(feed, computation, walk, rejects, plausible=plausible)
    counts = counts._replace(out=counts.out - walk.refused)
    return counts.saying([*(plausible.said() if plausible else ()), *counts.together.remarks()])


class _Walk:
    def __init__(
        self, feed: Feed, computation: Computation[C], use: Callable[[Single], object], rejects: Rejects
    ) -> None:
        self._name, self._single, self._use, self._rejects = feed.name, computation.single, use, rejects
        self.refused = 0

    def block(self, block: Block, answers: Answers[C]) -> tuple[Block, list[int]]:
        """The block, and which of its rows are good."""
        return block, [row for row, kept in enumerate(map(int, answers.kept)) if kept]

    def take(self, made: tuple[Block, list[int]], first: int) -> None:
        """Hand them over."""
        block, rows = made
        header = self._single.plan.header
        for i in rows:
            row = first + int(block.numbers[i])
            id, name = (
                unwrapped(block.text(i, column.place)) if (column := header.column(of)) else "" for of in ("id", "name")
            )
            try:
                self._use(Single(row, id, name, self._single.facts_of(block, i, f"{self._name}:{row}")))
            except InputError as error:
                self.refused += 1
                self._rejects.take([Rejected(row, id or name, "", "", why) for why in error.problems])
