"""The additional deduction of input VAT by service firms, and tax of general payers under the simple method."""

from __future__ import annotations

from dataclasses import dataclass

from . import fen, vat_general
from .firm import Firm, Period
from .vat_small import Claims


def rate(kind: str, period: Period) -> int:
    """Percent of input VAT that is provided on top, for firms that mostly sell producer or consumer services.

    Producer: 10 from April 2019 to 2022, 5 in 2023. Life: 10 from April 2019, 15 from October 2019 to 2022, 10 in
    2023. Nothing before and nothing since (announcements 2019/39 art. 7, 2019/87, 2022/11, 2023/1 arts. 3, 4).
    """
    if period.end < (2019, 4) or period.year >= 2024 or kind not in ("producer", "life"):
        return 0
    if period.year == 2023:
        return 5 if kind == "producer" else 10
    return 15 if kind == "life" and period.end >= (2019, 10) else 10


@dataclass(frozen=True, slots=True)
class Month:
    """One filing period, in fen."""

    payable: int
    """VAT to pay, simple method included."""
    deducted: int
    """What the additional deduction took off: the saving, which is not the provision."""
    carried: int
    """Additional deduction left for the next period."""


def simple_method(firm: Firm) -> list[int]:
    """Fen of tax of each period on sales at the 3% levy rate. Neither input VAT nor the add-on lowers it."""
    return [fen.percent(amount, 3) for amount in vat_general.simple_sales(firm)]


def months(firm: Firm, claimed: Claims) -> list[Month] | None:
    """Each filing period in turn, None when output or input VAT is not known.

    Available = brought forward + provision − reduction. Tax of the general method above nought takes it until it
    is used up; without such tax all of it is carried on (2019/39 art. 7). A reduction that exceeds the rest leaves
    a negative balance to the next period; a reduction stated for a longer span is cut evenly: the law is silent
    on both. Input VAT of exports brings nothing. Once there is no rate, the rest is no longer deducted.
    """
    general, inputs = vat_general.tax(firm, claimed), firm.series("input_vat")
    if general is None or inputs is None:
        return None
    kind, left = firm.text("service_kind", "neither"), firm.amount("addon_opening")
    reductions, simple = firm.each("addon_reduction"), simple_method(firm)
    abroad = firm.each("export_input_vat")
    found = []
    for i, period in enumerate(firm.periods):
        percent = rate(kind, period)
        deducted = 0
        if percent and "vat_additional_deduction" in claimed:
            available = left + fen.percent(inputs[i] - abroad[i], percent) - reductions[i]
            deducted = max(min(available, general[i]), 0)
            left = available - deducted
        found.append(Month(general[i] - deducted + simple[i], deducted, left))
    return found


def tax(firm: Firm, claimed: Claims) -> list[int] | None:
    """Fen payable of each period; the same as `vat_general.tax` where neither of the two is stated."""
    found = months(firm, claimed)
    return None if found is None else [month.payable for month in found]
