"""Runs the program as people do, and measures what it took: time, and memory at its peak. Or runs it in this
very process, which is twenty times as fast, for inputs that cannot hang."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_MEASURED = """
import atexit, os, runpy, sys
def tell():
    with open(os.environ["PEAK"], "w") as file:
        file.writelines(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
if os.path.exists("/proc/self/status"):
    atexit.register(tell)
sys.argv[0] = "taxcalc"
runpy.run_module("taxcalc", run_name="__main__")
"""
"""The program, telling its peak at the end. What the system tells of a child holds its parent's memory too."""
SPEAKS = ("LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
"""The variables that tell a program how to speak."""


class Ran(NamedTuple):
    """A finished command."""

    code: int
    out: bytes
    err: str
    seconds: float
    peak: float
    """MB that it held at its peak."""

    @property
    def last(self) -> str:
        """The last line of standard error."""
        return self.err.splitlines()[-1] if self.err else ""


def command(*args: str) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "taxcalc", *args]


def environment(**more: str) -> dict[str, str]:
    """An environment in which the program speaks English and finds itself from any folder."""
    kept = {name: value for name, value in os.environ.items() if name not in SPEAKS}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def run(
    *args: str, stdin: bytes = b"", cwd: Path | None = None, before: Callable[[], None] | None = None, **more: str
) -> Ran:
    """Run to the end. `before` is called in the child; `more` is put into its environment."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile() as peak,
    ):
        given.write(stdin)
        given.seek(0)
        start = time.monotonic()
        line = [sys.executable, "-c", _MEASURED, *args]
        env = environment(**more, PEAK=peak.name)
        child = subprocess.Popen(line, stdin=given, stdout=out, stderr=err, cwd=cwd, env=env, preexec_fn=before)
        child.wait()
        seconds = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        told = peak.read().split()
        megabytes = int(told[1]) / 1024 if told else 0
        return Ran(child.returncode, out.read(), err.read().decode(), seconds, megabytes)


def here(
    *args: str,
    stdin: io.BytesIO | bytes = b"",
    lang: str = "en",
    terminal: bool = False,
    speaks: Mapping[str, str] | None = None,
) -> Ran:
    """Run in this process. `speaks`, where given, is all that the environment says of language and terminal."""
    from taxcalc.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    given = _Input(io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin, encoding="utf-8")
    given.terminal = terminal
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr, os.environ.copy()
    sys.argv, sys.stdin, sys.stdout, sys.stderr = ["taxcalc", *args], given, out, err
    for name in SPEAKS:
        os.environ.pop(name, None)
    os.environ |= (
        speaks if speaks is not None else {"LC_ALL": f"{'zh_CN' if lang == 'zh' else 'C'}.UTF-8", "COLUMNS": "200"}
    )
    code: object = 0
    try:
        main()
    except SystemExit as stopped:
        code = stopped.code or 0
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before[:4]
        os.environ.clear()
        os.environ |= before[4]
        gc.enable()
    written = [stream.buffer.getvalue() for stream in (out, err)]
    return Ran(int(str(code)), written[0], written[1].decode(), 0, 0)


class _Input(io.TextIOWrapper):
    """Standard input, which may claim to be a terminal."""

    terminal = False

    def isatty(self) -> bool:
        return self.terminal
