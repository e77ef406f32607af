"""Rows that could not be computed: each by row, id, column, value, and what to do."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import IO

from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import Lang, say
from taxcalc.firms.answers import Rejected
from taxcalc.report.names import REJECTED, Names

SHOWN = 5
"""Rows that standard error names when no file takes them."""
_LONGEST = 200
"""Characters of a value that are shown."""


class Rejects:
    """Collects them in the order of the file; hands all to those who want them."""

    def __init__(
        self,
        lang: Lang,
        file: IO[str] | None = None,
        *,
        names: Names | None = None,
        spoken: bool = False,
        headed: bool = True,
    ) -> None:
        self.lang, self._spoken = lang, spoken
        """`spoken`: each is a sentence on standard output. What has no heading goes on where another file ends."""
        self.rows = 0
        self.first: list[Rejected] = []
        self._columns: Counter[str] = Counter()
        names = names or lang
        self._headings = [id if names == "id" else label[names == "en"] for id, label in REJECTED.items()]
        self._takers: list[Callable[[Sequence[str]], object]] = []
        if file:
            self.also(lambda cells: file.write(as_line(list(map(_guarded, cells))) + "\n"), headed=headed)

    def also(self, taker: Callable[[Sequence[str]], object], *, headed: bool = True) -> None:
        """Hand the headings, and from now on the cells of each, to one more taker."""
        if headed:
            taker(self._headings)
        self._takers.append(taker)

    def take(self, rejected: Sequence[Rejected]) -> None:
        """Rows of one block, several problems of a row one after the other."""
        self.rows += len({each.row for each in rejected})
        self._columns.update(column for _, column in dict.fromkeys((each.row, each.column) for each in rejected))
        self.first += rejected[: max(0, SHOWN - len(self.first))]
        if self._spoken:
            sys.stdout.write("".join(f"{self._sentence(each)}\n" for each in rejected))
        for row, id, column, value, why in rejected if self._takers else ():
            cells = (str(row), id, column, value[:_LONGEST], why.text(self.lang))
            for take in self._takers:
                take(cells)

    def sentences(self) -> list[str]:
        """What standard error says: the first few, and how many there are by column."""
        sentences = [self._sentence(each) for each in self.first]
        if len(self.first) >= SHOWN and self.rows > SHOWN:
            counted = [f"{column or '—'} {count}" for column, count in self._columns.most_common(8)]
            sentences.append(say("rows_rejected_more", self.lang, rows=self.rows, columns=counted))
        return sentences

    def _sentence(self, rejected: Rejected) -> str:
        side = 0 if self.lang == "zh" else 1
        column = ("“{}”列", "column '{}'")[side].format(rejected.column) if rejected.column else ""
        inside = ("，", ", ")[side].join(part for part in (rejected.id, column) if part)
        where = ("（{}）", " ({})")[side].format(inside) if inside else ""
        return say("row_rejected", self.lang, row=rejected.row, where=where, why=rejected.why)


def _guarded(cell: str) -> str:
    """No formula; what came with a guard of its own keeps that one."""
    return cell if cell.startswith("'") else guarded(cell)
