"""Draws the ledger of a document as CSV: the reliefs, one a row, amounts plain."""

from __future__ import annotations

import csv
import io

from taxcalc.batch.guard import guarded
from taxcalc.money import yuan
from taxcalc.report.document import Document, words_of


def as_csv(document: Document) -> str:
    """A header, then a row for each relief, in the order in which savings are counted.

    Text cannot become a formula in a spreadsheet.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    ledger = document.ledger
    writer.writerow(map(guarded, ledger.heads))
    for row in ledger.rows:
        cells = (cell.text if cell.amount is None else yuan(cell.amount) for cell in row.cells)
        writer.writerow([words_of(row.label), *map(guarded, cells)])
    return out.getvalue()
