"""What a levy and a relief are: the terms in which the rule modules state themselves."""

from collections.abc import Callable, Container
from typing import Literal, NamedTuple

from taxcalc.base.kinds import Kind
from taxcalc.base.units import Label
from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.naming import check_condition
from taxcalc.graph.nodes import Const, Grant, Named, Node

Rule = Callable[[Firm, Law], Node]


class Option(NamedTuple):
    """One of several reliefs that exclude each other, and what would be payable under it."""

    relief: str
    granted: Node
    payable: Node


class Relief(NamedTuple):
    """A relief, with the law table it rests on. Reliefs of one `exclusive` group cannot be combined."""

    id: str
    kind: Kind
    table: str
    exclusive: str | None = None
    at_most: bool = False
    signs: tuple[str, ...] = ()
    """The facts any of which says that a firm may have it: no other is told that it has ended."""

    def granted(self, firm: Firm, law: Law, *conditions: Node, base: Node | None = None) -> Node:
        """True where the relief is in force, claimed, and every condition is known to hold.

        `base` is the amount it applies to. A relief that is not in force is the constant False. Raises RuleError for a
        condition that could not be said.
        """
        version = law.book.version(self.table, firm.period)
        if version is None:
            return Const(False, "flag")
        key = (self.id, firm.period, conditions, base)
        if key not in firm.grants:
            for condition in conditions:
                check_condition(condition)
            firm.grants[key] = Grant(self.id, conditions, base, firm.period, version)
        return firm.grants[key]


class Levy(NamedTuple):
    """Something to pay in the assessed period: `payable` in fen, for firms to which it `applies`.

    Money that comes in (a grant) is payable below zero. A levy with `facts` is only looked at where one of
    them is stated. Where a relief is `at_most`, what is saved is a ceiling.
    """

    id: str
    kind: Kind
    label: Label
    payable: Rule
    applies: Rule | None = None
    balance: Rule | None = None
    """What is still to pay after what was prepaid, where that can be stated."""
    facts: tuple[str, ...] = ()
    own_facts: tuple[str, ...] = ()
    """For a levy that is always looked at, but that not every firm has: the facts that say that this one has it."""
    reliefs: tuple[Relief, ...] = ()
    """Those that bear on a levy with `facts` alone: they are only looked at with it."""
    at_most: bool = False
    to_date: bool = False
    """Is it due from the beginning of the year on, so that a period holds those of the year before it?"""
    options: Callable[[Firm, Law], list[Option]] | None = None
    """The reliefs of which one is chosen: the one that leaves the least payable, the first of equals."""

    @property
    def signs(self) -> tuple[str, ...]:
        """The facts any of which says that a firm has this levy; none for one that every firm of its kind has."""
        return self.facts or self.own_facts

    def is_missed(self, stated: Container[str]) -> bool:
        """Does a total lack something without this levy, where these facts are stated?

        VAT with its surcharges and the income taxes are always missed, any other once one of its facts is stated.
        """
        return not self.signs or any(fact in stated for fact in self.signs)


class Balance(NamedTuple):
    """What is left at the end of the assessed period and opens the next one: `amount` in fen, where it `applies`."""

    id: str
    applies: Rule
    amount: Rule


def concerns(firm: Firm, quantity: Node) -> Node:
    """A condition: is there anything that the relief could apply to?"""
    key = ("concerns", firm, quantity)
    if key not in firm.lines:
        firm.lines[key] = Named(
            "concerns", ("有可适用的金额或数量", "there is something to apply it to"), quantity > 0, firm.period
        )
    return firm.lines[key]


class Turning(NamedTuple):
    """An amount that is not known because the month of a quarter is not in which the firm becomes a general payer."""

    amount: Rule
    month: Rule
    """The first month of that quarter."""


class Check(NamedTuple):
    """A sign that facts do not fit together. `wrong` is True where they do not, which it can only be where
    at least one of `facts` is stated.

    An "error" refuses the facts it names; a "warning" and a "note" go with the result.
    """

    id: str
    severity: Literal["error", "warning", "note"]
    facts: tuple[str, ...]
    wrong: Rule
    amounts: tuple[Rule, ...] = ()
    """The lines whose amounts a report on one firm adds to the sentence."""
    ends: str = ""
    """A levy that is not known because a figure to date is stated for later months alone: what it is with none of that
    figure and with all of it is added."""
    turning: Turning | None = None
    """Its amount is added as it is if the firm is no general payer in that quarter, and if it is in all of it."""
