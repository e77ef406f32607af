"""A condition of the graph as data: what is looked at, against which limit, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from taxcalc.assessment.result import Condition, Operator, Value, ValueUnit
from taxcalc.base.money import Fen
from taxcalc.base.period import Period
from taxcalc.base.units import Label, Unit
from taxcalc.engines.active import deciding
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.graph.naming import comes_first, is_of_the_law, limit_name, parts_of, subject
from taxcalc.graph.nodes import In, Named, Node, Op, OrElse, options_of

UNITS: dict[Unit, ValueUnit] = {
    "money": "yuan", "rate": "share", "count": "count", "flag": "yes_no", "choice": "option"
}  # fmt: skip
_OPPOSITE: dict[str, Operator] = {
    "<=": ">", "<": ">=", ">=": "<", ">": "<=", "is": "is_not", "is_not": "is", "any": "none", "none": "any"
}  # fmt: skip
_SWAPPED: dict[str, Operator] = {"<=": ">=", "<": ">"}
_NO_PERIOD = Period(1)
Labels: TypeAlias = Mapping[tuple[str, Period | None], Label]


class Describer:
    """Describes conditions as they are for one firm, in one assessed period."""

    def __init__(self, engine: Exact, span: Period) -> None:
        self._engine, self._span = engine, span
        self.labels: dict[tuple[str, Period | None], Label] = {}
        """What the lines and facts of the conditions described are called, by name and period."""
        self._described: dict[tuple[Node, str], Condition] = {}

    def condition(self, node: Node, line: str = "") -> Condition:
        """A condition with its values: reliefs and periods share many."""
        found = self._described.get((node, line))
        if found is None:
            found = self._described[node, line] = self._condition(node, line)
        return found

    def _condition(self, node: Node, line: str) -> Condition:
        value = self._engine.value(node)
        met = None if isinstance(value, Unknown) else bool(value)
        match node:
            case Named():
                return self._line(node, met, line or node.name)
            case Op(op="<=" | "<"):
                return self._comparison(node, met, line)
            case Op(op="is"):
                option = options_of(node)[int(node.args[1].value)]  # type: ignore[attr-defined]
                return self._of(node.args[0], "is", option, met, line)
            case Op(op="~"):
                inner = self.condition(node.args[0], line)
                if inner.unit == "yes_no" and not inner.of:
                    return inner._replace(limit=not inner.limit, met=met)
                return inner._replace(operator=_OPPOSITE[inner.operator], met=met)
            case Op(op="|" | "&"):
                parts = tuple(self.condition(part) for part in parts_of(node))
                operator: Operator = "any" if node.op == "|" else "all"
                period = _common([part.period for part in parts], self._span)
                return Condition(line, line, operator, None, None, "", "yes_no", period, met, parts)
        return self._of(node, "is", True, met, line)

    def _line(self, node: Named, met: bool | None, line: str) -> Condition:
        """A line that is a comparison or a choice is that; any other is a yes or no by its own name."""
        self.labels[line, None] = node.label
        body = node.body
        while isinstance(body, Op) and body.op == "when" and not isinstance(self._engine.value(body.args[0]), Unknown):
            body = deciding(body, self._engine)[-1]
        if isinstance(body, Op) and body.op != "when":
            return self.condition(body, line)
        if isinstance(body, In | OrElse | Named) and body.unit == "flag":
            return self.condition(body, line)
        return self._of(node, "is", True, met, line)

    def _comparison(self, node: Op, met: bool | None, line: str) -> Condition:
        """The firm's figure first: read a >= limit, not limit <= a."""
        left, right = node.args
        operator: Operator = "<=" if node.op == "<=" else "<"
        if comes_first(right, left):
            left, right, operator = right, left, _SWAPPED[operator]
        found = self._of(left, operator, self._value(right), met, line)
        if not is_of_the_law(right):
            self._remember(right)
        value = self._engine.value(left)
        if met is not None and isinstance(value, Unknown):  # decided by the quarters that are stated
            least = Fen(value.least) if left.unit == "money" and isinstance(value.least, int) else value.least
            found = found._replace(value=least, at_least=True)
        return found._replace(
            limit_of=limit_name(right), unit=UNITS[right.unit] if right.unit == "rate" else found.unit
        )

    def _of(self, node: Node, operator: Operator, limit: Value | None, met: bool | None, line: str) -> Condition:
        name, period = self._remember(node)
        value = self._value(node)
        return Condition(line, name, operator, value, limit, "", UNITS[node.unit], period, met)

    def _remember(self, node: Node) -> tuple[str, Period]:
        """The name and the period of a line or fact, with its label kept."""
        name, period = subject(node), _period_of(node, self._span)
        named = labelled(node)
        label = named.label if isinstance(named, Named) else named.fact.label
        self.labels[name, period] = self.labels[name, None] = label
        return name, period

    def _value(self, node: Node) -> Value | None:
        return as_value(self._engine.value(node), node)


class _Anyone(Exact):
    """Of whatever firm: what rests on a fact is unknown, what the law says is known."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)

    def value(self, node: Node) -> Any:
        return super().value(node) if is_of_the_law(node) else Unknown(frozenset())


def of_any_firm(node: Node) -> tuple[Condition, Labels]:
    """A condition as it is for whatever firm, and what its lines and facts are called."""
    describer = Describer(_Anyone(), _NO_PERIOD)
    return describer.condition(node), describer.labels


def labels_of(nodes: Iterable[Node]) -> Labels:
    """What lines are called, by their names and periods; without a period, as the first of the name."""
    found: dict[tuple[str, Period | None], Label] = {}
    for node in nodes:
        if isinstance(node, Named):
            found[node.name, node.period] = node.label
            found.setdefault((node.name, None), node.label)
    return found


def as_value(value: Any, node: Node) -> Value | None:
    """A value of the exact engine as data: fen, a number, yes or no, the name of an option; None where unknown."""
    if isinstance(value, Unknown):
        return None
    if node.unit == "choice":
        return options_of(node)[int(value)]
    if node.unit == "money" and isinstance(value, int):
        return Fen(value)
    return bool(value) if node.unit == "flag" else value


def _period_of(node: Node, span: Period) -> Period:
    """The period of a line or of a fact that has one; else the whole."""
    return labelled(node).period or span


def labelled(node: Node) -> Named | In:
    """The line or fact that a node is, or whose value it is or stands in for."""
    while not isinstance(node, Named | In):
        assert isinstance(node, OrElse | Op)
        node = node.body if isinstance(node, OrElse) else node.args[1]  # of a choice, where it is known
    return node


def _common(periods: list[Period], span: Period) -> Period:
    return periods[0] if len(set(periods)) == 1 else span


def exact_text(value: int | Fraction) -> str:
    """A number without loss: a decimal where it ends, else 'n/d'."""
    exact = Fraction(value)
    rest, places = exact.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return str(exact)
    scaled = abs(exact.numerator) * 10**places // exact.denominator
    text = f"{scaled:0{places + 1}}"
    whole, part = (text[:-places], text[-places:]) if places else (text, "")
    return f"{'-' if exact < 0 else ''}{whole}{'.' if part else ''}{part}"
