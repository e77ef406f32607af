"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from taxcalc.base.interruption import unfinished
from taxcalc.base.problem import InputError, problem


class Parts:
    """New files beside those whose places they are to take; all of them take these together, when all went well."""

    def __init__(self) -> None:
        self._parts: list[tuple[Path, Path]] = []
        self._unfinished = contextlib.ExitStack()

    def beside(self, path: str) -> Path:
        """A file to write to for what is to stand at `path`. A link stays, and what it leads to is replaced; a device or a
        pipe cannot be replaced, and is written to itself. Raises InputError where nothing can be written there."""
        target = Path(
            os.path.realpath(path)
        )  # a loop of links has no end, and is refused like any place that is not there
        if target.is_symlink():
            raise InputError([problem("output_unwritable", path=path, why=os.strerror(errno.ELOOP))])
        if target.is_dir():
            raise InputError([problem("output_folder", path=path)])
        if target.exists() and not target.is_file():
            return target
        if target.exists() and not os.access(target, os.W_OK):  # to replace it would need no leave, but was not meant
            raise InputError([problem("output_unwritable", path=path, why=os.strerror(errno.EACCES))])
        try:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        except OSError as error:
            raise InputError([problem("output_unwritable", path=path, why=error.strerror or str(error))]) from None
        os.close(handle)
        self._unfinished.enter_context(unfinished(Path(name)))
        self._parts.append((Path(name), target))
        return Path(name)

    def drop(self, part: Path) -> None:
        """This one is not to take its place."""
        if part in [one for one, _ in self._parts]:
            part.unlink()
        self._parts = [one for one in self._parts if one[0] != part]

    def take_places(self) -> None:
        """Have the disk hold all of them first; then only names change. Where one cannot, those before it are undone."""
        for part, target in self._parts:
            with part.open("r+b") as written:  # on Windows, what is only read cannot be flushed
                os.fsync(written.fileno())
            _take_after(part, target)
        with contextlib.ExitStack() as tidy, contextlib.ExitStack() as undo:
            for place, (part, target) in enumerate(self._parts, 1):
                if place < len(self._parts):
                    _remember(target, Path(f"{part}.part"), undo, tidy)
                part.replace(target)
            undo.pop_all()
        for folder in {target.parent for _, target in self._parts}:
            _keep_name(folder)

    def remove(self) -> None:
        """No file is left that took no place."""
        self._unfinished.close()


@contextlib.contextmanager
def together() -> Iterator[Parts]:
    """Files that are there together or not at all: a crash, a full disk or a kill leaves what was there before. Mode, owner
    and group of what is replaced stay, as far as whoever runs this may give them."""
    parts = Parts()
    try:
        yield parts
        parts.take_places()
    finally:
        parts.remove()


@contextlib.contextmanager
def replacing(path: str) -> Iterator[Path]:
    """One such file, to be written to."""
    with together() as parts:
        yield parts.beside(path)


def _remember(target: Path, was: Path, undo: contextlib.ExitStack, tidy: contextlib.ExitStack) -> None:
    """How to have again what stands at a place: by a second name for it, on disks that know such."""
    if not target.exists():
        undo.callback(target.unlink, missing_ok=True)
        return
    with contextlib.suppress(OSError):
        os.link(target, was)
        tidy.callback(was.unlink, missing_ok=True)
        undo.callback(was.replace, target)


def _take_after(part: Path, target: Path) -> None:
    """Give a file the mode, the owner and the group of the one whose place it takes."""
    if not target.exists():
        return  # what is new is for its owner alone to read: it may hold a client's figures
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
