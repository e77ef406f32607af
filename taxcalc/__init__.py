"""Tax and fee reliefs of small businesses in China: exact, cited, dated, explained.

from taxcalc import assess
result = assess({"year": 2023, "revenue": "1_200_000"})
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taxcalc.assessment import Assessment as Assessment
    from taxcalc.assessor import assess as assess
    from taxcalc.problem import InputError as InputError

__version__ = "0.1.0"
__all__ = ["Assessment", "InputError", "__version__", "assess"]

_HOMES = {"assess": "taxcalc.assessor", "Assessment": "taxcalc.assessment", "InputError": "taxcalc.problem"}


def __getattr__(name: str) -> Any:
    """Load the library when it is first used, so that `taxcalc --help` is quick."""
    if name in _HOMES:
        import importlib

        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'taxcalc' has no attribute {name!r}")
