"""Whose row is it? Numbers of 64 bits that stand for identifiers, so that many rows can be compared at once.

Two identifiers of a million share a number once in forty million tables.
"""

from __future__ import annotations

from taxcalc.base.money import plain
from taxcalc.facts.identifiers import doubt
from taxcalc.firms.read.marks import ABSENT as WORDS
from taxcalc.firms.read.marks import mark_of, unwrapped

LONGEST_KEYED = 64
"""Bytes of a text whose number may be found in columns."""
_ODD, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
_NAME = 0x5BD1E995
"""What makes the number of a name another one than that of the same text as an identifier."""


def mixed(key: int, word: int) -> int:
    """A number, and eight bytes more."""
    key = (key ^ word) * _ODD & _MASK
    return key ^ key >> 32


def key_of(text: str) -> int:
    """The number of an identifier or a name as it is written; 0 where it is none: empty, a mark of absence, or without
    its last digits, which a spreadsheet took."""
    code = plain(unwrapped(text)).upper()
    if not code or mark_of(code) or doubt(code) == "rounded":
        return 0
    return _key(code.encode())


def named(key: int) -> int:
    """The number of a business that has nothing but a name, from that of the name."""
    return key ^ _NAME if key else 0


def _key(code: bytes) -> int:
    key = len(code)
    for at in range(0, len(code), 8):
        key = mixed(key, int.from_bytes(code[at : at + 8], "little"))
    return key - (key >> 63 << 64)


ABSENT = [_key(word.upper().encode()) for word in sorted(WORDS)]
"""The numbers that marks of absence would have."""
