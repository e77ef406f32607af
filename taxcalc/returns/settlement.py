"""The settlement of a year's income tax beside its prepayments, as plain records in no language."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from taxcalc.assessment.result import Condition, Due, Value
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.base.problem import Problem


class Prepayment(NamedTuple):
    """The return of one quarter. Amounts are fen; None is not known."""

    period: Period
    tax: Fen | None
    """Due from January to the end of the quarter."""
    before: Fen | None
    """What was prepaid with the quarters before."""
    due: Fen | None
    """tax − before; where it is below zero, nothing is paid, and nothing comes back before the settlement."""
    paid: Fen | None
    """What is paid with it: as stated, else what is due."""
    stated: bool
    needs: Sequence[str]
    """Inputs without which the tax is not known."""
    wrong: Sequence[Problem] = ()
    """Why its facts cannot be used."""


class Turn(NamedTuple):
    """What is another figure in a later return than in an earlier one."""

    what: Literal["income", "deduction", "regime", "condition"]
    first: Period
    then: Period
    before: Value | None
    after: Value | None
    condition: Condition | None = None
    """That of a regime which is met in one of them only, as it stands in the later."""


class Settlement(NamedTuple):
    """The prepayments of a year and what is left of its income tax."""

    levy: str
    prepayments: Sequence[Prepayment]
    year: Due
    computed: Fen | None
    """What the prepayments come to by the quarters, where another sum is stated of the year."""
    averages: Sequence[str]
    """Facts of which only the average of the year is stated, which stands for each quarter."""
    undivided: Sequence[str]
    """Facts that are stated of the year and not of its quarters, and so are in no prepayment."""
    unclaimed: Mapping[str, Sequence[str]]
    """Reliefs that prepayments lack for want of facts, and those facts, where the year does not lack them too."""
    turns: Sequence[Turn]
