"""A table to start from: the usual headings in one language, and notes on what each means."""

from __future__ import annotations

from taxcalc.base.csv_line import as_line
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue, Fact, Slot
from taxcalc.report.names import Names

USUAL = (
    "id", "name", "year", "taxpayer", "vat_payer", "filing", "place", "western_region",
    "revenue_q1", "revenue_q2", "revenue_q3", "revenue_q4", "special_invoice_sales", "output_vat", "input_vat",
    "taxable_income", "loss_brought_forward", "rd_expensed", "employees", "assets", "restricted_industry",
    "encouraged_income_share", "high_tech", "small_low_profit_status",
    "property_tax_due", "land_use_tax_due", "stamp_tax_due",
)  # fmt: skip
"""The columns that most businesses need; any other fact may be added."""

_EXAMPLE: dict[str, str | Label] = {
    "id": "91620602MA00000001", "name": ("示例有限公司", "Example Ltd"), "year": "2025",
    "taxpayer": "enterprise", "vat_payer": "small_scale", "filing": "quarterly", "place": "city",
    "western_region": "true", "revenue_q1": "280000.00", "revenue_q2": "310000.00", "revenue_q3": "295000.00",
    "revenue_q4": "300000.00", "taxable_income": "120000.00", "employees": "12", "assets": "1500000.00",
    "stamp_tax_due": "355.50",
}  # fmt: skip
_WORDS: dict[str, Label] = {
    "column": ("列名", "column"),
    "type": ("类型", "type"),
    "meaning": ("说明", "meaning"),
    "money": ("金额（元），可写 1234.50、1,234.50、12万", "yuan: 1234.50, 1,234.50 or 12万"),
    "rate": ("比率，如 60% 或 0.6", "a rate: 60% or 0.6"),
    "average": ("数，如 80 或 288.75", "a number: 80 or 288.75"),
    "count": ("整数", "a whole number"),
    "month": ("月份，如 2024-05", "a month: 2024-05"),
    "flag": ("是／否", "yes or no"),
    "text": ("文本", "text"),
}


def is_sample(id: str, name: str) -> bool:
    """Is this the row by which a template shows what goes in?"""
    return id == _EXAMPLE["id"] and name in _EXAMPLE["name"]


def headings(catalogue: Catalogue, names: Names) -> list[str]:
    """The headings of the template: in English, the names of the catalogue, which are the ids of facts."""
    return [_heading(slot, names) for slot in _slots(catalogue)]


def _slots(catalogue: Catalogue) -> list[Slot]:
    return [slot for name in USUAL if (slot := catalogue.find(name))]


def _heading(slot: Slot, names: Names) -> str:
    if names != "zh":
        return slot.name
    label = slot.fact.label[0].replace("（不含税）", "")
    return f"{label}第{slot.part[1]}季度" if slot.part else label


def example(catalogue: Catalogue, lang: Lang) -> list[str]:
    """One row as an example."""
    side = 0 if lang == "zh" else 1
    cells = []
    for slot in _slots(catalogue):
        either = _EXAMPLE.get(slot.name, "")
        value: str = either if isinstance(either, str) else either[side]
        if lang == "zh" and slot.fact.options and value:
            value = slot.fact.options[value][0]
        elif slot.fact.type == "flag" and value:
            value = ("是", "yes")[side]
        cells.append(value)
    return cells


def notes(catalogue: Catalogue, lang: Lang, names: Names) -> list[list[str]]:
    """What each column means: heading, type, meaning."""
    side = 0 if lang == "zh" else 1
    rows = [[_WORDS[key][side] for key in ("column", "type", "meaning")]]
    for slot in _slots(catalogue):
        fact = slot.fact
        meaning = fact.help[side] if lang == "zh" else f"{fact.label[1]}{'. ' if fact.help[1] else ''}{fact.help[1]}"
        rows.append([_heading(slot, names), _kind(fact, side), meaning])
    return rows


def _kind(fact: Fact, side: int) -> str:
    if fact.options:
        return ("、", " | ")[side].join(label[0] if side == 0 else key for key, label in fact.options.items())
    return _WORDS[fact.type][side]


def as_csv(catalogue: Catalogue, lang: Lang, names: Names | None = None) -> bytes:
    """The template as CSV, with the mark by which a spreadsheet knows UTF-8."""
    text = "".join(f"{as_line(row)}\n" for row in (headings(catalogue, names or lang), example(catalogue, lang)))
    return text.encode("utf-8-sig")


def write_workbook(catalogue: Catalogue, lang: Lang, path: str, names: Names | None = None) -> None:
    """The template as a workbook with a second sheet of notes."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    side = 0 if lang == "zh" else 1
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = ("资料", "facts")[side]
    sheet.append(headings(catalogue, names or lang))
    sheet.append(example(catalogue, lang))
    sheet.freeze_panes = "C2"
    for place, cell in enumerate(sheet[1], 1):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
        sheet.column_dimensions[get_column_letter(place)].width = 20 if place <= 2 else 15
    more = book.create_sheet(("说明", "notes")[side])
    for row in notes(catalogue, lang, names or lang):
        more.append(row)
    more.freeze_panes = "A2"
    for letter, width in zip("ABC", (28, 36, 80), strict=True):
        more.column_dimensions[letter].width = width
    for cell in more[1]:
        cell.font = Font(bold=True)
    book.save(path)
