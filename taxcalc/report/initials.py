"""The letter under which a name is found in a list."""

from __future__ import annotations

from bisect import bisect

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = [sign.encode("gb2312") for sign in "阿芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
"""The first character of each letter: the common ones of GB 2312 stand in the order of their pinyin."""
_LAST = "座".encode("gb2312")
OTHER = "#"


def initial(name: str) -> str:
    """A to Z, by the pinyin of a common Chinese character; `#` for what has none, also of rare characters."""
    first = name[:1].upper()
    if "A" <= first <= "Z":
        return first
    code = first.encode("gb2312", "ignore")
    return _LETTERS[bisect(_FIRST, code) - 1] if code and _FIRST[0] <= code <= _LAST else OTHER
