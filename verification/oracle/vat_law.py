"""Figures of small-scale VAT by date: threshold, whether exactly the threshold is exempt, levy rates.

Sources: caishui 2019/13 art. 1; MOF and STA announcements 2020/13, 2021/11, 2022/15, 2023/1, 2023/19 and, from 2026,
2026/10 with arts. 11 and 23 of the VAT law. STA announcements 2019/4, 2021/5, 2022/6, 2023/1 for their handling.
"""

from __future__ import annotations

from functools import cache

from .firm import Period


@cache
def threshold(period: Period) -> int:
    """Fen of sales in a filing period up to which nothing is due: a month's limit, or three times that for a quarter.

    100,000 yuan a month; 150,000 from April 2021 to December 2022.
    """
    monthly = 150_000_00 if (2021, 4) <= period.end <= (2022, 12) else 100_000_00
    return monthly * period.months


def under(sales: int, period: Period) -> bool:
    """Whether sales are small enough for the exemption.

    To 2025 the limit itself is exempt. From 2026 it is where tax starts: reaching it taxes the whole.
    """
    if period.year >= 2026:
        return sales < threshold(period)
    return sales <= threshold(period)


@cache
def all_three_percent_sales_exempt(period: Period) -> bool:
    """April to December 2022: sales at the 3% levy rate owe nothing, whatever they come to (2022/15)."""
    return (2022, 4) <= period.end <= (2022, 12)


@cache
def one_percent(period: Period) -> bool:
    """Whether 3% is reduced to 1%: from March 2020, with a break from April to December 2022.

    Of the first quarter of 2020 only March has it: see `march_alone`.
    """
    return period.end >= (2020, 3) and not all_three_percent_sales_exempt(period)


def march_alone(period: Period) -> bool:
    """The first quarter of 2020: the rate of 1% came in March, so what was sold in January and February stays at 3% (2020/13)."""
    return period.year == 2020 and period.first < 3 <= period.last


def five_percent_rate(period: Period) -> int:
    """Percent on real estate sold or let by small-scale payers: 5 to 2025, the statutory 3 from 2026 (2026/10 art. 3)."""
    return 5 if period.year <= 2025 else 3


def real_estate_set_aside(period: Period) -> bool:
    """To 2025, sales of real estate may be left out of the test of the others (STA 2019/4, 2021/5, 2023/1, art. 1 each).

    The announcement in force from 2026 does not repeat it.
    """
    return period.year <= 2025


def free_service(kind: str, year: int, month: int) -> bool:
    """Whether a service was exempt in a month, of payers of either kind.

    January 2020 to March 2021 public transport, life services and the delivery of daily necessities (2020/8 art. 5, carried by
    2020/28 and 2021/7); all of 2022 public transport (2022/11 art. 3), from May of it delivery too (2022/18).
    """
    if kind not in ("public_transport", "life_services", "delivery"):
        return False
    if (2020, 1) <= (year, month) <= (2021, 3):
        return True
    return year == 2022 and (kind == "public_transport" or (kind == "delivery" and month >= 5))


def hubei_free(period: Period) -> bool:
    """Whether small-scale payers in Hubei owed nothing on sales at 3% and paid nothing of them in advance.

    March 2020 to March 2021 (2020/13, 2020/24, 2021/7); from April 2021 they have the 1% as all others. Of the first
    quarter of 2020 March alone, as with the 1%.
    """
    return (2020, 3) <= period.end <= (2021, 3)
