"""Folders that get all of their new files or none."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from taxcalc.base.interruption import unfinished
from taxcalc.base.problem import InputError, problem


@contextlib.contextmanager
def filling(folder: str, last: str) -> Iterator[Path]:
    """A new folder to write files to; when all went well they are moved into `folder`, that of the name `last` at the end.

    Files of other names that are there already stay; the new ones are for their owner alone to read. Raises InputError where
    nothing can be written there.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError([problem("output_no_folder", path=folder)])
    new = not target.exists()
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=target, prefix=".", suffix=".part"))
    except OSError as error:
        raise InputError([problem("output_unwritable", path=folder, why=error.strerror or str(error))]) from None
    try:
        with unfinished(part):
            yield part
            for made in sorted(part.iterdir(), key=lambda made: made.name == last):
                made.chmod(0o600)
                made.replace(target / made.name)
    finally:
        if new:
            with contextlib.suppress(OSError):  # where it was made for nothing
                target.rmdir()
