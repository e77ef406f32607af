"""The page about mutants: written from what was measured and from the reasons that people gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def page(results: dict[str, Any], reasons: Path) -> tuple[str, list[str]]:
    return "", [f"{m}: {s}" for m, r in results.items() for s in r["survivors"]]
