"""The findings of `taxcalc law check`: a table by kind, or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.base.units import Label
from taxcalc.law.check import FINDINGS, Finding, Found
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.labels import LABELS
from taxcalc.report.law.figures import WIDE
from taxcalc.report.law.view import DIM, PATH, WARN, LawView
from taxcalc.report.shapes import both, dumped, until_of

HEADINGS: dict[Finding, Label] = {
    "ended": LABELS["check_ended"],
    "ending": LABELS["check_ending"],
    "hole": LABELS["check_hole"],
    "memory": LABELS["check_memory"],
    "uncited": LABELS["check_uncited"],
    "unused": LABELS["check_unused"],
}


def print_check(found: list[Found], view: LawView, console: Console) -> None:
    """A line that says all is well formed, how much was found of each kind, then the findings."""
    console.print(Group(*_parts(found, view, console.width)))


def _parts(found: list[Found], view: LawView, width: int) -> Iterator[RenderableType]:
    yield Text(view.say("check_title", day=view.day_asked), style="bold")
    tables = view.book.paths()
    versions = sum(len(view.book.table(path).versions) for path in tables)
    documents = len(view.book.documents())
    count = view.say("law_count", tables=len(tables), versions=versions, documents=documents)
    yield Text(view.say("check_valid", count=count), style="green")
    if not found:
        yield Text(view.say("check_clean"), style="green")
    for kind, group in groupby(found, key=lambda one: one.kind):
        findings = list(group)
        yield Text()
        head = Text(f"{view.pick(HEADINGS[kind])}  {len(findings)}", style="bold")
        yield Rule(head, align="left", style=DIM, characters="─")
        yield Padding(_lines(findings, view, width), (0, 2))


def _lines(findings: list[Found], view: LawView, width: int) -> RenderableType:
    """One line a table: its path, its label, and the days that the finding is about; those of today stand out."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for path, group in groupby(findings, key=lambda one: one.path):
        spans, label = Text(), ""
        for one in group:
            label = view.pick(one.label)
            if one.start and one.until:
                spans.append("\n" if spans else "")
                spans.append(view.years(one.start, one.until), style=WARN if one.now else DIM)
                spans.append(f"  {view.say('law_in_force')}" if one.now and one.kind == "memory" else "", style=WARN)
        name = Text(path, style=PATH)
        if width >= WIDE:
            grid.add_row(Group(name, Padding(Text(label, style=DIM), (0, 0, 0, 2))), spans)
        else:
            grid.add_row(
                Group(name, *(Padding(Text(t, style=DIM) if t is label else t, (0, 0, 0, 2)) for t in (label, spans)))
            )
    return grid


def check_as_json(found: list[Found], words: Citing, on: str) -> str:
    """The findings by kind."""
    book = words.book
    return dumped(
        "law-check/1",
        {
            "language": words.lang,
            "on": on,
            "tables": len(book.paths()),
            "versions": sum(len(book.table(path).versions) for path in book.paths()),
            "documents": len(book.documents()),
            "findings": {kind: [_entry(one, words) for one in found if one.kind == kind] for kind in FINDINGS},
        },
    )


def _entry(one: Found, words: Citing) -> dict[str, Any]:
    return {
        "path": one.path,
        **both(one.label),
        "from": one.start.isoformat() if one.start else None,
        "until": until_of(one.until) if one.until else None,
        "on_the_day": one.now,
        "citation": citation_as_json(words, one.version) if one.version else None,
    }
