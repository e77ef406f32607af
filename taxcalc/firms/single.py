"""Rows that go the way of one firm: where one is asked for, where they contradict themselves, or have too much to say."""

from __future__ import annotations

from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.money import plain
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.facts.statement import WHEN, FactSet
from taxcalc.facts.values import read_value
from taxcalc.firms.outcome import Answer, of_evaluation
from taxcalc.firms.periods import in_period, of_period
from taxcalc.firms.plan import Plan
from taxcalc.firms.read.aside import aside_of
from taxcalc.firms.read.cells import Block, cell_text
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.feed import Feed
from taxcalc.firms.read.marks import unwrapped
from taxcalc.report.inputs import period_label
from taxcalc.rules import CHECKS

_NAMED = 10
"""Rows of one identifier that are named."""


class SingleRows:
    """Rows of a table as businesses of their own."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self._header = plan, plan.header

    def facts_of(self, block: Block, row: int, source: str = "row") -> FactSet:
        """The facts of one row, as one business is read."""
        facts = FactSet(self.plan.catalogue, self.plan.today)
        cells = {}
        for column in self._header.columns:
            text = block.text(row, column.place)
            if column.slot and (text := cell_text(column.slot.fact, text, column.unit)):
                passed = column.slot.fact.name in ("name", "id")
                if not passed or not isinstance(read_value(column.slot.fact, text), Problem):
                    cells[column.slot.dated] = text
        period = self.plan.period
        if period and not of_period(cells, period, self.plan.catalogue):
            facts.problems.append(problem("row_other_period", period=period_label(period)))
        cells = cells if period is None else in_period(cells, period)
        dated = not cells.keys().isdisjoint(WHEN)
        left = {n: text for n, text in self.plan.defaults.items() if n not in cells and not (dated and n in WHEN)}
        sources = {name: self.plan.sources.get(name, "options") for name in left}
        for source in dict.fromkeys(sources.values()):
            facts.add(source, {name: text for name, text in left.items() if sources[name] == source})
        facts.add(source, cells)
        return facts.read()

    def answer(self, block: Block, row: int) -> Answer:
        """The exact answer for one row. Raises InputError."""
        plan = self.plan
        return of_evaluation(evaluate(self.facts_of(block, row), book=plan.book, levies=plan.levies), plan.wanted)

    def column_of(self, why: Problem) -> Column | None:
        """The column that a problem speaks of, if it is one column."""
        slot = self.plan.catalogue.find(str(why.values.get("name", "")))
        if slot and self._header.column(slot.name):
            return self._header.column(slot.name)
        check = next((check for check in CHECKS if check.id == why.key), None)
        named = [c for c in self._header.columns if check and c.slot and c.slot.fact.name in check.facts]
        return named[0] if named else None


def find_row(feed: Feed, single: SingleRows, row: int | None, id: str | None, *, plainly: bool) -> FactSet:
    """The facts of a row, by its number in the file or by its identifier or name.

    `plainly` is how the pieces of a large table are parsed. Raises InputError where there is none, where there are
    several, or where the row is no row of the table.
    """
    header = single.plan.header
    places = [column.place for name in ("id", "name") if (column := header.column(name))]
    if id is not None and not places:
        raise InputError([problem("id_column_missing", source=feed.name)])
    wanted = plain(id or "")
    found: list[tuple[int, FactSet]] = []
    first = feed.header_row + 1
    for piece in feed:
        parsed = piece.parse(header, plainly=plainly)
        block = parsed.block
        first = parsed.first or first
        for number, text, why in parsed.broken:
            if row == first + number:
                raise InputError([problem("row_is_broken", row=row, why=why, text=text)])
        for i, line in enumerate(map(int, block.numbers)):
            named = id is not None and any(plain(unwrapped(block.text(i, place))) == wanted for place in places)
            if named or row == first + line:
                cells = [block.text(i, column.place) for column in header.columns]
                if aside := aside_of(header, cells, single.plan.catalogue):
                    if named:
                        continue
                    raise InputError([problem("row_is_aside", row=row, text=aside.text)])
                found.append((first + line, single.facts_of(block, i, f"{feed.name}:{first + line}")))
        first += parsed.length
        if (row is not None and row < first) or len(found) > _NAMED:
            break
    if not found and row is not None:
        raise InputError([problem("row_missing", row=row, source=feed.name)])
    if not found:
        raise InputError([problem("id_missing", id=wanted)])
    if len(found) > 1:
        raise InputError([problem("id_several", id=wanted, rows=[str(number) for number, _ in found[:_NAMED]])])
    return found[0][1]
