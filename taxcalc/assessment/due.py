"""What the returns of a period come to: each levy less what was prepaid of it, and all of them together.

Income tax counts from the beginning of the year, every other levy is of the period: so only what is left of income tax after
its prepayments may be added to the rest.
"""

from __future__ import annotations

from typing import NamedTuple

from taxcalc.assessment.amounts import BLANK, Amounts
from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.kinds import PURSES
from taxcalc.rules import surcharges

_ON_VAT = frozenset(levy.id for levy in surcharges.LEVIES)


class _Told(NamedTuple):
    """An amount, of use only where it is told."""

    n: Whole
    told: Truth


class Dues:
    """Of the taxes and fees of a model, in fen: what is due, below zero to get back."""

    def __init__(self, amounts: Amounts) -> None:
        self.amounts, self.b = amounts, amounts.b
        amounts.values.claiming(frozenset())
        counted = [id for kind in PURSES["cost"] for id in amounts.counted(kind)]
        self.levies = [id for id in amounts.model.levies if id in counted]
        self._vat = self._vat_after_prepayments()
        self._due = {id: self._due_of(id) for id in self.levies}
        self.lacking = {id: self._lacking(id) for id in self.levies}
        """Where the sum lacks a levy that is expected."""

    def due(self, id: str) -> Whole:
        """What is due of a levy; BLANK where it is not known, or not owed by this firm."""
        return self.b.when(self._due[id].told, self._due[id].n, BLANK)

    def total(self) -> Whole:
        """All that is known together; BLANK where nothing is of what is expected."""
        known: Truth = False
        lacking: Truth = False
        for id in self.levies:
            known = self.b.either(known, self.b.both(self.amounts.expected[id], self._due[id].told))
            lacking = self.b.either(lacking, self.lacking[id])
        return self.b.when(self.b.both(self.b.negate(known), lacking), BLANK, self._sum(self.levies))

    def income_tax(self) -> Whole:
        """Of it the income tax, whichever the firm has; BLANK where that is not known."""
        levies = [id for id in self.levies if self.is_cumulative(id)]
        lacking: Truth = False
        for id in levies:
            lacking = self.b.either(lacking, self.lacking[id])
        return self.b.when(lacking, BLANK, self._sum(levies))

    def is_cumulative(self, id: str) -> bool:
        """Does a levy count from the beginning of the year?"""
        return self.amounts.model.levies[id].levy.to_date

    def _sum(self, levies: list[str]) -> Whole:
        total: Whole = 0
        for id in levies:
            total = self.b.add(total, self.b.when(self._due[id].told, self._due[id].n, 0))
        return total

    def _lacking(self, id: str) -> Truth:
        untold = self.b.both(self.amounts.known[id], self.b.negate(self._due[id].told))
        return self.b.either(self.amounts.missed[id], untold)

    def _due_of(self, id: str) -> _Told:
        b, payable, balance = self.b, self.amounts.payable[id].n, self.amounts.model.levies[id].balance
        found = _Told(payable, True)
        if balance is not None:
            left = self.amounts.values.number(balance)
            found = _Told(left.n, self.amounts.values.known(left))
            if self._opens_the_year():
                found = _Told(b.when(found.told, left.n, payable), True)
        elif id == "vat":
            found = self._vat
        elif id in _ON_VAT and "vat" in self.amounts.payable:
            # those on a prepayment were paid with it, at the rates of that place, which no fact tells
            in_full = b.both(self._vat.told, b.eq(self._vat.n, self.amounts.payable["vat"].n))
            found = _Told(payable, b.either(b.eq(payable, 0), in_full))
        return found._replace(told=b.both(self.amounts.known[id], found.told))

    def _opens_the_year(self) -> bool:
        """Is it the first period of the year for which the firm prepays? Then nothing can have been prepaid before it."""
        span, opening = self.amounts.model.span, self.amounts.values.cells.scope.opening
        return span.months < 12 and span.first <= opening

    def _vat_after_prepayments(self) -> _Told:
        """VAT of the filing periods less what was prepaid elsewhere: what is left of a prepayment goes to the next one."""
        amounts, b = self.amounts, self.b
        if "vat" not in amounts.payable or "vat_prepayment" not in amounts.payable:
            return _Told(amounts.payable["vat"].n if "vat" in amounts.payable else 0, True)
        told, prepaid = amounts.known["vat_prepayment"], amounts.payable["vat_prepayment"].n
        none = b.either(b.negate(amounts.expected["vat_prepayment"]), b.negate(amounts.applies["vat_prepayment"]))
        none = b.either(none, b.both(told, b.eq(prepaid, 0)))
        due: Whole = 0
        left: Whole = 0
        for vat, prepayment in amounts.model.vat_returns:
            payable, paid = amounts.values.number(vat), amounts.values.number(prepayment)
            assert payable.d == paid.d == 1
            told = b.both(told, b.both(amounts.values.known(payable), amounts.values.known(paid)))
            left = b.sub(b.add(left, paid.n), payable.n)
            due = b.sub(due, b.least(left, 0))
            left = b.most(left, 0)
        return _Told(b.when(none, amounts.payable["vat"].n, due), b.either(none, told))
