"""Values of a program as formulas of a spreadsheet: a line for each that has a name or that several use.

A spreadsheet counts in floating point and takes two numbers for the same that agree in fifteen digits. So all are whole, and
none may be larger than MOST: then each sum, product and comparison is exact, and so is what a quotient is rounded to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from taxcalc.base.algebra import Reg, Truth, Whole

MOST = 2**47
"""The largest number that may stand in a cell, a fen more or less still being another number to every spreadsheet."""
Formula: TypeAlias = tuple[str | int, ...]
"""Text, and the numbers of the lines that stand between."""
_LONGEST = 40
"""Pieces of a formula from which a part of it gets a line of its own: to be read, and for the limits of spreadsheets."""
_SIGNS = {"+": "+", "-": "-", "*": "*", "<=": "<=", "<": "<", "==": "="}
_WORDS = {"min": "MIN", "max": "MAX", "&": "AND", "|": "OR", "~": "NOT", "when": "IF", "union": "MAX"}
"""Of a set of bits only whether it is empty, or more than its first, is ever asked: the larger of two says the same of both."""


class Line(NamedTuple):
    """A value and its formula; of an input there is none."""

    value: Reg
    formula: Formula


def lines_of(roots: Sequence[Whole | Truth], named: Collection[Reg]) -> dict[Reg, Line]:
    """Lines for the roots, what is named below them, and what several use: each after those that it refers to."""
    starts = [root for root in roots if isinstance(root, Reg)]
    order = list(_in_order(starts))
    uses = Counter(arg for reg in order for arg in _parts(reg)[1] if isinstance(arg, Reg))
    uses.update(dict.fromkeys((*starts, *named), 2))
    lines: dict[Reg, Line] = {}
    numbers: dict[Reg, int] = {}
    inside: dict[Reg, Formula] = {}
    for reg in order:
        op, args = _parts(reg)
        formula = () if op == "input" else _formula(op, [_written(arg, numbers, inside) for arg in args])
        if op == "input" or uses[reg] > 1 or len(formula) > _LONGEST:
            numbers[reg] = len(lines)
            lines[reg] = Line(reg, formula)
        else:
            inside[reg] = formula
    return lines


def largest(roots: Iterable[Whole | Truth]) -> int:
    """The largest number that is reckoned with anywhere below these values."""
    found = 0
    for reg in _in_order([root for root in roots if isinstance(root, Reg)]):
        if reg.op in ("+", "-", "*", "//", "input"):  # whatever else there is comes of these, or is a set of bits
            found = max(found, -reg.lo, reg.hi)
    return found


def _in_order(roots: Sequence[Reg]) -> Iterator[Reg]:
    seen: set[Reg] = set()
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        reg, done = stack.pop()
        if done:
            yield reg
        elif reg not in seen:
            seen.add(reg)
            stack.append((reg, True))
            stack.extend((arg, False) for arg in reversed(_parts(reg)[1]) if isinstance(arg, Reg))


def _parts(reg: Reg) -> tuple[str, tuple[Whole | Truth, ...]]:
    """An operation and what it is of; what is written as a rounding is one."""
    if reg.op == "input":
        return reg.op, ()
    if reg.op == "when":  # of either sign, the sign taken out first
        condition, positive, _ = reg.args
        half = _half_up(positive)
        if half and isinstance(condition, Reg) and condition.op == "<=" and condition.args == (0, half[0]):
            return "round", half
    return ("round", half) if (half := _half_up(reg)) else (reg.op, reg.args)


def _half_up(reg: Whole | Truth) -> tuple[Whole, int] | None:
    """Of (2n + d) // 2d, which rounds n / d, these two."""
    match reg:
        case Reg(op="//", args=(Reg(op="+", args=(Reg(op="*", args=(n, 2)), int(d))), int(twice))) if twice == 2 * d:
            return n, d
    return None


def _formula(op: str, args: Sequence[Formula]) -> Formula:
    if op == "round":
        return ("ROUND(", *args[0], "/", *args[1], ",0)")
    if op == "//":
        return ("INT(", *args[0], "/", *args[1], ")")
    if op in _SIGNS:
        return ("(", *args[0], _SIGNS[op], *args[1], ")")
    listed = [piece for arg in args for piece in (",", *arg)][1:]
    return (f"{_WORDS[op]}(", *listed, ")")


def _written(value: Whole | Truth, numbers: dict[Reg, int], inside: dict[Reg, Formula]) -> Formula:
    if isinstance(value, Reg):
        return (numbers[value],) if value in numbers else inside[value]
    return (literal(value),)


def literal(value: int | bool) -> str:
    """A number or a truth as it stands in a formula; a set of many bits as one that is neither empty nor the first."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if abs(value) <= MOST else "2"
