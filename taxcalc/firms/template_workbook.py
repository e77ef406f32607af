"""The template as a workbook: a sheet to fill in, and a sheet that says how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue, Fact
from taxcalc.firms.template import TemplateColumn, choices, columns
from taxcalc.report.names import Names

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS = 2000
"""Rows that drop-downs and colours are made for."""
_REQUIRED, _OPTIONAL, _MISSING, _SAMPLE = "1F4E79", "DCE6F1", "FDE9D9", "F2F2F2"
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
    """Write the template to `path`; the commands that come next name it as `called`."""
    side = 0 if lang == "zh" else 1
    made = columns(catalogue, lang, names, monthly=monthly)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _WORDS["facts"][side]
    sheet.append([column.title for column in made])
    sheet.append([_cell(column) for column in made])
    for place, column in enumerate(made, 1):
        _head(sheet, place, column, side)
        _body(sheet, get_column_letter(place), column, side)
    sheet.cell(2, 1).comment = _comment(_WORDS["sample"][side], 1)
    required = [place for place, column in enumerate(made, 1) if column.required]
    _colour_what_is_missing(sheet, required)
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 50
    _print_wide(sheet)
    sheet.print_title_rows = "1:1"
    _explain(book.create_sheet(_WORDS["notes"][side]), made, side, called)
    book.save(path)


def _cell(column: TemplateColumn) -> str | Decimal | int:
    fact, text = column.slot.fact, column.example
    if not text or fact.type not in ("money", "average", "count"):
        return text
    return Decimal(text) if fact.type == "money" else int(text)


def _comment(text: str, lines: int) -> Comment:
    return Comment(text, "taxcalc", height=40 + 22 * lines, width=300)


def _head(sheet: Worksheet, place: int, column: TemplateColumn, side: int) -> None:
    fact, cell = column.slot.fact, sheet.cell(1, place)
    cell.font = Font(bold=True, color="FFFFFF" if column.required else "1F4E79")
    cell.fill = PatternFill("solid", fgColor=_REQUIRED if column.required else _OPTIONAL)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    thin = Side(style="thin", color="FFFFFF")
    cell.border = Border(left=thin, right=thin)
    must = _WORDS["required" if column.required else "optional"][side]
    said = [f"【{must}】{column.how}" if side == 0 else f"[{must}] {column.how}", column.meaning, _empty(fact, side)]
    text = "\n".join(filter(None, said))
    cell.comment = _comment(text, sum(1 + len(line) // (22 if side == 0 else 45) for line in text.split("\n")))


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


def _body(sheet: Worksheet, letter: str, column: TemplateColumn, side: int) -> None:
    """Formats, widths and what may be entered in a column."""
    fact = column.slot.fact
    chosen = choices(fact, side)
    # text too where one chooses: a spreadsheet makes a truth value of a typed TRUE
    sheet.column_dimensions[letter].number_format = _FORMATS.get(fact.type, "@")
    sheet.column_dimensions[letter].width = _WIDTHS.get(fact.name) or _width(column)
    cell = sheet[f"{letter}2"]
    cell.number_format = _FORMATS.get(fact.type, "@")
    cell.font, cell.fill = Font(italic=True, color="808080"), PatternFill("solid", fgColor=_SAMPLE)
    if rule := _validation(fact, chosen):
        rule.errorTitle, rule.error = column.title[:32], (_WORDS["refused"][side] + column.how)[:250]
        rule.allow_blank, rule.showErrorMessage = True, True
        rule.add(f"{letter}2:{letter}{_ROWS}")
        sheet.add_data_validation(rule)


def _validation(fact: Fact, chosen: Sequence[str]) -> DataValidation | None:
    """What a spreadsheet refuses to take."""
    if chosen:
        return DataValidation("list", formula1=f'"{",".join(chosen)}"')
    most = int(fact.maximum) // (100 if fact.type == "money" else 1)
    match fact.type:
        case "count":
            return DataValidation("whole", operator="between", formula1=fact.minimum or 0, formula2=most)
        case "money" | "average":
            least = -most if fact.negative else 0
            return DataValidation("decimal", operator="between", formula1=least, formula2=most)
        case "rate":
            return DataValidation("decimal", operator="between", formula1=0, formula2=1)
    return None


def _colour_what_is_missing(sheet: Worksheet, required: Sequence[int]) -> None:
    """A required cell of a row that is begun."""
    style = DifferentialStyle(fill=PatternFill(bgColor=_MISSING, fill_type="solid"))
    for place in required:
        letter = get_column_letter(place)
        rule = Rule("expression", dxf=style, formula=[f'AND($A3&$B3<>"",{letter}3="")'])
        sheet.conditional_formatting.add(f"{letter}3:{letter}{_ROWS}", rule)


def _explain(sheet: Worksheet, made: Sequence[TemplateColumn], side: int, called: str) -> None:
    """How to fill in, what the colours are, what comes next, and every column."""
    wrapped, big = Alignment(wrap_text=True, vertical="center"), Font(bold=True, size=14, color=_REQUIRED)
    for letter, width in zip("ABCDE", ((9, 34, 9, 40, 64), (9, 26, 10, 62, 108))[side], strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    row = 1

    def line(text: str, *, font: Font | None = None, fill: str = "") -> None:
        nonlocal row
        cell = sheet.cell(row, 1 if not fill else 2, text)
        cell.alignment = wrapped
        cell.font = font or Font()
        if fill:
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor=fill)
        sheet.merge_cells(start_row=row, end_row=row, start_column=cell.column, end_column=5)
        sheet.row_dimensions[row].height = 20
        row += 1

    line(_WORDS["notes"][side], font=big)
    for number, text in enumerate(_HOW, 1):
        line(f"{number}. {text[side]}")
    row += 1
    for key, fill in (("required", _REQUIRED), ("optional", _OPTIONAL), ("missing", _MISSING), ("sample", _SAMPLE)):
        line(_WORDS[key][side], fill=fill)
    row += 1
    line(_NEXT[side], font=Font(bold=True))
    for command in (f"taxcalc check {called}", f"taxcalc batch {called} -o {('结果', 'results')[side]}.xlsx"):
        line(f"    {command}", font=Font(name="Consolas"))
    row += 1
    for place, key in enumerate(("column", "title", "must", "how", "meaning"), 1):
        cell = sheet.cell(row, place, _WORDS[key][side])
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_OPTIONAL)
    rule = Border(bottom=Side(style="hair", color="BFBFBF"))
    for number, column in enumerate(made, 1):
        must = _WORDS["required" if column.required else "optional"][side]
        cells = (get_column_letter(number), column.title, must, column.how, column.meaning)
        for place, said in enumerate(cells, 1):
            cell = sheet.cell(row + number, place, said)
            cell.alignment, cell.border = wrapped, rule
            cell.font = Font(bold=column.required and place == 2)
    _print_wide(sheet)


def _print_wide(sheet: Worksheet) -> None:
    """On as many pages as it takes, each as wide as the sheet."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
