"""Urban construction tax and the two education surcharges, on VAT and consumption tax actually paid."""

from __future__ import annotations

from . import fen
from .firm import Firm
from .small_taxes import halved
from .vat_small import Claims

EXEMPT_MONTHLY = 100_000_00
"""Fen of monthly sales up to which no education surcharge is due, since 2016-02 (caishui 2016/12). Never raised."""

URBAN = {"city": 7, "county": 5, "other": 1}
"""Percent by place (urban construction tax law art. 4)."""

Triple = tuple[int, int, int]
"""Fen: urban construction tax, education surcharge (3%), local education surcharge (2%)."""


def one(base: int, exempt: bool, firm: Firm, claimed: Claims) -> Triple:
    """What is due on one amount of VAT and consumption tax: exemption first, half of the rest then."""
    urban = halved(fen.percent(base, URBAN[firm.text("place", "city")]), firm, claimed)
    if exempt and "education_exemption" in claimed:
        return urban, 0, 0
    return urban, halved(fen.percent(base, 3), firm, claimed), halved(fen.percent(base, 2), firm, claimed)


def due(firm: Firm, vat: list[int] | None, sales: list[int] | None, claimed: Claims) -> Triple | None:
    """Fen over all filing periods, each rounded on its own; None when the VAT is not known.

    VAT that is stated as paid replaces the computed one. Stated for the whole year it is one base, tested
    against the limit of the whole year.
    """
    consumption = firm.each("consumption_tax_paid")
    stated = firm.parts("vat_paid")
    turnover = sales or []
    if len(stated) == 1 and stated[0][:2] == (firm.first, firm.last) and len(firm.periods) > 1:
        limit = EXEMPT_MONTHLY * (firm.last - firm.first + 1)
        exempt = sales is not None and sum(turnover) <= limit
        return one(stated[0][2] + sum(consumption), exempt, firm, claimed)
    bases = firm.series("vat_paid") if stated else vat
    if bases is None:
        return None
    urban = education = local = 0
    for i, period in enumerate(firm.periods):
        exempt = sales is not None and turnover[i] <= EXEMPT_MONTHLY * period.months
        here = one(bases[i] + consumption[i], exempt, firm, claimed)
        urban, education, local = urban + here[0], education + here[1], local + here[2]
    return urban, education, local
