"""Rows of a table that are no businesses: totals, notes, page carry-overs, repeated headings, the template's sample."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from taxcalc.base.money import plain
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import UNIT_LINE, UNIT_OF_ALL, Header, column_of, known, squeezed
from taxcalc.firms.read.marks import mark_of
from taxcalc.firms.template import is_sample

Kind = Literal["total", "subtotal", "carried", "note", "heading", "other_heading", "sample", "other_period"]

_TOTAL = r"(?:合计|总计|总和|汇总|共计|累计|grandtotal|totals?|sum)(?:数|金额|行)?|总额|总数|[Σσ∑]|(?:本[年月期季]|全年)累计数?|(?:本页|全年|本年|全部|客户).{0,4}(?:合计|总计)"
_SUBTOTAL = r".{0,20}(?:(?:小计|合计|汇总)(?:数|金额|额)?|total)|sub-?total.{0,20}"
_AFTER = r"(?:[(（](?:单位[:：]?)?(?:人民币)?[千万亿]?元[)）])?(?:[(（]?共?\d*[户家条行个](?:企业)?[)）]?)?[:：]?"
"""What may follow: 合计（万元）, 合计（12户）："""
_CARRIED = r"[上前](?:期|年|月)?(?:结转|余额)|结转下[期年月页]|承前页|过次页|转次页|转下页|接上页|上页(?:结转|合计|小计)|续上页|第\d+页.*|共\d+页.*|本页小计"
_SIGNED = r"制表|编制|填表|填报|审核|复核|经办|会计|财务|负责|打印|导出|单位负责|法定代表"
_NOTE = (
    rf"(?:备?注|说明|提示)(?:[:：]|\d+[.、:：]).*|(?:资料来源|数据来源|附[件表注]?\d*)[:：].*|(?:{_SIGNED})[^:：]{{0,8}}[:：].*"
    rf"|{UNIT_LINE}"
)
_DATED = r"[12]\d{3}[-年./]\d{1,2}[-月./]\d{1,2}日?"
_FIGURE = r"[-+(¥￥ ]*[0-9][0-9,. ]*[万亿元人%)-]*"
_ALONE = rf"{_DATED}|以下(?:空白|无正文|为空)|[※＊*]{{1,3}}[^*]{{2,}}|(?:备?注|说明|提示|附)(?:.*[，,。；;].*)?"
"""Is a note where nothing stands beside it: a name may be like it."""
_STATISTIC = (
    r"(?:平均|户均|占比|比重|同比|环比|最大|最小|中位|average|mean)(?:值|数|增长)?率?|(?:增长|增减|变动|差异)(?:额|数|率)?"
    r"|(?:上年|上期|去年|同期)(?:同期|实际)?(?:数|金额)?"
)
"""What is worked out of the rows above, or compares them with other times."""
_SAMPLE = (
    r"[(（\[【]?(?:示例|样例|范例|举例|例如?)[)）\]】:：].*|(?:填写|填表|填报)?(?:示例|样例|范例)(?:行|数据|企业|公司)?"
)
"""A row that shows how to fill in the table."""
_BEGIN = "增变差去Σ∑样范举例([（【平均户占比同环最中AaMm合总小汇共累全本承过转接上前结以续第备注说提资数附制编填审复经会财负打导单法客示金计货※＊*TtＴｔGgＧｇSsＳｓDdEeNn栏行序项列"
"""The letters with which such rows begin,"""
_END = "元位计和总数页额户日白文空余:：)）lLｌＬ"
"""and those with which a total may end."""
_LIKELY = re.compile(
    rf"(?:{_TOTAL}|{_SUBTOTAL}){_AFTER}|{_CARRIED}|{_STATISTIC}|{_NOTE}|{_ALONE}|.*[:：。].*|.*[千万亿]元.*|{_SAMPLE}|example.*",
    re.IGNORECASE,
)
"""What such a row says in one of these columns: the other cells of a row that says nothing of it are not looked at."""
_SAYS: dict[Kind, re.Pattern[str]] = {
    "carried": re.compile(_CARRIED),
    "total": re.compile(f"(?:{_TOTAL}){_AFTER}"),
    "subtotal": re.compile(f"(?:{_SUBTOTAL}){_AFTER}"),
    "note": re.compile(_STATISTIC),
}
_NO_NAME = re.compile(f"(?:{_TOTAL}|{_SUBTOTAL}|{_CARRIED})?{_AFTER}")
_COLUMN_WORDS = ("栏次", "行次", "列次", "序号", "项目", "栏", "列", "列号", "甲", "乙", "丙", "丁")
"""What stands beside the numbers of columns."""
_LEADING = 4
"""Columns of text in which such rows are looked for."""
_FIRST = 3
"""Rows below the heading that are looked at in any case: numbers of columns stand there."""


class Aside(NamedTuple):
    """A row that is no business: what it is, and the first text in it."""

    kind: Kind
    text: str


def set_aside(
    header: Header, block: Block, catalogue: Catalogue, suspects: Iterable[int], *, top: bool
) -> dict[int, Aside]:
    """The rows of a block, the `top` of the table or not, that are no businesses. `suspects` are rows of which some cell
    cannot be read."""
    texts = [c.place for c in header.columns if c.slot is None or c.slot.fact.type == "text"][:_LEADING]
    looked = {*range(min(_FIRST, block.size) if top else 0), *suspects}
    for place in texts:
        lettered = map(int, block.lettered(place, _BEGIN, _END))
        looked.update(row for row in lettered if _LIKELY.fullmatch(squeezed(block.text(row, place))))
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
    place, first = next(
        (one for one in filled if not re.match(r"[¥(+-]*\d", one[1]) and not mark_of(one[1])), filled[0]
    )
    id, name = (_cell(header, cells, fact) for fact in ("id", "name"))
    if is_sample(id, name) or (re.fullmatch(_SAMPLE, squeezed(name)) and not id) or re.fullmatch(_SAMPLE, squeezed(id)):
        return "sample"
    if heading := _as_heading(header, filled, catalogue):
        return heading
    for text in dict.fromkeys((first, squeezed(id), squeezed(name))):
        if (id and squeezed(id) != text) or not (_of_no_business(squeezed(name)) or squeezed(name) == text):
            continue
        if kind := next((kind for kind, said in _SAYS.items() if said.fullmatch(text)), None):
            return kind
    if id and squeezed(id) != first:
        return None
    figures = any(re.fullmatch(_FIGURE, plain(cells[c.place])) for c in header.numbers if place != c.place < len(cells))
    if re.fullmatch(_NOTE, first) and not figures:
        return "note"
    alone = {text for _, text in filled} == {first}
    if alone and re.search(UNIT_OF_ALL, first):  # the title of another page
        return "note"
    unnamed = place >= len(header.columns) or header.columns[place].slot is None
    return "note" if alone and (re.fullmatch(_ALONE, first) or (unnamed and re.search("[:：。]", first))) else None


def _of_no_business(name: str) -> bool:
    """Is this no name of a business: nothing, a total, or how many rows it is of?"""
    return bool(_NO_NAME.fullmatch(name))


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
    if _numbers_columns(header, filled) or (filled[0][1] in ("栏次", "行次", "列次") and len(filled) > 1):
        return "heading"
    named = [(place, text) for place, text in filled if not text.isdigit()]
    if len(named) < 3:
        return None
    slots = {place: slot for place, text in named if (slot := known(text, catalogue))}
    if len(slots) < 3 or len(slots) * 2 < len(filled):
        return None
    own = {place: header.columns[place].slot for place in slots if place < len(titles)}
    return "heading" if slots == own else "other_heading"  # in another language


def _alike(header: Header, column: Column, text: str, catalogue: Catalogue) -> bool:
    """Does a heading mean what that of a column above means?"""
    again = column_of(column.place, text, catalogue, {}, header.unit)
    return (again.slot, again.unit, again.gross) == (column.slot, column.unit, column.gross)


def _numbers_columns(header: Header, filled: Sequence[tuple[int, str]]) -> bool:
    """Does a row number the columns: 栏次 1 2 3=1+2? A business may have such figures, but not as its name."""
    found = [
        (place, int(match[1]))
        for place, text in filled
        if (match := re.fullmatch(r"(\d{1,3})(?:=[\d+*×/÷()-]+)?", text))
    ]
    others = {text for place, text in filled if place not in dict(found)}
    numbers = [number for _, number in found]
    if len(numbers) < 3 or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
        return False
    texts = {c.place for c in header.columns if c.slot is None or c.slot.fact.type == "text"}
    named = others or not texts.isdisjoint(place for place, _ in found[1:])
    return bool(named) and all(mark_of(text) or text in _COLUMN_WORDS for text in others)
