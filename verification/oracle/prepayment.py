"""VAT that small-scale payers pay in advance at the place of the work. It is money kept meanwhile, not saved."""

from __future__ import annotations

from . import fen, vat_law, vat_small
from .firm import Firm
from .vat_small import Claims


def prepaid(firm: Firm, claimed: Claims) -> int | None:
    """Fen over all filing periods, or None when there are no such sales.

    3% without reliefs. Nothing below the threshold, which is tested on the sales at that place alone; 1% above
    it while the reduced rate is in force (2023/1 with STA 2023/1; 2026/10).
    """
    stated = firm.series("prepayment_sales")
    if stated is None or not firm.small_scale:
        return None
    total = 0
    for amount, period in zip(stated, firm.periods, strict=True):
        late = min(firm.of_month("prepayment_sales", 3), amount) if vat_law.march_alone(period) else amount
        early = amount - late
        if firm.flag("amounts_include_vat"):
            late = vat_small.net(late, 1 if vat_law.one_percent(period) else 3)
            early = vat_small.net(early, 3)
        if "vat_prepayment_waiver" in claimed and vat_law.under(late + early, period):
            continue
        reduced = "vat_prepayment_rate" in claimed and vat_law.one_percent(period)
        total += fen.percent(late, 1 if reduced else 3) + fen.percent(early, 3)
    return total
