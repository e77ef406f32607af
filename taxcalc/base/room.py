"""How much memory a run may still take, where the system sets it a limit.

Python says of memory that is not granted that it is not: MemoryError. Libraries in other languages end the process, past
all that would tidy up; so before one of them is asked for much, it is looked whether there is room.
"""

from __future__ import annotations

import os
import sys


def check_room(needed: int) -> None:
    """Raises MemoryError where the limit of the address space (`ulimit -v`) leaves less than so many bytes."""
    if sys.platform != "linux":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return
    with open("/proc/self/statm", "rb") as pages:
        taken = int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    if limit - taken < needed:
        raise MemoryError
