"""The walk along one fact: every piece is straight and exact, every turning point is where two assessments say it is."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import islice

import pytest

from taxcalc.advice.cliffs import cliffs, movable, payable
from taxcalc.advice.walk import Break, Walk, breaks
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.base.money import yuan
from taxcalc.base.problem import InputError
from taxcalc.engines import affine
from verification.oracle.generator import businesses
from verification.proofs.cliffs.conditions import KNOWN
from verification.proofs.cliffs.rows import read

ROWS = [row for row in read()[0] if row.place != KNOWN[1]]
SHOP = {"period": "2026Q1", "taxpayer": "enterprise", "vat_payer": "small_scale", "place": "city", "revenue": "298500"}


def _firms(seed: str, rows: int) -> list[Evaluation]:
    """So many businesses, each of which states other facts than the next."""
    found = []
    for facts in (one for number in range(rows) for one in businesses(f"{seed} {number}", 1)):
        try:
            found.append(evaluate(facts))
        except InputError:
            continue
    return found


def test_pieces_are_straight_and_exact() -> None:
    """Anywhere on a piece the program computes what the line says, but for roundings; at its ends exactly that."""
    chance, asked = random.Random(7), 0
    for evaluation in _firms("pieces", 12):
        for name in chance.sample(movable(evaluation), min(4, len(movable(evaluation)))):
            walked = Walk(evaluation, name)
            low, high = walked.bounds()
            for piece in islice(walked.pieces(max(low, -(10**9)), min(high, 10**11)), 40):
                for place in (piece.first, piece.last, chance.randint(piece.first, piece.last)):
                    found = walked.payable(place)
                    assert found is not None
                    if piece.straight:
                        assert abs(found - piece.payable - Fraction(piece.slope) * (place - piece.first)) <= 60, (
                            name,
                            place,
                        )
                    asked += 1
                assert walked.payable(piece.last) == piece.payable_last
    assert asked > 200


def test_places_are_what_an_assessment_computes() -> None:
    chance, asked = random.Random(8), 0
    for evaluation in _firms("places", 25):
        names = movable(evaluation)
        for name in chance.sample(names, min(3, len(names))):
            walked = Walk(evaluation, name)
            place = chance.randint(0, min(walked.bounds()[1], 10**9))
            given = {name: walked.fact.written(walked.value(place))}
            if walked.fact.type == "rate":
                continue
            try:
                told = evaluate(evaluation.facts.restated("test", given)).assessment
            except InputError:
                continue
            if payable(told).keys() == payable(evaluation.assessment).keys():
                assert walked.payable(place) == sum(payable(told).values()), (name, place)
                asked += 1
    assert asked > 50


def test_both_sides_of_every_cliff_are_confirmed() -> None:
    """By assessing the firm anew on both sides, counted by what turns: of several tables of the law some."""
    turned: Counter[str] = Counter()
    for evaluation in _firms("cliffs", 12):
        for cliff in cliffs(evaluation):
            if cliff.unit == "share":
                continue
            fact = evaluation.facts.stated[cliff.input].slot.fact
            sides = []
            for value in (cliff.last_before, cliff.first_after):
                assert not isinstance(value, str)
                given = {cliff.input: fact.written(value)}
                sides.append(sum(payable(evaluate(evaluation.facts.restated("test", given)).assessment).values()))
            assert sides == [cliff.payable_before, cliff.payable_after]
            assert sides[1] - sides[0] == cliff.cost_of_crossing == sum(cliff.by_levy.values())
            assert cliff.law or not cliff.conditions
            turned.update(version.path for version in cliff.law)
    assert len(turned) >= 5, turned


@pytest.mark.parametrize("levy", dict.fromkeys(row.levy for row in ROWS))
def test_every_listed_cliff_is_found(levy: str) -> None:
    """The business of each row of the solver's list stands on the last value before: the walk sees the jump there, and
    what turns. Not where roundings alone turn it: there it turns back a few fen further, or has turned a fen before."""
    for row in (row for row in ROWS if row.levy == levy):
        walked = Walk(evaluate(row.facts), row.input, [row.levy])
        found = next(breaks(walked, walked.bounds()[1]), None)
        here = int(walked.here)
        if found is None or found.below != here or not told(walked, found):
            near = [walked.payable(here + aside) for aside in (-50, -20, -1, 20, 50, 100, 200, 400)]
            before, after = walked.payable(here), walked.payable(here + 1)
            assert before in near[3:] or after in near[:3], row
            continue
        assert [yuan(found.payable_below), yuan(found.payable_above)] == [row.before, row.after]


def test_few_listed_cliffs_are_of_roundings_alone() -> None:
    """A walk that saw nothing would call them all so."""
    rows = [row for row in ROWS if row.levy in ("corporate_income", "urban_construction")]
    for row in rows:
        walked = Walk(evaluate(row.facts), row.input, [row.levy])
        found = next(breaks(walked, walked.bounds()[1]), None)
        assert found is not None, row
        assert told(walked, found), row
    assert len(rows) > 5


def told(walked: Walk, found: Break) -> bool:
    """Is it told what turns there, and does all of that turn between the two places?"""
    sides = [(walked.at(found.below).value(node), walked.at(found.above).value(node)) for node in found.turned]
    return bool(sides) and all(one is not other for one, other in sides)


def test_on_which_side_the_limit_is_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 2026 the limit itself is taxed, before it was exempt. A walk that took one comparison for the other would tell
    a condition that does not turn there."""
    walked = Walk(evaluate(SHOP), "revenue")
    (found, *_) = breaks(walked, walked.bounds()[1])
    assert (found.below, found.above) == (29_999_999, 30_000_000)
    assert told(walked, found)
    before = Walk(evaluate({**SHOP, "period": "2025Q1"}), "revenue")
    (earlier, *_) = breaks(before, before.bounds()[1])
    assert (earlier.below, earlier.above) == (30_000_000, 30_000_001)
    assert told(before, earlier)
    monkeypatch.setattr(affine, "holds", lambda node, more: more <= 0 if node.op == "<" else more < 0)
    wrong = Walk(evaluate(SHOP), "revenue")
    (other, *_) = breaks(wrong, wrong.bounds()[1])
    assert not told(wrong, other)


def test_a_year_that_is_cut_turns_once() -> None:
    year = {"year": 2023, "filing": "quarterly", "vat_payer": "small_scale", "place": "city", "revenue": "1100000"}
    walked = Walk(evaluate(year), "revenue")
    (found,) = breaks(walked, walked.bounds()[1])
    assert (walked.value(found.below), walked.value(found.above)) == (120_000_000, 120_000_004)
    assert found.jump == 4 * 318_000
