"""What a heading says beside the name of a fact: its unit, with VAT or without, to date."""

from __future__ import annotations

import re
from typing import NamedTuple

from taxcalc.base.money import plain


class Title(NamedTuple):
    name: str
    unit: str
    gross: bool | None
    cumulative: bool


def read_title(text: str) -> Title:
    found = re.search(r"\s*[(\[【]\s*(?:单位[::]?\s*)?(千|万|百万|亿|)(?:元|人)?(%?)\s*[)\]】]$", plain(text))
    name = plain(text)[: found.start()] if found else plain(text)
    return Title(name, (found[1] or found[2]) if found else "", None, False)
