"""How far a batch has come, on a terminal: rows, rows a second, bytes, and the time left."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


@contextlib.contextmanager
def showing(size: int, read: Callable[[], int]) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told the rows done so far. `size` of the input and what is `read` of it are bytes; 0 if unknown."""
    console = Console(stderr=True)
    parts = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*parts, console=console, transient=True) as progress:
        task = progress.add_task("", total=size or None)
        start = time.monotonic()

        def tell(rows: int) -> None:
            rate = rows / max(time.monotonic() - start, 0.001)
            done = read()
            text = f"{rows:,} · {rate:,.0f}/s · {done / 1e6:,.0f} MB"
            progress.update(task, completed=min(done, size or done), description=text)

        yield tell
