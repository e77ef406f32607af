"""Totals over a batch: what is due, saved and to pay, and what each relief saves, in all and by any column.

Rows are added up block by block, as if each were a business. What is needed of them besides waits in a file: where rows
turn out to be of one business, their blocks are added up anew without them, and each such business once.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import repeat
from typing import Any, Generic, NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.answers import LACKING, Answers
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.heading import Header
from taxcalc.firms.selected import column_called
from taxcalc.firms.together import Duplicates, Together
from taxcalc.firms.wanted import DUE, TOTALS, to_date
from taxcalc.firms.write.added import AddedColumns

Key = tuple[str, ...]
_IN_MEMORY = 1 << 24
"""Bytes of the waiting rows from which they go to a file."""


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
    lacking: dict[str, Counter[str]]
    """By kind of sum (as in LACKING), the businesses whose sum lacks a levy, by the levy."""

    @property
    def totals(self) -> dict[str, int | None]:
        """What is due without reliefs, saved and to pay of taxes and fees."""
        return {total: self.sums[f"total.{total}"].amount for total in TOTALS}

    def __add__(self, other: Group) -> Group:  # type: ignore[override]
        sums = {name: own + other.sums[name] for name, own in self.sums.items()}
        lacking = {kind: own + other.lacking[kind] for kind, own in self.lacking.items()}
        return Group(self.businesses + other.businesses, sums, lacking)


class Waiting(NamedTuple, Generic[C]):
    """Of the rows of a block what it takes to add them up."""

    groups: dict[Key, C]
    """The rows of each."""
    figures: dict[str, C]
    lacking: dict[str, C]


class Piece(NamedTuple):
    """A block that was added up: the sums of its groups, and where its rows wait: each column is so many bytes long."""

    groups: dict[Key, Group]
    place: int
    lengths: list[int]


class Standing(NamedTuple):
    """What becomes of a row of a business that has several."""

    business: int
    counts: bool
    to_date: bool
    """Do its figures to date count?"""


class Distinct:
    """Businesses with several rows, each counted once."""

    def __init__(self) -> None:
        self.businesses: set[int] = set()
        self.figures: dict[str, set[int]] = {}
        """Those with a figure other than nought."""
        self.lacking: dict[str, dict[str, set[int]]] = {kind: {} for kind in LACKING}
        """By kind of sum, those whose sum lacks a levy."""

    def added(self, group: Group) -> Group:
        """A group of others with these."""
        sums = {name: sum + Sum(None, len(self.figures.get(name, ()))) for name, sum in group.sums.items()}
        lacking = {
            kind: own + Counter({levy: len(whose) for levy, whose in self.lacking[kind].items()})
            for kind, own in group.lacking.items()
        }
        return Group(group.businesses + len(self.businesses), sums, lacking)


def _none() -> dict[str, Counter[str]]:
    return {kind: Counter() for kind in LACKING}


class SummarySink:
    """Adds up blocks."""

    def __init__(
        self, columns: AddedColumns, by: Sequence[str], engine: Engine[Any], figures: Sequence[str] | None = None
    ) -> None:
        """Of these figures, or of those that totals tell."""
        self.columns = columns
        self.by = [_column(name, columns.header, columns.catalogue) for name in by]
        self.titles = [columns.header.columns[place].title for place in self.by]
        self.figures = list(figures) if figures else [*(f"total.{total}" for total in TOTALS), *DUE, *columns.summed()]
        self._engine = engine
        self._pieces: list[Piece] = []
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 closed with the sink
        self.groups: dict[Key, Group] = {}
        self.all = Group(0, dict.fromkeys(self.figures, Sum(0, 0)), _none())
        """All groups together; of no business, each sum is nought."""

    # ------------------------------------------------------------------------------------- one block

    def block(self, block: Block, answers: Answers[C]) -> tuple[dict[Key, Group], list[bytes]]:
        """The sums of one block, and its rows."""
        groups = {key: self._engine.column(rows) for key, rows in self.rows_of(block, answers.kept).items()}
        figures = {name: answers.figures[name] for name in self._waiting}
        lacking = {kind: answers.findings[kind] for kind in LACKING}
        waiting = Waiting(groups, figures, lacking)
        stored = list(map(self._engine.stored, (*lacking.values(), *figures.values(), *groups.values())))
        return {key: self._group(waiting, rows) for key, rows in groups.items()}, stored

    @property
    def _waiting(self) -> list[str]:
        """The figures that are kept of each row."""
        return [*self.figures, *(to_date(name) for name in self.figures)]

    def _read(self, piece: Piece) -> Waiting[Any]:
        self._file.seek(piece.place)
        columns = (self._engine.restored(self._file.read(length)) for length in piece.lengths)
        lacking = {kind: next(columns) for kind in LACKING}
        figures = {name: next(columns) for name in self._waiting}
        return Waiting(dict(zip(piece.groups, columns, strict=True)), figures, lacking)

    def rows_of(self, block: Block, kept: Iterable[int]) -> dict[Key, list[int]]:
        """The rows of each group that are kept."""
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

    def _group(self, waiting: Waiting[C], rows: C) -> Group:
        engine = self._engine
        sums = {name: Sum(*engine.summed(engine.take(waiting.figures[name], rows), BLANK)) for name in self.figures}
        lacking = _none()
        for kind, counts in lacking.items():
            for number, businesses in Counter(engine.take(waiting.lacking[kind], rows)).items():
                counts.update(dict.fromkeys(self.lacking(kind, number), businesses))
        return Group(len(rows), sums, lacking)

    def lacking(self, kind: str, number: int) -> list[str]:
        """The levies that a sum lacks, by the number of that finding."""
        return [levy for levy in self.columns.found.of(kind)[number] if isinstance(levy, str)]

    def take(self, made: tuple[dict[Key, Group], list[bytes]], first: int) -> None:
        """Keep the sums of a block and its rows."""
        groups, stored = made
        self._pieces.append(Piece(groups, self._file.tell(), list(map(len, stored))))
        self._file.writelines(stored)

    # ------------------------------------------------------------------------------------- the table

    def settle(self, together: Together[Any], duplicates: Duplicates | None) -> list[Problem]:
        """Add all up, rows of one business as one. What is said of rows that do not count."""
        rows = standing_of(together, duplicates)
        several: dict[Key | None, Distinct] = {}
        for number, piece in enumerate(self._pieces):
            groups = self._settled(self._read(piece), rows[number], several) if number in rows else piece.groups
            for key, group in groups.items():
                self.groups[key] = self.groups[key] + group if key in self.groups else group
        self._file.close()
        every = reduce(Group.__add__, self.groups.values()) if self.groups else self.all
        every = several[None].added(every) if several else every
        if every.businesses:
            self.all = every
        added = {key: several[key].added(group) if key in several else group for key, group in self.groups.items()}
        self.groups = {key: group for key, group in added.items() if group.businesses}
        return together.remarks("rows_not_counted" if duplicates is None else "rows_counted", duplicates)

    def _settled(
        self, waiting: Waiting[C], standing: Mapping[int, Standing], several: dict[Key | None, Distinct]
    ) -> dict[Key, Group]:
        """The sums of a block, where no business is counted for some rows: to `several` goes whose they are."""
        engine = self._engine
        earlier = engine.column([row for row, stands in standing.items() if not stands.to_date])
        for name in self.figures if len(earlier) else ():
            column, part = (engine.take(waiting.figures[one], earlier) for one in (name, to_date(name)))
            engine.put(waiting.figures[name], earlier, engine.paired(part, column, -1))
        groups = {}
        for key, all_rows in waiting.groups.items():
            alone = [row for row in map(int, all_rows) if row not in standing]
            group = self._group(waiting, engine.column(alone))
            shared = [row for row in map(int, all_rows) if row in standing and standing[row].counts]
            if shared:
                found = self._group(waiting, engine.column(shared))
                none = {name: Sum(amount, 0) for name, (amount, _) in found.sums.items()}
                group += Group(0, none, _none())
                whose = [standing[row].business for row in shared]
                for distinct in (several.setdefault(one, Distinct()) for one in (key, None)):
                    distinct.businesses.update(whose)
                    for name in self.figures:
                        amounts = engine.take(waiting.figures[name], engine.column(shared))
                        have = (who for who, amount in zip(whose, amounts, strict=True) if amount not in (0, BLANK))
                        distinct.figures.setdefault(name, set()).update(have)
                    for row, who in zip(shared, whose, strict=True):
                        for kind, levy in (
                            (k, levy) for k in LACKING for levy in self.lacking(k, waiting.lacking[k][row])
                        ):
                            # a return that is not known is lacking, also where a later row has the year so far
                            if kind == "due_incomplete" or standing[row].to_date or levy not in self.columns.to_date:
                                distinct.lacking[kind].setdefault(levy, set()).add(who)
            groups[key] = group
        return groups


def standing_of(together: Together[Any], duplicates: Duplicates | None) -> dict[int, dict[int, Standing]]:
    """By block and row, what becomes of the rows of businesses that have several."""
    rows: dict[int, dict[int, Standing]] = {}
    for business, counted in enumerate(together.counting(duplicates)):
        for place in counted.all:
            stands = Standing(business, place in counted.rows, place in counted.to_date)
            rows.setdefault(together.piece_of(place), {})[together.row_in_piece(place)] = stands
    return rows


def _column(name: str, header: Header, catalogue: Catalogue) -> int:
    found = column_called(name, header, catalogue)
    if found is None:
        raise InputError([problem("column_not_there", name=name, titles=[c.title for c in header.columns])])
    return found.place
