"""A quote astray costs its own record alone: what is told apart is what the careful reader would have read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from taxcalc.firms.read.astray import astray
from taxcalc.firms.read.careful import records

LINES = st.sampled_from(
    [
        *("a,b\n", '"a","b"\n', '"a,""b""",c\r\n', ",\n", '"",""\n', "\n", '"a",b\r\n'),
        *('a"x,b\n', '"a,b\n', 'a","b\n', '"a"x,b\n', 'a,"b\n', '",a\n', 'c","d"\n', '"\n', "a,b,c\n", 'a\r,"b"\n'),
    ]
)


@given(st.lists(LINES, max_size=12).map("".join))
def test_the_pieces_are_read_as_the_whole_is(text: str) -> None:
    whole = text.encode()
    found = astray(whole, ",", 2)
    if found is None:
        return
    read, start = [], 0
    for one in found:
        read += [*records(whole[start : one.start], ",", 2), one.record]
        start = one.end
    read += records(whole[start:], ",", 2)
    expected = [record._replace(number=0, end=0) for record in records(whole, ",", 2)]
    assert [record._replace(number=0, end=0) for record in read] == expected


def test_few_are_told_apart_and_many_are_not() -> None:
    assert astray(b'a,b\nc"x,d\n"e",f\n', ",", 2) is not None
    found = astray(b"a,b\n" * 50 + b'c"x,d\n' + b"a,b\n" * 50, ",", 2)
    assert found is not None
    assert [(one.start, one.end) for one in found] == [(200, 206)]
    assert astray(b'c"x,d\n' * 50, ",", 2) is None
    assert astray(b'"a\nb",c\n', ",", 2) is None, "a line break in quotes is the careful reader's"
