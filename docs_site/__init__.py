"""The documentation site: pages generated from the law, the cases and the cliffs, beside those of docs/. Not in the wheel."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
