"""Compares the program with the oracle on any number of made-up businesses, to the fen.

    python tests/crosscheck.py [ROWS] [--seed 1] [--jobs 2] [--exact 0.002] [--page docs/crosscheck.md]

Every row goes through the column engine, a share of them through the exact evaluator too. Fails if one figure
differs, or if a relief in force was never compared at more than nought.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from oracle import assess
from oracle.compare import Difference, batch, catalogue, of_one, of_row
from oracle.generator import businesses, command
from oracle.measures import NOT_COMPARED
from oracle.outcome import IN_FORCE, RELIEFS

BLOCK, SHAPES = 5000, 80
"""Most rows of a table, which all state the same facts; and how many tables there are at the least."""
SHOWN = 20
"""Disagreements that are printed in full."""


@dataclass
class Tally:
    """What was compared."""

    rows: int = 0
    exact: int = 0
    saved: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Rows in which a relief saved more than nought, by relief and year."""
    years: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    """Rows that state a fact, by its name in the catalogue."""
    wrong: list[tuple[dict[str, str], list[Difference]]] = field(default_factory=list)
    differing: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    """Disagreements by the figure they are about."""

    def add(self, other: Tally) -> None:
        """Another tally on top."""
        self.rows, self.exact = self.rows + other.rows, self.exact + other.exact
        self.saved += other.saved
        self.years += other.years
        self.kinds += other.kinds
        self.facts += other.facts
        self.differing += other.differing
        self.figures += other.figures
        self.wrong = (self.wrong + other.wrong)[:SHOWN]

    def differ(self, facts: dict[str, str], found: list[Difference]) -> None:
        """Note a business on which the two disagree."""
        if found:
            self.differing += 1
            self.figures.update(difference.what for difference in found)
            self.wrong = [*self.wrong, (facts, found)][:SHOWN]


def block(seed: str, rows: int, exact: float) -> Tally:
    """Compare one table."""
    tally = Tally()
    table = list(businesses(seed, rows))
    with tempfile.TemporaryDirectory() as folder:
        answers = batch(table, Path(folder))
    singly = round(len(table) * exact)
    for i, facts in enumerate(table):
        mine = assess(facts)
        row = answers[i]
        if "refused" in row:
            tally.differ(facts, [Difference("input", f"refused: {row['refused']}", "accepted")])
        else:
            tally.differ(facts, of_row(row, mine))
        if i < singly:
            tally.differ(facts, of_one(facts, mine))
            tally.exact += 1
        year = int(facts.get("year") or facts["period"][:4])
        tally.rows += 1
        tally.facts.update({name.partition("_q")[0].partition("_m0")[0].partition("_m1")[0] for name in facts})
        tally.years[year] += 1
        tally.kinds[f"{facts['taxpayer']}, {facts.get('vat_payer', 'by its sales')}"] += 1
        for relief, saving in mine.savings.items():
            if saving > 0:
                tally.saved[relief, year] += 1
    return tally


def never(tally: Tally, every_year: bool) -> list[str]:
    """Reliefs in force that were compared at nought alone: in any year, or in all of them together."""
    missing = []
    for relief in RELIEFS:
        years = IN_FORCE.get(relief, range(2019, 2028))
        if not any(tally.saved[relief, year] for year in years):
            missing.append(relief)
        elif every_year:
            missing += [f"{relief} in {year}" for year in years if not tally.saved[relief, year]]
    return missing


def run(rows: int, seed: int, jobs: int, exact: float) -> Tally:
    """Compare so many rows in tables of their own shape each, on several processors."""
    tally = Tally()
    size = min(BLOCK, -(-rows // SHAPES))
    sizes = [min(size, rows - start) for start in range(0, rows, size)]
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(block, f"{seed}.{i}", size, exact) for i, size in enumerate(sizes)]
        for number, done in enumerate(as_completed(waiting), 1):
            try:
                tally.add(done.result())
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
            if number % max(len(sizes) // 20, 1) == 0:
                print(f"{tally.rows:>10,} rows, {tally.differing} differ", file=sys.stderr, flush=True)
    return tally


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
    print(
        f"\nfacts stated by fewest rows: {', '.join(f'{n:,} {name}' for name, n in tally.facts.most_common()[:-6:-1])}"
    )
    unstated = [name for name in (fact["name"] for fact in catalogue()) if name not in tally.facts]
    print(f"facts of the catalogue that no row states: {', '.join(unstated) or 'none'}")
    for figure, number in tally.figures.most_common():
        print(f"{number:>9,} disagreements: {figure}")
    for facts, found in tally.wrong:
        print(f"\n{command(facts)}")
        for difference in found:
            print(f"    {difference.what}: program {difference.program}, oracle {difference.oracle}")


def page(tally: Tally, seconds: float) -> str:
    """The same for readers of the documentation."""
    lines = [
        "# The program beside a second calculator",
        "",
        "Written by `make crosscheck`. `tests/oracle` was written from the law alone and knows nothing of the program; "
        "made-up businesses that lean on every threshold are worked out by both, and every figure is compared to the fen. "
        "What ever differed, and who was right, is in `tests/oracle/FINDINGS.md`.",
        "",
        "| date | businesses | with the exact evaluator too | seconds | disagreements |",
        "|---|--:|--:|--:|--:|",
        f"| {date.today()} | {tally.rows:,} | {tally.exact:,} | {seconds:,.0f} | {tally.differing:,} |",
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
    parser.add_argument("--exact", type=float, default=0.002, help="share of rows to evaluate exactly as well")
    parser.add_argument("--page", type=Path, help="file to write what was compared to, as Markdown")
    options = parser.parse_args()
    start = time.monotonic()
    tally = run(options.rows, options.seed, options.jobs, options.exact)
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
