"""Blocks of rows to answers: rows of one period and filing frequency run one program, whatever engine runs it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic

from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.model import catalogue_of, model_for
from taxcalc.assessment.reasons import Note
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.engines.lower import Presence
from taxcalc.facts.periods import before
from taxcalc.facts.statement import WHEN
from taxcalc.firms.answers import FINDINGS, Answers, Findings, Rejections
from taxcalc.firms.businesses import keys_of, nameless
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.outcome import Outcome, outcome
from taxcalc.firms.periods import Periods, RowGroup
from taxcalc.firms.plan import Plan, numbers_of, plan_of
from taxcalc.firms.read.aside import Aside, set_aside
from taxcalc.firms.read.cells import Block, Facts, read_column, read_facts
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header
from taxcalc.firms.selected import Selected
from taxcalc.firms.single import SingleRows
from taxcalc.firms.sums import segments
from taxcalc.firms.wanted import Detail
from taxcalc.law.book import LawBook
from taxcalc.report.inputs import part_label, period_label


class Programs:
    """The programs of a batch, each made once, in any thread: rows of one period and filing frequency share one, as far
    as they state the same facts."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._made: dict[tuple[RowGroup, tuple[tuple[str, Presence], ...]], Outcome] = {}
        self._seen: dict[tuple[RowGroup, str], Presence | None] = {}
        self._lock = threading.Lock()

    def fitting(self, group: RowGroup, facts: Facts[C], engine: Engine[C]) -> Outcome:
        """The program for rows of a group that state these facts."""
        with self._lock:
            presence = {name: self._presence(group, name, facts, engine) for name in facts.values}
            columns = {name: how for name, how in presence.items() if how is not None}
            key = (group, tuple(columns.items()))
            if key not in self._made:
                plan = self._plan
                model = model_for(plan.book, *group, plan.levies)
                self._made[key] = outcome(model, columns, plan.wanted, running=group[0].runs_on(plan.today))
            return self._made[key]

    def _presence(self, group: RowGroup, name: str, facts: Facts[C], engine: Engine[C]) -> Presence | None:
        """How a column comes in a group, as far as was seen: what was seen once is reckoned with from then on."""
        fact = self._plan.catalogue.find(name).fact  # type: ignore[union-attr]
        alike = fact.unit in ("flag", "choice")
        now = engine.presence(facts.values[name], facts.filled[name], alike=alike)
        before = self._seen.get((group, name), now)
        if before != now:
            both = {before, now}
            now = "gaps" if None in both or "gaps" in both else "full"
        self._seen[group, name] = now
        return now


class Computation(Generic[C]):
    """One batch: its plan, the programs made so far and the findings met so far. Blocks may come in any thread."""

    def __init__(
        self,
        header: Header,
        engine: Engine[C],
        book: LawBook,
        detail: Detail,
        defaults: Mapping[str, str],
        today: date | None = None,
        *,
        whole: Block | None = None,
        every: bool = False,
        totals: bool = False,
        period: Period | None = None,
        selected: Selected | None = None,
        advice: bool = False,
        sources: Mapping[str, str] | None = None,
    ) -> None:
        """`whole` are all rows of the table, where they are at hand: no figure is told that none of their periods can
        have. With `every`, each figure that there is is told, whatever the table has; where columns are `selected`, they
        are; with `totals`, what totals take is computed too. With `advice`, each row is told what is near and what is
        missing. `sources` say of some defaults where they are set."""
        self._made_of = (header, engine, detail, defaults, today, whole, every, period)
        self.engine = engine
        self._periods = Periods(header, catalogue_of(book), defaults, period)
        preset = numbers_of(defaults, catalogue_of(book))
        groups = self._periods.of_table(whole, preset, engine)
        plan = plan_of(
            header,
            book,
            detail,
            defaults,
            preset,
            today or date.today(),
            groups,
            every=every,
            totals=totals,
            period=period,
            selected=selected,
        )
        self.plan = plan._replace(advice=advice, sources=sources or {})
        self._numbers = header.numbers
        slots = (*(column.slot for column in header.columns), *map(catalogue_of(book).find, defaults))
        self._dated = [slot for slot in slots if slot and slot.year]
        self.single = SingleRows(self.plan)
        self.findings = Findings()
        self._programs = Programs(self.plan)

    def under(self, book: LawBook) -> Computation[C]:
        """The same under another law."""
        header, engine, detail, defaults, today, whole, every, period = self._made_of
        return Computation(header, engine, book, detail, defaults, today, whole=whole, every=every, period=period)

    def answers(self, block: Block, *, top: bool = True) -> Answers[C]:
        """Compute a block, which may be the `top` of its table. Bad rows are named; the others go on."""
        engine, plan = self.engine, self.plan
        facts = read_facts(block, self._numbers, plan.preset, engine)
        rejections = Rejections(plan.header, block)
        aside = set_aside(plan.header, block, plan.catalogue, {row for row, _, _ in facts.bad}, top=top)
        for row, why, column in (*facts.bad, *self._yearly(block)):
            if row not in aside:
                rejections.add(row, why, column)
        keys = keys_of(block, plan.header, engine)
        for row in nameless(block, plan.header, keys):
            if row not in aside:
                rejections.add(row, problem("row_nameless"), plan.header.column("name") or plan.header.column("id"))
        figures = dict.fromkeys(plan.figures, engine.filled(block.size, BLANK))
        figures |= {name: engine.filled(block.size, 0) for name in plan.wanted.figures}
        findings = {kind: engine.filled(block.size, 0) for kind in FINDINGS}
        sums = segments(plan.header, facts, aside, block.numbers, engine)
        dates = engine.filled(block.size, 0)
        answers = Answers(
            engine, figures, findings, engine.filled(block.size, 1), [], aside, facts.marks, sums, keys, dates
        )
        alone: list[int] = []
        for group, rows in self._periods.of_rows(block, facts, engine):
            if group is None:
                aside |= {row: Aside("other_period", "") for row in map(int, rows) if row not in aside}
                for row in map(int, rows):
                    rejections.rows.pop(row, None)
            elif isinstance(group, Problem):
                named = (plan.header.column(name) for name in WHEN)
                when = self.single.column_of(group) or next(filter(None, named), None)
                if group.key == "year_missing" and when:
                    group = problem("year_blank")
                for row in map(int, rows):
                    if row not in rejections.rows and row not in aside:
                        rejections.add(row, group, when)
            else:
                engine.put(dates, rows, engine.filled(len(rows), self.findings.number_of(group[0])))
                alone += self._run(group, rows, facts.of_rows(rows, engine), answers)
        for row in alone:
            if row not in rejections.rows and row not in aside:
                self._answer_singly(block, row, answers, rejections)
        for row in (*rejections.rows, *aside):
            answers.kept[row] = 0
        if plan.advice:
            from taxcalc.firms.advice import add_advice

            add_advice(self.single, block, answers, self.findings)
        return answers._replace(rejected=rejections.in_order())

    def refusing(self, block: Block, answers: Answers[C], doubts: Collection[str]) -> Answers[C]:
        """The answers with the rows refused of which one of these doubts is noted: nothing of the table is then written."""
        notes = self.findings.of("notes")
        doubted = [[n.said for n in found if isinstance(n, Note) and n.said.key in doubts] for found in notes]
        rejections = Rejections(self.plan.header, block)
        for row, number in enumerate(answers.findings["notes"]):
            for why in doubted[number] if answers.kept[row] else ():
                rejections.add(row, why, self.single.column_of(why))
        return answers._replace(rejected=[*answers.rejected, *rejections.in_order()])

    def _yearly(self, block: Block) -> Iterator[tuple[int, Problem, Column]]:
        """The rows with a flow of the year of which no part is told: none of it would be a guess."""
        period = self.plan.period
        for column in self.plan.header.yearly if period else ():
            assert period is not None
            read = read_column(block, column, self.engine)
            why = problem(
                "figure_of_year", period=period_label(period), title=column.title, part=part_label(period.key)
            )
            yield from ((row, why, column) for row, value in enumerate(read.values) if value or row in read.bad)

    def _run(self, group: RowGroup, rows: C, facts: Facts[C], answers: Answers[C]) -> list[int]:
        """Answer for the rows of a group, which state these facts; some of them are to be asked singly."""
        engine, cells = self.engine, {"input": facts.values, "present": facts.filled}
        made = self._programs.fitting(group, facts, engine)
        columns = {(kind, name): cells[kind][name] for kind, name in made.program.inputs}
        out = engine.kernel.run(made.program, columns, len(rows))
        for name in self.plan.wanted.figures:
            engine.put(answers.figures[name], rows, out[name])
        for kind, names in made.findings.items():
            engine.put(answers.findings[kind], rows, self._numbered(made, kind, [out[name] for name in names]))
        alone = engine.flagged(rows, out["singly"])
        for slot in self._dated:
            if slot.year != before(slot.part, group[0]).year:
                alone += engine.flagged(rows, facts.filled[slot.name])
        return alone

    def _numbered(self, made: Outcome, kind: str, columns: Sequence[C]) -> C:
        """The numbers of the findings of a kind that some outputs stand for together."""
        codes, found = self._distinct(columns[0])
        meant: list[tuple[int, ...]] = [(value,) for value in found]
        for column in columns[1:]:
            others, values = self._distinct(column)
            codes, pairs = self._distinct(self.engine.paired(codes, others, len(values)))
            meant = [(*meant[pair // len(values)], values[pair % len(values)]) for pair in pairs]
        return self.engine.mapped(codes, [self.findings.number(kind, made.meaning.of(kind, one)) for one in meant])

    def _distinct(self, column: C) -> tuple[C, list[int]]:
        """A column as numbers of its distinct values, and these values."""
        found: list[int] = []

        def number(value: int) -> int:
            found.append(value)
            return len(found) - 1

        return self.engine.renumbered(column, number), found

    def _answer_singly(self, block: Block, row: int, answers: Answers[C], rejections: Rejections) -> None:
        """A row whose facts contradict each other is read as one business is."""
        try:
            answer = self.single.answer(block, row)
        except InputError as error:
            for why in error.problems:
                rejections.add(row, why, self.single.column_of(why))
            return
        for name, value in answer.figures.items():
            answers.figures[name][row] = value
        for kind in FINDINGS:
            answers.findings[kind][row] = self.findings.number(kind, answer.findings[kind])
