"""The figures of one version of a table, and the names of what rests on it, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from taxcalc.assessment.uses import Users, name_of
from taxcalc.law.book import Version

if TYPE_CHECKING:
    from taxcalc.report.law.view import LawView

DIM, PATH = "dim", "cyan"
WIDE = 64
"""Columns from which the name of a parameter stands beside its label, not below."""


def figures_of(view: LawView, version: Version, parameter: str | None, width: int) -> Grid | None:
    """Label, name and figure of each parameter that stands alone."""
    labels = view.book.parameters(version.path)
    figures = view.written.figures(version, parameter)
    bands = view.written.bands(version, parameter)
    if len(bands) == 1:  # one band is the whole amount
        figures |= {key: figure for key, figure in bands[0].items() if parameter in (None, key)}
    if not figures:
        return None
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold")
    if width >= WIDE:
        grid.add_column(no_wrap=True, style=PATH)
    grid.add_column(justify="right", no_wrap=True, style="bold")
    for key, figure in figures.items():
        label = Text(view.pick(labels[key]))
        if width >= WIDE:
            grid.add_row(label, key, figure)
        else:
            grid.add_row(label.append(f"\n{key}", style=PATH), figure)
    return grid


def bands_of(view: LawView, version: Version, parameter: str | None, width: int) -> Grid | None:
    """The bands as a little table: which part of the amount, and its figures; where it is narrow, without names."""
    rows = view.written.bands(version, parameter)
    if len(rows) < 2:
        return None
    labels = view.book.parameters(version.path)
    keys = [key for key in dict.fromkeys(key for row in rows for key in row) if key != UP_TO]
    if parameter in keys:
        keys = [parameter]
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for key, label in ((UP_TO, view.say("law_band")), *((key, view.pick(labels[key])) for key in keys)):
        head = Text(label).append(f"\n{key}" if width >= WIDE else "", style=PATH)
        grid.add_column(head, justify="left" if key == UP_TO else "right", overflow="fold")
    bottom = ""
    for row in rows:
        top = row.get(UP_TO, "")
        grid.add_row(part(view, bottom, top), *(Text(row.get(key, "—"), style="bold") for key in keys))
        bottom = top
    return grid


UP_TO = "up_to"
"""The parameter that ends a band."""


def part(view: LawView, bottom: str, top: str) -> str:
    """Which part of the amount a band is for."""
    if not top:
        return view.say("law_band_above", bottom=bottom)
    if not bottom:
        return view.say("law_band_up_to", top=top)
    unit = top.rpartition(" ")[2]
    return view.say("law_band_between", bottom=bottom.removesuffix(f" {unit}"), top=top)


def named_users(view: LawView, found: dict[Version, Users], width: int) -> RenderableType:
    """Reliefs and levies by id and label; where one rests on some of the versions only, on which."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=width >= WIDE, overflow="fold")
    grid.add_column(overflow="fold")
    for heading, side in (("law_reliefs", 0), ("law_levies", 1)):
        ids = dict.fromkeys(id for one in found.values() for id in one[side])
        if ids:
            grid.add_row(Text(view.say(heading), style="bold"))
        for id in ids:
            where = [version for version, one in found.items() if id in one[side]]
            label = Text(view.pick(name_of(view.book, id, is_relief=side == 0)))
            if len(where) < len(found):
                label.append(f"  {view.listed(view.years(v.start, v.until) for v in where)}", style=DIM)
            if width >= WIDE:
                grid.add_row(Text(f"  {id}", style=PATH), label)
            else:
                grid.add_row(Padding(Group(Text(id, style=PATH), Padding(label, (0, 0, 0, 2))), (0, 0, 0, 2)))
    return grid if grid.row_count else Text(view.say("law_rests_none"), style=DIM)
