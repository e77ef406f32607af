"""The language of rules: a rule that branches, holds a float or adds what does not go together cannot be written."""

from __future__ import annotations

from typing import Any

import pytest

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.graph.line import line
from taxcalc.graph.nodes import In, RuleError
from taxcalc.graph.words import all_of, round_fen, when

MONEY, COUNT, FLAG = (catalogue_of(shipped_book())[name] for name in ("taxable_income", "interns", "high_tech"))
A, B, C = In("a", "money", MONEY), In("b", "money", MONEY), In("c", "flag", FLAG)
N = In("n", "count", COUNT)


def branch(firm: Any, law: Any) -> Any:
    return 1 if firm.x else 2


def conjunction(firm: Any, law: Any) -> Any:
    return firm.x and firm.y


def negation(firm: Any, law: Any) -> Any:
    return not firm.x


def chain(firm: Any, law: Any) -> Any:
    return 1 <= firm.x <= 3


def decimal_rate(firm: Any, law: Any) -> Any:
    return firm.x * 0.05


@pytest.mark.parametrize("rule", [branch, conjunction, negation, chain])
def test_a_line_that_branches_is_refused_at_import(rule: Any) -> None:
    with pytest.raises(RuleError, match=r"when\(condition, a, b\)"):
        line("零", "nothing")(rule)


def test_a_line_with_a_float_is_refused_at_import() -> None:
    with pytest.raises(RuleError, match="not exact"):
        line("零", "nothing")(decimal_rate)


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: bool(A <= B), "no truth value"),
        (lambda: A + 5, "belongs in a table"),
        (lambda: A * 0.5, "only whole numbers"),  # type: ignore[operator]
        (lambda: A * B, "money times money"),
        (lambda: A + N, "do not go together"),
        (lambda: N >= A, "do not go together"),
        (lambda: A / B, "divide by parameters"),
        (lambda: all_of(A), "a condition is needed"),
        (lambda: when(A, B, 0), "a condition is needed"),
        (lambda: C * 2, "cannot be multiplied"),
        (lambda: round_fen(N), "only money"),
    ],
)
def test_an_expression_without_meaning_is_refused(build: Any, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        build()
