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

# No example fails for being slow: that would be the machine. The same examples every time where a run decides
# whether a change lands; new ones on every other run.
settings.register_profile("new", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "new")
