"""The register of a notice: every measure, what it gives, to whom, until when, and whether it can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Table, Version, label_of
from taxcalc.law.schema import MeasureEntry, PartEntry
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.shapes import Json, dumped

_STATUS: dict[str, tuple[str, str, Label]] = {
    "computed": ("●", "green", ("可计算", "computed")),
    "conditional": ("◐", "yellow", ("有条件", "conditional")),
    "not_computable": ("○", "dim", ("不能计算", "not computable")),
}


class Entry(NamedTuple):
    """One measure, with the tables that compute it."""

    notice: str
    measure: MeasureEntry
    tables: list[Table]

    @property
    def start(self) -> date | None:
        """When it begins by the notice, where the notice says."""
        return date.fromisoformat(self.measure["start"]) if self.measure["start"] else None

    @property
    def until(self) -> date:
        """When it ends by the notice: the last of its parts."""
        return date.fromisoformat(self.measure["until"])

    def parts(self, day: date | None) -> list[PartEntry]:
        """Its sub-clauses, or those in force on a day."""
        return [part for part in self.measure["parts"] if day is None or _holds(part["start"], part["until"], day)]

    def in_force(self, day: date | None) -> dict[Table, list[Version]]:
        """Its tables with their versions in force on a day, or all: a national rule may go on after the notice ended."""
        found = {t: [v for v in t.versions if day is None or v.start <= day <= v.until] for t in self.tables}
        return {table: versions for table, versions in found.items() if versions}

    def lives(self, day: date) -> bool:
        """Does the measure, a sub-clause of it or a rule behind it hold on a day?"""
        if self.tables or self.measure["parts"]:
            return bool(self.in_force(day) or self.parts(day))
        return _holds(self.measure["start"], self.measure["until"], day)

    @property
    def last(self) -> date:
        """When the last rule behind it ends."""
        return max([self.until, *(table.versions[-1].until for table in self.tables)])


def _holds(start: str | None, until: str, day: date) -> bool:
    return (start is None or start <= day.isoformat()) and day.isoformat() <= until


def entries(book: LawBook, notice: str | None, *, computable: bool, day: date | None) -> list[Entry]:
    """The measures of one notice or of all, those asked for."""
    found = list(_every(book, notice))
    if computable:
        found = [one for one in found if one.measure["status"] != "not_computable"]
    return [one for one in found if day is None or one.lives(day)]


def _every(book: LawBook, wanted: str | None) -> Iterator[Entry]:
    for key, notice in book.notices.items():
        if wanted not in (None, key):
            continue
        tables = [book.table(path) for path in book.paths()]
        citing = [t for t in tables if any(notice["document"] in dict(v.cites) for v in t.versions)]
        for measure in notice["measures"]:
            yield Entry(key, measure, [table for table in citing if table.measure == measure["number"]])


def counts(found: list[Entry]) -> dict[str, int]:
    """How many there are of each status."""
    return {status: sum(one.measure["status"] == status for one in found) for status in _STATUS}


def as_json(words: Citing, found: list[Entry], day: date | None) -> str:
    """A list of measures with their tables, and how many there are of each status."""
    measures: list[Json] = [
        {
            "notice": one.notice,
            "measure": one.measure["number"],
            "label": words.pick(label_of(one.measure["label"])),
            "who": words.pick(label_of(one.measure["who"])),
            "how_much": words.pick(label_of(one.measure["much"])),
            "from": one.start.isoformat() if one.start else None,
            "until": one.until.isoformat(),
            "parts": [
                {"what": words.pick(label_of(part["label"])), "from": part["start"], "until": part["until"]}
                for part in one.parts(day)
            ],
            "status": one.measure["status"],
            "why": words.pick(label_of(one.measure["why"])) if one.measure["why"] else None,
            "departments": words.pick(label_of(one.measure["by"])),
            "tables": [
                {
                    "table": table.path,
                    "label": words.pick(table.label),
                    "versions": [citation_as_json(words, version) for version in versions],
                }
                for table, versions in one.in_force(day).items()
            ],
        }
        for one in found
    ]
    return dumped("measures/1", {"language": words.lang, "counts": counts(found), "measures": measures})


def print_measures(words: Citing, found: list[Entry], console: Console, day: date | None) -> None:
    """One entry after the other: number, name, until when; then what, who, why not, and the tables."""
    for key, group in groupby(found, key=lambda one: one.notice):
        notice = words.book.notices[key]
        head = Text("\n" + words.pick(label_of(notice["label"])), style="bold")
        console.print(head.append(f"  {words.document(notice['document'])}", style="dim"))
        for one in group:
            console.print(_entry(words, one, day))
    tally = (f"{words.pick(_STATUS[status][2])} {number}" for status, number in counts(found).items())
    console.print(Text("\n" + words.say("measures_count", number=len(found), tally=words.listed(tally))))


def _span(words: Citing, part: PartEntry) -> str:
    until = words.say("until", day=words.day(date.fromisoformat(part["until"])))
    return f"{part['start']} – {part['until']}" if part["start"] else until


def _entry(words: Citing, one: Entry, day: date | None) -> Padding:
    measure = one.measure
    sign, style, label = _STATUS[measure["status"]]
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", width=3, style="bold")
    grid.add_column(width=1, style=style)
    grid.add_column(overflow="fold")
    until = one.last if one.tables else one.until
    title = Text(words.pick(label_of(measure["label"])), style="bold")
    title.append(f"  {words.say('until', day=words.day(until))}", style="cyan")
    if until != one.until:
        title.append(f" ({words.say('measures_notice', day=one.until)})", style="dim")
    title.append(f"  {words.pick(label)}", style=style)
    text = Text(words.sentences(words.pick(label_of(pair)) for pair in (measure["much"], measure["who"])))
    for part in one.parts(day):
        text.append(f"\n· {words.pick(label_of(part['label']))}")
        text.append(f"  {_span(words, part)}", style="dim")
    if measure["why"]:
        style_of_why = "yellow" if measure["status"] == "conditional" else "dim"
        text.append(f"\n{words.pick(label_of(measure['why']))}", style=style_of_why)
    if tables := one.in_force(day):
        text.append("\n" + "  ".join(table.path for table in tables), style="cyan dim")
    text.append(f"\n{words.pick(label_of(measure['by']))}", style="dim")
    grid.add_row(str(measure["number"]), sign, title)
    grid.add_row("", "", text)
    return Padding(grid, (1, 0, 0, 0))
