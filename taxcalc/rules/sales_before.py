"""The sales of the twelve months before the assessed period, as far as they are stated."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.base.period import Period
from taxcalc.facts.periods import part_inside
from taxcalc.graph.firm import Firm
from taxcalc.graph.nodes import Const, Node
from taxcalc.graph.words import first_known, known, or_zero, total, when


class Before(NamedTuple):
    """Sales of some of those months, next to the assessed period."""

    sum: Node
    """Not known where any is missing."""
    least: Node
    """Of what is stated alone."""
    most: Node
    """Months that are missing have the whole quarter in which they are, and quarters all of the twelve months."""


def sales_before(firm: Firm, month: int) -> Before:
    """Of the months that together with those of the assessed year to the end of this one are twelve: by quarter where
    the whole of it counts, else by month."""
    runs = [_run(firm, months) for months in _by_quarter(firm, month)]
    nought = Const(0, "money")
    every, least, most = (total([nought, *(run[i] for run in runs)]) for i in range(3))
    whole = firm.whole.sales_before
    of_all = first_known(every, whole) if month == firm.span.first - 1 else every
    return Before(of_all, least, first_known(most, whole))


def every_part(firm: Firm) -> list[Node]:
    """Whatever may be stated of the twelve months."""
    runs = _by_quarter(firm, firm.span.first - 1)
    months = [month for run in runs for month in run]
    quarters = [run[0].around(3) for run in runs if len(run) == 3]
    return [firm.whole.sales_before, *(firm.part(period).sales_before for period in (*quarters, *months))]


def _by_quarter(firm: Firm, month: int) -> list[list[Period]]:
    """Months by the quarters that they are of."""
    first, after = firm.span.year * 12 + month - 12, firm.span.year * 12 + firm.span.first - 1
    months = [Period(at // 12, at % 12 + 1, 1) for at in range(first, after)]
    return [[month for month in months if month.around(3) == q] for q in dict.fromkeys(m.around(3) for m in months)]


def _run(firm: Firm, months: list[Period]) -> tuple[Node, Node, Node]:
    """The sum, the least and the most of the months of one quarter that count."""
    each = [firm.part(month).sales_before for month in months]
    by_month, stated = total(each), total(map(or_zero, each))
    if not part_inside(firm.whole.stated("sales_before").fact, months[0].around(3).key, firm.span):
        return by_month, stated, by_month
    quarter = firm.part(months[0].around(3)).sales_before
    if len(months) == 3:
        return quarter, when(known(quarter), quarter, stated), quarter
    return by_month, stated, first_known(by_month, quarter)
