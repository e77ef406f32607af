"""The figures of one version of a table, and the names of what rests on it, for a terminal; headings and colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.uses import Users, name_of
from taxcalc.law.book import Version
from taxcalc.report.law.written import UP_TO, Written, stated

DIM, PATH, NOW, WARN, STRONG = "dim", "cyan", "bold green", "yellow", "bold"
WIDE = 64
"""Columns from which what belongs to a name stands beside it, not below."""


def heading(text: Text | str) -> Iterator[RenderableType]:
    """A rule with its text, after an empty line."""
    yield Text()
    yield Rule(Text(text, STRONG) if isinstance(text, str) else text, align="left", style=DIM, characters="─")


def indented(*parts: RenderableType) -> Padding:
    """Lines that belong to what stands above."""
    return Padding(Group(*parts), (0, 0, 0, 2))


def figures_of(words: Written, version: Version, parameter: str | None, width: int) -> Grid | None:
    """Label, name and figure of each parameter that stands alone."""
    labels = words.book.parameters(version.path)
    alone, bands = stated(words.book, version, parameter)
    if len(bands) == 1:  # one band is the whole amount
        alone |= {key: value for key, value in bands[0].items() if parameter in (None, key)}
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    if width >= WIDE:
        grid.add_column(no_wrap=True, style=PATH)
    grid.add_column(justify="right", no_wrap=True, style=STRONG)
    for key, figure in words.figures(version.path, alone).items():
        label = Text(words.pick(labels[key]))
        row = (label, key, figure) if width >= WIDE else (label.append(f"\n{key}", style=PATH), figure)
        grid.add_row(*row)
    return grid if alone else None


def bands_of(words: Written, version: Version, parameter: str | None, width: int) -> Grid | None:
    """The bands as a little table: which part of the amount, and its figures; where it is narrow, without names."""
    rows = [words.figures(version.path, band) for band in stated(words.book, version, parameter)[1]]
    if len(rows) < 2:
        return None
    labels = words.book.parameters(version.path)
    keys = [key for key in dict.fromkeys(key for row in rows for key in row) if key != UP_TO]
    if parameter in keys:
        keys = [parameter]
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for key, label in ((UP_TO, words.say("law_band")), *((key, words.pick(labels[key])) for key in keys)):
        head = Text(label).append(f"\n{key}" if width >= WIDE else "", style=PATH)
        grid.add_column(head, justify="left" if key == UP_TO else "right", overflow="fold")
    for part, row in zip(words.parts(rows), rows, strict=True):
        grid.add_row(part, *(Text(row.get(key, "—"), style=STRONG) for key in keys))
    return grid


def named_users(words: Written, found: dict[Version, Users], width: int) -> RenderableType:
    """Reliefs and levies by id and label; where one rests on some of the versions only, on which."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=width >= WIDE, overflow="fold")
    grid.add_column(overflow="fold")
    for side, title in enumerate(("law_reliefs", "law_levies")):
        ids = dict.fromkeys(id for one in found.values() for id in one[side])
        if ids:
            grid.add_row(Text(words.say(title), style=STRONG))
        for id in ids:
            where = [version for version, one in found.items() if id in one[side]]
            label = Text(words.pick(name_of(words.book, id, is_relief=side == 0)))
            if len(where) < len(found):
                label.append(f"  {words.listed(words.years(v.start, v.until) for v in where)}", style=DIM)
            if width >= WIDE:
                grid.add_row(Text(f"  {id}", style=PATH), label)
            else:
                grid.add_row(indented(Text(id, style=PATH), indented(label)))
    return grid if grid.row_count else Text(words.say("law_rests_none"), style=DIM)
