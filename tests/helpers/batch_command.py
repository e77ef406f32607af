"""`taxcalc batch` as people run it, in this process: what it wrote and said."""

from __future__ import annotations

import csv
import io
from contextlib import chdir

from helpers.command import ROOT, here


class Done:
    """A finished command."""

    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def rows(self) -> list[dict[str, str]]:
        """The output as dictionaries."""
        return list(csv.DictReader(io.StringIO(self.out.decode("utf-8-sig"), newline="")))

    @property
    def last(self) -> str:
        """The last line of standard error."""
        return self.err.splitlines()[-1]


def run(*args: str, stdin: bytes = b"") -> Done:
    """Run in this process."""
    with chdir(ROOT):
        done = here(*args, stdin=stdin)
    return Done(done.code, done.out, done.err)


def batch(content: str | bytes, *args: str) -> Done:
    return run("batch", *args, stdin=content.encode() if isinstance(content, str) else content)
