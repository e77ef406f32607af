"""What there is to remark of a table as a whole: rows set aside, marks read as empty, totals that do not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.firms.answers import Answers
from taxcalc.firms.read.aside import Aside, Kind
from taxcalc.firms.read.cells import Marks
from taxcalc.firms.read.heading import Header
from taxcalc.firms.sums import SumsSoFar

_NAMED = 5
"""Rows of a kind that are named; more are counted."""
_ASIDE: dict[Kind, str] = {
    "total": "aside_total",
    "subtotal": "aside_subtotal",
    "carried": "aside_carried",
    "note": "aside_note",
    "heading": "aside_heading",
    "sample": "aside_sample",
    "other_period": "aside_other_period",
}
_MARKS = {
    "absent": "mark_absent",
    "zero": "mark_zero",
    "rounded": "mark_rounded",
    "scaled": "mark_scaled",
    "untitled": "cells_untitled",
}
"""The message for each kind."""


class Remarks:
    """Collects them block by block, in the order of the file."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self.aside: Counter[Kind] = Counter()
        self._rows: dict[Kind, list[str]] = {}
        self._marks: Marks = Counter()
        self._sums = SumsSoFar(header)

    # `Any`: of the columns nothing is looked at.
    def take(self, answers: Answers[Any], aside: Mapping[int, Aside], first: int, sheet: str = "") -> None:
        """What a block has, whose first row this is; `aside` are lines of it. Raises InputError where another table begins."""
        for line, (kind, text) in sorted(aside.items()):
            if kind == "other_heading":
                raise InputError([problem("second_heading", row=first + line, text=text)])
            if kind == "note" and (unit := self._header.other_unit(text)) is not None:
                read, stated = f"{self._header.unit}元", f"{unit}元"
                raise InputError([problem("unit_below", row=first + line, text=text, unit=read, stated=stated)])
            self.aside[kind] += 1
            rows = self._rows.setdefault(kind, [])
            rows += [f"{sheet}!{first + line}" if sheet else str(first + line)] if len(rows) < _NAMED else []
        self._marks += answers.marks
        self._sums.take(answers.sums, first)

    def all(self) -> list[Problem]:
        """The remarks so far."""
        said = []
        for kind, count in self.aside.items():
            rows = [*self._rows[kind], *(["…"] if count > _NAMED else [])]
            said.append(problem(_ASIDE[kind], rows=rows, count=count))
        texts: dict[tuple[str, str], list[str]] = {}
        counts: Counter[tuple[str, str]] = Counter()
        for (kind_of_mark, column, text), count in self._marks.items():
            texts.setdefault((kind_of_mark, column), []).append(f"“{text}”")
            counts[kind_of_mark, column] += count
        said += [
            problem(_MARKS[mark], column=column, texts=found, count=counts[mark, column])
            for (mark, column), found in texts.items()
        ]
        return [*said, *self._sums.wrong]
