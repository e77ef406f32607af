"""Measures that are rows of a table: an amount a unit, a share of a base, a capped or lowered rate, all of it.

Each becomes a levy and a relief like any other, so saving, worth, reasons, batches and proofs come of
themselves. `taxcalc.law.schema.Reckoning` says what a row may say; there is no measure here by name.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, NamedTuple

from taxcalc.base.units import Label
from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.nodes import Const, Named, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, known, least, most, round_fen, share_up, when
from taxcalc.law.book import LawBook, label_of
from taxcalc.law.schema import HOW, Reckoning, Requirement, TermEntry
from taxcalc.rules.terms import Levy, Option, Relief, concerns

MONTHS_OF_A_YEAR = 12


class Measure(NamedTuple):
    """One row: its table, labels and reckoning."""

    path: str
    label: Label
    reckoning: Reckoning

    @property
    def id(self) -> str:
        """Its name as a relief."""
        return self.path.replace(".", "_")

    @property
    def relief(self) -> Relief:
        """The relief that it grants."""
        r = self.reckoning
        return Relief(self.id, r["kind"], self.path, r["exclusive"], r["at_most"])


def measures_of(book: LawBook) -> list[Measure]:
    """Every measure of the tables."""
    found = []
    for path in book.measures():
        table = book.table(path)
        assert table.reckoning is not None
        found.append(Measure(path, table.label, table.reckoning))
    return found


def levies_of(book: LawBook) -> list[Levy]:
    """A levy for each measure, or for each group of which only the highest counts."""
    groups: dict[str, list[Measure]] = {}
    for measure in measures_of(book):
        groups.setdefault(measure.reckoning["exclusive"] or measure.id, []).append(measure)
    levies = []
    for id, members in groups.items():
        r = members[0].reckoning
        label = book.group(id) if r["exclusive"] else called(members[0], book)
        levies.append(
            Levy(
                id,
                members[0].relief.kind,
                label,
                functools.partial(payable, members, id, label),
                facts=tuple(dict.fromkeys(member.reckoning["of"][0] for member in members)),
                reliefs=tuple(member.relief for member in members),
                at_most=r["at_most"],
                options=functools.partial(options_of, members) if r["exclusive"] else None,
            )
        )
    return levies


def called(one: Measure, book: LawBook) -> Label:
    """What is paid or received: a charge goes by the fact that gives it, money that comes in by its measure."""
    fact, levy = book.facts[one.reckoning["of"][0]], one.reckoning["levy"]
    return one.label if one.reckoning["received"] else label_of(levy or [fact["zh"], fact["en"]])


def payable(members: list[Measure], id: str, label: Label, firm: Firm, law: Law) -> Node:
    """What is due less what is spared; for money that comes in, that amount below zero. A named line."""
    return Named(id, label, _payable(members, firm, law), firm.period)


def _payable(members: list[Measure], firm: Firm, law: Law) -> Node:
    if members[0].reckoning["exclusive"]:
        return most(*(received(one, firm, law) for one in members)) * -1
    (one,) = members
    if one.reckoning["received"]:
        return received(one, firm, law) * -1
    due = named(one, ("优惠前应付", "due before it"), due_before(one, firm), firm)
    return due - when(granted(one, firm, law), spared(one, firm, law), 0)


def options_of(members: list[Measure], firm: Firm, law: Law) -> list[Option]:
    """What each member would leave payable: the least of them is chosen."""
    return [Option(one.id, granted(one, firm, law), received(one, firm, law) * -1) for one in members]


def lower_ends(firm: Firm, law: Law) -> dict[str, Node]:
    """For each measure in force that is a range, the lower end of its amount."""
    found = {}
    for one in measures_of(law.book):
        if law.book.version(one.path, firm.period) and "least" in law.at(firm.period).figures(one.path):
            found[one.id] = round_fen(quantity(one, firm, law) * law.at(firm.period).figures(one.path)["least"])
    return found


def months_of_terms(firm: Firm, law: Law) -> dict[str, tuple[Node, Node]]:
    """For each measure in force that is given for a number of months in all: those before this period, and those of it."""
    found: dict[str, tuple[Node, Node]] = {}
    for one in measures_of(law.book):
        term = one.reckoning["term"]
        if term and law.book.version(one.path, firm.period):
            found[one.id] = firm[term["received"]], months_of_term(one, term, firm, law)
    return found


def received(one: Measure, firm: Firm, law: Law) -> Node:
    """The money that comes in."""
    return when(granted(one, firm, law), spared(one, firm, law), 0)


def granted(one: Measure, firm: Firm, law: Law) -> Node:
    """In force in some part of the period, claimed, and every condition known to hold."""
    conditions = [firm[fact] for fact in one.reckoning["of"] if firm[fact].unit == "flag"]
    if any(firm[fact].unit != "flag" for fact in one.reckoning["of"]):
        conditions.append(concerns(firm, firm[one.reckoning["of"][0]]))
    conditions += [any_of(*(_holds(part, firm) for part in either)) for either in one.reckoning["requires"]]
    if (term := one.reckoning["term"]) and law.book.version(one.path, firm.period):
        conditions.append(months_of_term(one, term, firm, law) > 0)
    return one.relief.granted(firm, law, *conditions, base=spared(one, firm, law))


def spared(one: Measure, firm: Firm, law: Law) -> Node:
    """The amount of the measure, once it is granted: rounded once."""
    r = one.reckoning
    if law.book.version(one.path, firm.period) is None:
        return Const(0, "money")
    values = law.at(firm.period).figures(one.path)
    base, rate = quantity(one, firm, law), firm[r["rate"]] if r["rate"] else Const(1, "count")
    match r["reckon"]:
        case "points":
            amount = base * _banded(one, firm, values, lambda row: least(rate, row["points"]))
        case "cap":
            amount = base * _banded(one, firm, values, lambda row: at_least_zero(rate - row["cap"]))
        case "whole":
            amount = base * rate
        case _:
            figure = str(HOW[r["reckon"]])
            amount = base * rate * _banded(one, firm, values, lambda row: row[figure])
    amount = amount / MONTHS_OF_A_YEAR if r["yearly"] else amount
    return named(one, ("金额", "amount"), round_fen(amount), firm)


def due_before(one: Measure, firm: Firm) -> Node:
    """What would be due without it."""
    rate = one.reckoning["rate"]
    return round_fen(_product(numbers_of(one, firm).values()) * (firm[rate] if rate else 1))


def quantity(one: Measure, firm: Firm, law: Law) -> Node:
    """The facts multiplied; of what is given for a number of months in all, only for those that are left of them."""
    numbers, term = numbers_of(one, firm), one.reckoning["term"]
    if term is None:
        return _product(numbers.values())
    months = months_of_term(one, term, firm, law)
    if term["counts"]:
        return _product((numbers | {term["counts"]: months}).values())
    return share_up(_product(numbers.values()), months, months_since(one, term, firm))


def numbers_of(one: Measure, firm: Firm) -> dict[str, Node]:
    """The facts that are multiplied. One that is a yes or no is a condition, and counts once."""
    return {fact: firm[fact] for fact in one.reckoning["of"] if firm[fact].unit != "flag"}


def _product(numbers: Collection[Node]) -> Node:
    return functools.reduce(operator.mul, numbers or [Const(1, "count")])


def months_since(one: Measure, term: TermEntry, firm: Firm) -> Node:
    """The months of the period from the first one on: all of them, where that is not stated."""
    since, all_months = firm[term["from"]], firm.period.months
    months = when(known(since), least(all_months, at_least_zero(month_of(firm.period.end) - since + 1)), all_months)
    return named(one, ("本期自起始月份起的月数", "months of the period since the first"), months, firm)


def months_of_term(one: Measure, term: TermEntry, firm: Firm, law: Law) -> Node:
    """The months of the period that are given: of what began while the measure ran, within the term, not yet received."""
    since, whole = firm[term["from"]], law.at(firm.period).figures(one.path)[term["months"]]
    to_come = since + whole - month_of(firm.period.start)
    in_period = when(known(since), least(months_since(one, term, firm), to_come), whole)
    stated = firm[term["counts"]] if term["counts"] else firm.period.months
    left = at_least_zero(least(stated, in_period, whole - firm[term["received"]]))
    what = ("本期享受月数（须在政策执行期内起始）", "months given in the period (begun while the measure ran)")
    return named(one, what, when(began_in_time(one, since, firm, law), left, 0), firm)


def began_in_time(one: Measure, since: Node, firm: Firm, law: Law) -> Node:
    """Was a version in force in the first month? While one is, a first month that is not stated is not asked for."""
    versions = law.book.table(one.path).versions
    within = any_of(*(all_of(since >= month_of(v.start), since <= month_of(v.until)) for v in versions))
    runs = any(v.start <= firm.period.end and firm.period.start <= v.until for v in versions)
    return any_of(~known(since), within) if runs else within


def month_of(day: date) -> Const:
    """The month of a day, as months are counted."""
    return Const(day.year * 12 + day.month - 1, "count", (f"{day:%Y-%m}",) * 2)


def named(one: Measure, what: Label, node: Node, firm: Firm) -> Node:
    """A line of the explanation, built once."""
    key = ("measure", one.path, what, firm)
    if key not in firm.lines:
        zh, en = one.label
        firm.lines[key] = Named(f"{one.path}.{what[1]}", (f"{zh}：{what[0]}", f"{en}: {what[1]}"), node, firm.period)
    return firm.lines[key]


def _banded(one: Measure, firm: Firm, values: dict[str, Any], figure: Callable[[dict[str, Any]], Node]) -> Node:
    """The figure of the band in which the deciding fact lies."""
    if "bands" not in values:
        return figure(values)
    by = firm[str(one.reckoning["by"])]
    *lower, last = values["bands"]
    found = figure(last)
    for band in reversed(lower):
        inside = by < band["below"] if "below" in band else by <= band["up_to"]
        found = when(inside, figure(band), found)
    return found


def _holds(requirement: Requirement, firm: Firm) -> Node:
    fact = firm[requirement["fact"]]
    holds = fact.is_(requirement["option"]) if requirement["option"] else fact
    return all_of(~holds) if requirement["negated"] else holds
