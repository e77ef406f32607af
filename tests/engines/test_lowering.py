"""Any expression, lowered to whole numbers, has the value that the exact evaluator gives it: signs,
fractions, unknowns and all, whether or not a rule of today writes such a thing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.assessment.model import catalogue_of, model_for, shipped_book
from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.period import Period
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.lower import Lowering
from taxcalc.engines.program import compile_program
from taxcalc.engines.values import Flag
from taxcalc.facts.periods import part_inside
from taxcalc.facts.statement import FactSet
from taxcalc.firms.outcome import answered_singly
from taxcalc.graph.nodes import In, Node, Op
from taxcalc.graph.words import all_of, any_of, at_least_zero, known, least, most, or_else, round_fen, share_up, when

CATALOGUE = catalogue_of(shipped_book())
AMOUNTS = [In(name, "money", CATALOGUE[name]) for name in ("taxable_income", "property_tax_due", "stamp_sale")]
FLAGS = [In(name, "flag", CATALOGUE[name]) for name in ("western_region", "high_tech", "tech_sme")]
Columns: TypeAlias = dict[str, list[int]]
RATES = [Fraction(1, 2), Fraction(3, 100), Fraction(1, 3), Fraction(101, 100), 1, 2]


def amounts(depth: int) -> st.SearchStrategy[Node]:
    """Amounts of money, some with fractions of a fen."""
    if depth == 0:
        return st.sampled_from(AMOUNTS)
    below, rates, flag = amounts(depth - 1), st.sampled_from(RATES), flags(depth - 1)
    return st.one_of(
        st.sampled_from(AMOUNTS),
        st.builds(lambda a, b: a + b, below, below),
        st.builds(lambda a, b: a - b, below, below),
        st.builds(lambda a, r: a * r, below, rates),
        st.builds(lambda a, r: a / r, below, rates),
        st.builds(lambda a: 0 - a, below),
        st.builds(lambda a, r: round_fen(a * r), below, rates),
        st.builds(lambda a, r: round_fen((0 - a) / r), below, rates),
        st.builds(at_least_zero, below),
        st.builds(least, below, below),
        st.builds(most, below, below),
        st.builds(or_else, below, below),
        st.builds(when, flag, below, below),
        st.builds(
            lambda a, b, c: share_up(*(at_least_zero(round_fen(x)) for x in (a, least(a, b), c))), below, below, below
        ),
    )


def flags(depth: int) -> st.SearchStrategy[Node]:
    """Conditions."""
    if depth == 0:
        return st.sampled_from(FLAGS)
    below, flag = amounts(depth - 1), flags(depth - 1)
    return st.one_of(
        st.sampled_from(FLAGS),
        st.builds(lambda a, b: a <= b, below, below),
        st.builds(lambda a, b: a < b, below, below),
        st.builds(all_of, flag, flag),
        st.builds(any_of, flag, flag),
        st.builds(lambda f: ~f, flag),
        st.builds(known, below),
        st.builds(or_else, flag, flag),
        st.builds(lambda c, a, b: Op("when", c, a, b, unit="flag"), flag, flag, flag),
    )


def rows(size: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Values of the inputs, or None."""
    money, positive = st.integers(-40, 40), st.integers(0, 40)
    return st.lists(
        st.fixed_dictionaries(
            {
                "taxable_income": st.none() | money,
                "property_tax_due": st.none() | positive,
                "stamp_sale": st.none() | positive,
                **{flag.name: st.none() | st.booleans() for flag in FLAGS},
            }
        ),
        min_size=size,
        max_size=size,
    )


def _run(outputs: Mapping[str, Whole | Truth], columns: Columns, present: Columns, size: int) -> dict[str, list[int]]:
    """The outputs for rows of these columns, of which some cells are present."""
    program = compile_program(outputs)
    given = {(kind, name): (columns if kind == "input" else present)[name] for kind, name in program.inputs}
    return ListKernel().run(program, given, size)


@settings(max_examples=800, deadline=None)
@given(st.one_of(amounts(3), flags(3)), rows(6))
def test_a_lowered_expression_has_its_exact_value(node: Node, firms: list[dict[str, Any]]) -> None:
    lowering = Lowering(Period(2025), dict.fromkeys(firms[0], "gaps"), limit=100)
    value = lowering.value(node)
    flag = isinstance(value, Flag)
    outputs = {"value": value.true if isinstance(value, Flag) else value.n, "needs": value.needs}
    columns = {name: [int(firm[name] or 0) for firm in firms] for name in firms[0]}
    there: Columns = {name: [firm[name] is not None for firm in firms] for name in firms[0]}
    out = _run(outputs, columns, there, len(firms))
    for row, firm in enumerate(firms):
        exact = Exact(lambda asked, firm=firm: firm[asked.name]).value(node)  # type: ignore[misc]
        needs = {name for name, bit in lowering.bits.items() if out["needs"][row] & bit}
        if isinstance(exact, Unknown):
            assert needs == {asked.fact.name for asked in exact.needs}
            assert not flag or out["value"][row] is False
        else:
            assert not needs
            assert (
                out["value"][row] == exact if isinstance(value, Flag) else Fraction(out["value"][row], value.d) == exact
            )


INPUTS = {name: list(CATALOGUE[name].inputs()) for name in ("revenue", "vat_paid", "employees", "assets")}


@settings(max_examples=400, deadline=None)
@given(
    st.data(), st.sampled_from(sorted(INPUTS)), st.sampled_from([Period(2025), Period(2025, 4, 3), Period(2025, 5, 1)])
)
def test_a_fact_is_come_by_in_the_same_way(data: Any, name: str, span: Period) -> None:
    """Stated, summed, spread over periods, or averaged: in columns as for one business."""
    fact = CATALOGUE[name]
    chosen = data.draw(st.lists(st.sampled_from(INPUTS[name]), unique=True, max_size=9))
    cells = {each: str(data.draw(st.integers(0, 999))) for each in chosen}
    facts = FactSet(CATALOGUE)
    facts.add("row", cells | {"period": str(span)})
    facts.read()
    if facts.problems:
        return
    periods: list[Period | None] = [None] if fact.points else [span, *span.parts(1), *span.parts(min(3, span.months))]
    for period in periods:
        lowering = Lowering(span, dict.fromkeys(INPUTS[name], "gaps"))
        value, parts, there = lowering.figure(fact, period)
        unit = 100 if fact.type == "money" else 10_000
        columns = {each: [int(cells.get(each, 0)) * unit] for each in INPUTS[name]}
        present: Columns = {each: [each in cells] for each in INPUTS[name]}
        out = _run({"value": value, "there": there}, columns, present, 1)
        exact = facts.resolve(fact, period)
        assert out["there"] == [exact is not None]
        if exact is not None:
            assert Fraction(out["value"][0], parts) == exact.value


@settings(max_examples=400, deadline=None)
@given(
    st.data(), st.sampled_from(sorted(INPUTS)), st.sampled_from([Period(2025), Period(2025, 4, 3), Period(2025, 5, 1)])
)
def test_parts_that_contradict_are_found_in_the_same_way(data: Any, name: str, span: Period) -> None:
    """Outside the period, not the sum of all parts, less than some of them, beside only some of them, or both ways at
    once: as for one business."""
    parts = {each: each.removeprefix(f"{name}_") for each in INPUTS[name] if each != name}
    inside = [each for each, part in parts.items() if part_inside(CATALOGUE[name], part, span)]
    likely = [name, *inside, *inside, *INPUTS[name]]
    chosen = data.draw(st.lists(st.sampled_from(likely), unique=True, max_size=14))
    whole = [[f"{name}_q{q}" for q in range(1, 5)], [f"{name}_m{m:02}" for m in range(1, 13)]]
    whole += [[f"{name}_q{q}" for q in range(2, 5)] + [f"{name}_m{m:02}" for m in range(1, 4)]]
    if data.draw(st.booleans()):  # all the parts, for which the figures decide
        some = data.draw(st.sampled_from(whole))
        chosen += [each for each in some if each in inside and each not in chosen]
    cells = {each: data.draw(st.integers(0, 6 if each == name else 2)) for each in chosen}
    facts = FactSet(CATALOGUE)
    facts.add("row", {each: str(value) for each, value in cells.items()} | {"period": str(span)})
    facts.read()
    lowering = Lowering(span, dict.fromkeys(INPUTS[name], "gaps"))
    model = model_for(shipped_book(), span, 1)
    wrong = answered_singly(lowering, model, frozenset())
    unit = 100 if CATALOGUE[name].type == "money" else 10_000
    columns = {each: [cells.get(each, 0) * unit] for each in INPUTS[name]}
    present: Columns = {each: [each in cells] for each in INPUTS[name]}
    out = _run({"wrong": wrong}, columns, present, 1)
    assert out["wrong"] == [bool(facts.problems)], facts.problems
