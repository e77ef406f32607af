"""The curve of what is to pay over one fact of one firm, piece by piece, each straight and exact at both its ends.

A place on the curve is a whole number of the least parts of the fact (fen, ten-thousandths of a person). Where something
turns, the last place before and the first after are found by the exact values, whatever the slopes foretold.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise
from math import ceil, floor, lcm
from typing import NamedTuple

from taxcalc.assessment.evaluation import Evaluation, evaluator
from taxcalc.base.kinds import PURSES
from taxcalc.base.units import Number
from taxcalc.engines.affine import Affine, Rate, Shifted, side
from taxcalc.engines.exact import Unknown
from taxcalc.facts.catalogue import Fact
from taxcalc.graph.nodes import In, Node, Op

_EVEN = 55_440
"""Parts by which every share and mean of a fact grows by whole parts: of up to twelve months, halved."""
_ASIDE = 4_096
"""Parts by which roundings may put off where a comparison turns."""
_ROUNDED = 60
"""Fen by which the roundings of all levies together may leave a straight line; a cliff is more than a yuan."""
A_YUAN = 100
"""What a jump must be more than, in fen, to be told: less is rounding."""


class Piece(NamedTuple):
    """A straight part of the curve, in the direction of the walk: from place to place, with what is to pay in fen."""

    first: int
    last: int
    payable: int
    """At the first place."""
    payable_last: int
    slope: Rate
    """Fen a place, upwards."""
    straight: bool
    """Is it a straight line? A share of which part and whole both move is none; its ends are exact all the same."""
    turned: tuple[Op, ...]
    """What turns at its end; nothing at the end of the walk."""


class Walk:
    """Walks along one stated input of one firm. What is counted are the taxes and fees that are known where it stands, or
    some levies alone."""

    def __init__(self, evaluation: Evaluation, name: str, levies: Sequence[str] | None = None) -> None:
        self.evaluation, self.name = evaluation, name
        self._model, self._facts = evaluation.model, evaluation.facts
        stated = self._facts.stated[name]
        self.fact: Fact = stated.slot.fact
        assert not isinstance(stated.value, str)
        self.step = self._step()
        self.here = Fraction(stated.value) * self.fact.parts / self.step
        """Where the firm stands: between two places, where its figure is cut unevenly."""
        amounts = evaluation.amounts
        counted = levies if levies is not None else [id for kind in PURSES["cost"] for id in amounts.counted(kind)]
        self._levies = [self._model.levies[id] for id in counted if amounts.known[id]]
        self._moving: dict[Node, bool] = {}
        self._values: dict[int, Shifted] = {}
        self._amounts: dict[int, int | None] = {}

    @property
    def bears(self) -> bool:
        """Does anything that is counted rest on the fact?"""
        return any(self._moves(levy.payable) for levy in self._levies)

    def _step(self) -> int:
        """Into how many equal parts the filing periods cut the figure: so many of its least parts are one place, so that
        each period moves by one. Else they would turn one after another, and not even in order."""
        resolved = (self._facts.resolve(self.fact, period) for period in self._model.filing_periods)
        return lcm(*(one.of for one in resolved if one is not None and one.how == "spread"))

    def value(self, place: int | Fraction) -> Number:
        """A place as a value of the fact."""
        found = Fraction(place) * self.step / self.fact.parts
        return found.numerator if found.denominator == 1 else found

    def bounds(self) -> tuple[int, int]:
        """The first and the last place that there are."""
        most = Fraction(1) if self.fact.type == "rate" else Fraction(self.fact.maximum)
        least = -most if self.fact.negative else Fraction(self.fact.minimum or 0)
        return ceil(least * self.fact.parts / self.step), floor(most * self.fact.parts / self.step)

    # ------------------------------------------------------------------------------------- one place

    def _moves(self, node: Node) -> bool:
        found = self._moving.get(node)
        if found is None:
            found = self._moving[node] = self._model.rests_on_fact(node, self.fact.name)
        return found

    def at(self, place: int) -> Shifted:
        """The exact values at a place."""
        if place not in self._values:
            self._values[place] = self._at(place)
        return self._values[place]

    def payable(self, place: int) -> int | None:
        """What is to pay at a place, in fen; None where it is not known there."""
        if place not in self._amounts:
            self._amounts[place] = self._payable(place)
        return self._amounts[place]

    def _at(self, place: int) -> Shifted:
        there = evaluator(self._facts.shifted(self.name, self.value(place)))
        return Shifted(self.evaluation.exact, there._lookup, self._moves)

    def _payable(self, place: int) -> int | None:
        exact, total = self.at(place), 0
        for levy in self._levies:
            if levy.applies is not None and exact.value(levy.applies) is False:
                continue
            value = exact.value(levy.payable)
            if isinstance(value, Unknown):
                return None
            total += int(value)
        return total

    def _grows(self, place: int) -> Callable[[In], Rate]:
        """How fast each input grows: between two places of which every share is whole."""
        start = place - place % _EVEN
        low, high = (self._facts.shifted(self.name, self.value(at)) for at in (start, start + _EVEN))

        @functools.cache
        def grows(node: In) -> Rate:
            one, other = (facts.resolve(node.fact, node.period) for facts in (low, high))
            if one is None or other is None:
                return 0
            assert not isinstance(one.value, str)
            assert not isinstance(other.value, str)
            return Fraction(other.value - one.value) / _EVEN

        return grows

    # ------------------------------------------------------------------------------------- the pieces

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces from a place to another, upwards or downwards; they end early where nothing is known any more."""
        ahead = 1 if end >= start else -1
        while (end - start) * ahead >= 0:
            payable = self.payable(start)
            if payable is None:
                return
            piece = self._piece(start, payable, end, ahead)
            yield piece
            start = piece.last + ahead

    def _piece(self, start: int, payable: int, end: int, ahead: int) -> Piece:
        affine = Affine(self.at(start), self._moves, self._grows(start), ahead)
        rate: Rate = 0
        straight = True
        for levy in self._levies:
            if levy.applies is not None:
                affine.slope(levy.applies)
                if self.at(start).value(levy.applies) is False:
                    continue
            slope = affine.slope(levy.payable)
            rate, straight = rate + slope.rate, straight and not slope.bent
        last, turned = self._first_turn(affine, start, end, ahead)
        fits = functools.partial(self._fits, start, payable, rate)
        if straight and not fits(last):
            last, turned = bisected(fits, start, last), []
        at_last = self.payable(last)
        if at_last is None:
            last, turned = bisected(lambda place: self.payable(place) is not None, start, last), []
            at_last = self.payable(last)
        assert at_last is not None
        return Piece(start, last, payable, at_last, rate, straight, tuple(turned) if last != end else ())

    def _fits(self, start: int, payable: int, rate: Rate, place: int) -> bool:
        found = self.payable(place)
        return found is not None and abs(payable + Fraction(rate) * (place - start) - found) <= _ROUNDED

    def _first_turn(self, affine: Affine, start: int, end: int, ahead: int) -> tuple[int, list[Op]]:
        """The last place before anything turns, and what turns there."""
        last, turned = end, list[Op]()
        foretold = [(floor(abs(turn.way)), turn.node) for turn in affine.turns if turn.way is not None]
        bent = [(abs(end - start), turn.node) for turn in affine.turns if turn.way is None]
        for way, node in (*sorted(foretold, key=lambda pair: pair[0]), *bent):
            guess = start + ahead * way
            if (guess - last) * ahead > _ASIDE:
                continue
            found = self._turns(node, start, guess, last, ahead)
            if found is None:
                continue
            if found != last:
                last, turned = found, []
            turned.append(node)
        return last, turned

    def _turns(self, node: Op, start: int, guess: int, last: int, ahead: int) -> int | None:
        """The last place before a comparison turns, near where it was foretold and not after `last`; None where it does not."""
        before = side(node, self.at(start))

        def same(place: int) -> bool:
            return side(node, self.at(place)) is before

        beyond, step = last + ahead, 1
        guess = min(guess, last) if ahead > 0 else max(guess, last)
        low = high = guess
        while same(high):
            if (high - last) * ahead >= 0 or step > _ASIDE:
                # the end of the walk turns nothing; that what ends here already also turns this is of interest
                return last if step <= _ASIDE and not same(beyond) else None
            low, high = high, _nearer(high + ahead * step, last, ahead)
            step *= 2
        while not same(low):
            high, low = low, _nearer(low - ahead * step, start, -ahead)
            step *= 2
        return bisected(same, low, high)


def _nearer(place: int, limit: int, ahead: int) -> int:
    """A place, or the limit where it lies beyond it."""
    return min(place, limit) if ahead > 0 else max(place, limit)


def bisected(same: Callable[[int], bool], low: int, high: int) -> int:
    """The last place from `low`, where something holds, towards `high`, where it does not."""
    while abs(high - low) > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return low


class Break(NamedTuple):
    """Where the curve jumps: the places below and above, and what turns between them."""

    below: int
    above: int
    payable_below: int
    payable_above: int
    turned: tuple[Op, ...]

    @property
    def jump(self) -> int:
        """What one part more costs, in fen."""
        return self.payable_above - self.payable_below


def breaks(walk: Walk, end: int, most: int = 60) -> Iterator[Break]:
    """The jumps of more than a yuan from where the firm stands to a place, in their order, over so many pieces."""
    start = ceil(walk.here) if end > walk.here else floor(walk.here)
    yield from breaks_of(islice(walk.pieces(start, end), most))


def breaks_of(pieces: Iterable[Piece]) -> Iterator[Break]:
    """The jumps of more than a yuan between some pieces."""
    for held, piece in pairwise(pieces):
        low, high = sorted(((held.last, held.payable_last), (piece.first, piece.payable)))
        if abs(high[1] - low[1] - Fraction(held.slope)) > A_YUAN:
            yield Break(low[0], high[0], low[1], high[1], held.turned)
