"""The reliefs as CSV, one a row. Text that came from the firm cannot become a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io

from taxcalc.assessment import Assessment, Item
from taxcalc.money import yuan
from taxcalc.problem import Lang
from taxcalc.report.labels import LABELS
from taxcalc.report.names import ITEM, Names, title
from taxcalc.report.view import View

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(assessment: Assessment, lang: Lang, names: Names | None = None) -> str:
    """A header, then a row for each relief, in the order in which savings are counted."""
    view = View(assessment, lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([title(assessment.model.book, column, names or lang) for column in ITEM])
    for item in assessment.items:
        reason = view.reasons(item)
        writer.writerow(
            [
                item.id,
                safe(view.pick(item.label)),
                item.kind,
                view.pick(LABELS[f"status_{item.status}"]),
                "" if item.base is None else yuan(item.base),
                *("" if amount is None else yuan(amount) for amount in _amounts(item)),
                safe(reason or ", ".join(item.needs)),
                safe(" | ".join(view.citation(version) for version in item.versions)),
            ]
        )
    return out.getvalue()


def _amounts(item: Item) -> tuple[int | None, ...]:
    return item.before, item.saving, item.after, item.worth


def safe(text: str) -> str:
    """Text with an apostrophe before a sign that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
