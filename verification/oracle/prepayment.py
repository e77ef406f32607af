"""VAT that small-scale payers pay in advance at the place of the work. It is money kept meanwhile, not saved."""

from __future__ import annotations

from . import fen, vat_law, vat_small
from .firm import Firm, Period
from .vat_small import Claims


def prepaid(firm: Firm, claimed: Claims) -> int | None:
    """Fen over all filing periods, or None when there are no such sales.

    3% without reliefs. Nothing below the threshold, which is tested on the sales at that place alone; 1% above
    it while the reduced rate is in force (2023/1 with STA 2023/1; 2026/10). What is paid to subcontractors comes off the
    price first; from 2026 that is so of what is taxed, and what is tested is all that was received (2026/10 三(三)6;
    2026/14). From April to December 2022 nothing is paid in advance on what bears 3% (2022/15), nor in Hubei from March
    2020 to March 2021, where others have the 1% (2020/13).
    """
    stated, passed_on = firm.series("prepayment_sales"), firm.each("prepayment_deduction")
    if stated is None or not firm.small_scale:
        return None
    total = 0
    for price, off, period in zip(stated, passed_on, firm.periods, strict=True):
        march = firm.of_month("prepayment_sales", 3) - firm.of_month("prepayment_deduction", 3)
        late, early = without_vat(firm, period, price - off, march)
        tested = without_vat(firm, period, price, price) if period.year >= 2026 else (late, early)
        if "vat_prepayment_waiver" in claimed and vat_law.under(sum(tested), period):
            continue
        if "vat_prepayment_suspended" in claimed and vat_law.all_three_percent_sales_exempt(period):
            continue
        hubei = firm.flag("hubei") and vat_law.hubei_free(period)
        if hubei and "vat_hubei_prepayment" in claimed:
            late = 0
        reduced = "vat_prepayment_rate" in claimed and vat_law.one_percent(period) and not hubei
        total += fen.percent(late, 1 if reduced else 3) + fen.percent(early, 3)
    return total


def without_vat(firm: Firm, period: Period, amount: int, march: int) -> tuple[int, int]:
    """Of an amount, fen net of VAT that may bear 1%, and fen that cannot: in the first quarter of 2020 all but March's."""
    late = march if vat_law.march_alone(period) else amount
    early = amount - late
    if firm.flag("amounts_include_vat"):
        late = vat_small.net(late, 1 if vat_law.one_percent(period) else 3)
        early = vat_small.net(early, 3)
    return max(late, 0), max(early, 0)
