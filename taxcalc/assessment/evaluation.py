"""Facts and law in, assessment out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from taxcalc.assessment.amounts import BLANK, Amounts
from taxcalc.assessment.balances import balances_of
from taxcalc.assessment.items import Items
from taxcalc.assessment.model import Model, catalogue_of, looked_at, model_for, shipped_book
from taxcalc.assessment.reasons import Reasons
from taxcalc.assessment.reliefs import Reliefs
from taxcalc.assessment.result import (
    Assessment,
    Assumption,
    Due,
    DueNow,
    Given,
    Item,
    LevyResult,
    LevyStatus,
    Question,
    Regime,
    Total,
    Value,
    Warning,
)
from taxcalc.assessment.sentences import said
from taxcalc.assessment.stakes import in_order
from taxcalc.base.algebra import Whole, plain_int
from taxcalc.base.kinds import KINDS, Kind
from taxcalc.base.money import Fen
from taxcalc.base.problem import InputError, problem
from taxcalc.base.version import __version__
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.engines.plain import Plain
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.stated import Stated
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import In, Node, OrElse, Param, bounded
from taxcalc.law.book import LawBook, Version

FIGURES = ("baseline", "saving", "payable")


def assess(
    facts: Mapping[str, Any] | FactSet,
    *,
    book: LawBook | None = None,
    levies: frozenset[str] | None = None,
    today: date | None = None,
) -> Assessment:
    """Assess one business, under the shipped tables or those of a `book`.

    `levies` names the levies to be looked at, and no others; by default those that the facts speak of. `today` is the day of
    the assessment, which decides whether the assessed year is still running.

    `facts` maps names of the catalogue (in either language) to values: text, int, bool, Decimal, or lists
    for quarters and months. Money is in yuan. Floats are refused, because they are not exact.

    Raises InputError, with every problem found, where facts cannot be used.
    """
    return evaluate(facts, book=book, levies=levies, today=today).assessment


def evaluate(
    facts: Mapping[str, Any] | FactSet,
    *,
    book: LawBook | None = None,
    levies: frozenset[str] | None = None,
    today: date | None = None,
) -> Evaluation:
    """The same, with the computation itself at hand. Raises InputError."""
    book = book or shipped_book()
    if not isinstance(facts, FactSet | Mapping):
        raise InputError([problem("facts_shape")])
    if not isinstance(facts, FactSet):
        floats = [name for name, value in facts.items() if _has_float(value)]
        if floats:
            raise InputError([problem("float_refused", name=name) for name in floats])
        given, facts = facts, FactSet(catalogue_of(book), today)
        facts.add("facts", given)
        facts.read()
    if facts.problems:
        raise InputError(facts.problems)
    filing_months, _ = facts.filing_months()
    if levies is None:
        levies = looked_at(book, facts.stated_facts())
    return Evaluation(facts, model_for(book, facts.period, filing_months, levies))


def _has_float(value: Any) -> bool:
    return isinstance(value, float) or (isinstance(value, list | tuple) and any(map(_has_float, value)))


def evaluator(facts: FactSet) -> Exact:
    """The exact evaluator of one firm with every relief claimed; of an average stated in part it knows the least."""

    @functools.cache  # every variant of the evaluator asks anew
    def given(node: In) -> Any:
        found = facts.resolve(node.fact, node.period)
        if found is None and bounded(node):
            return Unknown(frozenset((node,)), facts.least(node.fact))
        return found.value if found else None

    return Exact(given)


class Evaluation:
    """The graph with the values of one firm: what its assessment and its explanation are read from.

    Raises InputError where facts contradict each other.
    """

    def __init__(self, facts: FactSet, model: Model) -> None:
        self.facts, self.model = facts, model
        self.exact = evaluator(facts)
        values = Plain(self.exact, lambda node: facts.missing(node.fact, node.period), facts.cells)
        self._bits = values.bits
        self._warnings = self._checked()
        self.amounts = Amounts(model, values)
        self.reliefs = Reliefs(self.amounts)
        self.reasons = Reasons(self.reliefs)
        self.assessment = self._assessment()

    def names(self, needs: Whole) -> tuple[str, ...]:
        """The inputs that bits of needs stand for, in the order in which they were first missed."""
        return tuple(name for name, bit in self._bits.items() if plain_int(needs) & bit)

    def _assessment(self) -> Assessment:
        levies = [self._levy(id) for id in self.model.levies]
        make = Items(self.reasons.stakes, self.exact, self.names)
        items = [make.item(relief) for relief in self.model.reliefs.values()]
        items = [i for i in items if i.citations or self._is_told_of_its_end(i)]
        items = [i for i in items if i.id != "stated_relief" or i.saving or i.worth]
        ceilings = {kind: [v.saving or 0 for v in levies if v.at_most and v.kind == kind] for kind in KINDS}
        return Assessment(
            __version__,
            self.model.book.sha256,
            self.facts.period,
            "monthly" if self.model.filing_months == 1 else "quarterly",
            {name: _given(stated) for name, stated in self.facts.stated.items()},
            tuple(self._assumptions()),
            tuple(levies),
            tuple(items),
            {kind: self._total(kind) for kind in KINDS},
            {kind: Fen(sum(amounts)) for kind, amounts in ceilings.items()},
            self._due_now(),
            tuple(self._regimes()),
            balances_of(self.facts, self.reasons.dues, self.exact),
            tuple(self._questions()),
            tuple(self._warnings + self._partial_law()),
            tuple(self._law(items)),
            self.facts.opening,
        )

    def _is_told_of_its_end(self, item: Item) -> bool:
        """Is it not in force, and worth a word to this firm?"""
        signs = self.model.reliefs[item.id].signs
        concerns = not signs or any(fact in self.facts.stated_facts() for fact in signs)
        return bool(item.in_force_from or item.ended) and concerns

    def _checked(self) -> list[Warning]:
        """The warnings. Raises InputError where facts contradict each other."""
        checks = self.model.checks(self.facts.stated_facts())
        found = [check for check, node in checks if self.exact.value(node) is True]
        errors = [problem(check.id) for check in found if check.severity == "error"]
        if errors:
            raise InputError(errors)
        return [
            Warning(check.severity, said(check, self.model, self.facts, self.exact))
            for check in found
            if check.severity != "error"
        ]

    def _levy(self, id: str) -> LevyResult:
        levy = self.model.levies[id].levy
        head = (id, levy.kind, levy.label)
        if not self.amounts.applies[id]:
            return LevyResult(*head, "not_applicable", Fen(0), Fen(0), Fen(0), ())
        if self.amounts.known[id]:
            baseline, saving, payable = (Fen(plain_int(self.amounts.figure(id, what))) for what in FIGURES)
            balance = _fen(self.amounts.balance(id))
            return LevyResult(*head, "calculated", baseline, saving, payable, (), balance, levy.at_most)
        needs = self.names(self.amounts.gap[id])
        status: LevyStatus = "needs_fact" if needs else "not_in_force"
        return LevyResult(*head, status, None, None, None, needs, at_most=levy.at_most)

    def _total(self, kind: Kind) -> Total:
        lacking = tuple(id for id in self.amounts.counted(kind) if self.amounts.missed[id])
        baseline, saving, payable = (_fen(self.amounts.total(what, kind)) for what in FIGURES)
        return Total(baseline, saving, payable, lacking)

    def _due_now(self) -> DueNow:
        dues, lines = self.reasons.dues, []
        for id in dues.levies:
            if self.amounts.known[id] or dues.lacking[id]:
                amount, due = _fen(self.amounts.figure(id, "payable")), _fen(dues.due(id))
                prepaid = None if amount is None or due is None else Fen(amount - due)
                lines.append(Due(id, "cumulative" if dues.is_cumulative(id) else "period", amount, prepaid, due))
        lacking = tuple(id for id in dues.levies if dues.lacking[id])
        return DueNow(tuple(lines), _fen(dues.total()), lacking)

    def _regimes(self) -> list[Regime]:
        if not self.amounts.known.get("corporate_income"):
            return []
        options = [(one.relief, self.exact.value(one.granted) is True, one.payable) for one in self.model.regimes]
        options.append(("standard", True, self.model.standard_tax))
        chosen = plain_int(self.amounts.regime()) - 1
        return [
            Regime(id, granted, Fen(self.exact.known(tax)), number == chosen)
            for number, (id, granted, tax) in enumerate(options)
        ]

    # -------------------------------------------------------------------------------------- what else

    def _questions(self) -> list[Question]:
        """The facts that can still change a figure, in the order of `Stakes.needs`, each with the most at stake in it."""
        stakes, catalogue = self.reasons.stakes, self.facts.catalogue
        asked = [stake for stake in stakes.all if stakes.asked(stake)]
        waits = [(stake.waits, stake.needs, None if stake.unknown else plain_int(stake.saving)) for stake in asked]
        waits += [(id, self.amounts.gap[id], None) for id, missed in self.amounts.missed.items() if missed]
        blocking, others, order, facts = stakes.needs()
        inputs: dict[str, list[str]] = {}
        for name in in_order(catalogue, self._bits, list(map(plain_int, (blocking, others, *order))), facts):
            inputs.setdefault(catalogue.fact_of(name).name, []).append(name)
        found = []
        for fact, names in inputs.items():
            bits = sum(self._bits[name] for name in names)
            here = {id: saving for id, needs, saving in waits if plain_int(needs) & bits}
            most = max((saving for saving in here.values() if saving is not None), default=None)
            parts = tuple(name for name in names if name != fact)
            found.append(Question(fact, catalogue[fact].label, tuple(here), _fen(most), parts))
        return found

    def _assumptions(self) -> list[Assumption]:
        """What the result rests on without having been told, once per fact."""
        found: dict[tuple[str, str], Assumption] = {}
        _, assumed = self.facts.filing_months()
        if assumed:
            fact = self.facts.catalogue["filing"]
            option = "monthly" if self.model.filing_months == 1 else "quarterly"
            found["filing", ""] = Assumption("filing", fact.label, "assumed", option, 1)
        for node in self._rests_on:
            if (
                isinstance(node, OrElse)
                and isinstance(node.body, In)
                and self.facts.resolve(node.body.fact, node.body.period) is None
            ):
                fact, value = node.body.fact, self.exact.value(node.fallback)
                if not isinstance(value, Unknown):
                    found[fact.name, ""] = Assumption(fact.name, fact.label, "assumed", value_of(fact, value), 1)
            elif isinstance(node, In):
                got = self.facts.resolve(node.fact, node.period)
                if got and got.how in ("spread", "averaged", "to_date"):
                    how: Any = got.how
                    by = got.quarters if how == "to_date" else None
                    if how == "spread" and node.period:
                        by = "quarter" if node.period.months == 3 else "month"
                    found[node.fact.name, how] = Assumption(node.fact.name, node.fact.label, how, by, got.of)
                if self.facts.scope.opening > 1 and (node.fact.points or (node.fact.series and not node.fact.holds)):
                    opened = self.facts.stated["opened"]
                    label, month = opened.slot.fact.label, opened.slot.fact.written(opened.value)
                    found["opened", ""] = Assumption("opened", label, "since_opening", month, 1)
        return list(found.values())

    def _partial_law(self) -> list[Warning]:
        """A relief whose rule changes inside a period is not applied to it, and that is said."""
        return [Warning("warning", said) for relief, said in self.model.partial_law if self.reliefs.concerns(relief)]

    @property
    def _rests_on(self) -> Iterable[Node]:
        """The nodes that determine what is payable, in order."""
        return self.reliefs.active

    def _law(self, items: Iterable[Item]) -> list[Version]:
        """Every version that the result rests on."""
        used = {node.version: None for node in self._rests_on if isinstance(node, Param) and node.version}
        for item in items:
            if item.status in ("calculated", "displaced"):
                used.update(dict.fromkeys(item.citations))
        return sorted(used, key=lambda version: (version.path, version.start))


def value_of(fact: Fact, value: Any) -> Value:
    """A value of a fact as data: fen, a number, yes or no, text, the name of an option."""
    match fact.type:
        case "choice":
            return list(fact.options)[int(value)]
        case "flag":
            return bool(value)
        case "money":
            return Fen(value)
        case "month":
            return fact.written(value)
    return value  # type: ignore[no-any-return]


def _given(stated: Stated) -> Given:
    return Given(value_of(stated.slot.fact, stated.value), stated.source)


def _fen(amount: Whole | None) -> Fen | None:
    return None if amount is None or amount == BLANK else Fen(plain_int(amount))
