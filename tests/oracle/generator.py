"""Made-up businesses that lean on every threshold of the law: on it, a fen below it and a fen above it.

Each business is a dict of stated facts as text, and says nothing twice. The same seed gives the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from .generator_income import income
from .generator_sales import turnover
from .generator_small import small_taxes

KINDS = ("enterprise",) * 6 + ("individual_business",) * 4 + ("sole_proprietorship", "partnership")
QUARTERS = tuple(f"q{q}" for q in range(1, 5))
MONTHS = tuple(f"m{m:02}" for m in range(1, 13))


def span(rng: Random, facts: dict[str, str]) -> tuple[list[int], list[str]]:
    """Which year or part of it, and in what parts its series are stated.

    Returns the months of the limits that a part is likely to meet (3 for a quarter), and the suffix of each part.
    """
    year = rng.randrange(2019, 2028)
    draw = rng.random()
    facts["filing"] = filing = "monthly" if rng.random() < 0.4 or year == 2020 else "quarterly"
    months = 1 if filing == "monthly" else 3
    if draw < 0.08:
        facts["period"] = f"{year}Q{rng.randrange(1, 5)}"
        return [3 if filing == "quarterly" else 1], [""]
    if draw < 0.14:
        facts["period"], facts["filing"] = f"{year}-{rng.randrange(1, 13):02}", "monthly"
        return [1], [""]
    facts["year"] = str(year)
    if draw < 0.26:
        return [12], [""]
    if filing == "monthly" and draw < 0.7:
        return [months], [f"_{month}" for month in MONTHS]
    return [3], [f"_{quarter}" for quarter in QUARTERS]


def business(rng: Random) -> dict[str, str]:
    """One business, all its facts plain text."""
    facts: dict[str, str] = {}
    (months, *_), suffixes = span(rng, facts)
    facts["taxpayer"] = kind = rng.choice(KINDS)
    facts["place"] = rng.choice(("city", "county", "other"))
    if rng.random() < 0.3:
        del facts["place"]
    turnover(rng, facts, months, suffixes)
    if rng.random() < 0.5:
        small_taxes(rng, facts)
    if facts["vat_payer"] == "general" and kind == "enterprise":
        facts["small_low_profit_status"] = rng.choice(("yes", "no"))
    if kind in ("enterprise", "individual_business"):
        income(rng, facts, kind)
    return {name: value for name, value in facts.items() if value}


def businesses(seed: str, rows: int) -> Iterator[dict[str, str]]:
    """So many businesses of a seed."""
    rng = Random(seed)
    for _ in range(rows):
        yield business(rng)


def command(facts: dict[str, str]) -> str:
    """The same business as a command that anyone can run."""
    return "taxcalc assess " + " ".join(f"--set {name}={value}" for name, value in facts.items())

