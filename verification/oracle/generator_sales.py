"""Made-up sales: of small-scale payers by kind, of general payers with output and input VAT."""

from __future__ import annotations

from . import addon, fen
from .chance import Chance
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
FIVE_SPECIAL = "five_percent_special_invoice_sales"
LET = "real_estate_rent_sales"
"""Of them the real estate that is let: what the rest of them are matters from 2026."""
DEDUCTIONS = {
    "differential_deduction": "revenue",
    "five_percent_deduction": "five_percent_sales",
    "real_estate_deduction": "real_estate_sales",
}
"""Each with the sales that it comes off."""

SERVED = "exempt_service_sales"
PAYERS = ("small_scale",) * 2 + ("general",)


def target(chance: Chance, months: int, gross: bool) -> int:
    """Fen of one part of the sales: often at a limit, with VAT if need be at 1%, 3% or 5%."""
    draw = chance.value.random()
    if draw < 0.08:
        return 0
    if draw < 0.65:
        limit = chance.pick(MONTHLY) * months
        return chance.near(fen.percent(limit, 100 + chance.pick((1, 3, 5))) if gross else limit)
    return chance.below(200_000_00 * months) if draw < 0.85 else chance.size(9)


def small_part(chance: Chance, names: list[str], months: int, gross: bool) -> dict[str, int]:
    """Fen of each kind of sales in one part of the year.

    Net of deductions they come to the target, all together or without real estate sold; deductions come on top.
    """
    whole = left = target(chance, months, gross)
    amounts = {"revenue": whole}
    estate_on_top = chance.maybe(0.5)
    for name in names:
        if name == "real_estate_sales" and estate_on_top:
            amounts[name] = chance.edge((0, 1, 100_000_00 * months), 9)
            amounts["revenue"] += amounts[name]
        elif name in PARTS:
            amounts[name] = chance.piece(left)
            left -= amounts[name]
        elif name == LET:
            amounts[name] = chance.pick((0, amounts["five_percent_sales"], chance.piece(amounts["five_percent_sales"])))
        elif name == FIVE_SPECIAL:
            amounts[name] = chance.piece(amounts["five_percent_sales"])
        else:
            amounts[name] = chance.piece(whole)
            amounts["revenue"] += amounts[name]
            if DEDUCTIONS[name] != "revenue":
                amounts[DEDUCTIONS[name]] += amounts[name]
    return amounts


def service(chance: Chance) -> str:
    """What services a business sells of those that were exempt while the epidemic was fought."""
    return chance.pick(("public_transport", "life_services", "delivery", "delivery", "neither"))


def small_scale(chance: Chance, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """A small-scale payer: which kinds of sales it has, and how much in each part of the year."""
    gross = chance.has(0.3)
    if gross:
        facts["amounts_include_vat"] = "yes"
    names = [name for name in PARTS if chance.has(0.25)]
    if "five_percent_sales" in names and chance.has(0.4):
        names.append(FIVE_SPECIAL)
    if "five_percent_sales" in names:
        names.append(LET)
    for name, off in DEDUCTIONS.items():
        if (off == "revenue" or off in names) and chance.has(0.25):
            names.append(name)
    if "real_estate_sales" in names and chance.has(0.4):
        facts["real_estate_left_out"] = chance.pick(("yes", "no"))
    serves = chance.has(0.3, "exempt services")
    if serves:
        facts["exempt_service"] = service(chance)
    if chance.has(0.3, "hubei"):
        facts["hubei"] = chance.pick(("yes", "yes", "no"))
    prepays = chance.has(0.2, "prepayment")
    passes_on = prepays and chance.has(0.4)
    for suffix in suffixes:
        amounts = small_part(chance, names, months, gross)
        if serves:
            others = [name for name in (*PARTS, "differential_deduction") if name in amounts]
            amounts[SERVED] = chance.piece(max(amounts["revenue"] - sum(amounts[name] for name in others), 0))
        if prepays:
            amounts["prepayment_sales"] = target(chance, months, gross)
            if passes_on:
                amounts["prepayment_deduction"] = chance.piece(amounts["prepayment_sales"])
        facts |= {f"{name}{suffix}": fen.show(amount) for name, amount in amounts.items()}


def general(chance: Chance, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """A general payer: sales at the education limit or large; output stated or to be computed; input below or above."""
    rate = chance.pick((13, 9, 6))
    gross = chance.has(0.2)
    computed = gross or chance.has(0.3)
    if computed:
        facts["vat_rate"] = f"{rate}%"
        for name in ("year", "period"):  # the rates before April 2019 were others
            if name in facts:
                facts[name] = facts[name].replace("2019", "2021")
    if gross:
        facts["amounts_include_vat"] = "yes"
    if chance.has(0.4):
        facts["vat_credit"] = fen.show(chance.size(8))
    simple = chance.has(0.25)
    serves = computed and chance.has(0.4, "exempt services")
    if serves:
        facts["exempt_service"] = service(chance)
    limit = 100_000_00 * months
    limit = fen.percent(limit, 100 + rate) if gross else limit
    for suffix in suffixes:
        sales = chance.edge((limit,), 11)
        part = 0
        if simple:
            part = chance.piece(sales)
            facts[f"simple_method_sales{suffix}"] = fen.show(part)
        if serves:
            facts[f"{SERVED}{suffix}"] = fen.show(chance.piece(sales - part))
        output = fen.percent(sales, rate)
        if not computed:
            facts[f"output_vat{suffix}"] = fen.show(output + chance.below(100))
        facts[f"revenue{suffix}"] = fen.show(sales)
        paid = chance.near(output) if chance.maybe(0.1) else chance.below(output * 5 // 4 + 1)
        facts[f"input_vat{suffix}"] = fen.show(paid)
    if chance.has(0.5, "additional deduction"):
        additional(chance, facts, suffixes)


def additional(chance: Chance, facts: dict[str, str], suffixes: list[str]) -> None:
    """A service firm: what its additional deduction starts from, more or less than the tax of the first period."""
    facts["service_kind"] = chance.pick(("producer", "producer", "life", "life", "neither"))
    if chance.has(0.3):
        for suffix in suffixes:
            part = chance.piece(fen.read(facts[f"input_vat{suffix}"]))
            facts[f"export_input_vat{suffix}"] = fen.show(part)
    if chance.has(0.3):
        for suffix in suffixes:
            facts[f"addon_reduction{suffix}"] = fen.show(chance.size(6))
    if chance.has(0.5):
        found = addon.months(Firm(facts), frozenset(("vat_additional_deduction",)))
        edge = found[0].payable if found else 0
        facts["addon_opening"] = fen.show(chance.edge((edge,), 8))


def turnover(chance: Chance, facts: dict[str, str], months: int, suffixes: list[str]) -> None:
    """Everything about VAT, and the bases of the surcharges where they are stated."""
    facts["vat_payer"] = chance.form(PAYERS)
    if facts["vat_payer"] == "small_scale":
        small_scale(chance, facts, months, suffixes)
    else:
        general(chance, facts, months, suffixes)
    if chance.has(0.12):
        for suffix in suffixes:
            facts[f"consumption_tax_paid{suffix}"] = fen.show(chance.edge((0, 1), 8))
    if chance.has(0.12):
        for suffix in suffixes if chance.has(0.5) else [""]:
            facts[f"vat_paid{suffix}"] = fen.show(chance.edge((0, 1), 8))
