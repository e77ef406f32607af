"""The theorem that no intermediate of a program leaves 64 bits, for amounts up to the published limit.

The builder of programs bounds every value from the bounds of its inputs; the largest that it finds is the proof.
That a bound of an operation follows from the bounds of its operands is proved in `proofs.arithmetic`.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.case import Case, reliefs_of
from proofs.laws import Law
from proofs.refute import Outcome
from taxcalc.engine.lower import Lowering
from taxcalc.engine.program import INT64


def fits_64_bits(law: Law, levy: str) -> Iterator[Case]:
    """Of the levy with every set of claims that savings and worths are counted from, of its balance and condition."""
    low = Lowering(law.model.span, dict.fromkeys(law.model.inputs(), "gaps"), most=2**200)
    built = law.model.levies[levy]
    ids = reliefs_of(law.model, built.payable)
    sets = [frozenset(ids[i:]) for i in range(len(ids) + 1)] + [frozenset((id,)) for id in ids]
    for off in sets:
        low.claiming(off).value(built.payable)
    for node in (built.applies, built.balance):
        if node is not None:
            low.claiming(frozenset()).value(node)
    yield Case(f"at most {low.builder.peak / 2**63:.0%} of it", Outcome(low.builder.peak <= INT64))
