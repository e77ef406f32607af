"""The sheets beside the answers of a workbook: totals by relief, rows that were rejected, what all of it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from taxcalc.assessment.reasons import Note
from taxcalc.assessment.result import Assumption
from taxcalc.base.units import Label
from taxcalc.base.version import __version__
from taxcalc.firms.summary import SummarySink
from taxcalc.firms.wanted import DUE, TOTALS
from taxcalc.law.book import Version
from taxcalc.report.book import pixels, print_wide
from taxcalc.report.citing import EVIDENCE, Citing
from taxcalc.report.labels import LABELS
from taxcalc.report.names import NOT_IN

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from taxcalc.firms.counts import Counts

WORDS: dict[str, Label] = {
    "answers": ("测算结果", "answers"),
    "totals": ("优惠合计", "totals"),
    "rejected": ("不能计算的行", "rejected"),
    "none_rejected": ("没有：每一行都已计算", "none: every row was computed"),
    "basis": ("假设与依据", "basis"),
    "rows": ("行数", "rows"),
    "counting": (
        "一户多行的，户数只计一户；同一所属期重复的行不计入本表，“测算结果”表的合计行则逐行相加。",
        "A business with several rows is counted once; rows that state a period twice are left out here, while the last row of"
        " the answers adds up every row.",
    ),
    "remarks": ("说明", "remarks"),
    "assumed": ("假设与提示（涉及行数）", "assumptions and notes (rows)"),
    "sources": ("依据（本次享受的优惠）", "sources (of the reliefs that save here)"),
    "document": ("文件与条款", "document and clause"),
    "validity": ("有效期", "in force"),
}


_WIDTHS = {"totals": (44, 12, 20), "rejected": (8, 22, 24, 24, 80), "basis": (60, 70, 26, 14)}


def new_sheet(book: Workbook, key: str, side: int) -> Worksheet:
    """An empty sheet with its title, its widths, and how it is printed."""
    sheet: Worksheet = book.add_worksheet(WORDS[key][side])
    for place, width in enumerate(_WIDTHS[key]):
        sheet.set_column_pixels(place, place, pixels(width))
    sheet.freeze_panes(1, 0)
    print_wide(sheet, 0)
    return sheet


def write_totals(book: Workbook, sheet: Worksheet, sums: SummarySink, side: int) -> None:
    """What each relief saves and of how many businesses, and the totals with what they lack; `sums` are settled."""
    columns = sums.columns
    head, amount, bold = _head(book), book.add_format({"num_format": "#,##0.00"}), {"bold": True, "top": 1}
    number = book.add_format({"num_format": "#,##0"})
    _row(sheet, 0, [LABELS[key][side] for key in ("relief", "businesses", "saving")], head)
    row = 1
    for name in sums.figures:
        saved, businesses = sums.all.sums[name]
        if name.startswith("relief.") and saved:
            sheet.write_string(row, 0, columns.relief(name.split(".")[1]))
            sheet.write_number(row, 1, businesses, number)
            sheet.write_number(row, 2, Decimal(saved).scaleb(-2), amount)
            row += 1
    total = book.add_format({**bold, "num_format": "#,##0.00"})
    for name in (*(f"total.{what}" for what in TOTALS), *DUE):
        found, businesses = sums.all.sums[name]
        sheet.write_string(row, 0, columns.title(name) if columns.names != "id" else name, total)
        sheet.write_number(row, 1, sums.all.businesses if name != "total.saving" else businesses, book.add_format(bold))
        if found is None:
            sheet.write_string(row, 2, "—", total)
        else:
            sheet.write_number(row, 2, Decimal(found).scaleb(-2), total)
        row += 1
    caution = book.add_format({"bg_color": "#FFF2CC", "font_color": "#7F6000"})
    for kind, counts in sums.all.lacking.items():
        for id, label in columns.levies(counts).items():
            sheet.write_string(row, 0, ("：", ": ")[side].join((NOT_IN[kind][side], label)), caution)
            sheet.write_number(row, 1, counts[id], caution)
            row += 1
    sheet.merge_range(row + 1, 0, row + 1, 2, "", _prose(book))
    sheet.write_string(row + 1, 0, WORDS["counting"][side], _prose(book))
    sheet.set_row(row + 1, 48)


class RejectedSheet:
    """The rows that could not be computed, each with the reason and what to do."""

    def __init__(self, book: Workbook, side: int, head: Format, held: Callable[[str], str]) -> None:
        self._sheet = new_sheet(book, "rejected", side)
        self._side, self._head, self._held, self._wrapped, self._count = side, head, held, _prose(book), 0
        self._wrapped.set_quote_prefix()  # no formula, nor when somebody edits it

    def take(self, cells: Sequence[str]) -> None:
        """The headings, then one row after the other."""
        for place, text in enumerate(cells):
            if self._count and not place:
                self._sheet.write_number(self._count, place, int(text))
            else:
                self._sheet.write_string(
                    self._count, place, self._held(text), self._wrapped if self._count else self._head
                )
        self._count += 1

    def finish(self) -> None:
        """Say so where there are none."""
        if self._count == 1:
            self._sheet.write_string(1, 0, WORDS["none_rejected"][self._side])
        else:
            self._sheet.set_tab_color("#C00000")


def write_basis(book: Workbook, sheet: Worksheet, sums: SummarySink, counts: Counts, notes: Mapping[int, int]) -> None:
    """What there is to remark of the table, what was assumed of how many rows, and what the reliefs rest on."""
    columns = sums.columns
    side, words = 0 if columns.lang == "zh" else 1, Citing(columns.book, columns.lang)
    head, prose = _head(book), _prose(book)
    _row(
        sheet,
        0,
        [words.say("engine", version=__version__, tables=columns.book.sha256[:8])],
        book.add_format({"bold": True}),
    )
    _row(sheet, 2, [WORDS["remarks"][side], "", "", ""], head)
    row = 3
    for said in (counts.accounted(), *counts.said):
        _row(sheet, row, [said.text(columns.lang)], prose)
        row += 1
    rows: Counter[Note | Assumption] = Counter()
    for number, count in notes.items():
        for remark in columns.found.of("notes")[number]:
            if isinstance(remark, Note | Assumption):
                rows[remark] += count
    if rows:
        _row(sheet, row + 1, [WORDS["assumed"][side], WORDS["rows"][side], "", ""], head)
        row += 2
        for text, count in sorted(
            ((columns.remark(one), count) for one, count in rows.items()), key=lambda one: (-one[1], one[0])
        ):
            _row(sheet, row, [text], prose)
            sheet.write_number(row, 1, count, book.add_format({"num_format": "#,##0", "align": "left"}))
            row += 1
    heads = [*(WORDS[key][side] for key in ("sources", "document", "validity")), LABELS["evidence"][side]]
    _row(sheet, row + 1, heads, head)
    row += 2
    for relief, version in _sources(sums):
        cells = (relief, words.citation(version), words.validity(version), words.pick(EVIDENCE[version.evidence]))
        _row(sheet, row, cells, prose)
        row += 1


def _sources(sums: SummarySink) -> dict[tuple[str, Version], None]:
    """The versions of the law behind every relief that saves anything, in the periods that the table has."""
    columns = sums.columns
    found: dict[tuple[str, Version], None] = {}
    for name in sums.figures:
        if name.startswith("relief.") and sums.all.sums[name].amount:
            id = name.split(".")[1]
            for period in columns.found.periods:
                for part in {period, *period.parts(1)}:
                    if version := columns.book.version(columns.table(id).path, part):
                        found[columns.relief(id), version] = None
    return found


def _row(sheet: Worksheet, row: int, cells: Sequence[str], style: Format) -> None:
    for place, text in enumerate(cells):
        sheet.write_string(row, place, text, style)


def _head(book: Workbook) -> Format:
    return book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True})


def _prose(book: Workbook) -> Format:
    return book.add_format({"text_wrap": True, "valign": "top"})
