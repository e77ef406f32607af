"""The findings of `taxcalc law check` by kind, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.law.check import Finding, Found
from taxcalc.report.law.figures import DIM, PATH, STRONG, WARN, WIDE, heading, indented
from taxcalc.report.law.written import Written, counted

HEADINGS: dict[Finding, str] = {
    "ended": "check_ended",
    "ending": "check_ending",
    "hole": "check_hole",
    "memory": "check_memory",
    "uncited": "check_uncited",
    "unused": "check_unused",
}


def print_check(found: list[Found], on: date, words: Written, console: Console) -> None:
    """A line that says all is well formed, how much was found of each kind, then the findings."""
    console.print(Group(*_parts(found, on, words, console.width)))


def _parts(found: list[Found], on: date, words: Written, width: int) -> Iterator[RenderableType]:
    yield Text(words.say("check_title", day=on), style=STRONG)
    yield Text(words.say("check_valid", count=words.say("law_count", **counted(words.book))), style="green")
    if not found:
        yield Text(words.say("check_clean"), style="green")
    for kind, group in groupby(found, key=lambda one: one.kind):
        findings = list(group)
        yield from heading(f"{words.say(HEADINGS[kind])}  {len(findings)}")
        yield Padding(_lines(findings, words, width), (0, 2))


def _lines(findings: list[Found], words: Written, width: int) -> RenderableType:
    """One line a table: its path, its label, and the days that the finding is about; those of today stand out."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for path, of_path in groupby(findings, key=lambda one: one.path):
        group = list(of_path)
        spans = Text("\n").join(_span(one, one.start, one.until, words) for one in group if one.start and one.until)
        name, about = Text(path, style=PATH), Text(words.pick(group[0].label), style=DIM)
        if width >= WIDE:
            grid.add_row(Group(name, indented(about)), spans)
        else:
            grid.add_row(Group(name, indented(about), indented(spans)))
    return grid


def _span(one: Found, start: date, until: date, words: Written) -> Text:
    in_force = f"  {words.say('law_in_force')}" if one.now and one.kind == "memory" else ""
    return Text(words.years(start, until) + in_force, style=WARN if one.now else DIM)
