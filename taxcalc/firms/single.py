"""A row that goes the way of one firm: for its report, where it contradicts itself, or has too much to say."""

from __future__ import annotations

from taxcalc.assessment.evaluation import evaluate
from taxcalc.base.money import plain
from taxcalc.base.problem import Problem
from taxcalc.facts.statement import FactSet
from taxcalc.facts.values import read_value
from taxcalc.firms.outcome import Answer, of_evaluation
from taxcalc.firms.periods import WHEN
from taxcalc.firms.plan import Plan
from taxcalc.firms.read.cells import Block, in_unit
from taxcalc.firms.read.heading import Column
from taxcalc.rules import CHECKS


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
            if column.slot and plain(text):
                text = in_unit(text, column.unit)
                passed = column.slot.fact.name in ("name", "id")
                if not passed or not isinstance(read_value(column.slot.fact, text), Problem):
                    cells[column.name] = text
        dated = not cells.keys().isdisjoint(WHEN)
        left = {n: text for n, text in self.plan.defaults.items() if n not in cells and not (dated and n in WHEN)}
        facts.add("options", left)
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
