"""The solver on one mutant: a business that tells it apart, or the proof that there is none.

First the changed node alone is compared with what stands instead of it: where the two are equal for every business, so is
all that rests on them. Where they can differ, the solver's business is completed until a levy differs; and else the
whole levy is compared.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import z3

from taxcalc.assessment.model import Model
from taxcalc.base.problem import InputError
from taxcalc.graph.nodes import Named, Node, children
from verification.proofs.laws import INCOME_TAXES, Forms, Law, laws_of, levies
from verification.proofs.rule_mutants.around_figures import around
from verification.proofs.rule_mutants.known_figures import made_up, nodes_below, parents
from verification.proofs.rule_mutants.made_up import told_apart_by
from verification.proofs.rule_mutants.mutations import Mutant, Rewritten, mutants_of_cached, mutated
from verification.proofs.solver.businesses import Businesses, Cut, Value
from verification.proofs.solver.refute import Outcome, refute
from verification.proofs.solver.terms import NonLinear, Term, constants_of
from verification.proofs.solver.witness import stated

LOCAL_MS, WHOLE_MS = 2_000, 6_000
COMPLETIONS = 12
NEAR, FAR = range(3), range(2, 6)
"""How many lines that lie in each other are opened before what is below is taken as any value."""
ENOUGH = 2
"""Forms of levies in which a business is looked for, once one of them stays open."""
BEYOND = (NonLinear, ValueError, OverflowError, TypeError, AttributeError)


class Fate(NamedTuple):
    """What becomes of a mutant: "case", "witness", "equal" or "open"; by what; and the facts of a witness."""

    verdict: str
    by: str
    facts: dict[str, Any] | None = None


def told_apart(mutant: Mutant, helpers: list[dict[str, Any]]) -> Fate:
    """Ask under every law that has the mutant. `helpers` are businesses on which its line is known to matter."""
    open_because, forms, seen, asked, gave_up = "", Forms(), set(), 0, 0
    by_line = False
    same_of: dict[Any, bool | list[dict[str, Any]]] = {}
    for levy, law, instead in _everywhere(mutant):
        nodes = forms.of((*instead, *instead.values()), law.model.span)
        if same_of.get(nodes) is True or (levy, nodes) in seen:
            continue
        seen.add((levy, nodes))
        if gave_up and len(seen) > ENOUGH:
            break
        asked += 1
        if nodes not in same_of:
            same_of[nodes] = _same_nodes(law.model, instead)
        same = same_of[nodes]
        if same is True:
            continue
        found: dict[str, Any] | str | None = _completed(mutant, law, levy, same, helpers) if same else None
        if found is None and gave_up:
            continue
        if found is None and _stopped_by_a_line(law, levy, instead):
            by_line = True
            continue
        if found is None:
            found = _whole(mutant, law, levy, instead)
        if found is None:
            continue
        if isinstance(found, str):
            open_because, gave_up = f"{levy}, {law.spans[0]}: {found}", gave_up + 1
            continue
        return Fate("witness", levy, found)
    if open_because:
        return Fate("open", open_because)
    if not asked:
        return Fate("equal", "nothing that is computed rests on it")
    all_alone = all(same is True for same in same_of.values())
    return Fate("equal", "the changed node alone" if all_alone else "a line above it" if by_line else "the whole levy")


def _everywhere(mutant: Mutant) -> Iterator[tuple[str, Law, dict[Node, Node]]]:
    """Every levy of every model that a mutant changes: the newest law first, the smaller levy first. Sums of several
    returns only where no single return has the mutant."""
    having = [model for model in every_model() if mutant in mutants_of_cached(model)]
    single = [model for model in having if len(model.firm.periods) == 1]
    for model in single or having:
        instead = mutants_of_cached(model)[mutant]
        roots = {levy: nodes_below(built.payable) for levy, built in model.levies.items()}
        for levy, below in sorted(roots.items(), key=lambda item: len(item[1])):
            here = {node: wrong for node, wrong in instead.items() if node in below}
            if here:
                yield levy, Law(model, (model.span,)), here


@functools.cache
def every_model() -> list[Model]:
    """The models from which all forms of all levies are taken, single returns and the newest first."""
    found = dict.fromkeys(law.model for levy in levies() for law in laws_of(levy))
    return sorted(found, key=lambda model: (model.span.months, -model.span.year, -model.span.first))


def every_mutant() -> list[Mutant]:
    """Every mutant of every law."""
    return list(dict.fromkeys(mutant for model in every_model() for mutant in mutants_of_cached(model)))


def _businesses(model: Model) -> Businesses:
    """With room beyond 64 bits, which a mutant may need."""
    businesses = Businesses(model)
    businesses.low.builder.limit = 2**100
    return businesses


def _equal(x: Value, y: Value) -> Term:
    if x.d == 0:
        return z3.And(x.known == y.known, z3.Implies(x.known, x.n == y.n))
    return z3.And(x.known == y.known, z3.Implies(x.known, x.n * y.d == y.n * x.d))


def _same_nodes(model: Model, instead: dict[Node, Node]) -> bool | list[dict[str, Any]]:
    """Have the nodes always the same value? Else businesses for which they have not; none where nothing can be said."""
    businesses = _businesses(model)
    found: list[dict[str, Any]] = []
    for node, wrong in instead.items():
        for off in (frozenset(), frozenset(model.reliefs)):
            try:
                claim = _equal(businesses.value(node, off), businesses.value(wrong, off))
                outcome = _refuted(businesses, claim, LOCAL_MS)
            except BEYOND:
                return found
            if outcome.model is not None:
                found.append(stated(businesses, outcome.model))
            elif not outcome:
                return found
        if found:
            return found
    return True


def _refuted(businesses: Businesses, claim: Term, limit_ms: int) -> Outcome:
    if z3.is_true(z3.simplify(claim)):
        return Outcome(True)
    names = constants_of(claim)
    return refute([fact for fact in businesses.assumptions() if constants_of(fact) <= names], claim, limit_ms)


def _completed(
    mutant: Mutant, law: Law, levy: str, some: list[dict[str, Any]], helpers: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """A business that tells apart: one of some, with what else it takes to have the levy at all."""
    known = [{k: v for k, v in facts.items() if k not in ("year", "period", "filing")} for facts in helpers]
    others = [{}, *known, *(one.facts for one in around(law, levy, COMPLETIONS))]
    for facts in some:
        for other in others:
            given = {**other, **facts}
            try:
                one = made_up("completed", given)
            except (ValueError, InputError):
                continue
            if told_apart_by(one, [mutant]):
                return given
    return None


def _stopped_by_a_line(
    law: Law, levy: str, instead: dict[Node, Node], same: Callable[[Node, Node], bool] | None = None
) -> bool:
    """Is the levy reached through lines alone that have the same value for every business that has the levy?"""
    wrong = Rewritten(instead)
    payable, of = law.model.levies[levy].payable, parents(law.model)
    same = same or functools.partial(_same_line, _businesses(law.model), levy)
    below = nodes_below(payable)
    stack, seen = list(instead), set(instead)
    while stack:
        here = stack.pop()
        if here is payable:
            return False
        if isinstance(here, Named) and same(here, wrong.of(here)):
            continue
        for node in of.get(here, ()):
            if node in below and node not in seen:
                seen.add(node)
                stack.append(node)
    return True


def _same_line(businesses: Businesses, levy: str, line: Node, wrong: Node) -> bool:
    """Is a line the same, and as known, for every business; or for every one that has the levy in its answer?"""
    for off in (frozenset(), frozenset(businesses.model.reliefs)):
        try:
            claim = _equal(businesses.value(line, off), businesses.value(wrong, off))
            if _refuted(businesses, claim, LOCAL_MS):
                continue
            if not _refuted(businesses, z3.Implies(z3.And(*_in_the_answer(businesses, levy)), claim), LOCAL_MS):
                return False
        except BEYOND:
            return False
    return True


def _whole(mutant: Mutant, law: Law, levy: str, instead: dict[Node, Node]) -> dict[str, Any] | str | None:
    """The whole levy compared: none where it is equal, a business, or why it stays open."""
    if len(law.model.firm.periods) > 1 and levy not in INCOME_TAXES:
        return "a sum of returns, which is not asked as a whole"
    payable = law.model.levies[levy].payable
    wrong = mutated(law.model, instead).levies[levy].payable
    if _same_whatever_is_below(law.model, payable, wrong, instead, NEAR):
        return None
    for off in (frozenset(), frozenset(law.model.reliefs)):
        businesses = _businesses(law.model)
        try:
            x, y = businesses.value(payable, off), businesses.value(wrong, off)
            claim = z3.Implies(z3.And(*_in_the_answer(businesses, levy)), z3.And(y.known, _same(x, y)))
            outcome = _refuted(businesses, claim, WHOLE_MS)
            if outcome.model is not None:
                told = _told(mutant, businesses, outcome)
                if told is not None:
                    return told
                outcome = refute(businesses.assumptions(), claim, WHOLE_MS)  # with the checks of other facts
        except BEYOND as error:
            if _same_farther(law, levy, wrong, instead):
                return None
            return "a product of facts" if isinstance(error, NonLinear) else type(error).__name__
        if outcome.model is not None:
            return (
                _told(mutant, businesses, outcome)
                or "a business that the program refuses, or whose share is rounded otherwise"
            )
        if not outcome:
            return None if _same_farther(law, levy, wrong, instead) else "the solver gave up in its time"
    return None


def _same_farther(law: Law, levy: str, wrong: Node, instead: dict[Node, Node]) -> bool:
    """What is tried last: deeper below the levy, and below each line on the way to it."""
    model = law.model

    def below(line: Node, instead_of_it: Node) -> bool:
        return _same_whatever_is_below(model, line, instead_of_it, instead, FAR)

    return below(model.levies[levy].payable, wrong) or _stopped_by_a_line(law, levy, instead, below)


def _same(x: Value, y: Value) -> Term:
    return x.n * y.d == y.n * x.d


def _told(mutant: Mutant, businesses: Businesses, outcome: Outcome) -> dict[str, Any] | None:
    """The solver's business, where the program tells the mutant by it."""
    facts = stated(businesses, outcome.model)
    try:
        return facts if told_apart_by(made_up("whole", facts), [mutant]) else None
    except (ValueError, InputError):
        return None


def _in_the_answer(businesses: Businesses, levy: str) -> list[Term]:
    """That a levy is in the answer at all: it applies, a fact of its own is stated, where it has any, and both what is
    due without reliefs and what is payable are known."""
    built = businesses.model.levies[levy]
    names = [name for node, name in businesses.inputs.items() if node.fact.name in built.levy.facts]
    found = [z3.Or(*(businesses.terms.of(businesses.low.there(name)) for name in names))] if names else []
    if built.applies is not None:
        applies = businesses.value(built.applies)
        found.append(z3.And(applies.known, applies.n))
    return [
        *found,
        *(businesses.known(built.payable, off) for off in (frozenset(), frozenset(businesses.model.reliefs))),
    ]


def _same_whatever_is_below(model: Model, node: Node, wrong: Node, instead: dict[Node, Node], depths: range) -> bool:
    """Are the two the same for any values at all of the lines that the change does not reach? With the nearest of these,
    else with what they are made of, and so on."""
    return any(_same_above(model, node, wrong, instead, deep) for deep in depths)


def _same_above(model: Model, root: Node, wrong: Node, instead: dict[Node, Node], deep: int) -> bool:
    """As `_whole` asks of a levy; a line must also be known for the same businesses, since others rest on it."""
    of, payables = parents(model), [built.payable for built in model.levies.values()]
    reached, stack = set(instead), list(instead)
    while stack:
        for node in of.get(stack.pop(), ()):
            if node not in reached:
                reached.add(node)
                stack.append(node)
    below: dict[Node, tuple[str, str]] = {}
    here, seen = [root, *instead.values()], {root}
    for depth in range(deep + 1):
        lines: list[Node] = []
        while here:
            for node in children(here.pop()):
                if node not in seen:
                    seen.add(node)
                    (lines if isinstance(node, Named) and node not in reached else here).append(node)
        if depth == deep:
            below = {node: (f"line {i}", f"known line {i}") for i, node in enumerate(lines)}
        here = lines
    for off in (frozenset(), frozenset(model.reliefs)):
        try:
            cut = Cut(_businesses(model), off, below)
            cut.builder.limit = 2**100
            x, y = cut.term(root), cut.term(wrong)
            both = z3.And(y.known, _same(x, y))
            claim = z3.Implies(x.known, both) if root in payables else _equal(x, y)
            if not z3.is_true(z3.simplify(claim)) and not refute(cut.terms.facts, claim, LOCAL_MS):
                return False
        except BEYOND:
            return False
    return True
