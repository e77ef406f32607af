"""What docs/privacy.md says: nothing leaves the machine, files are their owner's, and faults tell nothing of the input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from helpers.command import here, run

ROW = "id,year,taxpayer,revenue,taxable_income\n甲公司,2023,enterprise,5,5\n乙公司,2023,enterprise,x,5\n".encode()
FACTS = b"year = 2023\ntaxpayer = 'enterprise'\nrevenue = 5\n"
LEAVES = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "webbrowser.")
_WATCHED: list[str] = []


def _watch(event: str, args: Any) -> None:
    if _WATCHED and event.startswith(LEAVES):
        _WATCHED.append(event)


COMMANDS: list[tuple[list[str], bytes]] = [
    (["assess", "-", "--explain"], FACTS),
    (["assess", "-", "--format", "json"], FACTS),
    (["advise", "-"], FACTS),
    (["returns", "-"], FACTS),
    (["report", "-"], FACTS),
    (["report", "-", "--format", "pdf", "--output", "{}/a.pdf"], FACTS),
    (["check", "-"], ROW),
    (["template", "{}/new.xlsx"], b""),
    (["law", "check"], b""),
    *((["batch", "-", "--output", f"{{}}/a{suffix}", "--rejects", "{}/no.csv"], ROW) for suffix in (".csv", ".xlsx", ".parquet")),
    (["batch", "-", "--reports", "{}/pages"], ROW),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every command has written, under a mask that takes no leave from anybody. Python itself tells of each socket
    and process meanwhile (sys.addaudithook, which cannot be taken away again)."""
    sys.addaudithook(_watch)
    place, before = tmp_path_factory.mktemp("written"), os.umask(0)
    _WATCHED.append("watching")
    try:
        for args, stdin in COMMANDS:
            done = here(*(arg.format(place) for arg in args), stdin=stdin)
            assert done.code in (0, 1), done.err
    finally:
        os.umask(before)
    return place


def test_no_command_talks_to_anyone(folder: Path) -> None:
    assert _WATCHED == ["watching"]
    os.system("true")
    assert _WATCHED == ["watching", "os.system"]
    _WATCHED.clear()


def test_files_with_figures_are_their_owners(folder: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert {"a.csv", "a.xlsx", "a.parquet", "no.csv", "a.pdf", "index.html"} <= modes.keys()
    assert {name: mode for name, mode in modes.items() if mode != (0o700 if name == "pages" else 0o600)} == {}


def test_a_fault_of_the_program_says_nothing_of_the_input(tmp_path: Path) -> None:
    with mock.patch("taxcalc.firms.run.cells_of", side_effect=lambda *_: dict[str, str]()["甲公司"]):
        done = here("batch", "-", "--output", f"{tmp_path}/out.csv", stdin=ROW + "甲公司,a,b,c,d,e,f,g\n".encode())
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "KeyError firms/run.py" in done.last
    assert "甲" not in done.err + done.out.decode()


def test_nothing_is_kept_of_clients(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run(
        "batch",
        "-",
        "--output",
        f"{tmp_path}/out.csv",
        stdin=ROW,
        HOME=str(home),
        TMPDIR=str(home),
        XDG_CACHE_HOME=str(home),
    )
    assert list(home.iterdir()) == []


def test_a_page_loads_nothing() -> None:
    page = here("report", "-", stdin=FACTS).out.decode()
    assert "default-src 'none'" in page
    assert not [tag for tag in ("<script", "<link", 'src="http', "url(http", "@import") if tag in page]
