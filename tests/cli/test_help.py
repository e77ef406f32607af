"""Help pages: what a newcomer needs fits a screen, in both languages, and every example on them runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from typer.main import get_command

from helpers.command import ROOT, environment, here
from helpers.shown import SHOWN
from taxcalc.cli.application import app
from taxcalc.cli.help_pages import PAGES
from taxcalc.cli.law import law_app

COMMANDS = ["", *get_command(app).commands, *(f"law {name}" for name in get_command(law_app).commands)]  # type: ignore[attr-defined]
LINES, COLUMNS = 45, 80
_ALL = """
import contextlib, io, sys
from taxcalc.cli import main
for command in sys.argv[1].split("|"):
    sys.argv = ["taxcalc", *command.split(), "--help"]
    with contextlib.suppress(SystemExit):
        main()
    print("\\f")
"""


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """Every page as one whose locale is Chinese sees it: the language is settled when the program starts."""
    command = [sys.executable, "-c", _ALL, "|".join(COMMANDS)]
    env = environment(LANG="zh_CN.UTF-8", COLUMNS=str(COLUMNS))
    done = subprocess.run(command, capture_output=True, env=env, cwd=ROOT, timeout=60)
    assert done.stderr == b""
    return dict(zip(COMMANDS, done.stdout.decode().split("\f\n"), strict=False))


def english(command: str, *more: str) -> str:
    done = here(*command.split(), *(more or ("--help",)), speaks={"COLUMNS": str(COLUMNS)})
    assert (done.code, done.err) == (0, "")
    return done.out.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_fits_a_screen_and_says_what_a_newcomer_needs(command: str, lang: str, chinese: dict[str, str]) -> None:
    from rich.cells import cell_len

    page = chinese[command] if lang == "zh" else english(command)
    lines = page.rstrip().splitlines()
    assert len(lines) <= LINES, page
    assert max(map(cell_len, lines)) <= COLUMNS
    assert lines[0].startswith("用法：taxcalc" if lang == "zh" else "Usage: taxcalc")
    assert len(re.findall(r"(?m)^    taxcalc ", page)) == (2 if command == "" else 3)
    assert ("退出码\n  0 " if lang == "zh" else "Exit codes\n  0 ") in page
    assert re.search(r"130\s", page)
    assert "--help" in lines[-1]
    assert not re.search(r"\w…$", page, re.MULTILINE)
    if lang == "zh":
        words = re.sub(r"(?m)^    taxcalc .*$", "", page)
        assert not re.findall(r"\b[A-Z][a-z]+ [a-z]+|(?i:options|arguments|commands|default)", words), page
        named = set(re.findall(r"(?<![\w-])[A-Z]{2,}(?!\w)", words))
        assert named <= {"TOML", "JSON", "CSV", "XLSX", "BOM", "PNG", "JPEG", "PDF", "HTML"}


@pytest.mark.parametrize("command", sorted({*PAGES} - {"", "law"}))
def test_all_that_a_page_names_is_there(command: str) -> None:
    """The options that it names stand on it, and every option stands on the page of all."""
    page, whole = english(command), english(command, "--help-all")
    found = set(re.findall(r"(?m)^  (?:-\w, )?--([\w-]+)", whole))
    named = [*PAGES[command].shown.split(), *PAGES[command].facts.split()]
    assert set(named) <= found
    for name in named:
        assert re.search(rf"(?m)^  (-\w, )?--{name}\b", page), name
    assert {"quiet", "help-all"} <= found


def test_the_page_of_all_names_every_fact() -> None:
    from taxcalc.assessment.model import catalogue_of, shipped_book

    whole = english("assess", "--help-all")
    own = {f"--{fact.name.replace('_', '-')}" for fact in catalogue_of(shipped_book())}
    assert own <= set(re.findall(r"--[\w-]+", whole))
    assert "--place city|county|other" in whole


def test_choices_are_in_the_language_of_the_reader(chinese: dict[str, str]) -> None:
    assert "--place 市区|县城、镇|其他地区" in chinese["assess"]
    assert (
        here("assess", "--year", "2025", "--revenue", "1", "--place", "县城、镇", "--vat-payer", "一般纳税人").code == 0
    )


_ROW = "92620602MA70004116,A,凉州区,2025,1200000,180000,12,1500000,county\n"
_TABLE = (
    "id,name,county,year,revenue,taxable_income,employees,assets,place\n"
    + 16 * _ROW.replace("70004116", "70004999")
    + _ROW
)
_FIRM = (
    "year = 2025\nrevenue = 1_200_000\ntaxable_income = 180_000\nemployees = 12\nassets = 1_500_000\nplace = 'county'\n"
)


@pytest.mark.parametrize(
    "command", sorted({one.command for page in PAGES.values() for one in page.examples} - {*SHOWN})
)
def test_an_example_of_a_page_runs(command: str, tmp_path: Path) -> None:
    """Those that the pages for users show too are run there."""
    (tmp_path / "clients.csv").write_text(_TABLE, encoding="utf-8")
    for name in ("firm.toml", "other.toml"):
        (tmp_path / name).write_text(_FIRM, encoding="utf-8")
    with chdir(tmp_path):
        if "answer.json" in command:
            Path("answer.json").write_bytes(here("assess", "firm.toml", "--format", "json").out)
        out = b""
        for piece in command.split(" | "):
            done = here(*shlex.split(piece)[1:], stdin=out)
            assert done.code == 0 or (done.code == 1 and PAGES[piece.split()[1]].one), done.err
            out = done.out
        assert out or len(list(tmp_path.iterdir())) > 3


def test_quiet_leaves_remarks_out_and_errors_in(tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    table.write_text("name,year,revenue\nA,2025,100\nB,2025,1e3\n", encoding="utf-8")
    loud, *hushed = (
        here(*args)
        for args in (
            ["batch", str(table)],
            ["batch", str(table), "-q"],
            ["-q", "batch", str(table)],
            ["batch", "--quiet", str(table)],
        )
    )
    assert "2 rows in = 1 rows out" in loud.err
    for done in hushed:
        assert (done.code, done.out) == (1, loud.out)
        assert done.err.splitlines() == [line for line in loud.err.splitlines() if "scientific" in line]
    assert here("template", str(tmp_path / "new.csv"), "-q").err == ""
    assert "rows in" in here("batch", str(table)).err, "the next run makes remarks again"


def test_the_version_says_whose_it_is() -> None:
    from taxcalc import __version__

    for name in ("--version", "-V"):
        done = here(name)
        assert done.out.decode().splitlines()[0] == f"taxcalc {__version__}"
        assert b"taxcalc-cn" in done.out


def test_another_package_of_the_same_name_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=r"Policy is of another project .* environment of its own"):
        exec("from taxcalc import Policy")
    (tmp_path / "taxcalc").mkdir()
    (tmp_path / "taxcalc" / "__init__.py").write_text("__version__ = '4.5.0'\n", encoding="utf-8")
    for name in ("__main__.py", "base"):
        (tmp_path / "taxcalc" / name).symlink_to(ROOT / "taxcalc" / name)
    env = environment() | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "taxcalc", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "environment of its own" in done.stderr
    assert "单独的虚拟环境" in done.stderr


def test_no_argument_is_the_page_and_exit_2() -> None:
    for args in ([], ["assess"]):
        done = here(*args)
        assert (done.code, done.err) == (2, "")
        assert done.out.startswith(b"Usage: taxcalc")
