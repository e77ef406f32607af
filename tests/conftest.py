"""Profiles of the property tests."""

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
