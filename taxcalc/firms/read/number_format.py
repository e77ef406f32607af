"""What a number format of a spreadsheet says of the number: that it is a day, or that it is shown in other units."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["", "day", "scaled"]

_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""The built-in formats of days and times, those of Chinese and Japanese programs too."""
_ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|常规|通用格式', re.IGNORECASE | re.DOTALL)
"""What is shown as it stands, colours, conditions, currencies."""
_SCALED = re.compile(r"[0#?](?:![^0#?])?[0#?]*,+(?![0#?,])|![.,][0#?]+|%")
"""0.00, shows thousands, 0!.0, ten thousands, as if there were a point; a percent sign hundredths."""


def kind_of(code: str) -> Kind:
    """The kind of a format from its code. Its first section, of numbers above zero, tells a day."""
    shown = _ASIDE.sub("", code)
    section = shown.partition(";")[0]
    if re.search(r"\[(?:h+|m+|s+)\]", section, re.IGNORECASE):
        return ""  # a length of time
    if re.search(r"[ymdhsge年月日]", section.replace("E+", "").replace("E-", ""), re.IGNORECASE):
        return "day"
    return "scaled" if _SCALED.search(shown) else ""


def built_in(number: int) -> Kind:
    """The kind of a format that has a number only."""
    if number in _DAYS:
        return "" if number == 46 else "day"
    return "scaled" if number in (9, 10) else ""
