"""Every fuzz target over its seeds, and over all that ever made it fail: without the fuzzer."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from verification.fuzz import CORPUS, TARGETS

INPUTS = [path for name in TARGETS for path in sorted((CORPUS / name).iterdir())]


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_target_accepts_its_corpus(path: Path) -> None:
    importlib.import_module(f"verification.fuzz.{path.parent.name}").one(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_accepts_the_ends_of_its_corpus(name: str) -> None:
    """Nothing, one byte, and each seed cut off in several places."""
    one = importlib.import_module(f"verification.fuzz.{name}").one
    for content in (b"", b"\0", b"\xff", b"\n"):
        one(content)
    for path in sorted((CORPUS / name).iterdir()):
        content = path.read_bytes()
        for part in range(1, 8):
            one(content[: len(content) * part // 8])


def test_every_target_has_seeds_and_every_seed_a_target() -> None:
    assert sorted(path.name for path in CORPUS.iterdir()) == sorted(TARGETS)
