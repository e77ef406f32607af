"""Labels that name a figure of the law, such as 'sales[ at {rate}]'.

The part in brackets is filled with the rate of the table in force, or left out where none is. So a label never
says another figure than the computation uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from taxcalc.base.units import Label
from taxcalc.facts.catalogue import rate_text
from taxcalc.graph.nodes import Param, RuleError

_PART = re.compile(r"\[([^\[\]]*)\]")
_FIGURE = re.compile(r"\{(\w+)\}")


def filled(template: Label, figures: Mapping[str, Param]) -> Label:
    """The label with its figures written. Raises RuleError where one is no rate."""
    for figure in figures.values():
        if figure.unit != "rate":
            raise RuleError(f"{template[1]}: {figure.path} is no rate, and a label has no way to write it")
    written = {name: rate_text(Fraction(f.value)) for name, f in figures.items() if f.value is not None}
    zh, en = (_PART.sub(lambda part: _part(part[1], written), text) for text in template)
    return zh, en


def _part(text: str, written: Mapping[str, str]) -> str:
    return text.format_map(written) if set(_FIGURE.findall(text)) <= set(written) else ""


def check(template: Label, names: set[str]) -> None:
    """Raises RuleError unless each side names figures, all of them known, inside of brackets only."""
    for text in template:
        if "{" in _PART.sub("", text):
            raise RuleError(f"{text}: a figure stands in brackets, which are left out where no table is in force")
        if any(not _FIGURE.search(part) for part in _PART.findall(text)):
            raise RuleError(f"{text}: brackets are for figures")
    if set().union(*(_FIGURE.findall(text) for text in template)) != names:
        raise RuleError(f"{template[1]}: the figures it is to name are {', '.join(sorted(names)) or 'none'}")
