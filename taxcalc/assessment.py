"""What an assessment says, as plain records. Amounts are whole fen; None means that it cannot be known yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from taxcalc.engine.exact import Exact
from taxcalc.facts import FactSet
from taxcalc.graph import Label, Node
from taxcalc.law import Version
from taxcalc.model import Model
from taxcalc.period import Period
from taxcalc.problem import Problem
from taxcalc.rules.terms import Kind

Status = Literal["calculated", "displaced", "not_entitled", "needs_fact", "not_in_force"]
LevyStatus = Literal["calculated", "needs_fact", "not_applicable", "not_in_force"]


class Condition(NamedTuple):
    """One condition of a relief in one period. `met` is None where a fact is missing."""

    node: Node
    period: Period
    met: bool | None


class LevyResult(NamedTuple):
    """A tax or fee. baseline − saving = payable, to the fen."""

    id: str
    kind: Kind
    label: Label
    status: LevyStatus
    baseline: int | None
    saving: int | None
    payable: int | None
    needs: list[str]
    """Inputs without which it cannot be computed: facts, or missing parts of them."""
    balance: int | None = None
    """Payable less what was prepaid, where that is stated; below zero to get back."""
    at_most: bool = False
    """Is the saving a ceiling? Then it is in no total."""


class Item(NamedTuple):
    """One relief.

    `before` and `after` are the levies it touches, with and without it, at its place in the fixed order;
    `saving` is the difference. `worth` is what dropping it alone would cost, all others kept.
    """

    id: str
    kind: Kind
    label: Label
    measure: int | None
    status: Status
    base: int | None = None
    before: int = 0
    saving: int = 0
    after: int = 0
    worth: int = 0
    by_levy: Mapping[str, int] = {}
    conditions: Sequence[Condition] = ()
    needs: Sequence[str] = ()
    versions: Sequence[Version] = ()
    notice_until: date | None = None
    displaced_by: str | None = None
    at_stake: int | None = None
    """For a relief that waits for facts: what it would save more, as far as it can be told."""
    starts: date | None = None
    """For a relief not in force: when it begins, where that lies ahead."""
    ended: date | None = None
    """For a relief not in force: when it ended, where that lies behind."""
    at_most: bool = False
    """Is the saving a ceiling, and someone decides how much of it is given?"""
    least: int | None = None
    """Where the saving is the upper end of a range: its lower end."""


class Question(NamedTuple):
    """A fact that is not known and what waits for it, with the most that could be at stake."""

    fact: str
    label: Label
    blocks: list[str]
    at_stake: int | None
    inputs: list[str]
    """Where it is known in part: the inputs that are missing (revenue_q2)."""


class Assumption(NamedTuple):
    """A value that stands in for a fact not given, or how a figure was come by.

    "spread" over periods; "averaged" over quarters, or "to_date" over those stated ("q1-q3") of a year that is still
    running; "since_opening": averages and sales begin with the month in which the firm opened.
    """

    fact: str
    label: Label
    how: Literal["assumed", "spread", "averaged", "to_date", "since_opening"]
    value: str
    value_label: Label | None
    of: int


class Regime(NamedTuple):
    """One way to compute corporate income tax, and whether the firm may use it."""

    id: str
    granted: bool
    tax: int
    chosen: bool


class Total(NamedTuple):
    """The sum of the levies of one kind that could be computed. Money that comes in is payable below zero."""

    baseline: int
    saving: int
    payable: int


class Assessment(NamedTuple):
    """The whole answer for one firm and one period."""

    facts: FactSet
    period: Period
    model: Model
    exact: Exact
    levies: list[LevyResult]
    items: list[Item]
    totals: dict[str, Total]
    """By kind, of what is certain."""
    ceilings: dict[str, int]
    """By kind, the sum of what is given at most; in no total."""
    regimes: list[Regime]
    loss_carried_forward: int | None
    questions: list[Question]
    assumptions: list[Assumption]
    warnings: list[tuple[str, Problem]]
    law: list[Version]

    def levy(self, id: str) -> LevyResult:
        """One levy by its id. Raises KeyError where there is none."""
        for levy in self.levies:
            if levy.id == id:
                return levy
        raise KeyError(id)

    def item(self, id: str) -> Item:
        """One relief by its id. Raises KeyError where there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)

    @property
    def saved(self) -> Total:
        """Taxes and fees together; never grants, financing or deferrals."""
        both = [self.totals[kind] for kind in ("tax", "fee")]
        return Total(sum(t.baseline for t in both), sum(t.saving for t in both), sum(t.payable for t in both))
