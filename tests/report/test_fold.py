"""An explanation is folded without losing a figure: what it leaves out is the same as what it shows, but for the period."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.command import ROOT
from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.period import Period
from taxcalc.facts.files import read_source
from taxcalc.report.document import words_of
from taxcalc.report.explain import as_dicts, steps
from taxcalc.report.fold import spans

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
PERIOD = re.compile(r"\b\d{4}(?:-\d\d|Q\d)\b")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_value_of_the_whole_explanation_stands_in_the_folded_one(example: Path) -> None:
    evaluation = evaluate(read_source(str(example))[1])
    told = " ".join(words_of(step.text) for step in steps(evaluation, "en"))
    told = re.sub(r"(?<=\d),(?=\d)", "", told)
    for line in as_dicts(evaluation, "en"):
        assert f"= {line['value']}" in told, line["label"]
        assert PERIOD.sub("", str(line["label"])).strip() in told


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_the_same_is_the_same(example: Path) -> None:
    """Of each period that is left out the line has the value of the one that is shown."""
    evaluation = evaluate(read_source(str(example))[1])
    whole = {str(line["label"]): str(line["value"]).replace(",", "") for line in as_dicts(evaluation, "en")}
    shown: dict[int, tuple[str, str]] = {}
    for step in steps(evaluation, "en"):
        said = words_of(step.text)
        more = re.match(r"the same for (\d+) more: (.*)", said)
        if more is None:
            label = said.partition(" = ")[0]
            shown[step.depth] = (label, whole.get(label, ""))
            continue
        same = [label for label in whole if PERIOD.sub("", label) == PERIOD.sub("", shown[step.depth][0])]
        values = [whole[label] for label in same]
        assert values.count(shown[step.depth][1]) > int(more[1]), said


def test_twelve_months_of_one_form_are_told_once() -> None:
    evaluation = evaluate(read_source(str(ROOT / "examples" / "tech-sme.toml"))[1])
    said = [words_of(step.text) for step in steps(evaluation, "zh")]
    assert said.count("其余 11 期相同：2023-02 – 2023-12") == 4
    assert len(said) * 4 < len(as_dicts(evaluation, "zh"))
    assert any(line.startswith("应纳增值税 2023-01 = 一般纳税人应纳增值税 = ") for line in said)


def test_months_that_differ_are_each_told() -> None:
    facts = read_source(str(ROOT / "examples" / "tech-sme.toml"))[1]
    evaluation = evaluate({**facts, "revenue": [2_000_000] * 11 + [2_000_100]})
    said = [words_of(step.text) for step in steps(evaluation, "en")]
    assert "the same for 10 more: 2023-02 – 2023-11" in said
    assert any(line.startswith("VAT payable 2023-12 = ") and line.endswith(" = 67,513.00") for line in said)
    assert any(line.startswith("urban construction tax payable 2023-12 = ") for line in said)


def test_periods_are_told_in_few_words() -> None:
    months = [Period(2023, month, 1) for month in (2, 3, 4, 7, 12)] + [Period(2024, 1, 1)]
    assert [*spans(months)] == ["2023-02 – 2023-04", "2023-07", "2023-12 – 2024-01"]
    assert [*spans([Period(2023, 4, 3), Period(2023, 7, 3)])] == ["2023Q2 – 2023Q3"]
