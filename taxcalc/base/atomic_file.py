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

    So a crash, a full disk or a kill leaves what was there before. A link stays, and what it leads to is replaced; so do
    mode, owner and group, as far as whoever runs this may give them. Raises InputError where nothing can be written there.
    """
    target = Path(os.path.realpath(path))  # a loop of links has no end, and is refused like any place that is not there
    if target.is_symlink():
        raise InputError([problem("output_unwritable", path=path, why=os.strerror(errno.ELOOP))])
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
        with part.open("r+b") as written:  # on Windows, what is only read cannot be flushed
            os.fsync(written.fileno())
        _take_after(part, target)
        part.replace(target)
        _keep_name(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _take_after(part: Path, target: Path) -> None:
    """Give a file the mode, the owner and the group of the one whose place it takes."""
    if not target.exists():
        part.chmod(0o666 & ~_umask())
        return
    was, now = target.stat(), part.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid) and hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(part, was.st_uid, was.st_gid)
    part.chmod(was.st_mode & 0o777)


def _keep_name(folder: Path) -> None:
    """Have the disk remember a new name; some systems have no way to ask for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
