"""`taxcalc verify`: an answer holds, and one in which anything was changed does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.businesses import some_assessment
from helpers.command import ROOT, here
from taxcalc import InputError, assess, to_json
from taxcalc.assessment.model import shipped_book
from taxcalc.report.citing import Citing
from taxcalc.report.verify import verify

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
BOOK = shipped_book()
WORDS = Citing(BOOK, "zh")


def answer(*args: str) -> str:
    done = here("assess", *args, "--format", "json")
    assert done.code == 0, done.err
    return done.out.decode()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_answer_holds(example: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    for more in (["--explain", "--lang", "zh"], ["--lang", "en"]):
        file.write_text(answer(str(example), *more), encoding="utf-8")
        done = here("verify", str(file), "--lang", "en")
        assert (done.code, done.err) == (0, "")
        assert b"It holds" in done.out


def test_what_was_carried_on_holds(tmp_path: Path) -> None:
    earlier, later = tmp_path / "2026Q4.json", tmp_path / "2027Q1.json"
    facts = ("employees_q1=3", "employees_q4=4", "assets_q1=1000000", "taxable_income=-5000")
    earlier.write_text(answer("--period", "2026Q4", *(word for fact in facts for word in ("--set", fact))))
    assert "-01/09" in earlier.read_text()  # the months before the quarter
    later.write_text(answer("--period", "2027Q1", "--carry", str(earlier), "--revenue", "5"))
    for file in (earlier, later):
        assert here("verify", str(file)).code == 0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_of_any_business(seed: int) -> None:
    assert verify(to_json(some_assessment(seed)), "-", BOOK, WORDS).differences == ()


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    if isinstance(value, dict | list) and value:
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path, value


FACTS = {"year": 2023, "revenue": 400_000, "taxable_income": "50000", "employees": 3, "assets": 1_000_000}
STATED = json.loads(to_json(assess(FACTS)))
LEAVES = [path for path, _ in leaves(STATED) if path != ("schema",)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LEAVES), st.sampled_from(["1.00", "no", None, True, [], {"a": "b"}]))
def test_nothing_can_be_changed_unseen(path: tuple[str | int, ...], value: Any) -> None:
    forged = json.loads(json.dumps(STATED))
    place = forged
    for key in path[:-1]:
        place = place[key]
    if place[path[-1]] == value:
        return
    place[path[-1]] = value
    try:
        verdict = verify(json.dumps(forged), "-", BOOK, WORDS)
    except InputError:  # it cannot even be read
        return
    assert verdict.differences


def test_a_difference_says_where_what_and_by_which_clause(tmp_path: Path) -> None:
    forged = json.loads(json.dumps(STATED))
    item = next(one for one in forged["items"] if one["id"] == "small_low_profit")
    right, item["saving"] = item["saving"], "10000.01"
    del forged["levies"]["vat"]["label"]
    file, out = tmp_path / "forged.json", tmp_path / "verdict.json"
    file.write_text(json.dumps(forged))
    done = here("verify", str(file), "--format", "json", "--output", str(out))
    assert (done.code, done.out) == (1, b"")
    verdict = json.loads(out.read_text(encoding="utf-8"))
    found = {one["path"]: (one["stated"], one["found"]) for one in verdict["differences"]}
    assert found == {
        "levies.vat.label": (None, STATED["levies"]["vat"]["label"]),
        "items.small_low_profit.saving": ("10000.01", right),
    }
    assert verdict["holds"] is False
    assert any("No. 12 of 2023 art. 3" in law for one in verdict["differences"] for law in one["rests_on"])
    shown = here("verify", str(file), "--lang", "zh")
    assert shown.code == 1
    for said in ("items.small_low_profit.saving", "10000.01", right, "财政部 税务总局公告2023年第12号"):
        assert said in shown.out.decode()


@pytest.mark.parametrize(("part", "other"), [("engine", "0.0.1"), ("tables", "0" * 64), ("schema", "else")])
def test_what_cannot_be_judged_is_exit_2(tmp_path: Path, part: str, other: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(STATED | {part: other}))
    done = here("verify", str(file))
    assert (done.code, done.out) == (2, b"")
    assert len(done.err.splitlines()) == 1


def test_the_tables_of_then_judge_it(tmp_path: Path) -> None:
    file, city = tmp_path / "answer.json", str(ROOT / "examples" / "my-city")
    file.write_text(answer("--tables", city, "--year", "2023", "--revenue", "5"))
    assert here("verify", str(file)).code == 2
    assert here("verify", str(file), "--tables", city).code == 0


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """The first is read by some, the last by others."""
    file, once = tmp_path / "answer.json", '"tables":'
    file.write_text(json.dumps(STATED).replace(once, f'"tables": "{"0" * 64}", {once}', 1))
    assert here("verify", str(file)).code == 2
