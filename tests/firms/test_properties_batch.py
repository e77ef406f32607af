"""Batches: every row is accounted for and answered as if it were alone, however it comes in."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.batches import Done, as_bytes, mixture, run, summary
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import restored
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists

seeds = st.integers(0, 10**9)
engines = st.sampled_from([Lists, Arrays])
some = settings(max_examples=7, deadline=None)
few = settings(max_examples=4, deadline=None)


def said(done: Done) -> dict[str, list[list[str]]]:
    """What was written of each row, by its id: its line of the output, or why it was rejected."""
    found: dict[str, list[list[str]]] = {}
    for row in done.rows:
        assert row[0] not in found
        found[row[0]] = [row]
    for _, id, *why in done.bad:
        found.setdefault(id, []).append(why)
    return found


@some
@given(seeds, engines, st.integers(0, 25))
def test_rows_in_are_rows_out_and_rejected(seed: int, engine: Any, size: int) -> None:
    headings, rows, spoiled = mixture(seed, size)
    done = run(as_bytes(headings, rows), engine)
    rejected = {row[1] for row in done.bad}
    assert done.counts[:3] == (size, len(done.rows), len(rejected))
    assert done.counts.rows == done.counts.out + done.counts.rejected
    assert [row[0] for row in done.rows] == [row[0] for row in rows if row[0] not in rejected]
    assert {f"n{i}" for i in spoiled} <= rejected
    for number, id, *_ in done.bad:
        assert int(number) == int(id[1:]) + 2  # as a spreadsheet counts, the heading being row 1


@some
@given(seeds, engines)
def test_what_came_in_comes_out_again(seed: int, engine: Any) -> None:
    headings, rows, _ = mixture(seed, 20)
    done = run(as_bytes(headings, rows), engine)
    given_rows = {row[0]: row for row in rows}
    for row in done.rows:
        assert [restored(cell) for cell in row[: len(headings)]] == given_rows[row[0]]
        assert row[1] == given_rows[row[0]][1] or row[1] == f"'{given_rows[row[0]][1]}"


@few
@given(seeds, engines)
def test_a_row_is_answered_as_if_it_were_alone(seed: int, engine: Any) -> None:
    headings, rows, _ = mixture(seed, 8)
    together = said(run(as_bytes(headings, rows), engine))
    for row in rows:
        assert together[row[0]] == said(run(as_bytes(headings, [row]), Lists))[row[0]]


@some
@given(seeds, engines, st.randoms(use_true_random=False))
def test_a_permutation_of_rows_permutes_the_output(seed: int, engine: Any, rng: random.Random) -> None:
    headings, rows, _ = mixture(seed, 20)
    shuffled = rng.sample(rows, len(rows))
    one, other = run(as_bytes(headings, rows), engine), run(as_bytes(headings, shuffled), engine)
    assert said(one) == said(other)
    kept = {row[0] for row in one.rows}
    assert [row[0] for row in other.rows] == [row[0] for row in shuffled if row[0] in kept]


@some
@given(seeds, engines, st.lists(st.integers(0, 24), max_size=3))
def test_a_file_may_be_split_and_the_outputs_joined(seed: int, engine: Any, cuts: list[int]) -> None:
    headings, rows, _ = mixture(seed, 24)
    places = [0, *sorted(cuts), len(rows)]
    whole = run(as_bytes(headings, rows), engine)
    parts = [run(as_bytes(headings, rows[a:b]), engine) for a, b in itertools.pairwise(places)]
    head = whole.out.partition(b"\n")[0] + b"\n"
    assert all(part.out.startswith(head) for part in parts)
    assert head + b"".join(part.out.removeprefix(head) for part in parts) == whole.out
    assert tuple(map(sum, zip(*(part.counts[:3] for part in parts), strict=True))) == whole.counts[:3]
    moved = [[str(int(row[0]) + a), *row[1:]] for part, a in zip(parts, places[:-1], strict=True) for row in part.bad]
    assert moved == whole.bad


@some
@given(seeds, st.booleans())
def test_both_engines_write_the_same_bytes(seed: int, quoted: bool) -> None:
    headings, rows, _ = mixture(seed, 20)
    if quoted:
        rows = [[cell.replace("Ünïcode", "two\nlines") for cell in row] for row in rows]
    content = as_bytes(headings, rows)
    assert run(content, Lists) == run(content, Arrays)


@some
@given(seeds, engines, st.integers(0, 900), st.sampled_from([1, 3]))
def test_the_size_of_blocks_makes_no_difference(seed: int, engine: Any, more: int, jobs: int) -> None:
    """A block must only be longer than its heading, and than the lines that one record may span."""
    headings, rows, _ = mixture(seed, 30)
    rows = [[cell.replace("Ünïcode", "two\nlines") for cell in row] for row in rows]
    content = as_bytes(headings, rows)
    block = content.index(b"\n") + 5 * max(map(len, content.split(b"\n"))) + more
    assert run(content, engine, block=block, jobs=jobs) == run(content, engine, block=1 << 20)


ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("gb18030", b""),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
]


def variant(headings: list[str], rows: list[list[str]], delimiter: str, newline: str, *, all_quoted: bool) -> str:
    """A table as CSV of some shape."""
    text = io.StringIO()
    csv.writer(
        text, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    ).writerows([headings, *rows])
    return text.getvalue()


@settings(max_examples=14, deadline=None)
@given(
    seeds,
    engines,
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_every_shape_of_a_file_gives_the_same_answers(
    seed: int,
    engine: Any,
    encoding: tuple[str, bytes],
    delimiter: str,
    newline: str,
    all_quoted: bool,
    end: bool,
    simple: bool,
) -> None:
    headings, rows, _ = mixture(seed, 12)
    for row in rows if simple else rows[:1]:  # names without quotes and commas are read by their places
        row[1] = "武威饮食有限公司"
    plain = run(as_bytes(headings, rows), Lists)
    text = variant(headings, rows, delimiter, newline, all_quoted=all_quoted)
    code, mark = encoding
    content = mark + (text if end else text.removesuffix(newline)).encode(code)
    done = run(content, engine)
    assert done.rows == plain.rows
    assert done.counts[:3] == plain.counts[:3]
    assert [row[:3] for row in done.bad] == [row[:3] for row in plain.bad]


@few
@given(seeds, engines, st.integers(1, 3))
def test_blank_lines_and_trailing_delimiters_change_nothing(seed: int, engine: Any, tail: int) -> None:
    headings, rows, _ = mixture(seed, 10, bad=0)
    plain = run(as_bytes(headings, rows), Lists)
    lines = [as_line(row) + "," * tail for row in rows]
    lines[1:1] = ["", "," * (len(headings) - 1), "  "[:0]]
    head = as_line(headings)
    done = run("\n".join(["", head + "," * tail, *lines, "", ""]).encode(), engine)
    assert done.rows == plain.rows
    assert done.counts[:3] == plain.counts[:3]


@few
@given(seeds, engines, st.sets(st.integers(0, 9), max_size=4))
def test_a_quote_that_is_never_closed_costs_its_own_row_only(seed: int, engine: Any, opened: set[int]) -> None:
    headings, rows, _ = mixture(seed, 10, bad=0)
    for row in rows:
        row[1] = "plain"
    plain = run(as_bytes(headings, rows), Lists)
    lines = [as_line([row[0], f'"{row[1]}', *row[2:]]) if i in opened else as_line(row) for i, row in enumerate(rows)]
    lines = [line.replace('"""plain"', '"plain') for line in lines]
    done = run("\n".join([as_line(headings), *lines, ""]).encode(), engine)
    lost = {f"n{i}" for i in opened}
    assert done.rows == [row for row in plain.rows if row[0] not in lost]
    assert done.counts.rows == len(rows)
    assert lost <= {row[1] for row in done.bad}


@few
@given(seeds, st.integers(100, 2000), st.sampled_from([["taxpayer"], ["name"], ["id"], ["year", "name"]]))
def test_totals_are_the_sums_of_the_rows(seed: int, block: int, by: list[str]) -> None:
    headings, rows, _ = mixture(seed, 30)
    headings = [*headings, "taxpayer"] if "taxpayer" not in headings else headings
    rows = [[*row, "enterprise"] if len(row) == len(headings) - 1 else row for row in rows]
    content = as_bytes(headings, rows)
    done = run(content)
    titles = next(csv.reader(io.StringIO(done.out.decode())))
    block += content.index(b"\n") + 5 * max(map(len, content.split(b"\n")))
    for engine in (Lists, Arrays):
        sink = summary(content, engine, by, block)
        whole = sink.all
        assert whole.businesses == len(done.rows)
        for name in sink.figures:
            place = titles.index(sink.columns.title(name))
            amounts = [round(float(row[place]) * 100) for row in done.rows if row[place]]
            summed = sum(amounts) if amounts or not done.rows else None
            assert whole.sums[name] == (summed, sum(1 for amount in amounts if amount))
            assert sum(group.sums[name].amount or 0 for group in sink.groups.values()) == (summed or 0)
        for kind, title in (("incomplete", "not counted"), ("due_incomplete", "not counted in what is due")):
            place = titles.index(title)
            lacking = Counter(name for row in done.rows for name in row[place].split(", ") if name)
            names = sink.columns.levies()
            assert {names[id]: number for id, number in whole.lacking[kind].items()} == lacking
        places = [titles.index(name) for name in by]
        keys = {tuple(restored(row[place]).strip() for place in places) for row in done.rows}
        assert set(sink.groups) == keys


@pytest.mark.parametrize("engine", [Lists, Arrays])
def test_a_heading_alone_is_a_table_of_no_rows(engine: Any) -> None:
    done = run(b"id,year,revenue\n", engine)
    assert done.counts[:3] == (0, 0, 0)
    assert done.rows == done.bad == []
