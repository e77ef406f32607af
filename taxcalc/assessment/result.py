"""What an assessment says, as plain records: compared, pickled, and written as JSON without loss.

Amounts are whole fen; None means that it cannot be known yet.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from taxcalc.base.kinds import Kind
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.base.problem import Problem
from taxcalc.base.units import Label
from taxcalc.facts.opening import Balances, Opening
from taxcalc.law.book import Version

Record = TypeVar("Record", "LevyResult", "Item")
Status = Literal["calculated", "displaced", "not_entitled", "needs_fact", "not_in_force"]
LevyStatus = Literal["calculated", "needs_fact", "not_applicable", "not_in_force"]
Operator = Literal["<=", "<", ">=", ">", "is", "is_not", "all", "any", "none"]
How = Literal["assumed", "spread", "averaged", "to_date", "since_opening"]
ValueUnit = Literal["yuan", "share", "count", "yes_no", "option", "text"]
Value: TypeAlias = Fen | int | Fraction | bool | str
"""An amount of money, a number, a share, yes or no, or the name of an option."""


class Given(NamedTuple):
    """A fact as it was stated, and where that stood."""

    value: Value
    source: str


class Condition(NamedTuple):
    """One condition of a relief: a fact, or a line of the computation, against a figure of the law.

    With the operators "all", "any" and "none" it has no value of its own and speaks of the conditions `of` which it is made.
    """

    line: str
    """The line of the computation that puts it; '' where none does."""
    fact: str
    """The fact or the line that is looked at."""
    operator: Operator
    value: Value | None
    limit: Value | None
    limit_of: str
    """What gives the limit: the path of a figure of the law, a line, or '' where it is part of the condition."""
    unit: ValueUnit
    period: Period
    met: bool | None
    """None where a fact is missing."""
    of: Sequence["Condition"] = ()
    at_least: bool = False
    """Is the value the least that it can be, which is enough to decide?"""


class LevyResult(NamedTuple):
    """A tax or fee. baseline − saving = payable, to the fen."""

    id: str
    kind: Kind
    label: Label
    status: LevyStatus
    baseline: Fen | None
    saving: Fen | None
    payable: Fen | None
    needs: Sequence[str]
    """Inputs without which it cannot be computed: facts, or missing parts of them."""
    balance: Fen | None = None
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
    base: Fen | None = None
    before: Fen | None = None
    saving: Fen | None = None
    after: Fen | None = None
    worth: Fen | None = None
    by_levy: Mapping[str, Fen] = {}
    conditions: Sequence[Condition] = ()
    needs: Sequence[str] = ()
    citations: Sequence[Version] = ()
    notice_until: date | None = None
    displaced_by: str | None = None
    at_stake: Fen | None = None
    """For a relief that waits for facts: what it would save more, as far as it can be told."""
    in_force_from: date | None = None
    """For a relief not in force: when it begins, where that lies ahead."""
    ended: date | None = None
    """For a relief not in force: when it ended, where that lies behind."""
    at_most: bool = False
    """Is the saving a ceiling, and someone decides how much of it is given?"""
    at_least: Fen | None = None
    """Where the saving is the upper end of a range: its lower end."""
    kept_until: date | None = None
    """For what is put off: the day on which it falls due."""
    kept_months: int | None = None
    """For what is put off: months from when it would have been due."""
    incomplete: Sequence[str] = ()
    """The levies that it bears on, but of which its amounts tell nothing, because they cannot be computed."""


class Question(NamedTuple):
    """A fact that is not known and what waits for it, with the most that could be at stake."""

    fact: str
    label: Label
    blocks: Sequence[str]
    at_stake: Fen | None
    inputs: Sequence[str] = ()
    """Where it is known in part: the inputs that are missing (revenue_q2)."""


class Assumption(NamedTuple):
    """A value that stands in for a fact not given, or how a figure was come by.

    "spread" over so many periods of a "quarter" or a "month" each; "averaged" over quarters, or "to_date" over those stated ("q1-q3") of a year that is still
    running; "since_opening": averages and sales begin with the month in which the firm opened.
    """

    fact: str
    label: Label
    how: How
    value: Value | None
    of: int


class Regime(NamedTuple):
    """One way to compute corporate income tax, and whether the firm may use it."""

    id: str
    granted: bool
    tax: Fen
    chosen: bool


class Warning(NamedTuple):
    """A sign that facts do not fit together, or that a doubtful point decides."""

    severity: Literal["warning", "note"]
    problem: Problem


class Total(NamedTuple):
    """The sum of the levies of one kind that could be computed; None where not one could. Money that comes in is
    payable below zero."""

    baseline: Fen | None
    saving: Fen | None
    payable: Fen | None
    incomplete: Sequence[str] = ()
    """The levies of this kind that it lacks."""


class Due(NamedTuple):
    """What one return of a period comes to: amount − prepaid = due, to the fen; None where it is not known."""

    levy: str
    kind: Literal["period", "cumulative"]
    """Is the amount that of the period, or that of the year so far?"""
    amount: Fen | None
    prepaid: Fen | None
    """What was paid of it before, as far as it is set off: income tax of the year, VAT at the place of a building site."""
    due: Fen | None
    """Below zero to get back."""


class DueNow(NamedTuple):
    """What the returns of a period come to. Of a whole year: its income tax at settlement, and all other returns of it."""

    lines: Sequence[Due]
    total: Fen | None
    """The sum of the lines that are known; None where not one is."""
    incomplete: Sequence[str]
    """The levies that it lacks."""


class Assessment(NamedTuple):
    """The whole answer for one firm and one period."""

    engine: str
    """The version of the program."""
    tables: str
    """SHA-256 of the tables of the law."""
    period: Period
    filing: Literal["monthly", "quarterly"]
    facts: Mapping[str, Given]
    assumptions: Sequence[Assumption]
    levies: Sequence[LevyResult]
    items: Sequence[Item]
    totals: Mapping[str, Total]
    """By kind, of what is certain."""
    ceilings: Mapping[str, Fen]
    """By kind, the sum of what is given at most; in no total."""
    due_now: DueNow
    regimes: Sequence[Regime]
    balances: Balances
    questions: Sequence[Question]
    warnings: Sequence[Warning]
    law: Sequence[Version]
    opening: Opening | None = None
    """What was taken over from the answer for the period before."""

    def levy(self, id: str) -> LevyResult:
        """One levy by its id. Raises KeyError where there is none."""
        return _by_id(self.levies, id)

    def item(self, id: str) -> Item:
        """One relief by its id. Raises KeyError where there is none."""
        return _by_id(self.items, id)

    @property
    def saved(self) -> Total:
        """Taxes and fees together; never grants, financing or deferrals."""
        return total_of([self.totals[kind] for kind in ("tax", "fee")])

    @property
    def regime(self) -> Regime | None:
        """The income-tax regime that is chosen."""
        return next((regime for regime in self.regimes if regime.chosen), None)


def _by_id(records: Sequence[Record], id: str) -> Record:
    for record in records:
        if record.id == id:
            return record
    raise KeyError(id)


def total_of(parts: Sequence[Total]) -> Total:
    """Several totals as one: the sum of what is known, None only where nothing is."""
    known = [part for part in parts if part.baseline is not None]
    lacking = tuple(id for part in parts for id in part.incomplete)
    if not known and lacking:
        return Total(None, None, None, lacking)
    baseline, saving, payable = (Fen(sum(getattr(part, name) for part in known)) for name in Total._fields[:3])
    return Total(baseline, saving, payable, lacking)
