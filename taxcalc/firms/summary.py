"""Totals over a batch: what is due, saved and to pay, and what each relief saves, in all and by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import repeat
from typing import NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.heading import Header
from taxcalc.firms.wanted import TOTALS
from taxcalc.firms.write.added import AddedColumns

Key = tuple[str, ...]


class Sum(NamedTuple):
    """The sum of what is known of an amount, in fen, None where nothing is; and the businesses that have one other
    than zero."""

    amount: int | None
    businesses: int

    def __add__(self, other: Sum) -> Sum:  # type: ignore[override]
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
        return {total: self.sums[f"total.{total}"].amount for total in TOTALS}

    def __add__(self, other: Group) -> Group:  # type: ignore[override]
        sums = {name: own + other.sums[name] for name, own in self.sums.items()}
        return Group(self.businesses + other.businesses, sums, self.incomplete + other.incomplete)


class SummarySink:
    """Adds up blocks."""

    def __init__(self, columns: AddedColumns, by: Sequence[str]) -> None:
        self.columns = columns
        self.by = [_column(name, columns.header, columns.catalogue) for name in by]
        self.titles = [columns.header.columns[place].title for place in self.by]
        self.figures = [
            *(f"total.{total}" for total in TOTALS),
            *(name for name in columns.figures if columns.is_saving(name)),
        ]
        self.groups: dict[Key, Group] = {}

    def block(self, block: Block, answers: Answers[C]) -> dict[Key, Group]:
        """The sums of one block."""
        return {key: self._group(answers, rows) for key, rows in self._rows(block, answers.kept).items()}

    def _rows(self, block: Block, kept: Iterable[int]) -> Mapping[Key, list[int]]:
        distinct = [block.distinct(place) for place in self.by]
        found: dict[Key, list[int]] = {}
        codes = zip(*(codes for codes, _ in distinct), strict=True) if distinct else repeat((), block.size)
        keys: dict[tuple[int, ...], Key] = {}
        for row, (code, counts) in enumerate(zip(codes, kept, strict=True)):
            if counts:
                if code not in keys:
                    keys[code] = tuple(texts[c].strip() for c, (_, texts) in zip(code, distinct, strict=True))
                found.setdefault(keys[code], []).append(row)
        return found

    def _group(self, answers: Answers[C], rows: list[int]) -> Group:
        engine, at = answers.engine, answers.engine.column(rows)
        sums = {name: Sum(*engine.summed(engine.take(answers.figures[name], at), BLANK)) for name in self.figures}
        lacking: Counter[str] = Counter()
        found = self.columns.found.of("incomplete")
        for number, businesses in Counter(engine.take(answers.findings["incomplete"], at)).items():
            lacking.update({levy: businesses for levy in found[number] if isinstance(levy, str)})
        return Group(len(rows), sums, lacking)

    def take(self, made: Mapping[Key, Group], first: int) -> None:
        """Add the sums of a block."""
        for key, group in made.items():
            self.groups[key] = self.groups[key] + group if key in self.groups else group

    @property
    def all(self) -> Group:
        """All groups together; of no business, each sum is nought."""
        none = Group(0, dict.fromkeys(self.figures, Sum(0, 0)), Counter())
        return reduce(Group.__add__, self.groups.values()) if self.groups else none


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
