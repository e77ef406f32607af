"""The years that can be assessed, as tables/facts.toml states them: so that a year that is added is tested too."""

from __future__ import annotations

from taxcalc.assessment.model import catalogue_of, shipped_book

_YEAR = catalogue_of(shipped_book())["year"]
FIRST, LAST = int(_YEAR.minimum or 0), int(_YEAR.maximum)
YEARS = range(FIRST, LAST + 1)
