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
    from taxcalc.firms.frames import AssessedTable as AssessedTable
    from taxcalc.firms.frames import assess_table as assess_table
    from taxcalc.firms.ranges import Range as Range
    from taxcalc.firms.ranges import batch_range as batch_range
    from taxcalc.report.answers import from_json as from_json
    from taxcalc.report.answers import to_html as to_html
    from taxcalc.report.answers import to_json as to_json

__all__ = [
    "AssessedTable", "Assessment", "Fen", "InputError", "Range", "__version__", "assess", "assess_table", "batch_range",
    "from_json", "to_html", "to_json",
]  # fmt: skip

_HOMES = {
    "assess": "taxcalc.assessment.evaluation",
    "assess_table": "taxcalc.firms.frames",
    "AssessedTable": "taxcalc.firms.frames",
    "Assessment": "taxcalc.assessment.result",
    "Fen": "taxcalc.base.money",
    "InputError": "taxcalc.base.problem",
    "Range": "taxcalc.firms.ranges",
    "batch_range": "taxcalc.firms.ranges",
    "from_json": "taxcalc.report.answers",
    "to_html": "taxcalc.report.answers",
    "to_json": "taxcalc.report.answers",
}

_OF_ANOTHER = ("Calculator", "Consumption", "Data", "GrowDiff", "GrowFactors", "Policy", "Records", "TaxCalcIO")
_ANOTHER = (
    "{name} is of another project whose package is called taxcalc too (taxes of the United States); this is taxcalc-cn, "
    "tax and fee reliefs in China: install each in an environment of its own"
)


def _page(assessment: Assessment) -> str | None:
    """What a notebook shows of an answer; None, and so its text, where it was made with other tables of the law."""
    from taxcalc.base.problem import InputError
    from taxcalc.report.answers import to_html

    try:
        return to_html(assessment)
    except InputError:
        return None


def __getattr__(name: str) -> Any:
    """Load the library when it is first used, so that `taxcalc --help` is quick."""
    if name in _HOMES:
        import importlib

        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        if name in ("assess", "Assessment", "from_json"):
            from taxcalc.assessment.result import Assessment

            Assessment._repr_html_ = _page  # type: ignore[attr-defined]  # answers know of no report
        return value
    if name in _OF_ANOTHER:  # no AttributeError, of which `from taxcalc import Policy` would not say what it says
        raise ImportError(_ANOTHER.format(name=name), name="taxcalc")
    raise AttributeError(f"module 'taxcalc' has no attribute {name!r}")
