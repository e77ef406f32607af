"""Profiles of the property tests."""

from hypothesis import Phase, settings

# Only finds: for breaking rules on purpose, where nobody reads the smallest example.
settings.register_profile("find", phases=[Phase.explicit, Phase.generate])
