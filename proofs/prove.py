"""Runs the theorems and says what came out: on the terminal, and in docs/proofs.md."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from proofs.laws import Law, laws_of, models
from proofs.solver import NonLinear
from proofs.theorems import THEOREMS, Case


class Line(NamedTuple):
    """One theorem about one levy, under every law."""

    theorem: str
    levy: str
    proved: int
    refuted: list[tuple[Law, Case]]
    unknown: list[tuple[Law, Case]]
    products: list[Law]
    """Laws under which the amount is a product of facts, which the solver is not asked about."""
    seconds: float


def levies() -> list[str]:
    """Every levy of every period, in the order of the rules."""
    return list(dict.fromkeys(id for model in models() for id in model.levies))


def prove(only: Callable[[Law], bool] = lambda law: True, names: tuple[str, ...] = tuple(THEOREMS)) -> Iterator[Line]:
    """Every theorem about every levy, under the laws that are asked for."""
    for name in names:
        for levy in levies():
            start, line = time.perf_counter(), Line(name, levy, 0, [], [], [], 0)
            proved = 0
            for law in laws_of(levy):
                try:
                    for case in THEOREMS[name](law, levy) if only(law) else ():
                        if case.outcome:
                            proved += 1
                        elif case.outcome.model is not None or case.witness:
                            line.refuted.append((law, case))
                        else:
                            line.unknown.append((law, case))
                except NonLinear:
                    line.products.append(law)
            if proved or line.refuted or line.unknown or line.products:
                yield line._replace(proved=proved, seconds=time.perf_counter() - start)
