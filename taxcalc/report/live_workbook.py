"""One client's workbook of live formulas: the report, the facts to change, every step with its clause, and charts.

Figures are whole fen inside, and shown in yuan. Nothing of the input is a formula: formulas come from the rules alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from taxcalc.assessment.conditions import UNITS, of_any_firm
from taxcalc.assessment.live import Figure, Live, LiveInput, LiveLevy, LiveLine, LiveRelief, versions_of
from taxcalc.assessment.result import Assessment
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Fact
from taxcalc.law.book import LawBook
from taxcalc.report.book import close_book, new_book, pixels, print_wide
from taxcalc.report.inputs import part_label
from taxcalc.report.labels import LABELS
from taxcalc.report.words import Words

_SHEETS: tuple[Label, ...] = (("报告", "Report"), ("资料", "Inputs"), ("计算", "Computation"))
_WORDS: dict[str, Label] = {
    "title": ("{name} · {period} · 税费优惠测算（可改数重算）", "{name} · {period} · reliefs, recalculated as you change cells"),
    "locked": (
        "本工作簿只适用于{period}的税法（税法数据 {tables}，程序 {engine}）及所列资料项；换年度、换所属期或增减资料项，请重新生成。",
        "These formulas hold for the law of {period} (tables {tables}, program {engine}) and for the facts listed; for another"
        " period or other facts, write the workbook anew.",
    ),
    "bound": (
        "公式以整分计算；单项金额不得超过 {most} 元，否则电子表格的位数不足以精确到分。",
        "Formulas count whole fen; no amount may be more than {most} yuan, or a spreadsheet has too few digits to be exact.",
    ),
    "change": ("改“资料”表的黄色单元格，本表随之重算。", "Change the yellow cells of the sheet Inputs; this sheet follows."),
    "bad": ("资料有误或为空：见“资料”表标红的行", "facts are missing or of no use: see the red rows of Inputs"),
    "good": ("资料可用", "facts can be used"),
    "state": ("资料", "facts"),
    "left_out": (
        "未列入本工作簿（中间数超出电子表格的精度）：{levies}",
        "Not in this workbook (numbers on the way are too large for a spreadsheet): {levies}",
    ),
    "baseline": ("不享受优惠时应纳", "due without reliefs"),
    "saving": ("减免税费额", "saved"),
    "levy": ("税费（元）", "taxes and fees (yuan)"),
    "total": ("税费合计", "taxes and fees"),
    "total_lacks": ("税费合计（未含尚缺资料的税费）", "taxes and fees, without those that need facts"),
    "asked": (
        "写出时未填、可能改变结果的资料（填写后请重新生成）：{facts}",
        "Not stated when this was written, and may change it (state them, and write the workbook anew): {facts}",
    ),
    "regime": ("企业所得税采用", "income tax regime"),
    "reason": ("未享受原因", "not granted because"),
    "granted": ("享受", "granted"),
    "idle": ("无减免额", "nothing to save"),
    "refused": ("不享受", "not granted"),
    "waits": ("尚缺资料", "needs facts"),
    "displaced": ("可享受，未选用", "granted, another chosen"),
    "checks": ("提示", "remarks"),
    "fact": ("资料项", "fact"),
    "value": ("数值（可改）", "value (may be changed)"),
    "how": ("填法", "how"),
    "name": ("名称", "name"),
    "ok": ("可用", "of use"),
    "fixed": ("不可在此更改的资料", "facts that are settled here"),
    "yuan": ("元，{least} 至 {most}", "yuan, {least} to {most}"),
    "number": ("{least} 至 {most}", "{least} to {most}"),
    "choose": ("从列表中选", "choose from the list"),
    "step": ("步骤", "step"),
    "period": ("所属期", "period"),
    "result": ("结果", "result"),
    "exact": ("精确值（公式）", "exact (formula)"),
    "parts": ("1/…", "1/…"),
    "law": ("用到的税法数据", "figures of the law"),
    "clause": ("依据", "document and clause"),
    "between": ("（上一步的中间值）", "(in between)"),
    "none": ("（不计优惠）", " (no reliefs)"),
    "some": ("（计部分优惠）", " (some reliefs)"),
    "all": ("", ""),
    "chart_levies": ("各税费：优惠前与优惠后（元）", "taxes and fees without and with reliefs (yuan)"),
    "chart_reliefs": ("各项优惠的减免（元）", "saved by relief (yuan)"),
}  # fmt: skip
_WIDTHS = ((46, 20, 20, 20, 60), (40, 14, 20, 40, 30, 10), (52, 12, 20, 24, 8, 50, 70))
_FIRST = 4
"""The row of the first input, and of the first line, counted from 0."""
_FILLS = {"input": "#FFF2CC", "head": "#E8EEF4", "bad": "#F8CBAD", "good": "#E2EFDA"}


def as_workbook(live: Live, assessment: Assessment, book: LawBook, lang: Lang) -> bytes:
    """The workbook as a file. The same figures give the same bytes."""
    file = io.BytesIO()
    _Drawing(live, Words(assessment, book, lang), new_book(file)).draw()
    return file.getvalue()


class _Drawing:
    """The workbook being drawn."""

    def __init__(self, live: Live, words: Words, book: Workbook) -> None:
        self._live, self._words, self._book = live, words, book
        self._side = 0 if words.lang == "zh" else 1
        self._names = [title[self._side] for title in _SHEETS]
        self._report, self._inputs, self._lines = map(book.add_worksheet, self._names)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        for sheet, widths in zip((self._report, self._inputs, self._lines), _WIDTHS, strict=True):
            for place, width in enumerate(widths):
                sheet.set_column_pixels(place, place, pixels(width))
            print_wide(sheet, width=sum(widths))
            sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        self._used = self._cell(self._names[1], _FIRST - 2, 2)
        """Whether every input is of use."""

    def draw(self) -> None:
        """All three sheets."""
        self._draw_inputs()
        self._draw_lines()
        self._draw_report()
        close_book(self._book)

    # ------------------------------------------------------------------------------------- means

    def _say(self, key: str, **values: object) -> str:
        return (_WORDS[key] if key in _WORDS else LABELS[key])[self._side].format(**values)

    def _style(self, **style: Any) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]

    def _cell(self, sheet: str, row: int, column: int) -> str:
        return f"'{sheet}'!${chr(65 + column)}${row + 1}"

    def _written(self, figure: Figure) -> str:
        """A formula with the cells of its lines."""
        return "".join(
            self._cell(self._names[2], _FIRST + one, 3) if isinstance(one, int) else one for one in figure.formula
        )

    def _text(self, sheet: Worksheet, row: int, cells: Sequence[str], **style: Any) -> None:
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, self._style(**style))

    def _heads(self, sheet: Worksheet, row: int, keys: Sequence[str], figures: Sequence[str] = ()) -> None:
        """Headings, those of figures to the right as these are."""
        for place, key in enumerate(keys):
            align = {"align": "right"} if key in figures else {"indent": 1} if place else {}
            text = self._say(key) if key else ""
            sheet.write_string(row, place, text, self._style(bold=True, bg_color=_FILLS["head"], **align))

    def _quoted(self, text: str) -> str:
        """A text in a formula; the longest that a spreadsheet takes."""
        return '"' + text[:250].replace('"', '""') + '"'

    def _head(self, sheet: Worksheet, title: str) -> None:
        self._text(sheet, 0, [title], bold=True, font_size=14)
        assessment = self._words.assessment
        period = self._words.period(assessment.period)
        locked = self._say("locked", period=period, tables=assessment.tables[:8], engine=assessment.engine)
        self._text(sheet, 1, [locked], font_color="#7F6000")

    # ------------------------------------------------------------------------------------- the facts

    def _draw_inputs(self) -> None:
        sheet, live = self._inputs, self._live
        self._head(sheet, self._title())
        ends = f"$F${_FIRST + 1}:$F${_FIRST + max(len(live.inputs), 1)}"
        self._text(sheet, 2, [self._say("state"), ""])
        if live.inputs:
            sheet.write_formula(2, 2, f"=AND({ends})", self._style(bold=True), True)
        else:
            sheet.write_boolean(2, 2, True)
        self._heads(sheet, 3, ("fact", "period", "value", "how", "name", "ok"), ("value",))
        for row, one in enumerate(live.inputs, _FIRST):
            self._draw_input(row, one)
        bad = {"type": "formula", "criteria": f"=NOT($F{_FIRST + 1})", "format": self._style(bg_color=_FILLS["bad"])}
        sheet.conditional_format(_FIRST, 0, _FIRST + max(len(live.inputs), 1) - 1, 5, bad)
        row = _FIRST + len(live.inputs) + 1
        self._text(sheet, row, [self._say("fixed"), "", "", "", "", ""], bold=True, bg_color=_FILLS["head"])
        moving = {one.slot.name for one in live.inputs}
        for name, given in self._words.assessment.facts.items():
            if name not in moving:
                row += 1
                fact = self._words.catalogue.fact_of(name)
                said = self._words.value(given.value, fact.name)
                self._text(sheet, row, [self._words.label(fact.name), "", said, "", name], font_color="#595959")
        for assumed in self._words.assessment.assumptions:
            row += 1
            self._text(sheet, row, [self._words.assumption(assumed)], font_color="#595959")
        sheet.freeze_panes(_FIRST, 1)

    def _draw_input(self, row: int, one: LiveInput) -> None:
        sheet, fact = self._inputs, one.slot.fact
        part = part_label(one.slot.part)[self._side] if one.slot.part else ""
        least, most = (self._shown(fact, value) for value in (one.least, one.most))
        cell = f"C{row + 1}"
        style = {"bg_color": _FILLS["input"], "locked": False, "border": 1, "border_color": "#BFBFBF"}
        options = self._options(fact)
        if options:
            how, check = self._say("choose"), f"=ISNUMBER(MATCH({cell},{_listed(options)},0))"
            sheet.write_string(row, 2, options[one.value], self._style(**style))
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": options})
        else:
            digits = 2 if fact.type == "money" else len(str(fact.parts)) - 1
            shown = {"money": "#,##0.00", "count": "#,##0", "average": "#,##0.####", "rate": "0.00#######%"}[fact.type]
            how = self._say("yuan" if fact.type == "money" else "number", least=f"{least:,}", most=f"{most:,}")
            check = f"=IF(ISNUMBER({cell}),AND({cell}>={least},{cell}<={most},ROUND({cell},{digits})={cell}),FALSE)"
            sheet.write_number(row, 2, self._shown(fact, one.value), self._style(**style, num_format=shown))
            rule = {"validate": "decimal", "criteria": "between", "minimum": float(least), "maximum": float(most)}
            sheet.data_validation(row, 2, row, 2, {**rule, "error_message": how[:250]})
        self._text(sheet, row, [self._words.pick(fact.label), part])
        sheet.write_string(row, 3, how, self._style(font_color="#595959", indent=1))
        sheet.write_string(row, 4, one.slot.name, self._style(font_color="#595959"))
        sheet.write_formula(row, 5, check, self._style(), True)

    def _options(self, fact: Fact) -> list[str]:
        """What is chosen from, by the number of each."""
        if fact.type == "flag":
            return [self._say("no"), self._say("yes")]
        return [self._words.pick(label) for label in fact.options.values()]

    def _shown(self, fact: Fact, value: int) -> Decimal:
        """A number in its least part, as it is entered."""
        return Decimal(value) / (100 if fact.type == "money" else fact.parts)

    def _entered(self, one: LiveInput) -> str:
        """The formula of an entered number in its least part."""
        fact = one.slot.fact
        row = next(row for row, each in enumerate(self._live.inputs, _FIRST) if each is one)
        cell = self._cell(self._names[1], row, 2)
        if options := self._options(fact):
            return f"=MATCH({cell},{_listed(options)},0)-1"
        return f"=ROUND({cell}*{100 if fact.type == 'money' else fact.parts},0)"

    # ------------------------------------------------------------------------------------- the steps

    def _draw_lines(self) -> None:
        sheet = self._lines
        self._head(sheet, f"{self._title()} · {self._names[2]}")
        self._text(sheet, 2, [self._say("bound", most=f"{self._live.bound // 100:,}")], font_color="#595959")
        self._heads(
            sheet, 3, ("step", "period", "result", "exact", "parts", "law", "clause"), ("result", "exact", "parts")
        )
        entered = {one.line: one for one in self._live.inputs}
        for number, line in enumerate(self._live.lines):
            self._draw_line(_FIRST + number, line, entered.get(number))
        sheet.freeze_panes(_FIRST, 1)
        sheet.repeat_rows(3)
        sheet.repeat_columns(0)

    def _draw_line(self, row: int, line: LiveLine, entered: LiveInput | None) -> None:
        sheet, words = self._lines, self._words
        grey = {} if line.label else {"font_color": "#808080"}
        label = words.pick(line.label) + self._say(line.claims) if line.label else self._say("between")
        part = entered.slot.part if entered else ""
        period = part_label(part)[self._side] if part else words.period(line.period) if line.period else ""
        self._text(sheet, row, [label, period], **grey)
        formula = (
            self._entered(entered)
            if entered
            else "=" + "".join(f"$D${_FIRST + one + 1}" if isinstance(one, int) else one for one in line.formula)
        )
        sheet.write_formula(row, 3, formula, self._style(num_format="General", **grey), line.value)
        sheet.write_number(row, 4, line.d, self._style(font_color="#808080"))
        self._draw_result(row, line)
        law = [
            f"{words.pick(one.label)} {words.figure(_figure(one.value, one.unit), UNITS[one.unit])}"
            for one in line.params
            if one.label
        ]
        sheet.write_string(row, 5, words.sentences(law), self._style(font_color="#595959"))
        sheet.write_string(
            row, 6, words.sentences(map(words.citation, versions_of(line))), self._style(font_color="#595959")
        )

    def _draw_result(self, row: int, line: LiveLine) -> None:
        """The exact value as people read it."""
        cell = f"$D${row + 1}"
        if isinstance(line.value, bool) or line.unit == "flag":
            yes, no = self._say("yes"), self._say("no")
            shown = f"=IF({cell}>0,{self._quoted(yes)},{self._quoted(no)})"
            self._lines.write_formula(row, 2, shown, self._style(align="right"), yes if line.value else no)
        elif line.label and line.unit in ("money", "rate", "count"):
            d = line.d * (100 if line.unit == "money" else 1)
            style = self._style(num_format={"money": "#,##0.00", "rate": "0.00##%", "count": "#,##0.####"}[line.unit])
            self._lines.write_formula(row, 2, f"={cell}/{d}", style, float(Fraction(line.value, d)))

    # ------------------------------------------------------------------------------------- the report

    def _draw_report(self) -> None:
        sheet, live, words = self._report, self._live, self._words
        self._head(sheet, self._title())
        self._text(sheet, 2, [self._say("change")])
        self._text(sheet, 3, [self._say("state")])
        good, bad = self._say("good"), self._say("bad")
        errors = "".join(f",NOT({self._written(figure)})" for _, is_error, figure in live.checks if is_error)
        sheet.write_formula(
            3, 1, f"=IF({self._used},{self._quoted(good)},{self._quoted(bad)})", self._style(bold=True), good
        )
        self._used = f"IF({self._used},AND(TRUE{errors}),FALSE)"
        self._heads(sheet, 5, ("levy", "baseline", "saving", "payable"), ("baseline", "saving", "payable"))
        row = 6
        for levy in live.levies:
            self._text(sheet, row, [words.pick(words.assessment.levy(levy.id).label)])
            self._draw_levy(row, levy)
            row += 1
        levies = (6, row - 1)
        total = self._style(bold=True, top=1, num_format="#,##0.00")
        lacking = [levy.lacks for levy in live.levies if levy.lacks.formula != ("FALSE",)]
        if lacking:
            some = ",".join(map(self._written, lacking))
            whole, part = self._say("total"), self._say("total_lacks")
            called = f"=IF(OR({some}),{self._quoted(part)},{self._quoted(whole)})"
            sheet.write_formula(row, 0, called, total, part if any(one.value for one in lacking) else whole)
        else:
            sheet.write_string(row, 0, self._say("total"), total)
        for place, what in enumerate(("baseline", "saving", "payable"), 1):
            self._draw_amount(row, place, live.totals[what], total)
        row += 1
        if asked := words.inputs([input for one in words.assessment.questions for input in one.inputs or [one.fact]]):
            self._text(sheet, row, [self._say("asked", facts=asked)], font_color="#9C5700")
            row += 1
        if live.left_out:
            self._text(sheet, row, [self._say("left_out", levies=words.levies(live.left_out))], bg_color=_FILLS["bad"])
            row += 1
        if live.regimes[1:-1]:
            self._text(sheet, row, [self._say("regime")], bold=True)
            named = [words.regime(id) if id else "—" for id in live.regimes]
            listed = ",".join(map(self._quoted, named))
            shown = f'=IF({self._used},CHOOSE({self._written(live.regime)}+1,{listed}),"—")'
            sheet.write_formula(row, 1, shown, self._style(bold=True), named[live.regime.value])
            row += 1
        row += 1
        self._heads(sheet, row, ("relief", "saving", "status", "", "reason"), ("saving",))
        first = row + 1
        for row, relief in enumerate(live.reliefs, first):
            self._draw_relief(row, relief)
        last = row
        row += 2
        checks = [(said, figure) for said, _, figure in live.checks]
        if checks:
            self._text(sheet, row, [self._say("checks"), "", "", "", ""], bold=True, bg_color=_FILLS["head"])
        for said, figure in checks:
            row += 1
            text = said.text(words.lang)
            shown = f'=IF({self._written(figure)},{self._quoted(text)},"")'
            sheet.write_formula(row, 0, shown, self._style(font_color="#9C5700"), text[:250] if figure.value else "")
        sheet.set_h_pagebreaks([row + 1])
        self._draw_charts(row + 2, levies, (first, last))
        sheet.freeze_panes(6, 1)
        sheet.activate()

    def _draw_levy(self, row: int, levy: LiveLevy) -> None:
        style = self._style(num_format="#,##0.00", align="right")
        amounts = {1: levy.baseline, 3: levy.payable}
        lacking, never = self._say("waits"), levy.lacks.formula == ("FALSE",)
        for place, figure in amounts.items():
            shown = f"{self._written(figure)}/100"
            if not never:
                shown = f"IF({self._written(levy.lacks)},{self._quoted(lacking)},{shown})"
            value = lacking if levy.lacks.value else Decimal(figure.value) / 100
            self._report.write_formula(row, place, f'=IF({self._used},{shown},"—")', style, value)
        both = f"ISNUMBER(B{row + 1}),ISNUMBER(D{row + 1})"
        saved = lacking if levy.lacks.value else Decimal(levy.baseline.value - levy.payable.value) / 100
        self._report.write_formula(row, 2, f"=IF(AND({both}),ROUND(B{row + 1}-D{row + 1},2),B{row + 1})", style, saved)

    def _draw_amount(self, row: int, place: int, figure: Figure, style: Any) -> None:
        shown = f'=IF({self._used},{self._written(figure)}/100,"—")'
        self._report.write_formula(row, place, shown, style, Decimal(figure.value) / 100)

    def _draw_relief(self, row: int, relief: LiveRelief) -> None:
        sheet, words = self._report, self._words
        self._text(sheet, row, [words.relief(relief.id)])
        self._draw_amount(row, 1, relief.saving, self._style(num_format="#,##0.00"))
        shown, now = self._quoted(self._say("refused")), "refused"
        for key, figure in (("waits", relief.waits), ("granted", relief.granted), ("displaced", relief.displaced)):
            said = self._quoted(self._say(key))
            if key == "granted":
                said = f"IF({self._written(relief.saving)}=0,{self._quoted(self._say('idle'))},{said})"
            if figure.formula != ("FALSE",):
                shown = f"IF({self._written(figure)},{said},{shown})"
            if figure.value:
                now = "idle" if key == "granted" and relief.saving.value == 0 else key
        sheet.write_formula(row, 2, f"={shown}", self._style(indent=1), self._say(now))
        pieces, value = [], ""
        for reason, figure in relief.reasons:
            described, lines = of_any_firm(reason.node)
            text = words.calling(lines).refusal(described)[:200] + ("；", "; ")[self._side]
            pieces.append(f'IF({self._written(figure)},{self._quoted(text)},"")')
            value += text if figure.value else ""
        if pieces:
            sheet.write_formula(row, 4, "=" + "&".join(pieces), self._style(font_color="#595959"), value)

    def _draw_charts(self, row: int, levies: tuple[int, int], reliefs: tuple[int, int]) -> None:
        places: list[tuple[str, tuple[int, int], tuple[tuple[int, str], ...]]] = [
            ("chart_levies", levies, ((1, "#A6A6A6"), (3, "#1F4E79")))
        ]
        if reliefs[1] >= reliefs[0] and self._live.reliefs:
            places.append(("chart_reliefs", reliefs, ((1, "#548235"),)))
        for number, (key, (first, last), series) in enumerate(places):
            chart = self._book.add_chart({"type": "bar"})
            for column, colour in series:
                chart.add_series(
                    {
                        "name": self._say(
                            "baseline" if column == 1 and number == 0 else "saving" if number else "payable"
                        ),
                        "categories": [self._names[0], first, 0, last, 0],
                        "values": [self._names[0], first, column, last, column],
                        "fill": {"color": colour},
                        "gap": 60,
                    }
                )
            chart.set_title({"name": self._say(key), "name_font": {"size": 12}})
            chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
            chart.set_x_axis(
                {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
            )
            chart.set_legend({"position": "bottom"} if number == 0 else {"none": True})
            chart.set_size({"width": 900, "height": 120 + 26 * len(series) * (last - first + 1)})
            self._report.insert_chart(row, 0, chart)
            row += (120 + 26 * len(series) * (last - first + 1)) // 20 + 2

    def _title(self) -> str:
        given = self._words.assessment.facts.get("name")
        name = str(given.value) if given else ""
        made = self._say("title", name=name, period=self._words.period(self._words.assessment.period))
        return made.removeprefix(" · ")


def _figure(value: Any, unit: str) -> Any:
    return bool(value) if unit == "flag" else value


def _listed(options: Sequence[str]) -> str:
    """Texts as a list in a formula."""
    return "{" + ",".join('"' + text.replace('"', '""') + '"' for text in options) + "}"
