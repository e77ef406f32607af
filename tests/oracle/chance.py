"""Draws that the generators of businesses share."""

from __future__ import annotations

from random import Random


def near(rng: Random, amount: int) -> int:
    """An amount of fen itself, one below or one above it; never below nought."""
    return max(amount + rng.choice((-1, 0, 0, 1)), 0)


def size(rng: Random, most: int = 10) -> int:
    """Fen of any order of magnitude up to so many digits."""
    return rng.randrange(10 ** rng.randint(1, most))


def edge(rng: Random, limits: tuple[int, ...], most: int = 10) -> int:
    """Fen on or beside one of the limits, or anywhere."""
    return near(rng, rng.choice(limits)) if rng.random() < 0.6 else size(rng, most)
