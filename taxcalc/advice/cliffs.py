"""Where one fen more of a fact that a firm states costs or brings more than a yuan: on both sides of where it stands.

Each is found by the walk and confirmed by two assessments, whose figures are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import ceil
from typing import NamedTuple

from taxcalc.advice.walk import A_YUAN, Break, Piece, Walk, bisected, breaks
from taxcalc.assessment.conditions import UNITS, Describer
from taxcalc.assessment.evaluation import Evaluation, evaluate, value_of
from taxcalc.assessment.result import Assessment, Condition, Value, ValueUnit
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import Fen
from taxcalc.base.problem import InputError
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import rate_text
from taxcalc.graph.naming import is_of_the_law, limit_name
from taxcalc.graph.nodes import Node, Op, Param, RuleError, walk
from taxcalc.law.book import Version
from taxcalc.rules.vat_sales import rate_of_ordinary_sales
from taxcalc.rules.who import is_small_scale

_MOVING = ("money", "average", "rate", "count")
"""Types of facts that can be a little more or less."""
_EARNED = ("revenue", "taxable_income")
"""More of these is more money; a kind of sales is a part of them, and to have more of a kind may be to have less of another."""
_EACH_WAY = 3
"""Cliffs of one fact that are told on each side, the nearest."""
_JITTER = 20
"""Fen within which roundings may let an amount be left once, and not with a fen more."""


class Cliff(NamedTuple):
    """A place on the curve of what is to pay where it jumps. Amounts are those of all taxes and fees that are known."""

    input: str
    """What moves, all else equal."""
    label: Label
    unit: ValueUnit
    now: Value
    at: Value
    """The value at which the condition turns: the last on this side of it, or the first on the other."""
    last_before: Value
    first_after: Value
    headroom: Value
    """From now to there, whichever side it is on."""
    headroom_gross: Fen | None
    """The same with VAT, for sales of a small-scale payer that are stated without."""
    behind: bool
    """Has the firm crossed it already?"""
    payable_before: Fen
    payable_after: Fen
    cost_of_crossing: Fen
    """What is to pay on the first value after less what is on the last before; below zero where it brings money."""
    cost_here: Fen | None
    """Where it is crossed: what is to pay now less what was on the last value before."""
    earned_back_at: Value | None
    """Of sales or income: the first amount of which as much is left after tax as of the last before."""
    by_levy: Mapping[str, Fen]
    reliefs: Mapping[str, Fen]
    """By how much less (or, below zero, more) the reliefs that change save, once it is crossed."""
    conditions: Sequence[Condition]
    """What turns, with the numbers of the firm as it is."""
    law: Sequence[Version]
    """What the limits and the reliefs rest on."""

    @property
    def stake(self) -> int:
        """The yuan that are at stake in it, in fen."""
        return max(abs(self.cost_of_crossing), abs(self.cost_here or 0))


def movable(evaluation: Evaluation) -> list[str]:
    """The inputs that are stated, can move by themselves, and bear on something that is counted."""
    stated = evaluation.facts.stated.items()
    found = [name for name, one in stated if one.slot.fact.type in _MOVING and one.slot.fact.name != "year"]
    # of the openings and closings of an average, the last that is stated is what may still be another
    ends = {one.slot.fact.name: name for name, one in sorted(stated) if one.slot.fact.points and one.slot.part}
    found = [name for name in found if ends.get(evaluation.facts.stated[name].slot.fact.name, name) == name]
    return [name for name in found if evaluation.facts.stands_alone(name) and Walk(evaluation, name).bears]


def cliffs(evaluation: Evaluation, most: int = 20, *, once: bool = False) -> list[Cliff]:
    """The cliffs around a firm, the most yuan first: of all that the walks find, so many with the largest jumps, since each
    takes two assessments. Of a limit that stands in several periods, all, or `once` the one that is nearest."""
    found = list(_around(evaluation))
    if once:
        found.sort(key=lambda pair: abs(pair[1].below - pair[0].here), reverse=True)
        found = list({(walked.fact, _limits(one.turned[0])): (walked, one) for walked, one in found}.values())
    found.sort(key=lambda pair: -abs(pair[1].jump))
    told = (confirmed(walked, one) for walked, one in found[:most])
    return sorted((cliff for cliff in told if cliff), key=lambda cliff: -cliff.stake)


def nearest(evaluation: Evaluation) -> Cliff | None:
    """The limit that is costly to cross and nearest to where the firm stands, whichever side it is on: in proportion to the
    limit, so that persons and yuan compare."""
    costly = ((closeness(one.below, walked.here), walked, one) for walked, one in _around(evaluation) if one.jump > 0)
    told = (confirmed(walked, one) for _, walked, one in sorted(costly, key=lambda each: each[0]))
    return next((cliff for cliff in told if cliff), None)


def closeness(limit: int | Fraction, here: int | Fraction) -> Fraction:
    """How far off a limit is, as a share of it."""
    return abs(Fraction(limit) - here) / (abs(Fraction(limit)) or 1)


def _around(evaluation: Evaluation) -> Iterator[tuple[Walk, Break]]:
    """The jumps along each fact, the first few on each side."""
    for name in movable(evaluation):
        walked = Walk(evaluation, name)
        for end in reversed(walked.bounds()):
            # where nothing turns, it is of roundings, or of what is not stated
            yield from ((walked, one) for one in islice(breaks(walked, end), _EACH_WAY) if one.turned)


def _limits(node: Node) -> tuple[str, ...]:
    """The figures of the law in a comparison."""
    return tuple(map(limit_name, node.args)) if isinstance(node, Op) else ()


def confirmed(walked: Walk, found: Break) -> Cliff | None:
    """A break as a cliff, with the figures of two assessments; none where a side cannot be stated or is not known."""
    below, above = (_assessed(walked, place) for place in (found.below, found.above))
    now = walked.evaluation.assessment
    if below is None or above is None:
        return None
    before, after, here = map(payable, (below, above, now))
    if not before.keys() == after.keys() == here.keys():
        return None
    by_levy = {id: Fen(after[id] - before[id]) for id in before if after[id] != before[id]}
    jump = sum(by_levy.values())
    if abs(jump) <= A_YUAN:
        return None
    behind = walked.here >= found.above
    at = _where(walked, found)
    conditions, law = _turned(walked, found, below, above)
    back = earned_back(walked, found) if jump > 0 and earns(walked) else None
    room = walked.value(abs(at - walked.here))
    values = (value_of(walked.fact, walked.value(place)) for place in (walked.here, at, found.below, found.above))
    now_value, at_value, last_before, first_after = values
    return Cliff(
        walked.name,
        walked.fact.label,
        UNITS[walked.fact.unit] if walked.fact.type != "rate" else "share",
        now_value,
        at_value,
        last_before,
        first_after,
        value_of(walked.fact, room),
        _gross(walked, room),
        behind,
        Fen(sum(before.values())),
        Fen(sum(after.values())),
        Fen(jump),
        Fen(sum(here.values()) - sum(before.values())) if behind else None,
        None if back is None else value_of(walked.fact, walked.value(back)),
        by_levy,
        _reliefs(below, above),
        conditions,
        law,
    )


def _assessed(walked: Walk, place: int) -> Assessment | None:
    value = walked.value(place)
    written = rate_text(Fraction(value), "‰") if walked.fact.type == "rate" else walked.fact.written(value)
    facts = walked.evaluation.facts.restated("advice", {walked.name: written})
    try:
        return evaluate(facts, book=walked.evaluation.model.book).assessment
    except InputError:
        return None


def payable(assessment: Assessment) -> dict[str, int]:
    """What is to pay of each tax and fee that is known and counted, in fen."""
    return {
        levy.id: int(levy.payable)
        for levy in assessment.levies
        if levy.kind in PURSES["cost"] and levy.payable is not None and not levy.at_most
    }


def _reliefs(below: Assessment, above: Assessment) -> dict[str, Fen]:
    """The reliefs of taxes and fees that save less above, and those that save more."""
    after = {item.id: item.saving for item in above.items}
    found = {}
    for item in below.items:
        less = (item.saving or 0) - (after.get(item.id) or 0)
        if less and item.kind in PURSES["cost"]:
            found[item.id] = Fen(less)
    return found


def _where(walked: Walk, found: Break) -> int:
    """The place that meets the limit itself."""
    for node in found.turned:
        left, right = (walked.at(found.above).value(arg) for arg in node.args)
        if left == right:
            return found.above
    return found.below


def _turned(
    walked: Walk, found: Break, below: Assessment, above: Assessment
) -> tuple[tuple[Condition, ...], tuple[Version, ...]]:
    """The conditions that turn, each once whatever its period, and the law of their limits and of the reliefs."""
    describer = Describer(walked.evaluation.exact, walked.evaluation.model.span)
    conditions: dict[tuple[object, ...], Condition] = {}
    law: dict[Version, None] = {}
    for node in found.turned:
        law |= dict.fromkeys(_versions(node))
        try:
            said = describer.condition(node)
        except RuleError:  # a formula, which has no name
            continue
        conditions.setdefault((said.fact, said.operator, said.limit), said)
    for id in _reliefs(below, above):
        cited = (item for one in (below, above) for item in one.items if item.id == id and item.saving)
        law |= {version: None for item in cited for version in item.citations[:1]}
    return tuple(conditions.values()), tuple(law)


def _versions(node: Op) -> Iterator[Version]:
    for limit in node.args:
        if is_of_the_law(limit):
            yield from (below.version for below in walk(limit) if isinstance(below, Param) and below.version)


# ------------------------------------------------------------------------------------- what is left after tax


def earns(walked: Walk) -> bool:
    """Is more of the fact more money: sales, or income?"""
    return walked.fact.name in _EARNED


def earned_back(walked: Walk, found: Break) -> int | None:
    """The first amount above a jump of which as much is left after tax as of the last below it; None where none is."""
    before = found.below * walked.step - found.payable_below

    def less(place: int) -> bool:
        due = walked.payable(place)
        return due is None or place * walked.step - due < before

    for piece in islice(walked.pieces(found.above, walked.bounds()[1]), 20):
        if piece.last * walked.step - piece.payable_last >= before:
            first = piece.first if not less(piece.first) else bisected(less, *_bracket(walked, piece, before, less)) + 1
            near = range(max(piece.first, first - _JITTER), first)
            return next((place for place in near if not less(place)), first)
    return None


def _bracket(walked: Walk, piece: Piece, before: int, less: Callable[[int], bool]) -> tuple[int, int]:
    """Two places of a piece between which as much is left again: near where a straight line says, else its ends."""
    gain = walked.step - Fraction(piece.slope)
    if piece.straight and gain > 0:
        lacking = before - (piece.first * walked.step - piece.payable)
        guess = piece.first + ceil(lacking / gain)
        near = max(piece.first, guess - _JITTER), min(piece.last, guess + _JITTER)
        if near[0] < near[1] and less(near[0]) and not less(near[1]):
            return near
    return piece.first, piece.last


def _gross(walked: Walk, net: int | Fraction) -> Fen | None:
    """Sales that are stated without VAT with that of the invoices of a small-scale payer."""
    evaluation = walked.evaluation
    if walked.fact.name not in ("revenue", "special_invoice_sales"):
        return None
    view = evaluation.model.firm.periods[-1]
    law = evaluation.model.law.at(view.period)
    if evaluation.exact.value(is_small_scale(view, law)) is not True:
        return None
    if evaluation.exact.value(view.amounts_include_vat) is not False:
        return None
    rate = evaluation.exact.value(rate_of_ordinary_sales(law))
    return None if not isinstance(rate, Fraction | int) else Fen(round(net * (1 + rate)))
