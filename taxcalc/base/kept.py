"""Files that keep what would take long to make anew.

What is kept guards against damage and carelessness, not against who may write as the user: it is believed only if it is a
regular file and no link, of the user or root, that nobody else may write, of bounded size, with the digest of its text
and of what it was made from. Anything else counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

MOST = 32 << 20
"""Bytes of a file: a hundred times what the shipped tables take."""
_SIZE = hashlib.sha256().digest_size
_ASIDE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Neither a link is followed nor is a pipe waited for."""


def read_kept(place: Path, source: bytes) -> bytes | None:
    """The text that was kept at a place, made of this source; None where there is none that is to be believed."""
    try:
        if not _ours(os.lstat(place.parent), stat.S_ISDIR):
            return None
        with _opened(place, os.O_RDONLY) as handle:
            found = os.fstat(handle)
            if not _ours(found, stat.S_ISREG) or found.st_nlink != 1 or found.st_size > MOST:
                return None
            kept = _whole(handle, found.st_size)
    except OSError:
        return None
    digest, text = kept[:_SIZE], kept[_SIZE:]
    return text if digest == _digest(source, text) else None


def keep(place: Path, source: bytes, text: bytes) -> None:
    """Write beside the place and move there when whole, with leave to write for the user alone; what else is kept in
    the folder under the same first word goes. A folder that cannot be written costs only time."""
    if len(text) + _SIZE > MOST:
        return
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(mode=0o755, exist_ok=True)
        if not _ours(os.lstat(place.parent), stat.S_ISDIR):
            return
        beside.unlink(missing_ok=True)
        with _opened(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as handle, os.fdopen(os.dup(handle), "wb") as file:
            file.write(_digest(source, text) + text)
        beside.replace(place)
        for old in place.parent.glob(f"{place.name.partition('-')[0]}-*{place.suffix}"):
            if old != place:
                old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def own_folder(folder: Path) -> bool:
    """Is a folder the user's own, so that something may be kept in it?"""
    if not hasattr(os, "getuid"):
        return True
    try:
        return os.stat(folder).st_uid == os.getuid()
    except OSError:
        return False


def _ours(found: os.stat_result, kind: Callable[[int], bool]) -> bool:
    right = kind(found.st_mode)
    if not right or not hasattr(os, "getuid"):
        return right
    return found.st_uid in (0, os.getuid()) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@contextlib.contextmanager
def _opened(place: Path, how: int) -> Iterator[int]:
    handle = os.open(place, how | _ASIDE, 0o644)
    try:
        yield handle
    finally:
        os.close(handle)


def _whole(handle: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.read(handle, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _digest(source: bytes, text: bytes) -> bytes:
    return hashlib.sha256(source + text).digest()
