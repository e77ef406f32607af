"""What a Ctrl-C or a polite kill does: a run ends at once and leaves nothing half-written, whatever it was at.

Python tells of a signal between two steps of its main thread. Where that waits for a long one, or for other threads,
somebody else must end the run: a thread that the system tells of the signal too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

INTERRUPTED = 130
"""Exit code."""
_PATIENCE = 0.4
"""Seconds in which a run can end by itself, in good order."""
_unfinished: set[Path] = set()


@contextlib.contextmanager
def unfinished(part: Path) -> Iterator[None]:
    """While a file or folder is made that nobody is to see before it is whole. It is gone in the end, unless it was moved."""
    _unfinished.add(part)
    try:
        yield
    finally:
        _remove(part)
        _unfinished.discard(part)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def interruptible(last_words: str) -> Iterator[None]:
    """SIGTERM is handled like Ctrl-C: by KeyboardInterrupt; and where that does not come through, by an end of the process
    that says `last_words`."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        with _watched(last_words) if os.name == "posix" else contextlib.nullcontext():
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _watched(last_words: str) -> Iterator[None]:
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    over = threading.Event()
    before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    try:
        with contextlib.suppress(RuntimeError):  # no room for a thread: then Python's own way has to do
            threading.Thread(target=_watch, args=(told, over, last_words), daemon=True).start()
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        os.close(tell)


def _watch(told: int, over: threading.Event, last_words: str) -> None:
    """Read the numbers of signals until there can be no more, or a run has not heard of one."""
    with os.fdopen(told, "rb", buffering=0) as signals:
        while number := signals.read(1):
            if number[0] in (signal.SIGINT, signal.SIGTERM) and not over.wait(_PATIENCE):
                for part in list(_unfinished):
                    _remove(part)
                with contextlib.suppress(OSError):
                    os.write(2, f"taxcalc: {last_words}\n".encode())
                os._exit(INTERRUPTED)
