"""The workbook of one client, recalculated by LibreOffice after its cells were changed, says what the program says."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from helpers.command import ROOT
from taxcalc.advice.cliffs import cliffs
from taxcalc.assessment.conditions import of_any_firm
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.live import Live, LiveInput, live
from taxcalc.assessment.model import shipped_book
from taxcalc.base.problem import InputError
from taxcalc.base.units import Number
from taxcalc.report.live_workbook import as_workbook
from taxcalc.report.words import Words
from verification.oracle.generator import businesses

BOOK = shipped_book()
FIRMS, CHANGES = (int(one) for one in os.environ.get("OFFICE_FIRMS", "50x20").split("x"))
"""Made-up businesses, each with a workbook of its own, and how often the cells of each are changed, all of them."""
LIMITS = (100_000_00, 300_000_00, 1_000_000_00, 3_000_000_00, 5_000_000_00, 10_000_000_00, 50_000_000_00)
"""Amounts at which the law turns; others are found by the walk along each fact."""
Values = Mapping[str, int]
"""Of each input, in the least part of its fact."""


class Made(NamedTuple):
    """A workbook, what it was made of, and where its figures stand."""

    path: Path
    evaluation: Evaluation
    live: Live
    rows: Mapping[str, int]
    """Of the report, by what stands in the first column, that of reliefs apart."""


def made(evaluation: Evaluation, path: Path) -> Made:
    """Write the workbook of one firm."""
    found = live(evaluation)
    content = as_workbook(found, evaluation.assessment, BOOK, "en")
    path.write_bytes(content)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows: dict[str, int] = {}
    part = ""
    for row, cell in enumerate(cell[0] for cell in sheet.iter_rows()):
        part = "relief: " if cell.value == "relief" else part  # a grant is called the same as what gives it
        rows.setdefault(f"{part}{cell.value}", row)
    return Made(path, evaluation, found, rows)


def changed(of: Made, rng: random.Random) -> Values:
    """Another value of each input, often where the law turns, or a fen beside it."""
    return {one.slot.name: other(one, rng) for one in of.live.inputs}


def other(one: LiveInput, rng: random.Random) -> int:
    if one.slot.fact.unit in ("flag", "choice"):
        return rng.randint(one.least, one.most)
    parts = one.slot.fact.parts
    near = rng.choice(LIMITS) if one.slot.fact.type == "money" else rng.choice((0, 5, 10, 20, 30, 100, 300)) * parts
    if one.slot.fact.type == "rate":
        near = rng.choice((0, 60, 70, 72, 80, 100)) * parts // 100
    value = rng.choice((one.value, one.value, 0, near, near // 4, one.value * 2, one.value // 3)) + rng.choice(
        (0, 0, 1, -1)
    )
    return min(max(value, one.least), one.most)


def expected(of: Made, values: Values) -> list[float | str] | None:
    """What the report has to say: amounts in fen, the regime, reasons; None where the facts contradict each other."""
    facts = of.evaluation.facts
    for one in of.live.inputs:
        parts, value = one.slot.fact.parts, values[one.slot.name]
        typed: Number | bool = bool(value) if one.slot.fact.unit == "flag" else exact(value, parts)
        facts = facts.shifted(one.slot.name, typed)
    try:
        again = evaluate(facts, book=BOOK, levies=frozenset(of.evaluation.model.levies) - {*of.live.left_out})
    except InputError:
        return None
    said = again.assessment
    words = Words(said, BOOK, "en")
    found: list[float | str] = []
    for levy in (said.levy(one.id) for one in of.live.levies):
        lacks = levy.status not in ("calculated", "not_applicable")
        found += ["needs facts"] * 2 if lacks else [int(levy.baseline or 0), int(levy.payable or 0)]
    savings = {item.id: int(item.saving or 0) for item in said.items}
    failing: dict[str, str] = {}
    for reason, at in again.reasons.failing():
        described, lines = of_any_firm(reason.node)
        failing[reason.relief] = failing.get(reason.relief, "") + words.calling(lines).refusal(described) + "; "
        assert at is True
    for relief in of.live.reliefs:
        found += [savings.get(relief.id, 0), failing.get(relief.id, "")]
    if of.live.regimes[1:-1]:
        found.append(next((words.regime(one.id) for one in said.regimes if one.chosen), "—"))
    return found


def exact(value: int, parts: int) -> Number:
    """A value in the unit of its fact."""
    found = Fraction(value, parts)
    return found.numerator if found.denominator == 1 else found


def cells(of: Made) -> list[tuple[int, int, int]]:
    """Where the report says all that."""
    words = Words(of.evaluation.assessment, BOOK, "en")
    found = [
        (0, of.rows[words.pick(of.evaluation.assessment.levy(one.id).label)], column)
        for one in of.live.levies
        for column in (1, 3)
    ]
    found += [(0, of.rows[f"relief: {words.relief(one.id)}"], column) for one in of.live.reliefs for column in (1, 4)]
    return [*found, (0, of.rows["income tax regime"], 1)] if of.live.regimes[1:-1] else found


def entered(of: Made, values: Values) -> list[tuple[int, int, int, float | str]]:
    """The cells to change; the inputs stand from the fifth row on."""
    found: list[tuple[int, int, int, float | str]] = []
    for row, one in enumerate(of.live.inputs, 4):
        fact, value = one.slot.fact, values[one.slot.name]
        if fact.type == "flag":
            found.append((1, row, 2, ("no", "yes")[value]))
        elif fact.options:
            found.append((1, row, 2, list(fact.options.values())[value][1]))
        else:
            found.append((1, row, 2, float(Decimal(value) / (100 if fact.type == "money" else fact.parts))))
    return found


def recalculated(jobs: Sequence[tuple[Made, Values]], folder: Path) -> list[list[float | str]]:
    """What LibreOffice finds in each workbook after the change."""
    pipe = f"taxcalc{os.getpid()}"
    office = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--invisible", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    lines = [json.dumps({"file": str(of.path), "set": entered(of, values), "read": cells(of)}) for of, values in jobs]
    python = os.environ["OFFICE_PYTHON"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            bridge = [python, str(ROOT / "tests" / "helpers" / "office.py"), pipe]
            done = subprocess.run(bridge, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
        finally:
            running.terminate()
    return [json.loads(line) for line in done.stdout.splitlines()]


def compared(jobs: Sequence[tuple[Made, Values]], folder: Path) -> None:
    """Each figure and each word of every job."""
    for (of, values), found in zip(jobs, recalculated(jobs, folder), strict=True):
        wanted = expected(of, values)
        if wanted is None:
            assert all(isinstance(one, str) for one in found), (of.path.name, values)
            continue
        cents = [round(one * 100) if isinstance(one, float) else one for one in found]
        places = zip(cells(of), wanted, cents, strict=True)
        assert [found for found in places if found[1] != found[2]] == [], (of.path.name, values)


def firms(number: int) -> Iterator[Evaluation]:
    """Made-up businesses that can be assessed, each of another shape."""
    shape = 0
    while number:
        (facts,) = businesses(f"live {shape}", 1)
        shape += 1
        try:
            evaluation = evaluate(facts, book=BOOK)
            found = live(evaluation)
        except InputError:
            continue
        if found.levies and found.inputs:
            number -= 1
            yield evaluation


@pytest.mark.office
def test_changed_cells_give_what_the_program_says(tmp_path: Path) -> None:
    """A thousand times, with every input changed."""
    rng = random.Random(20)
    books = [made(evaluation, tmp_path / f"{i}.xlsx") for i, evaluation in enumerate(firms(FIRMS))]
    compared([(of, changed(of, rng)) for of in books for _ in range(CHANGES)], tmp_path)


@pytest.mark.office
def test_both_sides_of_every_cliff(tmp_path: Path) -> None:
    """Of the examples: each jump along a stated fact, the last fen before it and the first behind."""
    jobs: list[tuple[Made, Values]] = []
    for path in sorted((ROOT / "examples").glob("*.toml")):
        facts = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        of = made(evaluate(facts, book=BOOK), tmp_path / f"{path.stem}.xlsx")
        now = {one.slot.name: one.value for one in of.live.inputs}
        parts = {one.slot.name: one.slot.fact.parts for one in of.live.inputs}
        for cliff in cliffs(of.evaluation):
            if cliff.input in now:
                for value in (cliff.last_before, cliff.first_after):
                    jobs.append((of, {**now, cliff.input: int(Fraction(value) * parts[cliff.input])}))
    assert len(jobs) > 20
    compared(jobs, tmp_path)
