"""All businesses of one law: which facts they may state, and what holds of every one of them.

Each fact of each filing period is stated or not, with any whole number within its limits (fen; a headcount
in ten-thousandths; a rate in billionths). A figure that is summed from months or spread over quarters is
such a number too, so how it was stated makes no difference. Businesses whose facts contradict each other
(a check of severity "error") are refused by the program and are no businesses here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import z3

from proofs.laws import input_name
from proofs.solver import Term, Terms
from taxcalc.engine.lower import Flag, Lowering, Num, Presence
from taxcalc.engine.program import high, low
from taxcalc.graph import In, Named, Node, Op, walk
from taxcalc.model import Model


class Value(NamedTuple):
    """A number n / d or, with d = 0, a condition; `known` says whether it can be given."""

    n: Term
    d: int
    known: Term


class Businesses:
    """The businesses of a model as terms. `shift` names inputs of which every business has one unit more."""

    def __init__(self, model: Model, shift: Iterable[str] = ()) -> None:
        self.model = model
        self.checks = [part for check, node in model.checks() if check.severity == "error" for part in _parts(node)]
        roots = [built.payable for built in model.levies.values()]
        roots += [built.applies for built in model.levies.values() if built.applies is not None]
        self.inputs = {n: input_name(n, model.span) for n in walk(*roots, *self.checks) if _states(n)}
        columns: dict[str, Presence] = dict.fromkeys(self.inputs.values(), "gaps")
        self.low = Lowering(model.span, columns)
        self.shift = frozenset(shift)
        self.terms = Terms(self.shift)
        self._accepted: list[Term] = []

    def value(self, node: Node, off: frozenset[str] = frozenset()) -> Value:
        """The value of a node where these reliefs are not claimed."""
        value: Num | Flag = self.low.claiming(off).value(node)
        known = self.terms.of(self.low.known(value))
        if isinstance(value, Flag):
            return Value(self.terms.of(value.true), 0, known)
        return Value(self.terms.of(value.n), value.d, known)

    def assumptions(self) -> list[Term]:
        """What holds of every business."""
        if not self._accepted:
            self._accepted = [z3.Not(self.value(part).n) for part in self.checks]
        return [*self.terms.facts, *self._accepted, *self._least()]

    def _least(self) -> Iterator[Term]:
        for node, name in self.inputs.items():
            if name in self.terms.inputs and node.fact.minimum is not None:
                yield self.terms.inputs[name] >= int(node.fact.minimum)


class Cut(Lowering):
    """A lowering in which some lines are given by hand: as any values there are.

    `names` gives each line the name of its value. What holds whatever they are, holds.
    """

    def __init__(self, of: Businesses, off: frozenset[str], names: Mapping[Node, str]) -> None:
        super().__init__(of.model.span, of.low.columns)
        self.claiming(off)
        self.names, self.terms = names, Terms(of.shift)  # inputs that are not cut are still one unit larger
        self._off_set = off
        self._of = of

    def value(self, node: Node) -> Any:
        """As any lowering, but for the lines given by hand."""
        name = self.names.get(node)
        if name is None:
            return super().value(node)
        needs = self.builder.when(self.builder.present(f"{name} known"), 0, 1)
        if node.unit == "flag":
            holds = self.builder.present(name)
            return Flag(self.builder.both(holds, self.builder.eq(needs, 0)), needs)
        real = self._of.low.claiming(self._off_set).value(node)
        return Num(self.builder.input(name, low(real.n), high(real.n)), real.d, needs)

    def term(self, node: Node) -> Value:
        """The value of a node as terms."""
        value = self.value(node)
        known = self.terms.of(self.known(value))
        if isinstance(value, Flag):
            return Value(self.terms.of(value.true), 0, known)
        return Value(self.terms.of(value.n), value.d, known)


def _states(node: Node) -> bool:
    return isinstance(node, In) and node.fact is not None


def _parts(node: Node) -> list[Node]:
    """The alternatives of a check: it is wrong where one of them holds."""
    if isinstance(node, Named):
        return _parts(node.body)
    if isinstance(node, Op) and node.op == "|":
        return [part for arg in node.args for part in _parts(arg)]
    return [node]
