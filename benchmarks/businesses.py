"""Made-up businesses as CSV, the same ones for the same seed on every Python.

    python benchmarks/businesses.py ROWS [--seed 1] [--years 2019-2027] [--bad 0.05] [--encoding gb18030] [--output FILE]

Money is built from whole fen and chance from random bits only, so no float can shift a row. Every threshold
of the 2023 law is met exactly, one fen below and one fen above in about 5% of the rows each. Years and
spoiled rows draw on chance of their own: the other rows and cells stay as they are without them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import BinaryIO

from taxcalc.facts.identifiers import SYMBOLS, credit_check

COLUMNS = (
    "id",
    "name",
    "year",
    "taxpayer",
    "vat_payer",
    "place",
    "revenue_q1",
    "revenue_q2",
    "revenue_q3",
    "revenue_q4",
    "output_vat",
    "input_vat",
    "taxable_income",
    "rd_expensed",
    "employees",
    "assets",
    "western_region",
    "encouraged_income_share",
    "property_tax_due",
    "land_use_tax_due",
    "stamp_tax_due",
)
REVENUES = range(6, 10)
AMOUNTS = (*range(6, 14), 15, *range(18, 21))
"""Positions of the cells in yuan."""

PAIRS = [a + b for a in SYMBOLS for b in SYMBOLS]
CODES = len(PAIRS) ** 4
SCATTER = 530_341_186_207
"""Shares no factor with the number of codes, so that each row gets a code of its own."""

TOWNS = (
    "兰州",
    "凉州",
    "天水",
    "酒泉",
    "张掖",
    "武威",
    "定西",
    "陇南",
    "平凉",
    "庆阳",
    "白银",
    "金昌",
    "成都",
    "重庆",
    "昆明",
    "贵阳",
    "西安",
    "银川",
    "西宁",
    "苏州",
)
FIRST = "鑫福瑞恒德永万华金盛嘉祥宏泰康兴和广天正聚源顺安信"
SECOND = "达隆丰源顺通盛昌和泰诚悦美佳邦利荣辉茂旺林海峰宇杰"
TRADES = (
    "建材",
    "商贸",
    "餐饮管理",
    "电子科技",
    "农业",
    "物流",
    "装饰工程",
    "信息技术",
    "食品",
    "机械设备",
    "服装",
    "环保科技",
)
FIRMS = ("有限公司", "有限公司", "有限公司", "有限责任公司")
SHOPS = ("小吃店", "五金店", "便利店", "理发店", "服装店", "烘焙坊", "汽修部", "水果店", "文具店", "火锅店")
PLACES = ("city", "city", "city", "city", "county", "county", "county", "other")

ONE = 1 << 32
LADDER: list[int] = [ONE * 9**k // 8**k if k >= 0 else ONE * 8**-k // 9**-k for k in range(-128, 129)]
"""Powers of 9/8. Climbed by counting random bits, it gives sizes that are log-normal but for their steps."""


class Chance:
    """Draws of one stream of random bits."""

    def __init__(self, seed: str) -> None:
        self.bits = Random(seed).getrandbits

    def below(self, n: int) -> int:
        """0 to n - 1."""
        return self.bits(32) * n >> 32

    def one_in(self, n: int) -> bool:
        """True once in n draws."""
        return not self.bits(32) * n >> 32

    def size(self, median: int) -> int:
        """Half of the draws are below the median, two thirds within a factor of 2.6 of it."""
        step = median * LADDER[self.bits(256).bit_count()] >> 32
        return step + (step * self.bits(16) >> 19)

    def near(self, threshold: int) -> int:
        """On the threshold, one below or one above."""
        return threshold - 1 + self.below(3)


def money(fen: int) -> str:
    """Yuan with two decimals."""
    return f"-{-fen // 100}.{-fen % 100:02}" if fen < 0 else f"{fen // 100}.{fen % 100:02}"


def sales(chance: Chance, general: bool) -> list[int]:
    """Fen of each quarter. Small-scale payers stay below five million yuan a year, or they would be none."""
    usual = chance.size(70_000_000) if general else min(chance.size(13_000_000), 100_000_000)
    quarters = [usual * (45_000 + chance.bits(15)) >> 16 for _ in range(4)]
    if chance.one_in(20):
        quarters[chance.bits(2)] = chance.near(30_000_000)
    return quarters


def profit(chance: Chance, enterprise: bool) -> tuple[int, int | None]:
    """Fen of taxable income, and of R&D for 15% of the enterprises."""
    case = chance.below(100)
    if case < 15:
        income = chance.near((300_000_000, 100_000_000, 200_000_000)[case // 5])
    elif case < 21 and enterprise:
        rd = chance.size(30_000_000)
        return chance.near(300_000_000) + rd, rd
    elif case < 33:
        income = -chance.size(8_000_000)
    else:
        income = chance.size(30_000_000)
    return income, chance.size(20_000_000) if enterprise and chance.below(1000) < 96 else None


def staff(chance: Chance) -> str:
    """Average employees, sometimes with a half."""
    case = chance.below(100)
    if case < 5:
        return ("300", "300.5", "301")[chance.below(3)]
    number = 1 + chance.below(400) if case < 10 else min(400, 1 + chance.size(11))
    return f"{number}.5" if number < 400 and chance.one_in(10) else str(number)


def west(chance: Chance, enterprise: bool) -> tuple[str, str]:
    """Whether in the west, and the share of encouraged income of some enterprises there."""
    case = chance.below(100)
    if case >= 26:
        return "no", ""
    if not enterprise or case >= 18:
        return "yes", ""
    share = chance.near(6000) if case < 6 else 3000 + chance.below(7001)
    return "yes", f"{share // 10_000}.{share % 10_000:04}"


def due(chance: Chance, median: int) -> str:
    """A small tax before reliefs: missing, nothing, or an amount."""
    case = chance.below(10)
    return "" if case < 2 else "0.00" if case < 3 else money(chance.size(median))


def businesses(seed: int, first_year: int, last_year: int) -> Iterator[list[str]]:
    """Cells of one business after another, without end."""
    chance, calendar = Chance(f"businesses {seed}"), Chance(f"years {seed}")
    below, code = chance.below, chance.below(CODES)
    while True:
        code = (code + SCATTER) % CODES
        high, low = divmod(code, len(PAIRS) ** 2)
        tail = "".join(PAIRS[i] for i in (*divmod(high, len(PAIRS)), *divmod(low, len(PAIRS))))
        enterprise = below(100) < 82
        general = enterprise and below(8200) < 2000
        brand = TOWNS[below(20)] + FIRST[below(25)] + SECOND[below(25)]
        quarters = sales(chance, general)
        vat_out = sum(quarters) * (120 + below(15)) // 1000 + below(100) if general else 0
        income, rd = profit(chance, enterprise)
        region, share = west(chance, enterprise)
        number = ("91620602M" if enterprise else "92620602M") + tail
        yield [
            number + credit_check(number),
            brand + (TRADES[below(12)] + FIRMS[below(4)] if enterprise else SHOPS[below(10)]),
            str(first_year + calendar.below(last_year - first_year + 1)),
            "enterprise" if enterprise else "individual_business",
            "general" if general else "small_scale",
            PLACES[chance.bits(3)],
            *map(money, quarters),
            money(vat_out) if general else "",
            money(vat_out * (600 + below(430)) // 1000) if general else "",
            money(income),
            "" if rd is None else money(rd),
            staff(chance),
            money(chance.near(5_000_000_000) if chance.one_in(20) else chance.size(600_000_000)),
            region,
            share,
            due(chance, 800_000),
            due(chance, 300_000),
            due(chance, 40_000),
        ]


def spoil(cells: list[str], chance: Chance) -> None:
    """Make one amount unreadable, or the row one cell too long or too short."""
    case = chance.below(9)
    if case == 0:
        cells.append("0.00")
    elif case == 1:
        cells.pop()
    elif case == 2:
        cells[REVENUES[chance.bits(2)]] = "-5.00"
    else:
        bad = ("1.005", "1e3", "NaN", "12a", "1__200.00", "12.34.56")[case - 3]
        cells[AMOUNTS[chance.below(len(AMOUNTS))]] = bad


def write(file: BinaryIO, rows: int, seed: int, years: tuple[int, int], bad: float, encoding: str) -> None:
    """Write the CSV piece by piece, so that any number of rows fits in memory."""
    file.write((",".join(COLUMNS) + "\n").encode(encoding))
    spoiling, spoiled_of_a_million = Chance(f"bad {seed}"), round(bad * 1_000_000)
    lines = []
    for cells in islice(businesses(seed, *years), rows):
        if spoiled_of_a_million and spoiling.below(1_000_000) < spoiled_of_a_million:
            spoil(cells, spoiling)
        lines.append(",".join(cells))
        if len(lines) == 4096:
            file.write(("\n".join(lines) + "\n").encode(encoding))
            lines.clear()
    file.write("".join(f"{line}\n" for line in lines).encode(encoding))


def main() -> None:
    """Read the options and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", default="2023", help="one year, or a first and a last one: 2019-2027")
    parser.add_argument("--bad", type=float, default=0, help="share of rows to spoil")
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--output", help="standard output by default")
    options = parser.parse_args()
    first, _, last = options.years.partition("-")
    years = int(first), int(last or first)
    if options.output:
        with open(options.output, "wb") as file:
            write(file, options.rows, options.seed, years, options.bad, options.encoding)
    else:
        write(sys.stdout.buffer, options.rows, options.seed, years, options.bad, options.encoding)


if __name__ == "__main__":
    main()
