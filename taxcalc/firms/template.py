"""A table to start from: the usual headings in one language, what each means, and one row as an example."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from taxcalc.base.csv_line import as_line
from taxcalc.base.money import plain
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue, Fact, Slot
from taxcalc.report.names import Names

REQUIRED = (
    "id", "name", "year", "taxpayer", "vat_payer", "place", "western_region", "revenue", "taxable_income", "employees",
    "assets",
)  # fmt: skip
"""What the large taxes of most businesses rest on."""
OPTIONAL = (
    "filing", "opened", "special_invoice_sales", "output_vat", "input_vat", "vat_credit",
    "loss_brought_forward", "income_tax_prepaid", "audited_collection", "restricted_industry",
    "small_low_profit_status", "encouraged_industry", "encouraged_income_share", "high_tech", "rd_expensed",
    "property_tax_due", "land_use_tax_due", "stamp_tax_due",
)  # fmt: skip
"""What some have, and what reports ask for most; any other fact may be added."""

_SAMPLE_IDS = ("91620602MA00000003", "91620602MA00000001")
"""That of today, and that of templates made before: its check character was wrong."""
_SAMPLE_NAME: Label = ("示例有限公司", "Example Ltd")
_EXAMPLE: dict[str, str | Label] = {
    "id": _SAMPLE_IDS[0], "name": _SAMPLE_NAME, "year": "2025",
    "taxpayer": "enterprise", "vat_payer": "small_scale", "filing": "quarterly", "place": "city",
    "western_region": "true", "taxable_income": "120000.00", "employees": "12", "assets": "1500000.00",
    "encouraged_industry": "false", "high_tech": "false", "rd_expensed": "0.00", "property_tax_due": "0.00",
    "land_use_tax_due": "0.00", "stamp_tax_due": "355.50",
}  # fmt: skip
_QUARTERS = ("280000.00", "310000.00", "295000.00", "300000.00")
_MONTH = "95000.00"
_WORDS: dict[str, Label] = {
    "money": ("金额，单位为元，如 1234.50", "an amount in yuan, such as 1234.50"),
    "rate": ("比率，如 60%", "a rate, such as 60%"),
    "average": ("数，如 80 或 288.75", "a number, such as 80 or 288.75"),
    "count": ("整数", "a whole number"),
    "month": ("月份，如 2024-05", "a month, such as 2024-05"),
    "flag": ("是／否", "yes or no"),
    "text": ("文本", "text"),
}
_MEANINGS: dict[str, Label] = {
    "id": ("18 位；没有的可用自己的编号", "eighteen characters; or a number of your own"),
    "name": ("供识别，不影响计算", "to tell businesses apart; computes nothing"),
}
"""Of facts that have no help, because elsewhere they need none."""
_UNITS = {"money": "（元）", "average": "（人）"}


class TemplateColumn(NamedTuple):
    """A column of the template: what it gives, how it is headed, and what is said of it."""

    slot: Slot
    title: str
    required: bool
    meaning: str
    how: str
    """What can be written."""
    example: str


def is_sample(id: str, name: str) -> bool:
    """Is this the row that every template begins with, and no business? One that was given another name is one."""
    return plain(id).upper() in _SAMPLE_IDS and plain(name) in _SAMPLE_NAME


def columns(catalogue: Catalogue, lang: Lang, names: Names, *, monthly: bool = False) -> list[TemplateColumn]:
    """The columns, those that must be filled first. In English they are headed by the ids of facts, in Chinese with
    their unit."""
    side = 0 if lang == "zh" else 1
    made = []
    for name in (*REQUIRED, *OPTIONAL):
        for slot in _slots(catalogue[name], monthly=monthly):
            title = _title(slot) if names == "zh" else slot.name
            fact = slot.fact
            meaning = _meaning(fact, side)
            example = _example(slot, side, monthly=monthly)
            made.append(TemplateColumn(slot, title, name in REQUIRED, meaning, how(fact, side), example))
    return made


def _meaning(fact: Fact, side: int) -> str:
    """The help, without what it says of lists, which a table has none of."""
    said = _MEANINGS.get(fact.name, fact.help)[side].split(("；", "; ")[side])
    plainly = ("；", "; ")[side].join(part for part in said if not part.startswith(("列表", "a list")))
    return plainly if side == 0 else f"{fact.label[1]}{': ' if plainly else '.'}{plainly}"


def _slots(fact: Fact, *, monthly: bool) -> Iterable[Slot]:
    if fact.name != "revenue":
        return [Slot(fact, "")]
    return [Slot(fact, f"m{month:02}" if monthly else f"q{month}") for month in range(1, 13 if monthly else 5)]


def _title(slot: Slot) -> str:
    part = f"{int(slot.part[1:])}月" if slot.part[:1] == "m" else f"第{slot.part[1:]}季度" if slot.part else ""
    label = slot.fact.label[0].replace("销售额（不含税）", "不含税销售额")  # brackets are left to the unit
    return part + label + _UNITS.get(slot.fact.type, "")


def _example(slot: Slot, side: int, *, monthly: bool) -> str:
    if slot.part:
        return _MONTH if monthly else _QUARTERS[int(slot.part[1:]) - 1]
    either = "monthly" if monthly and slot.name == "filing" else _EXAMPLE.get(slot.name, "")
    value: str = either if isinstance(either, str) else either[side]
    if slot.fact.type == "flag" and value:
        return choices(slot.fact, side)[value == "false"]
    return slot.fact.options[value][0] if side == 0 and slot.fact.options and value else value


def choices(fact: Fact, side: int) -> list[str]:
    """What can be chosen of a fact: the names of its options, yes and no; nothing of any other."""
    if fact.type == "flag":
        return [("是", "yes")[side], ("否", "no")[side]]
    return [label[0] if side == 0 else key for key, label in fact.options.items()]


def how(fact: Fact, side: int) -> str:
    """What can be written of a fact, in words."""
    return ("、", " | ")[side].join(choices(fact, side)) if fact.options else _WORDS[fact.type][side]


def as_csv(catalogue: Catalogue, lang: Lang, names: Names | None = None, *, monthly: bool = False) -> bytes:
    """The template as CSV, with the mark by which a spreadsheet knows UTF-8."""
    made = columns(catalogue, lang, names or lang, monthly=monthly)
    rows = ([column.title for column in made], [column.example for column in made])
    return "".join(f"{as_line(row)}\n" for row in rows).encode("utf-8-sig")
