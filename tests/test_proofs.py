"""A short version of the proofs: what the solver settles in a minute. `make prove` does all of it."""

from __future__ import annotations

import itertools

import pytest
import z3

from proofs.laws import Law, laws_of
from proofs.mutants import mutants_of, mutated
from proofs.solver import law_of_shares
from proofs.theorems import THEOREMS
from taxcalc.model import model_for, shipped_book
from taxcalc.period import Period

QUICK = {
    "payable is never negative": ("vat", "corporate_income", "resource"),
    "no relief raises a levy, at its place in the order": ("vat", "corporate_income", "resource"),
    "payable is at most the baseline": ("corporate_income", "individual_income", "resource"),
    "giving up a relief never pays (worth ≥ 0)": ("corporate_income", "resource"),
    "the income-tax regime chosen is the least of those granted, and one of them": ("corporate_income",),
    "exactly one income tax, exactly one kind of VAT payer": ("corporate_income", "vat"),
    "no intermediate leaves 64 bits": ("vat", "corporate_income", "stamp"),
}


def _law(levy: str) -> Law:
    return next(law for law in laws_of(levy) if any(span.year == 2023 for span in law.spans))


@pytest.mark.parametrize(("theorem", "levy"), [(t, levy) for t, levies in QUICK.items() for levy in levies])
def test_holds_of_every_business(theorem: str, levy: str) -> None:
    cases = list(THEOREMS[theorem](_law(levy), levy))
    assert cases
    assert [(case.what, case.witness) for case in cases if not case.outcome] == []


def test_the_law_of_shares_is_true_of_small_shares() -> None:
    """The law that the solver is told of amount × part ÷ whole, tried on every small share there is."""
    for amount, part, whole in itertools.product(range(6), range(6), range(1, 6)):
        share = -(-amount * part // whole)
        told = law_of_shares(*(z3.IntVal(v) for v in (share, amount, part, whole)))
        assert z3.is_true(z3.simplify(told)), (amount, part, whole)


def test_every_mutant_can_be_built() -> None:
    model = model_for(shipped_book(), Period(2023, 4, 3), 3)
    mutants = mutants_of(model)
    assert len(mutants) > 500
    for instead in itertools.islice(mutants.values(), 0, None, 25):
        assert mutated(model, instead).levies.keys() == model.levies.keys()
