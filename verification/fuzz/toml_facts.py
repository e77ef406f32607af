"""The facts of one business as TOML."""

from __future__ import annotations

from verification.fuzz import json_facts


def one(data: bytes) -> None:
    """Read facts below a line that is TOML and nothing else."""
    json_facts.one(b"year = 2023\n" + data)
