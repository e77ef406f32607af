"""Sets of bits of any size: several values of a program hold what one cannot, and nothing else sees a difference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxcalc.base.algebra import Builder, Truth, Whole
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.program import compile_program

MASKS = st.integers(0, 1 << 200) | st.builds(lambda at: 1 << at, st.integers(0, 200))
ROWS = [[a, b] for a in (0, 1) for b in (0, 1)]


def run(outputs: dict[str, Whole | Truth]) -> dict[str, list[int]]:
    program = compile_program(outputs)
    columns = {key: [row["ab".index(key[1])] for row in ROWS] for key in program.inputs}
    return ListKernel().run(program, columns, len(ROWS))


@given(st.lists(st.tuples(st.sampled_from("ab"), MASKS, MASKS), min_size=1, max_size=4), MASKS)
def test_they_are_united_chosen_and_compared_as_sets_of_one_firm_are(
    chosen: list[tuple[str, int, int]], other: int
) -> None:
    b = Builder()
    mask: Whole = other
    for name, then, otherwise in chosen:
        mask = b.union(mask, b.when(b.present(name), then, otherwise))
    expected = []
    for row in ROWS:
        held = other
        for name, then, otherwise in chosen:
            held |= then if row["ab".index(name)] else otherwise
        expected.append(held)
    words = b.words(mask)
    found = run({f"{at}": word for at, word in enumerate(words)} | {"none": b.eq(mask, 0), "more": b.lt(1, mask)})
    for at_row, held in enumerate(expected):
        assert sum(int(found[f"{at}"][at_row]) << b.word * at for at in range(len(words))) == held
        assert bool(found["none"][at_row]) == (held == 0)
        assert bool(found["more"][at_row]) == (held > 1)
    assert all(0 <= int(value) < 1 << 63 for at in range(len(words)) for value in found[f"{at}"])


@pytest.mark.parametrize("compute", [lambda b, x: b.add(x, 1), lambda b, x: b.mul(x, 2), lambda b, x: b.most(x, 5)])
def test_nothing_computes_with_what_is_no_number(compute: Callable[[Builder, Whole], Whole]) -> None:
    b = Builder()
    wide = b.when(b.present("a"), 1 << 100, 0)
    with pytest.raises(OverflowError):
        compute(b, wide)
