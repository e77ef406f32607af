"""One input of one levy under one law, one unit more: which conditions can make the levy jump.

Asked loosely (`relaxation.py`), so that an answer "none" is a proof, and "perhaps" is not: `examples.py`
confirms it on whole fen.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import z3

from taxcalc.graph.nodes import In, walk
from verification.proofs.cliffs.conditions import Place, comparisons, places_of
from verification.proofs.cliffs.relaxation import Loose, Pair
from verification.proofs.laws import Law
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.order import reached_by
from verification.proofs.solver.terms import Term, constants_of

MORE_THAN = 100
"""Fen by which a levy must rise for one more fen to be a cliff."""
LIMIT_MS = 10_000
UNBOUNDED = 10**10
"""Fen; a jump that can be larger is said to depend on other amounts alone."""


UNSTATED = ("sales_before",)
"""Facts that no business of the list states: the limit is tested on the sales of the assessed period."""


class Step:
    """A business and the same with one unit more of an input, and the conditions that turn between them."""

    def __init__(self, law: Law, levy: str, node: In, of: Businesses | None = None, now: Loose | None = None) -> None:
        self.law, self.levy, self.node = law, levy, node
        self.of = of or Businesses(law.model, unstated=UNSTATED)
        self.name = self.of.inputs[node]
        self.pair = Pair(self.of, self.name, now)
        built = law.model.levies[levy]
        payable = built.payable
        x, y = self.pair.values(payable)
        self.scale = x.d * y.d
        self.rise: Term = y.n * x.d - x.n * y.d
        applies = [] if built.applies is None else [side.n for side in self.pair.values(built.applies)]
        self.both_known: Term = z3.And(x.known, y.known, *applies)
        """Both sides have the levy, and it can be computed."""
        self.turns: dict[Place, Term] = {}
        """For each place that the step can turn: that it is turned."""
        for place, nodes in places_of(comparisons(payable, reached_by(payable, node))).items():
            turned = []
            for one in nodes:
                u, v = self.pair.values(one)
                turned.append(z3.Or(u.n != v.n, u.known != v.known))
            any_turned = z3.simplify(z3.Or(*turned))
            if not z3.is_false(any_turned):
                self.turns[place] = any_turned
        names = constants_of(z3.And(self.rise > 0, self.both_known, *self.turns.values()))
        self._solver = z3.Solver()
        self._solver.add(*about(names, self.pair.assumptions()), self.both_known)

    def jumps(self, *given: Term, by: int = MORE_THAN, limit_ms: int = LIMIT_MS) -> z3.ModelRef | Literal[False] | None:
        """A rise of more than so many fen where something is given: False where there is none, None where the solver
        gives up, else a model."""
        self._solver.push()
        self._solver.set("timeout", limit_ms)
        self._solver.add(self.rise > by * self.scale, *given)
        answer = self._solver.check()
        found: z3.ModelRef | Literal[False] | None = False if answer == z3.unsat else None
        if answer == z3.sat:
            found = self._solver.model()
        self._solver.pop()
        return found

    def given(self, place: Place, alone: bool = True) -> list[Term]:
        """That a condition turns, and no other where it does so alone."""
        others = [z3.Not(turn) for other, turn in self.turns.items() if alone and other != place]
        return [self.turns[place], *others]

    def most(self, place: Place, alone: bool, least: int = MORE_THAN) -> int | None:
        """The fen that the jump at a place never exceeds, where it can exceed `least`; none where other amounts
        bound it alone."""
        given = self.given(place, alone)
        if self.jumps(*given, by=least) is False:
            return least
        if self.jumps(*given, by=UNBOUNDED) is not False:
            return None
        best = z3.Optimize()
        best.set("timeout", 4 * LIMIT_MS)
        best.add(*self._solver.assertions(), *given)
        largest = best.maximize(self.rise)
        value = at_infinitesimals_nought(best.upper(largest)) if best.check() == z3.sat else None
        if value is None:
            return self._halving(given, least)
        fen: int = -(-value.numerator_as_long() // (value.denominator_as_long() * self.scale))
        return fen

    def _halving(self, given: list[Term], low: int) -> int:
        """The same by asking whether more than so much is possible, to the yuan."""
        high = UNBOUNDED
        while high - low > 100:
            middle = (low + high) // 2
            if self.jumps(*given, by=middle) is False:
                high = middle
            else:
                low = middle
        return high


def at_infinitesimals_nought(term: Term) -> Term | None:
    """A bound as a number: one that is not reached itself is a little off the number that it comes with."""
    names, stack = set(), [term]
    while stack:
        here = stack.pop()
        stack.extend(here.children())
        if z3.is_const(here) and not z3.is_rational_value(here) and not z3.is_int_value(here):
            names.add(here)
    value = z3.simplify(z3.substitute(term, *[(name, z3.RealVal(0)) for name in names if name.sort() == z3.RealSort()]))
    return value if z3.is_rational_value(value) else None


def about(names: frozenset[str], facts: list[Term]) -> list[Term]:
    """The facts that speak of some inputs and of nothing else, and of what the roundings among them are made of."""
    while True:
        wider = set(names)
        for fact in facts:
            found = constants_of(fact)
            if any("!" in name and name in names for name in found):  # the name of a quotient or of a share
                wider |= found
        if wider <= names:
            return [fact for fact in facts if constants_of(fact) <= names]
        names = frozenset(wider)


class Answer(NamedTuple):
    """The conditions that perhaps make a levy jump; and whether it is proved that nothing else does."""

    step: Step
    perhaps: list[tuple[Place, bool]]
    """With each: does it do so alone? Else only where another turns with it."""
    complete: bool


def ask(step: Step) -> Answer:
    """Every condition without whose turning there is no cliff."""
    found: list[tuple[Place, bool]] = []
    if step.jumps() is False:
        return Answer(step, [], True)
    for place in step.turns:
        if step.jumps(*step.given(place)) is not False:
            found.append((place, True))
    while True:
        none = [z3.Not(step.turns[place]) for place, _ in found]
        left = step.jumps(*none)
        if not isinstance(left, z3.ModelRef):
            return Answer(step, found, left is False)
        turned = [p for p, turn in step.turns.items() if z3.is_true(left.eval(turn, model_completion=True))]
        if not turned:
            return Answer(step, found, False)
        found += [(place, False) for place in turned]


def stepped(law: Law, levy: str) -> list[In]:
    """The inputs of a levy of which one more fen, or one more ten-thousandth of a person, is tried."""
    nodes = walk(law.model.levies[levy].payable)
    inputs = dict.fromkeys(n for n in nodes if isinstance(n, In))
    return [n for n in inputs if n.fact.type in ("money", "average") and not _again(n)]


def _again(node: In) -> bool:
    """Is it what another input says already: a quarter of what adds up, or the sales of an earlier time?"""
    return node.period is not None and (node.fact.adds_up or node.fact.earlier)
