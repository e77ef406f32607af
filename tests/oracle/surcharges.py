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

    VAT that is stated as paid replaces the computed one. Stated for a span of several filing periods it is one
    base, tested against the limit of that span, for nobody knows which part of it fell on which period.
    """
    stated = firm.parts("vat_paid")
    if not stated and vat is None:
        return None
    if not stated:
        stated = [(p.first, p.last, amount) for p, amount in zip(firm.periods, vat or [], strict=True)]
    consumption = firm.each("consumption_tax_paid")
    urban = education = local = 0
    for first, last, paid in spans(firm, stated):
        inside = [i for i, p in enumerate(firm.periods) if first <= p.first and p.last <= last]
        turnover = None if sales is None else sum(sales[i] for i in inside)
        exempt = turnover is not None and turnover <= EXEMPT_MONTHLY * (last - first + 1)
        here = one(paid + sum(consumption[i] for i in inside), exempt, firm, claimed)
        urban, education, local = urban + here[0], education + here[1], local + here[2]
    return urban, education, local


def spans(firm: Firm, stated: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The stated amounts, those of months added up where the filing period is the quarter."""
    if firm.periods[0].months == 1 or stated[0][1] > stated[0][0]:
        return stated
    return [
        (p.first, p.last, sum(amount for first, last, amount in stated if p.first <= first and last <= p.last))
        for p in firm.periods
    ]
