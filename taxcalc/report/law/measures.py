"""The register of a notice: every measure, what it gives, to whom, until when, and whether it can be computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Table, Version
from taxcalc.law.schema import MeasureEntry, Status
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.shapes import dumped

_STATUS: dict[Status, tuple[str, str, Label]] = {
    "computed": ("●", "green", ("可计算", "computed")),
    "conditional": ("◐", "yellow", ("有条件", "conditional")),
    "not_computable": ("○", "dim", ("不能计算", "not computable")),
}


class Entry(NamedTuple):
    """One measure, with the tables that compute it."""

    notice: str
    measure: MeasureEntry
    tables: list[Table]

    def in_force(self, day: date | None) -> dict[Table, list[Version]]:
        """Its tables with their versions in force on a day, or all: a national rule may go on after the notice ended."""
        found = {t: [v for v in t.versions if day is None or v.start <= day <= v.until] for t in self.tables}
        return {table: versions for table, versions in found.items() if versions}

    def lives(self, day: date) -> bool:
        """Does the measure, or a rule behind it, hold on a day?"""
        return bool(self.in_force(day)) if self.tables else day <= self.until

    @property
    def until(self) -> date:
        """When it ends by the notice."""
        return date.fromisoformat(self.measure["until"])

    @property
    def last(self) -> date:
        """When the last rule behind it ends."""
        return max([self.until, *(table.versions[-1].until for table in self.tables)])


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
        for one in notice["measures"]:
            yield Entry(key, one, [table for table in citing if table.measure == one["number"]])


def counts(found: list[Entry]) -> dict[Status, int]:
    """How many there are of each status."""
    return {status: sum(one.measure["status"] == status for one in found) for status in _STATUS}


def as_json(book: LawBook, found: list[Entry], lang: Lang, day: date | None) -> str:
    """A list of measures with their tables, and how many there are of each status."""
    words, side = Citing(book, lang), 0 if lang == "zh" else 1
    measures = [
        {
            "notice": one.notice,
            "measure": one.measure["number"],
            "label": one.measure["label"][side],
            "who": one.measure["who"][side],
            "how_much": one.measure["much"][side],
            "until": one.until.isoformat(),
            "status": one.measure["status"],
            "why": one.measure["why"][side] if one.measure["why"] else None,
            "departments": one.measure["by"][side],
            "tables": [
                {
                    "table": table.path,
                    "label": table.label[side],
                    "versions": [citation_as_json(words, version) for version in versions],
                }
                for table, versions in one.in_force(day).items()
            ],
        }
        for one in found
    ]
    return dumped("measures/1", {"language": lang, "counts": counts(found), "measures": measures})


def print_measures(book: LawBook, found: list[Entry], lang: Lang, console: Console, day: date | None) -> None:
    """One entry after the other: number, name, until when; then what, who, why not, and the tables."""
    side = 0 if lang == "zh" else 1
    notice = None
    for one in found:
        if one.notice != notice:
            notice = one.notice
            head = Text("\n" + book.notices[notice]["label"][side], style="bold")
            head.append(f"  {book.document(book.notices[notice]['document'])[side]}", style="dim")
            console.print(head)
        console.print(_entry(one, side, day))
    tally = counts(found)
    words = ("、", ", ")[side].join(f"{_STATUS[key][2][side]} {number}" for key, number in tally.items())
    console.print(
        Text(f"\n{('共', 'in all')[side]} {len(found)}：{words}" if side == 0 else f"\n{len(found)} measures: {words}")
    )


def _entry(one: Entry, side: int, day: date | None) -> Padding:
    measure = one.measure
    sign, style, label = _STATUS[measure["status"]]
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", width=3, style="bold")
    grid.add_column(width=1, style=style)
    grid.add_column(overflow="fold")
    title = Text(measure["label"][side], style="bold")
    until = one.last if one.tables else one.until
    ends = ("无期限", "open-ended")[side] if until == date.max else until.isoformat()
    title.append(f"  {('至', 'until')[side]} {ends}", style="cyan")
    if until != one.until:
        title.append(f" ({('通知至', 'notice')[side]} {one.until})", style="dim")
    title.append(f"  {label[side]}", style=style)
    text = Text(f"{one.measure['much'][side]}{('；', '; ')[side]}{one.measure['who'][side]}")
    if one.measure["why"]:
        text.append(
            f"\n{one.measure['why'][side]}", style="yellow" if one.measure["status"] == "conditional" else "dim"
        )
    if tables := one.in_force(day):
        text.append("\n" + "  ".join(table.path for table in tables), style="cyan dim")
    text.append(f"\n{one.measure['by'][side]}", style="dim")
    grid.add_row(str(one.measure["number"]), sign, title)
    grid.add_row("", "", text)
    return Padding(grid, (1, 0, 0, 0))
