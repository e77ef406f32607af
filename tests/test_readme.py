"""Every command and example of the README runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [block for lang, block in re.findall(r"```(sh|console)\n(.*?)```", README, re.DOTALL)]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SET_UP = ("make ", ". .venv")
COMMANDS = [
    command.removeprefix("$ ")
    for block in SHELL
    for command in re.split(r"\n(?=taxcalc|\$ |make |\. |echo|cat )", block.strip())
    if not command.startswith(SET_UP)
]


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 10
    assert len(PYTHON) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(tmp_path: Path, command: str) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    script = f'taxcalc() {{ "{sys.executable}" -m taxcalc "$@"; }}\n{command}'
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, env=os.environ, timeout=60
    )
    said = done.stderr.splitlines()
    if re.search(r"taxcalc (batch|check|reform)", command):
        accounted = re.search(
            r"共 (\d+) 行：(?:输出|可用) (\d+) 行，(?:退回|不能用) (\d+) 行(?:，不是企业 (\d+) 行)?|"
            r"(\d+) rows in = (\d+) rows out \+ (\d+) rejected(?: \+ (\d+))?|"
            r"(\d+) rows: (\d+) of use, (\d+) not, (\d+) no businesses",
            re.sub(r"共 (\d+) 行，全部可用|(\d+) rows, all of use", r"共 \1\2 行：可用 \1\2 行，不能用 0 行", said[-1]),
        )
        assert accounted, said
        rows, out, rejected, *aside = (int(number) for number in accounted.groups() if number)
        assert rows == out + rejected + sum(aside)
        assert done.returncode == (1 if rejected else 0)
        assert done.stdout or list(tmp_path.iterdir()) or "check" in command
    else:
        leaves_lines_open = (
            command.startswith("taxcalc returns") and "--line" not in command
        )  # those that it asks to be filled in
        assert done.returncode == (1 if leaves_lines_open else 0), done.stderr
        assert done.stdout
        assert said == []


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_example_prints_what_it_says(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    said = [comment.removeprefix("in fen: ") for comment in re.findall(r"\)  # (.*)", code)]
    assert done.stdout.splitlines() == said


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?m)^make (\w+)", README):
        assert f"\n{target}:" in makefile


def test_paths_named_in_the_readme_exist() -> None:
    for path in re.findall(r"`((?:taxcalc|tables|docs|benchmarks|verification)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path


def test_readings_are_one_table_and_name_what_exists() -> None:
    text = (ROOT / "docs" / "readings.md").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)(?:^\|.*\n)+", text)) == 1
    for path in re.findall(r"`((?:taxcalc|tables)/[\w./]+\w)`", text):
        assert (ROOT / path).exists(), path
