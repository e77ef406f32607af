"""The engines: they agree, they round as the law does, and what is not known is not nought."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.limit import derived_limit, fits
from helpers.years import YEARS
from taxcalc.assessment.evaluation import assess
from taxcalc.assessment.model import Model, catalogue_of, model_for, shipped_book
from taxcalc.base.algebra import Builder
from taxcalc.base.period import Period
from taxcalc.engines.exact import Exact, half_away
from taxcalc.engines.plain import Plain
from taxcalc.facts.catalogue import MONEY_LIMIT, Fact
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Const, In, Node, Param
from taxcalc.graph.words import most

MONEY = catalogue_of(shipped_book())["taxable_income"]


# ---------------------------------------------------------------------- rounding


@given(st.fractions(max_denominator=10_000))
def test_rounding_is_half_away_from_zero(value: Fraction) -> None:
    rounded = half_away(value)
    assert abs(rounded - value) <= Fraction(1, 2)
    assert half_away(-value) == -rounded
    if abs(rounded - value) == Fraction(1, 2):
        assert abs(rounded) > abs(value)


# ---------------------------------------------------------------------- engines agree


EDGES = [0, 1, 3, 9_999_999, 10_000_000, 10_000_001, 29_999_999, 30_000_000, 30_000_001, 45_000_000, 100_000_000]
EDGES += [299_999_999, 300_000_000, 300_000_001, 500_000_000, 5_000_000_000, 5_000_000_001, MONEY_LIMIT]


@functools.cache  # a strategy looks itself over when it is first drawn from, which takes longer than to draw
def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Values of a fact that lean on the thresholds of the law."""
    if fact.type == "money":
        top = int(fact.maximum)
        amounts = st.one_of(st.sampled_from([edge for edge in EDGES if edge <= top]), st.integers(0, min(top, 10**10)))
        return st.one_of(amounts, amounts.map(lambda v: -v)) if fact.negative else amounts
    if fact.type == "average":
        return st.one_of(st.sampled_from([0, 299, 300, 301]), st.integers(0, 2403).map(lambda n: Fraction(n, 8)))
    if fact.type == "rate":
        return st.sampled_from(
            [Fraction(n, 10_000) for n in (0, 50, 100, 150, 300, 4999, 5000, 5999, 6000, 6001, 7000, 10_000)]
        )
    if fact.type == "count":
        return st.integers(int(fact.minimum or 0), min(31, int(fact.maximum)))
    return st.integers(0, len(fact.options) - 1) if fact.options else st.booleans()


def full_firm(model: Model, draw: Any) -> Exact:
    """An evaluation in which every input is known, and no month has more than its quarter."""
    drawn: dict[tuple[Any, Period | None], Any] = {}

    def lookup(node: In) -> Any:
        return figure(node.fact, node.period)

    def figure(fact: Fact, period: Period | None) -> Any:
        if (fact, period) not in drawn:
            value = draw(values_of(fact))
            if period and period.months < model.filing_months and not fact.negative:
                value = min(value, figure(fact, period.around(model.filing_months)))
            drawn[fact, period] = value
        return drawn[fact, period]

    return Exact(lookup)


def outputs(model: Model) -> list[Node]:
    nodes = [built.payable for built in model.levies.values() if not built.missing]
    return [
        *nodes,
        model.loss_carried_forward,
        model.standard_tax,
        *(one.payable for options in model.choices.values() for one in options),
    ]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(YEARS), st.sampled_from([1, 3]))
def test_a_variant_equals_a_fresh_evaluation(data: Any, year: int, months: int) -> None:
    """What an incremental variant keeps from its base is what it would compute anew."""
    model = model_for(shipped_book(), Period(year), months)
    off = data.draw(st.frozensets(st.sampled_from(sorted(model.reliefs))))
    base = full_firm(model, data.draw)
    for node in outputs(model):
        base.value(node)
    variant = base.without(off)
    fresh = Exact(lambda node: base.value(node), off)
    for node in outputs(model):
        assert variant.value(node) == fresh.value(node)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(YEARS))
def test_no_relief_raises_what_is_payable(data: Any, year: int) -> None:
    model = model_for(shipped_book(), Period(year), 3)
    firm = full_firm(model, data.draw)
    relief = data.draw(st.sampled_from(sorted(model.reliefs)))
    for built in model.levies.values():
        if not built.missing:
            with_it = firm.known(built.payable)
            if _contradictory(firm, model):
                continue
            assert with_it >= 0 or built.levy.kind not in ("tax", "fee")
            assert with_it <= firm.without(frozenset((relief,))).known(built.payable)


def _contradictory(firm: Exact, model: Model) -> bool:
    """Parts that exceed their whole are refused before anything is computed."""
    return any(check.severity == "error" and firm.value(node) is True for check, node in model.checks())


# ---------------------------------------------------------------------- limits


def test_the_published_limit_is_the_derived_one() -> None:
    """No intermediate of any year leaves 64 bits within it, and in some year ten times more would."""
    models = [model_for(shipped_book(), Period(year), months) for year in YEARS for months in (1, 3)]
    asked = [(model.catalogue, model.span, outputs(model)) for model in models]
    assert all(fits(*one, MONEY_LIMIT) for one in asked)
    tightest = next(one for one in asked if not fits(*one, MONEY_LIMIT * 10))
    assert derived_limit(*tightest) == MONEY_LIMIT


def test_a_program_that_could_overflow_is_refused_when_it_is_built() -> None:
    builder = Builder()
    column = builder.input("x", 0, 10**15)
    with pytest.raises(OverflowError):
        builder.mul(column, 10**4)


# ---------------------------------------------------------------------- unknown facts


def test_unknown_is_not_zero() -> None:
    result = assess({"year": 2023})
    vat = result.levy("vat")
    assert (vat.status, vat.payable, vat.needs) == ("needs_fact", None, ("revenue",))
    assert result.saved[:3] == (None, None, None)
    assert result.saved.incomplete == (
        "vat",
        "urban_construction",
        "corporate_income",
        "education_surcharge",
        "local_education_surcharge",
    )


def test_only_what_can_matter_is_asked() -> None:
    """Headcount cannot matter once income fails the test."""
    facts = {"year": 2023, "taxable_income": "9_000_000"}
    asked = {question.fact for question in assess(facts).questions}
    assert "employees" not in asked
    facts["taxable_income"] = "2_000_000"
    asked = {question.fact for question in assess(facts).questions}
    assert {"employees", "assets"} <= asked


def test_questions_come_with_what_is_at_stake() -> None:
    result = assess({"year": 2023, "taxable_income": "9_000_000"})
    stakes = {question.fact: question.at_stake for question in result.questions}
    assert stakes["high_tech"] == 90_000_000  # 25% against 15% of nine million
    blocking = set(result.levy("vat").needs)
    assert {question.fact for question in result.questions[: len(blocking)]} == blocking  # a total lacks VAT
    order = [question.at_stake or 0 for question in result.questions[len(blocking) :]]
    assert order == sorted(order, reverse=True)


def test_every_parameter_carries_its_version() -> None:
    model = model_for(shipped_book(), Period(2023), 3)
    from taxcalc.graph.nodes import walk

    params = [node for node in walk(*outputs(model)) if isinstance(node, Param)]
    assert len(params) > 30
    for param in params:
        assert param.value is not None
        assert param.version
        assert param.version.cites


def test_most_and_share_up_are_exact() -> None:
    from taxcalc.graph.words import share_up

    amount, part, whole = (In(name, "money", MONEY) for name in "abw")
    engine = Exact(lambda node: {"a": 7, "b": 10, "w": 3}[node.name])
    assert engine.value(share_up(amount, part, whole)) == 24  # 70 / 3 = 23.33…
    assert engine.value(most(amount, part)) == 10


def test_facts_can_be_given_to_a_fact_set() -> None:
    facts = FactSet(catalogue_of(shipped_book()))
    facts.add("test", {"年度": "2023", "销售额（不含税）": "12万"})
    result = assess(facts.read())
    assert result.levy("vat").baseline == 360_000


def test_claims_may_be_dropped_one_after_another_as_often_as_there_are_reliefs() -> None:
    facts = FactSet(catalogue_of(shipped_book()))
    plain = Plain(Exact(lambda node: None), lambda node: [], facts.cells)
    for number in range(3000):
        plain.claiming(frozenset((f"relief {number}",)))
    assert plain.number(Const(1, "count")).n == 1
