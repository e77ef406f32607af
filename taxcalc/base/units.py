"""What a figure is measured in, and how anything is called."""

from fractions import Fraction
from typing import Literal, TypeAlias

Unit = Literal["money", "rate", "count", "flag", "choice"]
Number: TypeAlias = int | Fraction
"""Exact: whole fen for money, persons or months for a count, a share of one for a rate."""
Label = tuple[str, str]
"""A text in Chinese and in English."""
