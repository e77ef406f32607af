"""What the proofs rest on and is no rule of tax: the law of shares, and the bounds of the builder of programs.

Each is a statement about all whole numbers and is put to the solver as such. Where one question is too hard, it
is cut into steps by hand: each step is asked with only those before it as known, so the last follows from all.
"""

from __future__ import annotations

from typing import NamedTuple

import z3

from verification.proofs.solver.refute import Outcome, refute
from verification.proofs.solver.terms import TWENTIETHS, Term, law_of_shares, sloped

LIMIT_MS = 20_000


class Step(NamedTuple):
    """A statement, and what is known when it is asked."""

    name: str
    known: list[Term]
    claim: Term

    def outcome(self) -> Outcome:
        """Ask it."""
        return refute(self.known, self.claim, LIMIT_MS)


def steps_of_shares() -> list[Step]:
    """The law of shares, of s = (a × p + w − 1) // w for a ≥ 0, p ≥ 0 and w ≥ 1.

    The product a × p is one number m, of which three things are known, each proved first; and the quotient is the s
    with s × w ≤ m + w − 1 < s × w + w, which is what dividing by a positive number and rounding down means.
    """
    a, p, w, m, s, q = z3.Ints("amount part whole product share multiple")
    bounds = [a >= 0, p >= 0, w >= 1]
    products = [
        ("a product of what is not negative is not negative", [a >= 0, p >= 0], a * p >= 0),
        (
            "amount × part is at most amount × whole where the part is at most the whole",
            [*bounds, p <= w],
            a * p <= a * w,
        ),
        ("a product with nothing is nothing", [z3.Or(a == 0, p == 0)], a * p == 0),
        ("a larger multiple of the whole is larger by at least the whole", [w >= 1, s >= a + 1], s * w >= a * w + w),
        ("a share below nothing makes a multiple of at most minus the whole", [w >= 1, s <= -1], s * w <= -w),
        ("a share of at least one makes a multiple of at least the whole", [w >= 1, s >= 1], s * w >= w),
        ("a smaller multiple of the whole is smaller by at least the whole", [w >= 1, s <= a - 1], s * w <= a * w - w),
    ]
    steps = [Step(name, known, claim) for name, known, claim in products]
    aw = z3.Int("amount × whole")
    known = [
        *bounds,
        m >= 0,
        z3.Implies(p <= w, m <= aw),
        z3.Implies(p == w, m == aw),
        z3.Implies(z3.Or(a == 0, p == 0), m == 0),
        q <= m + w - 1,
        m + w - 1 < q + w,
        z3.Implies(s >= a + 1, q >= aw + w),
        z3.Implies(s <= -1, q <= -w),
        z3.Implies(s >= 1, q >= w),
        z3.Implies(s <= a - 1, q <= aw - w),
    ]
    steps += _steps_of_slopes()
    known += [z3.Implies(p <= w, sloped(n, s, a, p, w)) for n in TWENTIETHS]
    steps.append(Step("the law of shares", known, law_of_shares(s, a, p, w)))
    return steps


def _steps_of_slopes() -> list[Step]:
    """20 s ≥ n p − g where g ≥ 0 is what n w exceeds 20 a by and p ≤ w, for s × w ≥ a × p.

    20 a ≥ n w − g gives 20 a p ≥ n w p − g p; and g p ≤ g w. Were 20 s smaller, 20 s w would be at most n p w − g w − w.
    """
    a, p, w, s, g, x, y = z3.Ints("amount part whole share less x y")
    ap, sw, pw, gp, gw = z3.Ints("amount×part share×whole part×whole less×part less×whole")
    steps = [
        Step("a larger number has a larger product with what is not negative", [p >= 0, x >= y], x * p >= y * p),
        Step("and with a larger one, if it is not negative itself", [g >= 0, p <= w], g * p <= g * w),
        Step("a smaller one has a product that is smaller by the other", [w >= 1, x <= y - 1], x * w <= y * w - w),
    ]
    for n in TWENTIETHS:
        known = [
            *(p >= 0, p <= w, w >= 1, sw >= ap, gp <= gw),
            g == z3.If(n * w >= 20 * a, n * w - 20 * a, 0),
            z3.Implies(20 * a >= n * w - g, 20 * ap >= n * pw - gp),
            z3.Implies(20 * s <= n * p - g - 1, 20 * sw <= n * pw - gw - w),
        ]
        steps.append(Step(f"the slope of {n} twentieths", known, sloped(n, s, a, p, w)))
    return steps


def steps_of_bounds() -> list[Step]:
    """The bounds that `taxcalc.engines.program.Builder` gives to the result of each operation hold."""
    x, y, a, b, c, d = z3.Ints("x y a b c d")
    within: list[Term] = [a <= x, x <= b, c <= y, y <= d]
    product = x * y
    least, most = z3.Ints("least most")

    def less(u: Term, v: Term) -> Term:
        return z3.If(u <= v, u, v)

    def more(u: Term, v: Term) -> Term:
        return z3.If(u >= v, u, v)

    steps = [
        Step("sum", within, z3.And(a + c <= x + y, x + y <= b + d)),
        Step("difference", within, z3.And(a - d <= x - y, x - y <= b - c)),
        Step("smaller", within, z3.And(less(a, c) <= less(x, y), less(x, y) <= less(b, d))),
        Step("larger", within, z3.And(more(a, c) <= more(x, y), more(x, y) <= more(b, d))),
        Step("choice of the first", within, z3.And(less(a, c) <= x, x <= more(b, d))),
        Step("choice of the second", within, z3.And(less(a, c) <= y, y <= more(b, d))),
    ]
    # A product lies between its values at the ends of x, for the same y; and each of these between its own ends.
    for name, known, claim in (
        ("x × y is at least a × y or b × y", [a <= x, x <= b], z3.Or(a * y <= product, b * y <= product)),
        ("x × y is at most a × y or b × y", [a <= x, x <= b], z3.Or(product <= a * y, product <= b * y)),
        ("a × y is at least a × c or a × d", [c <= y, y <= d], z3.Or(a * c <= a * y, a * d <= a * y)),
        ("a × y is at most a × c or a × d", [c <= y, y <= d], z3.Or(a * y <= a * c, a * y <= a * d)),
    ):
        steps.append(Step(f"product: {name}", known, claim))
    ay, by, xy, ac, ad, bc, bd = z3.Ints("ay by xy ac ad bc bd")
    joined = [
        z3.And(least <= ac, ac <= most, least <= ad, ad <= most, least <= bc, bc <= most, least <= bd, bd <= most),
        z3.And(z3.Or(ay <= xy, by <= xy), z3.Or(xy <= ay, xy <= by)),
        z3.And(z3.Or(ac <= ay, ad <= ay), z3.Or(ay <= ac, ay <= ad)),
        z3.And(z3.Or(bc <= by, bd <= by), z3.Or(by <= bc, by <= bd)),
    ]
    steps.append(Step("product", joined, z3.And(least <= xy, xy <= most)))
    return steps + _steps_of_quotients()


def _steps_of_quotients() -> list[Step]:
    """x // y, for x ≥ 0 and y ≥ 1, is at least max(a, 0) // d and at most max(b, 0) // max(c, 1)."""
    x, y, q, low, high, top, least = z3.Ints("x y q low high top least")
    qy, next_y, low_y, low_top, q_least, next_least = z3.Ints("qy next_y low_y low_top q_least next_least")
    bottom, most = z3.Ints("bottom most")  # what the larger of a and 0, and of b and 0, are called here
    steps = [
        Step("quotient: not negative", [x >= 0, y >= 1, x < q * y + y], q >= 0),
        Step("quotient: the next multiple is that of the next number", [], (q + 1) * y == q * y + y),
        Step(
            "quotient: of two numbers, the larger has the larger multiple",
            [y >= 1, q + 1 <= low],
            (q + 1) * y <= low * y,
        ),
        Step(
            "quotient: of two multiples, the larger is that of the larger divisor",
            [low >= 0, y <= top],
            low * y <= low * top,
        ),
    ]
    below = [
        x < next_y,
        z3.Implies(q + 1 <= low, next_y <= low_y),
        z3.Implies(z3.And(low >= 0, y <= top), low_y <= low_top),
        low >= 0,
        y <= top,
        low_top <= bottom,
        bottom <= x,
    ]
    above = [
        qy <= x,
        x <= most,
        most < next_least,
        z3.Implies(high + 1 <= q, next_least <= q_least),
        z3.Implies(z3.And(q >= 0, least <= y), q_least <= qy),
        q >= 0,
        least <= y,
    ]
    steps += [Step("quotient: lower bound", below, q >= low), Step("quotient: upper bound", above, q <= high)]
    return steps
