"""One relief of one firm as a record: granted or not, why, what it applies to, what it saves and is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from taxcalc.assessment.conditions import Describer
from taxcalc.assessment.result import Condition, Item
from taxcalc.assessment.stakes import Stakes
from taxcalc.base.algebra import Whole, plain_int
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.graph.nodes import Grant
from taxcalc.law.book import Figure, Table, Version
from taxcalc.rules.terms import Relief


class Items:
    """Makes the items of one firm. `names` gives the inputs that bits of needs stand for."""

    def __init__(self, stakes: Stakes, exact: Exact, names: Callable[[Whole], tuple[str, ...]]) -> None:
        self._stakes, self._reliefs = stakes, stakes.reliefs
        self._amounts, self._model = stakes.amounts, stakes.model
        self._exact, self._names = exact, names
        self._describer = Describer(exact, self._model.span)

    def item(self, relief: Relief) -> Item:
        """What becomes of a relief."""
        table, period = self._model.book.table(relief.table), self._model.span
        grants = [grant for grant, counts in self._reliefs.relevant(relief.id) if counts]
        versions = tuple(dict.fromkeys(grant.version for grant in grants))
        found = Item(
            relief.id,
            relief.kind,
            table.label,
            table.measure,
            "not_entitled" if grants else "not_in_force",
            before=Fen(0),
            saving=Fen(0),
            after=Fen(0),
            worth=Fen(0),
            conditions=self._conditions(grants),
            citations=versions,
            notice_until=table.notice_until,
            at_most=bool(grants) and relief.at_most,
            kept_until=next((v.kept_until for v in versions if v.kept_until), None),
            kept_months=self._kept_months(versions),
        )
        if not grants:
            starts, ended = _next_and_last(table, period)
            return found._replace(in_force_from=starts, ended=ended)
        if self._reliefs.waits(relief.id):
            return self._waiting(relief, found)
        live = [grant for grant in grants if self._reliefs.is_live(grant)]
        return self._granted(relief, found, live) if live else found

    def _waiting(self, relief: Relief, found: Item) -> Item:
        """A relief whose amount is not known: what it waits for, and what is at stake."""
        needs = self._names(self._reliefs.asked_for(relief.id))
        stake = self._stakes.of_relief(relief.id)
        return found._replace(
            status="needs_fact",
            before=None,
            saving=None,
            after=None,
            worth=None,
            needs=needs,
            at_stake=Fen(plain_int(stake.saving)) if self._told(relief) and not stake.unknown else None,
            incomplete=self._lacking(relief),
        )

    def _told(self, relief: Relief) -> bool:
        return any(self._amounts.known[id] for id in self._amounts.bearing(relief))

    def _granted(self, relief: Relief, found: Item, live: Sequence[Grant]) -> Item:
        """A relief that is granted, or that gives way to another that is granted."""
        chosen = self._chosen(relief)
        counts = relief.exclusive is None or self._amounts.is_chosen(relief.id)
        claimed = [one for one in self._amounts.at_its_place(relief) if counts and one.known]
        levies = {one.levy: (plain_int(one.before), plain_int(one.after)) for one in claimed}
        changed = {id: amounts for id, amounts in levies.items() if amounts[0] != amounts[1]}
        before, after = (sum(amounts[side] for amounts in changed.values()) for side in (0, 1))
        return found._replace(
            status="calculated" if chosen == relief.id else "displaced",
            base=self._base(live),
            before=Fen(before),
            saving=Fen(before - after),
            after=Fen(after),
            worth=Fen(plain_int(self._amounts.worth(relief))),
            by_levy={id: Fen(was - left) for id, (was, left) in changed.items()},
            displaced_by=None if chosen == relief.id else chosen,
            at_least=self._least(relief),
            incomplete=self._lacking(relief),
        )

    def _chosen(self, relief: Relief) -> str:
        """Of reliefs that exclude each other the one that is chosen; else the relief itself."""
        choice = self._model.choice_of(relief.id)
        number = plain_int(self._amounts.chosen(choice[0])) if choice else 0
        return choice[1][number - 1].relief if choice and number else relief.id

    def _lacking(self, relief: Relief) -> tuple[str, ...]:
        return tuple(id for id in self._amounts.bearing(relief) if self._amounts.missed[id])

    def _conditions(self, grants: Sequence[Grant]) -> tuple[Condition, ...]:
        """Each condition once: those of a filing period, and those of the whole that several periods share."""
        nodes = dict.fromkeys(node for grant in grants for node in grant.conditions)
        return tuple(dict.fromkeys(self._describer.condition(node) for node in nodes))

    def _base(self, live: Sequence[Grant]) -> Fen | None:
        """The amount that the relief applies to, over the periods in which it is granted."""
        bases = {(grant.period, grant.base): grant.base for grant in live if grant.base is not None}
        values = [self._exact.value(node) for node in bases.values()]
        known = [value for value in values if not isinstance(value, Unknown)]
        return Fen(sum(known)) if known else None

    def _least(self, relief: Relief) -> Fen | None:
        node = self._model.least.get(relief.id)
        value = None if node is None else self._exact.value(node)
        return None if value is None or isinstance(value, Unknown) else Fen(value)

    def _kept_months(self, versions: Sequence[Version]) -> int | None:
        """How long money that is put off may be kept, where a version says that in months."""
        for version in versions:
            kept = self._model.book.figures(version.path, self._model.span).get("kept")
            if isinstance(kept, Figure) and kept.value is not None:
                return int(kept.value)
        return None


def _next_and_last(table: Table, period: Period) -> tuple[date | None, date | None]:
    """When a relief that is not in force begins, and when it last ended."""
    starts = min((v.start for v in table.versions if v.start > period.start), default=None)
    ended = max((v.until for v in table.versions if v.until < period.end), default=None)
    return starts, ended
