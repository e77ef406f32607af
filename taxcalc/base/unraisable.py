"""Exceptions where no code can catch them: while something is thrown away, or in a callback of an import."""

from __future__ import annotations

import _thread
import sys
import time

_MOMENT = 0.05
"""Seconds until a Ctrl-C is tried once more."""


def _again() -> None:
    time.sleep(_MOMENT)
    _thread.interrupt_main()


def last_resort(found: sys.UnraisableHookArgs) -> None:
    """For `sys.unraisablehook`. A file that could not be written fails once more when it is thrown away, which has
    been said; a Ctrl-C that fell where it can end nothing comes again in a moment."""
    if isinstance(found.exc_value, KeyboardInterrupt):
        # Not a Timer: to start one waits for it, and the Ctrl-C that it sends on a busy machine would fall in here.
        _thread.start_new_thread(_again, ())
    elif not isinstance(found.exc_value, OSError):
        sys.__unraisablehook__(found)
