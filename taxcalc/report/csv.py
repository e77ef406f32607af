"""Draws the ledger of a document as CSV: the reliefs, one a row, amounts plain."""

from __future__ import annotations

from taxcalc.batch.guard import guarded
from taxcalc.batch.parse import as_line
from taxcalc.money import yuan
from taxcalc.report.document import Document, words_of


def as_csv(document: Document) -> str:
    """A header, then a row for each relief, in the order in which savings are counted.

    Text cannot become a formula in a spreadsheet.
    """
    rows = [list(document.ledger.heads)]
    for row in document.ledger.rows:
        cells = (cell.text if cell.amount is None else yuan(cell.amount) for cell in row.cells)
        rows.append([words_of(row.label), *cells])
    return "".join(f"{as_line([*map(guarded, cells)])}\n" for cells in rows)
