"""How large may an amount be? The largest with which no intermediate of a program leaves 64 bits.

The builder bounds every value of a program from the bounds of its inputs, so the limit is derived by
building the same program with ever larger ones, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from taxcalc.base.period import Period
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.facts.catalogue import Catalogue
from taxcalc.graph.nodes import Node


def fits(catalogue: Catalogue, span: Period, nodes: Iterable[Node], limit: int) -> bool:
    """Do all intermediates fit in 64 bits for amounts up to `limit` fen, every fact being given or not?"""
    columns: dict[str, Presence] = {name: "gaps" for fact in catalogue for name in fact.inputs()}
    lowering = Lowering(span, columns, limit=limit)
    try:
        for node in nodes:
            lowering.value(node)
    except OverflowError:
        return False
    return True


def derived_limit(catalogue: Catalogue, span: Period, nodes: Iterable[Node]) -> int:
    """The largest power of ten of fen that fits."""
    wanted = list(nodes)
    power = 0
    while power < 19 and fits(catalogue, span, wanted, 10 ** (power + 1)):
        power += 1
    return 10**power  # type: ignore[no-any-return]
