"""What changed in the law, on a terminal: before and after, by how much, by which document, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.law_diff import PRESENCE, Kind, LawDiff, Piece, TableDiff
from taxcalc.assessment.uses import covered_years, name_of, own_table
from taxcalc.report.law.change import difference, label_of, side_of
from taxcalc.report.law.figures import WIDE
from taxcalc.report.law.view import DIM, PATH, WARN, LawView

BEFORE, AFTER = "", "bold"
MOST_NAMES = 3
"""More than these who are concerned are counted; `law PATH` and JSON name all."""
KINDS: tuple[Kind, ...] = ("changed", "ended", "began", "documents", "same")


def print_diff(diff: LawDiff, view: LawView, console: Console) -> None:
    """The whole comparison."""
    console.print(Group(*_DiffReport(diff, view, console.width).parts()))


class _DiffReport:
    def __init__(self, diff: LawDiff, view: LawView, width: int) -> None:
        self.diff, self.view, self.width = diff, view, width

    def parts(self) -> Iterator[RenderableType]:
        diff, view = self.diff, self.view
        title = view.say("diff_title", earlier=diff.earlier.written, later=diff.later.written)
        yield Text(title, style="bold")
        yield Text(view.say("diff_counts", **{kind: len(diff.of(kind)) for kind in KINDS}), style=DIM)
        first, last = covered_years(view.book)
        if diff.earlier.start.year < first or diff.later.until.year > last:
            yield Text(view.say("diff_uncovered", first=first, last=last), style=WARN)
        for kind, heading in (("changed", "diff_changed"), ("ended", "diff_ended"), ("began", "diff_began")):
            found = [table for table in diff.tables if table.kind == kind]
            if found:
                yield from self._heading(heading)
                for i, table in enumerate(found):
                    yield from self._table(table, first=i == 0)
        yield from self._documents()
        if not any(diff.of(kind) for kind in KINDS[:4]):
            yield Text("\n" + view.say("diff_nothing"), style="bold")
        else:
            names = "  ".join(table.path for table in diff.of("same"))
            yield Text("\n" + view.say("diff_same", names=names or "—"), style=DIM)

    def _heading(self, key: str) -> Iterator[RenderableType]:
        yield Text()
        yield Rule(Text(self.view.say(key), style="bold"), align="left", style=DIM, characters="─")

    def _table(self, table: TableDiff, *, first: bool) -> Iterator[RenderableType]:
        view = self.view
        if not first:
            yield Text()
        name = Text(view.pick(view.book.table(table.path).label), style="bold")
        yield name.append(f"  {table.path}", style=f"not bold {PATH}")
        if table.kind == "changed":
            yield Padding(self._changes(table), (0, 0, 0, 2))
        else:
            yield Padding(self._whole(table), (0, 0, 0, 2))
        yield Padding(self._why(table), (0, 0, 0, 2))

    def _changes(self, table: TableDiff) -> RenderableType:
        rows = []
        for change in table.changes:
            text = Text(side_of(self.view, table.path, change.parameter, change.before), style=BEFORE)
            text.append(" → ", style=DIM)
            text.append(side_of(self.view, table.path, change.parameter, change.after), style=AFTER)
            by = difference(self.view, table.path, change)
            if by:
                text.append(f"  {by}", style="green" if by.startswith("+") else "magenta")
            rows.append((label_of(self.view, table.path, change), text))
        return self._rows(rows)

    def _whole(self, table: TableDiff) -> RenderableType:
        """A table that began or ended: its day, and the figures that came or went."""
        view, came = self.view, table.kind == "began"
        day = turning_day(view, table, self.diff)
        lead = Text(view.say("diff_from" if came else "diff_until", day=day), style="bold")
        rows = []
        for change in table.changes:
            states = change.after if came else change.before
            if change.parameter != PRESENCE and states:
                said = Text(side_of(view, table.path, change.parameter, states))
                rows.append((label_of(view, table.path, change), said))
        return Group(lead, self._rows(rows)) if rows else lead

    def _rows(self, rows: list[tuple[str, Text]]) -> RenderableType:
        if self.width < WIDE:
            return Group(*(Group(Text(label), Padding(text, (0, 0, 0, 2))) for label, text in rows))
        grid = Grid.grid(padding=(0, 2))
        grid.add_column(overflow="fold", max_width=34)
        grid.add_column(overflow="fold")
        for label, text in rows:
            grid.add_row(label, text)
        return grid

    def _why(self, table: TableDiff) -> Text:
        """For whom, and by which document."""
        view = self.view
        text = Text(style=DIM)
        names = self._concerned(table)
        if names:
            said = view.listed(names[:MOST_NAMES])
            if len(names) > MOST_NAMES:
                said = view.say("diff_more", names=said, more=len(names) - MOST_NAMES)
            text.append(view.colon(view.say("diff_for"), said) + "\n")
        was, by = _main(view, table.before), _main(view, table.after)
        if table.kind != "changed":
            day = turning_day(view, table, self.diff)
            versions = view.book.table(table.path).versions
            was = by = _main(view, tuple(Piece(v.start, v.until, v) for v in versions if day in (v.start, v.until)))
        said = by if was == by else f"{was} → {by}"
        return text.append(view.colon(view.say("diff_by"), said))

    def _concerned(self, table: TableDiff) -> list[str]:
        """The table's own reliefs, then levies in the order in which they are worked out, then other reliefs."""
        view, found = self.view, table.users
        own = [id for id in found.reliefs if own_table(view.book, id) == table.path]
        ids = [(id, True) for id in own] + [(id, False) for id in found.levies]
        ids += [(id, True) for id in found.reliefs if id not in own]
        return list(dict.fromkeys(view.pick(name_of(view.book, id, is_relief=is_relief)) for id, is_relief in ids))

    def _documents(self) -> Iterator[RenderableType]:
        found = self.diff.of("documents")
        if not found:
            return
        yield from self._heading("diff_documents")
        for table in found:
            was, now = _main(self.view, table.before), _main(self.view, table.after)
            label = Text(self.view.pick(self.view.book.table(table.path).label), style=DIM)
            label.append(f"  {table.path}", style=PATH)
            yield label
            yield Padding(Text(f"{was} → {now}" if was != now else now, style=DIM), (0, 0, 0, 2))


def turning_day(view: LawView, table: TableDiff, diff: LawDiff) -> date:
    """The first day of a table that was not there before, or the last of one that no longer is."""
    versions = view.book.table(table.path).versions
    if table.kind == "began":
        return min(version.start for version in versions if version.start > diff.earlier.until)
    return max(version.until for version in versions if version.until < diff.later.start)


def _main(view: LawView, found: tuple[Piece, ...]) -> str:
    """The main document of each version, in order."""
    cites = dict.fromkeys(piece.version.cites[0] for piece in found if piece.version)
    return ("；" if view.lang == "zh" else "; ").join(f"{view.document(key)} {view.clause(c)}" for key, c in cites)
