"""Exceptions where no code can catch them: while something is thrown away, or in a callback of an import."""

from __future__ import annotations

import sys

_MOMENT = 0.01
"""Seconds until a Ctrl-C is tried once more."""


def last_resort(found: sys.UnraisableHookArgs) -> None:
    """For `sys.unraisablehook`. A file that could not be written fails once more when it is thrown away, which has
    been said; a Ctrl-C that fell where it can end nothing comes again in a moment."""
    if isinstance(found.exc_value, KeyboardInterrupt):
        import _thread
        import threading

        again = threading.Timer(_MOMENT, _thread.interrupt_main)
        again.daemon = True
        again.start()
    elif not isinstance(found.exc_value, OSError):
        sys.__unraisablehook__(found)
