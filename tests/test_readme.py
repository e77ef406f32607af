"""Every command and example of the pages for users runs, and prints what they show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from helpers import shown
from helpers.command import ROOT, here
from helpers.shown import PAGES, PICTURES, SHOWN

PYTHON = [code for page in PAGES for code in shown.blocks(page, "python")]
TEXT = {page: page.read_text(encoding="utf-8") for page in PAGES}
GUIDES_TO_PYTHON = [page for page in PAGES if page.parent.name == "guide" and page.name.startswith("python")]
READMES = [page for page in PAGES if page.name.startswith("README")]
SHOWING = [page for page in PAGES if shown.outputs(page)]


def test_the_pages_have_commands() -> None:
    assert all(shown.commands(page) for page in PAGES)
    assert len(PYTHON) == 1 + len(GUIDES_TO_PYTHON)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_a_readme_begins_with_an_answer_and_ends_soon(page: Path) -> None:
    assert len(TEXT[page].splitlines()) <= 130
    assert "```console\n$ taxcalc assess" in "\n".join(TEXT[page].splitlines()[:12])
    assert next(other.name for other in READMES if other != page) in TEXT[page].splitlines()[2]
    assert "taxcalc-cn" in TEXT[page]


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_the_program_prints(page: Path) -> None:
    """After a change that is meant: `make docs`."""
    found = shown.outputs(page)
    assert page not in READMES or len(found) == 2
    for each in found:
        assert shown.same(each.text) == shown.same(shown.printed(each.command, shown.lang_of(page)))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_of_the_present_program(path: Path) -> None:
    """After a change that is meant: `make docs`."""
    assert path.read_text(encoding="utf-8") == shown.picture(PICTURES[path])
    assert "http" not in path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("command", sorted(SHOWN - {each.command for page in SHOWING for each in shown.outputs(page)}))
def test_a_command_of_a_page_runs(tmp_path: Path, command: str) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    if re.search(r"[|>]|&&|echo", command):
        script = f'taxcalc() {{ "{sys.executable}" -m taxcalc "$@"; }}\n{command}'
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path, env=os.environ, timeout=60
        )
    else:
        with chdir(tmp_path):
            ran = here(*shlex.split(command)[1:])
        done = subprocess.CompletedProcess(command, ran.code, ran.out.decode(), ran.err)
    said = done.stderr.splitlines()
    if re.search(r"taxcalc (batch|check|reform)", command) and not re.search("--quiet|--reports", command):
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
        left_open = (command.startswith("taxcalc returns") and "--line" not in command) or "row 8 " in done.stderr
        assert done.returncode == (1 if left_open else 0), done.stderr  # lines to be filled in, or a row left out
        assert done.stdout or len(list(tmp_path.iterdir())) > 1
        assert said == [] or "template" in command or "--reports" in command


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_example_prints_what_it_says(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    said = [comment.removeprefix("in fen: ") for comment in re.findall(r"\)  # (.*)", code)]
    assert done.stdout.splitlines() == said


def test_the_demo_is_one_screen_or_two(tmp_path: Path) -> None:
    """One business, one table, three commands to try. The program is one that says what it said before."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "taxcalc"
    program.write_text('#!/bin/sh\ncat "$(dirname "$0")/$2"\n', encoding="utf-8")
    for given in ("assess examples/gulang-restaurant.toml", "batch examples/clients.csv --summary --quiet"):
        said = program.parent / given.split()[1]
        said.parent.mkdir(exist_ok=True)
        said.write_text(shown.printed(f"taxcalc {given}", "en"), encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".ready").touch()
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    command = ["make", "--no-print-directory", "demo", f"VENV={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) <= 80
    assert "13,160.63 to pay" in done.stdout
    tried = re.findall(r"(?m)^  (taxcalc .*?)    ", done.stdout)
    assert len(tried) == 3
    assert {one for one in tried if "advise" not in one and "report" not in one} <= SHOWN


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make (\w+)", "\n".join(TEXT.values()), re.MULTILINE):
        assert f"\n{target}:" in makefile


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_and_links_of_a_page_lead_somewhere(page: Path) -> None:
    for path in re.findall(r"`((?:taxcalc|tables|docs|benchmarks|verification)/[\w./]*)`", TEXT[page]):
        assert (ROOT / path).exists(), path
    for link in re.findall(r"\]\(([^):]+)\)", TEXT[page]):
        assert (page.parent / link).exists(), link


def test_readings_are_one_table_and_name_what_exists() -> None:
    text = (ROOT / "docs" / "readings.md").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)(?:^\|.*\n)+", text)) == 1
    for path in re.findall(r"`((?:taxcalc|tables)/[\w./]+\w)`", text):
        assert (ROOT / path).exists(), path


def test_the_changelog_says_which_figures_changed_for_which_periods_and_why() -> None:
    from taxcalc.assessment.model import shipped_book

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for version in re.split(r"(?m)^## ", text)[1:]:
        table = re.search(r"### Figures that changed\n.*?\n((?:\|[^\n]*\n)+)", version, re.DOTALL)
        assert table, version.splitlines()[0]
        head, _, *rows = ([cell.strip() for cell in row.strip("|").split("|")] for row in table[1].splitlines())
        assert head == ["what", "periods", "before", "now", "why"]
        assert all(len(row) == len(head) and all(row) for row in rows)
        for path in (path for row in rows for path in re.findall(r"`(\w+(?:\.\w+)+|stamp|six_taxes)`", row[-1])):
            assert shipped_book().has(path), path


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda form: form.stem
)
def test_forms_are_in_both_languages_and_ask_once(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    assert "\t" not in text
    ids = re.findall(r"(?m)^    id: (\w+)$", text)
    assert len(set(ids)) == len(ids) == len(re.findall(r"(?m)^      label: .+ · .+$", text))
    assert form.stem == "config" or re.search(r"(?m)^name: .+ · .+$", text)
