"""What the two row-by-row programs share: reading, writing and the clock.

Rows go through in pieces, so that memory stays small and the clock tells computing from reading and writing.
The rows must be sound: these programs show what the arithmetic costs, not what checking does.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

PIECE = 10_000
TAXES = ("vat", "property", "land_use", "stamp", "income_tax")
RESULTS = tuple(f"{tax}{part}" for tax in TAXES for part in ("_before", "_saved", ""))
"""Of each tax: without reliefs, saved, to pay."""


class Business(NamedTuple):
    """Cells of a row, in the order of the columns."""

    id: str
    name: str
    year: str
    taxpayer: str
    vat_payer: str
    place: str
    revenue_q1: str
    revenue_q2: str
    revenue_q3: str
    revenue_q4: str
    output_vat: str
    input_vat: str
    taxable_income: str
    rd_expensed: str
    employees: str
    assets: str
    western_region: str
    encouraged_income_share: str
    property_tax_due: str
    land_use_tax_due: str
    stamp_tax_due: str


def pieces(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """The rows, some thousands at a time."""
    while piece := list(islice(reader, PIECE)):
        yield piece


def run(assess: Callable[[Business], list[str]]) -> None:
    """Assess the rows of the file IN into the file OUT and print the times."""
    start = time.perf_counter()
    count, computing = 0, 0.0
    with (
        open(sys.argv[1], encoding="utf-8", newline="") as source,
        open(sys.argv[2], "w", encoding="utf-8", newline="") as target,
    ):
        reader, writer = csv.reader(source), csv.writer(target, lineterminator="\n")
        if tuple(next(reader)) != Business._fields:
            raise SystemExit(f"{sys.argv[1]}: other columns than expected")
        writer.writerow([*Business._fields, *RESULTS])
        for piece in pieces(reader):
            before = time.perf_counter()
            results = [[*cells, *assess(Business._make(cells))] for cells in piece]
            computing += time.perf_counter() - before
            writer.writerows(results)
            count += len(piece)
    total = time.perf_counter() - start
    print(json.dumps({"rows": count, "total_s": round(total, 3), "compute_s": round(computing, 3)}))
