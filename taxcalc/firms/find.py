"""One row of a table as the facts of one business."""

from __future__ import annotations

from taxcalc.base.money import plain
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.statement import FactSet
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.feed import Feed

_NAMED = 10
"""Rows of one identifier that are named."""


def find_row(feed: Feed, computation: Computation[C], row: int | None, id: str | None) -> FactSet:
    """The facts of a row, by its number in the file or by its identifier or name.

    Raises InputError where there is none, where there are several, or where the row is no row of the table.
    """
    header = computation.plan.header
    places = [column.place for name in ("id", "name") if (column := header.column(name))]
    if id is not None and not places:
        raise InputError([problem("id_column_missing", source=feed.name)])
    wanted = plain(id or "")
    found: list[tuple[int, FactSet]] = []
    first = feed.header_row + 1
    for piece in feed:
        parsed = piece.parse(header, plainly=computation.engine.name == "arrays")
        block = parsed.block
        for number, text, why in parsed.broken:
            if row == first + number:
                raise InputError([problem("row_is_broken", row=row, why=why, text=text)])
        for i in _candidates(block, None if row is None else row - first, places, wanted):
            number = first + block.number(i)
            found.append((number, computation.single.facts_of(block, i, f"{feed.name}:{number}")))
        first += parsed.length
        if (row is not None and row < first) or len(found) > _NAMED:
            break
    if not found:
        raise InputError(
            [problem("row_missing", row=row, source=feed.name) if row is not None else problem("id_missing", id=wanted)]
        )
    if len(found) > 1:
        raise InputError([problem("id_several", id=wanted, rows=[str(number) for number, _ in found[:_NAMED]])])
    return found[0][1]


def _candidates(block: Block, offset: int | None, places: list[int], wanted: str) -> list[int]:
    if offset is not None:
        return [i for i in range(block.size) if block.number(i) == offset]
    return [i for i in range(block.size) if any(plain(block.text(i, place)) == wanted for place in places)]
