"""Draws that the generators of businesses share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Two streams of chance: one for which facts are stated at all, one for what they say.

    All businesses of a table repeat the first stream, so that they state the same facts and the table has no
    holes; the second goes on from one business to the next. What is wished for is not left to chance: names of
    things to be stated, and forms to be taken where there is a choice.
    """

    def __init__(self, seed: str, wishes: Iterable[object] = ()) -> None:
        self.wishes = frozenset(wishes)
        self.shape = Random(f"shape {seed}")
        self.value = Random(f"value {seed}")
        self.start = self.shape.getstate()

    def again(self) -> None:
        """Another business of the same shape."""
        self.shape.setstate(self.start)

    def has(self, share: float, wish: str = "") -> bool:
        """Whether something is stated in this table: always if it is wished for."""
        return self.shape.random() < share or wish in self.wishes

    def form(self, choices: Sequence[T]) -> T:
        """One way for the whole table: one that is wished for, or any."""
        return self.shape.choice([choice for choice in choices if choice in self.wishes] or choices)

    def maybe(self, share: float) -> bool:
        """True for such a share of businesses."""
        return self.value.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return self.value.choice(choices)

    def below(self, limit: int) -> int:
        """0 to limit - 1."""
        return self.value.randrange(limit)

    def near(self, amount: int) -> int:
        """An amount of fen itself, one below or one above it; never below nought."""
        return max(amount + self.pick((-1, 0, 0, 1)), 0)

    def size(self, digits: int = 10) -> int:
        """Fen of any order of magnitude up to so many digits."""
        return self.below(10 ** (1 + self.below(digits)))

    def edge(self, limits: Sequence[int], digits: int = 10) -> int:
        """Fen on or beside one of the limits, or anywhere."""
        return self.near(self.pick(limits)) if self.maybe(0.6) else self.size(digits)

    def piece(self, whole: int) -> int:
        """A part of an amount: now and then all of it, or a single fen."""
        draw = self.value.random()
        return whole if draw < 0.1 else min(1, whole) if draw < 0.15 else self.below(whole + 1)
