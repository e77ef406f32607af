"""The kinds of levies and reliefs, and which of them may be added up."""

from typing import Literal, get_args

Kind = Literal["tax", "fee", "grant", "financing", "deferral", "evaluation", "personal"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PURSES: dict[str, tuple[Kind, ...]] = {
    "cost": ("tax", "fee"),
    "grant": ("grant",),
    "financing": ("financing",),
    "deferral": ("deferral",),
    "evaluation": ("evaluation",),
    "personal": ("personal",),
}
"""What may be added up: taxes and fees saved, money received, financing cost saved, money merely kept for a
while, advantages that are no money, and money that persons receive, not the firm, are six totals, never one."""


def purse_of(kind: Kind) -> str:
    """The total that a kind belongs to."""
    return "cost" if kind in PURSES["cost"] else kind
