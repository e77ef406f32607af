"""The theorem that savings sum to baseline − payable, for any levies there are.

Batches and reports count savings by claiming the reliefs one after another (`taxcalc.assessment.amounts`). That code
is run on a lowering which makes of every node any value there is, known or not; so what holds of it does not
rest on any rule, and models with the same levies and the same order of reliefs share one proof.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import z3

from taxcalc.assessment.amounts import Amounts
from taxcalc.assessment.model import Model
from taxcalc.base.algebra import Reg, Whole
from taxcalc.base.kinds import purse_of
from taxcalc.engines.lower import Lowering
from taxcalc.engines.values import Flag
from taxcalc.engines.values import Num as Number
from taxcalc.graph.nodes import Node
from verification.proofs.laws import Law, models
from verification.proofs.solver.refute import PROVED, refute
from verification.proofs.solver.terms import Term, Terms
from verification.proofs.theorems.case import Case

TOP = 10**16
"""Fen. A bound of the free amounts that is far above any real one: the builder wants one."""


class Free(Lowering):
    """A lowering in which each node is any value, the same for the same claims that it rests on."""

    def value(self, node: Node) -> Any:
        """Any value: a condition, or an amount in whole fen; known or not."""
        key = (node, node.rests_on & self._off)
        if key not in self._memo:
            name = f"free {len(self._memo)}"
            needs = self.builder.when(self.builder.present(f"{name} known"), 0, 1)
            if node.unit == "flag":
                holds = self.builder.both(self.builder.present(name), self.builder.eq(needs, 0))
                self._memo[key] = Flag(holds, needs)
            else:
                self._memo[key] = Number(self.builder.input(name, -TOP, TOP), 1, needs)
        return self._memo[key]


class FreeAmounts(Amounts):
    """The savings of batches over any values."""

    def __init__(self, model: Model) -> None:
        super().__init__(model, Free(model.span, {}, most=2**100))


def both_sums(model: Model, purse: str) -> tuple[Whole, Whole]:
    """The sum of the savings of a purse, and its baseline − payable."""
    amounts = FreeAmounts(model)
    kinds = {built.levy.kind for built in model.levies.values() if purse_of(built.levy.kind) == purse}
    saved: Whole = 0
    for relief in model.reliefs.values():
        if purse_of(relief.kind) == purse and not relief.at_most:
            saved = amounts.b.add(saved, amounts.saving(relief))
    return saved, amounts.known_sum("saving", sorted(kinds))


def form(*values: Whole) -> Any:
    """The form of values of a program: two programs of one form compute the same."""
    numbers: dict[Any, int] = {}

    @functools.cache
    def of(value: Any) -> Any:
        if not isinstance(value, Reg):
            return value.__class__.__name__, value
        key = (value.op, value.lo, value.hi, *map(of, value.args))
        return numbers.setdefault(key, len(numbers))

    return tuple(map(of, values)), tuple(numbers)


@functools.cache
def forms() -> dict[Any, tuple[Model, str, int]]:
    """One model for each form of the sums, and how many models have it."""
    found: dict[Any, tuple[Model, str, int]] = {}
    for model in models():
        for purse in dict.fromkeys(purse_of(built.levy.kind) for built in model.levies.values()):
            key = form(*both_sums(model, purse))
            first, _, count = found.get(key, (model, purse, 0))
            found[key] = (first, purse, count + 1)
    return found


def savings_sum(law: Law, levy: str) -> Iterator[Case]:
    """The savings of all reliefs of a purse sum to its baseline − payable. Asked with a levy that every period has."""
    if levy == "corporate_income":
        for first, purse, _ in forms().values():
            if first.span in law.spans:
                yield sum_of(first, purse)


def sum_of(model: Model, purse: str) -> Case:
    """The case of one model and one purse: zero is savings less the whole, and so it is for each levy by itself."""
    saved, whole = both_sums(model, purse)
    terms = Terms()
    groups = by_levy(terms.of(saved) - terms.of(whole))
    outcomes = [refute(terms.facts, z3.Sum(group) == 0, 30_000) for group in groups]
    return Case(f"{purse}, {model.span}", next((one for one in outcomes if not one), PROVED))


def by_levy(term: Term) -> list[list[Term]]:
    """The terms of a sum, in groups that have no amount in common. If every group is zero, so is the sum."""
    groups: list[tuple[set[str], list[Term]]] = []
    for one in flat(term):
        names, members = set(amounts_in(one)), [one]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (names, members)]
    return [members for _, members in groups]


def flat(term: Term) -> Iterator[Term]:
    """Terms that add up to a term. A choice between a sum and nothing is a sum of such choices."""
    if z3.is_add(term):
        for child in term.children():
            yield from flat(child)
    elif z3.is_sub(term):
        yield from flat(term.arg(0))
        for child in term.children()[1:]:
            yield from (-one for one in flat(child))
    elif z3.is_app_of(term, z3.Z3_OP_ITE) and z3.is_int_value(term.arg(2)) and term.arg(2).as_long() == 0:
        for one in flat(term.arg(1)):
            yield z3.If(term.arg(0), one, 0)
    else:
        yield term


def amounts_in(term: Term) -> Iterator[str]:
    """The free amounts that are added in a term, leaving out those that only decide."""
    children = term.children()[1:] if z3.is_app_of(term, z3.Z3_OP_ITE) else term.children()
    if not children and not z3.is_int_value(term):
        yield term.decl().name()
    for child in children:
        yield from amounts_in(child)
