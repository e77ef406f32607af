"""What was compared, added up over tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .compare import Difference
from .firm import in_catalogue
from .outcome import IN_FORCE, RELIEFS, Outcome

SHOWN = 20
"""Disagreements that are printed in full."""


@dataclass
class Tally:
    """What was compared."""

    rows: int = 0
    exact: int = 0
    saved: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Rows in which a relief saved more than nought, by relief and year."""
    years: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    """Rows that state a fact, by its name in the catalogue."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Rows in which nothing is known of a relief, and rows whose totals lack a levy, by either."""
    wrong: list[tuple[dict[str, str], list[Difference]]] = field(default_factory=list)
    differing: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    """Disagreements by the figure they are about."""

    def add(self, other: Tally) -> None:
        """Another tally on top."""
        self.rows, self.exact = self.rows + other.rows, self.exact + other.exact
        self.saved += other.saved
        self.years += other.years
        self.kinds += other.kinds
        self.facts += other.facts
        self.unknown += other.unknown
        self.differing += other.differing
        self.figures += other.figures
        self.wrong = (self.wrong + other.wrong)[:SHOWN]

    def count(self, facts: Mapping[str, str], mine: Outcome) -> None:
        """Note a business that is compared."""
        year = int(facts.get("year") or facts["period"][:4])
        self.rows += 1
        self.years[year] += 1
        self.kinds[f"{facts['taxpayer']}, {facts.get('vat_payer', 'in other words')}"] += 1
        self.facts.update({in_catalogue(name) for name in facts})
        self.unknown.update((*mine.waiting, *mine.missing))
        for relief, saving in mine.savings.items():
            if saving > 0:
                self.saved[relief, year] += 1

    def differ(self, facts: dict[str, str], found: list[Difference]) -> None:
        """Note a business on which the two disagree."""
        if found:
            self.differing += 1
            self.figures.update(difference.what for difference in found)
            self.wrong = [*self.wrong, (facts, found)][:SHOWN]


def never(tally: Tally, every_year: bool) -> list[str]:
    """Reliefs in force that were compared at nought alone: in any year, or in all of them together."""
    missing = []
    for relief in RELIEFS:
        years = IN_FORCE.get(relief, range(2019, 2028))
        if not any(tally.saved[relief, year] for year in years):
            missing.append(relief)
        elif every_year:
            missing += [f"{relief} in {year}" for year in years if not tally.saved[relief, year]]
    return missing
