"""Totals of the advice on the rows of a table: which limits they are nearest to, which reliefs would save most."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Generic, NamedTuple

from taxcalc.assessment.amounts import BLANK
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.answers import ADVISED, NONE, UNKNOWN, Answers, Findings
from taxcalc.firms.columns.interface import C
from taxcalc.firms.read.cells import Block
from taxcalc.firms.write.formats import Made, Sink


class Sum(NamedTuple):
    """A limit or a relief: the rows of which it is the nearest or the largest, and what is at stake in them, in fen."""

    what: str
    """limit, or unlock."""
    of: str
    """The name of the fact, or the id of the relief; NONE or UNKNOWN."""
    at: str
    """The limit."""
    rows: int
    amount: int | None


class AdviceTotals(Generic[Made]):
    """A sink that counts what rows are told, and hands them on."""

    def __init__(self, sink: Sink[Made], findings: Findings, catalogue: Catalogue) -> None:
        self._sink, self._findings, self._catalogue = sink, findings, catalogue
        self._found: dict[tuple[str, str, str], tuple[int, int | None]] = {}
        self._lock = threading.Lock()

    def block(self, block: Block, answers: Answers[C]) -> Made:
        """Count the rows of a block. Called from any thread."""
        columns = (answers.findings[kind] for kind in ("advice.fact", "advice.limit", "advice.unlock"))
        said = [self._findings.of(kind) for kind in ("advice.fact", "advice.limit", "advice.unlock")]
        with self._lock:
            for kept, *codes, stake, saving in zip(
                answers.kept, *columns, *(answers.figures[name] for name in ADVISED), strict=True
            ):
                if kept:
                    fact, at, relief = (str(texts[code]) for texts, code in zip(said, codes, strict=True))
                    if fact not in (NONE, UNKNOWN):
                        fact = self._catalogue.fact_of(fact).name
                    self._add(("limit", fact, at), int(stake))
                    self._add(("unlock", relief, ""), int(saving))
        return self._sink.block(block, answers)

    def _add(self, key: tuple[str, str, str], amount: int) -> None:
        rows, sum = self._found.get(key, (0, None))
        self._found[key] = rows + 1, sum if amount == BLANK else (sum or 0) + amount

    def take(self, made: Made, first: int) -> None:
        """Hand a block on."""
        self._sink.take(made, first)

    def sums(self) -> Iterator[Sum]:
        """Limits, then reliefs: that of the most rows first, none and unknown last."""
        for key, (rows, amount) in sorted(self._found.items(), key=lambda one: _order(one[0], one[1][0])):
            yield Sum(*key, rows, amount)


def _order(key: tuple[str, str, str], rows: int) -> tuple[str, bool, int, str, str]:
    what, of, at = key
    return what, of in (NONE, UNKNOWN), -rows, of, at
