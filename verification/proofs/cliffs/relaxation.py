"""A business and the same with one unit more of an input, in arithmetic of reals that the solver is quick at.

Every whole number becomes a real, and every division that rounds becomes any number that the division could give
(less than one below the quotient). So there are more businesses here than there are: what holds of all of them holds
of all real ones, and what fails for one of them is a hint at most, to be confirmed on whole fen.

Values that the step does not reach are one and the same on both sides, roundings included.
"""

from __future__ import annotations

import z3

from taxcalc.base.algebra import Reg, Truth, Whole
from taxcalc.engines.values import Flag, Num
from taxcalc.graph.nodes import In, Node
from verification.proofs.solver.businesses import Businesses, Value
from verification.proofs.solver.terms import NonLinear, Term, Terms, law_of_shares


class Loose(Terms):
    """Values of programs as terms over reals; what `shift` does not reach is taken from `other`."""

    def __init__(self, shift: frozenset[str] = frozenset(), other: Loose | None = None) -> None:
        super().__init__(shift)
        self.other = other
        self.shares: dict[Reg, tuple[Term, Term, Term, Term]] = {}
        """For each share: itself, the amount, the part and the whole."""
        self.quotients: dict[Reg, tuple[Term, Term]] = {}
        """For each rounded quotient: itself, and the amount that is divided."""
        self._reached: dict[Reg, bool] = {}

    def of(self, value: Whole | Truth) -> Term:
        """The term of a value."""
        if value.__class__ is int:
            return z3.RealVal(value)
        return super().of(value)

    def _make(self, reg: Reg) -> Term:
        if self.other is not None and not self.reached(reg):
            return self.other.of(reg)
        if reg.op == "input":
            (name,) = reg.args
            self.inputs[name] = z3.Real(name)
            term = self.inputs[name] + 1 if name in self._shift else self.inputs[name]
            self.facts += [term >= reg.lo, term <= reg.hi, self.inputs[name] >= reg.lo]
            return term
        if reg.op == "//" and isinstance(reg.args[1], int):
            return self._quotient(reg)
        if reg.op == "*":
            return _times(*(self.of(arg) for arg in reg.args))
        return super()._make(reg)

    def _quotient(self, reg: Reg) -> Term:
        """Any number that the quotient could be; on the two sides the larger amount has no smaller one."""
        above, divisor = self.of(reg.args[0]), reg.args[1]
        found = z3.FreshReal("quotient")
        self.facts += [found * divisor <= above, found * divisor >= above - (divisor - 1)]
        self.facts.append(z3.Implies(z3.And(above >= 0, above < divisor), found == 0))
        self.quotients[reg] = (found, above)
        if self.other is not None:
            self.other.of(reg)
            quotient, before = self.other.quotients[reg]
            self.facts += [
                z3.Implies(before <= above, quotient <= found),
                z3.Implies(above <= before, found <= quotient),
            ]
        return found

    def _share(self, reg: Reg) -> Term:
        above, whole = reg.args
        if above.op == "-" and above.args == (whole, 1):
            return z3.RealVal(0)
        product = above.args[0]
        if (above.op, product.op, above.args[1].op) != ("+", "*", "-") or above.args[1].args != (whole, 1):
            raise NonLinear("a division by an input that is no share")
        amount, part, of = (self.of(arg) for arg in (*product.args, whole))
        share = z3.FreshReal("share")
        self.shares[reg] = (share, amount, part, of)
        self.facts.append(law_of_shares(share, amount, part, of))
        if self.other is not None:
            self.other.of(reg)
            self.facts.append(law_of_near_shares(self.other.shares[reg], self.shares[reg]))
        return share

    def reached(self, reg: Reg) -> bool:
        """Does the step reach a value?"""
        stack = [reg]
        while stack:
            here = stack[-1]
            if here in self._reached:
                stack.pop()
                continue
            below = [arg for arg in here.args if isinstance(arg, Reg)]
            unknown = [arg for arg in below if arg not in self._reached]
            if unknown:
                stack += unknown
            else:
                mine = here.op == "input" and here.args[0] in self._shift
                self._reached[stack.pop()] = mine or any(self._reached[arg] for arg in below)
        return self._reached[reg]


def law_of_near_shares(one: tuple[Term, ...], two: tuple[Term, ...]) -> Term:
    """How far two shares of whole numbers can be apart, each rounded up: tried on small numbers by a test.

    Of the same amount, which is at most either whole: no more than the parts and the wholes are, and one.
    Of the same part and whole: no more than the amounts are.
    """
    (s, a, p, w), (t, b, q, v) = one, two
    proper = [a >= 0, b >= 0, p >= 0, q >= 0, p <= w, q <= v, w >= 1, v >= 1]
    apart = _distance(p, q) + _distance(w, v) + 1
    same_amount = z3.Implies(z3.And(*proper, a == b, a <= w, a <= v), z3.And(s - t <= apart, t - s <= apart))
    same_whole = z3.Implies(z3.And(*proper, p == q, w == v), z3.And(s - t <= _distance(a, b), t - s <= _distance(a, b)))
    return z3.And(same_amount, same_whole)


def _distance(x: Term, y: Term) -> Term:
    return z3.If(x <= y, y - x, x - y)


def _times(x: Term, y: Term) -> Term:
    for one, other in ((x, y), (y, x)):
        if z3.is_rational_value(one):
            return one * other
        if z3.is_app_of(one, z3.Z3_OP_ITE) and _figures(one):
            return z3.If(one.arg(0), _times(one.arg(1), other), _times(one.arg(2), other))
    raise NonLinear("a product of two values that both differ from business to business")


def _figures(x: Term) -> bool:
    if z3.is_app_of(x, z3.Z3_OP_ITE):
        return _figures(x.arg(1)) and _figures(x.arg(2))
    return bool(z3.is_rational_value(x))


class Pair:
    """A business of a model and the same with one unit more of an input, loosely."""

    def __init__(self, of: Businesses, name: str, now: Loose | None = None) -> None:
        self.of, self.name = of, name
        self.now = now or Loose()
        self.more = Loose(frozenset((name,)), self.now)

    def values(self, node: Node) -> tuple[Value, Value]:
        """The value of a node on both sides."""
        lowered: Num | Flag = self.of.low.claiming(frozenset()).value(node)
        return self._value(lowered, self.now), self._value(lowered, self.more)

    def _value(self, value: Num | Flag, side: Loose) -> Value:
        known = side.of(self.of.low.known(value))
        if isinstance(value, Flag):
            return Value(side.of(value.true), 0, known)
        return Value(side.of(value.n), value.d, known)

    def assumptions(self) -> list[Term]:
        """What holds of both businesses."""
        found: list[Term] = []
        for part in self.of.checks:
            found += [z3.Not(side.n) for side in self.values(part)]
        for node, name in self.of.inputs.items():
            least = node.fact.minimum if isinstance(node, In) else None
            if name in self.now.inputs and least is not None:
                found.append(self.now.inputs[name] >= int(least))
        return [*self.now.facts, *self.more.facts, *found]
