"""Where a table begins: the heading is looked for among the first rows, titles and preambles are passed over."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from taxcalc.base.money import plain
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import WHEN
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.heading import (
    NOTHING_TOLD,
    UNIT_LINE,
    UNIT_OF_ALL,
    Header,
    Told,
    known,
    read_header,
    squeezed,
)
from taxcalc.firms.read.unclaimed import unclaimed

_UNIT_ALONE = r"[(（]?(?:单位[:：])?(?:百万|千|万|亿)?[元人户个年%][)）]?"
"""A cell of a second heading row that says the unit of its column."""
_OTHER_TIME = r"[0-9]|上年|去年|前年|同期|以前|累计|预算|计划|预计"
"""Groups of columns under such a word may be of another time than the table."""
_NUMBER = r"[-+(（¥￥]*[0-9][0-9,.，\s]*[%元人)）]*"
_ENOUGH, _AFTER = 4, 5
"""Once a row has so many names, only so many more are looked at."""
_WIDE, _LONG = 1_000, 300
"""Cells of a row, and characters of a cell, that are looked at to find the heading."""
_SIDEWAYS, _BESIDE = 3, 3
"""Names of facts below each other from which a table lies on its side, in one of so many columns."""


class Found(NamedTuple):
    """A heading: its first and its last row, its cells, and the unit that a line above it states."""

    first: int
    row: int
    titles: list[str]
    facts: int
    """Of the titles, those that name a fact."""
    unit: str = ""


def headed(
    feed: Feed,
    catalogue: Catalogue,
    told: Told = NOTHING_TOLD,
    row: int | None = None,
    given: Collection[str] = (),
) -> Header:
    """The heading of an input, whose rows are those after it from then on. `row` is where it stands, if that is told;
    `given` are the facts that are stated for every row.

    Raises InputError where there is none, or where a column may be a main fact that none states.
    """
    rows = feed.first_rows()
    found = find_heading(rows, catalogue, feed.name, told.mapped, row)
    header = read_header(found.titles, catalogue, feed.name, told, found.unit, rows[found.row :])
    if doubtful := unclaimed(header, rows[found.row :], catalogue, told, given):
        raise InputError(doubtful)
    if not told.period and (header.stated | set(given)).isdisjoint(WHEN):
        _year_above(rows[: found.first - 1], feed.name)
    feed.begin(found.row)
    return header


def find_heading(
    rows: Sequence[Sequence[str]], catalogue: Catalogue, source: str, mapped: Mapping[str, str], row: int | None = None
) -> Found:
    """The row, or the two rows that are read as one, with the most names of facts; of several, the first.

    Raises InputError where no row has any, where the names stand below each other, or where rows with figures would be
    passed over.
    """
    names = {squeezed(heading) for heading in mapped}
    if row is not None and not (0 < row <= len(rows) and any(map(str.strip, rows[row - 1]))):
        raise InputError([problem("header_row", source=source, row=row, rows=len(rows))])

    whole, rows = rows, [[cell[:_LONG] for cell in cells] for cells in rows]

    @functools.cache
    def counted(titles: tuple[str, ...]) -> int:
        texts = (title.strip() for title in titles if not re.fullmatch(_NUMBER, title.strip()))
        slots = {slot.name for text in texts if (slot := known(text, catalogue))}
        return len(slots) + sum(squeezed(title) in names for title in titles)

    def facts(titles: Sequence[str]) -> int:
        return counted(tuple(titles[:_WIDE]))

    best: Found | None = None
    seen: list[Found] = []
    for first in range(len(rows)) if row is None else (row - 1,):
        if best and best.facts >= _ENOUGH and first > best.row + _AFTER:
            break
        titles = list(rows[first])
        one = Found(first + 1, first + 1, titles, facts(titles))
        below = rows[first + 1] if first + 1 < len(rows) else ()
        if _is_heading(below) and (one.facts or facts(below)) and max(len(titles), len(below)) <= _WIDE:
            joined = _joined(titles, below, catalogue)
            both = Found(first + 1, first + 2, joined, facts(joined))
            one = both if both.facts > max(one.facts, facts(below)) or _says_units(below) else one
        seen += [one] if one.facts > 1 else []
        if one.facts == 1 and row is None and _is_line(one, rows[one.row :], catalogue):
            continue
        if best is None or one.facts > best.facts:
            best = one
    for one in seen:
        if best is not None and one.row < best.first and _has_rows(rows[one.row : best.first - 1], one, catalogue):
            raise InputError([problem("second_heading", row=best.first, text=best.titles[0])])
    for place in range(_BESIDE if row is None else 0):
        beside = [
            cells[place] for cells in rows if place < len(cells) and not re.fullmatch(_NUMBER, cells[place].strip())
        ]
        if facts(beside) >= _SIDEWAYS and (best is None or facts(beside) > best.facts):
            raise InputError([problem("header_sideways", source=source, titles=[cell for cell in beside if cell][:6])])
    if best is None or not (best.facts or row):
        shown = next(([*cells] for cells in rows if any(map(str.strip, cells))), [])
        raise InputError([problem("header_missing", source=source, titles=shown[:6])])
    titles = list(whole[best.row - 1]) if best.first == best.row else best.titles
    return best._replace(titles=titles, unit=_unit(rows, best, source))


def _is_heading(cells: Sequence[str]) -> bool:
    """May this row belong to a heading? One with a figure is a row of the table."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and not any(re.fullmatch(_NUMBER, plain(cell)) for cell in filled)


def _is_line(one: Found, below: Sequence[Sequence[str]], catalogue: Catalogue) -> bool:
    """Is a row with the name of one fact a line of a statement? Beside the name stand figures, or below it other names."""
    filled = [title for title in one.titles if title.strip()]
    if any(re.match(r"[-+(（¥￥]*[0-9]+[.,:：/-]?[0-9]", plain(title)) for title in filled):
        return True
    place, slot = next(
        (place, slot) for place, title in enumerate(one.titles) if (slot := known(title.strip(), catalogue))
    )
    cells = [cells[place] for cells in below if place < len(cells) and plain(cells[place])]
    texts = slot.fact.type == "text" or len(filled) <= 2
    return bool(cells) and not texts and all(re.search("[一-鿿]{2}", cell) for cell in cells)


def _has_rows(below: Sequence[Sequence[str]], heading: Found, catalogue: Catalogue) -> bool:
    """Are there figures below what might be a heading, before the row that is taken for it? They would be lost."""
    slots = {place: known(title.strip(), catalogue) for place, title in enumerate(heading.titles)}
    places = [place for place, slot in slots.items() if slot and slot.fact.type != "text"]
    return any(place < len(cells) and re.fullmatch(_NUMBER, plain(cells[place])) for cells in below for place in places)


def _says_units(cells: Sequence[str]) -> bool:
    return all(re.fullmatch(_UNIT_ALONE, plain(cell)) for cell in cells if cell.strip())


def _joined(above: Sequence[str], below: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Two rows as one: what stands over several columns is said of each."""
    titles = []
    group = ""
    for place in range(max(len(above), len(below))):
        over, under = (cells[place].strip() if place < len(cells) else "" for cells in (above, below))
        group = over or (group if under else "")
        titles.append(_title(group, under, catalogue))
    return titles


def _title(over: str, under: str, catalogue: Catalogue) -> str:
    if not under or not over or over == under:
        return over or under
    if re.fullmatch(_UNIT_ALONE, plain(under)):
        return f"{over}（{under.strip('()（）')}）"
    if (above := known(over, catalogue)) and (below := known(under, catalogue)) and above.fact is below.fact:
        return under if below.part or not above.part else over
    together = f"{over}{under}"
    if known(together, catalogue) or not known(under, catalogue) or known(over, catalogue):
        return together
    return together if re.search(_OTHER_TIME, plain(over)) else under


def _year_above(above: Sequence[Sequence[str]], source: str) -> None:
    """Raises InputError where a line above the heading names a year, and nothing else does: it would not be read."""
    for text in (cell.strip() for cells in above for cell in cells):
        if named := re.search("(?<![0-9])(20[0-9]{2})年", plain(text)):
            raise InputError([problem("year_in_title", source=source, text=text, year=named[1])])


def _unit(rows: Sequence[Sequence[str]], heading: Found, source: str) -> str:
    """The unit of amounts that a line above the heading states, or one that states nothing else. Raises InputError
    where there are two."""
    found: set[str] = set()
    for place, cells in enumerate(rows):
        above = place < heading.first - 1 and not any(re.fullmatch(_NUMBER, plain(cell)) for cell in cells)
        for cell in map(squeezed, cells):
            lines = re.finditer(UNIT_OF_ALL, cell) if above else [re.fullmatch(UNIT_LINE, cell)]
            found |= {next(filter(None, match.groups()), "") for match in lines if match}
    if len(found) > 1:
        raise InputError([problem("units_differ", source=source, units=[f"{unit}元" for unit in sorted(found)])])
    return next(iter(found), "")
