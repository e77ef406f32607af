"""What holds of every attack: an exit code as documented, sentences fit for a terminal, bounded time and memory."""

from __future__ import annotations

import os
import resource
import stat
from contextlib import chdir
from pathlib import Path

from helpers.command import Ran, here, run

CPU_SECONDS, MEGABYTES = 30, 400
LARGE = 1_000
"""Bytes from which on an attack is measured in a process of its own."""


def attack(*args: str, code: int, says: str = "", stdin: bytes | str = b"", cwd: Path | None = None) -> Ran:
    """Run and check what holds of every attack: small ones in this process, others in one that is measured."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    content = stdin.encode() if isinstance(stdin, str) else stdin
    files = [os.stat(arg) for arg in args if arg.startswith("/") and os.path.exists(arg)]
    if len(content) + sum(file.st_size if stat.S_ISREG(file.st_mode) else LARGE for file in files) < LARGE:
        with chdir(cwd or "."):
            done = here(*args, stdin=content)
    else:
        done = run(*args, stdin=content, cwd=cwd, before=limit)
    assert "Traceback" not in done.err, done.err[-2000:]
    assert "Exception ignored" not in done.err
    assert done.code == code, (done.code, done.err[-500:])
    assert says in done.err
    assert len(done.err) < 20_000
    assert done.err.replace("\n", "").isprintable()
    assert done.peak < MEGABYTES, f"{done.peak:.0f} MB"
    return done
