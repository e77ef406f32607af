"""Asking the solver for a business of which a claim is false, within a time that is set beforehand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import z3

from taxcalc.graph.nodes import Named, Node, children
from verification.proofs.solver.terms import Term

LIMIT_MS = 3_000
"""How long the solver may take for one part, before the whole is tried; for a whole, ten times as long."""
_until: list[float] = []
"""When the time of what is being proved is over; empty where there is no such time."""


class Outcome(NamedTuple):
    """Proved, or not: with a model of z3 that refutes it, or with none where the solver gave up."""

    proved: bool
    model: z3.ModelRef | None = None

    def __bool__(self) -> bool:
        return self.proved


PROVED = Outcome(True)
OPEN = Outcome(False)


@contextmanager
def at_most_seconds(seconds: float) -> Iterator[None]:
    """Whatever is asked inside, the solver takes no longer in all; what it has no time for stays open."""
    _until.append(min([time.monotonic() + seconds, *_until[-1:]]))
    try:
        yield
    finally:
        _until.pop()


def refute(assumptions: Sequence[Term], claim: Term, limit_ms: int = LIMIT_MS) -> Outcome:
    """Ask for a business of which a claim is false."""
    if _until:
        limit_ms = min(limit_ms, int(1000 * (_until[-1] - time.monotonic())))
        if limit_ms <= 0:
            return OPEN
    solver = z3.Solver()
    solver.set("timeout", limit_ms)
    solver.add(*assumptions, z3.Not(claim))
    answer = solver.check()
    return Outcome(answer == z3.unsat, solver.model() if answer == z3.sat else None)


def nearest_lines(node: Node, wanted: Callable[[Node], bool], gate: Node | None = None) -> dict[Node, bool]:
    """The nearest lines below a node of the wanted kind, none of them below the gate; with each: is it an amount
    that does more than decide a condition?"""
    found: dict[Node, bool] = {}
    stack, seen = [(child, node.unit != "flag") for child in children(node)], {(gate, True), (gate, False)}
    while stack:
        here, counts = stack.pop()
        counts = counts and here.unit != "flag"
        if (here, counts) not in seen:
            seen.add((here, counts))
            if isinstance(here, Named) and here.unit in ("money", "flag") and wanted(here):
                found[here] = found.get(here, False) or counts
            else:
                stack.extend((child, counts) for child in children(here))
    return found
