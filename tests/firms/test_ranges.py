"""Ranges of a table assessed by themselves: joined they are the whole, wherever it is cut."""

from __future__ import annotations

import contextlib
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import taxcalc
from helpers.command import here

HEAD = "某所客户\n纳税人识别号,名称,年度,纳税人类型,收入,备注\n1,2,3,4,5,6\n"
LINES = [
    "n{0},甲{0},2024,enterprise,{0}000,\n",
    'n{0},"乙,{0}",2024,individual_business,"1,{0}34.50","=1"\n',
    "n{0},丙{0},2024,enterprise\n",
    "\n",
    "n{0},丁{0},2024,enterprise,lots,\r\n",
    ",合计,,,5,\n",
    "1,2,3,4,5,6\n",
    "n{0},戊{0},2024,enterprise,-5,x\n",
]
TABLE = HEAD + "".join(line.format(100 + number) for number in range(3) for line in LINES)


def whole(folder: Path, source: Path) -> tuple[bytes, bytes]:
    done = here("batch", str(source), "--rejects", str(folder / "bad.csv"), "--lang", "zh")
    return done.out, (folder / "bad.csv").read_bytes()


def joined(folder: Path, source: Path, cuts: list[int], *, count: bool) -> tuple[bytes, bytes]:
    row, pinned, parts = None, None, []
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, source.stat().st_size], strict=True)):
        out, bad = (str(folder / f"{name}-{number}") for name in ("out", "bad"))
        made = taxcalc.batch_range(str(source), start, end, out, rejects=bad, row=row, pinned=pinned)
        row, pinned = None if count else made.next_row, made.pinned
        assert made.rows == made.out + made.rejected + made.aside
        parts.append((Path(out).read_bytes(), Path(bad).read_bytes()))
    return b"".join(out for out, _ in parts), b"".join(bad for _, bad in parts)


@pytest.mark.parametrize(("encoding", "arrays"), [("utf-8-sig", False), ("gb18030", True)])
def test_joined_they_are_the_whole(tmp_path: Path, encoding: str, arrays: bool) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(TABLE.encode(encoding)[:-1])  # the last line need not end
    with contextlib.ExitStack() as stack:
        for place in ("run", "ranges") if arrays else ():
            stack.enter_context(mock.patch(f"taxcalc.firms.{place}.BREAK_EVEN", 9))
        expected = whole(tmp_path, source)
        assert expected[1].count(b"\n") > 6

        @settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
        @given(st.lists(st.integers(0, source.stat().st_size), max_size=3).map(sorted), st.booleans())
        def anywhere(cuts: list[int], count: bool) -> None:
            assert joined(tmp_path, source, cuts, count=count) == expected

        anywhere()


def test_a_range_leaves_nothing_where_it_cannot_be_assessed(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    head = b"name,year,revenue\n"
    for rows in (b'"a\nb",2023,5\n', b'a"b,"2023,5\n', b'a;"b",2023",5\n'):
        source.write_bytes(head + rows)
        with pytest.raises(taxcalc.InputError, match="line break or a stray quote"):
            taxcalc.batch_range(str(source), 0, 1_000, str(out))
        assert taxcalc.batch_range(str(source), len(head + rows), 2_000, str(out)).rows == 0
        out.unlink()
    for content in (
        (head + b"a,2023,5\n").decode().encode("utf-16"),
        head.replace(b"\n", b"\r") * 2,
        b"PK\3\4",
        b'{"year": 2023}',
    ):
        source.write_bytes(content)
        with pytest.raises(taxcalc.InputError):
            taxcalc.batch_range(str(source), 0, 1_000, str(out))
    assert list(tmp_path.iterdir()) == [source]


def test_what_is_pinned_is_held(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", str(tmp_path / "out.csv")
    source.write_bytes(b"name,year,revenue\na,2023,5\n")
    pinned = taxcalc.batch_range(str(source), 0, 99, out).pinned
    assert taxcalc.batch_range(str(source), 20, 99, out, pinned=pinned).pinned == pinned
    for other in ({"columns": "summary"}, {"sets": ["place=county"]}, {"lang": "en"}):
        with pytest.raises(taxcalc.InputError, match="differ"):
            taxcalc.batch_range(str(source), 20, 99, out, pinned=pinned, **other)
    source.write_bytes(b"name,year,revenue\na,2023,50\n")
    with pytest.raises(taxcalc.InputError, match="differ"):
        taxcalc.batch_range(str(source), 20, 99, out, pinned=pinned)


def test_a_business_is_not_looked_for_in_other_ranges(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b"id,year,revenue\n" + b"a,2023,5\n" * 2)
    assert (
        "另有一行".encode() not in taxcalc.batch_range(str(source), 0, 99, str(out)).pinned.encode() + out.read_bytes()
    )
