"""Records whose quotes are astray, found among lines that are plain: so a stray quote costs its record alone its speed.

What the careful reader says of such a record is found here and carried on; all other lines stay together. Where quotes go
beyond their line, or too many are astray, nothing is told apart and the careful reader reads all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from taxcalc.firms.read.careful import Record, records

_CELL = rb'(?:"(?:[^"\r\n]|"")*+"|[^",\r\n]*+)'
_REGULAR = re.compile(rb"%b(?:,%b)*+\r?\n" % (_CELL, _CELL))
"""A line that is a record by itself, whatever follows it."""
_MOST = 8
"""Records of a text that are told apart: each makes two pieces more."""


class Astray(NamedTuple):
    """A record with quotes astray, and its place in the text."""

    start: int
    end: int
    record: Record


def astray(text: bytes, delimiter: str, width: int) -> list[Astray] | None:
    """The records of whole lines whose quotes are astray; None where there seem to be none, or they cannot be told apart."""
    if delimiter != "," or _even(text):
        return None
    found: list[Astray] = []
    at = 0
    while (quote := text.find(b'"', at)) >= 0:
        start = text.rfind(b"\n", 0, quote) + 1
        line = _REGULAR.match(text, start)
        at = line.end() if line else 0
        if not line:
            rest = text[start:]
            record = next(records(rest, delimiter, width))
            if len(found) == _MOST or record != next(records(rest, delimiter, -1)):  # or it goes on by its width
                return None
            at = start + record.end
            found.append(Astray(start, at, record))
    return found


def _even(text: bytes) -> bool:
    """Does, by their numbers, each quote stand at an edge of a cell? Looked at first, because it takes no time."""
    quotes = text.count(b'"')
    opening = text.count(b',"') + text.count(b'\n"') + text.startswith(b'"')
    closing = text.count(b'",') + text.count(b'"\n') + text.count(b'"\r')
    return opening == closing == quotes / 2
