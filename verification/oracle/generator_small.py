"""Made-up resource, property, land use, stamp and farmland tax."""

from __future__ import annotations

from . import fen
from . import small_taxes as law
from .chance import Chance
from .firm import Firm


def small_taxes(chance: Chance, facts: dict[str, str]) -> None:
    """Stated amounts, or what they are computed from; other reliefs below the tax and on it."""
    for tax in ("resource", "land_use", "farmland"):
        if chance.has(0.5, "small taxes"):
            stated(chance, facts, tax)
    if chance.has(0.3):
        stated(chance, facts, "property")
    elif chance.has(0.5):
        facts["property_original_value"] = fen.show(chance.size(10))
        if chance.has(0.5):
            facts["property_rent"] = fen.show(chance.size(9))
        relief(chance, facts, "property", law.property_tax(Firm(facts)) or 0)
    if chance.form(("a stamp duty", *["contracts"] * 2)) == "a stamp duty":
        stated(chance, facts, "stamp")
    else:
        for name in law.STAMP:
            if chance.has(0.2, "contracts" if name == "stamp_loan" else ""):
                facts[name] = fen.show(chance.size(10))
        if chance.has(0.6, "contracts"):
            facts["small_or_micro"] = chance.pick(("yes", "yes", "no"))
        firm = Firm(facts)
        relief(chance, facts, "stamp", (law.stamp_duty(firm) or 0) - law.exempt_loans(firm))


def stated(chance: Chance, facts: dict[str, str], tax: str) -> None:
    """An amount due: often odd fen, so that the half is rounded."""
    due = chance.edge((1, 3, 396_491), 8)
    facts[f"{tax}_tax_due"] = fen.show(due)
    relief(chance, facts, tax, due)


def relief(chance: Chance, facts: dict[str, str], tax: str, due: int) -> None:
    """Another relief of a tax, now and then; never more than the tax, which would be refused."""
    if chance.has(0.3):
        amount = max(due - chance.below(3), 0) if chance.maybe(0.4) else chance.below(due + 1)
        facts[f"{tax}_tax_relief"] = fen.show(amount)
