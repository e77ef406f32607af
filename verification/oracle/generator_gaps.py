"""What a business leaves out: quarters and months it forgot, and those before it opened."""

from __future__ import annotations

from .chance import Chance
from .firm import POINTS, STATES, Firm, part_of

ASKED: dict[str, tuple[str, ...]] = {
    "general": ("output_vat", "input_vat", "prepayment_sales"),
    "small_scale": ("revenue", "prepayment_sales"),
    "": (),
}
"""Series for which nothing stands in, so that a hole leaves a levy unknown and not a part of it."""


def gaps(chance: Chance, facts: dict[str, str]) -> None:
    """In some tables some businesses opened within the year, and some forgot parts of what they state in parts."""
    opens, forgets = chance.has(0.2, "opened"), chance.has(0.25, "gaps")
    if opens and chance.maybe(0.5):
        opened(chance, facts)
    if forgets and chance.maybe(0.5):
        people = [name for name in facts if name.startswith(tuple(f"{fact}_q" for fact in POINTS))]
        asked = ASKED[facts.get("vat_payer", "")]
        sales = [name for name in facts if (part_of(name) or ("",))[0] in asked]
        forget(chance, facts, people)
        if chance.maybe(0.3) and not any(name.startswith("vat_paid") for name in facts):
            forget(chance, facts, sales)


def forget(chance: Chance, facts: dict[str, str], names: list[str]) -> None:
    """The last ones, or any."""
    if not names:
        return
    if chance.maybe(0.4):
        for name in names[chance.below(len(names)) :]:
            del facts[name]
    else:
        for name in {chance.pick(names), chance.pick(names)}:
            del facts[name]


def opened(chance: Chance, facts: dict[str, str]) -> None:
    """Within what is assessed, or a year before; what lies before is left out or nought."""
    firm = Firm(facts)
    month = 1 + chance.below(firm.last)
    year = firm.year - (1 if chance.maybe(0.1) else 0)
    facts["opened"] = f"{year}-{month:02}" + chance.pick(("", "-01", "-28"))
    for name in list(facts):
        part = part_of(name)
        if part and part[0] in STATES:  # a kind is no amount, and may be said of a time before
            continue
        quarter = int(name.split("_q")[1][0]) * 3 if name.startswith(tuple(f"{fact}_q" for fact in POINTS)) else 13
        last = part[2] if part else quarter
        if year == firm.year and last < month:
            facts[name] = "0"
            if part:
                facts.pop(part[0], None)  # a whole beside its parts is another then
            if not name.startswith("vat_paid") and chance.maybe(0.5):
                del facts[name]
    if year == firm.year:
        leave_out_what_contradicts(facts, month)


def leave_out_what_contradicts(facts: dict[str, str], month: int) -> None:
    """Sales of the year before, and wholes whose parts of the time before the opening are holes: these count as nought."""
    parts = [part for part in map(part_of, facts) if part]
    for name in list(facts):
        whole_beside_parts = any(name == of and not of.startswith("vat_paid") for of, _, _ in parts)
        if name.startswith("sales_before") or (whole_beside_parts and month > 3):
            del facts[name]
