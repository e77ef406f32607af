"""What the figures of a firm rest on without having been told, as far as it matters to one of them.

Kinds of taxpayer, of filing and of place, and how figures were cut or are averaged to date, matter where a levy that
rests on them is known and not nought, with reliefs or without. Any other fact that something stands in for matters where
another value would change what is payable. What is taken as none (an amount of 0, a no) is what an empty cell says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.assessment.amounts import Amounts
from taxcalc.assessment.result import Assumption, How
from taxcalc.base.algebra import Truth
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.periods import average
from taxcalc.graph.nodes import In, Node, claim_bit


class Assumed:
    """The assumptions of one model, over its amounts."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts, self.model = amounts, amounts.model
        self.values, self.b = amounts.values, amounts.b

    def that_matter(self) -> Iterator[tuple[Assumption, Truth]]:
        """Each, with where it is made and matters."""
        for fact in self.model.catalogue:
            matters = self.matters(fact) if fact.series or fact.points else False
            for said, there in self._come_by(fact) if matters is not False else ():
                yield said, self.b.both(matters, there)
        yield from self._filing()
        choices: dict[Assumption, Truth] = {}
        for asked, fallback in self.model.assumed:
            not_stated = self.b.negate(self._is_stated(asked))
            if not_stated is not False and asked.fact.options:
                matters = self.b.both(not_stated, self.matters(asked.fact))
                for said, where in self._options(asked.fact, fallback, matters):
                    choices[said] = self.b.either(choices.get(said, False), where)
            elif not_stated is not False and asked.fact.assume:
                said = Assumption(asked.fact.name, asked.fact.label, "assumed", asked.fact.assume, 1)
                yield said, self.b.both(not_stated, self._decides(asked))
        yield from choices.items()

    def _is_stated(self, asked: In) -> Truth:
        """For its period or for one around it, where it is a state."""
        if not asked.fact.holds:
            return self.values.there(asked.name)
        found: Truth = False
        for _, gone in self.values.come_by(asked.fact, asked.period):
            found = self.b.either(found, gone)
        return found

    def matters(self, fact: Fact) -> Truth:
        """Does any levy rest on a fact that is known and not nought, with reliefs or without?"""
        return self._any_of_account(self.model.bears_on.get(fact.name, ()))

    def _any_of_account(self, levies: Sequence[str]) -> Truth:
        b = self.b
        found: Truth = False
        for id in levies:
            nought = b.both(b.eq(self.amounts.baseline[id].n, 0), b.eq(self.amounts.payable[id].n, 0))
            found = b.either(found, b.both(self.amounts.known[id], b.negate(nought)))
        return found

    def _filing(self) -> Iterator[tuple[Assumption, Truth]]:
        """How often VAT is filed, where the assessed period leaves that open."""
        fact = self.model.catalogue["filing"]
        not_stated = self.b.negate(self.values.there(fact.name))
        if self.model.span.months > 1 and not_stated is not False:
            option = "monthly" if self.model.filing_months == 1 else "quarterly"
            said = Assumption(fact.name, fact.label, "assumed", option, 1)
            yield said, self.b.both(not_stated, self._any_of_account(self.model.cut_in_periods))

    def _options(self, fact: Fact, fallback: Node, where: Truth) -> Iterator[tuple[Assumption, Truth]]:
        """Each option that may stand in for a choice."""
        taken = self.values.number(fallback)
        for number, option in enumerate(fact.options):
            chosen = self.b.both(self.values.known(taken), self.b.eq(taken.n, number))
            yield Assumption(fact.name, fact.label, "assumed", option, 1), self.b.both(where, chosen)

    def _decides(self, asked: In) -> Truth:
        """Would another value change what is payable of a levy that is known?"""
        b = self.b
        found: Truth = False
        assumed = asked.fact.assume
        assert assumed is not None
        other = self.values.forcing({asked: not assumed if asked.fact.type == "flag" else assumed + 1})
        for id, built in self.model.levies.items():
            if built.payable.rests_on & claim_bit(asked.name) and self.amounts.known[id] is not False:
                then = other.number(built.payable)
                same = b.both(b.eq(then.needs, 0), b.eq(then.n, self.amounts.payable[id].n))
                found = b.either(found, b.both(self.amounts.known[id], b.negate(same)))
        return found

    def _come_by(self, fact: Fact) -> Iterator[tuple[Assumption, Truth]]:
        """A figure that is cut evenly over filing periods, an average of a year that still runs."""
        scope = self.values.cells.scope
        found: dict[Assumption, Truth] = {}
        for period in self.model.filing_periods if fact.series and not fact.adds_up else (None,):
            for way, gone in self.values.come_by(fact, period):
                how: How | None = None
                value = ""
                if way.how == "spread" and period:
                    how, value = "spread", "quarter" if period.months == 3 else "month"
                elif way.how == "averaged" and scope.running and way.of < len(average(fact, scope).quarters):
                    how, value = "to_date", f"{way.names[0][-2:]}-{way.names[-1][-2:]}"
                if how:
                    said = Assumption(fact.name, fact.label, how, value, way.of)
                    found[said] = self.b.either(found.get(said, False), gone)
        yield from found.items()
