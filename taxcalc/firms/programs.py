"""The programs of a batch: rows of one period and filing frequency share one, as far as they state the same facts."""

from __future__ import annotations

import threading

from taxcalc.assessment.model import model_for
from taxcalc.engines.lower import Presence
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.outcome import Outcome, outcome
from taxcalc.firms.periods import RowGroup
from taxcalc.firms.plan import Plan
from taxcalc.firms.read.cells import Facts


class Programs:
    """Programs, each made once, in any thread."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._made: dict[tuple[RowGroup, tuple[tuple[str, Presence], ...]], Outcome] = {}
        self._seen: dict[tuple[RowGroup, str], Presence | None] = {}
        self._lock = threading.Lock()

    def fitting(self, group: RowGroup, facts: Facts[C], engine: Engine[C]) -> Outcome:
        """The program for rows of a group that state these facts."""
        with self._lock:
            presence = {name: self._presence(group, name, facts, engine) for name in facts.values}
            columns = {name: how for name, how in presence.items() if how is not None}
            key = (group, tuple(columns.items()))
            if key not in self._made:
                plan = self._plan
                model = model_for(plan.book, *group, plan.levies)
                self._made[key] = outcome(model, columns, plan.wanted, running=group[0].runs_on(plan.today))
            return self._made[key]

    def _presence(self, group: RowGroup, name: str, facts: Facts[C], engine: Engine[C]) -> Presence | None:
        """How a column comes in a group, as far as was seen: what was seen once is reckoned with from then on."""
        now = engine.presence(facts.filled[name])
        fact = self._plan.catalogue.find(name).fact  # type: ignore[union-attr]
        if now == "full" and fact.unit in ("flag", "choice"):
            constant = engine.constant(facts.values[name])
            now = now if constant is None else constant
        before = self._seen.get((group, name), now)
        if before != now:
            both = {before, now}
            now = "gaps" if None in both or "gaps" in both else "full"
        self._seen[group, name] = now
        return now
