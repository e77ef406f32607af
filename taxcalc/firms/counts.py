"""What became of the rows of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from taxcalc.base.problem import Problem, problem
from taxcalc.firms.together import Together


class Counts(NamedTuple):
    """rows = out + rejected + aside."""

    rows: int
    out: int
    rejected: int
    together: Together[Any]
    """The rows of one business."""
    aside: int = 0
    said: Sequence[Problem] = ()
    """What there is to remark of the table as a whole."""

    def accounted(self, *, written: bool = True) -> Problem:
        """That every row is accounted for: where none is `written`, which are of use."""
        key = "rows_accounted_aside" if self.aside else "rows_accounted"
        if not written:
            key = "rows_usable" if self.aside or self.rejected or not self.rows else "rows_usable_all"
        return problem(key, rows=self.rows, out=self.out, rejected=self.rejected, aside=self.aside)

    def saying(self, more: Sequence[Problem]) -> Counts:
        """With more to remark."""
        return self._replace(said=[*self.said, *more])
