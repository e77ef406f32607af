"""Batches side by side in one run: this program, what others would use, and a copy with no rule at all.

    python benchmarks/batch.py [--rows 1000000] [--runs 3] [--rivals PYTHON] [--long]

Every program reads the same table and writes it with what it found: each tax without reliefs, what is saved
and what is to pay. They run in turn, round after round, so that a drift of the machine falls on all alike;
printed are medians of whole processes, with their peak memory, and written is benchmarks/RESULTS.md.
`--rivals` is a Python with benchmarks/rivals.lock installed; `--long` adds ten million rows.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TAXCALC = str(Path(sys.executable).with_name("taxcalc"))
TAXES = ("vat", "property", "land_use", "stamp", "income_tax")
OURS = {
    "vat": "Value-added tax: to pay",
    "property": "Property tax: to pay",
    "land_use": "Urban land use tax: to pay",
    "stamp": "Stamp duty: to pay",
}
INCOME = ("Corporate income tax: to pay", "Individual income tax (business): to pay")


class Run(NamedTuple):
    """One whole process."""

    seconds: float
    megabytes: float
    cpu: float = 0
    """Seconds of the processor, of all threads."""


def measure(command: Sequence[str], stdout: Path | None = None) -> Run:
    """Wall time and peak resident memory of a command."""
    with open(stdout or os.devnull, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    megabytes = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)
    return Run(seconds, megabytes, usage.ru_utime + usage.ru_stime)


def medians(commands: dict[str, list[str]], runs: int) -> dict[str, Run]:
    """Each command in turn, so many times over."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for round in range(runs):
        for name, command in commands.items():
            found[name].append(measure(command))
            print(f"  {round + 1}/{runs} {name}: {found[name][-1].seconds:.2f} s", file=sys.stderr)
    return {
        name: Run(
            statistics.median(r.seconds for r in each),
            max(r.megabytes for r in each),
            statistics.median(r.cpu for r in each),
        )
        for name, each in found.items()
    }


def generate(folder: Path, rows: int, *options: str) -> Path:
    """A table of businesses, made once."""
    path = folder / f"businesses-{rows}{''.join(options)}.csv".replace("/", "_")
    if not path.exists():
        subprocess.run(
            [sys.executable, str(HERE / "businesses.py"), str(rows), *options, "--output", str(path)], check=True
        )
    return path


def taxes(path: Path, ours: bool) -> Iterator[tuple[str, ...]]:
    """The five taxes to pay of every row, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if ours:
                income = row[INCOME[row["taxpayer"] == "individual_business"]]
                yield (*(row[OURS[tax]] for tax in TAXES[:4]), income)
            else:
                yield tuple(row[tax] for tax in TAXES)


def wrong_rows(exact: Path, other: Path, *, ours: bool = False) -> int:
    """Rows in which any of the five taxes differs from the exact one."""
    return sum(a != b for a, b in zip(taxes(exact, False), taxes(other, ours), strict=True))


def side_by_side(folder: Path, rows: int, runs: int, rivals: str) -> list[str]:
    """The main table."""
    table = generate(folder, rows)
    out = {name: folder / f"{name}.csv" for name in ("items", "summary", "openfisca", "pandas", "decimal", "integer")}
    rival = {
        "openfisca": "openfisca_rules.py",
        "pandas": "pandas_floats.py",
        "decimal": "decimal_rows.py",
        "integer": "integer_rows.py",
    }
    ours = {
        detail: [TAXCALC, "batch", str(table), "--lang", "en", "--columns", detail, "--output", str(out[detail])]
        for detail in ("items", "summary")
    }
    measure(ours["items"])  # the copy reads what this writes
    commands = dict(ours)
    commands["copy"] = [rivals, str(HERE / "rivals" / "polars_copy.py"), str(out["items"]), str(folder / "copy.csv")]
    commands |= {
        name: [rivals, str(HERE / "rivals" / script), str(table), str(out[name])] for name, script in rival.items()
    }
    found = medians(commands, runs)
    wrong = {name: wrong_rows(out["decimal"], out[name]) for name in rival}
    wrong["items"] = wrong_rows(out["decimal"], out["items"], ours=True)
    names = {
        "items": "**taxcalc batch**, all rules, reasons and needs",
        "summary": "taxcalc batch --columns summary",
        "copy": "no rule: Polars copies the first one's output",
        "openfisca": "OpenFisca-core, six core rules",
        "pandas": "pandas script, six core rules",
        "integer": "Python integers, six core rules",
        "decimal": "Python Decimal, six core rules",
    }
    lines = [
        f"{rows:,} businesses of 21 columns, {table.stat().st_size / 1e6:.0f} MB; medians of {runs} whole processes, in turn.",
        "",
        "| program | MB out | wall s | rows/s | peak MB | × taxcalc | rows wrong |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, label in names.items():
        run, size = found[name], (out.get(name) or folder / "copy.csv").stat().st_size
        shown = f"{wrong[name]:,}" if name in wrong else ""
        lines.append(
            f"| {label} | {size / 1e6:.0f} | {run.seconds:.2f} | {rows / run.seconds:,.0f} | {run.megabytes:.0f} "
            f"| {run.seconds / found['items'].seconds:.2f} | {shown} |"
        )
    lines += [
        "",
        f"taxcalc takes {found['items'].seconds / found['copy'].seconds:.2f} times as long as the copy, and "
        f"OpenFisca {found['openfisca'].seconds / found['items'].seconds:.1f} times as long as taxcalc "
        f"({found['openfisca'].seconds / found['summary'].seconds:.1f} times as long as its summary).",
        "",
        "Rows are wrong where one of five taxes to pay (VAT, property, land use, stamp, income) differs by a fen or "
        "more from the Decimal program. `items` writes 34 columns beside the input's 21, four of them text; the "
        "others write 15 amounts. taxcalc also checks every cell, works out surcharges and all other reliefs, "
        "and names what is missing.",
        "",
    ]
    return lines


def flat_memory(folder: Path, sizes: Sequence[int]) -> list[str]:
    """Peak memory as tables grow."""
    lines = ["| rows | wall s | rows/s | peak MB |", "|---:|---:|---:|---:|"]
    for rows in sizes:
        table = generate(folder, rows)
        run = measure([TAXCALC, "batch", str(table), "--output", str(folder / "items.csv")])
        lines.append(f"| {rows:,} | {run.seconds:.2f} | {rows / run.seconds:,.0f} | {run.megabytes:.0f} |")
        if rows > 1_000_000:
            table.unlink()
    return [*lines, ""]


def hard_cases(folder: Path, rows: int, runs: int) -> list[str]:
    """Bad cells and another encoding."""
    cases = {"as it is": (), "0.1% of rows bad": ("--bad", "0.001"), "5% of rows bad": ("--bad", "0.05")}
    cases |= {"GB18030": ("--encoding", "gb18030")}
    commands = {}
    for name, options in cases.items():
        target = ["--output", str(folder / "items.csv"), "--rejects", str(folder / "bad.csv")]
        commands[name] = [TAXCALC, "batch", str(generate(folder, rows, *options)), *target]
    found = medians(commands, runs)
    lines = ["| input | wall s | rows/s | peak MB |", "|---|---:|---:|---:|"]
    lines += [f"| {n} | {r.seconds:.2f} | {rows / r.seconds:,.0f} | {r.megabytes:.0f} |" for n, r in found.items()]
    return [*lines, ""]


def small_files(folder: Path, runs: int) -> list[str]:
    """Small tables, by plain lists and by arrays: the sizes at which the program changes over."""
    patched = "import sys, taxcalc.firms.run as run; run.BREAK_EVEN = {}; sys.argv[0] = 'taxcalc'; from taxcalc.cli import main; main()"
    commands = {"bare Python": [sys.executable, "-c", "pass"]}
    sizes = (1, 300, 2_000, 6_000, 20_000)
    for rows in sizes:
        for name, limit in (("lists", 10**9), ("arrays", 0)):
            table = str(generate(folder, rows))
            commands[f"{name} {rows}"] = [sys.executable, "-c", patched.format(limit), "batch", table, "--lang", "en"]
    found = medians(commands, runs)
    lines = [
        f"Bare Python takes {found['bare Python'].seconds * 1000:.0f} ms.",
        "",
        "| rows | lists ms | arrays ms | lists MB | arrays MB |",
        "|---:|---:|---:|---:|---:|",
    ]
    for rows in sizes:
        one, other = found[f"lists {rows}"], found[f"arrays {rows}"]
        times = f"{one.seconds * 1000:.0f} | {other.seconds * 1000:.0f}"
        lines.append(f"| {rows:,} | {times} | {one.megabytes:.0f} | {other.megabytes:.0f} |")
    return [*lines, ""]


def pages(folder: Path, sizes: Sequence[int]) -> list[str]:
    """A page for each client, one exact assessment each, in one process."""
    lines = ["| pages | wall s | pages/s | peak MB |", "|---:|---:|---:|---:|"]
    for rows in sizes:
        target = str(folder / f"pages-{rows}")
        run = measure([TAXCALC, "batch", str(generate(folder, rows, "--years", "2023-2026")), "--reports", target])
        lines.append(f"| {rows:,} | {run.seconds:.1f} | {rows / run.seconds:,.0f} | {run.megabytes:.0f} |")
    return [*lines, ""]


def grouped(text: str) -> str:
    """1234.50 as accountants type it: 1,234.50."""
    whole, _, part = text.partition(".")
    return f"{int(whole):,}.{part}" if whole.isdecimal() else text


def rewritten(folder: Path, table: Path, name: str, change: Callable[[int, list[str]], list[str]]) -> Path:
    """The same table with each row changed, the heading as row 0."""
    path = folder / f"{name}.csv"
    with table.open(encoding="utf-8", newline="") as old, path.open("w", encoding="utf-8", newline="") as new:
        csv.writer(new, lineterminator="\n").writerows(change(at, row) for at, row in enumerate(csv.reader(old)))
    return path


def where_people_wait(folder: Path, runs: int) -> list[str]:
    """What takes longer than it should, each beside what it is held against, by the processor's time."""
    many, some, few = (generate(folder, rows) for rows in (100_000, 20_000, 300))
    amounts = {*range(6, 14), 15, *range(18, 21)}

    def commas(at: int, row: list[str]) -> list[str]:
        return [grouped(cell) if at and place in amounts else cell for place, cell in enumerate(row)]

    def wide(at: int, row: list[str]) -> list[str]:
        return [*row, *(f"其他{n}" if not at else f"v{at * n % 977}" if n % 3 else "" for n in range(200))]

    astray = folder / "astray.csv"
    with many.open(encoding="utf-8") as old, astray.open("w", encoding="utf-8") as new:
        new.writelines(line.replace(",", '"x,', 1) if at % 20_000 == 10_000 else line for at, line in enumerate(old))
    wide_rows = rewritten(folder, generate(folder, 30_000), "wide", wide)
    years = generate(folder, 100_000, "--years", "2019-2027")
    commands = {
        "20,000 rows as CSV": (some, "csv", ""),
        "20,000 rows as XLSX": (some, "xlsx", "20,000 rows as CSV"),
        "100,000 rows": (many, "csv", ""),
        "amounts as 1,234.50": (rewritten(folder, many, "commas", commas), "csv", "100,000 rows"),
        "five stray quotes": (astray, "csv", "100,000 rows"),
        "nine years": (years, "csv", "100,000 rows"),
        "as Parquet": (many, "parquet", "100,000 rows"),
        "30,000 rows with 200 unknown columns": (wide_rows, "csv", "100,000 rows"),
        "300 rows": (few, "csv", "minimal Typer"),
    }
    minimal = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()"
    found = medians(
        {"minimal Typer": [sys.executable, "-c", minimal]}
        | {
            name: [TAXCALC, "batch", str(table), "-o", str(folder / f"out.{to}")]
            for name, (table, to, _) in commands.items()
        },
        runs,
    )
    lines = ["| what | CPU s | wall s | peak MB | × CPU of |", "|---|---:|---:|---:|---|"]
    for name, (table, _, against) in commands.items():
        run, ratio = found[name], ""
        if against:
            size = table.stat().st_size / many.stat().st_size if "unknown" in name else 1
            ratio = f"{run.cpu / found[against].cpu / size:.2f} × {against}{', by bytes' if size != 1 else ''}"
        lines.append(f"| {name} | {run.cpu:.2f} | {run.seconds:.2f} | {run.megabytes:.0f} | {ratio} |")
    return [*lines, ""]


def main() -> None:
    """Measure, print, and write RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rivals", default=sys.executable)
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    from importlib.metadata import version

    about = ", ".join(f"{name} {version(name)}" for name in ("numpy", "polars"))
    report = [
        "# Batches, measured",
        "",
        f"Written by `make bench` on {time.strftime('%Y-%m-%d')}: {os.cpu_count()} processors, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}, {about}.",
        "",
        "## Side by side",
        "",
    ]
    with tempfile.TemporaryDirectory(prefix="taxcalc-bench-") as name:
        folder = Path(name)
        report += side_by_side(folder, options.rows, options.runs, options.rivals)
        report += ["## Memory", "", *flat_memory(folder, (100_000, options.rows))]
        if options.long:
            report[-1:] = flat_memory(folder, (10 * options.rows,))[2:]
        report += ["## Bad cells and encodings", "", *hard_cases(folder, options.rows, options.runs)]
        report += ["## Where people wait", "", *where_people_wait(folder, options.runs)]
        report += ["## Small tables", "", *small_files(folder, 2 * options.runs + 1)]
        report += ["## Pages for clients", "", *pages(folder, (300, 3_000))]
    text = "\n".join(report)
    print(text)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
