"""The theorem that no intermediate of a program leaves 64 bits, for amounts up to the published limit.

The builder of programs bounds every value from the bounds of its inputs; the largest that it finds is the proof.
That a bound of an operation follows from the bounds of its operands is proved in `arithmetic.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.assessment.model import Model, model_for
from taxcalc.base.algebra import INT64
from taxcalc.engines.lower import Lowering
from taxcalc.firms.outcome import outcome
from taxcalc.firms.wanted import Wanted, every_figure, levies_of, rows_of
from verification.proofs.laws import Law
from verification.proofs.solver.refute import Outcome
from verification.proofs.theorems.case import Case, reliefs_of


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
    fits = low.builder.peak <= INT64
    yield Case(f"at most {low.builder.peak * 100 // 2**63}% of it", Outcome(fits), false=not fits)
    if levy == "corporate_income":  # which every period has
        for span in law.spans:
            fits = _builds(model_for(law.model.book, span, law.model.filing_months))
            yield Case(f"the whole program of a batch, {span}", Outcome(fits), false=not fits)


def _builds(model: Model) -> bool:
    """Can the program that answers all that a batch can ask be built? Its builder refuses what leaves 64 bits."""
    stated = frozenset(model.inputs())
    levies = levies_of(rows_of([model], dict.fromkeys(stated, "gaps"), stated))
    figures = every_figure("full", model.book)
    try:
        outcome(model, dict.fromkeys(stated, "gaps"), Wanted(stated, tuple(levies), tuple(figures), reasons=True))
    except OverflowError:
        return False
    return True
