"""Profiles of the property tests."""

import os

from hypothesis import HealthCheck, Phase, settings

# Only finds: for breaking rules on purpose, where nobody reads the smallest example.
settings.register_profile("find", phases=[Phase.explicit, Phase.generate])

# Finds the same each time, with some examples only: for thousands of mutants.
settings.register_profile(
    "mutants",
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

# The same examples every time where a run decides whether a change lands; new ones on every other run.
settings.register_profile("same", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("same")
