"""The graph lowered to a program of whole numbers, for engines that compute many rows at once.

A number is a fraction n / d: n a value of the program, d a Python int known before any data. What may be
unknown carries a mask beside it: the bits of the facts it waits for, 0 where it is known. So engines need
no idea of the unknown, of fractions, of tax or of reliefs, and the columns that a file lacks, the law in
force and the claims are folded away before the first row is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import gcd, lcm
from typing import Literal, TypeAlias

from taxcalc.base.algebra import INT64, Builder, Reg, Truth, Whole
from taxcalc.base.period import Period
from taxcalc.base.units import Number
from taxcalc.engines.values import NO_RULE, Decided, Flag, Num, Values
from taxcalc.facts.catalogue import MONEY_LIMIT, Fact
from taxcalc.facts.cells import Cells, with_sign
from taxcalc.facts.periods import Scope
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, bounded, changed_by, claim_bit, walk
from taxcalc.law.strict import TableError

Presence: TypeAlias = Literal["full", "gaps"] | int
"""How a column comes: a value in every row, in some rows, or in every row this same one. A column that is
not there is absent."""


class FigureTooLong(TableError, OverflowError):
    """A figure of a table has too many digits for 64 bits, in which many rows are computed. (One firm has no such limit.)"""


class Lowering(Cells, Values):
    """Lowers nodes for one assessed period and for the columns that are there.

    `columns` says for each input name (revenue, revenue_q1) how its cells come; `limit` bounds the amounts
    of money, for finding out how large they may be. `filing` is the months of a filing period; a year is
    `running` that has not ended on the day of the assessment.
    """

    def __init__(
        self,
        span: Period,
        columns: Mapping[str, Presence],
        *,
        filing: int = 3,
        running: bool = False,
        limit: int = MONEY_LIMIT,
        most: int = INT64,
        forced: Decided | None = None,
        base: Lowering | None = None,
    ) -> None:
        self.span, self.columns, self._limit = span, columns, limit
        self.scope: Scope = base.scope if base else Scope(span, min(filing, span.months), running)
        self.builder: Builder = base.builder if base else Builder(most)
        self.bits: dict[str, int] = base.bits if base else {}
        """For each input that may be missing, by its name, its bit."""
        self.cells = self
        self._off = 0
        self._memo: dict[tuple[Node, int], Num | Flag] = {}
        self._forced: dict[Node, Truth | Number] = dict((forced or {}).items())
        self._base, self._changed = base, changed_by(forced or ())

    def claiming(self, off: frozenset[str]) -> Lowering:
        """From now on, with these reliefs not claimed."""
        self._off = sum(claim_bit(relief) for relief in off)
        return self

    def forcing(self, forced: Decided) -> Lowering:
        """The same with some grants or facts decided by hand."""
        return Lowering(self.span, self.columns, limit=self._limit, forced=forced, base=self).claiming(frozenset())

    def supposing(self, node: In, n: Whole) -> Lowering:
        """The same, had the rows stated `n` of this input."""
        other = self.forcing({node: 0})
        other._memo[node, 0] = Num(n, node.fact.parts, 0)
        return other

    # ------------------------------------------------------------------------------------ nodes

    def value(self, node: Node) -> Num | Flag:
        """A Num, or a Flag for a condition."""
        if self._base is not None and not node.rests_on & self._changed:
            return self._base.value(node)
        key = (node, node.rests_on & self._off)
        found = self._memo.get(key)
        if found is None:
            try:
                found = self._memo[key] = self._lower(node)
            except FigureTooLong:
                raise
            except OverflowError as error:
                raise _too_long(node) or error from None
        return found

    def _lower(self, node: Node) -> Num | Flag:
        match node:
            case Op():
                return _OPS[node.op](self, *node.args)
            case Named():
                return self.value(node.body)
            case Const():
                return self._constant(node, node.value)
            case Param():
                return self._constant(node, node.value)
            case In():
                return self._input(node)
            case OrElse():
                return self._or_else(self.value(node.body), self.value(node.fallback))
            case Grant():
                return self._grant(node)
        raise TypeError(f"{type(node).__name__} cannot be lowered")

    def _constant(self, node: Node, value: Number | bool | None) -> Num | Flag:
        if node.unit == "flag":
            return Flag(bool(value), 0) if value is not None else Flag(False, NO_RULE)
        return Num(value.numerator, value.denominator, 0) if value is not None else Num(0, 1, NO_RULE)

    def _grant(self, node: Grant) -> Flag:
        if claim_bit(node.relief) & self._off:
            return Flag(False, 0)
        if node in self._forced:
            decided = self._forced[node]
            assert isinstance(decided, bool | Reg)
            return Flag(decided, 0)
        granted: Truth = True
        for condition in node.conditions:
            granted = self.builder.both(granted, self.flag(condition).true)
        return Flag(granted, 0)

    # ------------------------------------------------------------------------------------ inputs

    def _input(self, node: In) -> Num | Flag:
        if node in self._forced:
            decided = self._forced[node]
            assert not isinstance(decided, Reg)
            return self._constant(node, decided)
        fact = node.fact
        n, d, there = self.figure(fact, node.period)
        needs: Whole = 0
        if there is not True:  # what stands in for a fact is known, so it is not asked for, unless it is stated in part
            stood_in_for = fact.assume is not None and not fact.adds_up
            asked = NO_RULE if stood_in_for else self.asked(fact, node.period)
            needs = self.builder.when(there, 0, asked)
        if node.unit == "flag":
            return Flag(self.builder.both(self.builder.lt(0, n), there), needs)
        return Num(n, d, needs)

    def bit(self, name: str) -> int:
        """The bit of an input, which is given when it is first asked for."""
        return self.bits.setdefault(name, 2 << len(self.bits))

    def there(self, name: str) -> Truth:
        """Is the cell of this input filled?"""
        presence = self.columns.get(name)
        return False if presence is None else self.builder.present(name) if presence == "gaps" else True

    def cell(self, fact: Fact, name: str) -> Whole:
        """The cell of this input; a filler where it is empty."""
        presence = self.columns.get(name, 0)
        if isinstance(presence, int):
            return presence
        unit = fact.parts
        if fact.options:
            return self.builder.input(name, 0, len(fact.options) - 1)
        if fact.type == "flag":
            return self.builder.input(name, 0, 1)
        if fact.type == "money":
            top = self._limit if fact.maximum == MONEY_LIMIT else min(self._limit, int(fact.maximum))
        else:
            top = unit if fact.type == "rate" else int(fact.maximum) * unit
        lowest = -top if fact.negative else 0
        return self.builder.input(name, lowest, top)

    def _or_else(self, body: Num | Flag, fallback: Num | Flag) -> Num | Flag:
        b = self.builder
        if body.needs.__class__ is int and body.needs == 0:
            return body
        known = self.known(body)
        needs = b.when(known, 0, fallback.needs)
        if isinstance(body, Flag) and isinstance(fallback, Flag):
            return Flag(b.choose(known, body.true, fallback.true), needs)
        x, y, d = self._alike(body, fallback)
        return Num(b.when(known, x, y), d, needs)

    # ------------------------------------------------------------------------------------ operations

    def _alike(self, a: Num | Flag, c: Num | Flag) -> tuple[Whole, Whole, int]:
        assert isinstance(a, Num)
        assert isinstance(c, Num)
        d = lcm(a.d, c.d)
        x = a.n if a.d == d else self.builder.mul(a.n, d // a.d)
        y = c.n if c.d == d else self.builder.mul(c.n, d // c.d)
        return x, y, d

    def _linear(self, op: str, left: Node, right: Node) -> Num:
        a, c = self.number(left), self.number(right)
        x, y, d = self._alike(a, c)
        n = {"+": self.builder.add, "-": self.builder.sub, "least": self.builder.least, "most": self.builder.most}[op](
            x, y
        )
        return _reduced(n, d, self.needs_of(a, c))

    def _compare(self, op: str, left: Node, right: Node) -> Flag:
        a, c = self.number(left), self.number(right)
        x, y, _ = self._alike(a, c)
        b, needs = self.builder, self.needs_of(a, c)
        holds = {"<=": b.le, "<": b.lt, "is": b.eq}[op](x, y)
        for node, value, other, decided in ((left, a, c, b.negate(holds)), (right, c, a, holds)):
            if bounded(node) and (value.needs.__class__ is not int or value.needs != 0):
                needs = b.when(b.both(decided, self.known(other)), 0, needs)
        return Flag(b.both(holds, b.eq(needs, 0)), needs)

    def _times(self, left: Node, right: Node) -> Num:
        """Zero times what is not known is zero."""
        b = self.builder
        a, c = self.number(left), self.number(right)
        needs = b.union(
            b.when(b.both(self.known(a), b.eq(a.n, 0)), 0, c.needs),
            b.when(b.both(self.known(c), b.eq(c.n, 0)), 0, a.needs),
        )
        return _reduced(b.mul(a.n, c.n), a.d * c.d, needs)

    def _divide(self, left: Node, right: Node) -> Num:
        a, c = self.number(left), self.number(right)
        if c.n.__class__ is not int or c.n <= 0:
            raise ValueError("a divisor is a positive figure of the law")
        return _reduced(self.builder.mul(a.n, c.d), a.d * c.n, self.needs_of(a, c))

    def _and(self, left: Node, right: Node) -> Flag:
        """One that fails decides, whatever is unknown beside it."""
        b = self.builder
        p, q = self.flag(left), self.flag(right)
        needs = self.needs_of(p, q)
        if needs.__class__ is not int or needs != 0:
            needs = b.when(b.either(self.is_false(p), self.is_false(q)), 0, needs)
        return Flag(b.both(p.true, q.true), needs)

    def _or(self, left: Node, right: Node) -> Flag:
        """One that holds decides, whatever is unknown beside it."""
        p, q = self.flag(left), self.flag(right)
        true = self.builder.either(p.true, q.true)
        return Flag(true, self.builder.when(true, 0, self.needs_of(p, q)))

    def _not(self, arg: Node) -> Flag:
        flag = self.flag(arg)
        return Flag(self.is_false(flag), flag.needs)

    def _when(self, condition: Node, then: Node, otherwise: Node) -> Num | Flag:
        """Where the condition is unknown the value is still known if both branches are and agree."""
        b = self.builder
        c = self.flag(condition)
        if c.needs.__class__ is int and c.needs == 0 and c.true.__class__ is bool:
            return self.value(then if c.true else otherwise)
        p, q = self.value(then), self.value(otherwise)
        needs = b.when(c.true, p.needs, q.needs)
        if isinstance(p, Flag) and isinstance(q, Flag):
            same = b.eq(b.when(p.true, 1, 0), b.when(q.true, 1, 0))
            chosen = b.choose(c.true, p.true, q.true)
            either = b.choose(self.known(c), chosen, b.both(p.true, q.true))
        else:
            x, y, d = self._alike(p, q)
            same = b.eq(x, y)
        if c.needs.__class__ is not int or c.needs != 0:
            agree = b.both(b.eq(self.needs_of(p, q), 0), same)
            needs = b.when(self.known(c), needs, b.when(agree, 0, c.needs))
        return Flag(either, needs) if isinstance(p, Flag) else _reduced(b.when(c.true, x, y), d, needs)

    def _round(self, arg: Node) -> Num:
        """To the whole fen, half away from zero."""
        b = self.builder
        a = self.number(arg)
        if a.d == 1:
            return a
        return Num(with_sign(b, a.n, lambda n: b.div(b.add(b.mul(n, 2), a.d), 2 * a.d)), 1, a.needs)

    def _known(self, arg: Node) -> Flag:
        return Flag(self.known(self.value(arg)), 0)

    def _share_up(self, *args: Node) -> Num:
        """amount × part ÷ whole of whole fen that are not negative, rounded up."""
        b = self.builder
        amount, part, whole = (self.number(arg) for arg in args)
        if (amount.d, part.d, whole.d) != (1, 1, 1):
            raise ValueError("share_up takes whole fen")
        divisor = b.most(whole.n, 1)
        share = b.div(b.add(b.mul(amount.n, part.n), b.sub(divisor, 1)), divisor)
        none = b.both(self.known(amount), b.eq(amount.n, 0))
        needs = b.when(none, 0, self.needs_of(amount, part, whole))
        return Num(b.when(b.le(whole.n, 0), 0, share), 1, needs)


def _too_long(node: Node) -> FigureTooLong | None:
    """The refusal of the figure with most digits in a value that leaves 64 bits; None where no figure is in it."""
    found: tuple[int, FigureTooLong] | None = None
    for leaf in walk(node):
        if isinstance(leaf, Param) and leaf.value is not None and leaf.version is not None:
            # An amount of the law stands beside the amounts of firms, so only its yuan count.
            size = leaf.value.numerator // (100 if leaf.unit == "money" else 1) * leaf.value.denominator
            if found is None or size > found[0]:
                where = f"[{leaf.version.path}] version from {leaf.version.start}"
                found = size, FigureTooLong("table_too_long", where=where, path=leaf.path)
    return found and found[1]


def _reduced(n: Whole, d: int, needs: Whole) -> Num:
    """A constant in lowest terms; what differs from row to row stays as it is."""
    if n.__class__ is int:
        common = gcd(n, d)
        return Num(n // common, d // common, needs)
    return Num(n, d, needs)


_OPS: dict[str, Callable[..., Num | Flag]] = {
    "+": lambda low, *args: low._linear("+", *args),
    "-": lambda low, *args: low._linear("-", *args),
    "least": lambda low, *args: low._linear("least", *args),
    "most": lambda low, *args: low._linear("most", *args),
    "<=": lambda low, *args: low._compare("<=", *args),
    "<": lambda low, *args: low._compare("<", *args),
    "is": lambda low, *args: low._compare("is", *args),
    "*": Lowering._times,
    "/": Lowering._divide,
    "&": Lowering._and,
    "|": Lowering._or,
    "~": Lowering._not,
    "when": Lowering._when,
    "round": Lowering._round,
    "known": Lowering._known,
    "share_up": Lowering._share_up,
}
