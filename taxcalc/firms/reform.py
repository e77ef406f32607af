"""What a draft law would change for the businesses of a table: each block is computed under both laws, side by side.

What is due today is added up as totals of a batch are. Of the draft only the differences are kept, of the rows that have
any: they are few in most drafts, and what is due then is what is due now with them.
"""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.reasons import Reason
from taxcalc.base.money import Fen
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.read.cells import Block
from taxcalc.firms.read.marks import unwrapped
from taxcalc.firms.summary import Group, Key, Standing, SummarySink, standing_of
from taxcalc.firms.together import Duplicates, Together
from taxcalc.firms.wanted import to_date
from taxcalc.firms.write.added import AddedColumns
from taxcalc.law.draft import Draft, bears_on

PAYABLE = "total.payable"


class Client(NamedTuple):
    """A row that pays more or less under the draft."""

    row: int
    id: str
    name: str
    period: str
    difference: Fen
    """Of what is to pay."""


class Change(NamedTuple):
    """A figure in all: now, and by how much it is more under the draft; None where nothing of it is known."""

    id: str
    before: Fen | None
    difference: Fen

    @property
    def after(self) -> Fen | None:
        """Under the draft."""
        return None if self.before is None and not self.difference else Fen((self.before or 0) + self.difference)


class Crossing(NamedTuple):
    """A condition of a relief that fails under one law alone, and the rows of which it does."""

    reason: Reason
    met: bool
    """Does it no longer fail under the draft?"""
    rows: int


class Part(NamedTuple):
    """All businesses, or those of a group."""

    key: Key
    businesses: int
    gainers: int
    """Those that pay less."""
    losers: int
    payable: Change

    @property
    def unchanged(self) -> int:
        """Those that pay the same."""
        return self.businesses - self.gainers - self.losers


class Reform(NamedTuple):
    """What a draft would change, in all; differences are those of the draft less today."""

    draft: Draft
    columns: AddedColumns
    titles: Sequence[str]
    """The columns by which businesses are grouped."""
    all: Part
    groups: Sequence[Part]
    totals: Sequence[Change]
    levies: Sequence[Change]
    """What is to pay of each tax and fee: adds up to what is to pay in all."""
    reliefs: Sequence[Change]
    """What is saved by each: adds up to what is saved in all."""
    crossings: Sequence[Crossing]
    clients: Sequence[Client]
    """The rows of which most is at stake, the most first."""
    not_compared: int
    """Rows of which what is to pay is known under one law alone, or under none."""


class Differences(NamedTuple, Generic[C]):
    """Of a block the rows that are otherwise under the draft."""

    figures: dict[str, tuple[C, C]]
    """Of each figure that differs somewhere the rows, and by how much."""
    groups: Mapping[int, Key]
    """The group of each row of which what is to pay differs."""
    crossed: list[tuple[Reason, bool, list[int]]]
    clients: list[tuple[int, Client]]
    """With their rows in the block; as they are told, counted from the first line of it."""
    not_compared: int


class ReformSink:
    """Takes the answers of a table under the law, and computes those under the draft."""

    def __init__(self, columns: AddedColumns, computation: Computation[Any], draft: Draft, by: Sequence[str], top: int):
        self._law, self._draft, self._given = computation, computation.under(draft.book), draft
        self._columns, self._top = columns, top
        names = [name for name in computation.plan.figures if not name.startswith("to_date.")]
        self._names = list(dict.fromkeys([*computation.plan.figures, *self._draft.plan.figures]))
        self._sums = SummarySink(columns, by, computation.engine, names)
        self._blocks: list[tuple[Differences[Any], int]] = []
        self._turned: dict[tuple[int, int], list[tuple[Reason, bool]]] = {}
        self._lock = threading.Lock()

    # ------------------------------------------------------------------------------------- one block

    def block(self, block: Block, answers: Answers[C]) -> tuple[Any, Differences[C]]:
        """Its sums under the law, and the differences. Called from any thread."""
        engine, then = answers.engine, self._draft.answers(block)
        kinds = [found[kind] for kind in ("incomplete", "reasons") for found in (answers.findings, then.findings)]
        both = engine.column([int(one and other) for one, other in zip(answers.kept, then.kept, strict=True)])
        lacking = [each.findings.of("incomplete") for each in (self._law, self._draft)]
        crossed: dict[tuple[Reason, bool], list[int]] = {}
        compared: list[int] = []
        for (kept, now, other, *reasons), rows in engine.groups([both, *kinds]):
            if not kept or lacking[0][now] != lacking[1][other]:
                continue
            some = list(map(int, rows))
            if lacking[0][now]:  # of which maybe nothing is known
                some = [row for row in some if answers.figures[PAYABLE][row] != BLANK]
            compared += some
            for turned in self._turns(*reasons):
                crossed.setdefault(turned, []).extend(some)
        compared.sort()
        kept_rows = engine.filled(len(both), 0)
        at = engine.column(compared)
        engine.put(kept_rows, at, engine.filled(len(compared), 1))
        groups = self._sums.rows_of(block, kept_rows) if self._sums.by else {}
        figures = self._differences(answers, then, at)
        changed = set(map(int, figures[PAYABLE][0])) if PAYABLE in figures else set()
        made = self._sums.block(block, answers._replace(kept=kept_rows))
        found = Differences(
            figures,
            {row: key for key, rows in groups.items() for row in rows if row in changed},
            [(*turned, rows) for turned, rows in crossed.items()],
            self._most(block, answers, figures),
            sum(map(bool, answers.kept)) - len(compared),
        )
        return made, found

    def _differences(self, answers: Answers[C], then: Answers[C], at: C) -> dict[str, tuple[C, C]]:
        """Of each figure that differs the rows and the differences; what is looked at under one law alone is nothing
        under the other."""
        engine, found = answers.engine, {}
        none = engine.filled(len(at), 0)
        for name in self._names:
            sides = (each.figures.get(name) for each in (answers, then))
            now, other = (none if one is None else engine.known(engine.take(one, at), BLANK) for one in sides)
            difference = engine.paired(now, other, -1)
            places = engine.flagged(engine.column(list(range(len(at)))), difference)
            if places:
                some = engine.column(places)
                found[name] = engine.take(at, some), engine.take(difference, some)
        return found

    def _turns(self, now: int, then: int) -> list[tuple[Reason, bool]]:
        """The conditions that fail under one law alone, by the numbers of two findings."""
        with self._lock:
            if (now, then) not in self._turned:
                sides = self._law.findings.of("reasons")[now], self._draft.findings.of("reasons")[then]
                before, after = ({one for one in side if isinstance(one, Reason)} for side in sides)
                turned = [(one, True) for one in before - after] + [(one, False) for one in after - before]
                self._turned[now, then] = sorted(turned, key=lambda one: one[0][:2])
            return self._turned[now, then]

    def _most(self, block: Block, answers: Answers[C], figures: Mapping[str, tuple[C, C]]) -> list[tuple[int, Client]]:
        """The rows of a block that gain or lose most."""
        if PAYABLE not in figures:
            return []
        rows, amounts = figures[PAYABLE]
        most = heapq.nlargest(
            self._top, zip(map(int, rows), map(int, amounts), strict=True), key=lambda one: abs(one[1])
        )
        periods, header = self._law.findings.periods, self._columns.header
        found = []
        for row, amount in most:
            id, name = (
                unwrapped(block.text(row, column.place)) if (column := header.column(of)) else ""
                for of in ("id", "name")
            )
            period = str(periods[int(answers.when[row])])
            found.append((row, Client(int(block.numbers[row]), id, name, period, Fen(amount))))
        return found

    def take(self, made: tuple[Any, Differences[Any]], first: int) -> None:
        """Keep a block. Called in order."""
        sums, differences = made
        self._sums.take(sums, first)
        self._blocks.append((differences, first))

    # ------------------------------------------------------------------------------------- the whole table

    def settle(self, together: Together[Any], duplicates: Duplicates | None) -> tuple[Reform, list[Problem]]:
        """All of it, rows of one business as one; and what is said of rows. Raises InputError where no row is under the
        draft."""
        standing = standing_of(together, duplicates)
        said = self._sums.settle(together, duplicates)
        said += self._not_met()
        added: Counter[str] = Counter()
        parts: dict[Key | None, Counter[bool]] = {}
        money: Counter[Key] = Counter()
        several: dict[tuple[Key | None, int], int] = {}
        crossed: Counter[tuple[Reason, bool]] = Counter()
        clients: list[Client] = []
        for number, (block, first) in enumerate(self._blocks):
            own = standing.get(number, {})
            for name in block.figures:
                if not name.startswith("to_date."):
                    added[name] += self._in_all(block, name, own)
            for row, amount in _counted(block, PAYABLE, own):
                key = block.groups.get(row)
                for of in {None, key}:
                    if row in own:
                        several[of, own[row].business] = several.get((of, own[row].business), 0) + amount
                    elif amount:
                        parts.setdefault(of, Counter())[amount < 0] += 1
                if key is not None:
                    money[key] += amount
            for row, client in block.clients:
                if row not in own or own[row].counts:
                    clients.append(client._replace(row=client.row + first))
            for reason, met, rows in block.crossed:
                crossed[reason, met] += sum(row not in own or own[row].counts for row in rows)
        for (of, _), amount in several.items():
            if amount:
                parts.setdefault(of, Counter())[amount < 0] += 1
        clients.sort(key=lambda one: (-abs(one.difference), one.row))
        return self._made(added, parts, money, crossed, clients[: self._top]), said

    def _in_all(self, block: Differences[Any], name: str, standing: Mapping[int, Standing]) -> int:
        if standing:
            return sum(amount for _, amount in _counted(block, name, standing))
        return self._law.engine.summed(block.figures[name][1], BLANK)[0] or 0

    def _not_met(self) -> list[Problem]:
        """The drafted figures that bear on no row. Raises InputError where that is so of all, and nothing differs."""
        periods = self._law.findings.periods
        changes = self._given.changes
        law, book = self._law.plan.book, self._given.book
        idle = [change for change in changes if not bears_on(law, book, change.table, periods)]
        shown = [str(period) for period in sorted(periods)]
        said = [problem("draft_not_met", draft=change.said, periods=shown) for change in idle]
        if periods and len(idle) == len(changes) and not any(block.figures for block, _ in self._blocks):
            raise InputError(said)
        return said if periods else []

    def _made(
        self,
        added: Counter[str],
        parts: Mapping[Key | None, Counter[bool]],
        money: Counter[Key],
        crossed: Counter[tuple[Reason, bool]],
        clients: Sequence[Client],
    ) -> Reform:
        sums = self._sums

        def change(id: str, group: Group, difference: int) -> Change:
            before = group.sums[id].amount if id in group.sums else None
            return Change(id, None if before is None else Fen(before), Fen(difference))

        def part(key: Key | None, group: Group, difference: int) -> Part:
            own = parts.get(key, Counter())
            return Part(key or (), group.businesses, own[True], own[False], change(PAYABLE, group, difference))

        changes = {name: change(name, sums.all, added[name]) for name in self._names if not name.startswith("to_date.")}
        groups = [part(key, group, money[key]) for key, group in sums.groups.items()] if sums.by else []
        return Reform(
            self._given,
            self._columns,
            sums.titles,
            part(None, sums.all, added[PAYABLE]),
            sorted(groups, key=lambda one: (-abs(one.payable.difference), one.key)),
            [one for id, one in changes.items() if id.startswith("total.")],
            [one for id, one in changes.items() if id.split(".")[0] not in ("total", "relief")],
            [one for id, one in changes.items() if id.startswith("relief.")],
            [Crossing(reason, met, rows) for (reason, met), rows in crossed.most_common() if rows],
            clients,
            sum(block.not_compared for block, _ in self._blocks),
        )


def _counted(block: Differences[Any], name: str, standing: Mapping[int, Standing]) -> Iterator[tuple[int, int]]:
    """The rows of which a figure differs and that count, with the difference that does: of a row before the last of its
    year without what counts from the beginning of the year."""
    earlier: dict[int, int] = {}
    if standing and to_date(name) in block.figures:
        rows, amounts = block.figures[to_date(name)]
        earlier = dict(zip(map(int, rows), map(int, amounts), strict=True))
    rows, amounts = block.figures.get(name, ((), ()))
    for row, amount in zip(map(int, rows), map(int, amounts), strict=True):
        if row not in standing:
            yield row, amount
        elif standing[row].counts:
            yield row, amount if standing[row].to_date else amount - earlier.pop(row, 0)
