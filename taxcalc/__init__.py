"""Tax and fee reliefs of small businesses in China: exact, cited, dated, explained.

from taxcalc import assess
result = assess({"year": 2023, "revenue": "1_200_000"})

What is not named in `__all__` is private and may change without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from taxcalc.base.version import __version__

if TYPE_CHECKING:
    from taxcalc.assessment.evaluation import assess as assess
    from taxcalc.assessment.result import Assessment as Assessment
    from taxcalc.base.money import Fen as Fen
    from taxcalc.base.problem import InputError as InputError
    from taxcalc.firms.ranges import Range as Range
    from taxcalc.firms.ranges import batch_range as batch_range
    from taxcalc.report.answers import from_json as from_json
    from taxcalc.report.answers import to_json as to_json

__all__ = ["Assessment", "Fen", "InputError", "Range", "__version__", "assess", "batch_range", "from_json", "to_json"]

_HOMES = {
    "assess": "taxcalc.assessment.evaluation",
    "Assessment": "taxcalc.assessment.result",
    "Fen": "taxcalc.base.money",
    "InputError": "taxcalc.base.problem",
    "Range": "taxcalc.firms.ranges",
    "batch_range": "taxcalc.firms.ranges",
    "from_json": "taxcalc.report.answers",
    "to_json": "taxcalc.report.answers",
}


def __getattr__(name: str) -> Any:
    """Load the library when it is first used, so that `taxcalc --help` is quick."""
    if name in _HOMES:
        import importlib

        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'taxcalc' has no attribute {name!r}")
