"""The names of inputs in words: a fact by its label, or with those parts of it that are meant."""

from __future__ import annotations

from collections.abc import Collection

from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENDS: dict[str, Label] = {"": ("", ""), "open": ("初", " opening"), "close": ("末", " closing")}


def in_words(catalogue: Catalogue, names: Collection[str], side: int) -> str:
    """The facts in the order in which they are named first: '应纳税所得额；销售额（不含税）：第2季度、第3季度'."""
    facts = {(fact := catalogue.fact_of(name)).name: fact for name in names}
    comma, found = ("、", ", ")[side], []
    for fact in facts.values():
        missing = [name for name in fact.inputs() if name in names and name != fact.name]
        parts = [part_label(name[len(fact.name) + 1 :])[side] for name in missing]
        label = fact.label[side]
        found.append(f"{label}{('：', ': ')[side]}{comma.join(parts)}" if parts else label)
    return (comma if facts.keys() >= set(names) else ("；", "; ")[side]).join(found)


def period_label(period: Period) -> Label:
    """A year, a quarter or a month as reports call it: '2026年第2季度', 'Q2 2026'."""
    if not period.key:
        return f"{period}年度", str(period)
    zh, en = part_label(period.key)
    return f"{period.year}年{zh}", f"{en} {period.year}"


def part_label(part: str) -> Label:
    """A part of a fact: 'q2', 'q2_open', 'm04'."""
    if part[0] == "m":
        return f"{int(part[1:])}月", _MONTHS[int(part[1:]) - 1]
    end = _ENDS[part[3:]]
    return f"第{part[1]}季度{end[0]}", f"Q{part[1]}{end[1]}"
