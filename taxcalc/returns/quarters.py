"""A year's income tax: the prepayment of each quarter under the law of then, the settlement, and what turned between them.

The facts of the year are cut to each quarter. What was really paid, where that is stated, counts before what is computed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.result import Condition
from taxcalc.base.money import Fen, yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem
from taxcalc.facts.stated import Stated
from taxcalc.facts.statement import FactSet
from taxcalc.facts.within import again, speaks_of
from taxcalc.law.book import LawBook
from taxcalc.law.formulas import Ref
from taxcalc.returns.fill import filled
from taxcalc.returns.settlement import Prepayment, Settlement, Turn
from taxcalc.returns.sheet import Returns, Sheet
from taxcalc.returns.sources import Missing, Sources

_INCOME, _PREPAID = "taxable_income", "income_tax_prepaid"
_EXTRA = "rd_claims.extra_deduction"
_LEVIES = ("corporate_income", "individual_income")
_PREPAYMENTS = ("cit_prepay", "cit_fixed", "iit_a")
"""The families of forms on which income tax is prepaid."""
_GROUPS = ("income", "rd", "individual")
"""Of the catalogue: what income tax is computed from."""


def returns_of(facts: FactSet, book: LawBook) -> Returns:
    """The forms of one business, with the settlement of a year whose quarters are told. Raises InputError."""
    evaluation = evaluate(facts, book=book)
    levy = next((id for id in _LEVIES if evaluation.assessment.levy(id).status != "not_applicable"), None)
    told = any(stated.slot.part and stated.slot.fact.name in (_INCOME, _PREPAID) for stated in facts.stated.values())
    if levy is None or facts.period.months < 12 or not told:
        return filled(evaluation)
    year = _Year(facts, book, levy)
    evaluation = year.settled(evaluation)
    made = filled(evaluation)
    place = next((at for at, sheet in enumerate(made.sheets) if sheet.period == facts.period), len(made.sheets))
    sheets = (*made.sheets[:place], *year.sheets, *made.sheets[place:])
    return made._replace(sheets=sheets, settlement=year.settlement(evaluation))


class _Year:
    def __init__(self, facts: FactSet, book: LawBook, levy: str) -> None:
        self._facts, self._book, self._levy = facts, book, levy
        self._told = {stated.slot.fact.name for stated in facts.stated.values() if stated.slot.part}
        self._averages: dict[str, None] = {}
        self._undivided: dict[str, None] = {}
        self._quarters: list[Evaluation] = []
        self._prepayments: list[Prepayment] = []
        self.sheets: list[Sheet] = []
        """The return of each prepayment."""
        self._paid: Fen | None = Fen(0)
        """With the returns so far."""
        for quarter in facts.scope.open(facts.period.parts(3)):
            self._prepayments.append(self._prepay(quarter))

    def settled(self, evaluation: Evaluation) -> Evaluation:
        """The year, less what the quarters come to where nothing is stated of that."""
        known = evaluation.assessment.levy(self._levy).balance is not None
        if known or self._paid is None or _PREPAID in self._facts.stated:
            return evaluation
        facts = again(self._facts, lambda one: not one.slot.fact.paid, "quarters", {_PREPAID: yuan(self._paid)})
        return evaluate(facts, book=self._book)

    def settlement(self, year: Evaluation) -> Settlement:
        """All of it, in the order of time."""
        due = next(line for line in year.assessment.due_now.lines if line.levy == self._levy)
        computed = None if due.prepaid is None or self._paid == due.prepaid else self._paid
        pairs = itertools.pairwise([*self._quarters, year])
        turns = [turn for pair in pairs for turn in self._turns(*pair)]
        return Settlement(
            self._levy,
            self._prepayments,
            due,
            computed,
            [*self._averages],
            [*self._undivided],
            self._unclaimed(year),
            turns,
        )

    def _unclaimed(self, year: Evaluation) -> dict[str, list[str]]:
        said = {item.id for item in year.assessment.items if item.status == "needs_fact" and not item.incomplete}
        found: dict[str, list[str]] = {}
        for item in (item for quarter in self._quarters for item in quarter.assessment.items):
            if item.status == "needs_fact" and item.at_stake != 0 and not item.incomplete and item.id not in said:
                found[item.id] = list(dict.fromkeys((*found.get(item.id, ()), *item.needs)))
        return found

    # ------------------------------------------------------------------------------------- a quarter

    def _prepay(self, quarter: Period) -> Prepayment:
        stated, before = self._facts.stated.get(f"{_PREPAID}_{quarter.key}"), self._paid
        tax: Fen | None = None
        needs: Sequence[str] = ()
        wrong: Sequence[Problem] = ()
        try:
            evaluation = evaluate(self._cut(quarter), book=self._book, levies=frozenset({self._levy}))
        except InputError as error:
            wrong = error.problems
        else:
            levy, hidden = evaluation.assessment.levy(self._levy), tuple(self._assumed_away())
            needs = tuple(dict.fromkeys((*levy.needs, *hidden)))
            tax = None if needs else levy.payable
            self._quarters.append(evaluation)
            if not hidden:
                found = filled(evaluation).sheets
                self.sheets += [sheet for sheet in found if self._book.forms[sheet.id]["family"] in _PREPAYMENTS]
        due = None if tax is None or before is None else Fen(tax - before)
        paid = Fen(int(stated.value)) if stated else None if due is None else Fen(max(due, 0))
        self._paid = None if before is None or paid is None else Fen(before + paid)
        return Prepayment(quarter, tax, before, due, paid, stated is not None, needs, wrong)

    def _cut(self, quarter: Period) -> FactSet:
        """What the facts of the year say of a quarter, with what was prepaid before it."""
        more = {"period": str(quarter)} | ({} if self._paid is None else {_PREPAID: yuan(self._paid)})
        return again(self._facts, lambda one: self._counts(one, quarter), "quarters", more)

    def _counts(self, one: Stated, quarter: Period) -> bool:
        fact, part, _ = one.slot
        if fact.paid or not speaks_of(one, quarter):
            of_the_year = not part and one.value and fact.group in _GROUPS and not fact.paid
            if of_the_year and not (fact.settled and fact.name in self._told):
                self._undivided[fact.name] = None
            return False
        if fact.points and not part:
            self._averages[fact.name] = None
        return True

    def _assumed_away(self) -> Iterator[str]:
        """What is stated of the year and would be nought in a quarter, though nobody said so."""
        for name in self._undivided:
            if self._facts.catalogue[name].assume is not None:
                yield name

    # ------------------------------------------------------------------------------------- what turned

    def _turns(self, first: Evaluation, then: Evaluation) -> Iterator[Turn]:
        periods = first.facts.period, then.facts.period
        if then.facts.period.months == 12:
            for what, ref in (("income", Ref("fact", _INCOME)), ("deduction", Ref("line", _EXTRA))):
                before, after = (Sources(one).value(ref, one.facts.period) for one in (first, then))
                if before != after and not isinstance(before, Missing) and not isinstance(after, Missing):
                    yield Turn(what, *periods, Fen(before), Fen(after))  # type: ignore[arg-type]
        a, b = first.assessment, then.assessment
        if a.regime and b.regime and a.regime.id != b.regime.id:
            yield Turn("regime", *periods, a.regime.id, b.regime.id)
            for relief in dict.fromkeys((a.regime.id, b.regime.id)):
                if relief != "standard":
                    yield from self._conditions(a.item(relief).conditions, b.item(relief).conditions, periods)

    def _conditions(
        self, first: Sequence[Condition], then: Sequence[Condition], periods: tuple[Period, Period]
    ) -> Iterator[Turn]:
        before = {(one.fact, one.operator): one for one in first}
        for one in then:
            was = before.get((one.fact, one.operator))
            if was and was.met is not one.met and None not in (was.met, one.met):
                yield Turn("condition", *periods, was.value, one.value, one)
