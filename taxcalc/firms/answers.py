"""What a batch says of the rows of a block: figures, findings, and of some why they cannot be computed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeAlias

from taxcalc.assessment.reasons import Note, Reason
from taxcalc.assessment.result import Assumption
from taxcalc.base.period import Period
from taxcalc.base.problem import Problem, problem, say
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.aside import Aside
from taxcalc.firms.read.cells import Block, Marks
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header
from taxcalc.firms.sums import Segment

LACKING = ("incomplete", "due_incomplete")
"""The levies that totals lack, and those that the sum of what is due lacks."""
FINDINGS = ("regime", "needs", "reasons", "notes", *LACKING)
"""What is said of a row beside figures: the regime of income tax, what is needed in the order in which it is asked for, and
sets of what is refused, remarked, left out."""
ADVICE = ("advice.fact", "advice.limit", "advice.distance", "advice.unlock", "advice.unlock_needs")
"""What is told of the nearest limit and of the largest unlock of a row, where that is asked for."""
ADVISED = ("advice.at_stake", "advice.unlock_saving")
"""The amounts beside it."""
NONE, UNKNOWN = "none", "unknown"
"""Instead of a name: that there is none, and that it cannot be told, since some tax or fee is not known."""
Said: TypeAlias = str | Reason | Note | Assumption
Finding: TypeAlias = str | tuple[str, ...] | frozenset[Said]
"""A pair of texts, where something is told in words of its own, is in Chinese and in English."""


class Rejected(NamedTuple):
    """A row that cannot be computed: where, what stands there, and why."""

    row: int
    id: str
    column: str
    value: str
    why: Problem


class Answers(NamedTuple, Generic[C]):
    """What a block says, each column in the order of its rows; rows that are not `kept` have no answer."""

    engine: Engine[C]
    """Of these columns."""
    figures: dict[str, C]
    """In fen."""
    findings: dict[str, C]
    """Of each kind, the numbers of the findings of the batch."""
    kept: C
    rejected: list[Rejected]
    aside: dict[int, Aside]
    """Rows that are no businesses."""
    marks: Marks
    """What was read as something else than it says."""
    sums: list[Segment]
    """Of what is stated, cut where the table has rows of totals."""
    keys: C
    """Which business each row is of, by `taxcalc.firms.businesses`."""
    when: C
    """The numbers of their periods among the findings of the batch."""


class Findings:
    """The distinct findings of a batch, each with a number of its kind that is given in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[str, dict[Finding, int]] = {
            kind: {() if kind == "needs" else frozenset(): 0} for kind in (*FINDINGS, *ADVICE)
        }
        """Rows without an answer have the empty set, the first of each kind, also where no row has an answer."""
        self._periods: dict[Period, int] = {}

    def number(self, kind: str, finding: Finding) -> int:
        """The number of a finding."""
        with self._lock:
            return self._numbers[kind].setdefault(finding, len(self._numbers[kind]))

    def remark(self, answers: Answers[C], rows: Iterable[int], key: str) -> None:
        """Note something of rows."""
        note = Note(say(key, "en"), problem(key))
        numbers = answers.findings["notes"]
        for row in rows:
            known = self.of("notes")[int(numbers[row])]
            assert isinstance(known, frozenset)
            numbers[row] = self.number("notes", known | {note})

    def number_of(self, period: Period) -> int:
        """The number of a period."""
        with self._lock:
            return self._periods.setdefault(period, len(self._periods))

    @property
    def periods(self) -> list[Period]:
        """Those met so far, by their numbers."""
        return list(self._periods)

    def of(self, kind: str) -> list[Finding]:
        """The findings of a kind met so far, by their numbers."""
        return list(self._numbers[kind])


class Rejections:
    """The rows of one block that cannot be computed, with all that is wrong with each."""

    def __init__(self, header: Header, block: Block) -> None:
        self._header, self._block = header, block
        self.rows: dict[int, list[Rejected]] = {}

    def add(self, row: int, why: Problem, column: Column | None) -> None:
        """One thing that is wrong with a row, in one of its columns if that can be told."""
        title, value = (column.title, self._block.text(row, column.place)) if column else ("", "")
        if why.key == "bad_fact":
            why = why.values["why"]
        named = (self._header.column(name) for name in ("id", "name"))
        id = next((self._block.text(row, column.place) for column in named if column), "")
        self.rows.setdefault(row, []).append(Rejected(int(self._block.numbers[row]), id, title, value, why))

    def in_order(self) -> list[Rejected]:
        """All of them, by row."""
        return [rejected for row in sorted(self.rows) for rejected in self.rows[row]]
