"""The recipes of CONTRIBUTING.md, each done in a copy of the project: the edits as they stand there, and what it then says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PARTS = ("taxcalc", "tables", "tests", "verification", "examples", "pyproject.toml")
"""What a recipe may touch, or need."""
_CHAPTER = r"(?ms)^## ([^\n]+)\n\n\*(\d+) files?, (\d+) lines\.\*\n(.*?)(?=^## |\Z)"
_BLOCK = r"(?ms)(?:^(In|At the end of|New,) `([^`]+)`[^\n]*\n\n)?^```(\w+)\n(.*?)^```$"


class Edit(NamedTuple):
    """A block of the page: what it does to which file."""

    how: str
    path: str
    text: str

    @property
    def added(self) -> int:
        """Lines that come."""
        lines = self.text.splitlines()
        return sum(line.startswith("+") for line in lines) if self.how == "In" else len(lines)


class Command(NamedTuple):
    """A command of the page, and lines that its output has in this order."""

    line: str
    expected: list[str]


class Recipe(NamedTuple):
    """A chapter of the page: how many files and lines it says that it takes, and its steps."""

    claimed: tuple[int, int]
    steps: list[Edit | Command]

    @property
    def edits(self) -> list[Edit]:
        """The steps that change something."""
        return [step for step in self.steps if isinstance(step, Edit)]


def steps_of(body: str) -> Iterator[Edit | Command]:
    """An edit is of the file that the line before it names, or of that of the block before."""
    how = path = ""
    for named, file, language, text in re.findall(_BLOCK, body):
        if language == "console":
            for block in re.split(r"(?m)^\$ ", text)[1:]:
                line, *expected = block.splitlines()
                yield Command(line, expected)
        else:
            how, path = (named, file) if named else (how, path)
            yield Edit(how, path, text)


RECIPES = {
    name: Recipe((int(files), int(lines)), list(steps_of(body)))
    for name, files, lines, body in re.findall(_CHAPTER, PAGE)
}


def apply(edit: Edit, root: Path) -> None:
    """Do to a file what a block says."""
    path = root / edit.path
    if edit.how == "New,":
        assert not path.exists(), f"{edit.path} is there already"
        path.parent.mkdir(exist_ok=True)
        path.write_text(edit.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if edit.how == "At the end of":
        path.write_text(f"{text}\n{edit.text}", encoding="utf-8")
        return
    lines = edit.text.splitlines(keepends=True)
    assert all(line[0] in " +-" for line in lines), edit.text
    old, new = ("".join(line[1:] for line in lines if line[0] != sign) for sign in "+-")
    assert text.count(old) == 1, f"{edit.path} has this {text.count(old)} times:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def check(command: Command, root: Path) -> None:
    """Run it, and look for the lines that it should print; how they are spaced does not matter."""
    script = f'taxcalc() {{ "{sys.executable}" -m taxcalc "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'
    line, env = ["bash", "-c", script + command.line], os.environ | {"COLUMNS": "80"}
    done = subprocess.run(line, capture_output=True, text=True, cwd=root, timeout=60, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    said = iter([" ".join(each.split()) for each in done.stdout.splitlines()])
    for expected in (" ".join(each.split()) for each in command.expected):
        assert any(expected in each for each in said), f"{expected}: not in\n{done.stdout}"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the project, its compiled modules too: they are found by the age of their source."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part)
        else:
            shutil.copy2(ROOT / part, tmp_path / part)
    return tmp_path


def test_the_page_has_the_recipes() -> None:
    wanted = {"Change a rate", "Add a relief", "Add a levy", "Add an output format", "Add a city", "A year passes"}
    assert RECIPES.keys() >= wanted
    assert all(recipe.edits and len(recipe.edits) < len(recipe.steps) for recipe in RECIPES.values())


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_takes_what_it_says(recipe: Recipe) -> None:
    files = {edit.path for edit in recipe.edits}
    assert recipe.claimed == (len(files), sum(edit.added for edit in recipe.edits))


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_does_what_it_says(recipe: Recipe, copied: Path) -> None:
    for step in recipe.steps:
        if isinstance(step, Edit):
            apply(step, copied)
        else:
            check(step, copied)
