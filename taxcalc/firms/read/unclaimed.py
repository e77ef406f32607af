"""Columns that may be a main fact which no column states: a run stops at them, with the option to type."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from taxcalc.base.money import plain
from taxcalc.base.problem import Problem, problem
from taxcalc.facts.catalogue import Catalogue, Fact, part_of
from taxcalc.facts.statement import WHEN
from taxcalc.facts.titles import key_of, read_title
from taxcalc.facts.values import read_value
from taxcalc.firms.read.heading import LONGEST_TITLE, Header, Told, filled, shown, squeezed

_OF_ENTRIES = (
    r"(?:交易|记账|入账|凭证|开票|制单)(?:日期|时间)|摘要|(?:凭证|发票|数电票|流水|单据)(?:字|代码|号|编号|号码|字号)+"
    r"|对方(?:户名|账号|名称|科目)|交易(?:对手|对方|流水|流水号|类型)|[借贷]方(?:金额|发生额?)?"
)
"""Headings of ledgers, statements of accounts and lists of invoices: each row is an entry."""


def unclaimed(
    header: Header, rows: Sequence[Sequence[str]], catalogue: Catalogue, told: Told, given: Collection[str]
) -> list[Problem]:
    """The columns that may be a main fact which nothing states: the heading holds a word of it, and at least half of
    the cells of these rows could be read as it. `given` are the facts that are stated for every row."""
    if told.pass_unknown:
        return []
    stated = header.stated | set(given)
    stated |= set(WHEN) if not stated.isdisjoint(WHEN) else set()
    lacking = [fact for fact in catalogue if fact.words and fact.name not in stated]
    passed = {squeezed(heading) for heading in told.passed} | {squeezed(c.title) for c in header.other}
    found = []
    entries = [
        column
        for column in header.columns
        if not column.slot and re.fullmatch(_OF_ENTRIES, key_of(column.title)) and squeezed(column.title) not in passed
    ]
    if len(entries) > 1 and header.stated:
        found.append(problem("rows_are_entries", titles=[column.title for column in entries], title=shown(entries[0])))
    when = catalogue["period"]
    apart = bool(set(WHEN) & (header.stated | set(given))) and header.stated.isdisjoint(("period", "period_from"))
    for column in header.columns:
        if column.slot or not column.title or squeezed(column.title) in passed or len(column.title) > LONGEST_TITLE:
            continue
        key = key_of(column.title).replace("所得税", "税")  # which is no income
        cells = filled(column, rows)
        of_part = cells and any(key_of(word) in key for word in (*when.words, "月", "季", "month", "quarter"))
        if apart and of_part and sum(_of_year(cell, when) for cell in cells) * 2 >= len(cells):
            found.append(problem("period_apart", column=column.place + 1, title=column.title))
            continue
        for fact in lacking:
            if cells and any(key_of(word) in key for word in fact.words):
                read = sum(not isinstance(read_value(fact, cell), Problem) for cell in cells)
                if read * 2 >= len(cells):
                    values = {"title": shown(column), "label": fact.label, "name": fact.name}
                    to_date = read_title(column.title).cumulative and not fact.cumulative
                    key = "column_to_date" if to_date else "column_unclaimed"
                    found.append(problem(key, column=column.place + 1, **values))
                    break
    return found


def _of_year(cell: str, period: Fact) -> bool:
    """Does a cell say which part of a year a row is of?"""
    part = re.fullmatch(r"0?[1-9]|1[0-2]", plain(cell)) or part_of(cell)
    return bool(part) or not isinstance(read_value(period, cell), Problem)
