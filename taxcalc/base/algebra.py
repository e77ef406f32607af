"""Whole numbers, truth values and sets of bits: plain ones of one firm, or those of rows in columns.

What is written over a `Builder` is worked out at once where its operands are plain, and becomes part of a program where
they differ from row to row. The builder folds what is certain (constants, bounds, equal branches) and derives the bounds
of every value; one that could leave 64 bits is an error while building, never a wrong figure later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, TypeAlias

INT64 = 2**63 - 1


class Reg:
    """One value of a program that differs from row to row, within bounds. A truth value has none."""

    __slots__ = ("args", "hi", "lo", "op")

    # `Any`: which operand is a whole number, a truth value or the name of a column is settled by the operation.
    def __init__(self, op: str, args: tuple[Any, ...], lo: int = 0, hi: int = 1) -> None:
        self.op, self.args, self.lo, self.hi = op, args, lo, hi


class Bits(Reg):
    """A set of more bits than one value holds: several values, that of the lowest bits first. It can be united, chosen
    and compared with a set that is the same for all rows."""

    __slots__ = ()

    def __init__(self, held: tuple[Whole, ...], hi: int) -> None:
        super().__init__("bits", held, 0, hi)


Whole: TypeAlias = "Reg | int"
Truth: TypeAlias = "Reg | bool"


def low(x: Whole) -> int:
    """The least that a value can be."""
    return x.lo if isinstance(x, Reg) else x


def high(x: Whole) -> int:
    """The most that a value can be."""
    return x.hi if isinstance(x, Reg) else x


def plain_int(x: Whole) -> int:
    """A number that is the same for all rows, as that of one firm is."""
    assert isinstance(x, int)
    return x


class Builder:
    """Makes values, each once. `peak` is the largest magnitude that any of them can have."""

    def __init__(self, limit: int = INT64) -> None:
        self.limit, self.peak = limit, 0
        self.word = limit.bit_length()
        """Bits of a set that one value holds."""
        self._made: dict[tuple[Reg | int | str, ...], Reg] = {}

    def _make(self, op: str, lo: int, hi: int, *args: Reg | int | str) -> Reg:
        key = (op, *args)
        reg = self._made.get(key)
        if reg is None:
            self.peak = max(self.peak, -lo, hi)
            if self.peak > self.limit:
                raise OverflowError(f"{op} could leave {self.limit}")
            reg = self._made[key] = Reg(op, args, lo, hi)
        return reg

    def input(self, name: str, lo: int, hi: int) -> Reg:
        """A column of whole numbers within bounds."""
        return self._make("input", lo, hi, name)

    def present(self, name: str) -> Reg:
        """A column of truth values: is the cell of that name filled?"""
        return self._make("present", 0, 1, name)

    # ------------------------------------------------------------------------------------ whole numbers

    def add(self, x: Whole, y: Whole) -> Whole:
        """x + y."""
        if x.__class__ is int and y.__class__ is int:
            return x + y
        if x.__class__ is int:
            x, y = y, x
        if y.__class__ is int and y == 0:
            return x
        return self._make("+", low(x) + low(y), high(x) + high(y), x, y)

    def sub(self, x: Whole, y: Whole) -> Whole:
        """x − y."""
        if x.__class__ is int and y.__class__ is int:
            return x - y
        if y.__class__ is int and y == 0:
            return x
        if x is y:
            return 0
        return self._make("-", low(x) - high(y), high(x) - low(y), x, y)

    def mul(self, x: Whole, y: Whole) -> Whole:
        """x × y."""
        if x.__class__ is int and y.__class__ is int:
            return x * y
        if x.__class__ is int:
            x, y = y, x
        if y.__class__ is int and y in (0, 1):
            return x if y else 0
        ends = [a * b for a in (low(x), high(x)) for b in (low(y), high(y))]
        return self._make("*", min(ends), max(ends), x, y)

    def div(self, x: Whole, y: Whole) -> Whole:
        """x // y for x ≥ 0 and y > 0; where x is negative the result is not used."""
        if y.__class__ is int and y == 1:
            return x
        if x.__class__ is int and y.__class__ is int:
            return x // y
        if high(x) < low(y) and low(x) >= 0:
            return 0
        return self._make("//", max(low(x), 0) // high(y), max(high(x), 0) // max(low(y), 1), x, y)

    def least(self, x: Whole, y: Whole) -> Whole:
        """The smaller."""
        if x is y or high(x) <= low(y):
            return x
        if high(y) <= low(x):
            return y
        return self._make("min", min(low(x), low(y)), min(high(x), high(y)), x, y)

    def most(self, x: Whole, y: Whole) -> Whole:
        """The larger."""
        if x is y or low(x) >= high(y):
            return x
        if low(y) >= high(x):
            return y
        return self._make("max", max(low(x), low(y)), max(high(x), high(y)), x, y)

    def union(self, x: Whole, y: Whole) -> Whole:
        """The bits of either."""
        if x.__class__ is int and y.__class__ is int:
            return x | y
        if x.__class__ is int:
            x, y = y, x
        if x is y or (y.__class__ is int and y == 0):
            return x
        if self._wide(x) or self._wide(y):
            return self._set(self.union(a, b) for a, b in zip_longest(self.words(x), self.words(y), fillvalue=0))
        bound = (1 << max(high(x), high(y)).bit_length()) - 1
        return self._make("union", max(low(x), low(y)), bound, x, y)

    def words(self, x: Whole) -> Sequence[Whole]:
        """The values that hold a set of bits, that of the lowest first."""
        if isinstance(x, Bits):
            return x.args
        if isinstance(x, Reg) or x <= self.limit:
            return [x]
        return [x >> at & (1 << self.word) - 1 for at in range(0, x.bit_length(), self.word)]

    def _wide(self, x: Whole) -> bool:
        return isinstance(x, Bits) if isinstance(x, Reg) else x > self.limit

    def _set(self, parts: Iterable[Whole]) -> Whole:
        """The set of bits that these values hold."""
        held = list(parts)
        while len(held) > 1 and held[-1].__class__ is int and held[-1] == 0:
            held.pop()
        if len(held) == 1:
            return held[0]
        if all(part.__class__ is int for part in held):
            return sum(plain_int(part) << self.word * at for at, part in enumerate(held))
        key = ("bits", *held)
        if key not in self._made:
            self._made[key] = Bits(tuple(held), 1 << self.word * len(held))
        return self._made[key]

    # ------------------------------------------------------------------------------------ truth values

    def le(self, x: Whole, y: Whole) -> Truth:
        """x ≤ y."""
        if high(x) <= low(y):
            return True
        if low(x) > high(y):
            return False
        return self._make("<=", 0, 1, x, y)

    def lt(self, x: Whole, y: Whole) -> Truth:
        """x < y."""
        if isinstance(y, Bits):
            lowest, *more = self.words(y)
            found = self.lt(x, lowest)
            for part in more:
                found = self.either(found, self.negate(self.eq(part, 0)))
            return found
        if high(x) < low(y):
            return True
        if low(x) >= high(y):
            return False
        return self._make("<", 0, 1, x, y)

    def eq(self, x: Whole, y: Whole) -> Truth:
        """x = y."""
        if x is y:
            return True
        if x.__class__ is int:
            x, y = y, x
        if isinstance(x, Bits):
            same: Truth = True
            for one, other in zip_longest(self.words(x), self.words(y), fillvalue=0):
                same = self.both(same, self.eq(one, other))
            return same
        if high(x) < low(y) or low(x) > high(y):
            return False
        if x.__class__ is int and y.__class__ is int:
            return x == y
        if isinstance(x, Reg) and x.op == "when" and all(a.__class__ is int for a in (*x.args[1:], y)):
            return self.choose(x.args[0], bool(x.args[1] == y), bool(x.args[2] == y))
        return self._make("==", 0, 1, x, y)

    def both(self, a: Truth, b: Truth) -> Truth:
        """And."""
        if a.__class__ is bool:
            return b if a else False
        if b.__class__ is bool:
            return a if b else False
        return a if a is b else self._make("&", 0, 1, a, b)

    def either(self, a: Truth, b: Truth) -> Truth:
        """Or."""
        if a.__class__ is bool:
            return True if a else b
        if b.__class__ is bool:
            return True if b else a
        return a if a is b else self._make("|", 0, 1, a, b)

    def negate(self, a: Truth) -> Truth:
        """Not."""
        if a.__class__ is bool:
            return not a
        assert isinstance(a, Reg)
        return a.args[0] if a.op == "~" else self._make("~", 0, 1, a)

    def choose(self, c: Truth, a: Truth, b: Truth) -> Truth:
        """A choice between truth values."""
        if c.__class__ is bool:
            return a if c else b
        if a is b:
            return a
        if a.__class__ is bool:
            return self.either(c, b) if a else self.both(self.negate(c), b)
        if b.__class__ is bool:
            return self.either(self.negate(c), a) if b else self.both(c, a)
        return self.either(self.both(c, a), self.both(self.negate(c), b))

    def when(self, c: Truth, x: Whole, y: Whole) -> Whole:
        """A choice between whole numbers."""
        if c.__class__ is bool:
            return x if c else y
        if x is y or (x.__class__ is int and y.__class__ is int and x == y):
            return x
        assert isinstance(c, Reg)
        if self._wide(x) or self._wide(y):
            return self._set(self.when(c, a, b) for a, b in zip_longest(self.words(x), self.words(y), fillvalue=0))
        if c.op == "~":
            c, x, y = c.args[0], y, x
        if isinstance(x, Reg) and x.op == "when" and x.args[0] is c:
            x = x.args[1]
        if isinstance(y, Reg) and y.op == "when" and y.args[0] is c:
            y = y.args[2]
        return self._make("when", min(low(x), low(y)), max(high(x), high(y)), c, x, y)
