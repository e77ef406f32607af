"""VAT of general payers: output less input less what is brought forward (general method)."""

from __future__ import annotations

from . import fen
from .firm import Firm


def simple_sales(firm: Firm) -> list[int]:
    """Fen of sales of each period under the simple method, net of VAT at the 3% levy rate."""
    stated = firm.each("simple_method_sales")
    return [fen.part(amount, 100, 103) for amount in stated] if firm.flag("amounts_include_vat") else stated


def ordinary_sales(firm: Firm) -> list[int] | None:
    """Fen of sales of each filing period that output VAT is on: all but those under the simple method, net of VAT."""
    stated = firm.series("revenue")
    if stated is None:
        return None
    left = [whole - simple for whole, simple in zip(stated, firm.each("simple_method_sales"), strict=True)]
    if not firm.flag("amounts_include_vat"):
        return left
    rate = int(firm.text("vat_rate", "0%").rstrip("%"))
    return [fen.part(amount, 100, 100 + rate) for amount in left]


def sales(firm: Firm) -> list[int] | None:
    """Fen of all sales of each filing period, net of VAT."""
    ordinary = ordinary_sales(firm)
    return None if ordinary is None else [sum(pair) for pair in zip(ordinary, simple_sales(firm), strict=True)]


def output(firm: Firm) -> list[int] | None:
    """Fen of output VAT of each period: as stated, else sales × rate (VAT law art. 10).

    The rates are those since April 2019; for earlier months the tax has to be stated.
    """
    stated = firm.series("output_vat")
    if stated is not None:
        return stated
    turnover, rate = ordinary_sales(firm), firm.facts.get("vat_rate")
    if turnover is not None and not any(turnover):
        return turnover  # whatever the rate
    if turnover is None or not rate or (firm.year, firm.first) < (2019, 4):
        return None
    return [fen.percent(amount, int(rate.rstrip("%"))) for amount in turnover]


def tax(firm: Firm) -> list[int] | None:
    """Fen payable of each period; what input exceeds output by goes to the next one."""
    out, inp = output(firm), firm.series("input_vat")
    if out is None or inp is None:
        return None
    credit = firm.amount("vat_credit")
    payable = []
    for due, paid in zip(out, inp, strict=True):
        left = due - paid - credit
        payable.append(max(left, 0))
        credit = max(-left, 0)
    return payable
