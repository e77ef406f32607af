"""Accidents: whatever happens to a run, what was there before stays or the new is whole, and a sentence says why."""

from __future__ import annotations

import csv
import ctypes
import importlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from helpers.command import Ran, command, environment, here, run

SUFFIXES = [".csv", ".xlsx", ".parquet"]
HEAD = "id,year,taxpayer,revenue,taxable_income\n"
ROW = "n{},2023,enterprise,{}.00,100000.00\n"


def table(rows: int) -> bytes:
    return (HEAD + "".join(ROW.format(i, i) for i in range(rows))).encode()


def rows_of(path: Path) -> int:
    """How many businesses a whole output has; raises where it is no whole file."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert len({len(row) for row in rows}) == 1
        return len(rows) - 1
    import polars as pl

    if path.suffix == ".parquet":
        return len(pl.read_parquet(path))
    return len(pl.read_excel(path, engine="openpyxl")) - 1  # the last is the row of totals


def started(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*args),
        stderr=subprocess.PIPE,
        env=environment(**options.pop("env", {})),
        **options,
    )


def leftovers(folder: Path, *known: str) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in known)


# ---------------------------------------------------------------------- killed


@pytest.mark.verify
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path, suffix: str) -> None:
    """Kill −9 cannot be caught: at most a file named after the output, hidden and ending in .part, stays behind."""
    source, target, scratch = tmp_path / "in.csv", tmp_path / f"out{suffix}", tmp_path / "scratch"
    scratch.mkdir()
    source.write_bytes(table(600))
    moments = random.Random(suffix)
    known = ["in.csv", target.name, "scratch"]
    for _ in range(5):
        target.write_text("before")
        child = started("batch", str(source), "--output", str(target), env={"TMPDIR": str(scratch)})
        time.sleep(moments.uniform(0.05, 1.5))
        child.kill()
        child.communicate(timeout=60)
        if target.read_bytes() != b"before":
            assert rows_of(target) == 600
        for name in leftovers(tmp_path, *known):
            assert name.startswith(f".{target.name}."), name
            assert name.endswith(".part"), name
    before = leftovers(tmp_path, *known)
    done = run("batch", str(source), "--output", str(target))
    assert done.code == 0
    assert rows_of(target) == 600
    assert leftovers(tmp_path, *known) == before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_interruption_leaves_nothing_behind(tmp_path: Path, suffix: str, how: signal.Signals) -> None:
    target = tmp_path / f"out{suffix}"
    child = started("batch", "--output", str(target), stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(table(130_000))  # a block and more: then rows are on their way
    child.stdin.flush()
    deadline = time.monotonic() + 30
    while not leftovers(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(how)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert err.decode().splitlines()[-1] == "taxcalc: interrupted; no half-written file is left"
    assert b"Traceback" not in err
    assert leftovers(tmp_path) == []


STARTING = """
import os, sys
from taxcalc.__main__ import main
sys.argv[0] = "taxcalc"
sys.addaudithook(lambda event, args: os.write(1, b".") if event == "import" and args[0] == "taxcalc.cli" else None)
main()
"""
"""The program, saying when its first line has run: on a busy machine much time may pass before that."""


def test_an_interruption_at_any_moment_is_quiet(tmp_path: Path) -> None:
    """From the first line of the program on; before that it is Python that starts."""
    source = tmp_path / "firm.toml"
    source.write_text("year = 2023\nrevenue = 5\n")
    for delay in (0.01, 0.03, 0.06, 0.1, 0.2):
        line = [sys.executable, "-c", STARTING, "assess", str(source)]
        child = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        assert child.stdout is not None
        child.stdout.read(1)
        time.sleep(delay)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
        assert child.returncode in (0, 130), err
        assert b"Traceback" not in err


ENDING = """
import atexit, os, signal, sys
from taxcalc.__main__ import main
atexit.register(os.kill, os.getpid(), signal.SIGINT)
main()
"""
CALLBACK = """
import sys, time
from taxcalc.base.unraisable import last_resort
sys.unraisablehook = last_resort
class Callback:
    def __del__(self):
        raise KeyboardInterrupt
Callback()
try:
    for _ in range(2_000):  # the signal is seen between two calls
        time.sleep(0.01)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(("code", "exit"), [(ENDING, 0), (CALLBACK, 130)], ids=["while Python ends", "in a callback"])
def test_an_interruption_that_no_code_can_catch_is_quiet(code: str, exit: int) -> None:
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (exit, b"")


# ---------------------------------------------------------------------- no room, no leave


def full(*args: str, stdin: bytes, **more: Any) -> Ran:
    """Run where no file may grow beyond 20 kB."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    return run(*args, stdin=stdin, before=limit, **more)


@pytest.mark.parametrize(
    "args",
    [
        ["batch", "--output", "{}/out.csv"],
        ["batch", "--output", "{}/out.xlsx"],
        ["batch", "--output", "{}/out.parquet"],
        ["batch", "--strict"],
        ["batch", "--rejects", "{}/out.csv"],
        ["batch", "--summary", "--by", "id", "--format", "json", "--output", "{}/out.json"],
    ],
    ids=" ".join,
)
def test_a_full_disk_is_one_sentence_and_leaves_what_was_there(tmp_path: Path, args: list[str]) -> None:
    args = [arg.format(tmp_path) for arg in args]
    name = Path(args[-1]).name if "{}" not in args[-1] and args[-1].startswith(str(tmp_path)) else ""
    if name:
        (tmp_path / name).write_text("before")
    content = table(3_000) if "--rejects" not in args else HEAD.encode() + b"n,2023,enterprise,x,5\n" * 3_000
    done = full(*args, stdin=content)
    assert done.code == 2, done.err
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err, done.err
    assert "cannot be written" in done.last
    assert leftovers(tmp_path, name) == []
    if name:
        assert (tmp_path / name).read_text() == "before"


def test_output_and_rejects_are_there_together_or_not_at_all(tmp_path: Path) -> None:
    """There is room for the one good row, and none for the rows that are rejected."""
    (tmp_path / "out.csv").write_text("before")
    content = table(1) + b"n,2023,enterprise,x,5\n" * 3_000
    for option in ([], ["--summary"]):
        done = full(
            "batch", "--output", f"{tmp_path}/out.csv", "--rejects", f"{tmp_path}/no.csv", *option, stdin=content
        )
        assert (done.code, (tmp_path / "out.csv").read_text()) == (2, "before")
        assert leftovers(tmp_path, "out.csv") == []


@pytest.mark.parametrize("before", ["old", None])
def test_what_cannot_take_its_place_lets_nothing_else_take_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    (tmp_path / "in.csv").write_bytes(table(1) + b"n,2023,enterprise,x,5\n")
    if before:
        (tmp_path / "no.csv").write_text(before)
    replace = Path.replace

    def refused(part: Path, target: Path) -> Path:
        if target.name == "out.csv":
            raise OSError(5, "out of order")
        return replace(part, target)

    args = ["batch", f"{tmp_path}/in.csv", "--output", f"{tmp_path}/out.csv", "--rejects", f"{tmp_path}/no.csv"]
    monkeypatch.setattr(Path, "replace", refused)
    done = here(*args)
    assert (done.code, leftovers(tmp_path, "in.csv")) == (2, ["no.csv"] if before else [])
    assert not before or (tmp_path / "no.csv").read_text() == before
    monkeypatch.undo()
    assert here(*args).code == 1
    assert leftovers(tmp_path, "in.csv") == ["no.csv", "out.csv"]
    assert (tmp_path / "no.csv").read_text("utf-8-sig").startswith("row,id,column")


def test_rows_are_named_without_an_id_and_rejects_are_guarded_once(tmp_path: Path) -> None:
    content = "year,taxpayer,revenue,备注\n2023,enterprise,x,\n2023,enterprise,'=7,\n2023,enterprise,=7,\n"
    done = here("batch", stdin=content.encode())
    assert "row 2 (column 'revenue'): 'x' is not an amount" in done.err
    here("batch", "--rejects", f"{tmp_path}/no.csv", stdin=content.encode())
    with (tmp_path / "no.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[:4] for row in csv.reader(file)][1:] == [
            ["2", "", "revenue", "x"],
            ["3", "", "revenue", "'=7"],
            ["4", "", "revenue", "'=7"],
        ]


def test_a_map_without_an_end_is_refused() -> None:
    done = here("batch", "--map-file", "/dev/zero", stdin=table(1))
    assert (done.code, "more than 4 MB" in done.err) == (2, True)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_cannot_be_written_to(tmp_path: Path, suffix: str) -> None:
    for place in ("nowhere", "in.csv"):
        (tmp_path / "in.csv").write_bytes(table(1))
        done = here("batch", str(tmp_path / "in.csv"), "--output", str(tmp_path / place / f"out{suffix}"))
        assert done.code == 2
        assert "cannot be written" in done.last
    assert leftovers(tmp_path, "in.csv") == []


def bound_by_leave() -> None:
    """Take from root what lets it write where nobody may; nothing where another user runs the tests."""
    bounding_set_drop, dac_override = 24, 1  # of prctl(2) and capabilities(7)
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).prctl(bounding_set_drop, dac_override, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "root cannot give up its leave to write anywhere")


def test_what_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    target.chmod(0o444)
    done = run("batch", "--output", str(target), stdin=table(1), before=bound_by_leave)
    assert (done.code, target.read_text()) == (2, "before")
    target.unlink()
    tmp_path.chmod(0o555)
    assert run("batch", "--output", str(target), stdin=table(1), before=bound_by_leave).code == 2
    tmp_path.chmod(0o755)


# ---------------------------------------------------------------------- input and output


def test_the_input_is_never_the_output(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table(2))
    (tmp_path / "link.csv").symlink_to(source)
    (tmp_path / "hard.csv").hardlink_to(source)
    for name in ("in.csv", "./in.csv", "link.csv", "hard.csv"):
        for option in ("--output", "--rejects"):
            done = here("batch", str(source), option, f"{tmp_path}/{name}")
            assert done.code == 2
            assert "this is the input itself" in done.err
    assert source.read_bytes() == table(2)
    assert leftovers(tmp_path, "in.csv", "link.csv", "hard.csv") == []


@pytest.mark.parametrize("given", ["{}", "- < {}"])
def test_appending_to_the_input_would_never_end(tmp_path: Path, given: str) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(table(2))
    line = f"{sys.executable} -m taxcalc batch {given.format(source)} >> {source}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert b"standard output: this is the input itself" in done.stderr
    assert source.read_bytes() == table(2)


@pytest.mark.parametrize("what", ["grows", "shrinks", "is rewritten", "vanishes"])
def test_an_input_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The heading is read, then it happens. A file that is only removed is still whole for who has it open."""
    module: Any = importlib.import_module("taxcalc.cli.batch")

    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(table(200_000))
    target.write_text("before")
    prepared = module.prepared

    def change(*args: Any, **options: Any) -> Any:
        if what == "grows":
            with source.open("ab") as file:
                file.write(b"n,2023,enter")
        elif what == "shrinks":
            os.truncate(source, 5_000_000)
        elif what == "is rewritten":
            os.utime(source, (1, 1))
        else:
            source.unlink()
        return prepared(*args, **options)

    monkeypatch.setattr(module, "prepared", change)
    done = here("batch", str(source), "--output", str(target), "--columns", "summary")
    if what == "vanishes":
        assert (done.code, rows_of(target)) == (0, 200_000)
        return
    assert done.code == 2
    assert "it changed while it was read" in done.last
    assert target.read_text() == "before"
    assert leftovers(tmp_path, "in.csv", "out.csv") == []


@pytest.mark.parametrize("kind", ["in.xlsx", "in.parquet", "in.jsonl"])
def test_a_workbook_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    module: Any = importlib.import_module("taxcalc.cli.batch")
    source, prepared = tmp_path / kind, module.prepared
    if kind == "in.jsonl":
        source.write_text('{"id": "a", "year": 2023, "revenue": 5}\n')
    else:
        here("batch", "--columns", "summary", "--output", str(source), stdin=table(2))

    def change(*args: Any, **options: Any) -> Any:
        os.utime(source, (1, 1))
        return prepared(*args, **options)

    assert here("batch", str(source), "--output", f"{tmp_path}/out.csv").code == 0
    (tmp_path / "out.csv").unlink()
    monkeypatch.setattr(module, "prepared", change)
    done = here("batch", str(source), "--output", f"{tmp_path}/out.csv")
    assert (done.code, leftovers(tmp_path, kind)) == (2, [])
    assert "it changed while it was read" in done.last


def test_two_runs_to_one_output_leave_one_of_both(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    for rows in (500, 900):
        (tmp_path / f"{rows}.csv").write_bytes(table(rows))
    both = [started("batch", str(tmp_path / f"{rows}.csv"), "--output", str(target)) for rows in (500, 900)]
    for child in both:
        child.communicate(timeout=60)
        assert child.returncode == 0
    assert rows_of(target) in (500, 900)
    assert leftovers(tmp_path, "500.csv", "900.csv", "out.csv") == []


# ---------------------------------------------------------------------- pipes


@pytest.mark.parametrize(
    "line",
    [
        "check {} | true",
        "batch {} --summary --by id | true",
        "batch {} 2>&1 | true",
        "template - | true",
        "facts | true",
    ],
)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, line: str) -> None:
    (tmp_path / "in.csv").write_bytes(HEAD.encode() + b"n,2023,enterprise,x,5\n" * 3_000)
    script = f"{sys.executable} -m taxcalc {line.format(tmp_path / 'in.csv')}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=environment(), timeout=60)
    assert b"Traceback" not in done.stderr
    assert b"roken pipe" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_pipe_as_output_whose_reader_goes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    (tmp_path / "in.csv").write_bytes(table(30_000))
    child = started("batch", str(tmp_path / "in.csv"), "--output", str(pipe))
    with pipe.open("rb") as reader:
        reader.read(10)
    _, err = child.communicate(timeout=60)
    assert child.returncode in (1, 2)
    assert b"Traceback" not in err
    assert pipe.is_fifo()


@pytest.mark.parametrize("what", ["assess -", "batch -", "explain - --row 2"])
def test_standard_input_that_cannot_be_read(what: str) -> None:
    script = f"{sys.executable} -m taxcalc {what} 0>/dev/null"
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "taxcalc: standard input: it cannot be read (Bad file descriptor)"


# ---------------------------------------------------------------------- where it goes


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(table(2))
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "real.csv"
    target.write_text("before")
    target.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(target)
    (tmp_path / "new.csv").symlink_to(tmp_path / "kept" / "other.csv")
    for name, real in (("link.csv", target), ("new.csv", tmp_path / "kept" / "other.csv")):
        assert here("batch", str(tmp_path / "in.csv"), "--output", str(tmp_path / name)).code == 0
        assert (tmp_path / name).is_symlink()
        assert rows_of(real) == 2
    assert target.stat().st_mode & 0o777 == 0o640
    assert leftovers(tmp_path / "kept", "real.csv", "other.csv") == []


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(table(1))
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    done = here("batch", str(tmp_path / "in.csv"), "--output", str(tmp_path / "loop.csv"))
    assert done.code == 2, done.err
    assert (tmp_path / "loop.csv").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(table(1))
    target = tmp_path / "out.csv"
    target.write_text("before")
    os.chown(target, 1, 2)
    assert here("batch", str(tmp_path / "in.csv"), "--output", str(target)).code == 0
    assert (target.stat().st_uid, target.stat().st_gid) == (1, 2)


@pytest.mark.parametrize("end", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("args", ["--help", "assess --help", "assess", "law --help", "--version", "facts", "batch {}"])
def test_an_answer_that_cannot_be_written_is_one_sentence(tmp_path: Path, args: str, end: str) -> None:
    (tmp_path / "in.csv").write_bytes(table(1))
    line = f"{sys.executable} -m taxcalc {args.format(tmp_path / 'in.csv')} {end}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr.splitlines()[-1]
    assert b"Traceback" not in done.stderr


def test_closed_streams_are_never_taken_for_files(tmp_path: Path) -> None:
    """A file that is opened takes the lowest number that is free: it must not become standard output."""
    (tmp_path / "in.csv").write_bytes(table(2))
    line = f"{sys.executable} -m taxcalc batch {tmp_path}/in.csv --output {tmp_path}/out.csv <&- >&- 2>&-"
    assert subprocess.run(["bash", "-c", line], env=environment(), timeout=60).returncode == 0
    assert rows_of(tmp_path / "out.csv") == 2
    assert (tmp_path / "in.csv").read_bytes() == table(2)
