"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from taxcalc.base.problem import InputError, problem


@contextlib.contextmanager
def replacing(path: str) -> Iterator[Path]:
    """A new file beside `path` to write to; it takes that place when all went well, else it is removed.

    So a crash, a full disk or a kill leaves what was there before. Raises InputError where nothing can be
    written there.
    """
    target = Path(path)
    if target.is_dir():
        raise InputError([problem("output_folder", path=path)])
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        yield target
        return
    if target.exists() and not os.access(target, os.W_OK):  # to replace it would need no leave, but was not meant
        raise InputError([problem("output_unwritable", path=path, why=os.strerror(errno.EACCES))])
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    except OSError as error:
        raise InputError([problem("output_unwritable", path=path, why=error.strerror or str(error))]) from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """A polite kill is handled like Ctrl-C, so that half-written files are removed."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
