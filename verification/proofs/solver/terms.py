"""The fourth engine: a program of whole numbers as terms of the solver z3.

Like every engine it is a table of the operations of `taxcalc.engines.program`, over the very same programs
that compute batches. Two things differ from an engine of numbers:

* A set of facts that are waited for is told from the empty set and not looked into: nothing that is proved
  asks which facts are missing, only whether any are.
* Where one factor of a product is a choice among figures of the law it is cut into cases. A product of two
  facts stays one, and the solver may be asked more than it can answer. Where a share (amount × part ÷ whole)
  is taken, it becomes any number that the law of shares allows: see `Terms._share`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import z3

from taxcalc.base.algebra import Reg, Truth, Whole

Term: TypeAlias = Any
"""A term of z3, which has no types of its own."""


def _choice(c: Term, x: Term, y: Term) -> Term:
    return z3.If(c, x, y)


def times(x: Term, y: Term) -> Term:
    """x × y: cut into cases where one is a number or a choice among numbers; else a true product, sums and
    choices multiplied out as far as one factor is a number."""
    for one, other in ((x, y), (y, x)):
        cases = _cases(one)
        if cases is not None:
            return _by_case(cases, other)
    return x * y


class NonLinear(ValueError):
    """A division by what differs from business to business and is no share."""


def _cases(x: Term) -> Term | None:
    """x itself, if it is a number or a choice among numbers however deep."""
    if z3.is_int_value(x):
        return x
    if z3.is_app_of(x, z3.Z3_OP_ITE) and all(_cases(x.arg(i)) is not None for i in (1, 2)):
        return x
    return None


def _by_case(cases: Term, other: Term) -> Term:
    if z3.is_int_value(cases):
        if z3.is_int_value(other):
            return z3.IntVal(cases.as_long() * other.as_long())
        return _by_case(other, cases) if _cases(other) is not None else cases * other
    return z3.If(cases.arg(0), _by_case(cases.arg(1), other), _by_case(cases.arg(2), other))


OPERATIONS: dict[str, Callable[..., Term]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": times,
    "//": lambda x, y: x / y,  # whole numbers: rounds down for a positive divisor
    "<=": lambda x, y: x <= y,
    "<": lambda x, y: x < y,
    "==": lambda x, y: x == y,
    "&": z3.And,
    "|": z3.Or,
    "~": z3.Not,
    "union": lambda x, y: z3.If(x == 0, y, x),
    "when": _choice,
    "min": lambda x, y: z3.If(x <= y, x, y),
    "max": lambda x, y: z3.If(x >= y, x, y),
}


class Terms:
    """Values of programs as terms, each made once.

    `shift` names inputs that are taken one unit larger; `cut` gives some values by hand, as any number there is.
    """

    def __init__(self, shift: frozenset[str] = frozenset(), cut: Mapping[Reg, Term] | None = None) -> None:
        self._made: dict[Reg, Term] = dict(cut or {})
        self._shift = shift
        self.inputs: dict[str, Term] = {}
        """The inputs met so far, by name; "there NAME" says whether the input is stated."""
        self.facts: list[Term] = []
        """What holds of every business: bounds of its inputs, and the law of shares."""
        self.shared: list[Term] = []
        """The amounts that are shared: of 0 the share is 0, exactly."""

    def of(self, value: Whole | Truth) -> Term:
        """The term of a value."""
        if isinstance(value, bool):
            return z3.BoolVal(value)
        if isinstance(value, int):
            return z3.IntVal(value)
        for reg in _unmade(value, self._made):
            self._made[reg] = self._make(reg)
        return self._made[value]

    def _make(self, reg: Reg) -> Term:
        if reg.op == "input":
            (name,) = reg.args
            self.inputs[name] = z3.Int(name)
            term = self.inputs[name] + 1 if name in self._shift else self.inputs[name]
            self.facts += [term >= reg.lo, term <= reg.hi, self.inputs[name] >= reg.lo]
            return term
        if reg.op == "present":
            name = f"there {reg.args[0]}"
            self.inputs[name] = z3.Bool(name)
            return self.inputs[name]
        if reg.op == "//" and not isinstance(reg.args[1], int):
            return self._share(reg)
        return OPERATIONS[reg.op](*[self.of(arg) for arg in reg.args])

    def _share(self, reg: Reg) -> Term:
        """amount × part ÷ whole rounded up, as `Lowering` writes it: (amount × part + whole − 1) // whole.

        It becomes any whole number s for which holds, where amount ≥ 0, whole ≥ 1 and part ≥ 0:
        s ≥ 0; part ≤ whole ⇒ s ≤ amount; part = whole ⇒ s = amount; part = 0 or amount = 0 ⇒ s = 0;
        and with each n of TWENTIETHS, part ≤ whole ⇒ 20 s ≥ n part − max(0, n whole − 20 amount).
        What is proved of every such number is true of the share. `law_of_shares` proves that law itself.
        """
        above, whole = reg.args
        if above.op == "-" and above.args == (whole, 1):  # of nothing
            return z3.IntVal(0)
        product = above.args[0]
        if (above.op, product.op, above.args[1].op) != ("+", "*", "-") or above.args[1].args != (whole, 1):
            raise NonLinear("a division by an input that is no share")
        amount, part = (self.of(arg) for arg in product.args)
        share = z3.FreshInt("share")
        self.shared.append(amount)
        self.facts.append(law_of_shares(share, amount, part, self.of(whole)))
        return share


def law_of_shares(s: Term, amount: Term, part: Term, whole: Term) -> Term:
    """What linear arithmetic is told of s = amount × part ÷ whole, rounded up."""
    law = [
        s >= 0,
        z3.Implies(part <= whole, s <= amount),
        z3.Implies(part == whole, s == amount),
        z3.Implies(z3.Or(part == 0, amount == 0), s == 0),
    ]
    law += [z3.Implies(part <= whole, sloped(n, s, amount, part, whole)) for n in TWENTIETHS]
    return z3.Implies(z3.And(amount >= 0, whole >= 1, part >= 0), z3.And(*law))


TWENTIETHS = (1, 2, 4, 6, 7)
"""The rates of the tax on business income, in twentieths: the slopes that amounts which are shared may have."""


def sloped(n: int, s: Term, amount: Term, part: Term, whole: Term) -> Term:
    """An amount that is g less than n twentieths of the whole has a share at most g less than n twentieths of the part."""
    return 20 * s >= n * part - z3.If(n * whole >= 20 * amount, n * whole - 20 * amount, 0)


def _unmade(root: Reg, made: dict[Reg, Term]) -> list[Reg]:
    """The values below a root that have no term yet, operands first; products of a share are left out."""
    order: list[Reg] = []
    seen: set[Reg] = set()
    stack = [(root, False)]
    while stack:
        reg, done = stack.pop()
        if done:
            order.append(reg)
        elif reg not in seen and reg not in made:
            seen.add(reg)
            stack.append((reg, True))
            args = reg.args
            if reg.op == "//" and isinstance(args[1], Reg):
                product = args[0].args[0]  # amount, part and whole are asked for: the product itself has no term
                args = (*(product.args if product.op == "*" else ()), args[1])
            stack.extend((arg, False) for arg in args if isinstance(arg, Reg))
    return order


_constants: dict[int, tuple[Term, frozenset[str]]] = {}


def constants_of(term: Term) -> frozenset[str]:
    """The names of the constants (inputs, shares, free values) that a term speaks of."""
    stack = [term]
    while stack:
        here = stack[-1]
        below = here.children() if here.get_id() not in _constants else []
        unseen = [child for child in below if child.get_id() not in _constants]
        if unseen:
            stack.extend(unseen)
            continue
        stack.pop()
        if here.get_id() not in _constants:
            own = {here.decl().name()} if z3.is_const(here) and here.decl().kind() == z3.Z3_OP_UNINTERPRETED else set()
            names = frozenset(own.union(*(_constants[child.get_id()][1] for child in below)))
            _constants[here.get_id()] = (here, names)  # the term is kept, so its number stays its own
    return _constants[term.get_id()][1]
