"""How an assessment came to its figures, as plain records in no language: lines, formulas, grants, where facts came from.

Of each line only what determines it now: the branch that was taken, the terms that are not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from taxcalc.assessment.conditions import UNITS, Describer, Labels, as_value
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.result import Condition, Value, ValueUnit
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.engines.active import deciding
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, walk
from taxcalc.law.book import Version

Operator = Literal["*", "/", "least", "most", "share_up", "round"]


class Quantity(NamedTuple):
    """What has a value: a line, a fact, a figure of the law, or a number that has no name."""

    label: Label | None
    value: Value | None
    """None where it is unknown."""
    unit: ValueUnit
    period: Period | None = None
    fact: str = ""
    """Of an option: the choice."""


class Conditions(NamedTuple):
    """Conditions that decide, and what the lines and facts in them are called."""

    of: tuple[Condition, ...]
    labels: Labels


class Granted(NamedTuple):
    """Is a relief granted, and the conditions that decide it."""

    relief: Quantity
    claimed: bool
    conditions: Conditions


class Sum(NamedTuple):
    """Terms that are added (1) or taken off (-1); at least two, or one that is taken off."""

    terms: tuple[tuple[int, Formula], ...]


class Operation(NamedTuple):
    """A product, a quotient, a share rounded up (a × b ÷ c), the least or the most of several, or what is rounded to the
    fen."""

    operator: Operator
    of: tuple[Formula, ...]


Formula: TypeAlias = Quantity | Granted | Sum | Operation | Conditions


class Origin(NamedTuple):
    """Where a fact came from: what stated it, and how it became that of a period; or that it was assumed."""

    sources: tuple[str, ...]
    how: str


class Line(NamedTuple):
    """A line of the computation, or below one a fact that it rests on; `again` where it was traced above."""

    depth: int
    quantity: Quantity
    formula: Formula | None = None
    grants: tuple[Granted, ...] = ()
    """The reliefs that the line turns on."""
    versions: tuple[Version, ...] = ()
    """What its own figures rest on."""
    origin: Origin | None = None
    """Of a fact."""
    again: bool = False


def trace(evaluation: Evaluation) -> Iterator[Line]:
    """The lines below every levy that is computed: all that are not zero throughout, and those that every firm has."""
    walker = _Trace(evaluation)
    stated = {one.slot.fact.name for one in evaluation.facts.stated.values()}
    for levy in evaluation.assessment.levies:
        built = evaluation.model.levies[levy.id]
        if levy.status == "calculated" and (levy.baseline or built.levy.is_missed(stated)):
            assert isinstance(built.payable, Named)
            yield from walker.below(built.payable, 0)


class _Trace:
    """The trace of one evaluation. A line that was traced is not traced again."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._facts, self._model, self._exact = evaluation.facts, evaluation.model, evaluation.exact
        self._seen: set[Node] = set()

    def below(self, node: Named, depth: int) -> Iterator[Line]:
        quantity = self._quantity(node)
        if node in self._seen:
            yield Line(depth, quantity, again=True)
            return
        self._seen.add(node)
        own = list(self._own(node))
        # where a line is a grant, its formula is the conditions
        grants = () if isinstance(node.body, Grant) else tuple(map(self._granted, _only_grants(own)))
        yield Line(depth, quantity, self._formula(node.body), grants, _versions(own))
        if isinstance(self._exact.value(node), Unknown):
            return  # what is missing is asked for elsewhere
        for line in lines_below(node, self._exact):
            yield from self.below(line, depth + 1)
        for fact in dict.fromkeys(one for one in own if isinstance(one, In) or self._is_assumed(one)):
            yield Line(depth + 1, self._quantity(fact), origin=self._origin(fact))

    def _own(self, node: Named) -> Iterator[Node]:
        """The nodes of a line that determine it, without those of the lines below."""
        stack: list[Node] = [node.body]
        while stack:
            here = stack.pop()
            yield here
            if not isinstance(here, Named):
                stack.extend(reversed(deciding(here, self._exact)))

    # ------------------------------------------------------------------------------------- values

    def _quantity(self, node: Node) -> Quantity:
        label, period = self._named(node)
        fact = ""
        if node.unit == "choice":
            fact = next(leaf.fact.name for leaf in walk(node) if isinstance(leaf, In) and leaf.unit == "choice")
        return Quantity(label, self._value(node), UNITS[node.unit], period, fact)

    def _named(self, node: Node) -> tuple[Label | None, Period | None]:
        """What a node is called, and the period that it is of."""
        match node:
            case Named():
                return node.label, node.period
            case In():
                return node.fact.label, node.period
            case Param():
                return node.label, None
            case OrElse():
                return self._named(node.body)
            case Grant():
                return self._model.book.table(self._model.reliefs[node.relief].table).label, None
        return None, None

    def _value(self, node: Node) -> Value | None:
        """A grant that waits for a fact is unknown, not refused."""
        grant = node.body if isinstance(node, Named) else node
        value = self._exact.value(node)
        if isinstance(grant, Grant) and not value and grant.relief not in self._exact.off:
            refused = any(self._exact.value(condition) is False for condition in grant.conditions)
            return False if refused else None
        return as_value(value, node)

    def _granted(self, node: Grant) -> Granted:
        claimed = node.relief not in self._exact.off
        return Granted(self._quantity(node), claimed, self._conditions(deciding(node, self._exact)))

    def _conditions(self, nodes: Iterable[Node]) -> Conditions:
        describer = Describer(self._exact, self._facts.period)
        return Conditions(tuple(map(describer.condition, nodes)), describer.labels)

    # ------------------------------------------------------------------------------------- formulas

    def _formula(self, node: Node) -> Formula:
        """What a line is made of, with only what determines it."""
        match node:
            case Op(op="+" | "-"):
                return self._sum(node)
            case Op(op="*" | "/" as operator):
                return Operation(operator, tuple(map(self._formula, node.args)))
            case Op(op="share_up"):
                return Operation("share_up", tuple(map(self._formula, node.args)))
            case Op(op="round") if self._is_fine(node.args[0]):
                return Operation("round", (self._formula(node.args[0]),))
            case Op(op="round") | Op(op="most", args=(_, Const())):  # at least zero: shown by the result
                return self._formula(node.args[0])
            case Op(op="least" | "most" as which):
                return Operation(which, tuple(map(self._formula, _options(node))))
            case Op(op="when"):
                if isinstance(self._exact.value(node.args[0]), Unknown):
                    return Quantity(None, None, UNITS[node.unit])
                return self._formula(deciding(node, self._exact)[-1])
            case Op():
                return self._conditions([node])
            case Grant():
                return self._granted(node)
        return self._quantity(node)

    def _is_fine(self, node: Node) -> bool:
        """Is an amount finer than a fen?"""
        value = self._exact.value(node)
        return isinstance(value, Fraction) and value.denominator > 1

    def _sum(self, node: Op) -> Formula:
        terms = tuple(
            (sign, self._formula(term)) for sign, term in signed_terms(node) if not _is_zero(self._exact, term)
        )
        if not terms:
            return Quantity(None, 0, UNITS[node.unit])
        return terms[0][1] if len(terms) == 1 and terms[0][0] > 0 else Sum(terms)

    # ------------------------------------------------------------------------------------- facts

    def _is_assumed(self, node: Node) -> bool:
        """An assumption worth a line: taken, and not merely 'none'."""
        if not (isinstance(node, OrElse) and isinstance(node.fallback, Const)):
            return False
        taken = isinstance(self._exact.value(node.body), Unknown)
        return taken and bool(self._exact.value(node.fallback))

    def _origin(self, node: Node) -> Origin:
        if not isinstance(node, In):
            return Origin((), "assumed")
        resolved = self._facts.resolve(node.fact, node.period)
        sources = {one.source for one in self._facts.stated.values() if one.slot.fact is node.fact}
        return Origin(tuple(sorted(sources)), resolved.how if resolved else "")


def lines_below(node: Named, engine: Exact) -> list[Named]:
    """The named lines that a line directly rests on now, without terms that are zero."""
    found: dict[Named, None] = {}
    stack: list[Node] = [node.body]
    while stack:
        here = stack.pop()
        if isinstance(here, Named):
            found[here] = None
        elif isinstance(here, Op) and here.op in ("+", "-"):
            terms = [t for _, t in signed_terms(here)]
            stack.extend(reversed([t for t in terms if not _is_zero(engine, t)] or terms[:1]))
        else:
            stack.extend(reversed(deciding(here, engine)))
    return list(found)


def signed_terms(node: Node, sign: int = 1) -> list[tuple[int, Node]]:
    """A sum of sums as one list of terms with their signs."""
    if isinstance(node, Op) and node.op in ("+", "-"):
        a, b = node.args
        return signed_terms(a, sign) + signed_terms(b, -sign if node.op == "-" else sign)
    return [(sign, node)]


def _options(node: Node) -> list[Node]:
    """What nested least or most choose from."""
    if isinstance(node, Op) and node.op in ("least", "most"):
        return [option for arg in node.args for option in _options(arg)]
    return [node]


def _only_grants(nodes: list[Node]) -> Iterator[Grant]:
    return (node for node in nodes if isinstance(node, Grant))


def _versions(nodes: list[Node]) -> tuple[Version, ...]:
    found = (node.version for node in nodes if isinstance(node, Param | Grant))
    return tuple(dict.fromkeys(version for version in found if version is not None))


def _is_zero(engine: Exact, node: Node) -> bool:
    value = engine.value(node)
    return not isinstance(value, Unknown) and value == 0
