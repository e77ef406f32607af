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
    """Facts without which it cannot be computed."""
    balance: int | None = None
    """Payable less what was prepaid, where that is stated; below zero to get back."""
    at_most: bool = False
    """Is the saving a ceiling? Then it is in no total."""


class Item(NamedTuple):
    """One relief.

    `before` and `after` are the levies it touches, with and without it, at its place in the fixed order;
    `saving` is the difference. `worth` is what dropping it alone would cost, all others kept. They are None for a
    relief that waits for a fact.
    """

    id: str
    kind: Kind
    label: Label
    measure: int | None
    status: Status
    base: int | None = None
    before: int | None = 0
    saving: int | None = 0
    after: int | None = 0
    worth: int | None = 0
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
    incomplete: Sequence[str] = ()
    """The levies that it bears on, but of which its amounts tell nothing, because they cannot be computed."""


class Question(NamedTuple):
    """A fact that is not known and what waits for it, with the most that could be at stake."""

    fact: str
    label: Label
    blocks: list[str]
    at_stake: int | None


class Assumption(NamedTuple):
    """A value that stands in for a fact not given, or a figure spread over periods ("spread", "averaged")."""

    fact: str
    label: Label
    how: Literal["assumed", "spread", "averaged"]
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
    """The sum of the levies of one kind that could be computed; None where not one could. Money that comes in is
    payable below zero."""

    baseline: int | None
    saving: int | None
    payable: int | None
    incomplete: Sequence[str] = ()
    """The levies of this kind that it lacks."""


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
        return total_of([self.totals[kind] for kind in ("tax", "fee")])


def total_of(parts: Sequence[Total]) -> Total:
    """Several totals as one: the sum of what is known, None only where nothing is."""
    known = [part for part in parts if part.baseline is not None]
    lacking = tuple(id for part in parts for id in part.incomplete)
    if not known and lacking:
        return Total(None, None, None, lacking)
    baseline, saving, payable = (sum(getattr(part, name) for part in known) for name in Total._fields[:3])
    return Total(baseline, saving, payable, lacking)
