"""Facts and law in, assessment out.

Savings are found by claiming the reliefs one after another in their fixed order, from none to all: each
saves what it takes off the levies at its place, so the savings sum to baseline − payable by construction.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from taxcalc.assessment import (
    Assessment,
    Assumption,
    Condition,
    Item,
    LevyResult,
    Question,
    Regime,
    Status,
    Total,
)
from taxcalc.engine.active import walk_active
from taxcalc.engine.exact import Exact, Unknown, Value
from taxcalc.facts import FactSet
from taxcalc.graph import Grant, In, Node, Op, OrElse, Param, claim_bit
from taxcalc.law import LawBook, Version
from taxcalc.model import Model, catalogue_of, looked_at, model_for, shipped_book
from taxcalc.problem import InputError, Problem, problem
from taxcalc.rules.terms import Kind, Relief, purse_of

Amounts = dict[str, int]


def assess(
    facts: Mapping[str, Any] | FactSet, *, book: LawBook | None = None, levies: frozenset[str] | None = None
) -> Assessment:
    """Assess one business, under the shipped tables or those of a `book`.

    `levies` names the levies to be looked at; by default those that the facts speak of.

    `facts` maps names of the catalogue (in either language) to values: text, int, bool, Decimal, or lists
    for quarters and months. Money is in yuan. Floats are refused, because they are not exact.

    Raises InputError, with every problem found, where facts cannot be used.
    """
    book = book or shipped_book()
    if not isinstance(facts, FactSet | Mapping):
        raise InputError([problem("facts_shape")])
    if not isinstance(facts, FactSet):
        floats = [name for name, value in facts.items() if _has_float(value)]
        if floats:
            raise InputError([problem("float_refused", name=name) for name in floats])
        given, facts = facts, FactSet(catalogue_of(book))
        facts.add("facts", given)
        facts.read()
    if facts.problems:
        raise InputError(facts.problems)
    filing_months, _ = facts.filing_months()
    stated = frozenset(one.slot.fact.name for one in facts.stated.values())
    if levies is None:
        levies = looked_at(book, stated)
    return _Work(facts, model_for(book, facts.period, filing_months, levies)).assessment()


def _has_float(value: Any) -> bool:
    return isinstance(value, float) or (isinstance(value, list | tuple) and any(map(_has_float, value)))


class _Work:
    """One assessment being made."""

    def __init__(self, facts: FactSet, model: Model) -> None:
        self.facts, self.model = facts, model
        self._stated = {stated.slot.fact.name for stated in facts.stated.values()}
        self.exact = Exact(self._lookup)
        self.computable = [built for built in model.levies.values() if self._applies(built.applies)]
        self.gaps: dict[str, Unknown] = {}
        """Levies that cannot be computed, with every relief or with fewer, and what they wait for."""
        self.full = self._amounts(self.exact)
        """What is payable with every relief claimed, by levy; levies with a gap are absent."""

    def _lookup(self, node: In) -> Value | None:
        found = self.facts.resolve(node.fact, node.period)
        return found.value if found else None

    def _applies(self, condition: Any) -> bool:
        return condition is None or self.exact.value(condition) is not False

    def _amounts(self, engine: Exact) -> Amounts:
        amounts: Amounts = {}
        for built in self.computable:
            value = engine.value(built.payable)
            if isinstance(value, Unknown):
                self.gaps.setdefault(built.levy.id, value)
            else:
                amounts[built.levy.id] = value
        return amounts

    # -------------------------------------------------------------------------------------- the whole

    def assessment(self) -> Assessment:
        warnings = self._checked()
        baseline, steps = self._savings()
        levies = [self._levy(id, baseline) for id in self.model.levies]
        items = [self._item(relief, steps.get(relief.id)) for relief in self.model.reliefs.values()]
        items = [i for i in items if i.versions or i.starts or i.ended]
        items = [i for i in items if i.id != "stated_relief" or i.saving or i.worth]
        warnings += self._partial_law()
        loss = self.exact.value(self.model.loss_carried_forward) if "corporate_income" in self.full else None
        return Assessment(
            self.facts,
            self.facts.period,
            self.model,
            self.exact,
            levies,
            items,
            {kind: _total(levies, kind) for kind in get_args(Kind)},
            {
                kind: sum(one.saving or 0 for one in levies if one.at_most and one.kind == kind)
                for kind in get_args(Kind)
            },
            self._regimes(),
            None if isinstance(loss, Unknown) else loss,
            self._questions(levies, items),
            self._assumptions(),
            warnings,
            self._law(items),
        )

    def _checked(self) -> list[tuple[str, Problem]]:
        """The warnings. Raises InputError where facts contradict each other."""
        found = [check for check, node in self.model.checks(self._stated) if self._holds(node)]
        errors = [problem(check.id) for check in found if check.severity == "error"]
        if errors:
            raise InputError(errors)
        return [(check.severity, problem(check.id)) for check in found]

    def _holds(self, node: Any) -> bool:
        return self.exact.value(node) is True

    # -------------------------------------------------------------------------------------- amounts

    def _savings(self) -> tuple[Amounts, dict[str, tuple[Amounts, Amounts]]]:
        """The baseline, and for each relief the levies before and after it in the fixed order."""
        waiting = self.model.steps()
        engine = self.exact.without(frozenset(relief for step in waiting for relief in step))
        baseline = amounts = self._amounts(engine)
        steps: dict[str, tuple[Amounts, Amounts]] = {}
        while waiting:
            step, *waiting = waiting
            engine = engine.without(frozenset(relief for later in waiting for relief in later))
            if any(engine.value(grant) for relief in step for grant in self.model.grants[relief]):
                after = self._amounts(engine)
                steps[self._winner(step)] = (amounts, after)
                amounts = after
        for id in self.gaps:
            self.full.pop(id, None)
        return baseline, steps

    def _winner(self, step: list[str]) -> str:
        """Of reliefs that exclude each other, the one that is chosen."""
        return next((relief for relief in step if self._chosen.get(relief) == relief), step[0])

    @functools.cached_property
    def _chosen(self) -> dict[str, str]:
        """For each relief that is one of several, the one that is chosen: it leaves the least payable."""
        found = {}
        for levy, options in self.model.choices.items():
            payable = self.exact.value(self.model.levies[levy].payable)
            granted = [one for one in options if self._holds(one.granted)]
            best = next((one.relief for one in granted if self.exact.value(one.payable) == payable), None)
            found.update({one.relief: best for one in options if best})
        return found

    def _worth(self, relief: str, kind: str) -> int:
        engine = self.exact.without(frozenset((relief,)))
        then = {id: engine.value(self.model.levies[id].payable) for id in self.full if self._counts(id, kind)}
        return sum(amount - self.full[id] for id, amount in then.items() if _is_known(amount))

    def _at_stake(self, relief: Relief, needs: list[str]) -> int | None:
        """What the relief would save on top, were its conditions met; None where that depends on amounts."""
        engine = self.exact.forcing(dict.fromkeys(self.model.grants[relief.id], True))
        then = {id: engine.value(self.model.levies[id].payable) for id in self.full}
        saving = sum(
            now - then[id] for id, now in self.full.items() if self._counts(id, relief.kind) and _is_known(then[id])
        )
        amounts = any(self.facts.catalogue[name].unit in ("money", "count") for name in needs)
        return saving if saving > 0 or not amounts else None

    def _counts(self, levy: str, kind: str) -> bool:
        """Only what is of one purse is added up: money kept or received is never counted with taxes and fees."""
        return purse_of(self.model.levies[levy].levy.kind) == purse_of(kind)  # type: ignore[arg-type]

    def _levy(self, id: str, baseline: Amounts) -> LevyResult:
        levy, _, applies, _, balance = self.model.levies[id]
        head = (id, levy.kind, levy.label)
        if not self._applies(applies):
            return LevyResult(*head, "not_applicable", 0, 0, 0, [])
        if id in self.full:
            payable = self.full[id]
            due = self.exact.value(balance) if balance is not None else None
            balance_due = due if _is_known(due) else None
            saving = baseline[id] - payable
            return LevyResult(*head, "calculated", baseline[id], saving, payable, [], balance_due, levy.at_most)
        needs = _names(self.gaps[id].needs)
        return LevyResult(*head, "needs_fact" if needs else "not_in_force", None, None, None, needs)

    def _regimes(self) -> list[Regime]:
        if "corporate_income" not in self.full or not self._applies(self.model.levies["corporate_income"].applies):
            return []
        payable = self.full["corporate_income"]
        options = [(one.relief, self._holds(one.granted), self.exact.value(one.payable)) for one in self.model.regimes]
        options.append(("standard", True, self.exact.value(self.model.standard_tax)))
        winner = next(id for id, granted, tax in options if granted and tax == payable)
        return [Regime(id, granted, tax, id == winner) for id, granted, tax in options]

    # -------------------------------------------------------------------------------------- reliefs

    def _item(self, relief: Relief, step: tuple[Amounts, Amounts] | None) -> Item:
        table = self.model.book.table(relief.table)
        grants = self._relevant(relief.id)
        if not grants:
            starts, ended = _next_and_last(table.versions, self.facts.period)
            return Item(
                relief.id,
                relief.kind,
                table.label,
                table.measure,
                "not_in_force",
                notice_until=table.notice_until,
                starts=starts,
                ended=ended,
            )
        live = [grant for grant in grants if self.exact.value(grant) and self._applies_to_something(grant)]
        status, needs = self._status(grants, live)
        displaced_by = self._chosen.get(relief.id) if live else None
        if displaced_by == relief.id:
            displaced_by = None
        if displaced_by:
            status = "displaced"
        earlier, later = step or ({}, {})
        by_levy = {id: earlier[id] - later[id] for id in self.full if step and self._counts(id, relief.kind)}
        by_levy = {id: amount for id, amount in by_levy.items() if amount}
        before, after = (sum(amounts[id] for id in by_levy) for amounts in (earlier, later))
        return Item(
            relief.id,
            relief.kind,
            table.label,
            table.measure,
            status,
            base=self._base(live),
            before=before,
            saving=before - after,
            after=after,
            worth=self._worth(relief.id, relief.kind) if live else 0,
            by_levy=by_levy,
            conditions=self._conditions(grants),
            needs=needs,
            versions=list(dict.fromkeys(grant.version for grant in grants)),
            notice_until=table.notice_until,
            displaced_by=displaced_by,
            at_stake=self._at_stake(relief, needs) if status == "needs_fact" else None,
            at_most=relief.at_most,
            least=self._least(relief, live),
        )

    def _relevant(self, relief: str) -> list[Grant]:
        """The grants of a relief that determine what is payable; all of them, where none does."""
        grants = self.model.grants[relief]
        return [grant for grant in grants if grant in self._rests_on] or grants

    def _applies_to_something(self, grant: Grant) -> bool:
        """A relief that is granted but whose amount is not known waits for that amount."""
        return grant.base is None or not isinstance(self.exact.value(grant.base), Unknown)

    def _conditions(self, grants: list[Grant]) -> list[Condition]:
        """Each condition once per period."""
        found: dict[tuple[Any, Any], Condition] = {}
        for grant in grants:
            for node in grant.conditions:
                value = self.exact.value(node)
                met = None if isinstance(value, Unknown) else bool(value)
                found.setdefault((node, grant.period), Condition(node, grant.period, met))
        return list(found.values())

    def _status(self, grants: list[Grant], live: list[Grant]) -> tuple[Status, list[str]]:
        if live:
            return "calculated", []
        needs: list[str] = []
        for grant in grants:
            values = [self.exact.value(condition) for condition in grant.conditions]
            if grant.base is not None and all(value is True for value in values):
                values.append(self.exact.value(grant.base))
            if not any(value is False for value in values):
                needs += [name for v in values if isinstance(v, Unknown) for name in _names(v.needs)]
        return ("needs_fact", list(dict.fromkeys(needs))) if needs else ("not_entitled", [])

    def _base(self, live: list[Grant]) -> int | None:
        """The amount that the relief applies to, over the periods in which it is granted."""
        bases = {(grant.period, grant.base): grant.base for grant in live if grant.base is not None}
        values = [self.exact.value(node) for node in bases.values()]
        known = [value for value in values if not isinstance(value, Unknown)]
        return sum(known) if known else None

    def _least(self, relief: Relief, live: list[Grant]) -> int | None:
        node = self.model.least.get(relief.id)
        value = self.exact.value(node) if live and node is not None else None
        return value if _is_known(value) else None

    # -------------------------------------------------------------------------------------- what else

    def _questions(self, levies: list[LevyResult], items: list[Item]) -> list[Question]:
        """The facts still needed, those with most at stake first."""
        stakes: dict[str, int | None] = {}
        blocks: dict[str, list[str]] = {}
        asked: list[tuple[str, Sequence[str], int | None]]
        asked = [(item.id, item.needs, item.at_stake) for item in items if item.status == "needs_fact"]
        asked += self._better_rates()
        asked += [(levy.id, levy.needs, None) for levy in levies if levy.status == "needs_fact"]
        for id, needs, stake in asked:
            for name in needs:
                blocks.setdefault(name, []).append(id)
                earlier = stakes.get(name)
                stakes[name] = stake if earlier is None else earlier if stake is None else max(stake, earlier)
        catalogue = self.facts.catalogue
        order = sorted(blocks, key=lambda name: (-(stakes[name] or 0), stakes[name] == 0, not catalogue[name].entitles))
        return [Question(name, catalogue[name].label, blocks[name], stakes[name]) for name in order]

    def _better_rates(self) -> list[tuple[str, Sequence[str], int | None]]:
        """Entitling facts that a rule counts only where known: what would a yes save?"""
        found: list[tuple[str, Sequence[str], int | None]] = []
        for node in self._rests_on:
            if not (isinstance(node, Op) and node.op == "known" and isinstance(node.args[0], In)):
                continue
            asked = node.args[0]
            if asked.fact.entitles and asked.fact.type == "flag" and self._lookup(asked) is None:
                engine = self.exact.forcing({asked: True})
                then = {id: engine.value(self.model.levies[id].payable) for id in self.full}
                savings = {id: now - then[id] for id, now in self.full.items() if _is_known(then[id])}
                if sum(savings.values()) > 0:
                    blocked = next(id for id, saving in savings.items() if saving)
                    found.append((blocked, [asked.fact.name], sum(savings.values())))
        return found

    @functools.cached_property
    def _rests_on(self) -> dict[Node, None]:
        """The nodes that determine what is payable, in order."""
        return dict.fromkeys(walk_active(self.exact, *(self.model.levies[id].payable for id in self.full)))

    def _assumptions(self) -> list[Assumption]:
        """What the result rests on without having been told, once per fact."""
        found: dict[tuple[str, str], Assumption] = {}
        _, assumed = self.facts.filing_months()
        if assumed:
            fact = self.facts.catalogue["filing"]
            option = "monthly" if self.model.filing_months == 1 else "quarterly"
            found["filing", ""] = Assumption("filing", fact.label, "assumed", option, fact.options[option], 1)
        for node in self._rests_on:
            if isinstance(node, OrElse) and isinstance(node.body, In) and self._lookup(node.body) is None:
                fact, value = node.body.fact, self.exact.value(node.fallback)
                if not isinstance(value, Unknown):
                    label = list(fact.options.values())[value] if fact.options else None
                    found[fact.name, ""] = Assumption(fact.name, fact.label, "assumed", fact.written(value), label, 1)
            elif isinstance(node, In) and node.fact is not None:
                got = self.facts.resolve(node.fact, node.period)
                if got and got.how in ("spread", "averaged"):
                    how: Any = got.how
                    found[node.fact.name, how] = Assumption(node.fact.name, node.fact.label, how, "", None, got.of)
        return list(found.values())

    def _partial_law(self) -> list[tuple[str, Problem]]:
        """A relief whose rule changes inside a period is not applied to it, and that is said."""
        used = functools.reduce(operator.or_, (self.model.levies[id].payable.rests_on for id in self.full), 0)
        return [("warning", said) for relief, said in self.model.partial_law() if used & claim_bit(relief)]

    def _law(self, items: Iterable[Item]) -> list[Version]:
        """Every version that the result rests on."""
        used = {node.version: None for node in self._rests_on if isinstance(node, Param) and node.version}
        for item in items:
            if item.status in ("calculated", "displaced"):
                used.update(dict.fromkeys(item.versions))
        return sorted(used, key=lambda version: (version.path, version.start))


def _is_known(value: Value) -> bool:
    return not isinstance(value, Unknown)


def _names(inputs: Iterable[In]) -> list[str]:
    return sorted({node.fact.name for node in inputs})


def _total(levies: list[LevyResult], kind: str) -> Total:
    known = [levy for levy in levies if levy.kind == kind and levy.baseline is not None and not levy.at_most]
    return Total(
        sum(levy.baseline or 0 for levy in known),
        sum(levy.saving or 0 for levy in known),
        sum(levy.payable or 0 for levy in known),
    )


def _next_and_last(versions: tuple[Version, ...], period: Any) -> tuple[Any, Any]:
    """When a relief that is not in force begins, and when it last ended."""
    starts = min((v.start for v in versions if v.start > period.start), default=None)
    ended = max((v.until for v in versions if v.until < period.end), default=None)
    return starts, ended
