"""What a check of a table found, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.base.problem import Lang, Problem, problem, say, shown
from taxcalc.base.units import Label
from taxcalc.facts.titles import read_title
from taxcalc.firms.check import CheckSink, RefusedByKind
from taxcalc.firms.counts import Counts
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.heading import Header
from taxcalc.report.inputs import part_label
from taxcalc.report.shapes import Json, both, dumped

_WORDS: dict[str, Label] = {
    "read": ("读法", "how it is read"),
    "row": ("表头在第 {} 行", "headings in row {}"),
    "wrong": ("不能计算", "cannot be computed"),
    "doubtful": ("存疑", "doubtful"),
    "none": ("无", "nothing"),
    "alike": ("按标题认出（金额为元）", "known by their headings (amounts in yuan)"),
    "passed": ("原样保留", "passed through"),
}
_UNITS: dict[str, Label] = {
    "": ("元", "yuan"), "万": ("万元", "ten thousand yuan"), "亿": ("亿元", "hundred million yuan"), "%": ("%", "%"),
}  # fmt: skip


class Checked(NamedTuple):
    """A table that was checked."""

    feed: Feed
    header: Header
    sink: CheckSink
    refused: RefusedByKind
    counts: Counts

    @property
    def clean(self) -> bool:
        """Is nothing wrong, and nothing doubtful?"""
        return not (self.refused.rows or self.sink.wrong or self.sink.plausible.remarks())


def lines(checked: Checked, lang: Lang) -> Iterator[str]:
    """What is read and how, what is wrong, what is doubtful."""
    side = 0 if lang == "zh" else 1
    colon, listed = ("：", ": ")[side], ("；", "; ")[side]
    how = listed.join((checked.feed.described()[side], _WORDS["row"][side].format(checked.feed.header_row)))
    yield f"{_WORDS['read'][side]}{colon}{how}"
    passed = [shown(column.title) for column in checked.header.columns if not column.slot and column.title]
    alike: list[str] = []
    for column in (column for column in checked.header.columns if column.slot):
        unit = _unit(column) if column.unit or not _is_called_so(column, side) else None
        if unit is None and _is_called_so(column, side):
            alike.append(shown(column.title))
            continue
        measured = f"{('（{}）', ' ({})')[side].format(unit[side])}" if unit else ""
        yield f"  {shown(column.title)} → {_called(column)[side]}{measured}"
    if alike:
        yield f"  {_WORDS['alike'][side]}{colon}{('、', ', ')[side].join(alike)}"
    if passed:
        yield f"  {_WORDS['passed'][side]}{colon}{('、', ', ')[side].join(passed)}"
    for key, found in (("wrong", _wrong(checked)), ("doubtful", _doubtful(checked))):
        yield f"{_WORDS[key][side]}{colon}{'' if found else _WORDS['none'][side]}"
        for column_title, count, rows, why in found:
            where = ("“{}”列，", "column '{}', ")[side].format(shown(column_title)) if column_title else ""
            numbers = ("、", ", ")[side].join([*map(str, rows), *(["…"] if count > len(rows) else [])])
            yield f"  {say('rows_of_a_kind', lang, count=count, where=where, rows=numbers, why=why)}"


def _wrong(checked: Checked) -> list[tuple[str, int, list[int], Problem]]:
    return [(each.column, each.how_many, each.rows, each.why) for each in checked.refused.kinds()]


def _doubtful(checked: Checked) -> list[tuple[str, int, list[int], Problem]]:
    return [(each.column, each.how_many, each.rows, problem(each.key)) for each in checked.sink.plausible.remarks()]


def _called(column: Column) -> Label:
    """The fact that a column gives, and which part of it."""
    assert column.slot is not None
    (zh, en), part = column.slot.fact.label, column.slot.part
    return (zh + part_label(part)[0], f"{en}, {part_label(part)[1]}") if part else (zh, en)


def _is_called_so(column: Column, side: int) -> bool:
    """Is a column headed as its fact is called in a language?"""
    assert column.slot is not None
    return read_title(column.title).name == read_title(column.slot.fact.label[side]).name


def _unit(column: Column) -> Label | None:
    money = column.slot is not None and column.slot.fact.type == "money"
    return _UNITS.get(column.unit, (column.unit, column.unit)) if money or column.unit else None


def _both(said: Problem) -> dict[str, str]:
    return both((said.text("zh"), said.text("en")))


def as_json(checked: Checked) -> str:
    """The same as JSON, by schema taxcalc/check/1."""
    columns = [
        {
            "column": column.place + 1,
            "heading": column.title,
            "fact": column.name or None,
            "label": both(_called(column)) if column.slot else None,
            "unit": both(unit) if (unit := _unit(column)) else None,
        }
        for column in checked.header.columns
    ]
    rejected: Json = [
        {"key": why.key, "column": column, "count": count, "rows": rows, "message": _both(why)}
        for column, count, rows, why in _wrong(checked)
    ]
    doubtful: Json = [
        {
            "key": each.key,
            "column": each.column,
            "count": each.how_many,
            "rows": each.rows,
            "touches_tax": each.touches_tax,
            "message": _both(problem(each.key)),
        }
        for each in checked.sink.plausible.remarks()
    ]
    return dumped(
        "check/1",
        {
            "source": checked.feed.name,
            "read": both(checked.feed.described()),
            "header_row": checked.feed.header_row,
            "columns": columns,
            "rows": checked.counts.rows,
            "usable": checked.counts.out,
            "rejected": rejected,
            "doubtful": doubtful,
            "compared": checked.sink.compared,
            "differing": [{"row": row, "columns": names} for row, names in checked.sink.wrong],
        },
    )
