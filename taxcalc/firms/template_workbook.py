"""The template as a workbook: a sheet to fill in, and a sheet that says how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue, Fact
from taxcalc.firms.template import TemplateColumn, choices, columns
from taxcalc.report.book import close_book, new_book, pixels, print_wide
from taxcalc.report.names import Names

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROWS = 2000
"""Rows that drop-downs and colours are made for."""
_REQUIRED, _OPTIONAL, _MISSING, _SAMPLE = "#1F4E79", "#DCE6F1", "#FDE9D9", "#F2F2F2"
_FORMATS = {"money": "#,##0.00", "rate": "0.00%", "text": "@", "month": "@", "average": "#,##0.##", "count": "0"}
_WIDTHS = {"id": 23, "name": 26, "year": 8}
_AMOUNT, _LEAST, _ONE_LINE = 16, 11, 22
"""Widths, in characters: of an amount, of any column, and of headings on one line; longer ones take two."""
_WORDS: dict[str, Label] = {
    "facts": ("客户", "clients"),
    "notes": ("填写说明", "how to fill in"),
    "required": ("必填", "required"),
    "optional": ("选填", "optional"),
    "missing": ("待填：这一户还缺的必填项", "still missing of a business that is begun"),
    "sample": ("样例行：不计入，可删去", "the sample: never counted, may be deleted"),
    "unknown": ("空白＝未知，不当作 0；没有就填 0", "empty = unknown, never taken as 0; where there is none, write 0"),
    "empty": ("空白＝未知", "empty = unknown"),
    "assumed": ("空白按“{}”计", "empty counts as {}"),
    "choose": ("从下拉列表中选：", "choose from the list: "),
    "refused": ("请填：", "write "),
    "column": ("位置", "column"),
    "title": ("表头", "heading"),
    "must": ("要求", "needed"),
    "how": ("怎么写", "what to write"),
    "meaning": ("说明", "meaning"),
}
_HOW: tuple[Label, ...] = (
    ("一户一行，从第 3 行填起。第 2 行是样例，不会计入，填好后可以删去。",
     "One business a row, from row 3 on. Row 2 is the sample; it is never counted and may be deleted."),
    ("深色表头的列必填，浅色的选填。选填而用不到的列可以整列删去。",
     "Dark headings are required, light ones optional. A column that you do not need may be deleted."),
    ("空白表示“未知”，不会当作 0：因此缺的资料会在结果的“尚缺资料”中列出。确实没有的，请填 0。",
     "An empty cell is unknown, never 0: what is missing is named with the results. Where there is none, write 0."),
    ("金额以元为单位。手头是万元的，把表头中的（元）改成（万元），整列即按万元读取；不要只改个别单元格。",
     "Amounts are in yuan. For other units, write 12万 into the cell, or （万元） behind the heading."),
    ("销售额一律不含增值税。所得额为全年（按季预缴时为截至当季的累计数），亏损填负数；人数和资产为全年季度平均。",
     "Sales are without VAT. Income is that of the year, a loss is negative; staff and assets are yearly averages."),
    ("信用代码、月份的列已设为文本，请勿改为数值，否则 18 位代码会变成 9.16E+17。",
     "Codes and months are text: as numbers, codes of eighteen digits would become 9.16E+17."),
    ("表头的字请勿改动，次序可以调换；可以另加自己的列（如备注、联系人），原样保留。",
     "Leave the words of the headings; their order is free. Columns of your own are passed through."),
    ("其他项目（差额扣除、研发其他费用、就业见习等）可加为新列，名称见：taxcalc facts",
     "More facts may be added as columns; their names: taxcalc facts"),
)  # fmt: skip
_NEXT: Label = ("填好并保存后，依次运行：", "When it is filled in and saved, run:")


def write_workbook(
    catalogue: Catalogue, lang: Lang, path: str, names: Names, called: str, *, monthly: bool = False
) -> None:
    """Write the template to `path`; the commands that come next name it as `called`. Raises OSError."""
    side = 0 if lang == "zh" else 1
    made = columns(catalogue, lang, names, monthly=monthly)
    book = new_book(path)
    sheet = book.add_worksheet(_WORDS["facts"][side])
    heads = {must: book.add_format(_head(must)) for must in (True, False)}
    for place, column in enumerate(made):
        sheet.write_string(0, place, column.title, heads[column.required])
        _write_comment(sheet, 0, place, *_comment(column, side))
        _body(book, sheet, place, column, side)
    _write_comment(sheet, 1, 0, _WORDS["sample"][side], 1)
    missing = book.add_format({"bg_color": _MISSING})
    for place in (place for place, column in enumerate(made) if column.required):
        rule = f'=AND($A3&$B3<>"",{xl_col_to_name(place)}3="")'
        sheet.conditional_format(2, place, _ROWS - 1, place, {"type": "formula", "criteria": rule, "format": missing})
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 50)
    print_wide(sheet, 0)
    _explain(book, book.add_worksheet(_WORDS["notes"][side]), made, side, called)
    close_book(book)


def _write_comment(sheet: Worksheet, row: int, place: int, text: str, lines: int) -> None:
    sheet.write_comment(row, place, text, {"author": "taxcalc", "height": 40 + 22 * lines, "width": 300})


def _head(required: bool) -> dict[str, str | bool | int]:
    return {
        **{"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center"},
        **{"left": 1, "right": 1, "left_color": "#FFFFFF", "right_color": "#FFFFFF"},
        "font_color": "#FFFFFF" if required else _REQUIRED,
        "bg_color": _REQUIRED if required else _OPTIONAL,
    }


def _comment(column: TemplateColumn, side: int) -> tuple[str, int]:
    """What the comment of a heading says, and how many lines that takes."""
    must = _WORDS["required" if column.required else "optional"][side]
    how = f"【{must}】{column.how}" if side == 0 else f"[{must}] {column.how}"
    text = "\n".join(filter(None, (how, column.meaning, _empty(column.slot.fact, side))))
    return text, sum(1 + len(line) // (22 if side == 0 else 45) for line in text.split("\n"))


def _width(column: TemplateColumn) -> int:
    wide = sum(2 if ord(c) > 255 else 1 for c in column.title)
    return max(_AMOUNT if column.slot.fact.type == "money" else _LEAST, wide + 2 if wide < _ONE_LINE else wide // 2 + 4)


def _empty(fact: Fact, side: int) -> str:
    """What an empty cell means."""
    if fact.assume is None:
        return _WORDS["unknown" if fact.type == "money" else "empty"][side]
    if fact.type in ("flag", "choice"):
        chosen = choices(fact, side)
        return _WORDS["assumed"][side].format(chosen[not fact.assume if fact.type == "flag" else int(fact.assume)])
    return _WORDS["assumed"][side].format(fact.written(fact.assume))


def _body(book: Workbook, sheet: Worksheet, place: int, column: TemplateColumn, side: int) -> None:
    """The sample, formats, widths and what may be entered in a column."""
    fact, text = column.slot.fact, column.example
    # text too where one chooses: a spreadsheet makes a truth value of a typed TRUE
    shown = {"num_format": _FORMATS.get(fact.type, "@")}
    width = _WIDTHS.get(fact.name) or _width(column)
    sheet.set_column_pixels(place, place, pixels(width), book.add_format(shown))
    style = book.add_format({**shown, "italic": True, "font_color": "#808080", "bg_color": _SAMPLE})
    if text and fact.type in ("money", "average", "count"):
        sheet.write_number(1, place, Decimal(text), style)
    elif text:
        sheet.write_string(1, place, text, style)
    else:
        sheet.write_blank(1, place, None, style)
    if rule := _validation(fact, choices(fact, side)):
        said = {"error_title": column.title[:32], "error_message": (_WORDS["refused"][side] + column.how)[:250]}
        sheet.data_validation(1, place, _ROWS - 1, place, {**rule, **said, "show_input": False})


def _validation(fact: Fact, chosen: Sequence[str]) -> Mapping[str, str | int | Sequence[str]] | None:
    """What a spreadsheet refuses to take."""
    if chosen:
        return {"validate": "list", "source": chosen}
    most = int(fact.maximum) // (100 if fact.type == "money" else 1)
    match fact.type:
        case "count":
            return {"validate": "integer", "criteria": "between", "minimum": int(fact.minimum or 0), "maximum": most}
        case "money" | "average":
            least = -most if fact.negative else 0
            return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}
        case "rate":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    return None


def _explain(book: Workbook, sheet: Worksheet, made: Sequence[TemplateColumn], side: int, called: str) -> None:
    """How to fill in, what the colours are, what comes next, and every column."""
    wrapped = {"text_wrap": True, "valign": "vcenter"}
    for place, width in enumerate(((9, 34, 9, 40, 64), (9, 26, 10, 62, 108))[side]):
        sheet.set_column_pixels(place, place, pixels(width))
    sheet.hide_gridlines(2)
    row = 0

    def line(text: str, style: Mapping[str, str | bool | int], *, fill: str = "") -> None:
        nonlocal row
        if fill:
            sheet.write_blank(row, 0, None, book.add_format({"bg_color": fill}))
        sheet.merge_range(row, 1 if fill else 0, row, 4, "", book.add_format({**wrapped, **style}))
        sheet.write_string(row, 1 if fill else 0, text, book.add_format({**wrapped, **style}))
        sheet.set_row(row, 20)
        row += 1

    line(_WORDS["notes"][side], {"bold": True, "font_size": 14, "font_color": _REQUIRED})
    for number, text in enumerate(_HOW, 1):
        line(f"{number}. {text[side]}", {})
    row += 1
    for key, fill in (("required", _REQUIRED), ("optional", _OPTIONAL), ("missing", _MISSING), ("sample", _SAMPLE)):
        line(_WORDS[key][side], {}, fill=fill)
    row += 1
    line(_NEXT[side], {"bold": True})
    for command in (f"taxcalc check {called}", f"taxcalc batch {called} -o {('结果', 'results')[side]}.xlsx"):
        line(f"    {command}", {"font_name": "Consolas"})
    row += 1
    head = book.add_format({"bold": True, "bg_color": _OPTIONAL})
    for place, key in enumerate(("column", "title", "must", "how", "meaning")):
        sheet.write_string(row, place, _WORDS[key][side], head)
    ruled = {**wrapped, "bottom": 7, "bottom_color": "#BFBFBF"}
    plain, bold = book.add_format(ruled), book.add_format({**ruled, "bold": True})
    for number, column in enumerate(made):
        must = _WORDS["required" if column.required else "optional"][side]
        cells = (xl_col_to_name(number), column.title, must, column.how, column.meaning)
        for place, said in enumerate(cells):
            style = bold if column.required and place == 1 else plain
            sheet.write_string(row + 1 + number, place, said, style)
    print_wide(sheet)
