"""One column of a table."""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.facts.catalogue import Slot


class Column(NamedTuple):
    """One column of a table: its heading as written, the fact that it gives, and a unit its figures lack."""

    place: int
    title: str
    slot: Slot | None
    unit: str = ""
    gross: bool = False
    """Does the heading say that its amounts include VAT?"""

    @property
    def name(self) -> str:
        """The canonical input name; '' for a column that is passed through."""
        return self.slot.name if self.slot else ""
