"""Where another split of a figure that was cut evenly would decide a relief otherwise.

A year's sales are cut evenly over the filing periods, and a relief of one period may hang on how they fell in truth: where
a condition of it holds with nothing of the year in that period and fails with all of it, or the other way round. Then some
split decides the relief otherwise, and if what is payable is another with it, the parts are asked for.
"""

from __future__ import annotations

from taxcalc.assessment.reliefs import Reliefs
from taxcalc.base.algebra import Truth, Whole
from taxcalc.engines.values import Values
from taxcalc.facts.catalogue import Fact
from taxcalc.graph.nodes import Grant, In, Node


class Splits:
    """The splits of one model, over its reliefs."""

    def __init__(self, reliefs: Reliefs) -> None:
        self.reliefs, self.amounts, self.model = reliefs, reliefs.amounts, reliefs.model
        self.values, self.b = reliefs.values, reliefs.b
        self._turned: dict[tuple[Node, In], Truth] = {}
        self._supposed: dict[In, tuple[Truth, Values, Values]] = {}

    def deciding(self, id: str) -> dict[Fact, Truth]:
        """The facts of which another split would change what is payable through this relief."""
        b = self.b
        other: dict[Grant, Truth] = {}
        found: dict[Fact, Truth] = {}
        for grant in self.model.grants[id]:
            hanging: Truth = False
            for condition, node in self.model.of_one_period(grant):
                hangs = self._hangs(grant, condition, node)
                hanging = b.either(hanging, hangs)
                found[node.fact] = b.either(found.get(node.fact, False), hangs)
            if hanging is not False:
                granted = self.values.flag(grant).true
                other[grant] = b.choose(hanging, b.negate(granted), granted)
        differs = self._differs(id, other) if other else False
        return {fact: b.both(where, differs) for fact, where in found.items()}

    def _hangs(self, grant: Grant, condition: Node, node: In) -> Truth:
        """Is a figure cut evenly on which this condition hangs, where all others hold?"""
        turns = self._turns(condition, node)
        for one in grant.conditions:
            if turns is False:
                break
            turns = turns if one is condition else self.b.both(turns, self.values.flag(one).true)
        return turns

    def _turns(self, condition: Node, node: In) -> Truth:
        """Is a figure cut evenly, and does a condition turn with it? Grants share conditions, and conditions figures."""
        if (condition, node) not in self._turned:
            cut, none, all = self._supposed_of(node)
            self._turned[condition, node] = False
            if cut is not False:
                b, values = self.b, self.values
                with_none, with_all = none.flag(condition), all.flag(condition)
                known = b.both(values.known(with_none), values.known(with_all))
                alike = b.choose(with_none.true, with_all.true, b.negate(with_all.true))
                self._turned[condition, node] = b.both(cut, b.both(known, b.negate(alike)))
        return self._turned[condition, node]

    def _supposed_of(self, node: In) -> tuple[Truth, Values, Values]:
        """Is a figure cut evenly; and all values with nothing of the whole in its period, and with all of it."""
        if node in self._supposed:
            return self._supposed[node]
        b, values = self.b, self.values
        cut: Truth = False
        whole: Whole = 0
        for way, gone in values.come_by(node.fact, node.period):
            if way.how == "spread" and gone is not False:
                (name,) = way.names
                cut, whole = b.either(cut, gone), b.when(gone, values.cells.cell(node.fact, name), whole)
        supposed = (values, values) if cut is False else (values.supposing(node, 0), values.supposing(node, whole))
        self._supposed[node] = (cut, *supposed)
        return self._supposed[node]

    def _differs(self, id: str, decided: dict[Grant, Truth]) -> Truth:
        """Is what is payable another where the reliefs of some periods are decided otherwise?"""
        b, then = self.b, self.values.forcing(decided)
        found: Truth = False
        for levy in self.amounts.bearing(self.model.reliefs[id]):
            if self.amounts.known[levy] is not False:
                number = then.number(self.model.levies[levy].payable)
                same = b.both(self.values.known(number), b.eq(number.n, self.amounts.payable[levy].n))
                found = b.either(found, b.both(self.amounts.known[levy], b.negate(same)))
        return found

    def parts(self, fact: Fact) -> Whole:
        """The bits of what is asked for instead: the fact of each filing period."""
        bits: Whole = 0
        for period in self.values.cells.scope.open(tuple(self.model.filing_periods)):
            bits = self.b.union(bits, self.values.bit(f"{fact.name}_{period.key}"))
        return bits
