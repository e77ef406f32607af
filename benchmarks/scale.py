"""Hostile shapes with their peaks, rates by measured rows, and what they come to for many rows: writes docs/scale.md.

    python benchmarks/scale.py [--rows 4000000] [--sheet 200000] [--plan 60000000]

Rates are processor time, which other work on the machine changes less than it does the clock.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from batch import Run, measure

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
HEAD = "id,name,year,taxpayer,vat_payer,revenue\n"
PROGRAM = [sys.executable, "-m", "taxcalc", "batch"]
RANGE = "import sys, taxcalc; p, a, b, o = sys.argv[1:]; taxcalc.batch_range(p, int(a), int(b), o, row=9, columns='summary')"
TASK = 256 << 20
"""Bytes of a range that is handed out."""


class Rates(NamedTuple):
    """What rows of the table that is measured take."""

    rows: int
    bytes_in: int
    bytes_out: int
    whole: Run
    range: Run
    range_bytes: int
    few: Run
    few_rows: int


def rows(count: int) -> Iterable[str]:
    """Lines of a plain table."""
    return (f"{i},company number {i},2024,enterprise,small,{i % 900000}.50\n" for i in range(count))


def file_of(folder: Path, name: str, lines: Iterable[str]) -> Path:
    """A table of these lines below the heading."""
    path = folder / name
    with path.open("w") as file:
        file.write(HEAD)
        file.writelines(lines)
    return path


def sheet_of(folder: Path, count: int) -> Path:
    """The same as a workbook."""
    import xlsxwriter

    path = folder / "in.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate(itertools.chain([HEAD], rows(count))):
        sheet.write_row(number, 0, line.strip().split(","))
    book.close()
    return path


def endless(seconds: float) -> tuple[float, int]:
    """Seconds from a kill to the end of a run whose input has none, and its exit code."""
    feeder = subprocess.Popen(["bash", "-c", f"printf '{HEAD.strip()}\\n'; exec yes x,y"], stdout=subprocess.PIPE)
    child = subprocess.Popen([*PROGRAM, "-"], stdin=feeder.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    child.send_signal(signal.SIGTERM)
    start = time.perf_counter()
    code = child.wait()
    feeder.kill()
    feeder.wait()
    return time.perf_counter() - start, code


def hostile(folder: Path, sheet: int) -> list[str]:
    """A line of the table for each shape."""
    shapes = {
        "2,500,000 lines `x,y` (10 MB), all rejected": file_of(folder, "bad.csv", ("x,y\n" for _ in range(2_500_000))),
        "200,000 short bad lines, no two alike": file_of(folder, "odd.csv", (f"x{i},y\n" for i in range(200_000))),
        "a line of 100 MB without an end": file_of(folder, "long.csv", ("x" * 1_000_000 for _ in range(100))),
        "a line of a million commas": file_of(folder, "commas.csv", ["," * 1_000_000 + "\n", *rows(1)]),
        f"a workbook of {sheet:,} rows": sheet_of(folder, sheet),
    }
    lines = []
    for name, path in shapes.items():
        found = measure([*PROGRAM, str(path), "--output", str(folder / "out.csv")])
        lines.append(f"| {name} | {path.stat().st_size / 1e6:,.1f} | {found.cpu:.1f} | {found.megabytes:.0f} |")
        print(lines[-1], file=sys.stderr)
    return lines


def rates(folder: Path, count: int) -> Rates:
    """A plain table whole, a range of it, and a table that is so short that starting is most of it."""
    table, out, few = file_of(folder, "in.csv", rows(count)), folder / "out.csv", 5_000
    plain = ["--columns", "summary", "--output", str(out)]
    short = measure([*PROGRAM, str(file_of(folder, "few.csv", rows(few))), *plain])
    size = table.stat().st_size
    part = measure([sys.executable, "-c", RANGE, str(table), str(size // 2), str(size // 2 + size // 4), str(out)])
    whole = measure([*PROGRAM, str(table), *plain])
    return Rates(count, size, out.stat().st_size, whole, part, size // 4, short, few)


def page(shapes: list[str], died: tuple[float, int], found: Rates, plan: int) -> str:
    """The page."""
    a_row = (found.whole.cpu - found.few.cpu) / (found.rows - found.few_rows)
    start = found.few.cpu - a_row * found.few_rows
    kept = (found.whole.megabytes - found.few.megabytes) / found.rows * 1e6
    of_range = found.range.cpu - start
    size, written = plan * found.bytes_in / found.rows, plan * found.bytes_out / found.rows
    tasks = -(-int(size) // TASK)
    beside = of_range / (found.range_bytes / found.bytes_in * found.rows * a_row)
    hours = (plan * a_row + start) / 3600
    spread = (plan * a_row * beside + tasks * start) / 3600
    lines = [
        "# When one machine is enough, and how it goes on beyond",
        "",
        f"Written by `python benchmarks/scale.py`: {os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}. Processor time; the machine did other work too.",
        "",
        "## Whatever comes",
        "",
        "A block has at most 4 MB and 100,000 lines, and blocks in work follow `--memory` (500 MB unless told): 200 for the program, "
        "80 for each block, so `--jobs` is kept to 3 there, on however many processors. Beside the blocks, each row is kept to the end by "
        "whose it is, so that two rows of one business are found.",
        "",
        "| input | MB | CPU s | peak MB |",
        "|---|---:|---:|---:|",
        *shapes,
        f"| {found.rows:,} plain rows, `--columns summary` | {found.bytes_in / 1e6:,.1f} | {found.whole.cpu:.1f} | {found.whole.megabytes:.0f} |",
        "",
        f"Input without an end (`yes x,y`) was over {died[0]:.1f} s after SIGTERM, with exit code {died[1]}. Under `ulimit -v` a run of arrays "
        "wants 2 GB of addresses, most of them never used; with fewer it ends in a sentence and exit code 2.",
        "",
        f"## {plan:,} companies",
        "",
        f"Measured on {found.rows:,} rows of {found.bytes_in / found.rows:.0f} bytes with `--columns summary`, and worked out from that:",
        "",
        "| | one machine | ranges |",
        "|---|---:|---:|",
        f"| tasks | 1 | {tasks:,} of {TASK >> 20} MB |",
        f"| GB in | {size / 1e9:.1f} | {size / 1e9:.1f} |",
        f"| GB out | {written / 1e9:.1f} | {written / 1e9:.1f} |",
        f"| core-hours | {hours:.2f} | {spread:.2f} |",
        f"| start of each task, CPU s | {start:.1f} | {start:.1f} |",
        f"| a row, CPU µs | {a_row * 1e6:.1f} | {a_row * beside * 1e6:.1f} |",
        f"| memory of a task, GB | {(found.few.megabytes + kept * plan / 1e6) / 1e3:.1f} | {found.range.megabytes / 1e3:.1f} |",
        "",
        "Core-hours by the price of one are the cost. One machine is enough while its memory and the hours are: the memory is that of rows "
        "kept to the end. (Memory of the whole is the measured growth, drawn on in a straight line; memory of a range was measured at "
        f"{found.range_bytes / 1e6:.0f} MB.)",
        "",
        "## Ranges",
        "",
        "`taxcalc.batch_range(path, start, end, out)` assesses the lines that begin in a range of bytes. Any scheduler can hand it out:",
        "",
        "```python",
        "from taxcalc import batch_range",
        "",
        'first = batch_range("all.csv", 0, 256 << 20, "part-0.csv", rejects="bad-0.csv")',
        'batch_range("all.csv", 256 << 20, 512 << 20, "part-1.csv", rejects="bad-1.csv", row=first.next_row, pinned=first.pinned)',
        "```",
        "",
        "* **Joined** in their order (`cat`), outputs and rejects are those of `taxcalc batch`; the range from 0 on has the heading.",
        "* **Again**: an output is there whole or not at all, and a range that failed is run again; nothing else is kept.",
        "* **Pinned**: with `pinned` of another range nothing is assessed if program, law, day, options, heading or file differ.",
        "* **Rows** of rejects are those of the file: `row` is `next_row` of the range before; without it the lines before are counted.",
        "* **Refused**, in a sentence: cells with line breaks, stray quotes, UTF-16, lines that end in a carriage return, what is no CSV; and "
        "letters beyond ASCII where the first 4 MB have none and no encoding is told.",
        "* **Not known to a range**: that a business has rows elsewhere. No row is noted for that, in the same range neither, remarks on the "
        "table as a whole are not made (totals against sums, units, two rows of one period), and there is no `--summary`. Where these are "
        "wanted, put the rows of a business into one file, and use `taxcalc batch`.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--rows", 4_000_000), ("--sheet", 200_000), ("--plan", 60_000_000)):
        parser.add_argument(name, type=int, default=default)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shapes = hostile(Path(folder), told.sheet)
        PAGE.write_text(page(shapes, endless(6), rates(Path(folder), told.rows), told.plan), encoding="utf-8")


if __name__ == "__main__":
    main()
