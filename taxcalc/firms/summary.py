"""Totals over a batch: what is due, saved and to pay, and what each relief saves, in all and by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.asked import TOTALS
from taxcalc.firms.compute import Answers
from taxcalc.firms.read.heading import Header
from taxcalc.firms.write.columns import Columns

Key = tuple[str, ...]


class Sum(NamedTuple):
    """The sum of what is known of an amount, in fen, None where nothing is; and the businesses that have one other
    than zero."""

    amount: int | None
    businesses: int

    def __add__(self, other: Any) -> Sum:
        known = [amount for amount in (self.amount, other.amount) if amount is not None]
        return Sum(sum(known) if known else None, self.businesses + other.businesses)


class Group(NamedTuple):
    """The businesses of one combination of columns, and the sum of each figure."""

    businesses: int
    sums: dict[str, Sum]
    incomplete: Counter[str]
    """The businesses whose totals lack a levy, by the levy."""

    @property
    def totals(self) -> dict[str, int | None]:
        """What is due without reliefs, saved and to pay of taxes and fees."""
        return {what: self.sums[f"total.{what}"].amount for what in TOTALS}

    def __add__(self, other: Any) -> Group:
        sums = {name: one + other.sums[name] for name, one in self.sums.items()}
        return Group(self.businesses + other.businesses, sums, self.incomplete + other.incomplete)


class SummarySink:
    """Adds up blocks."""

    def __init__(self, columns: Columns, header: Header, by: Sequence[str], catalogue: Catalogue) -> None:
        self.columns = columns
        self.by = [_column(name, header, catalogue) for name in by]
        self.titles = [header.columns[place].title for place in self.by]
        self.figures = [
            *(f"total.{what}" for what in TOTALS),
            *(name for name in columns.figures if columns.is_saving(name)),
        ]
        self.groups: dict[Key, Group] = {}

    def block(self, block: Any, answers: Answers) -> dict[Key, Group]:
        """The sums of one block."""
        listed = isinstance(answers.kept, list)
        return {
            key: Group(
                len(rows),
                {name: self._sum(answers.figures[name], rows, listed) for name in self.figures},
                self._lacking(answers.sets["incomplete"], rows, listed),
            )
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
            here = [values[row] for row in rows if values[row] != BLANK]
            return Sum(sum(here) if here else None, sum(1 for value in here if value))
        part = values[rows]
        part = part[part != BLANK]
        # in two halves, because the sum of many amounts may not fit where each amount does
        amount = (int((part >> 32).sum()) << 32) + int((part & 0xFFFFFFFF).sum())
        return Sum(amount if len(part) else None, int((part != 0).sum()))

    def _lacking(self, codes: Any, rows: list[int], listed: bool) -> Counter[str]:
        found: Counter[str] = Counter()
        sets = self.columns.computation.sets("incomplete")
        for code, businesses in Counter(codes[row] for row in rows).items() if listed else _counted(codes[rows]):
            found.update(dict.fromkeys(sets[code], businesses))
        return found

    def take(self, made: Mapping[Key, Group], first: int) -> None:
        """Add the sums of a block."""
        for key, group in made.items():
            self.groups[key] = self.groups[key] + group if key in self.groups else group

    @property
    def all(self) -> Group:
        """All groups together; of no business, each sum is nought."""
        none = Group(0, dict.fromkeys(self.figures, Sum(0, 0)), Counter())
        return reduce(Group.__add__, self.groups.values()) if self.groups else none


def _counted(codes: Any) -> Any:
    import numpy as np

    return zip(*(part.tolist() for part in np.unique(codes, return_counts=True)), strict=True)


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
