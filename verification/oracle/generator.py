"""Made-up businesses that lean on every threshold of the law: on it, a fen below it and a fen above it.

Each business is a dict of stated facts as text, and says nothing twice. The same seed gives the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import fen
from .chance import Chance
from .firm import STATES, Firm, in_catalogue
from .generator_fees import fees, measured
from .generator_gaps import gaps
from .generator_income import income
from .generator_sales import turnover
from .generator_small import small_taxes
from .registration import BEFORE, SMALL_SCALE_LIMIT, kinds

KINDS = ("enterprise",) * 6 + ("individual_business",) * 4 + ("sole_proprietorship", "partnership")
SPANS = ("quarter", "month", "year", *["quarters"] * 4, *["months"] * 2)
SUFFIXES = {
    "quarters": [f"_q{q}" for q in range(1, 5)],
    "months": [f"_m{m:02}" for m in range(1, 13)],
}
FORGOTTEN = (
    *("revenue", "output_vat", "input_vat", "service_kind"),
    *("taxable_income", "rd_expensed", "employees", "assets", "high_tech"),
    *("western_region", "encouraged_income_share", "total_income", "small_low_profit_status"),
    *("small_or_micro", "stamp_tax_due", "property_tax_due", "resource_tax_due"),
    *("exempt_service", "exempt_service_sales", "hubei"),
    *("inspection_half", "equipment_loan_eligible", "equipment_loan_from", "local_bank"),
)
"""Facts that a levy or a relief waits for."""


def year(chance: Chance) -> int:
    """Any year of the law, that of the notice and the two after it more often where its measures are wished for."""
    if "measures" in chance.wishes and chance.maybe(0.5):
        return chance.pick((2023, 2023, 2023, 2024, 2025))
    return 2019 + chance.below(9)


def span(chance: Chance, facts: dict[str, str]) -> tuple[int, list[str]]:
    """Which year or part of it is assessed, and in what parts its series are stated: months and suffix of each."""
    form = chance.form(SPANS)
    filing = "monthly" if form == "month" or chance.has(0.4) else "quarterly"
    facts["filing"] = filing
    quarter = chance.form(range(1, 5)) if form == "quarter" else 0
    when = year(chance)
    if form == "quarter":
        facts["period"] = f"{when}Q{quarter}"
        return 3, [""]
    if form == "month":
        facts["period"] = f"{when}-{chance.form(range(1, 13)):02}"
        return 1, [""]
    facts["year"] = str(when)
    if form == "year":
        return 12, [""]
    return 1 if form == "months" else 3, SUFFIXES[form]


def leave_to_assumption(chance: Chance, facts: dict[str, str]) -> None:
    """Now and then say nothing of what the catalogue then assumes: the usual filing period, small-scale sales."""
    usual = "monthly" if facts["vat_payer"] == "general" else "quarterly"
    plain = "amounts_include_vat" not in facts
    if facts["filing"] == usual and chance.has(0.3):
        del facts["filing"]
    elif facts["vat_payer"] == "small_scale" and plain and "year" in facts and chance.has(0.25):
        del facts["vat_payer"]
        sold_once(chance, facts)
        if chance.maybe(0.4):
            sold_before(chance, facts)


def in_other_words(chance: Chance, facts: dict[str, str], suffixes: list[str]) -> None:
    """Now and then what a business is all year is said part by part, or by the month from which it is a general payer."""
    stated = "filing" in facts and "vat_payer" in facts and "small taxes" not in chance.wishes
    if stated and len(suffixes) > 1 and chance.has(0.3):
        for name in [name for name in STATES if name in facts]:
            said = facts.pop(name)
            facts |= {f"{name}{suffix}": said for suffix in suffixes}
    elif stated and chance.has(0.2):
        when = Firm(facts)
        first = chance.pick((f"{when.year}-{when.first:02}", f"{when.year - 1}-12"))
        later = chance.pick(
            (f"{when.year}-{when.last + 1:02}" if when.last < 12 else f"{when.year + 1}-01", f"{when.year + 2}-07")
        )
        facts["general_from"] = first if facts.pop("vat_payer") == "general" else later


def sold_once(chance: Chance, facts: dict[str, str]) -> None:
    """Of sales that tell the kind of payer, how much was no usual business: it must be told where real estate was sold.

    From 2026 so much that the limit is not passed, for what follows from that within a year is not known here.
    """
    sold = [name for name in facts if in_catalogue(name) == "revenue"]
    for name in sold:
        whole = fen.read(facts[name])
        over = min(max(whole - SMALL_SCALE_LIMIT // len(sold), 0), whole)
        part = chance.pick(
            (whole, over, over) if facts["year"] >= "2026" else (0, whole, over, min(chance.near(over), whole))
        )
        facts[name.replace("revenue", "one_off_sales")] = fen.show(part)


def sold_before(chance: Chance, facts: dict[str, str]) -> None:
    """The sales of the year before, by quarter or month: often so that twelve months in a row are at the limit.

    Now and then part of it is missing. They are left out where they would make the business another kind of payer inside
    of the year, or of no kind that can be told.
    """
    by_month = chance.maybe(0.4)
    parts = [f"_m{m:02}" for m in range(1, 13)] if by_month else [f"_q{q}" for q in range(1, 5)]
    firm = Firm(facts)
    here = [sales - once for sales, once in zip(firm.series("revenue") or [0], firm.each("one_off_sales"), strict=True)]
    amounts = [chance.below(SMALL_SCALE_LIMIT // len(parts)) for _ in parts]
    first = chance.below(len(parts))
    others = sum(amounts[first + 1 :]) + sum(here[: first * len(here) // len(parts)])
    if others < SMALL_SCALE_LIMIT and chance.maybe(0.7):
        amounts[first] = chance.near(SMALL_SCALE_LIMIT - others)
    told = {f"{BEFORE}{part}": fen.show(amount) for part, amount in zip(parts, amounts, strict=True)}
    if chance.maybe(0.1):
        told = {BEFORE: fen.show(sum(amounts))}
    elif chance.maybe(0.2):
        del told[chance.pick([*told])]
    found = kinds(Firm(facts | told))
    if None not in found and len(set(found)) == 1:
        facts |= told


def forget(chance: Chance, facts: dict[str, str]) -> None:
    """In some tables each business leaves out some of what matters, so that a part of its answer is not known."""
    if not chance.has(0.2, "gaps"):
        return
    share = chance.pick((0.1, 0.1, 0.6))
    for name in FORGOTTEN:
        if chance.maybe(share) and (name != "revenue" or "vat_payer" in facts):
            for part in [each for each in facts if in_catalogue(each) == name]:
                del facts[part]


def business(chance: Chance) -> dict[str, str]:
    """One business, all its facts plain text."""
    facts: dict[str, str] = {}
    months, suffixes = span(chance, facts)
    facts["taxpayer"] = kind = chance.form(KINDS)
    if chance.has(0.8):
        facts["place"] = chance.pick(("city", "county", "other"))
    turnover(chance, facts, months, suffixes)
    bare = "bare" in chance.wishes  # nothing but VAT, its surcharges and the income tax
    if not bare and chance.has(0.5, "small taxes"):
        small_taxes(chance, facts)
    leave_to_assumption(chance, facts)
    if facts.get("vat_payer") == "general" and kind == "enterprise":
        facts["small_low_profit_status"] = chance.pick(("yes", "no"))
    in_other_words(chance, facts, suffixes)
    income(chance, facts, kind)
    if not bare:
        fees(chance, facts, months, suffixes)
        measured(chance, facts)
    gaps(chance, facts)
    forget(chance, facts)
    return facts


def businesses(seed: str, rows: int, wishes: Iterable[object] = ()) -> Iterator[dict[str, str]]:
    """So many businesses that state the same facts, what is wished for among them."""
    chance = Chance(seed, wishes)
    for _ in range(rows):
        chance.again()
        yield business(chance)


def command(facts: dict[str, str]) -> str:
    """The same business as a command that anyone can run."""
    return "taxcalc assess " + " ".join(f"--set {name}={value}" for name, value in facts.items())
