"""Totals over a batch: what is due, saved and to pay, and what each relief saves, in all and by any column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from taxcalc.batch.columns import Columns
from taxcalc.batch.compute import Answers
from taxcalc.batch.header import Header
from taxcalc.catalogue import Catalogue
from taxcalc.problem import InputError, problem

Key = tuple[str, ...]
TOTALS = ("baseline", "saving", "payable")


class Sum(NamedTuple):
    """An amount in fen, and the businesses that have one other than zero."""

    amount: int
    businesses: int

    def __add__(self, other: Any) -> Sum:
        return Sum(self.amount + other.amount, self.businesses + other.businesses)


class Group(NamedTuple):
    """The businesses of one combination of columns, and the sum of each figure."""

    businesses: int
    sums: dict[str, Sum]


class SummarySink:
    """Adds up blocks."""

    def __init__(self, columns: Columns, header: Header, by: Sequence[str], catalogue: Catalogue) -> None:
        self.columns = columns
        self.by = [_column(name, header, catalogue) for name in by]
        self.titles = [header.columns[place].title for place in self.by]
        self.figures = [*TOTALS, *(name for name in columns.figures if columns.is_saving(name))]
        self.groups: dict[Key, Group] = {}

    def block(self, block: Any, answers: Answers) -> dict[Key, Group]:
        """The sums of one block."""
        listed = isinstance(answers.kept, list)
        return {
            key: Group(len(rows), {name: self._sum(answers.figures[name], rows, listed) for name in self.figures})
            for key, rows in self._rows(block, answers.kept).items()
        }

    def _rows(self, block: Any, kept: Any) -> Mapping[Key, list[int]]:
        distinct = [block.distinct(place) for place in self.by]
        found: dict[Key, list[int]] = {}
        codes = zip(*(codes for codes, _ in distinct), strict=True) if distinct else (() for _ in range(block.size))
        keys: dict[Any, Key] = {}
        for row, code in enumerate(codes):
            if kept[row]:
                if code not in keys:
                    keys[code] = tuple(texts[c].strip() for c, (_, texts) in zip(code, distinct, strict=True))
                found.setdefault(keys[code], []).append(row)
        return found

    def _sum(self, values: Any, rows: list[int], listed: bool) -> Sum:
        if listed:
            here = [values[row] for row in rows]
            return Sum(sum(here), sum(1 for value in here if value))
        part = values[rows]
        # in two halves, because the sum of many amounts may not fit where each amount does
        amount = (int((part >> 32).sum()) << 32) + int((part & 0xFFFFFFFF).sum())
        return Sum(amount, int((part != 0).sum()))

    def take(self, made: Mapping[Key, Group], first: int) -> None:
        """Add the sums of a block."""
        for key, group in made.items():
            before = self.groups.get(key)
            if before:
                sums = {name: before.sums[name] + group.sums[name] for name in self.figures}
                group = Group(before.businesses + group.businesses, sums)
            self.groups[key] = group

    @property
    def all(self) -> Group:
        """All groups together."""
        groups = list(self.groups.values())
        sums = {name: sum((group.sums[name] for group in groups), Sum(0, 0)) for name in self.figures}
        return Group(sum(group.businesses for group in groups), sums)


def _column(name: str, header: Header, catalogue: Catalogue) -> int:
    """The column of a heading, or of a fact by any of its names."""
    for column in header.columns:
        if column.title == name.strip():
            return column.place
    slot = catalogue.find(name)
    found = header.column(slot.name) if slot else None
    if found is None:
        raise InputError([problem("column_not_there", name=name, titles=[c.title for c in header.columns])])
    return found.place
