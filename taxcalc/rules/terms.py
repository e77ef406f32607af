"""What a levy and a relief are: the terms in which the rule modules state themselves."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from taxcalc.firm import Firm
from taxcalc.graph import Const, Grant, Label, Node
from taxcalc.law import Law

Kind = Literal["tax", "fee", "grant", "financing", "deferral"]
Rule = Callable[[Firm, Law], Node]


class Levy(NamedTuple):
    """A tax or fee of the assessed period: `payable` in fen, for firms to which it `applies`.

    A levy of kind "deferral" is money advanced, not a cost: it never enters the totals of taxes and fees.
    """

    id: str
    kind: Kind
    label: Label
    payable: Rule
    applies: Rule | None = None
    balance: Rule | None = None
    """What is still to pay after what was prepaid, where that can be stated."""


class Relief(NamedTuple):
    """A relief, with the law table it rests on. Reliefs of one `exclusive` group cannot be combined."""

    id: str
    kind: Kind
    table: str
    exclusive: str | None = None

    def granted(self, firm: Firm, law: Law, *conditions: Node, base: Node | None = None) -> Node:
        """True where the relief is in force, claimed, and every condition is known to hold.

        `base` is the amount it applies to. A relief that is not in force is the constant False.
        """
        version = law.book.version(self.table, firm.period)
        if version is None:
            return Const(False, "flag")
        key = (self.id, firm.period, conditions, base)
        if key not in firm.grants:
            firm.grants[key] = Grant(self.id, firm.claim(self.id), conditions, base, firm.period, version)
        return firm.grants[key]


class Check(NamedTuple):
    """A sign that facts do not fit together. `wrong` is True where they do not, which it can only be where
    at least one of `facts` is stated.

    An "error" refuses the facts it names; a "warning" and a "note" go with the result.
    """

    id: str
    severity: Literal["error", "warning", "note"]
    facts: tuple[str, ...]
    wrong: Rule
