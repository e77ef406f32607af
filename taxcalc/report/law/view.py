"""The law on a terminal: all tables in a list, or each version of some with figures, documents and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.uses import users
from taxcalc.base.problem import Lang
from taxcalc.base.version import TABLES_VERSION
from taxcalc.law.book import LawBook, Table, Version
from taxcalc.law.select import Selected
from taxcalc.report.citing import EVIDENCE
from taxcalc.report.law.evidence import marks, readings
from taxcalc.report.law.figures import (
    DIM,
    NOW,
    PATH,
    STRONG,
    WARN,
    WIDE,
    bands_of,
    figures_of,
    heading,
    indented,
    named_users,
)
from taxcalc.report.law.written import Written, counted


class LawView(Written):
    """The tables of a book in one language, as of a day; `only` the versions in force on it."""

    def __init__(self, book: LawBook, lang: Lang, day: date, *, only: bool = False) -> None:
        super().__init__(book, lang)
        self.day_asked, self.only = day, only

    def _shown(self, table: Table) -> list[Version]:
        return [v for v in table.versions if not self.only or self._is_in_force(v)]

    def _is_in_force(self, version: Version) -> bool:
        return version.start <= self.day_asked <= version.until

    def _why_none(self, table: Table) -> str:
        """Why no version is in force on the day: since when, or from when."""
        before = [v for v in table.versions if v.until < self.day_asked]
        after = [v for v in table.versions if v.start > self.day_asked]
        if before and after:
            return self._hole(before[-1], after[0])
        return self.say("law_ended", day=before[-1].until) if before else self.say("law_begins", day=after[0].start)

    def _hole(self, before: Version, after: Version) -> str:
        return self.say("law_hole", first=before.until + timedelta(1), last=after.start - timedelta(1))

    # ---------------------------------------------------------------------------------- the list

    def print_list(self, console: Console) -> None:
        """Every table: path, label, versions in years with their evidence."""
        console.print(
            Text(self.say("law_title"), style=STRONG),
            Text(self.say("law_count", **counted(self.book)), style=DIM),
            sep="  ",
        )
        console.print()
        wide = console.width >= WIDE
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(overflow="fold")
        if wide:
            grid.add_column(no_wrap=True)
            grid.add_column(no_wrap=True)
            grid.add_row(*(Text(self.say(head), style=STRONG) for head in ("law_path", "law_versions", "evidence")))
        for table in map(self.book.table, self.book.paths()):
            name = Group(Text(table.path, style=PATH), indented(Text(self.pick(table.label))))
            if wide:
                grid.add_row(name, *self._spans(table))
            else:
                grid.add_row(name)
                inner = Grid.grid(padding=(0, 2))
                inner.add_row(*self._spans(table))
                grid.add_row(Padding(inner, (0, 0, 1, 4)))
        console.print(grid)
        console.print(
            Text("\n" + self.say("law_version", version=TABLES_VERSION, digest=self.book.sha256[:8]), style=DIM)
        )
        console.print(Text(self.say("law_more"), style=DIM))

    def _spans(self, table: Table) -> tuple[Text, Text]:
        """The versions as years, those of like evidence on one line, and the evidence of each line."""
        spans, marks = [], []
        for evidence, group in groupby(self._shown(table), key=lambda v: v.evidence):
            for line in _pairs(list(group)):
                years = [Text(self.years(v.start, v.until), STRONG if self._is_in_force(v) else DIM) for v in line]
                spans.append(Text("、" if self.lang == "zh" else ", ").join(years))
                marks.append(Text(self.pick(EVIDENCE[evidence]), WARN if evidence == "memory" else DIM))
        return Text("\n").join(spans) if spans else Text("—", style=DIM), Text("\n").join(marks)

    # ---------------------------------------------------------------------------------- some tables

    def print_tables(self, selected: list[Selected], console: Console) -> None:
        """Each table that was asked for, with its versions."""
        for i, one in enumerate(selected):
            if i:
                console.print()
            console.print(Group(*self._table(one, console.width)))

    def _table(self, selected: Selected, width: int) -> Iterator[RenderableType]:
        path, parameter = selected
        table, title, name = self.book.table(path), "", path
        if parameter:
            title, name = f" · {self.pick(self.book.parameters(path)[parameter])}", f"{path}.{parameter}"
        yield Text(self.pick(table.label) + title, style=STRONG)
        about = Text(name, style=PATH)
        if table.measure is not None:
            key = "law_measure" if table.notice_until is None else "law_measure_until"
            about.append(f" · {self.say(key, number=table.measure, day=table.notice_until)}", style=DIM)
        yield about
        shown = self._shown(table)
        if not shown:
            yield Text(f"\n{self.say('law_none', day=self.day_asked, why=self._why_none(table))}", style=WARN)
            return
        for before, version in zip([None, *shown], shown, strict=False):
            if before and before.until + timedelta(1) < version.start:
                yield Text(f"\n{self._hole(before, version)}", style=WARN)
            yield from self._version(version, parameter, width)
        yield from heading(self.say("law_rests"))
        yield Padding(named_users(self, {v: users(self.book, v, parameter) for v in shown}, width), (0, 2))

    def _version(self, version: Version, parameter: str | None, width: int) -> Iterator[RenderableType]:
        head = Text(self.validity(version), style=STRONG)
        if self._is_in_force(version) and not self.only:
            head.append(f"  {self.say('law_in_force')}", style=NOW)
        yield from heading(head)
        figures, bands = figures_of(self, version, parameter, width), bands_of(self, version, parameter, width)
        if figures is not None:
            yield Padding(figures, (0, 2))
        if bands is not None:
            yield Padding(bands, (1 if figures else 0, 2, 1, 2))
        yield Padding(self._sources(version), (0, 2))

    def _sources(self, version: Version) -> Text:
        """The documents, one on a line, with the evidence and the note."""
        text = Text("\n").join(
            Text(f"{document}  ").append(clauses, style=DIM) for document, clauses in self.cited(version)
        )
        text.append("\n" + self.colon(self.say("evidence"), ""), style=DIM)
        text.append(marks(self, version), style=WARN if version.evidence == "memory" else "")
        for line in readings(self, version):
            text.append(f"\n  {line}", style=DIM)
        if version.reviewed:
            name, day = version.reviewed
            text.append(f"\n  {self.say('law_reviewed', name=name, day=day)}", style=DIM)
        if version.note:
            text.append(f"\n{self.pick(version.note)}", style=DIM)
        return text


def _pairs(versions: list[Version]) -> Iterator[list[Version]]:
    """Two short ones on a line, so that a line stays within 24 columns."""
    line: list[Version] = []
    for version in versions:
        if len(line) == 2 or not all(one.start.month == 1 and one.until.month == 12 for one in (*line, version)):
            if line:
                yield line
            line = []
        line.append(version)
    if line:
        yield line
