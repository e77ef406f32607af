"""Compares the program with the oracle on any number of made-up businesses, to the fen.

    python -m verification.crosscheck [ROWS] [--seed 1] [--jobs 2] [--exact 0.005] [--minutes 15] [--page docs/crosscheck.md]

Every row goes through the column engine, a share of them through the exact evaluator too. Fails if one figure
differs, or if a relief in force was never compared at more than nought.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from pathlib import Path

from verification.oracle import assess
from verification.oracle.columns import batch
from verification.oracle.compare import Difference, catalogue, of_one, of_row
from verification.oracle.generator import businesses, command
from verification.oracle.measures import NOT_COMPARED
from verification.oracle.outcome import RELIEFS, worths
from verification.oracle.plan import Table, tables
from verification.oracle.tally import SHOWN, Tally, never

TOLD_EVERY = 10.0
"""Seconds between two words on how far a run is."""


def block(table: Table, exact: float) -> Tally:
    """Compare one table; of a share of its rows what each relief is worth too, with both evaluators."""
    tally = Tally()
    firms = list(businesses(*table))
    mine = [assess(facts) for facts in firms]
    with tempfile.TemporaryDirectory() as folder:
        answers = batch(firms, Path(folder))
    found: dict[int, list[Difference]] = {}
    for i, why in answers.refused.items():
        found[i] = [Difference("input", f"refused: {why}", "accepted")]
    for i in answers.differing(mine):
        found[i] = of_row(answers.row(i), mine[i]) or [Difference("row", "written otherwise", "the same figures")]
    for i in range(math.ceil(len(firms) * exact)):
        worth = worths(firms[i])
        if i not in found:
            found[i] = of_row(answers.row(i), mine[i], worth)
        found[i] += of_one(firms[i], mine[i], worth)
        tally.exact += 1
    for i, facts in enumerate(firms):
        tally.count(facts, mine[i])
        tally.differ(facts, found.get(i, []))
    return tally


def run(rows: int, seed: int, jobs: int, exact: float, minutes: float = math.inf) -> Tally:
    """Compare so many rows in tables of their own shape each, on several processors, or what the time allows."""
    tally = Tally()
    start = told = time.monotonic()
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(block, table, exact) for table in tables(rows, seed)]
        for number, done in enumerate(as_completed(waiting), 1):
            if done.cancelled():
                continue
            try:
                new = done.result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
            disagreements(new, SHOWN - len(tally.wrong))
            tally.add(new)
            now = time.monotonic()
            if now - start >= 60 * minutes:
                for one in waiting:
                    one.cancel()
            if now - told >= TOLD_EVERY or number == len(waiting):
                told = now
                print(
                    f"{now - start:>6,.0f} s: {number} of {len(waiting)} tables, {tally.rows:,} rows, "
                    f"{tally.rows / (now - start):,.0f} a second, {tally.differing} differ",
                    file=sys.stderr,
                    flush=True,
                )
    return tally


def disagreements(tally: Tally, most: int) -> None:
    """Print the businesses on which the two disagree, with both answers."""
    for facts, found in tally.wrong[:most]:
        print(f"\n{command(facts)}")
        for difference in found:
            print(f"    {difference.what}: program {difference.program}, oracle {difference.oracle}", flush=True)


def report(tally: Tally, seconds: float) -> None:
    """Print everything a reader needs to judge what was compared."""
    print(f"{tally.rows:,} businesses compared with the column engine, {tally.exact:,} with the exact one too")
    print(f"in {seconds:,.0f} s; {tally.differing:,} disagree")
    print("\nyear   " + "".join(f"{year:>9}" for year in sorted(tally.years)) + "      all")
    print("rows   " + "".join(f"{tally.years[year]:>9,}" for year in sorted(tally.years)) + f"{tally.rows:>9,}")
    for kind, number in sorted(tally.kinds.items()):
        print(f"  {number:>9,}  {kind}")
    print("\nrows in which a relief saved more than nought")
    for relief in RELIEFS:
        by_year = [tally.saved[relief, year] for year in sorted(tally.years)]
        print(f"{relief:<30}" + "".join(f"{number:>8,}" for number in by_year) + f"{sum(by_year):>10,}")
    print("\nrows in which nothing is known of a relief, or a levy is lacking")
    for what, number in sorted(tally.unknown.items()):
        print(f"{what:<30}{number:>10,}")
    print(
        f"\nfacts stated by fewest rows: {', '.join(f'{n:,} {name}' for name, n in tally.facts.most_common()[:-6:-1])}"
    )
    unstated = [name for name in (fact["name"] for fact in catalogue()) if name not in tally.facts]
    print(f"facts of the catalogue that no row states: {', '.join(unstated) or 'none'}")
    for figure, number in tally.figures.most_common():
        print(f"{number:>9,} disagreements: {figure}")


def page(tally: Tally, seconds: float) -> str:
    """The same for readers of the documentation."""
    lines = [
        "# The program beside a second calculator",
        "",
        "Written by `make crosscheck`. `verification/oracle` was written from the law alone and knows nothing of the program; "
        "made-up businesses that lean on every threshold are worked out by both, and every figure is compared to the fen. "
        "What ever differed, and who was right, is in `verification/oracle/FINDINGS.md`.",
        "",
        "| date | businesses | with the exact evaluator too | seconds | disagreements |",
        "|---|--:|--:|--:|--:|",
        f"| {date.today()} | {tally.rows:,} | {tally.exact:,} | {seconds:,.0f} | {tally.differing:,} |",
        "",
        "Where the exact evaluator is compared, so is what giving up each relief alone would cost, in both engines. Years and kinds of taxpayers:",
        "",
        "| year | businesses |",
        "|---|--:|",
        *(f"| {year} | {number:,} |" for year, number in sorted(tally.years.items())),
        "",
        "| taxpayer, VAT payer | businesses |",
        "|---|--:|",
        *(f"| {kind.replace('_', ' ')} | {number:,} |" for kind, number in sorted(tally.kinds.items())),
        "",
        "Businesses in which a relief saved more than nought, and the years among them:",
        "",
        "| relief | businesses | years |",
        "|---|--:|---|",
    ]
    for relief in RELIEFS:
        by_year = {year: tally.saved[relief, year] for year in sorted(tally.years) if tally.saved[relief, year]}
        span = f"{min(by_year)} to {max(by_year)}" if len(by_year) > 1 else "".join(map(str, by_year))
        lines.append(f"| `{relief}` | {sum(by_year.values()):,} | {span} |")
    lines += ["", "Not compared:", "", *(f"* `{relief}`: {reason}" for relief, reason in NOT_COMPARED.items())]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Read the options, compare, say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--exact", type=float, default=0.005, help="share of rows to evaluate exactly as well")
    parser.add_argument("--page", type=Path, help="file to write what was compared to, as Markdown")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no table after so many minutes")
    options = parser.parse_args()
    start = time.monotonic()
    tally = run(options.rows, options.seed, options.jobs, options.exact, options.minutes)
    seconds = time.monotonic() - start
    report(tally, seconds)
    if options.page:
        options.page.write_text(page(tally, seconds), encoding="utf-8")
    missing = never(tally, every_year=tally.rows >= 500_000)
    if missing:
        print("\ncompared at nought alone: " + ", ".join(missing))
    return 1 if tally.differing or missing else 0


if __name__ == "__main__":
    sys.exit(main())
