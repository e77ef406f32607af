"""The lock files: every version by its hashes, from nowhere in particular, and all that the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
RUN, DEV, MUTANTS = "requirements.lock", "requirements-dev.lock", "verification/mutants/requirements.lock"
LOCKS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.lock"), *ROOT.glob("[a-z]*/**/*.lock")))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_ENTRY = re.compile(r"(?P<requirement>[^\s\\]+==[^\s\\]+(?: ; [^\\]+?)?)(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")


def locked(name: str) -> list[Requirement]:
    """The requirements of a lock; fails where anything else stands in it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = list(_ENTRY.finditer(text))
    assert "".join(entry[0] for entry in entries) == text
    return [Requirement(entry["requirement"]) for entry in entries]


def test_the_locks_are_found() -> None:
    assert {"benchmarks/rivals.lock", RUN, DEV, MUTANTS} <= set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_only_versions_and_hashes(lock: str) -> None:
    """So no host, no index, no folder, no option and no requirement without a hash."""
    found = locked(lock)
    assert len(found) > 10
    for requirement in found:
        assert requirement.url is None
        assert [pin.operator for pin in requirement.specifier] == ["=="], requirement
        assert not requirement.name.startswith("taxcalc")


@pytest.mark.parametrize(
    ("locks", "asked"),
    [
        ([RUN], PROJECT["project"]["dependencies"]),
        ([RUN, DEV], PROJECT["dependency-groups"]["dev"] + PROJECT["build-system"]["requires"]),
    ],
    ids=["to run", "to test"],
)
def test_the_locks_serve_every_requirement_of_the_project(locks: list[str], asked: list[str]) -> None:
    pins = versions(*locks)
    for requirement in map(Requirement, asked):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in {' or '.join(locks)}; run make lock"
        assert any(requirement.specifier.contains(version) for version, _ in pin), requirement


def test_nothing_that_only_tests_need_is_needed_to_run() -> None:
    """Each is locked once, so that both locks can be installed together."""
    assert not versions(RUN).keys() & versions(DEV).keys()
    developers = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependency-groups"]["dev"]}
    assert developers <= versions(DEV).keys()


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_version_is_for_one_kind_of_machine_each(python: str) -> None:
    """The markers choose one version of a package, or none."""
    machine = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux"}
    machine |= {"platform_machine": "x86_64", "platform_python_implementation": "CPython"}
    for name, found in versions(RUN, DEV).items():
        chosen = [version for version, marker in found if not marker or marker.evaluate(machine)]
        assert len(chosen) == 1 or (name == "colorama" and not chosen), (name, chosen)


def versions(*names: str) -> dict[str, list[tuple[str, Marker | None]]]:
    """The versions that are locked of each package, with where they are for."""
    found: dict[str, list[tuple[str, Marker | None]]] = {}
    for requirement in (one for name in names for one in locked(name)):
        (pin,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), []).append((pin.version, requirement.marker))
    return found


def test_mutants_are_tried_on_the_locked_versions() -> None:
    pins = versions(RUN, DEV)
    for name, found in versions(MUTANTS).items():
        assert name not in pins or {version for version, _ in found} == {version for version, _ in pins[name]}


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    """Each calls a tool of the environment, in the locked version."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (.*)", text)) == {"local"}
    assert set(re.findall(r"language: (.*)", text)) == {"system"}
    tools = re.findall(r"entry: (\S+)", text)
    assert tools
    assert set(tools) <= versions(DEV).keys()
