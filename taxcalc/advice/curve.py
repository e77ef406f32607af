"""The curve of what is to pay over a range of one fact as plain data: exact at every corner, never joined across a jump."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import NamedTuple

from taxcalc.advice.cliffs import Cliff, confirmed
from taxcalc.advice.walk import Break, Piece, Walk, breaks_of
from taxcalc.assessment.conditions import UNITS
from taxcalc.assessment.evaluation import evaluate, value_of
from taxcalc.assessment.result import Assessment, Value, ValueUnit
from taxcalc.base.money import Fen
from taxcalc.base.units import Label, Number
from taxcalc.facts.statement import FactSet
from taxcalc.law.book import LawBook

_MOST = 400
"""Pieces of a curve; one with more would be no help to anybody."""
_CUTS = 16
"""A piece that is no straight line is told by so many that nearly are, each exact at its ends."""


class Segment(NamedTuple):
    """A piece of the curve from one value of the fact to another, with what is to pay at either."""

    first: Value
    last: Value
    payable_first: Fen
    payable_last: Fen
    slope: Fraction
    """What is to pay on one more: a share of a yuan for amounts, fen for anything that is counted."""
    straight: bool


class Curve(NamedTuple):
    """A curve with its cliffs."""

    assessment: Assessment
    input: str
    label: Label
    unit: ValueUnit
    now: Value | None
    """Where the firm stands, if it states the fact."""
    segments: Sequence[Segment]
    cliffs: Sequence[Cliff]
    complete: bool
    """Does it reach the end? It ends early where what is to pay is not known any more."""

    @property
    def bands(self) -> list[tuple[Value, Value]]:
        """More sales or income, and less left: from each cliff to where it is earned back."""
        return [(one.first_after, one.earned_back_at) for one in self.cliffs if one.earned_back_at is not None]


def curve(facts: FactSet, name: str, start: Number, end: Number, book: LawBook) -> Curve:
    """The curve over an input from one value to another. Raises InputError where the firm cannot be assessed at its start."""
    stated = facts.stated.get(name)
    slot = facts.catalogue.find(name)
    assert slot is not None
    fact = slot.fact
    here = facts if stated and facts.stands_alone(name) else facts.restated("--over", {name: fact.written(start)})
    evaluation = evaluate(here, book=book)
    walked = Walk(evaluation, name)
    low, high = (floor(value * fact.parts / Fraction(walked.step)) for value in (start, end))
    pieces = [piece for _, piece in zip(range(_MOST), walked.pieces(low, high), strict=False)]
    segments = [segment for piece in pieces for segment in _segments(walked, piece)]
    return Curve(
        evaluation.assessment,
        name,
        fact.label,
        UNITS[fact.unit] if fact.type != "rate" else "share",
        value_of(fact, walked.value(walked.here)) if here is facts else None,
        segments,
        [cliff for cliff in _cliffs(walked, breaks_of(pieces)) if cliff],
        bool(pieces) and pieces[-1].last == high,
    )


def _cliffs(walked: Walk, found: Iterator[Break]) -> Iterator[Cliff | None]:
    return (confirmed(walked, one) for one in found)


def _segments(walked: Walk, piece: Piece) -> Iterator[Segment]:
    """A straight piece as it is; any other in several."""
    count = 1 if piece.straight else min(_CUTS, piece.last - piece.first) or 1
    cuts = [piece.first + (piece.last - piece.first) * number // count for number in range(count + 1)]
    for first, last in pairwise(cuts):
        one, other = walked.payable(first) or 0, walked.payable(last) or 0
        slope = (
            Fraction(piece.slope) / walked.step
            if piece.straight
            else Fraction(other - one, ((last - first) or 1) * walked.step)
        )
        low, high = (value_of(walked.fact, walked.value(place)) for place in (first, last))
        yield Segment(low, high, Fen(one), Fen(other), slope, piece.straight)
