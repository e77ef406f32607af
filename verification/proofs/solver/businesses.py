"""All businesses of one law: which facts they may state, and what holds of every one of them.

Each fact of each filing period is stated or not, with any whole number within its limits (fen; a headcount
in ten-thousandths; a rate in billionths). A figure that is summed from months or spread over quarters is
such a number too, so how it was stated makes no difference. Businesses whose facts contradict each other
(a check of severity "error") are refused by the program and are no businesses here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import z3

from taxcalc.assessment.model import Model
from taxcalc.base.algebra import high, low
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.engines.values import Flag, Num
from taxcalc.firms.outcome import contradictions
from taxcalc.graph.nodes import In, Named, Node, Op, walk
from verification.proofs.laws import input_name
from verification.proofs.solver.terms import Term, Terms


class Value(NamedTuple):
    """A number n / d or, with d = 0, a condition; `known` says whether it can be given."""

    n: Term
    d: int
    known: Term


class Businesses:
    """The businesses of a model as terms.

    `shift` names inputs of which every business has one unit more, `fixed` gives inputs that every business
    states alike, and `unstated` names facts that none of them states. Where not `checked`, facts that contradict
    each other are among them.
    """

    def __init__(
        self,
        model: Model,
        shift: Iterable[str] = (),
        fixed: Mapping[str, int] | None = None,
        unstated: Collection[str] = (),
        *,
        checked: bool = True,
    ) -> None:
        self.model, self.fixed = model, dict(fixed or {})
        refused = [node for check, node in model.checks() if checked and check.severity == "error"]
        self.checks = [part for node in refused for part in _parts(node)]
        roots = [built.payable for built in model.levies.values()]
        roots += [built.applies for built in model.levies.values() if built.applies is not None]
        nodes = [n for n in walk(*roots, *self.checks) if isinstance(n, In)]
        self.inputs: dict[In, str] = {node: input_name(node, model.span) for node in nodes}
        columns: dict[str, Presence] = dict.fromkeys(
            (name for node, name in self.inputs.items() if node.fact.name not in unstated), "gaps"
        )
        self.low = Lowering(model.span, columns | self.fixed)
        self.shift = frozenset(shift)
        self.terms = Terms(self.shift)
        self._accepted: list[Term] = []

    def value(self, node: Node, off: frozenset[str] = frozenset()) -> Value:
        """The value of a node where these reliefs are not claimed."""
        value = self.low.claiming(off).value(node)
        known = self.terms.of(self.low.known(value))
        if isinstance(value, Flag):
            return Value(self.terms.of(value.true), 0, known)
        return Value(self.terms.of(value.n), value.d, known)

    def lowered(self, node: Node, off: frozenset[str] = frozenset()) -> Num | Flag:
        """The value of a node as values of the program."""
        return self.low.claiming(off).value(node)

    def known(self, node: Node, off: frozenset[str] = frozenset()) -> Term:
        """Can the value of a node be given? Without the term of the value itself."""
        return self.terms.of(self.low.known(self.low.claiming(off).value(node)))

    def figure(self, node: Node) -> int | None:
        """The sign of a value that is the same for all businesses and known; None for any other."""
        value = self.low.value(node)
        if isinstance(value, Num) and isinstance(value.n, int) and value.needs == 0:
            return (value.n > 0) - (value.n < 0)
        return None

    def assumptions(self) -> list[Term]:
        """What holds of every business."""
        if not self._accepted:
            self._accepted = [z3.Not(self.value(part).n) for part in self.checks]
            wrong = [self.terms.of(one) for one in contradictions(self.low, self.model, ())]
            self._accepted += [z3.Not(one) for one in wrong if not z3.is_false(one)]
        return [*self.terms.facts, *self._accepted, *self._least()]

    def _least(self) -> Iterator[Term]:
        for node, name in self.inputs.items():
            if name in self.terms.inputs and node.fact.minimum is not None:
                yield self.terms.inputs[name] >= int(node.fact.minimum)


class Cut(Lowering):
    """A lowering in which some parts are given by hand: as any values there are.

    `names` gives each part the name of its value and that of whether it is known, empty where it always is.
    What holds whatever they are, holds.
    """

    def __init__(self, of: Businesses, off: frozenset[str], names: Mapping[Node, tuple[str, str]]) -> None:
        super().__init__(of.model.span, of.low.columns)
        self.claiming(off)
        self.names, self.terms = names, Terms(of.shift)  # inputs that are not cut are still one unit larger
        self._off_set = off
        self._of = of

    def value(self, node: Node) -> Num | Flag:
        """As any lowering, but for the parts given by hand."""
        if node not in self.names:
            return super().value(node)
        name, known = self.names[node]
        needs = self.builder.when(self.builder.present(known), 0, 1) if known else 0
        if node.unit == "flag":
            holds = self.builder.present(name)
            return Flag(self.builder.both(holds, self.builder.eq(needs, 0)), needs)
        real = self._of.low.claiming(self._off_set).number(node)
        return Num(self.builder.input(name, low(real.n), high(real.n)), real.d, needs)

    def term(self, node: Node) -> Value:
        """The value of a node as terms."""
        value = self.value(node)
        known = self.terms.of(self.known(value))
        if isinstance(value, Flag):
            return Value(self.terms.of(value.true), 0, known)
        return Value(self.terms.of(value.n), value.d, known)


def _parts(node: Node) -> list[Node]:
    """The alternatives of a check: it is wrong where one of them holds."""
    if isinstance(node, Named):
        return _parts(node.body)
    if isinstance(node, Op) and node.op == "|":
        return [part for arg in node.args for part in _parts(arg)]
    return [node]
