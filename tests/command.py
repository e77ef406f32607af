"""Runs the program as people do, and measures what it took: time, and memory at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_SPEAKS = ("LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "FORCE_COLOR")


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
    kept = {name: value for name, value in os.environ.items() if name not in _SPEAKS}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def run(
    *args: str, stdin: bytes = b"", cwd: Path | None = None, before: Callable[[], None] | None = None, **more: str
) -> Ran:
    """Run to the end. `before` is called in the child; `more` is put into its environment."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        start = time.monotonic()
        child = subprocess.Popen(
            command(*args), stdin=given, stdout=out, stderr=err, cwd=cwd, env=environment(**more), preexec_fn=before
        )
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Ran(child.returncode, out.read(), err.read().decode(), seconds, used.ru_maxrss / 1024)
