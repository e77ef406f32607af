"""Every cliff: where one more fen of an input, all else equal, raises a levy by more than one yuan.

For each levy under each law and each input, the solver names the conditions without whose turning there is no such
rise (`jumps.py`); for each of them a business on the cliff is found and assessed on both sides
(`examples.py`). What is the same from law to law becomes one cliff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from taxcalc.graph.nodes import In
from verification.proofs.cliffs.conditions import Place, comparisons, places_of
from verification.proofs.cliffs.examples import Example, confirmed, example_of, moved, turned
from verification.proofs.cliffs.jumps import MORE_THAN, UNSTATED, Step, ask, stepped
from verification.proofs.cliffs.products import multiple, text
from verification.proofs.cliffs.relaxation import Loose
from verification.proofs.laws import INCOME_TAXES, Law, laws_of
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import reached_by
from verification.proofs.solver.terms import NonLinear


class Seen(NamedTuple):
    """One place of one levy under one law: the inputs that lead to it, how much it costs at most, and a business."""

    levy: str
    law: Law
    place: Place
    inputs: tuple[str, ...]
    most: int | None
    """Fen that the jump never exceeds, proved; none where it depends on other amounts alone."""
    example: Example
    unconfirmed: tuple[str, ...] = ()
    """Inputs of which the solver does not exclude it, and no business was found."""


class Open(NamedTuple):
    """What is not settled of a levy under a law, and why."""

    levy: str
    law: Law
    input: str
    place: str
    why: str


class Memory:
    """Examples found so far, by levy, place and input: most of them do for other laws too."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Example] = {}

    def example(self, step: Step, place: Place, alone: bool, tries: list[int], least: int = 0) -> Example | None:
        """A business on a cliff, of at least a jump: one that is known, moved to this law, or a new one."""
        key = (step.levy, place.words[1], step.name)
        known = self._found.get(key)
        found = moved(known, step.law, step.levy, place.words[1]) if known else None
        if found and found.jump >= least:
            return found
        for by in tries:
            found = example_of(step, place, alone, by, careful=bool(least)) or found
            if found and found.jump > by:
                break
        if found:
            self._found[key] = found
        return found


class Gathered(NamedTuple):
    """What is known of one place of a levy under one law, while its inputs are gone through."""

    most: int | None
    example: Example | None
    inputs: list[str]
    doubtful: list[str]


def cliffs_of(
    law: Law, levy: str, memory: Memory, only: Callable[[In], bool] = lambda node: True
) -> Iterator[Seen | Open]:
    """Every cliff of a levy under one law, and what stays open."""
    found: dict[Place, Gathered] = {}
    businesses, now = Businesses(law.model, unstated=UNSTATED), Loose()
    for node in stepped(law, levy):
        if not only(node):
            continue
        try:
            step = Step(law, levy, node, businesses, now)
        except NonLinear:
            yield from _of_product(law, levy, node)
            continue
        answer = ask(step)
        if not answer.complete:
            yield Open(levy, law, step.name, "", "time")
        for place, alone in answer.perhaps:
            found[place] = _with_input(step, place, alone, memory, found.get(place))
    for place, one in found.items():
        if one.example is not None:
            yield Seen(levy, law, place, tuple(one.inputs), one.most, one.example, tuple(one.doubtful))
        else:
            yield from (Open(levy, law, name, place.words[1], "no business found") for name in one.doubtful)


def _of_product(law: Law, levy: str, node: In) -> Iterator[Seen | Open]:
    """By structure, and what a search along the figures found."""
    found = multiple(law, levy, node)
    yield Open(levy, law, found.input, f"{text(found.bound)} | {'; '.join(found.places)}", "product")
    example = confirmed(law, levy, found.above, found.input) if found.above else None
    if example and example.jump > MORE_THAN:
        payable = law.model.levies[levy].payable
        places = places_of(comparisons(payable, reached_by(payable, node)))
        words = turned(law, levy, example)
        for place in (place for place in places if place.words[1] in words):
            yield Seen(levy, law, place, (found.input,), None, example)


def _with_input(step: Step, place: Place, alone: bool, memory: Memory, so_far: Gathered | None) -> Gathered:
    """What is known of a place, with one more input that may lead to it.

    The business that is shown is the one that jumps furthest, or nearly; for other inputs any will do.
    """
    if so_far is None or so_far.example is None:
        most = step.most(place, alone)
        tries = [100_000, MORE_THAN] if most is None else [most - 3, most - 6, most * 9 // 10, most // 2, MORE_THAN]
        example = memory.example(
            step, place, alone, [by for by in tries if by >= MORE_THAN], (most or 0) * 9 // 10 or 1
        )
        inputs, doubtful = ([], []) if so_far is None else (so_far.inputs, so_far.doubtful)
        if example is None:
            return Gathered(most, None, inputs, [*doubtful, step.name])
        return Gathered(most, example, [*inputs, step.name], doubtful)
    most = so_far.most
    if most is not None and step.jumps(*step.given(place, alone), by=most) is not False:
        most = step.most(place, alone)
    example = memory.example(step, place, alone, [1_000, MORE_THAN])
    if example is None:
        return so_far._replace(most=most, doubtful=[*so_far.doubtful, step.name])
    return so_far._replace(most=most, inputs=[*so_far.inputs, step.name])


def laws_with(levy: str, year: str) -> list[Law]:
    """The laws of a levy, single returns alone but for the income taxes; of one year, where one is named."""
    laws = [law for law in laws_of(levy) if len(law.model.firm.periods) == 1 or levy in INCOME_TAXES]
    return [law for law in laws if not year or any(str(span.year) == year for span in law.spans)]


def of_levy(levy: str, year: str = "") -> list[Seen | Open]:
    """Every cliff of a levy under every law."""
    memory = Memory()
    return [one for law in laws_with(levy, year) for one in cliffs_of(law, levy, memory)]


def turning(law: Law, levy: str, only: Callable[[In], bool] = lambda node: True) -> set[tuple[str, str]]:
    """Each place with each input that perhaps leads to it, without examples: the quick part, for tests."""
    businesses, now, found = Businesses(law.model, unstated=UNSTATED), Loose(), set()
    for node in filter(only, stepped(law, levy)):
        answer = ask(Step(law, levy, node, businesses, now))
        found |= {(place.words[1], answer.step.name) for place, _ in answer.perhaps}
        if not answer.complete:
            found.add(("open", answer.step.name))
    return found
