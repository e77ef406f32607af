"""Whatever comes, a run takes so much memory and no more, and ends when it is told to."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from helpers.command import environment, here
from taxcalc.firms.read import source
from taxcalc.firms.read.source import Source
from taxcalc.firms.run import side_by_side


@pytest.mark.parametrize("line", [b"x,y\n", b"\n", b'"",""\n', b'a,"b\nc"\n'])
def test_a_piece_has_so_many_lines_and_no_more(line: bytes) -> None:
    content = b"year,revenue\n" + line * 500
    with mock.patch.object(source, "MOST_LINES_OF_PIECE", 40):
        read = Source(io.BytesIO(content), "in.csv")
        read.begin(1)
        pieces = [piece.text for piece in read]
    assert b"".join(pieces) == content.partition(b"\n")[2]
    assert max(piece.count(b"\n") for piece in pieces) == 40


def test_the_same_whatever_the_lines_of_a_piece(tmp_path: Path) -> None:
    some = 'a{0},2024,enterprise,5\nb{0},x,y\n1,2,3,4\n"c{0}\nd",2024,enterprise,7\n'
    table = "name,year,taxpayer,revenue\n1,2,3,4\n" + "".join(map(some.format, range(100)))
    (tmp_path / "in.csv").write_text(table)

    def done() -> tuple[object, ...]:
        ran = here("batch", str(tmp_path / "in.csv"), "--rejects", str(tmp_path / "bad.csv"))
        return ran, (tmp_path / "bad.csv").read_bytes()

    whole = done()
    for most in (210, 333):  # more than the lines that a record may span
        with mock.patch.object(source, "MOST_LINES_OF_PIECE", most):
            assert done() == whole


def test_blocks_in_work_follow_the_memory() -> None:
    with mock.patch.object(os, "cpu_count", return_value=64):
        assert [side_by_side(0, memory) for memory in (300, 500, 1_000, 100_000)] == [1, 3, 10, 64]
        assert [side_by_side(2, memory) for memory in (300, 500, 100_000)] == [1, 2, 2]
    assert here("batch", "--memory", "299", stdin=b"year,revenue\n2023,5\n").code == 2


DEAF = """
import sys, time
from taxcalc.base.atomic_file import replacing
from taxcalc.base.interruption import interruptible
with interruptible("said"), replacing("out.csv"):
    said = False
    while True:
        try:
            if not said:
                said = True
                print("begun", flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            pass
"""
"""A run that does not hear that it is to end, as if it were in one long step of a library."""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_does_not_hear_of_a_signal_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    line = [sys.executable, "-c", DEAF]
    child = subprocess.Popen(line, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    assert list(tmp_path.iterdir()) != []
    child.send_signal(how)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, b"taxcalc: said\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems set no limit to addresses")
def test_a_limit_of_memory_is_one_sentence_and_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("year,revenue\n" + "2023,5\n" * 5_000)
    shell = ["bash", "-c", 'ulimit -v 1500000; exec "$@"', "bash", sys.executable, "-m", "taxcalc"]
    line = [*shell, "batch", "in.csv", "--output", "out.csv", "--rejects", "bad.csv", "--lang", "en"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"not enough memory" in done.stderr.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
