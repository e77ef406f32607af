"""Prepayments of a year and its settlement in words: a line a return, what comes back or is still to pay, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from taxcalc.assessment.conditions import exact_text
from taxcalc.base.money import Fen, yuan
from taxcalc.base.period import Period
from taxcalc.report.document import Block, Cell, Remark, Row, Section, Span, Table, Text, text
from taxcalc.report.json_values import written
from taxcalc.report.shapes import Json
from taxcalc.report.words import Words
from taxcalc.returns.settlement import Prepayment, Settlement, Turn

Entry: TypeAlias = tuple[Period, str, Fen | None, str]
"""For a table of rows: the return, what the amount is, the amount, and what is missing for it."""


class SettlementWords:
    """Puts a settlement into words."""

    def __init__(self, settlement: Settlement, words: Words) -> None:
        self.settlement, self.words = settlement, words
        self._levy = words.levies([settlement.levy])

    @property
    def title(self) -> str:
        """What the table is of."""
        return self.words.colon(self.words.say("settlement"), self._levy)

    def headline(self) -> Text:
        """What is still to pay of the year, or comes back."""
        due, say = self.settlement.year.due, self.words.say
        if due is None:
            return text(Span(say("settlement_open", levy=self._levy), "caution"))
        if due == 0:
            return text(Span(say("settlement_even", levy=self._levy), "peak"))
        key = "settlement_back" if due < 0 else "settlement_due"
        return text(Span(say(key, levy=self._levy, amount=self.words.money(abs(due))), "peak"))

    def section(self) -> Section:
        """The table, and below it what turned and what it rests on."""
        say, money, year = self.words.say, self.words.money, self.settlement.year
        rows = tuple(
            Row(
                text(self.words.period(one.period)),
                tuple(Cell(money(fen), "", fen) for fen in (one.tax, one.before, one.due)),
                tuple(self._of(one)),
            )
            for one in self.settlement.prepayments
        )
        last = tuple(Cell(money(fen), "strong", fen) for fen in (year.amount, year.prepaid, year.due))
        heads = tuple(map(say, ("settlement_return", *_AMOUNTS)))
        total = Row(text(Span(say("settlement_line"), "strong")), last)
        blocks: list[Block] = [Table(heads, rows, total)]
        return Section("settlement", self.title, (*blocks, *(Remark(text(said)) for said in self.remarks())))

    def _of(self, one: Prepayment) -> Iterator[str]:
        say = self.words.say
        if one.wrong:
            yield self.words.sentences(said.text(self.words.lang) for said in one.wrong)
        elif one.needs:
            yield say("returns_fill", what=self.words.inputs(one.needs))
        if one.stated and (one.due is None or one.paid != max(one.due, 0)):
            yield say("settlement_paid", amount=self.words.money(one.paid))
        elif one.due is not None and one.due < 0:
            yield say("settlement_over", amount=self.words.money(-one.due))

    def remarks(self) -> Iterator[str]:
        """What turned between the returns, and what the prepayments rest on."""
        found, words, say = self.settlement, self.words, self.words.say
        yield from map(self.turn, found.turns)
        if found.computed is not None:
            prepaid = words.money(found.year.prepaid)
            yield say("settlement_computed", prepaid=prepaid, computed=words.money(found.computed))
        for relief, needs in found.unclaimed.items():
            yield say("returns_not_claimed", relief=words.relief(relief), needs=words.inputs(needs))
        for key, names in (("settlement_averages", found.averages), ("settlement_undivided", found.undivided)):
            if names:
                yield say(key, facts=words.listed(map(words.label, names)))

    def turn(self, turn: Turn) -> str:
        """One figure in two returns, the earlier first."""
        words, condition = self.words, turn.condition
        if condition:
            what = words.label(condition.fact)
            before, after = (words.figure(v, condition.unit, condition.fact) for v in (turn.before, turn.after))
            after = f"{after} {words.sign(condition)} {words.limit(condition)}"
        elif turn.what == "regime":
            what = words.say("settlement_regime")
            before, after = (words.regime(str(id)) for id in (turn.before, turn.after))
        else:
            what = words.label("taxable_income") if turn.what == "income" else words.relief("rd_super_deduction")
            before, after = words.value(turn.before), words.value(turn.after)
        then = words.say("settlement_line") if turn.then.months == 12 else words.period(turn.then)
        return words.say(
            "settlement_turn", what=what, first=words.period(turn.first), before=before, then=then, after=after
        )

    def entries(self) -> Iterator[Entry]:
        """Every amount on a line of its own."""
        say, year = self.words.say, self.settlement.year
        for one in self.settlement.prepayments:
            needs = self.words.inputs(one.needs) if one.needs else ""
            for key, amount in zip((*_AMOUNTS, "settlement_with"), one[1:5], strict=True):
                yield one.period, say(key), amount, needs if amount is None else ""
        for key, amount in zip(_AMOUNTS, (year.amount, year.prepaid, year.due), strict=True):
            yield self.words.assessment.period, say(key), amount, ""

    def as_json(self) -> dict[str, Json]:
        """As in taxcalc/schema/returns.schema.json."""
        found = self.settlement
        return {
            "levy": found.levy,
            "prepayments": [
                {
                    **{name: written(getattr(one, name)) for name in Prepayment._fields if name != "wrong"},
                    "wrong": [said.text(self.words.lang) for said in one.wrong],
                }
                for one in found.prepayments
            ],
            "year": written(found.year),
            "computed": written(found.computed),
            "averages": [*found.averages],
            "undivided": [*found.undivided],
            "unclaimed": written(found.unclaimed),
            "turns": [
                {
                    "what": one.condition.fact if one.condition else one.what,
                    "first": str(one.first),
                    "then": str(one.then),
                    "before": _plain(one.before),
                    "after": _plain(one.after),
                    "text": self.turn(one),
                }
                for one in found.turns
            ],
        }


_AMOUNTS = ("settlement_tax", "settlement_before", "settlement_left")


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | str):
        return value
    return yuan(value) if isinstance(value, Fen) else exact_text(value)  # type: ignore[arg-type]
