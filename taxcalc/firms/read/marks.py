"""What stands in a cell that is no value: marks of absence, the dash of accounting for nought, text in a formula."""

from __future__ import annotations

import re
from typing import Literal

from taxcalc.base.money import plain

Mark = Literal["absent", "zero"]
_DASHES = ("-", "--", "---", "—", "——", "–", "−", "/", "//", "\\")
_WORDS = ("无", "暂无", "未知", "不详", "不适用", "缺", "待定", "空", "n/a", "#n/a", "na", "n.a.", "none", "nan", "nil")
ABSENT = frozenset((*_DASHES, *_WORDS, "null", "(null)", r"\n"))
"""As people and programs write that there is nothing to write."""
ERRORS = frozenset(("#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
"""What a spreadsheet shows where a formula has no result. #N/A says that there is nothing, and is a mark."""
_NOUGHT = re.compile(r"\s*[-−–—]\s*[¥￥]\s*|\s*[¥￥]\s*[-−–—]\s*|(?=\s.*\s\Z)(?:\s{2,}[-−–—]\s+|\s+[-−–—]\s{2,})")
"""A dash with a sign of currency, or with the blanks by which a spreadsheet fills its column."""
_AS_TEXT = re.compile(r'\s*="(.*)"\s*', re.DOTALL)
"""A formula that only keeps a text from being taken for a number."""


def mark_of(text: str) -> Mark | None:
    """What a cell is that holds no figure: a mark of absence, or nought in the form of accounting."""
    if _NOUGHT.fullmatch(text):
        return "zero"
    return "absent" if plain(text).casefold() in ABSENT else None


def unwrapped(text: str) -> str:
    """The text that ="…" stands for; any other as it is."""
    found = _AS_TEXT.fullmatch(text) if "=" in text else None
    return found[1].replace('""', '"') if found else text
