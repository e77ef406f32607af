"""Draws the ledger of a document as CSV: the reliefs, one a row, amounts plain."""

from __future__ import annotations

from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.money import yuan
from taxcalc.law.book import LawBook
from taxcalc.report.document import Document, words_of
from taxcalc.report.names import ITEM, Names, title


def as_csv(document: Document, book: LawBook, names: Names | None = None) -> str:
    """A header, then a row for each relief, in the order in which savings are counted.

    Columns have the `names` that are asked for, by default in the language of the document. Text cannot become a formula
    in a spreadsheet.
    """
    rows = [[title(book, column, names or document.lang) for column in ITEM]]
    for row in document.ledger.rows:
        cells = (cell.text if cell.amount is None else yuan(cell.amount) for cell in row.cells)
        rows.append([words_of(row.label), *cells])
    return "".join(f"{as_line([*map(guarded, cells)])}\n" for cells in rows)
