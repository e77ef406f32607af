"""Identifiers of taxpayers: does the check character of one fit, and has a spreadsheet rounded it?"""

from __future__ import annotations

import re
from typing import Literal

from taxcalc.base.money import plain

Doubt = Literal["rounded", "check"]

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Those of a unified social credit code (GB 32100-2015), which leaves out I, O, S, V and Z."""
_CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_PERSON_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_PERSON_CHECKS = "10X98765432"

_PERSON = r"[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
_EXPONENT = r"\d(?:\.\d+)?E\+?\d{1,2}"
_ROUNDED = r"\d{15,}000(?:\.0)?"
"""A spreadsheet keeps fifteen digits of a number, and fills up with noughts."""
_REGISTERED = r"9[123][0-9A-Z]{14,18}"
"""What begins like the code of a business and is about as long."""


def credit_check(body: str) -> str:
    """The check character for the first seventeen characters of a unified social credit code."""
    found = sum(SYMBOLS.index(symbol) * weight for symbol, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return SYMBOLS[-found % 31]


def _person_check(body: str) -> str:
    return _PERSON_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _PERSON_WEIGHTS, strict=True)) % 11]


def doubt(text: str) -> Doubt | None:
    """What is wrong with an identifier, if anything can be told. A number of one's own, or one of the fifteen digits
    that came before, has no check character and is never doubted."""
    code = plain(text).upper()
    if re.fullmatch(_EXPONENT, code) or re.fullmatch(_ROUNDED, code):
        return "rounded"
    if re.fullmatch(_PERSON, code[:18]) and len(code) in (18, 20):  # a person's business adds two digits
        return None if _person_check(code[:17]) == code[17] or _fits(code) else "check"
    if len(code) == 18 and re.fullmatch("[0-9A-Z]*", code):
        return None if _fits(code) else "check"
    return "check" if re.fullmatch(_REGISTERED, code) else None


def _fits(code: str) -> bool:
    return len(code) == 18 and set(code) <= set(SYMBOLS) and credit_check(code[:17]) == code[17]
