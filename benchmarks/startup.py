"""Whole-process times of one assessment, beside bare Python and minimal Typer programs, in one run.

    python benchmarks/startup.py [runs]

Each command runs in turn, round after round, so that a drift of the machine falls on all alike; printed are
the medians and the ratio of medians to the program it is compared with.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FACTS = "--year 2023 --revenue 1_200_000 --taxable-income 3_440_000 --rd-expensed 1_000_000 --employees 80 --assets 20_000_000"
ASSESS = [str(Path(sys.executable).with_name("taxcalc")), "assess", *FACTS.split(), "--lang", "en"]

MINIMAL = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "x") -> None:
    print(name)
app()
"""

# The same two tables, with the same amounts through Babel, and nothing to compute.
MINIMAL_TABLE = """
import typer
app = typer.Typer()
ROWS = {rows!r}
@app.command()
def main(name: str = "x") -> None:
    from decimal import Decimal
    from babel.numbers import format_decimal
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text
    console = Console(highlight=False)
    for head, rows in ROWS:
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for i, title in enumerate(head):
            table.add_column(title, justify="right" if i else "left", no_wrap=bool(i))
        for label, *amounts in rows:
            cells = [format_decimal(Decimal(a), format="#,##0.00", locale="en") for a in amounts]
            table.add_row(label, *(Text(cell, style="bold green") for cell in cells))
        console.print(table)
app()
"""


def table_rows() -> list[object]:
    """Labels and amounts of the two tables that the report prints."""
    done = subprocess.run([*ASSESS, "--format", "json"], capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    items = [
        [item["label"], item["before"], item["saving"], item["after"], item["worth"]]
        for item in result["items"]
        if item["saving"] not in (None, "0.00")
    ]
    levies = [
        [levy["label"], levy["baseline"], levy["saving"], levy["payable"]]
        for levy in result["levies"].values()
        if levy["status"] == "calculated"
    ]
    return [
        [["relief", "before", "saving", "after", "worth"], items],
        [["levy", "without reliefs", "saving", "to pay"], levies],
    ]


def main() -> None:
    """Time, and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        minimal, with_table = Path(folder, "minimal.py"), Path(folder, "with_table.py")
        minimal.write_text(MINIMAL, encoding="utf-8")
        with_table.write_text(MINIMAL_TABLE.format(rows=table_rows()), encoding="utf-8")
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "minimal Typer": [sys.executable, str(minimal)],
            "assess --format json": [*ASSESS, "--format", "json"],
            "minimal Typer, Rich and Babel": [sys.executable, str(with_table)],
            "assess (table)": ASSESS,
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for round_ in range(runs + 2):  # two rounds warm the caches and are not counted
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
                if round_ >= 2:
                    times[name].append(time.perf_counter() - start)
    against = {"assess --format json": "minimal Typer", "assess (table)": "minimal Typer, Rich and Babel"}
    print(f"{'':32}{'median':>9}{'min':>9}   ratio of medians ({runs} rounds)")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        other = against.get(name)
        ratio = f"{median / statistics.median(times[other]):.2f} × {other}" if other else ""
        print(f"{name:32}{median * 1000:>6.0f} ms{min(seconds) * 1000:>6.0f} ms   {ratio}")


if __name__ == "__main__":
    main()
