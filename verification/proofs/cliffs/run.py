"""`make cliffs`: every levy in turn, on JOBS processors; writes cliffs.toml and docs/cliffs.md."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from verification.proofs.cliffs.find import Open, Seen, of_levy
from verification.proofs.cliffs.rows import Left, Row, lefts_of, read, rows_of, write


def found_for(levy: str, year: str) -> tuple[str, list[Row], list[Left], float]:
    """The rows of a levy and what is left open; and the seconds."""
    start = time.perf_counter()
    found = of_levy(levy, year)
    rows = rows_of([one for one in found if isinstance(one, Seen)])
    return levy, rows, lefts_of([one for one in found if isinstance(one, Open)]), time.perf_counter() - start


def main(page: Path, *only: str) -> int:
    """Find every cliff, of some levies where they are named, and write the page. One word of digits is a year."""
    from verification.proofs.cliffs.page import page_of
    from verification.proofs.laws import levies

    year = next((word for word in only if word.isdigit()), "")
    named = [word for word in only if not word.isdigit() and word]
    every = levies()
    asked = named or every
    found: dict[str, tuple[list[Row], list[Left]]] = {}
    start = time.perf_counter()
    with ProcessPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 1))) as pool:
        for done in as_completed([pool.submit(found_for, levy, year) for levy in asked]):
            levy, rows, lefts, seconds = done.result()
            found[levy] = (rows, lefts)
            print(f"{levy}: {len(rows)} cliffs, {len(lefts)} open, {seconds:.0f} s", flush=True)
    old_rows, old_lefts = read() if named else ([], [])
    kept = {levy: ([r for r in old_rows if r.levy == levy], [o for o in old_lefts if o.levy == levy]) for levy in every}
    both = {**kept, **found}
    rows = [row for levy in every for row in both[levy][0]]
    lefts = [left for levy in every for left in both[levy][1]]
    if year:
        print(f"{len(rows)} cliffs of {year}; nothing is written of one year alone")
        return 0
    write(rows, lefts)
    page.write_text(page_of(rows, lefts), encoding="utf-8")
    print(f"{len(rows)} cliffs in {time.perf_counter() - start:.0f} s")
    return 0
