"""Rows of facts to answers: rows of one period and filing frequency share a program, whatever engine runs it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.evaluation import evaluate
from taxcalc.assessment.model import catalogue_of, looked_at, model_for
from taxcalc.base.money import plain
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.engines.lower import Presence
from taxcalc.engines.program import Program
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import FactSet
from taxcalc.facts.values import read_value
from taxcalc.firms.asked import Asked, Detail, every_figure, figures_that_can_be, levies_of, rows_of
from taxcalc.firms.outcome import Answer, Outcome, of_evaluation, outcome
from taxcalc.firms.read.cells import Block, in_unit, read_column, reader
from taxcalc.firms.read.heading import Column, Header
from taxcalc.law.book import LawBook
from taxcalc.rules import CHECKS

_DECIDES = ("year", "period", "filing", "vat_payer")
"""The facts that say which law and which filing periods a row has."""


class Engine(Protocol):
    """Columns of whole numbers: Python lists or arrays."""

    name: str

    def run(self, program: Program, columns: Mapping[str, Any], there: Mapping[str, Any], size: int) -> dict[str, Any]:
        """Run a program; every output comes back as a column."""

    def column(self, values: Any) -> Any:
        """A column in the form that the engine computes with."""

    def take(self, column: Any, rows: Any) -> Any:
        """Some rows of a column."""

    def put(self, column: Any, rows: Any, part: Any) -> None:
        """Put a part of a column, or one value for all of it, in its rows."""

    def filled(self, size: int, value: int) -> Any:
        """A column of one value."""

    def fill_gaps(self, column: Any, there: Any, value: int) -> None:
        """Put a value where there is none."""

    def blanked(self, column: Any, there: Any) -> Any:
        """A column with −1 where there is no value."""

    def groups(self, columns: Sequence[Any]) -> list[tuple[tuple[int, ...], Any]]:
        """The distinct combinations of some columns, and the rows of each in order."""

    def joined(self, rows: list[Any]) -> Any:
        """Several lists of rows as one."""

    def presence(self, there: Any) -> Presence | None:
        """Whether a column has a value in all rows, in some, or (None) in no row."""

    def constant(self, column: Any, otherwise: Presence) -> Presence:
        """The one value of a column, if it has but one."""

    def distinct(self, column: Any) -> tuple[Any, Sequence[int]]:
        """A column as numbers of its distinct values, and these values."""

    def mapped(self, codes: Any, of: Sequence[int]) -> Any:
        """The column that has, for each number of `codes`, that member of `of`."""

    def true_rows(self, flags: Any, rows: Any) -> Sequence[int]:
        """Those of the rows that are flagged."""


class Rejected(NamedTuple):
    """A row that cannot be computed: where, what stands there, and why."""

    row: int
    id: str
    column: str
    value: str
    why: Problem


class Answers(NamedTuple):
    """What a block says, each column in the order of its rows; rows that are not `kept` have no answer.

    A set (what is needed, refused, remarked) is a number into the list of distinct sets of the batch.
    """

    figures: dict[str, Any]
    sets: dict[str, Any]
    kept: Any
    rejected: list[Rejected]


def defaults_of(given: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """What a user set for the rows that do not state it, from texts such as 'year=2023'.

    Raises InputError, with every problem, where a name or a value cannot be used.
    """
    facts = FactSet(catalogue)
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            facts.problems.append(problem("set_shape", text=text))
        else:
            facts.add("options", {name.strip(): value})
    facts.read(Period(0))
    if facts.problems:
        raise InputError(facts.problems)
    return {name: stated.text for name, stated in facts.stated.items() if stated.slot.fact.name not in ("name", "id")}


WHEN = ("year", "period")
SETS = ("regime", "needs", "reasons", "notes", "incomplete")


class Computation:
    """One batch: its header, what the user set, the programs made so far and the sets met so far."""

    def __init__(
        self,
        header: Header,
        engine: Engine,
        book: LawBook,
        detail: Detail,
        defaults: Mapping[str, str],
        today: date | None = None,
        *,
        whole: Block | None = None,
        every: bool = False,
    ) -> None:
        """`whole` are all rows of the table, where they are at hand: no figure is told that none of their periods can
        have. With `every`, each figure that there is is told, whatever the table has."""
        self.header, self.engine, self.book, self.detail = header, engine, book, detail
        self.catalogue = catalogue_of(book)
        self.defaults = dict(defaults)
        """Texts of facts for rows that do not state them."""
        self.today = today or date.today()
        """The day of the batch, the same for all of its rows."""
        self._preset = {name: self._read(name, text) for name, text in self.defaults.items() if name not in WHEN}
        stated = header.stated | {slot.fact.name for name in self.defaults if (slot := self.catalogue.find(name))}
        self._levies = looked_at(book, stated)
        models = [model_for(book, *group, self._levies) for group in self._periods(whole)]
        self.model = models[0] if models else model_for(book, _REFERENCE, 3, self._levies)
        """Of a period of the table: its levies and reliefs are those of every other."""
        columns: dict[str, Presence] = {**self._preset, **{column.name: "gaps" for column in header.facts}}
        rows = rows_of(models or [self.model], columns, stated, others=not models)
        levies = levies_of(rows)
        self.figures = every_figure(detail, book) if every else figures_that_can_be(detail, rows, levies)
        known = {*self.model.levies, *self.model.reliefs, "total", "loss_carried_forward"}
        told = [name for name in self.figures if known.issuperset(name.removeprefix("relief.").split(".")[:1])]
        self.asked = Asked(frozenset(stated), tuple(levies), tuple(told), detail != "summary")
        self._programs: dict[Any, Outcome] = {}
        self._presence: dict[tuple[Any, str], Presence | None] = {}
        self._lock = threading.Lock()
        self._numbers: dict[str, dict[Any, int]] = {what: {frozenset(): 0} for what in SETS}
        """Rows without an answer have the empty set, the first of each kind, also where no row has an answer."""

    def _periods(self, whole: Block | None) -> list[tuple[Period, int]]:
        """The assessed periods and filing frequencies of all rows; none where they are not known beforehand."""
        groups: list[Any] = []
        if self.header.stated.isdisjoint(WHEN):
            groups = [self._group((-1, -1, -1, -1), ())]
        elif whole is not None and whole.size:
            groups = [group for group, _ in self._groups(whole, *self._cells(whole, _DECIDES)[:2])]
        return [group for group in groups if not isinstance(group, Problem)]

    def _read(self, name: str, text: str) -> int:
        slot = self.catalogue.find(name)
        assert slot is not None
        value = reader(slot.fact)(text)
        assert isinstance(value, int)
        return value

    def sets(self, what: str) -> list[Any]:
        """The distinct sets of a kind met so far, by their numbers."""
        return list(self._numbers[what])

    def _number(self, what: str, meaning: Any) -> int:
        with self._lock:
            return self._numbers[what].setdefault(meaning, len(self._numbers[what]))

    def answers(self, block: Block) -> Answers:
        """Compute a block. Bad rows are named; the others go on."""
        rejected: dict[int, list[Rejected]] = {}
        values, there, bad = self._cells(block)
        for row, why, column in bad:
            self._reject(rejected, block, row, why, column)
        engine = self.engine
        figures = dict.fromkeys(self.figures, engine.filled(block.size, BLANK))
        figures |= {name: engine.filled(block.size, 0) for name in self.asked.figures}
        sets = {what: engine.filled(block.size, 0) for what in SETS}
        for group, rows in self._groups(block, values, there):
            if isinstance(group, Problem):
                when = self.header.column("year") or self.header.column("period")
                for row in map(int, rows):
                    if row not in rejected:
                        self._reject(rejected, block, row, group, when)
                continue
            part = {name: engine.take(column, rows) for name, column in values.items()}
            filled = {n: True if flags is True else engine.take(flags, rows) for n, flags in there.items()}
            made = self._program(group, part, filled)
            for kind, name in made.program.inputs:
                if kind == "present" and filled[name] is True:  # gaps, but none among these rows
                    filled[name] = engine.column([True] * len(rows))
            out = engine.run(made.program, part, filled, len(rows))
            for name in self.asked.figures:
                engine.put(figures[name], rows, out[name])
            for what in SETS:
                engine.put(sets[what], rows, self._spelled(what, made, out, len(rows)))
            for row in engine.true_rows(out["singly"], rows):
                if row not in rejected:
                    self._singly(block, int(row), figures, sets, rejected)
        kept = engine.filled(block.size, 1)
        for row in rejected:
            kept[row] = 0
        in_order = [one for row in sorted(rejected) for one in rejected[row]]
        return Answers(figures, sets, kept, in_order)

    def _cells(
        self, block: Block, only: Container[str] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any], list[tuple[int, Problem, Column]]]:
        """The columns of facts, which of their cells are filled, and what is wrong with some; what was set for all
        rows put in."""
        columns = [c for c in self.header.facts if c.name != "period" and (only is None or c.name in only)]
        reads = {column.name: read_column(block, column) for column in columns}
        bad = [(row, why, column) for column in columns for row, why in reads[column.name].bad.items()]
        values = {name: self.engine.column(read.values) for name, read in reads.items()}
        there = {n: True if read.there is True else self.engine.column(read.there) for n, read in reads.items()}
        for name, value in self._preset.items():
            if name not in values:
                values[name], there[name] = self.engine.filled(block.size, value), True
            elif there[name] is not True:
                values[name] = self.engine.column(values[name])
                self.engine.fill_gaps(values[name], there[name], value)
                there[name] = True
        return values, there, bad

    # ------------------------------------------------------------------------------------ programs

    def _groups(
        self, block: Block, values: Mapping[str, Any], there: Mapping[str, Any]
    ) -> list[tuple[tuple[Period, int] | Problem, Any]]:
        """The rows of each assessed period and filing frequency, or of what is wrong with the period."""
        columns = []
        for name in _DECIDES:
            if name in values:
                columns.append(self.engine.blanked(values[name], there[name]))
            else:
                columns.append(self.engine.filled(block.size, -1))
        texts: Sequence[str] = ()
        period = self.header.column("period")
        if period:
            codes, texts = block.distinct(period.place)
            columns[1] = self.engine.column(codes)
        found: dict[Any, tuple[Any, list[Any]]] = {}
        for key, rows in self.engine.groups(columns):
            group = self._group(key, texts)
            found.setdefault(str(group), (group, []))[1].append(rows)
        return [(group, self.engine.joined(rows)) for group, rows in found.values()]

    @functools.lru_cache(maxsize=4096)  # noqa: B019  (one computation lives as long as its batch)
    def _group_of(self, given: tuple[tuple[str, str], ...]) -> tuple[Period, int] | Problem:
        facts = FactSet(self.catalogue)
        facts.add("row", dict(given))
        facts.read()
        if facts.problems:
            why = facts.problems[0]
            return why.values["why"] if why.key == "bad_fact" else why
        return facts.period, facts.filing_months()[0]

    def _group(self, key: tuple[int, ...], texts: Sequence[str]) -> tuple[Period, int] | Problem:
        year, period, filing, payer = key
        given = {}
        if year >= 0:
            given["year"] = str(year)
        if period >= 0 and texts[period].strip():
            given["period"] = texts[period]
        if not given:
            given = {name: self.defaults[name] for name in WHEN if name in self.defaults}
        for name, index in (("filing", filing), ("vat_payer", payer)):
            if index >= 0:
                given[name] = list(self.catalogue[name].options)[index]
        long = any(len(text) > 60 for text in given.values())  # is refused, and need not be remembered
        find = functools.partial(type(self)._group_of.__wrapped__, self) if long else self._group_of
        return find(tuple((name, text) for name, text in given.items() if text))

    def _program(self, group: tuple[Period, int], part: Mapping[str, Any], there: Mapping[str, Any]) -> Outcome:
        """The program for rows that have these columns, made once."""
        with self._lock:
            presence = {name: self._how(group, name, part[name], there[name]) for name in part}
            columns = {name: how for name, how in presence.items() if how is not None}
            key = (group, tuple(columns.items()))
            if key not in self._programs:
                model = model_for(self.book, *group, self._levies)
                self._programs[key] = outcome(model, columns, self.asked, running=group[0].runs_on(self.today))
            return self._programs[key]

    def _how(self, group: tuple[Period, int], name: str, values: Any, there: Any) -> Presence | None:
        """How a column comes in a group, as far as was seen: what was seen once is reckoned with from then on."""
        now: Presence | None = "full" if there is True else self.engine.presence(there)
        fact = self.catalogue.find(name).fact  # type: ignore[union-attr]
        if now == "full" and fact.unit in ("flag", "choice"):
            now = self.engine.constant(values, now)
        before = self._presence.get((group, name), now)
        if before != now:
            both = {before, now}
            now = "gaps" if None in both or "gaps" in both else "full"
        self._presence[group, name] = now
        return now

    def _spelled(self, what: str, made: Outcome, out: Mapping[str, Any], size: int) -> Any:
        """A column of bits as numbers of the sets that they mean."""
        if what not in out:
            return self.engine.filled(size, self._number(what, frozenset()))
        codes, masks = self.engine.distinct(out[what])
        numbers = [self._number(what, made.meaning.of(what, mask)) for mask in masks]
        return self.engine.mapped(codes, numbers)

    # ------------------------------------------------------------------------------------ single rows

    def facts_of(self, block: Block, row: int, source: str = "row") -> FactSet:
        """The facts of one row, as one business is read: for its report, and to say what is wrong with it."""
        facts = FactSet(self.catalogue, self.today)
        cells = {}
        for column in self.header.columns:
            text = block.text(row, column.place)
            if column.slot and plain(text):
                text = in_unit(text, column.unit)
                passed = column.slot.fact.name in ("name", "id")
                if not passed or not isinstance(read_value(column.slot.fact, text), Problem):
                    cells[column.name] = text
        dated = not cells.keys().isdisjoint(WHEN)
        left = {n: text for n, text in self.defaults.items() if n not in cells and not (dated and n in WHEN)}
        facts.add("options", left)
        facts.add(source, cells)
        return facts.read()

    def answer_singly(self, block: Block, row: int) -> Answer:
        """The exact answer for one row. Raises InputError."""
        return of_evaluation(evaluate(self.facts_of(block, row), book=self.book, levies=self._levies), self.asked)

    def _singly(
        self, block: Block, row: int, figures: dict[str, Any], sets: dict[str, Any], rejected: dict[int, list[Rejected]]
    ) -> None:
        """A row whose facts contradict each other, or that has too much to say, is read as one business is."""
        try:
            answer = self.answer_singly(block, row)
        except InputError as error:
            for why in error.problems:
                self._reject(rejected, block, row, why, self._column_of(why))
            return
        for name, value in answer.figures.items():
            figures[name][row] = value
        for what in SETS:
            sets[what][row] = self._number(what, getattr(answer, what))

    def _column_of(self, why: Problem) -> Column | None:
        """The column that a problem speaks of, if it is one column."""
        slot = self.catalogue.find(str(why.values.get("name", "")))
        if slot and self.header.column(slot.name):
            return self.header.column(slot.name)
        check = next((check for check in CHECKS if check.id == why.key), None)
        named = [c for c in self.header.columns if check and c.slot and c.slot.fact.name in check.facts]
        return named[0] if named else None

    def _reject(
        self, rejected: dict[int, list[Rejected]], block: Block, row: int, why: Problem, column: Column | None
    ) -> None:
        title, value = (column.title, block.text(row, column.place)) if column else ("", "")
        if why.key == "bad_fact":
            why = why.values["why"]
        rejected.setdefault(row, []).append(Rejected(block.number(row), self.id_of(block, row), title, value, why))

    def id_of(self, block: Block, row: int) -> str:
        """The user's own identifier of a row, else its name."""
        columns = (self.header.column(name) for name in ("id", "name"))
        return next((block.text(row, column.place) for column in columns if column), "")


_REFERENCE = Period(2025)
"""Stands for the periods of a table that are not known before its rows are read."""
