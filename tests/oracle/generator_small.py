"""Made-up resource, property, land use, stamp and farmland tax."""

from __future__ import annotations

from random import Random

from . import fen
from . import small_taxes as law
from .chance import edge, size
from .firm import Firm

STAMPS = (
    "stamp_loan",
    "stamp_finance_lease",
    "stamp_sale",
    "stamp_work",
    "stamp_construction",
    "stamp_transport",
    "stamp_technology",
    "stamp_lease",
    "stamp_custody",
    "stamp_storage",
    "stamp_property_insurance",
    "stamp_real_estate_transfer",
    "stamp_share_transfer",
    "stamp_ip_transfer",
    "stamp_account_books",
)


def small_taxes(rng: Random, facts: dict[str, str]) -> None:
    """Stated amounts, or what they are computed from; other reliefs below, on and above the tax."""
    for tax in ("resource", "land_use", "farmland"):
        if rng.random() < 0.5:
            stated(rng, facts, tax)
    if rng.random() < 0.3:
        stated(rng, facts, "property")
    elif rng.random() < 0.5 and "year" in facts:
        facts["property_original_value"] = fen.show(size(rng, 10))
        facts["property_rent"] = fen.show(size(rng, 9)) if rng.random() < 0.5 else ""
        relief(rng, facts, "property", law.property_tax(Firm(facts)) or 0)
    if rng.random() < 0.3:
        stated(rng, facts, "stamp")
    else:
        for name in STAMPS:
            if rng.random() < 0.2:
                facts[name] = fen.show(size(rng, 10))
        relief(rng, facts, "stamp", law.stamp_duty(Firm(facts)) or 0)


def stated(rng: Random, facts: dict[str, str], tax: str) -> None:
    """An amount due: often odd fen, so that the half is rounded."""
    due = edge(rng, (1, 3, 396_491), 8)
    facts[f"{tax}_tax_due"] = fen.show(due)
    relief(rng, facts, tax, due)


def relief(rng: Random, facts: dict[str, str], tax: str, due: int) -> None:
    """Another relief of a tax, now and then; never more than the tax, which would be refused."""
    draw = rng.random()
    if draw < 0.2:
        facts[f"{tax}_tax_relief"] = fen.show(max(due - rng.randrange(3), 0) if draw < 0.08 else rng.randrange(due + 1))
