"""The law on a terminal: all tables in a list, or each version of some with figures, documents and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.uses import users
from taxcalc.base.problem import Lang
from taxcalc.law.book import LawBook, Table, Version
from taxcalc.law.select import Selected
from taxcalc.report.citing import EVIDENCE, Citing
from taxcalc.report.labels import LABELS
from taxcalc.report.law.figures import bands_of, figures_of, named_users
from taxcalc.report.law.written import Written

DIM, PATH, NOW, WARN = "dim", "cyan", "bold green", "yellow"
WIDE = 64
"""Columns from which a list is printed as a table."""


class LawView(Citing):
    """The tables of a book in one language, as of a day."""

    def __init__(self, book: LawBook, lang: Lang, day: date, *, only: bool = False) -> None:
        super().__init__(book, lang)
        self.day_asked, self.only = day, only
        self.written = Written(book, lang)

    def say(self, key: str, **values: object) -> str:
        """A label with its values."""
        return self.pick(LABELS[key]).format(**values)

    def shown(self, table: Table) -> list[Version]:
        """The versions to show: all, or the one in force on the day that was asked for."""
        return [v for v in table.versions if not self.only or self.is_in_force(v)]

    def is_in_force(self, version: Version) -> bool:
        """Is it in force on the day?"""
        return version.start <= self.day_asked <= version.until

    def why_none(self, table: Table) -> str:
        """Why no version is in force on the day: since when, or from when."""
        before = [v for v in table.versions if v.until < self.day_asked]
        after = [v for v in table.versions if v.start > self.day_asked]
        if not before:
            return self.say("law_begins", day=after[0].start)
        if not after:
            return self.say("law_ended", day=before[-1].until)
        return self.say("law_hole", first=before[-1].until + timedelta(1), last=after[0].start - timedelta(1))

    # ---------------------------------------------------------------------------------- the list

    def print_list(self, console: Console) -> None:
        """Every table: path, label, versions in years with their evidence."""
        tables = [self.book.table(path) for path in self.book.paths()]
        versions = sum(len(table.versions) for table in tables)
        count = self.say("law_count", tables=len(tables), versions=versions, documents=len(self.book.documents()))
        console.print(Text(self.say("law_title"), style="bold"), Text(count, style=DIM), sep="  ")
        console.print()
        wide = console.width >= WIDE
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(overflow="fold")
        if wide:
            grid.add_column(no_wrap=True)
            grid.add_column(no_wrap=True)
            heads = (self.say("law_path"), self.say("law_versions"), self.say("evidence"))
            grid.add_row(*(Text(head, style="bold") for head in heads))
        for table in tables:
            label = Padding(Text(self.pick(table.label)), (0, 0, 0, 2))
            name = Group(Text(table.path, style=PATH), label)
            spans, marks = self._spans(table)
            if wide:
                grid.add_row(name, spans, marks)
            else:
                grid.add_row(name)
                inner = Grid.grid(padding=(0, 2))
                inner.add_row(spans, marks)
                grid.add_row(Padding(inner, (0, 0, 1, 4)))
        console.print(grid)
        console.print(Text("\n" + self.say("law_more"), style=DIM))

    def _spans(self, table: Table) -> tuple[Text, Text]:
        """The versions as years, those of like evidence on one line, and the evidence of each line."""
        shown = self.shown(table)
        if not shown:
            return Text("—", style=DIM), Text()
        spans, marks = Text(), Text()
        for evidence, group in groupby(shown, key=lambda v: v.evidence):
            for line in _pairs(list(group)):
                first = True
                for version in line:
                    spans.append("" if first else ", " if self.lang == "en" else "、")
                    style = "bold" if self.is_in_force(version) else DIM
                    spans.append(self.years(version.start, version.until), style=style)
                    first = False
                spans.append("\n")
                marks.append(self.pick(EVIDENCE[evidence]) + "\n", style=WARN if evidence == "memory" else DIM)
        spans.rstrip()
        marks.rstrip()
        return spans, marks

    # ---------------------------------------------------------------------------------- some tables

    def print_tables(self, selected: list[Selected], console: Console) -> None:
        """Each table that was asked for, with its versions."""
        for i, one in enumerate(selected):
            if i:
                console.print()
            console.print(Group(*self._table(one, console.width)))

    def _table(self, selected: Selected, width: int) -> Iterator[RenderableType]:
        table = self.book.table(selected.path)
        title = Text(self.pick(table.label), style="bold")
        if selected.parameter:
            label = self.pick(self.book.parameters(selected.path)[selected.parameter])
            title.append(f" · {label}", style="bold")
        yield title
        about = Text(f"{selected.path}.{selected.parameter}" if selected.parameter else selected.path, style=PATH)
        if table.measure is not None:
            key = "law_measure" if table.notice_until is None else "law_measure_until"
            about.append(f" · {self.say(key, number=table.measure, day=table.notice_until)}", style=DIM)
        yield about
        shown = self.shown(table)
        if not shown:
            yield Text()
            yield Text(self.say("law_none", day=self.day_asked, why=self.why_none(table)), style=WARN)
            return
        for i, version in enumerate(shown):
            if i and shown[i - 1].until + timedelta(1) < version.start:
                last, first = version.start - timedelta(1), shown[i - 1].until + timedelta(1)
                yield Text(f"\n{self.say('law_hole', first=first, last=last)}", style=WARN)
            yield from self._version(version, selected.parameter, width)
        yield from self._rests(shown, selected.parameter, width)

    def _version(self, version: Version, parameter: str | None, width: int) -> Iterator[RenderableType]:
        yield Text()
        head = Text(self.validity(version), style="bold")
        if self.is_in_force(version) and not self.only:
            head.append(f"  {self.say('law_in_force')}", style=NOW)
        yield Rule(head, align="left", style=DIM, characters="─")
        figures, bands = figures_of(self, version, parameter, width), bands_of(self, version, parameter, width)
        if figures is not None:
            yield Padding(figures, (0, 2))
        if bands is not None:
            yield Padding(bands, (1 if figures else 0, 2, 1, 2))
        yield Padding(self.sources(version), (0, 2))

    def sources(self, version: Version) -> Text:
        """The documents, one on a line, with the evidence and the note."""
        clauses: dict[str, list[str]] = {}
        for key, clause in version.cites:
            clauses.setdefault(key, []).append(self.clause(clause))
        text = Text("\n").join(
            Text(f"{self.document(key)}  ").append(self.listed(found), style=DIM) for key, found in clauses.items()
        )
        text.append("\n" + self.colon(self.say("evidence"), ""), style=DIM)
        mark = self.pick(EVIDENCE[version.evidence])
        text.append(mark, style=WARN if version.evidence == "memory" else "")
        if version.clause_evidence != version.evidence:
            said = self.say("law_clause_evidence", mark=self.pick(EVIDENCE[version.clause_evidence]))
            text.append(("，" if self.lang == "zh" else ", ") + said, style=DIM)
        if version.note:
            text.append(f"\n{self.pick(version.note)}", style=DIM)
        return text

    def _rests(self, shown: list[Version], parameter: str | None, width: int) -> Iterator[RenderableType]:
        found = {version: users(self.book, version, parameter) for version in shown}
        yield Text()
        yield Rule(Text(self.say("law_rests"), style="bold"), align="left", style=DIM, characters="─")
        yield Padding(named_users(self, found, width), (0, 2))


def _pairs(versions: list[Version]) -> Iterator[list[Version]]:
    """Two short ones on a line, so that a line stays within 24 columns."""
    line: list[Version] = []
    for version in versions:
        whole_years = version.start.month == 1 and version.until.month == 12
        if line and not (whole_years and len(line) < 2 and line[0].start.month == 1 and line[0].until.month == 12):
            yield line
            line = []
        line.append(version)
    if line:
        yield line
