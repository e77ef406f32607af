"""How far a batch has come, on a terminal: rows, rows a second, bytes, and the time left."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


@contextlib.contextmanager
def showing(feed: Any) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told the rows done so far."""
    console = Console(stderr=True)
    parts = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*parts, console=console, transient=True) as progress:
        task = progress.add_task("", total=feed.size or None)
        start = time.monotonic()

        def tell(rows: int) -> None:
            rate = rows / max(time.monotonic() - start, 0.001)
            text = f"{rows:,} · {rate:,.0f}/s · {feed.read / 1e6:,.0f} MB"
            progress.update(task, completed=min(feed.read, feed.size or feed.read), description=text)

        yield tell
