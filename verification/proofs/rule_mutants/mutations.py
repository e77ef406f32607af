"""Mutants: every rule with one thing wrong. A mutant is named by its line, the place in it, and what is wrong.

The graph is changed, not the text: so a mutant is wrong in every period, and in every law that has the line.
Figures of the law are changed one version at a time.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from taxcalc.assessment.model import Model
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, children, options_of, walk
from taxcalc.law.book import Figure
from taxcalc.rules.terms import Option


class Mutant(NamedTuple):
    """`line` and `place` say where, `what` says what is wrong there."""

    line: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.line}{self.place}: {self.what}"


def mutants_of(model: Model) -> dict[Mutant, dict[Node, Node]]:
    """Every mutant of a model: the nodes to replace, each by what stands there instead."""
    found: dict[Mutant, dict[Node, Node]] = {}
    for node in walk(*roots_of(model)):
        if isinstance(node, Named):
            for place, below in _within(node.body, "", set()):
                for what, wrong in _wrongs(below):
                    found.setdefault(Mutant(node.name, place, what), {})[below] = wrong
        elif isinstance(node, Param) and node.value is not None and node.version is not None:
            for what, value in _near(node.value, node.unit):
                wrong = Param(Figure(node.path, value, node.unit, node.label, node.version))
                found.setdefault(Mutant(node.path, f" from {node.version.start}", what), {})[node] = wrong
    return found


@functools.cache
def mutants_of_cached(model: Model) -> dict[Mutant, dict[Node, Node]]:
    """The mutants of a model, found once."""
    return mutants_of(model)


def roots_of(model: Model) -> list[Node]:
    """What a model computes of a levy: payable and balance, and the loss carried forward."""
    roots = [built.payable for built in model.levies.values()]
    roots += [built.balance for built in model.levies.values() if built.balance is not None]
    return [*roots, model.loss_carried_forward]


def _within(node: Node, place: str, seen: set[Node]) -> Iterator[tuple[str, Node]]:
    """The nodes of one line, each once, with its first place in it; other lines are not entered."""
    if not isinstance(node, Named) and node not in seen:
        seen.add(node)
        yield place, node
        for i, child in enumerate(children(node)):
            yield from _within(child, f"{place}.{i}", seen)


def _near(value: Any, unit: str) -> list[tuple[str, Any]]:
    if unit in ("money", "count"):
        return [("one more", value + 1), ("one less", value - 1)]
    return [("a hundredth more", value * Fraction(101, 100)), ("a hundredth less", value * Fraction(99, 100))]


def _wrongs(node: Node) -> list[tuple[str, Node]]:
    """What can be wrong with one operation."""
    wrongs: list[tuple[str, Node]] = []
    if isinstance(node, Grant):
        for i, _ in enumerate(node.conditions):
            fewer = (*node.conditions[:i], *node.conditions[i + 1 :])
            wrongs.append((f"condition {i + 1} dropped", _grant(node, fewer)))
        wrongs.append(("never granted", Const(False, "flag")))
    if isinstance(node, OrElse) and node.fallback.unit == "flag" and isinstance(node.fallback, Const):
        wrongs.append(("assumes the opposite", OrElse(node.body, Const(not node.fallback.value, "flag"))))
    if not isinstance(node, Op):
        return wrongs
    args, unit = node.args, node.unit

    def op(name: str, *of: Node) -> Node:
        return Op(name, *of, unit=unit)

    match node.op:
        case "<=" | "<":
            wrongs.append(("< for ≤" if node.op == "<=" else "≤ for <", op("<" if node.op == "<=" else "<=", *args)))
            wrongs.append(("turned round", op(node.op, args[1], args[0])))
        case "+" | "-":
            wrongs.append(("− for +" if node.op == "+" else "+ for −", op("-" if node.op == "+" else "+", *args)))
        case "least" | "most":
            wrongs.append(("the other one", op("most" if node.op == "least" else "least", *args)))
            wrongs += [(f"argument {i} alone", arg) for i, arg in enumerate(args, 1)]
        case "&" | "|":
            wrongs.append(("or for and" if node.op == "&" else "and for or", op("|" if node.op == "&" else "&", *args)))
            wrongs += [(f"condition {i} alone", arg) for i, arg in enumerate(args, 1)]
        case "~" | "*" | "/":
            wrongs.append(("dropped", args[0]))
        case "round":
            below = Op("round", args[0] - _half(Fraction(1, 2)), unit=unit)
            down = Op("when", Op("<=", args[0], Const(0, "money"), unit="flag"), node, below, unit=unit)
            wrongs += [("not rounded", args[0]), ("rounded down", down)]
            wrongs.append(("halves rounded down", Op("round", args[0] - _half(Fraction(1, 10**4)), unit=unit)))
        case "when":
            wrongs += [("always the first", args[1]), ("always the second", args[2])]
        case "is":
            others = [i for i in range(len(options_of(args[0]))) if isinstance(args[1], Const) and i != args[1].value]
            wrongs += [(f"option {i}", op("is", args[0], Const(i, "choice"))) for i in others[:1]]
        case "known":
            wrongs += [("always", Const(True, "flag")), ("never", Const(False, "flag"))]
        case "share_up":
            wrongs.append(("not shared", args[0]))
    return wrongs


def _half(value: Fraction) -> Const:
    return Const(value, "money")


def _grant(node: Grant, conditions: tuple[Node, ...]) -> Grant:
    return Grant(node.relief, conditions, node.base, node.period, node.version)


class Rewritten:
    """Nodes with some replaced; what does not rest on a replaced one stays the same node."""

    def __init__(self, instead: dict[Node, Node]) -> None:
        self._made: dict[Node, Node] = dict(instead)

    def of(self, root: Node) -> Node:
        """The node that stands for a node."""
        for node in walk(root):
            if node not in self._made:
                self._made[node] = self._again(node)
        return self._made[root]

    def _again(self, node: Node) -> Node:
        below = children(node)
        new = tuple(self._made[child] for child in below)
        if new == below or isinstance(node, In):
            return node
        match node:
            case Op():
                return Op(node.op, *new, unit=node.unit)
            case Named():
                return Named(node.name, node.label, new[0], node.period)
            case OrElse():
                return OrElse(new[0], new[1])
            case Grant():
                return _grant(node, new[1:])
        raise TypeError(type(node).__name__)


def mutated(model: Model, instead: dict[Node, Node]) -> Model:
    """The model with a mutant in it."""
    new, wrong = Rewritten(instead), copy.copy(model)

    def of(node: Node | None) -> Node | None:
        return None if node is None else new.of(node)

    wrong.levies = {
        id: b._replace(payable=new.of(b.payable), applies=of(b.applies), balance=of(b.balance))
        for id, b in model.levies.items()
    }
    wrong.grants = {id: [g for g in map(new.of, grants) if isinstance(g, Grant)] for id, grants in model.grants.items()}
    wrong.regimes = [Option(one.relief, new.of(one.granted), new.of(one.payable)) for one in model.regimes]
    wrong.standard_tax = new.of(model.standard_tax)
    wrong.loss_carried_forward = new.of(model.loss_carried_forward)
    return wrong
