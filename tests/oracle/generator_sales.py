"""Made-up sales: of small-scale payers by kind, of general payers with output and input VAT."""

from __future__ import annotations

from random import Random

from . import fen
from .chance import edge, near, size
from .firm import Firm

MONTHLY = (100_000_00, 100_000_00, 150_000_00)
"""Fen of monthly limits of the VAT exemption and of the education surcharges."""
PARTS = (
    "special_invoice_sales",
    "special_invoice_sales_full_rate",
    "waived_reduction_sales",
    "five_percent_sales",
    "real_estate_sales",
)
DEDUCTIONS = {
    "differential_deduction": None,
    "five_percent_deduction": "five_percent_sales",
    "real_estate_deduction": "real_estate_sales",
}


def piece(rng: Random, whole: int) -> int:
    """A part of an amount: rarely all of it or a single fen."""
    draw = rng.random()
    return whole if draw < 0.1 else min(1, whole) if draw < 0.15 else rng.randrange(whole + 1)


def target(rng: Random, months: int, gross: bool) -> int:
    """Fen of one part of the sales: often at a limit, with VAT if need be at 1%, 3% or 5%."""
    draw = rng.random()
    if draw < 0.08:
        return 0
    if draw < 0.65:
        limit = rng.choice(MONTHLY) * months
        return near(rng, fen.percent(limit, 100 + rng.choice((1, 3, 5)))) if gross else near(rng, limit)
    return rng.randrange(200_000_00 * months) if draw < 0.85 else size(rng, 9)


SLACK = 100
"""Fen left to plain sales of a part that is cut into periods, where each kind is rounded by itself."""


def small_part(
    rng: Random, facts: dict[str, str], suffix: str, months: int, names: list[str], gross: bool, cut: bool
) -> None:
    """Sales of one part of the year: kinds inside of the whole, deductions on top of it."""
    whole = target(rng, months, gross)
    with_estate = rng.random() < 0.5
    left, off = max(whole - SLACK, 0) if cut else whole, 0
    whole = max(whole, SLACK) if cut else whole
    amounts: dict[str, int] = {}
    for name in names:
        if name in DEDUCTIONS:
            continue
        if name == "real_estate_sales" and with_estate:
            amounts[name] = edge(rng, (0, 1, 100_000_00 * months), 9)
        else:
            amounts[name] = piece(rng, left)
            left -= amounts[name]
    for name in names:
        if name in DEDUCTIONS:
            amounts[name] = piece(rng, whole) if rng.random() < 0.8 else 0
            off += amounts[name]
            kind = DEDUCTIONS[name]
            if kind is not None:
                amounts[kind] = amounts.get(kind, 0) + amounts[name]
    special = "five_percent_special_invoice_sales"
    if "five_percent_sales" in amounts and special in names:
        amounts[special] = piece(rng, amounts["five_percent_sales"] - amounts.get("five_percent_deduction", 0))
    extra = amounts.get("real_estate_sales", 0) - amounts.get("real_estate_deduction", 0) if with_estate else 0
    facts[f"revenue{suffix}"] = fen.show(whole + off + extra)
    for name in names:
        facts[f"{name}{suffix}"] = fen.show(amounts.get(name, 0))


def small_scale(rng: Random, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """A small-scale payer: which kinds of sales it has, and how much in each part of the year."""
    gross = rng.random() < 0.3
    if gross:
        facts["amounts_include_vat"] = "yes"
    names = [name for name in PARTS if rng.random() < 0.25]
    if "five_percent_sales" in names and rng.random() < 0.4:
        names.append("five_percent_special_invoice_sales")
    for name, kind in DEDUCTIONS.items():
        if (kind is None or kind in names) and rng.random() < 0.2:
            names.append(name)
    prepays = rng.random() < 0.2
    cut = months > Firm(facts).periods[0].months
    for suffix in suffixes:
        small_part(rng, facts, suffix, months, names, gross, cut)
        if prepays:
            facts[f"prepayment_sales{suffix}"] = fen.show(target(rng, months, gross))


def general(rng: Random, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """A general payer: sales at the education limit or large; output stated or to be computed; input below or above."""
    rate = rng.choice((13, 9, 6))
    gross = rng.random() < 0.2
    computed = Firm(facts).year > 2019 and (gross or rng.random() < 0.4)
    gross = gross and computed
    facts["vat_rate"] = f"{rate}%" if computed else ""
    if gross:
        facts["amounts_include_vat"] = "yes"
    if rng.random() < 0.4:
        facts["vat_credit"] = fen.show(size(rng, 8))
    for suffix in suffixes:
        limit = 100_000_00 * months
        sales = edge(rng, (fen.percent(limit, 100 + rate) if gross else limit,), 11)
        output = fen.part(sales, rate, 100)
        if not computed:
            facts[f"output_vat{suffix}"] = fen.show(output + rng.randrange(100))
        facts[f"revenue{suffix}"] = fen.show(sales)
        facts[f"input_vat{suffix}"] = fen.show(near(rng, output) if rng.random() < 0.1 else rng.randrange(output * 5 // 4 + 1))


def turnover(rng: Random, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """Everything about VAT, and the bases of the surcharges where they are stated."""
    if rng.random() < 0.65:
        facts["vat_payer"] = "small_scale"
        small_scale(rng, facts, months, suffixes)
    else:
        facts["vat_payer"] = "general"
        general(rng, facts, months, suffixes)
    if rng.random() < 0.12:
        for suffix in suffixes:
            facts[f"consumption_tax_paid{suffix}"] = fen.show(edge(rng, (0, 1), 8))
    if rng.random() < 0.12:
        cut = months > Firm(facts).periods[0].months
        for suffix in suffixes if rng.random() < 0.5 and not cut else [""]:
            facts[f"vat_paid{suffix}"] = fen.show(edge(rng, (0, 1), 8))
