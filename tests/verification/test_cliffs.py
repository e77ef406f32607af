"""The list of cliffs: that the solver still finds it, no more and no less, and that the program confirms each row.

A part of the laws is asked here; `make cliffs` asks all of them and writes the list anew.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
import z3

from taxcalc import assess
from taxcalc.assessment.model import catalogue_of, model_for, shipped_book
from taxcalc.base.money import yuan
from taxcalc.base.period import Period
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Node, Param, walk
from taxcalc.law.book import Figure
from verification import DOCS
from verification.proofs.cliffs.conditions import KNOWN
from verification.proofs.cliffs.examples import confirmed, turned
from verification.proofs.cliffs.find import turning
from verification.proofs.cliffs.jumps import stepped
from verification.proofs.cliffs.page import page_of
from verification.proofs.cliffs.relaxation import law_of_near_shares
from verification.proofs.cliffs.rows import Row, read, stands
from verification.proofs.laws import Law, input_name, laws_of
from verification.proofs.rule_mutants.mutations import mutated

ROWS, LEFT = read()
OLD = pytest.mark.xfail(strict=True, reason="listed before the small-scale limit was corrected: `make cliffs` is due")
ASKED = [
    ("corporate_income", Period(2023)),
    ("corporate_income", Period(2026)),
    ("individual_income", Period(2023)),
    pytest.param("vat", Period(2023, 1, 1), marks=OLD),
    pytest.param("vat", Period(2026, 1, 3), marks=OLD),
    pytest.param("education_surcharge", Period(2023, 1, 1), marks=OLD),
]


def _law(levy: str, span: Period) -> Law:
    return next(law for law in laws_of(levy) if span in law.spans)


def _listed(levy: str, span: Period) -> set[tuple[str, str]]:
    """Each place with its inputs, but for months that only another law asks for (the first quarter of 2020)."""
    law = _law(levy, span)
    asked = {input_name(node, law.model.span) for node in stepped(law, levy)}
    rows = [row for row in ROWS if row.levy == levy and stands(row.returns, span)]
    return {(row.place, name) for row in rows for name in (*row.inputs, *row.unconfirmed) if name in asked}


@pytest.mark.parametrize(("levy", "span"), ASKED, ids=str)
def test_the_solver_finds_what_is_listed(levy: str, span: Period) -> None:
    assert turning(_law(levy, span), levy) == _listed(levy, span)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.levy}: {row.place}: {row.after}")
def test_the_program_confirms_each_row(row: Row) -> None:
    facts = FactSet(catalogue_of(shipped_book()))
    facts.add("row", row.facts)
    facts.read()
    law = Law(model_for(shipped_book(), facts.period, facts.filing_months()[0]), (facts.period,))
    found = confirmed(law, row.levy, row.facts, row.input)
    assert found is not None
    assert (yuan(found.before), yuan(found.after)) == (row.before, row.after)
    assert found.jump > 100
    assert row.place in turned(law, row.levy, found)
    assert stands(row.returns, facts.period)


def test_what_is_paid_on_both_sides_of_the_best_known_cliff() -> None:
    """3,000,000.00 of taxable income: one more fen costs 600,000.00."""
    firm = {"year": 2023, "employees": "80", "assets": "10000000.00"}
    paid = [
        assess({**firm, "taxable_income": income}).levy("corporate_income").payable
        for income in ("3000000.00", "3000000.01")
    ]
    assert paid == [15_000_000, 75_000_000]


def test_a_step_in_a_scale_that_has_none_is_a_new_cliff() -> None:
    """With a quick deduction of 1,000.00 less, the second bracket no longer begins where the first ends."""
    law = _law("individual_income", Period(2023))
    instead: dict[Node, Node] = {
        n: _less(n, 100_000)
        for n in walk(_payable(law))
        if isinstance(n, Param) and n.path.endswith("bands[1].quick_deduction")
    }
    wrong = Law(mutated(law.model, instead), law.spans)
    found = turning(wrong, "individual_income", lambda node: node.fact.name == "taxable_income")
    assert found - _listed("individual_income", Period(2023))


def test_a_cliff_that_is_gone_is_missed() -> None:
    """With the income limit of small low-profit enterprises at ten times the amount, nothing happens at 3,000,000.00."""
    law = _law("corporate_income", Period(2023))
    limits = [
        n
        for n in walk(law.model.levies["corporate_income"].payable)
        if isinstance(n, Param) and n.path == "cit.small_low_profit.income"
    ]
    wrong = Law(mutated(law.model, {n: _less(n, -9 * 300_000_000) for n in limits}), law.spans)
    found = turning(wrong, "corporate_income", lambda node: node.fact.name == "taxable_income")
    assert found != {one for one in _listed("corporate_income", Period(2023)) if one[1] == "taxable_income"}


def _payable(law: Law) -> Node:
    return law.model.levies["individual_income"].payable


def _less(node: Param, by: int) -> Param:
    assert node.value is not None
    return Param(Figure(node.path, node.value - by, node.unit, node.label, node.version))


def test_the_law_of_near_shares_is_true_of_small_shares() -> None:
    """What the solver is told of two shares, tried on small ones: rounded up, of whole numbers."""

    def share(amount: int, part: int, whole: int) -> int:
        return -(-amount * part // whole)

    small = [(a, p, w) for a, p, w in itertools.product(range(4), range(4), range(1, 4)) if p <= w]
    for one, two in itertools.product(small, small):
        told = law_of_near_shares(
            tuple(z3.RealVal(v) for v in (share(*one), *one)), tuple(z3.RealVal(v) for v in (share(*two), *two))
        )
        assert z3.is_true(z3.simplify(told)), (one, two)


def test_the_page_is_of_the_rows() -> None:
    page = (DOCS / "cliffs.md").read_text(encoding="utf-8")
    assert page == page_of(ROWS, LEFT)
    assert all(row.place == KNOWN[1] or row.place in page for row in ROWS)


def test_nothing_jumps_by_more_than_its_bound() -> None:
    for row in ROWS:
        jump = Fraction(row.after) - Fraction(row.before)
        assert jump > 1
        assert not row.most or jump <= Fraction(row.most)
