"""Money in whole fen: reading it, rounding it, cutting it into parts."""

from __future__ import annotations


def read(text: str) -> int:
    """Yuan as plain text, such as 1234.5 or -3.20, to fen. At most two decimals."""
    yuan, _, cents = text.removeprefix("-").partition(".")
    if len(cents) > 2 or not yuan.isdigit():
        raise ValueError(f"not an amount of yuan: {text!r}")
    fen = int(yuan) * 100 + int(cents.ljust(2, "0"))
    return -fen if text.startswith("-") else fen


def show(fen: int) -> str:
    """Fen as yuan with two decimals."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"


def part(amount: int, numerator: int, denominator: int) -> int:
    """amount × numerator ÷ denominator, to the fen, half a fen going up (away from nought when negative).

    So every line of a return is rounded: each tax due and each relief on its own.
    """
    twice = 2 * amount * numerator
    if twice >= 0:
        return (twice + denominator) // (2 * denominator)
    return -((denominator - twice) // (2 * denominator))


def percent(amount: int, rate: int) -> int:
    """So many percent of an amount, rounded to the fen."""
    return (amount * rate + 50) // 100 if amount >= 0 else -((50 - amount * rate) // 100)


def evenly(total: int, pieces: int) -> list[int]:
    """An amount cut into equal pieces of whole fen that add up to it again.

    The law says nothing of it; only a figure that is known for the whole year alone is cut like this.
    """
    cuts = [total * i // pieces for i in range(pieces + 1)]
    return [cuts[i + 1] - cuts[i] for i in range(pieces)]
