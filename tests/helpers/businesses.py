"""Random tables of businesses that lean on every threshold of the law, for the tests of batches."""

from __future__ import annotations

import random
from typing import Any

from helpers.years import YEARS
from taxcalc import Assessment, InputError, assess
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.csv_line import as_line
from taxcalc.facts.catalogue import Catalogue, Fact
from taxcalc.firms.read.fast import find_cells
from taxcalc.firms.read.rows import Rows

CATALOGUE: Catalogue = catalogue_of(shipped_book())
EDGES = [0, 1, 3, 10_000_000, 15_000_000, 30_000_000, 45_000_000, 100_000_000, 200_000_000, 300_000_000]
EDGES += [500_000_000, 5_000_000_000]
LEFT_OUT = ("name", "id", "year", "period", "filing")


def amount(rng: random.Random, fact: Fact) -> str:
    """On a threshold, a fen beside one, or anywhere."""
    fen = (
        rng.choice(EDGES) + rng.choice((-1, 0, 0, 1)) if rng.random() < 0.5 else rng.randrange(10 ** rng.choice((5, 9)))
    )
    fen = min(max(fen, 0), int(fact.maximum))
    sign = "-" if fact.negative and rng.random() < 0.3 else ""
    return f"{sign}{fen // 100}.{fen % 100:02}"


def cell(rng: random.Random, fact: Fact) -> str:
    """A value of a fact as people write it."""
    match fact.type:
        case "money":
            return amount(rng, fact)
        case "average":
            return rng.choice(("0", "299.5", "300", "300.5", "301", "12", str(rng.randrange(500))))
        case "rate":
            return rng.choice(("0.6", "59.99%", "0.6001", "100%", "0.7", "0", "0.5", "0.4999", "1%", "1.5%", "0.5‰"))
        case "count":
            return str(
                min(rng.choice((0, 1, 12, 18, 23, 24, 30, 31, rng.randrange(1, 21))), int(fact.maximum))
                or (fact.minimum or 0)
            )
        case "month":  # within the year for a few: what stands before it is then refused
            return rng.choice(
                ("2015-03", "2018年12月", "2019-01-15", f"20{rng.randrange(19, 28)}-{rng.randrange(1, 13)}")
            )
        case "flag":
            return rng.choice(("yes", "no", "是", "否"))
    return rng.choice([name for key, (zh, _) in fact.options.items() for name in (key, zh)])


def table(rng: random.Random, rows: int) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: some columns are always filled, some have gaps; years and filing differ by row."""
    density, in_parts = rng.choice((0.1, 0.3, 0.6)), rng.choice((0, 0.3, 0.6))
    names: list[str] = []
    for fact in CATALOGUE:
        if fact.name in LEFT_OUT or rng.random() > max(density, 0.8 if fact.points else 0):
            continue
        quarters = [f"{fact.name}_q{q}" for q in range(1, 5)]
        if not (fact.series or fact.points) or rng.random() > in_parts:
            names.append(fact.name)
        elif fact.points and rng.random() < 0.5:
            names += [f"{quarter}_{end}" for quarter in quarters for end in ("open", "close")]
        else:
            names += quarters
        if rng.random() < in_parts / 8:
            names.append(fact.name)  # and the whole beside its parts
    names = list(dict.fromkeys(names)) or ["revenue"]
    full = {name for name in names if rng.random() < 0.5}
    years = [rng.choice(YEARS) for _ in range(rng.choice((1, 3)))]
    content = []
    for _ in range(rows):
        filing = rng.choice(("", "quarterly", "monthly"))
        period = f"{rng.choice(years)}Q{rng.randrange(1, 5)}" if rng.random() < 0.15 else ""
        row = ["" if period else str(rng.choice(years)), period, filing]
        for name in names:
            slot = CATALOGUE.find(name)
            assert slot is not None
            row.append(cell(rng, slot.fact) if name in full or rng.random() < 0.6 else "")
        content.append(row)
    return ["year", "period", "filing", *names], content


def blocks(headings: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """The same rows as lists of cells and as the places of cells in a text."""
    lines = [as_line(row) for row in rows]
    found = find_cells("".join(f"{line}\n" for line in lines).encode(), len(headings))
    assert found is not None
    assert not found[1]
    return {"rows": Rows(rows, list(range(len(rows))), lines), "grid": found[0]}


def some_assessment(seed: int) -> Assessment:
    """The assessment of some business; where its facts contradict each other, of as many of them as do not."""
    rng = random.Random(seed)
    headings, (row,) = table(rng, 1)
    facts = {name: cell for name, cell in zip(headings, row, strict=True) if cell}
    while True:
        try:
            return assess(facts)
        except InputError:
            left_out = rng.choice([name for name in facts if name not in ("year", "period", "filing")] or ["filing"])
            facts = {name: cell for name, cell in facts.items() if name != left_out}
