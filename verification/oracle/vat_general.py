"""VAT of general payers: output less input less what is brought forward (general method)."""

from __future__ import annotations

from . import fen, services
from .firm import Firm
from .vat_small import Claims


def simple_sales(firm: Firm) -> list[int]:
    """Fen of sales of each period under the simple method, net of VAT at the 3% levy rate."""
    stated = firm.each("simple_method_sales")
    return [fen.part(amount, 100, 103) for amount in stated] if firm.flag("amounts_include_vat") else stated


def ordinary_sales(firm: Firm) -> list[int | None]:
    """Fen of sales of each filing period that output VAT is on: all but those under the simple method, net of VAT."""
    return without(firm, [0] * len(firm.periods))


def taxed_sales(firm: Firm) -> list[int | None]:
    """The same without services that were exempt."""
    left = without(firm, services.exempt(firm))
    return [None if amount is None else max(amount, 0) for amount in left]


def without(firm: Firm, off: list[int]) -> list[int | None]:
    """Fen of sales under the general method less something, net of VAT."""
    rate = int(firm.text("vat_rate", "0%").rstrip("%")) if firm.flag("amounts_include_vat") else 0
    parts = zip(firm.by_period("revenue"), firm.each("simple_method_sales"), off, strict=True)
    return [
        None if whole is None else fen.part(whole - simple - less, 100, 100 + rate) for whole, simple, less in parts
    ]


def sales(firm: Firm) -> list[int] | None:
    """Fen of all sales of each filing period, net of VAT."""
    ordinary = [amount for amount in ordinary_sales(firm) if amount is not None]
    if not firm.parts("revenue") or len(ordinary) < len(firm.periods):
        return None
    return [sum(pair) for pair in zip(ordinary, simple_sales(firm), strict=True)]


def output(firm: Firm, claimed: Claims) -> list[int] | None:
    """Fen of output VAT of each period: as stated, else sales × rate (VAT law art. 10); None unless all are known.

    What is stated is without exempt services already.

    The rates are those since April 2019; for earlier months the tax has to be stated.
    """
    rate = firm.facts.get("vat_rate") if (firm.year, firm.first) >= (2019, 4) else None
    found = []
    sales = taxed_sales(firm) if "vat_exempt_services" in claimed else ordinary_sales(firm)
    for stated, turnover in zip(firm.by_period("output_vat"), sales, strict=True):
        if stated is not None:
            found.append(stated)
        elif turnover is not None and (rate or turnover == 0):  # of nothing it is nothing, whatever the rate
            found.append(fen.percent(turnover, int((rate or "0%").rstrip("%"))))
    return found if firm.parts("output_vat") + firm.parts("revenue") and len(found) == len(firm.periods) else None


def tax(firm: Firm, claimed: Claims) -> list[int] | None:
    """Fen payable of each period; what input exceeds output by goes to the next one."""
    out, inp = output(firm, claimed), firm.series("input_vat")
    if out is None or inp is None:
        return None
    credit = firm.amount("vat_credit")
    payable = []
    for due, paid in zip(out, inp, strict=True):
        left = due - paid - credit
        payable.append(max(left, 0))
        credit = max(-left, 0)
    return payable
