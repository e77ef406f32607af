"""What becomes of each relief: granted or not, why, what it applies to, what it saves and is worth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from taxcalc.assessment.conditions import Describer
from taxcalc.assessment.result import Condition, Item, Status
from taxcalc.assessment.savings import Savings, Step, is_known
from taxcalc.base.money import Fen
from taxcalc.engines.exact import Unknown
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Grant, In, Node
from taxcalc.law.book import Figure, Version
from taxcalc.rules.terms import Relief


class Items:
    """Makes the items of one business."""

    def __init__(self, savings: Savings) -> None:
        self.savings, self.model, self.exact = savings, savings.model, savings.exact
        self._describer = Describer(savings.exact, savings.facts.period)

    def item(self, relief: Relief, step: Step | None) -> Item:
        """One relief, with the levies before and after it where it is granted."""
        table = self.model.book.table(relief.table)
        grants = self.relevant(relief.id)
        if not grants:
            starts, ended = _next_and_last(table.versions, self.savings.facts.period)
            return Item(
                relief.id,
                relief.kind,
                table.label,
                table.measure,
                "not_in_force",
                before=Fen(0),
                saving=Fen(0),
                after=Fen(0),
                worth=Fen(0),
                notice_until=table.notice_until,
                in_force_from=starts,
                ended=ended,
            )
        live = [grant for grant in grants if self.exact.value(grant) and self._applies_to_something(grant)]
        earlier, later = step or ({}, {})
        by_levy = {
            id: earlier[id] - later[id] for id in self.savings.full if step and self.savings.counts(id, relief.kind)
        }
        by_levy = {id: amount for id, amount in by_levy.items() if amount}
        lacking = [id for id in self.savings.bearing(relief) if self.savings.is_missed(id)]
        saving = sum(by_levy.values())
        needs = self._undecided(grants) if not live else [] if saving else self._unmeasured(relief, grants, live)
        status: Status = "needs_fact" if needs else "calculated" if live else "not_entitled"
        live = [] if needs else live
        displaced_by = self.savings.chosen.get(relief.id) if live else None
        if displaced_by == relief.id:
            displaced_by = None
        if displaced_by:
            status = "displaced"
        before, after = (sum(amounts[id] for id in by_levy) for amounts in (earlier, later))
        waits = status == "needs_fact"
        versions = tuple(dict.fromkeys(grant.version for grant in grants))
        kept = [self.model.book.figures(v.path, self.savings.facts.period).get("kept") for v in versions]
        return Item(
            relief.id,
            relief.kind,
            table.label,
            table.measure,
            status,
            base=self._base(live),
            before=None if waits else Fen(before),
            saving=None if waits else Fen(saving),
            after=None if waits else Fen(after),
            worth=None if waits else Fen(self.savings.worth(relief.id, relief.kind) if live else 0),
            by_levy={id: Fen(amount) for id, amount in by_levy.items()},
            conditions=self._conditions(grants),
            needs=tuple(needs),
            citations=versions,
            notice_until=table.notice_until,
            displaced_by=displaced_by,
            at_stake=self.savings.at_stake(relief, needs) if status == "needs_fact" else None,
            at_most=relief.at_most,
            at_least=self._least(relief, live),
            kept_until=next((v.kept_until for v in versions if v.kept_until), None),
            kept_months=next((int(f.value) for f in kept if isinstance(f, Figure) and f.value is not None), None),
            incomplete=tuple(lacking) if live or waits else (),
        )

    def relevant(self, relief: str) -> list[Grant]:
        """The grants of a relief that determine what is payable; all of them, where none does."""
        grants = self.model.grants[relief]
        return [grant for grant in grants if grant in self.savings.rests_on] or grants

    def _applies_to_something(self, grant: Grant) -> bool:
        """A relief that is granted but whose amount is not known waits for that amount."""
        return grant.base is None or not isinstance(self.exact.value(grant.base), Unknown)

    def _conditions(self, grants: list[Grant]) -> tuple[Condition, ...]:
        """Each condition once: those of a filing period, and those of the whole that several periods share."""
        nodes = dict.fromkeys(node for grant in grants for node in grant.conditions)
        return tuple(dict.fromkeys(self._describer.condition(node) for node in nodes))

    def failing(self, relief: str) -> list[Node]:
        """The conditions of a relief that are known not to be met."""
        nodes = dict.fromkeys(node for grant in self.relevant(relief) for node in grant.conditions)
        return [node for node in nodes if self.exact.value(node) is False]

    def _undecided(self, grants: list[Grant]) -> list[str]:
        """What is to be stated so that it is known whether a relief is granted, and to what amount."""
        needs: list[str] = []
        for grant in grants:
            values = self._open(grant)
            if grant.base is not None and values == []:
                values = [v for v in (self.exact.value(grant.base),) if isinstance(v, Unknown)]
            needs += [name for v in values or () for name in names_of(self.savings.facts, v.needs)]
        return list(dict.fromkeys(needs))

    def _open(self, grant: Grant) -> list[Unknown] | None:
        """The conditions of a grant that are not known to be met, None where one is known not to be."""
        values = [self.exact.value(condition) for condition in grant.conditions]
        return None if any(v is False for v in values) else [v for v in values if isinstance(v, Unknown)]

    def _unmeasured(self, relief: Relief, grants: list[Grant], live: list[Grant]) -> list[str]:
        """What is to be stated where a relief is granted and saves nothing, as far as is known."""
        bearing = self.savings.bearing(relief)
        gaps = [id for id in bearing if id in self.savings.gaps]
        waiting = missed = [id for id in gaps if self.savings.is_missed(id)]
        if self.savings.full.keys().isdisjoint(bearing):
            waiting = missed or gaps
        elif not self._undecided(grants) and not any(g.base is None or self.exact.value(g.base) for g in live):
            waiting = []
        missing = [node for id in waiting for node in self.savings.gaps[id].needs]
        missing += [node for grant in grants for unknown in self._open(grant) or () for node in unknown.needs]
        return names_of(self.savings.facts, missing)

    def _base(self, live: list[Grant]) -> Fen | None:
        """The amount that the relief applies to, over the periods in which it is granted."""
        bases = {(grant.period, grant.base): grant.base for grant in live if grant.base is not None}
        values = [self.exact.value(node) for node in bases.values()]
        known = [value for value in values if not isinstance(value, Unknown)]
        return Fen(sum(known)) if known else None

    def _least(self, relief: Relief, live: list[Grant]) -> Fen | None:
        node = self.model.least.get(relief.id)
        value = self.exact.value(node) if live and node is not None else None
        return None if value is None or not is_known(value) else Fen(value)


def names_of(facts: FactSet, inputs: Iterable[In]) -> list[str]:
    """The names by which to state what is missing: facts, or parts of those that are stated in part."""
    return sorted({name for node in inputs for name in facts.missing(node.fact, node.period)})


def _next_and_last(versions: tuple[Version, ...], period: Any) -> tuple[Any, Any]:
    """When a relief that is not in force begins, and when it last ended."""
    starts = min((v.start for v in versions if v.start > period.start), default=None)
    ended = max((v.until for v in versions if v.until < period.end), default=None)
    return starts, ended
