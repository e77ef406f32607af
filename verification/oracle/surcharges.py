"""Urban construction tax and the two education surcharges, on VAT and consumption tax actually paid."""

from __future__ import annotations

from dataclasses import dataclass

from . import fen
from .firm import Firm
from .small_taxes import halving, remaining
from .vat_small import Claims

EXEMPT_MONTHLY = 100_000_00
"""Fen of monthly sales up to which no education surcharge is due, since 2016-02 (caishui 2016/12). Never raised."""

URBAN = {"city": 7, "county": 5, "other": 1}
"""Percent by place (urban construction tax law art. 4)."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the three are levied on in one span of time."""

    urban: int
    education: int
    local: int
    """Fen due of each before reliefs, rounded by itself."""
    exempt: bool
    """Whether sales are small enough for the exemption from the education surcharges."""


def base(paid: int, exempt: bool, rate: int) -> Base:
    """What is due on so many fen of VAT and consumption tax: urban at the rate of the place, 3% and 2% education."""
    return Base(fen.percent(paid, rate), fen.percent(paid, 3), fen.percent(paid, 2), exempt)


def bases(firm: Firm, vat: list[int] | None, sales: list[int] | None) -> list[Base]:
    """The amounts to levy on, one by one; none when the VAT is not known.

    VAT that is stated as paid replaces the computed one. Stated for a span of several filing periods it is one
    base, tested against the limit of that span, for nobody knows which part of it fell on which period.
    """
    stated = firm.parts("vat_paid")
    consumption = firm.each("consumption_tax_paid")
    rate = URBAN[firm.text("place", "city")]
    found = []
    if not stated:
        limit = EXEMPT_MONTHLY * firm.periods[0].months
        for i, paid in enumerate(vat or []):
            found.append(base(paid + consumption[i], sales is not None and sales[i] <= limit, rate))
        return found
    for first, last, paid in spans(firm, stated):
        inside = [i for i, p in enumerate(firm.periods) if first <= p.first and p.last <= last]
        exempt = sales is not None and sum(sales[i] for i in inside) <= EXEMPT_MONTHLY * (last - first + 1)
        found.append(base(paid + sum(consumption[i] for i in inside), exempt, rate))
    return found


def spans(firm: Firm, stated: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The stated amounts, those of months added up where the filing period is the quarter."""
    if firm.periods[0].months == 1 or stated[0][1] > stated[0][0]:
        return stated
    return [
        (p.first, p.last, sum(amount for first, last, amount in stated if p.first <= first and last <= p.last))
        for p in firm.periods
    ]


def due(firm: Firm, found: list[Base], claimed: Claims) -> tuple[int, int, int]:
    """Fen to pay of urban construction tax, education surcharge and local education surcharge.

    Each is rounded base by base; the exemption comes first, then half of what is left.
    """
    half = halving(firm, claimed)
    urban = education = local = 0
    for one in found:
        urban += remaining(one.urban, half)
        if one.exempt and "education_exemption" in claimed:
            continue
        education += remaining(one.education, half)
        local += remaining(one.local, half)
    return urban, education, local
