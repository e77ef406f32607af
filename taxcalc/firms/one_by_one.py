"""The rows of a table as businesses, one after the other: for a page or the forms of each.

What a batch finds out about a table, refuses of it and puts aside is found out in the same way: the walk is one of its sinks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

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

Of = TypeVar("Of")
"""What is made of the facts of a business."""


class Single(NamedTuple):
    """A row of a table as a business: its number in the file, its identifier and its name."""

    row: int
    id: str
    name: str


def one_by_one(
    feed: Feed,
    computation: Computation[C],
    rejects: Rejects,
    make: Callable[[FactSet], Of],
    use: Callable[[Single, Of], object],
    plausible: Plausible | None = None,
) -> Counts:
    """Make something of each good row, and use it, in the order of the file. A row of which `make` raises InputError is
    rejected as those are that cannot be read."""
    walk = _Walk(feed, computation, rejects, make, use)
    counts = run_batch(feed, computation, walk, rejects, plausible=plausible)
    counts = counts._replace(out=counts.out - walk.refused)
    return counts.saying([*(plausible.said() if plausible else ()), *counts.together.remarks()])


class _Walk(Generic[Of]):
    def __init__(
        self,
        feed: Feed,
        computation: Computation[Any],
        rejects: Rejects,
        make: Callable[[FactSet], Of],
        use: Callable[[Single, Of], object],
    ) -> None:
        self._name, self._single, self._rejects = feed.name, computation.single, rejects
        self._make, self._use = make, use
        self.refused = 0

    def block(self, block: Block, answers: Answers[C]) -> tuple[Block, list[int]]:
        """The block, and which of its rows are good."""
        return block, [row for row, kept in enumerate(map(int, answers.kept)) if kept]

    def take(self, made: tuple[Block, list[int]], first: int) -> None:
        """Go through them."""
        block, rows = made
        header = self._single.plan.header
        for i in rows:
            row = first + int(block.numbers[i])
            id, name = (
                unwrapped(block.text(i, column.place)) if (column := header.column(of)) else "" for of in ("id", "name")
            )
            try:
                found = self._make(self._single.facts_of(block, i, f"{self._name}:{row}"))
            except InputError as error:
                self.refused += 1
                self._rejects.take([Rejected(row, id or name, "", "", why) for why in error.problems])
            else:
                self._use(Single(row, id, name), found)
