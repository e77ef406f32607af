"""Rows of a table that are no businesses: totals, notes, page carry-overs, repeated headings, the template's sample."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from taxcalc.base.money import plain
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header, column_of, known, squeezed
from taxcalc.firms.read.marks import mark_of
from taxcalc.firms.template import is_sample

Kind = Literal["total", "subtotal", "carried", "note", "heading", "other_heading", "sample", "other_period"]

_TOTAL = r"(?:合计|总计|总和|汇总|共计|累计|grandtotal|totals?|sum)(?:数|金额|行)?|(?:本页|全年|本年|全部|客户).{0,4}(?:合计|总计)"
_SUBTOTAL = r".{0,20}(?:小计|合计|汇总|subtotal)(?:数|金额)?|sub-?total"
_AFTER = r"(?:[(（]?(?:共)?\d*[户家条行](?:企业)?[)）]?)?[:：]?"
"""What may follow: 合计（12户）：."""
_CARRIED = r"[上前](?:期|年|月)?(?:结转|余额)|结转下[期年月页]|承前页|过次页|转次页|转下页|接上页|上页(?:结转|合计|小计)|续上页|第\d+页.*|共\d+页.*|本页小计"
_NOTE = r"(?:备?注|说明|提示|资料来源|数据来源|附)[:：\d]?.*|(?:制表|编制|填表|填报|审核|复核|经办|会计|财务|负责|打印|导出|单位负责|法定代表)[^:：]{0,8}[:：].*"
_FIGURE = r"[-+(¥￥ ]*[0-9][0-9,. ]*[万亿元人%)-]*"
_SIGN = r"[※＊*]{1,3}[^*]{2,}|以下(?:空白|无正文|为空)|[12]\d{3}[-年./]\d{1,2}[-月./]\d{1,2}日?"
"""A remark, the end of a sheet, or the day on which it was made."""
_BEGIN = "合总小汇共累全本承过转接上前结以续第备注说提资数附制编填审复经会财负打导单法客示※＊*TtGgSsDdEeNn栏行序项"
"""The letters with which such rows begin,"""
_END = "计和总数页日"
"""and those with which a total may end: few other texts do, so only such rows are looked at."""
_LEADING = 4
"""Columns of text in which such rows are looked for."""
_FIRST = 3
"""Rows below the heading that are looked at in any case: numbers of columns stand there."""


class Aside(NamedTuple):
    """A row that is no business: what it is, and the first text in it."""

    kind: Kind
    text: str


def set_aside(header: Header, block: Block, catalogue: Catalogue, suspects: Iterable[int]) -> dict[int, Aside]:
    """The rows of a block that are no businesses. `suspects` are rows of which some cell cannot be read."""
    texts = [c.place for c in header.columns if c.slot is None or c.slot.fact.type == "text"][:_LEADING]
    looked = {*range(min(_FIRST, block.size)), *suspects}
    for place in texts:
        looked.update(block.lettered(place, _BEGIN, _END))
    found = {}
    for row in sorted(looked):
        cells = [block.text(row, column.place) for column in header.columns]
        if aside := aside_of(header, cells, catalogue):
            found[row] = aside
    return found


def aside_of(header: Header, cells: Sequence[str], catalogue: Catalogue) -> Aside | None:
    """What a row is that is no business; None of one that may be."""
    kind = _kind(header, cells, catalogue)
    return Aside(kind, next(cell.strip() for cell in cells if cell.strip())) if kind else None


def _kind(header: Header, cells: Sequence[str], catalogue: Catalogue) -> Kind | None:
    filled = [(place, text) for place, cell in enumerate(cells) if (text := squeezed(cell))]
    if not filled:
        return None
    place, first = filled[0]
    id, name = (_cell(header, cells, fact) for fact in ("id", "name"))
    if is_sample(id, name):
        return "sample"
    if heading := _as_heading(header, filled, catalogue):
        return heading
    stated = (plain(cells[column.place]) for column in header.numbers if column.place < len(cells))
    figures = any(re.fullmatch(_FIGURE, text) for text in stated)
    for text in dict.fromkeys((first, squeezed(name))):
        if id and squeezed(id) != text:
            continue
        if re.fullmatch(_CARRIED, text):
            return "carried"
        if re.fullmatch(f"(?:{_TOTAL}){_AFTER}", text):
            return "total"
        if re.fullmatch(f"(?:{_SUBTOTAL}){_AFTER}", text):
            return "subtotal"
    if not id and not figures and (re.fullmatch(_NOTE, first) or re.fullmatch(_SIGN, first)):
        return "note"
    alone = len(filled) == 1 and place < len(header.columns) and header.columns[place].slot is None
    return "note" if alone and re.search("[:：。]", first) else None


def _cell(header: Header, cells: Sequence[str], fact: str) -> str:
    column = header.column(fact)
    text = cells[column.place] if column and column.place < len(cells) else ""
    return "" if mark_of(text) else plain(text)


def _as_heading(header: Header, filled: Sequence[tuple[int, str]], catalogue: Catalogue) -> Kind | None:
    """Is a row the heading once more, or another one, or does it number the columns?"""
    titles = [squeezed(column.title) for column in header.columns]
    others = [(place, text) for place, text in filled if place >= len(titles) or text != titles[place]]
    again = len(filled) - len(others)
    if again >= 2 and again * 2 >= len(filled):  # where one column means something else, the figures below do too
        alike = (
            place < len(titles) and _alike(header, header.columns[place], text, catalogue) for place, text in others
        )
        return "heading" if all(alike) else "other_heading"
    numbers = [int(text) for _, text in filled if text.isascii() and text.isdigit() and len(text) < 4]
    numbered = len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if numbered and numbers[0] <= 1 and len(filled) - len(numbers) <= 1:
        return "heading"
    if filled[0][1] in ("栏次", "行次", "列次") and len(filled) > 1:
        return "heading"
    names = sum(1 for _, text in filled if not text.isdigit() and known(text, catalogue))
    return "other_heading" if names >= 3 and names * 2 >= len(filled) else None


def _alike(header: Header, column: Column, text: str, catalogue: Catalogue) -> bool:
    """Does a heading mean what that of a column above means?"""
    again = column_of(column.place, text, catalogue, {}, header.unit)
    return (again.slot, again.unit, again.gross) == (column.slot, column.unit, column.gross)
