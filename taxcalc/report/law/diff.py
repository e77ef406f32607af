"""What changed in the law, on a terminal: before and after, by how much, by which document, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.law_diff import PRESENCE, Kind, LawDiff, Piece, TableDiff
from taxcalc.assessment.uses import covered_years, name_of, own_table
from taxcalc.report.law.change import difference, label_of, side_of
from taxcalc.report.law.figures import DIM, PATH, STRONG, WARN, WIDE, heading, indented
from taxcalc.report.law.written import Written

HEADINGS: dict[Kind, str] = {
    "changed": "diff_changed",
    "ended": "diff_ended",
    "began": "diff_began",
    "documents": "diff_documents",
}
MOST_NAMES = 3
"""More than these who are concerned are counted; `law PATH` and JSON name all."""


def print_diff(diff: LawDiff, words: Written, console: Console) -> None:
    """The whole comparison."""
    console.print(Group(*_DiffReport(diff, words, console.width).parts()))


class _DiffReport:
    def __init__(self, diff: LawDiff, words: Written, width: int) -> None:
        self.diff, self.words, self.width = diff, words, width

    def parts(self) -> Iterator[RenderableType]:
        diff, words = self.diff, self.words
        yield Text(words.say("diff_title", earlier=diff.earlier.written, later=diff.later.written), style=STRONG)
        same = diff.of("same")
        counts = {kind: len(diff.of(kind)) for kind in HEADINGS}
        yield Text(words.say("diff_counts", **counts, same=len(same)), style=DIM)
        first, last = covered_years(words.book)
        if diff.earlier.start.year < first or diff.later.until.year > last:
            yield Text(words.say("diff_uncovered", first=first, last=last), style=WARN)
        for kind, title in HEADINGS.items():
            for i, table in enumerate(diff.of(kind)):
                if not i:
                    yield from heading(words.say(title))
                elif kind != "documents":
                    yield Text()
                yield from self._documents(table) if kind == "documents" else self._table(table)
        if len(same) == len(diff.tables):
            yield Text("\n" + words.say("diff_nothing"), style=STRONG)
        else:
            names = "  ".join(table.path for table in same)
            yield Text("\n" + words.say("diff_same", names=names or "—"), style=DIM)

    def _table(self, table: TableDiff) -> Iterator[RenderableType]:
        name = Text(self._label(table), style=STRONG)
        yield name.append(f"  {table.path}", style=f"not bold {PATH}")
        yield from map(indented, self._changes(table) if table.kind == "changed" else self._whole(table))
        yield indented(self._why(table))

    def _documents(self, table: TableDiff) -> Iterator[RenderableType]:
        """A table of which only the documents changed."""
        yield Text(self._label(table), style=DIM).append(f"  {table.path}", style=PATH)
        yield indented(Text(self._by(table.before, table.after), style=DIM))

    def _label(self, table: TableDiff) -> str:
        return self.words.pick(self.words.book.table(table.path).label)

    def _changes(self, table: TableDiff) -> Iterator[RenderableType]:
        rows = []
        for change in table.changes:
            text = Text(side_of(self.words, table.path, change.parameter, change.before))
            text.append(" → ", style=DIM)
            text.append(side_of(self.words, table.path, change.parameter, change.after), style=STRONG)
            by = difference(self.words, table.path, change)
            if by:
                text.append(f"  {by}", style="green" if by.startswith("+") else "magenta")
            rows.append((label_of(self.words, table.path, change), text))
        yield self._rows(rows)

    def _whole(self, table: TableDiff) -> Iterator[RenderableType]:
        """A table that began or ended: its day, and the figures that came or went."""
        words, came = self.words, table.kind == "began"
        yield Text(words.say("since" if came else "until", day=self._turning_day(table)), style=STRONG)
        sides = [(change, change.after if came else change.before) for change in table.changes]
        rows = [
            (label_of(words, table.path, change), Text(side_of(words, table.path, change.parameter, states)))
            for change, states in sides
            if change.parameter != PRESENCE and states
        ]
        if rows:
            yield self._rows(rows)

    def _rows(self, rows: list[tuple[str, Text]]) -> RenderableType:
        if self.width < WIDE:
            return Group(*(Group(Text(label), indented(text)) for label, text in rows))
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(overflow="fold", max_width=34)
        grid.add_column(overflow="fold")
        for label, text in rows:
            grid.add_row(label, text)
        return grid

    def _why(self, table: TableDiff) -> Text:
        """For whom, and by which document."""
        words, text = self.words, Text(style=DIM)
        names = self._concerned(table)
        if names:
            said = words.listed(names[:MOST_NAMES])
            if len(names) > MOST_NAMES:
                said = words.say("diff_more", names=said, more=len(names) - MOST_NAMES)
            text.append(words.colon(words.say("diff_for"), said) + "\n")
        before, after = table.before, table.after
        if table.kind != "changed":
            day = self._turning_day(table)
            versions = words.book.table(table.path).versions
            before = after = tuple(Piece(v.start, v.until, v) for v in versions if day in (v.start, v.until))
        return text.append(words.colon(words.say("diff_by"), self._by(before, after)))

    def _concerned(self, table: TableDiff) -> list[str]:
        """The table's own reliefs, then levies in the order in which they are worked out, then other reliefs."""
        words, found = self.words, table.users
        own = [id for id in found.reliefs if own_table(words.book, id) == table.path]
        ids = [(id, True) for id in own] + [(id, False) for id in found.levies]
        ids += [(id, True) for id in found.reliefs if id not in own]
        return list(dict.fromkeys(words.pick(name_of(words.book, id, is_relief=is_relief)) for id, is_relief in ids))

    def _turning_day(self, table: TableDiff) -> date:
        """The first day of a table that was not there before, or the last of one that no longer is."""
        versions = self.words.book.table(table.path).versions
        if table.kind == "began":
            return min(version.start for version in versions if version.start > self.diff.earlier.until)
        return max(version.until for version in versions if version.until < self.diff.later.start)

    def _by(self, before: tuple[Piece, ...], after: tuple[Piece, ...]) -> str:
        """The main documents of either side, once where they are the same."""
        was, now = (self.words.sentences(self._main(side)) for side in (before, after))
        return now if was == now else f"{was} → {now}"

    def _main(self, side: tuple[Piece, ...]) -> Iterator[str]:
        """The main document of each version, in order."""
        cites = dict.fromkeys(piece.value.cites[0] for piece in side if piece.value)
        return (f"{self.words.document(key)} {self.words.clause(clause)}" for key, clause in cites)
