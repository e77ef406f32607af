"""Money: whole fen, read strictly and written through Babel.

Reading is our own because no library is strict: one reads "1.005" as 1.00, another as 1.01, and both
accept "1e3". Here text either is an amount to the fen or is refused by name.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from taxcalc.base.problem import Lang, Problem, problem

if TYPE_CHECKING:
    from babel import Locale

_AMOUNT = (
    r"(?P<open>\()?(?P<sign>[+-]?)[¥￥$]?(?P<sign2>[+-]?)"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)+|(?=\.[0-9]))(?:\.(?P<part>[0-9]*))?"
    r"(?P<scale>千|万|百万|亿)?(?:元|圆)?(?P<close>\))?"
)
_CODE = r"^([(+-]*) *(?:CNY|RMB) *| *(?:CNY|RMB) *(\)?)$"
"""The code of the currency, before or after the amount."""
_GAP = r"(?<=[(+\-¥￥$]) +| +(?=[百千万亿元圆)])"
"""Blanks after a sign or before a unit, never between digits."""
_LONGEST = 60
"""Characters. No amount within the limits needs more."""
_SCALE = {None: 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0xFFE5: 0xA5}
_BLANKS = "\u00a0\u2007\u2009\u202f"
"""Blanks that are not typed, and that printed figures have between thousands: no-break, figure, thin, narrow."""
_THIN = rf"(?<![0-9.,_])([0-9]{{1,3}}(?:([{_BLANKS}])[0-9]{{3}})(?:\2[0-9]{{3}})*)(?![0-9{_BLANKS}])"
_SPACED = r"(?<![0-9.,_ ])([0-9]{1,3}(?: [0-9]{3})+\.[0-9]{1,2}|[0-9]{1,3}(?: [0-9]{3}){2,})(?![0-9.,_ ]*[0-9])"
"""Thousands apart by blanks. A typed blank can also stand between two figures: one alone needs a point behind it."""
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})


def plain(text: str) -> str:
    """Text with full-width forms made half-width and blanks taken off its ends. Nothing else is changed:
    a superscript or a foreign digit stays what it is and is refused."""
    return text.translate(_HALF_WIDTH).strip()


def read_money(text: str) -> int | Problem:
    """Whole fen from an amount in yuan such as 1234.5, 1,234.50, ￥1,234.50, 12万 or 1.2亿; or what is wrong.

    An amount in brackets or with a minus behind it, as accountants write a loss, is negative.
    """
    if len(text) > _LONGEST:
        return problem("value_long", length=len(text))
    written = re.sub(_THIN, lambda found: re.sub(r"\D", "", found[0]), text)
    written = re.sub(_CODE, r"\1\2", plain(written).translate(_SIGNS))
    written = re.sub(r"^([¥￥]) *\((.*)\)$", r"(\1\2)", written)
    written = re.sub(r"^([¥￥0-9.][^-+()]*)-$", r"-\1", written)
    if " " in written:
        written = re.sub(_GAP, "", written)
        written = re.sub(_SPACED, lambda found: found[0].replace(" ", ""), written)
    match = re.fullmatch(_AMOUNT, written)
    if not match or bool(match["open"]) != bool(match["close"]) or "$" in written:
        return _why_not(text, written)
    if sum(bool(match[group]) for group in ("open", "sign", "sign2")) > 1:
        return problem("money_unreadable", value=text)
    digits, part = match["whole"].replace(",", "").replace("_", ""), match["part"] or ""
    scale = _SCALE[match["scale"]]
    if match["scale"] is None and len(part) > 2:
        return problem("money_decimals", value=text)
    fen = Fraction(f"{digits or 0}.{part or 0}") * scale * 100
    if fen.denominator != 1:
        return problem("money_decimals", value=text)
    negative = match["open"] or "-" in (match["sign"], match["sign2"])
    return -fen.numerator if negative else fen.numerator


def _why_not(text: str, written: str) -> Problem:
    if not written:
        return problem("money_empty")
    if re.fullmatch(r"[+-]?[0-9.,_]+[eE][+-]?[0-9]+", written):
        return problem("money_exponent", value=text)
    if written.lower().strip("+-") in ("nan", "inf", "infinity"):
        return problem("money_not_a_number", value=text)
    if written.endswith("%"):
        return problem("money_percent", value=text)
    if "$" in written or "€" in written or "£" in written:
        return problem("money_currency", value=text)
    if re.fullmatch(r"[+-]?[0-9.,]+", written):
        return problem("money_separators", value=text)
    return problem("money_unreadable", value=text)


class Fen(int):
    """An amount of an answer: a whole number of fen that can write itself."""

    __slots__ = ()

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan, with two decimals."""
        return Decimal(int(self)).scaleb(-2)

    def text(self, lang: Lang) -> str:
        """The amount in yuan as the locale writes it."""
        return format_yuan(self, lang)


def yuan(fen: int) -> str:
    """'1234.50': plain text in yuan with two decimals, for JSON and CSV."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02}"


def format_yuan(fen: int, lang: Lang) -> str:
    """'1,234.50' as the locale writes it, through Babel."""
    from babel.numbers import format_decimal

    return format_decimal(Decimal(fen).scaleb(-2), format="#,##0.00", locale=_locale(lang))


@functools.cache
def _locale(lang: Lang) -> Locale:
    """Kept, since Babel looks through all its locales each time that it finds one."""
    from babel import Locale

    return Locale.parse("zh_CN" if lang == "zh" else "en")
