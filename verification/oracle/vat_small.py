"""VAT of small-scale payers, filing period by filing period."""

from __future__ import annotations

from dataclasses import dataclass

from . import fen, services, vat_law
from .firm import Firm, Period

Claims = frozenset[str]
"""The ids of the reliefs that are claimed."""


@dataclass(frozen=True, slots=True)
class Sales:
    """Sales of one filing period by kind, in fen, net of VAT and after differential deduction."""

    plain: int
    """At the 3% levy rate, without the kinds below."""
    too_early: int
    """Plain ones of the months before the reduced rate, in the one quarter in which it began."""
    special: int
    """On special invoices at 1%: no exemption, the reduced rate kept."""
    special_full: int
    """On special invoices at 3%: neither exemption nor reduced rate."""
    reduction_waived: int
    """Exempt like the plain ones, but at 3% where they are taxed."""
    five: int
    """At the 5% levy rate, those on special invoices among them."""
    five_special: int
    real_estate: int
    """Real estate sold."""
    plain_left: int
    """Of the plain ones those that are no exempt service."""
    too_early_left: int

    @property
    def served(self) -> int:
        """What the exempt services among the plain ones come to."""
        return self.plain + self.too_early - max(self.plain_left, 0) - max(self.too_early_left, 0)

    @property
    def without_real_estate(self) -> int:
        """What is tested alone when all sales together are too many."""
        ordinary = self.plain + self.too_early + self.special + self.special_full + self.reduction_waived
        return ordinary + self.five

    @property
    def total(self) -> int:
        """All taxable sales of the period, whatever their rate: what the threshold is tested on."""
        return self.without_real_estate + self.real_estate


def net(amount: int, rate: int) -> int:
    """An amount with VAT to one without: divided by 1 + the rate (percent) it was invoiced at, to the fen."""
    return fen.part(amount, 100, 100 + rate)


def sales(firm: Firm) -> list[Sales] | None:
    """Sales of each filing period, or None when they are not stated."""
    found = [kinds for kinds in by_period(firm) if kinds]
    return found if firm.parts("revenue") and len(found) == len(firm.periods) else None


def by_period(firm: Firm) -> list[Sales | None]:
    """Sales of each filing period, None for those of which they are not stated.

    All sales are stated together; the kinds are parts of them. A deduction comes off its own kind before VAT is
    taken out. Plain sales and those on 1% invoices hold 1% while that rate is in force, else 3%; real estate and
    5% items the rate of their time (STA 2020/5; 2026/10).
    """
    revenue = firm.by_period("revenue")
    special, full = firm.each("special_invoice_sales"), firm.each("special_invoice_sales_full_rate")
    waived, off = firm.each("waived_reduction_sales"), firm.each("differential_deduction")
    five, five_off = firm.each("five_percent_sales"), firm.each("five_percent_deduction")
    five_special = firm.each("five_percent_special_invoice_sales")
    if (
        firm.year >= 2026
    ):  # only real estate let and land-use rights are at 3%: the rest are sales as any other (2026/10)
        let = firm.each("real_estate_rent_sales")
        off_let = [min(pair) for pair in zip(five_special, let, strict=True)]
        special = [one + more - lent for one, more, lent in zip(special, five_special, off_let, strict=True)]
        # no differential of labour dispatch for small-scale payers (2026/10 art. 4)
        five, five_off, five_special = let, [0] * len(let), off_let
    served = services.exempt(firm)
    estate, estate_off = firm.each("real_estate_sales"), firm.each("real_estate_deduction")
    gross = firm.flag("amounts_include_vat")
    result: list[Sales | None] = []
    for i, (whole, period) in enumerate(zip(revenue, firm.periods, strict=True)):
        if whole is None:
            result.append(None)
            continue
        plain = whole - special[i] - full[i] - waived[i] - five[i] - estate[i] - off[i]
        left = plain - served[i]
        if vat_law.march_alone(period):
            march = march_of(firm, plain, special[i])
            served_then = firm.of_month("exempt_service_sales", 3) if served[i] else 0
            march_left = march_of(firm, left, special[i] + served_then)
        else:
            march, march_left = plain, left
        kinds = Sales(
            march,
            plain - march,
            special[i],
            full[i],
            waived[i],
            five[i] - five_off[i],
            five_special[i],
            estate[i] - estate_off[i],
            march_left,
            left - march_left,
        )
        result.append(without_vat(kinds, period) if gross else kinds)
    return result


def march_of(firm: Firm, plain: int, special: int) -> int:
    """Of the plain sales of the first quarter of 2020 those of March: the month's sales less what else the month had.

    Invoices at 1% can only be of March, all of the quarter's. The month has no more than the quarter.
    """
    others = (
        "special_invoice_sales_full_rate",
        "waived_reduction_sales",
        "five_percent_sales",
        "real_estate_sales",
        "differential_deduction",
    )
    march = firm.of_month("revenue", 3) - special - sum(firm.of_month(name, 3) for name in others)
    return min(max(march, 0), max(plain, 0))


def without_vat(kinds: Sales, period: Period) -> Sales:
    """The same sales with the VAT in them taken out, each kind by itself."""
    low = 1 if vat_law.one_percent(period) else 3
    high = vat_law.five_percent_rate(period)
    return Sales(
        net(kinds.plain, low),
        net(kinds.too_early, 3),
        net(kinds.special, low),
        net(kinds.special_full, 3),
        net(kinds.reduction_waived, 3),
        net(kinds.five, high),
        net(kinds.five_special, high),
        net(kinds.real_estate, high),
        net(kinds.plain_left, low),
        net(kinds.too_early_left, 3),
    )


def small_enough(kinds: Sales, period: Period, left_out: bool) -> bool:
    """Whether all but real estate sold is exempt."""
    return vat_law.under(kinds.total, period) or (
        kinds.real_estate != 0
        and (left_out or vat_law.real_estate_set_aside(period))
        and vat_law.under(kinds.without_real_estate, period)
    )


def tax(kinds: Sales, period: Period, claimed: Claims, left_out: bool = False, hubei: bool = False) -> int:
    """Fen of VAT of one period: above the threshold the whole is taxed, not the excess alone.

    Two lines of the return, each rounded to the fen: what the sales bear at their levy rates, all kinds added up, and
    the two of three percent that are taken off those at 1% (STA 2020/5 art. 3). What is left of the first is payable.
    A payer in Hubei has an exemption instead of the 1%, in the months of 2020 and 2021 in which others have that.
    `left_out` leaves real estate out of the test from 2026 too, which nobody has confirmed or denied.
    """
    all_exempt = "vat_exemption" in claimed and vat_law.under(kinds.total, period)
    rest_exempt = "vat_exemption" in claimed and small_enough(kinds, period, left_out)
    # parts of a year that is cut into quarters may exceed a quarter's sales by a few fen, which spare no tax
    plain, early = max(kinds.plain, 0), max(kinds.too_early, 0)
    waived, five = kinds.reduction_waived, max(kinds.five, kinds.five_special)
    estate = 0 if all_exempt else max(kinds.real_estate, 0)
    if rest_exempt:
        plain, early, waived, five = 0, 0, 0, kinds.five_special
    elif "vat_full_exemption" in claimed and vat_law.all_three_percent_sales_exempt(period):
        plain, waived = 0, 0
    elif "vat_exempt_services" in claimed:
        plain, early = max(kinds.plain_left, 0), max(kinds.too_early_left, 0)
    hubei = hubei and vat_law.hubei_free(period)
    if hubei and "vat_hubei_exemption" in claimed:
        plain, waived = 0, 0
    high = vat_law.five_percent_rate(period)
    at_one = plain + kinds.special
    at_three = at_one + early + kinds.special_full + waived
    before = fen.part(at_three * 3 + (five + estate) * high, 1, 100)
    reduced = "vat_reduced_rate" in claimed and vat_law.one_percent(period) and not hubei
    return before - (fen.percent(at_one, 2) if reduced else 0)
