"""Programs of whole numbers: what the rules become for an engine that computes many rows at once.

A program is a list of operations on 64-bit integers and truth values. Every value is known, every
operation is total and none divides by zero, so a kernel is nothing but a table of these operations:

    + - *         //  (of what is not negative, by what is positive)
    min  max      <=  <  ==  &  |  ~
    when          (a choice)       union  (of two sets of bits)

Its values are made by `taxcalc.base.algebra`, which folds what is certain and keeps all within 64 bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from taxcalc.base.algebra import Reg, Truth, Whole

Input: TypeAlias = tuple[str, str]
"""("input", column): its whole numbers; ("present", column): which of its cells are filled."""


class Step(NamedTuple):
    """One operation on slots; `free` are the slots that nothing after it reads."""

    op: str
    target: int
    args: tuple[int, ...]
    free: tuple[int, ...]


class Program(NamedTuple):
    """Steps over numbered slots. Constants and inputs fill their slots first."""

    inputs: dict[Input, int]
    """Its slot."""
    constants: dict[int, int]
    steps: list[Step]
    outputs: dict[str, int]
    slots: int


def compile_program(outputs: Mapping[str, Whole | Truth]) -> Program:
    """The steps that give these outputs, in an order in which each finds its operands ready."""
    order = _in_order([value for value in outputs.values() if isinstance(value, Reg)])
    slots: dict[Reg | tuple[type, int], int] = {}
    constants: dict[int, int] = {}

    def slot(value: Whole | Truth) -> int:
        key = value if isinstance(value, Reg) else (value.__class__, value)
        if key not in slots:
            slots[key] = len(slots)
            if not isinstance(value, Reg):
                constants[slots[key]] = value
        return slots[key]

    inputs = {(reg.op, reg.args[0]): slot(reg) for reg in order if reg.op in ("input", "present")}
    wanted = {name: slot(value) for name, value in outputs.items()}
    bare = [(reg, tuple(slot(arg) for arg in reg.args)) for reg in order if reg.op not in ("input", "present")]
    last: dict[int, int] = {}
    for i, (_, args) in enumerate(bare):
        last |= dict.fromkeys(args, i)
    kept = {*wanted.values(), *constants}
    steps = []
    for i, (reg, args) in enumerate(bare):
        free = tuple(a for a in dict.fromkeys(args) if last[a] == i and a not in kept)
        steps.append(Step(reg.op, slot(reg), args, free))
    return Program(inputs, constants, steps, wanted, len(slots))


def _in_order(roots: Sequence[Reg]) -> list[Reg]:
    """Every value below the roots, operands first."""
    order: list[Reg] = []
    seen: set[Reg] = set()
    stack = [(root, False) for root in reversed(roots)]
    while stack:
        reg, done = stack.pop()
        if done:
            order.append(reg)
        elif reg not in seen:
            seen.add(reg)
            stack.append((reg, True))
            stack.extend((arg, False) for arg in reversed(reg.args) if isinstance(arg, Reg))
    return order
