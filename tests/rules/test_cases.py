"""Worked cases as data: tests/cases/*.toml state facts and what must come out, to the fen."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.cases import CASES
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.result import Assessment
from taxcalc.base.money import yuan
from taxcalc.graph.nodes import Named, walk
from taxcalc.report.words import Words


def line(result: Evaluation, name: str) -> int:
    """The value of a named line, in the last period that has one."""
    nodes = walk(*(built.payable for built in result.model.levies.values()))
    found = [node for node in nodes if isinstance(node, Named) and node.name == name]
    assert found, f"no line is named {name}"
    return int(result.exact.known(found[-1]))


def written(value: Any) -> Any:
    """Amounts in yuan, several things as a list: as a case in TOML states them."""
    if isinstance(value, tuple):
        return list(value)
    return yuan(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: dict[str, Any]) -> None:
    known = {"id", "origin", "facts", "levies", "items", "lines", "regime", "loss", "warnings", "unmet", "totals"}
    assert set(case) <= known
    evaluation = evaluate(case["facts"])
    result = evaluation.assessment
    for id, expected in case.get("levies", {}).items():
        levy = result.levy(id)
        assert {key: written(getattr(levy, key)) for key in expected} == expected, id
    for id, expected in case.get("items", {}).items():
        item = result.item(id)
        assert {key: written(getattr(item, key)) for key in expected} == expected, id
    for kind, expected in case.get("totals", {}).items():
        assert (written(result.totals[kind].saving) or "unknown") == expected, kind
    for name, expected in case.get("lines", {}).items():
        assert yuan(line(evaluation, name)) == expected, name
    if "regime" in case:
        assert [regime.id for regime in result.regimes if regime.chosen] == [case["regime"]]
    if "loss" in case:
        assert written(result.balances.loss) == case["loss"]
    assert [warning.problem.key for warning in result.warnings] == case.get("warnings", [])
    for id, text in case.get("unmet", {}).items():
        words = Words(result, evaluation.model.book, "en", plain=True)
        assert text in [words.condition(condition) for condition in words.unmet(result.item(id))]
    check_sums(result)


def check_sums(result: Assessment) -> None:
    """What every result must satisfy: lines add up, and nothing is negative."""
    for levy in result.levies:
        if levy.payable is not None and levy.baseline is not None and levy.saving is not None:
            assert levy.baseline - levy.saving == levy.payable
            assert levy.payable >= 0 or levy.kind not in ("tax", "fee")
            shares = sum(item.by_levy.get(levy.id, 0) for item in result.items)
            assert shares == levy.saving, levy.id
    counted = [item for item in result.items if item.kind in ("tax", "fee")]
    assert sum(item.saving or 0 for item in counted) == (result.saved.saving or 0)
    for kind in ("grant", "financing", "deferral", "evaluation", "personal"):
        certain = sum(item.saving or 0 for item in result.items if item.kind == kind and not item.at_most)
        assert certain == (result.totals[kind].saving or 0)
    for item in result.items:
        if item.before is None or item.saving is None:
            assert {item.before, item.saving, item.after, item.worth} == {None}
            assert item.status == "needs_fact"
            continue
        assert item.before - item.saving == item.after
        assert item.saving == sum(item.by_levy.values())
