"""How large can any intermediate become? The graph on intervals, and the input limit that follows.

Column engines compute in 64 bits and wrap without a word. Evaluating the very same integer arithmetic on
intervals bounds every intermediate, so the largest safe input is derived, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from taxcalc.catalogue import MONEY_LIMIT
from taxcalc.engine.pairs import Pairs, scale
from taxcalc.graph import In, Node

INT64 = 2**63 - 1


class Interval:
    """All whole numbers from lo to hi. Every result is noted at its carrier's peak."""

    __slots__ = ("hi", "lo", "peak")

    def __init__(self, lo: int, hi: int, peak: list[int]) -> None:
        self.lo, self.hi, self.peak = lo, hi, peak
        peak[0] = max(peak[0], abs(lo), abs(hi))

    def _of(self, other: Any) -> Interval:
        return other if isinstance(other, Interval) else Interval(other, other, self.peak)

    def __add__(self, other: Any) -> Interval:
        b = self._of(other)
        return Interval(self.lo + b.lo, self.hi + b.hi, self.peak)

    def __sub__(self, other: Any) -> Interval:
        b = self._of(other)
        return Interval(self.lo - b.hi, self.hi - b.lo, self.peak)

    def __rsub__(self, other: Any) -> Interval:
        return self._of(other) - self

    def __mul__(self, other: Any) -> Interval:
        b = self._of(other)
        ends = [x * y for x in (self.lo, self.hi) for y in (b.lo, b.hi)]
        return Interval(min(ends), max(ends), self.peak)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo, self.peak)

    def __le__(self, other: Any) -> bool | None:
        b = self._of(other)
        return True if self.hi <= b.lo else False if self.lo > b.hi else None

    def __lt__(self, other: Any) -> bool | None:
        b = self._of(other)
        return True if self.hi < b.lo else False if self.lo >= b.hi else None

    def __ge__(self, other: Any) -> bool | None:
        return self._of(other) <= self

    def __gt__(self, other: Any) -> bool | None:
        return self._of(other) < self


class Intervals:
    """A carrier of intervals: money inputs within ±limit fen, other inputs within their own limits."""

    def __init__(self, limit: int) -> None:
        self.limit, self.peak = limit, [0]

    def input(self, node: In) -> Any:
        """The whole range that the reader lets through."""
        fact = node.fact
        if node.unit in ("flag", "choice"):
            return None
        own = fact.maximum if fact.maximum != MONEY_LIMIT else self.limit
        top = min(self.limit, own) if fact.type == "money" else (1 if fact.type == "rate" else fact.maximum)
        top = int(top) * scale(node)
        low = -top if fact.negative else int(fact.minimum or 0)
        return Interval(low, top, self.peak)

    def claimed(self, relief: str) -> Any:
        """Either."""
        return None

    def when(self, condition: Any, a: Any, b: Any) -> Any:
        """Both branches, unless the condition is certain."""
        if condition is not None:
            return a if condition else b
        if a is None or b is None or isinstance(a, bool) or isinstance(b, bool):
            return None
        x, y = Interval._of(_any(a, b, self.peak), a), Interval._of(_any(a, b, self.peak), b)
        return Interval(min(x.lo, y.lo), max(x.hi, y.hi), self.peak)

    def least(self, a: Any, b: Any) -> Any:
        """The smaller end of each."""
        x, y = _any(a, b, self.peak)._of(a), _any(a, b, self.peak)._of(b)
        return Interval(min(x.lo, y.lo), min(x.hi, y.hi), self.peak)

    def most(self, a: Any, b: Any) -> Any:
        """The larger end of each."""
        x, y = _any(a, b, self.peak)._of(a), _any(a, b, self.peak)._of(b)
        return Interval(max(x.lo, y.lo), max(x.hi, y.hi), self.peak)

    def div(self, a: Any, b: Any) -> Any:
        """The quotient of what is not negative: a branch for negative numbers is not taken there."""
        x, y = _any(a, b, self.peak)._of(a), _any(a, b, self.peak)._of(b)
        low, high = max(x.lo, 0), max(x.hi, 0)
        return Interval(low // y.hi, high // max(y.lo, 1), self.peak)

    def both(self, a: Any, b: Any) -> Any:
        """And, with None for either."""
        return False if a is False or b is False else True if a is True and b is True else None

    def either(self, a: Any, b: Any) -> Any:
        """Or, with None for either."""
        return True if a is True or b is True else False if a is False and b is False else None

    def negate(self, a: Any) -> Any:
        """Not, with None for either."""
        return None if a is None else not a

    def same(self, a: Any, b: Any) -> Any:
        """Either."""
        return None


def _any(a: Any, b: Any, peak: list[int]) -> Interval:
    return a if isinstance(a, Interval) else b if isinstance(b, Interval) else Interval(0, 0, peak)


def peak(nodes: Iterable[Node], limit: int) -> int:
    """The largest intermediate, in magnitude, for money inputs up to `limit` fen."""
    carrier = Intervals(limit)
    engine = Pairs(carrier)
    for node in nodes:
        engine.value(node)
    return carrier.peak[0]


def derived_limit(nodes: Iterable[Node]) -> int:
    """The largest power of ten of fen within which no intermediate leaves 64 bits."""
    wanted = list(nodes)
    power = 0
    while power < 19 and peak(wanted, 10 ** (power + 1)) <= INT64:
        power += 1
    return int(10**power)
