"""Sales of services that were exempt from VAT while the epidemic was fought."""

from __future__ import annotations

from . import vat_law
from .firm import Firm, Period


def free_months(firm: Firm, period: Period) -> list[int]:
    """The months of a filing period in which what the business sells was exempt."""
    kind = firm.text("exempt_service", "neither")
    return [month for month in range(period.first, period.last + 1) if vat_law.free_service(kind, period.year, month)]


def exempt(firm: Firm) -> list[int]:
    """Fen of each filing period, as stated: all of the period, or of those of its months in which the service was exempt."""
    found = []
    for period, amount in zip(firm.periods, firm.each("exempt_service_sales"), strict=True):
        months = free_months(firm, period)
        whole = len(months) == period.months
        found.append(amount if whole else sum(firm.of_month("exempt_service_sales", month) for month in months))
    return found
