"""The lock files: every version by its hashes, from nowhere in particular, and all that the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.lock"), *ROOT.glob("[a-z]*/*.lock")))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_ENTRY = re.compile(r"(?P<requirement>[^\s\\]+==[^\s\\]+(?: ; [^\\]+?)?)(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")


def locked(name: str) -> list[Requirement]:
    """The requirements of a lock; fails where anything else stands in it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = list(_ENTRY.finditer(text))
    assert "".join(entry[0] for entry in entries) == text
    return [Requirement(entry["requirement"]) for entry in entries]


def test_the_locks_are_found() -> None:
    assert {"benchmarks/rivals.lock", "requirements.lock", "tests/mutants.lock"} <= set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_only_versions_and_hashes(lock: str) -> None:
    """So no host, no index, no folder, no option and no requirement without a hash."""
    found = locked(lock)
    assert len(found) > 10
    for requirement in found:
        assert requirement.url is None
        assert [pin.operator for pin in requirement.specifier] == ["=="], requirement
        assert not requirement.name.startswith("taxcalc")


def test_the_lock_serves_every_requirement_of_the_project() -> None:
    pins = {canonicalize_name(r.name): [*r.specifier] for r in locked("requirements.lock")}
    asked = (
        PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"] + PROJECT["build-system"]["requires"]
    )
    for requirement in map(Requirement, asked):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in requirements.lock; run make lock"
        assert all(requirement.specifier.contains(one.version) for one in pin), requirement


def test_mutants_are_tried_on_the_locked_versions() -> None:
    pins = {(canonicalize_name(r.name), str(r.specifier)) for r in locked("requirements.lock")}
    names = {name for name, _ in pins}
    for requirement in locked("tests/mutants.lock"):
        name = canonicalize_name(requirement.name)
        assert name not in names or (name, str(requirement.specifier)) in pins
