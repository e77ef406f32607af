"""Which tables a run is made of, so that it reaches every relief at any size and costs no more than it must.

What a table states decides which programs the column engine has to build, and building them takes as long as
computing some thousands of rows. Few large tables are therefore cheap; many small ones state more different things.
"""

from __future__ import annotations

from typing import NamedTuple

SHAPES, SMALL, LARGE = 60, 1000, 10_000
"""Tables before the rows of each grow; rows of a small table, for which the engine takes lists; of a large one."""
LEAST = 150
"""Rows that a table needs to reach what it is meant to reach."""

COMMON = ("measures", "fees", "small taxes", "contracts")
WISHES: tuple[tuple[object, ...], ...] = (
    (*COMMON, "quarters", "small_scale", "enterprise", "prepayment", "research", "rates"),
    (*COMMON, "quarters", "general", "enterprise", "additional deduction", "research", "rates"),
    (*COMMON, "quarters", "small_scale", "individual_business", "prepayment", "exempt services", "hubei"),
    (*COMMON, "quarter", 4, "general", "enterprise", "research", "rates"),
    (*COMMON, "quarters", "small_scale", "enterprise", "gaps", "research", "rates", "exempt services", "hubei"),
    (*COMMON, "general", "gaps", "rates", "exempt services"),
    ("quarters", "gaps", "bare"),
    *[()] * 5,
)
"""What is wished for, table by table, over and over. The first three reach every relief, the fourth contracts of 2022, the next three leave facts out; the others are left to chance."""
MEANT = 3
"""Tables at the start of a run that reach every relief."""


class Table(NamedTuple):
    """Businesses that all state the same facts."""

    seed: str
    rows: int
    wishes: tuple[object, ...]


def tables(rows: int, seed: int) -> list[Table]:
    """So many rows in tables: small ones of many shapes first, then large ones."""
    size = min(max(-(-rows // SHAPES), LEAST), SMALL)
    sizes: list[int] = []
    while rows > 0:
        sizes.append(min(size if len(sizes) < SHAPES else LARGE, rows))
        rows -= sizes[-1]
    return [Table(f"{seed}.{i}", size, WISHES[i % len(WISHES)]) for i, size in enumerate(sizes)]
