"""Runs the theorems, on as many processors as there are, and gathers what came out in a fixed order.

One task is one theorem about one levy under one law, with a time of its own: what the solver has not settled in
it stays open, so a run ends.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from verification.proofs.laws import Law, laws_of, levies
from verification.proofs.solver.refute import at_most_seconds
from verification.proofs.solver.terms import NonLinear
from verification.proofs.theorems.arithmetic import steps_of_bounds, steps_of_shares
from verification.proofs.theorems.catalogue import OF_YEARS, THEOREMS
from verification.proofs.theorems.year_of_returns import is_year_of_returns

ARITHMETIC = "the law of shares, and the bounds of the builder"
SECONDS = 60
"""What the solver may take for one task."""


class Task(NamedTuple):
    """A theorem about a levy under the law of that number."""

    theorem: str
    levy: str
    law: int


class Verdict(NamedTuple):
    """What came out of one case: "holds", "fails", "open" or "not asked"; what it is about, and why."""

    how: str
    law: str
    what: str = ""
    witness: dict[str, Any] | None = None
    why: str = ""


class Line(NamedTuple):
    """One theorem about one levy, under every law."""

    theorem: str
    levy: str
    laws: int
    verdicts: list[Verdict]
    seconds: float

    def of(self, how: str) -> list[Verdict]:
        """The cases that came out so."""
        return [one for one in self.verdicts if one.how == how]


def tasks(only: Callable[[Law], bool], names: tuple[str, ...]) -> list[Task]:
    """Every theorem about every levy, under the laws that are asked for."""
    every = levies()
    return [
        Task(name, levy, i)
        for name in names
        for levy in every
        for i, law in enumerate(laws_of(levy))
        if only(law) and (name in OF_YEARS or not is_year_of_returns(law.model, levy))
    ]


def settle(task: Task) -> tuple[list[Verdict], float]:
    """The verdicts of one task, and the seconds it took."""
    start = time.perf_counter()
    if task.theorem == ARITHMETIC:
        return list(the_arithmetic()), time.perf_counter() - start
    law = laws_of(task.levy)[task.law]
    found = []
    try:
        with at_most_seconds(SECONDS):
            for case in THEOREMS[task.theorem](law, task.levy):
                wrong = case.false or case.witness or case.outcome.model
                how = "holds" if case.outcome else "fails" if wrong else "open"
                why = case.why or ("the solver gave up in its time" if how == "open" else "")
                found.append(Verdict(how, str(law), case.what, case.witness, why))
    except NonLinear as error:
        found.append(Verdict("not asked", str(law), why=str(error)))
    except OverflowError as error:
        found.append(Verdict("fails", str(law), why=str(error)))
    return found, time.perf_counter() - start


def the_arithmetic() -> Iterator[Verdict]:
    """What all proofs rest on, whatever the levy."""
    for step in (*steps_of_shares(), *steps_of_bounds()):
        outcome = step.outcome()
        yield Verdict("holds" if outcome else "fails" if outcome.model else "open", "whole numbers", step.name)


def prove(
    only: Callable[[Law], bool] = lambda law: True, names: tuple[str, ...] = tuple(THEOREMS), jobs: int = 1
) -> Iterator[Line]:
    """Every theorem about every levy, under the laws that are asked for: a line as soon as all its laws are settled."""
    todo = [Task(ARITHMETIC, "(every levy)", 0), *tasks(only, names)]
    if jobs > 1:
        with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=200) as pool:
            yield from _lines(todo, pool.imap(settle, todo))
    else:
        yield from _lines(todo, map(settle, todo))


def _lines(todo: list[Task], settled: Iterator[tuple[list[Verdict], float]]) -> Iterator[Line]:
    line: Line | None = None
    for task, (verdicts, seconds) in zip(todo, settled, strict=True):
        if line is None or (task.theorem, task.levy) != (line.theorem, line.levy):
            if line is not None and line.verdicts:
                yield line
            line = Line(task.theorem, task.levy, 0, [], 0)
        laws = line.laws + bool(verdicts)
        line = line._replace(laws=laws, verdicts=line.verdicts + verdicts, seconds=line.seconds + seconds)
    if line is not None and line.verdicts:
        yield line
