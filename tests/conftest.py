"""Profiles of the property tests; and the language that the tests speak."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

from helpers.command import SPEAKS

if TYPE_CHECKING:  # loaded by the tests, once the environment says which language
    from taxcalc.assessment.model import Model
    from taxcalc.engines.lower import Presence
    from taxcalc.firms.outcome import Outcome
    from taxcalc.firms.wanted import Wanted

# Wherever the tests run, what they do not say otherwise is said in English, and so are help pages, whose language is
# settled when the program is loaded.
for _name in (*SPEAKS, *(name for name in os.environ if name.startswith("TAXCALC_"))):
    os.environ.pop(_name, None)
os.environ["XDG_CONFIG_HOME"] = os.devnull  # no one's own settings count

# The graphs of the rules are many objects that stay; to look for rubbish among them took a sixth of the time.
gc.set_threshold(200_000, 20, 20)

# Finds the same each time, with some examples only: for thousands of mutants.
settings.register_profile(
    "mutants",
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

# No example fails for being slow: that would be the machine. The same examples every time and everywhere; `make hunt`
# asks of new ones, and tells of one that fails how to ask it again.
settings.register_profile("hunt", deadline=None, print_blob=True)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")
_TIMES = Fraction(os.environ.get("HUNT_TIMES", "1"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As many times the examples that each property asks for by itself as `make hunt` is told."""
    for test in {item.obj for item in items if isinstance(item, pytest.Function)} if _TIMES != 1 else ():
        if is_hypothesis_test(test):
            own: Any = getattr(test, "_hypothesis_internal_use_settings", settings.default)
            test._hypothesis_internal_use_settings = settings(
                own, max_examples=max(1, round(own.max_examples * _TIMES))
            )


@pytest.fixture(scope="session", autouse=True)
def _each_program_is_made_once() -> Iterator[None]:
    """Two runs over tables with the same headings have the same program; most of their time was making it again."""

    from taxcalc.firms.outcome import outcome

    @functools.lru_cache(maxsize=64)
    def made(model: Model, columns: tuple[tuple[str, Presence], ...], wanted: Wanted, running: bool) -> Outcome:
        return outcome(model, dict(columns), wanted, running=running)

    def remembered(model: Model, columns: Mapping[str, Presence], wanted: Wanted, *, running: bool) -> Outcome:
        return made(model, (*columns.items(),), wanted, running)

    with mock.patch("taxcalc.firms.compute.outcome", remembered):
        yield
