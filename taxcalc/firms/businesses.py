"""Which rows are of one business: those of one identifier, or of one name where there is no identifier."""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.base.money import plain
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header
from taxcalc.firms.read.keys import key_of, named
from taxcalc.firms.read.marks import mark_of


def keys_of(block: Block, header: Header, engine: Engine[C]) -> C:
    """A number for each row that is the same for rows of one business; 0 for a row that does not say whose it is."""
    id, name = header.column("id"), header.column("name")
    keys = _keys(block, id, engine) if id else engine.filled(block.size, 0)
    if name is None or 0 not in keys:
        return keys
    if id is None:
        return _keys(block, name, engine)
    for row, key in enumerate(keys):
        if not key:
            keys[row] = named(key_of(block.text(row, name.place)))
    return keys


def nameless(block: Block, header: Header, keys: C) -> Iterator[int]:
    """The rows that say nothing of whose they are, where others do. `keys` are those of the rows: a row without one may
    still have an identifier that lost its last digits."""
    if header.named and 0 in keys:
        places = [column.place for column in map(header.column, ("id", "name")) if column]
        for row, key in enumerate(keys):
            texts = () if key else [block.text(row, place) for place in places]
            if not key and all(not plain(text) or mark_of(text) for text in texts):
                yield row


def _keys(block: Block, column: Column, engine: Engine[C]) -> C:
    found, looked_at = block.keys(column.place)
    keys = engine.column(found)
    for row in looked_at:
        keys[row] = key_of(block.text(row, column.place))
    return keys
