"""Every engine equals the exact one: on every row, in every figure, for every year."""

from __future__ import annotations

import random
from typing import Any

import pytest
from businesses import CATALOGUE, table
from hypothesis import given, settings
from hypothesis import strategies as st

from taxcalc.batch.cells import read_column
from taxcalc.batch.compute import SETS, Computation
from taxcalc.batch.grid import find_cells
from taxcalc.batch.header import read_header
from taxcalc.batch.parse import as_line
from taxcalc.batch.rows import Rows
from taxcalc.engine.arrays import Arrays
from taxcalc.engine.lists import Lists
from taxcalc.model import shipped_book
from taxcalc.problem import InputError

ENGINES = [Lists, Arrays]


def blocks(headings: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """The same rows as lists of cells and as the places of cells in a text."""
    lines = [as_line(row) for row in rows]
    found = find_cells("".join(f"{line}\n" for line in lines).encode(), len(headings))
    assert found is not None
    assert not found[1]
    return {"rows": Rows(rows, range(len(rows)), lines), "grid": found[0]}


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_engine_equals_the_exact_one(engine: Any, seed: int) -> None:
    rng = random.Random(seed)
    headings, rows = table(rng, 12)
    header = read_header(headings, CATALOGUE, "test")
    computation = Computation(header, engine(), shipped_book(), "full", {})
    for kind, block in blocks(headings, rows).items():
        answers = computation.answers(block)
        for row in range(block.size):
            try:
                exact = computation.answer_singly(block, row)
            except InputError:
                assert not answers.kept[row], (kind, rows[row])
                continue
            assert answers.kept[row], (kind, rows[row], [r.why for r in answers.rejected])
            figures = {name: int(answers.figures[name][row]) for name in computation.figures}
            assert figures == exact.figures, (kind, rows[row])
            costs = [
                f"{id}.relief" for id, relief in computation.model.reliefs.items() if relief.kind in ("tax", "fee")
            ]
            reliefs = sum(figures.get(name, 0) for name in costs)
            assert reliefs == figures["saving"], (kind, rows[row])
            for what in SETS:
                got = computation.sets(what)[int(answers.sets[what][row])]
                assert got == getattr(exact, what), (kind, what, rows[row])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_both_blocks_read_every_text_alike(data: Any) -> None:
    """What a block proves plain is what the one reader of people's writing says of it."""
    name = data.draw(st.sampled_from(["taxable_income", "revenue", "employees", "encouraged_income_share", "year"]))
    plain = st.from_regex(r"-?[0-9]{0,17}(\.[0-9]{0,10})?", fullmatch=True)
    odd = st.sampled_from(
        ["", " ", "1e3", "+5", "-", ".", "1,234.50", "12万", "１２", "0.6", "60%", "NaN", "--1", "1 2", "'5", '"']
    )
    texts = data.draw(st.lists(st.one_of(plain, odd), min_size=1, max_size=12))
    header = read_header([name, "other"], CATALOGUE, "test")
    found = blocks([name, "other"], [[text, "x"] for text in texts])
    read = {kind: read_column(block, header.columns[0]) for kind, block in found.items()}
    one, other = read["rows"], read["grid"]
    assert one.bad == other.bad
    there = [[True] * len(texts) if r.there is True else [bool(t) for t in r.there] for r in (one, other)]
    assert there[0] == there[1]
    good = [i for i in range(len(texts)) if there[0][i] and i not in one.bad]
    assert [one.values[i] for i in good] == [int(other.values[i]) for i in good]
