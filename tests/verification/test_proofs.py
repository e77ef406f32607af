"""A short version of the proofs: what the solver settles in a minute. `make prove` does all of it.

Each theorem is also asked of a rule that is broken on purpose, and must not hold there.
"""

from __future__ import annotations

import copy
import functools
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
import z3

from helpers.command import ROOT
from taxcalc.assessment.model import Model, model_for, shipped_book
from taxcalc.base.period import Period
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import at_least_zero, most, or_zero, total, when
from taxcalc.rules import vat_small_scale
from verification.proofs import __main__ as command
from verification.proofs.laws import Law, laws_of
from verification.proofs.rule_mutants.mutations import mutants_of, mutated
from verification.proofs.solver.refute import at_most_seconds
from verification.proofs.solver.terms import law_of_shares
from verification.proofs.theorems import exactly_one
from verification.proofs.theorems.arithmetic import steps_of_bounds, steps_of_shares
from verification.proofs.theorems.case import Case, accepted
from verification.proofs.theorems.catalogue import MORE_SALES, THEOREMS
from verification.proofs.theorems.run import Line, Verdict
from verification.proofs.theorems.savings_sum import FreeAmounts, sum_of
from verification.proofs.theorems.year_of_returns import lines_of

NEGATIVE, SAVES, BASELINE, WORTH, _, REGIME, TAXPAYER, TREATMENT, GROUP, RESEARCH = list(THEOREMS)[:10]
BITS, YEAR, PARTS = list(THEOREMS)[13:]
STATED, NOT_STATED = (f"{MORE_SALES} (kind of payer {what})" for what in ("stated", "not stated"))
QUICK = {
    NEGATIVE: ("vat", "corporate_income", "resource", "disability_fund", "labour_unemployment"),
    SAVES: ("vat", "corporate_income", "resource", "vehicle_purchase", "labour_work_injury"),
    BASELINE: ("corporate_income", "individual_income", "resource", "education_surcharge"),
    WORTH: ("corporate_income", "resource", "financing_equipment_interest"),
    REGIME: ("corporate_income",),
    TAXPAYER: ("corporate_income", "vat"),
    TREATMENT: ("vat",),
    GROUP: ("corporate_income", "smart_manufacturing"),
    RESEARCH: ("corporate_income",),
    STATED: ("vat",),
    BITS: ("vat", "corporate_income", "stamp"),
    YEAR: ("vat", "education_surcharge"),
    PARTS: ("vat",),
}


@functools.cache
def _law(levy: str, months: int = 1, first: int = 0) -> Law:
    """The form of April 2023, of January for the income tax (or the year); `make prove` takes every one."""
    first = first or (1 if levy == "corporate_income" else 4)
    span = Period(2023, first, months) if months < 12 else Period(2023)
    return next(law for law in laws_of(levy) if span in law.spans)


@pytest.mark.parametrize(("theorem", "levy"), [(t, levy) for t, levies in QUICK.items() for levy in levies])
def test_holds_of_every_business(theorem: str, levy: str) -> None:
    law = _law(levy, 12) if theorem == YEAR else _law(levy, first=6 if theorem == RESEARCH else 0)
    cases = list(THEOREMS[theorem](law, levy))
    assert cases
    assert [(case.what, case.witness) for case in cases if not case.outcome] == []


def test_what_does_not_hold_has_a_witness() -> None:
    """And counts as nothing proved."""
    found = list(THEOREMS[NOT_STATED](_law("vat"), "vat"))
    assert any(case.witness for case in found)
    assert not any(case.outcome for case in found)


def test_vat_paid_stands_in_for_vat_that_cannot_be_worked_out() -> None:
    """What `make prove` finds of a general payer that states the VAT it paid, and no rate."""
    law = _law("vat")
    facts = {
        "period": str(law.model.span),
        "vat_payer": "general",
        "simple_method_sales": "0.50",
        "input_vat": "0.00",
        "vat_paid": "0.00",
    }
    paid = [accepted(law.model, {**facts, "revenue": sales}).value(payable_of("vat")) for sales in ("0.50", "0.51")]
    assert paid == [2, 0]


def broken(levy: str, payable: Node, months: int = 1) -> Law:
    """The law of a levy with another node in place of its own."""
    law = _law(levy, months)
    model = copy.copy(law.model)
    model.levies = {**model.levies, levy: model.levies[levy]._replace(payable=payable)}
    return Law(model, law.spans)


def refuted(theorem: str, law: Law, levy: str) -> list[Case]:
    return [case for case in THEOREMS[theorem](law, levy) if not case.outcome]


def payable_of(levy: str, months: int = 1) -> Node:
    return _law(levy, months).model.levies[levy].payable


def fen(amount: int) -> Const:
    return Const(amount, "money")


def test_a_levy_that_can_be_negative_is_found() -> None:
    (found,) = refuted(NEGATIVE, broken("resource", payable_of("resource") - fen(1)), "resource")
    assert found.witness


@pytest.mark.parametrize("theorem", [SAVES, BASELINE, WORTH])
def test_a_relief_that_costs_is_found(theorem: str) -> None:
    model = _law("resource").model
    costs = when(model.grants["six_taxes_halving"][0], fen(100), fen(0))
    due = payable_of("resource") + payable_of("resource")
    found = refuted(theorem, broken("resource", most(payable_of("resource"), due) + costs), "resource")
    assert found
    assert found[0].witness


def test_savings_that_are_counted_twice_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_for(shipped_book(), Period(2023, 4, 1), 1)
    assert sum_of(model, "cost").outcome
    assert sum_of(model, "grant").outcome
    monkeypatch.setattr(FreeAmounts, "is_chosen", lambda self, relief: True)
    assert sum_of(model, "grant").outcome.model is not None


def test_a_regime_that_is_not_the_least_is_found() -> None:
    model = _law("corporate_income").model
    every = [when(one.granted, one.payable, model.standard_tax) for one in model.regimes]
    law = broken("corporate_income", most(*every, model.standard_tax))
    assert any(case.witness for case in refuted(REGIME, law, "corporate_income"))
    assert refuted(GROUP, law, "corporate_income")


def test_two_income_taxes_are_found() -> None:
    law = _law("corporate_income")
    model = copy.copy(law.model)
    both = ~NEVER if isinstance(NEVER, Node) else NEVER
    model.levies = {**model.levies, "individual_income": model.levies["individual_income"]._replace(applies=both)}
    assert refuted(TAXPAYER, Law(model, law.spans), "corporate_income")


def test_a_treatment_that_overlaps_is_found() -> None:
    """In a process of its own: what a solver was asked before decides whether this takes it ten seconds or minutes."""
    code = "import runpy, sys; runpy.run_path(sys.argv[1])['_an_overlap_is_found']()"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", code, __file__],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (done.returncode, done.stderr) == (0, "")


def _an_overlap_is_found() -> None:
    """Sales of real estate are exempt by the exemption of other sales alone."""
    setattr(vat_small_scale, "exempt_real_estate", vat_small_scale.exempt)  # noqa: B010 the rule is broken on purpose
    exactly_one.LIMIT_MS = 600_000
    span = Period(2023, 4, 1)
    model = Model(shipped_book(), _law("vat").model.catalogue, span, 1)
    (found,) = refuted(TREATMENT, Law(model, (span,)), "vat")
    assert found.what == "VAT is what the treatments give"
    assert found.witness


def test_two_grants_of_a_group_are_found() -> None:
    levy = "smart_manufacturing"
    both = total(when(one.granted, one.payable, 0) for one in _law(levy).model.choices[levy])
    found = refuted(GROUP, broken(levy, both), levy)
    assert any(case.witness for case in found)


def test_research_that_costs_is_found() -> None:
    law = broken("corporate_income", or_zero(_law("corporate_income").model.firm.rd_expensed) * 2)
    (found,) = refuted(RESEARCH, law, "corporate_income")
    assert found.what == "rd_expensed"
    assert found.witness


def test_sales_that_lower_vat_are_found() -> None:
    firm = _law("vat").model.firm.periods[0]
    law = broken("vat", at_least_zero(fen(1000) - or_zero(firm.revenue) * 2))
    assert all(case.witness for case in refuted(STATED, law, "vat"))
    assert refuted(STATED, law, "vat")


def test_an_amount_that_leaves_64_bits_is_found() -> None:
    assert refuted(BITS, broken("stamp", payable_of("stamp") * 10**9), "stamp")


def test_a_return_that_is_left_out_of_a_year_is_found() -> None:
    *lines, _ = lines_of(_law("vat", 12).model, "vat")
    found = refuted(YEAR, broken("vat", total(lines), 12), "vat")
    assert [case.what for case in found] == ["the sum, by quarter"]
    assert all(case.false for case in found)


def test_parts_that_exceed_sales_and_spare_tax_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sales that are left over as less than nothing lower the tax, and the exemption gives that up."""
    monkeypatch.setattr(vat_small_scale, "at_least_zero", lambda node: node)
    span = Period(2023, 4, 1)
    law = Law(Model(shipped_book(), _law("vat").model.catalogue, span, 1), (span,))
    with at_most_seconds(8):  # what holds is shown in less; see the test of every theorem above
        assert not next(THEOREMS[PARTS](law, "vat")).outcome


@pytest.mark.parametrize("step", [*steps_of_shares(), *steps_of_bounds()], ids=lambda step: step.name)
def test_the_arithmetic_that_the_proofs_rest_on(step: object) -> None:
    assert step.outcome()  # type: ignore[attr-defined]


def test_the_law_of_shares_is_no_stronger_than_it_is_proved() -> None:
    """The last step does not hold of a law that says more: that a share is below its amount."""
    last = steps_of_shares()[-1]
    amount, share = z3.Ints("amount share")
    more = z3.And(last.claim, z3.Implies(amount > 0, share < amount))
    assert last._replace(claim=more).outcome().model is not None
    assert z3.is_true(z3.simplify(law_of_shares(*(z3.IntVal(v) for v in (2, 3, 1, 2)))))


def test_a_run_that_is_stopped_leaves_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "proofs.md").write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(command, "DOCS", tmp_path)

    def stopped(*_: object) -> object:
        yield Line("a theorem", "vat", 1, [Verdict("holds", "2023")], 0.1)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "prove", stopped)
    with pytest.raises(KeyboardInterrupt):
        command.main("prove", "2023")
    assert (tmp_path / "proofs.md").read_text(encoding="utf-8") == "as it was"
    monkeypatch.setattr(
        command, "prove", lambda *_: iter([Line("a theorem", "vat", 1, [Verdict("open", "2023")], 0.1)])
    )
    assert command.main("prove", "2023") == 1
    assert "a theorem (`vat`, 2023): open" in (tmp_path / "proofs.md").read_text(encoding="utf-8")


def test_months_of_one_form_are_proved_once() -> None:
    """A month is the first, second or third of a quarter; where the law changes, so does the form."""
    months = [law for law in laws_of("resource") if any(s.year == 2023 and s.months == 1 for s in law.spans)]
    assert sorted(span.first for law in months for span in law.spans if span.year == 2023 and span.months == 1) == [
        *range(1, 13)
    ]
    assert len(months) == 3
    vat = [law for law in laws_of("vat") if {Period(2022, 3, 1), Period(2022, 6, 1)} & {*law.spans}]
    assert len(vat) == 2


def test_every_mutant_can_be_built() -> None:
    model = model_for(shipped_book(), Period(2023, 4, 3), 3)
    mutants = mutants_of(model)
    assert len(mutants) > 500
    for instead in itertools.islice(mutants.values(), 0, None, 25):
        assert mutated(model, instead).levies.keys() == model.levies.keys()
