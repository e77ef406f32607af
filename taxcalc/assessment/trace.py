"""The graph in words: conditions with their two numbers, formulas in words and with numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from taxcalc.base.money import yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label, Unit
from taxcalc.engines.active import deciding
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.graph.nodes import Const, Grant, In, Named, Node, Op, OrElse, Param, options_of

_NEGATED = {"<=": ">", "<": "≥"}
_SIGN = {"<=": "≤", "<": "<"}
_WORDS: dict[str, Label] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "unknown": ("未知", "unknown"),
    "or": (" 或 ", " or "),
    "none_of": ("均不满足（{}）", "none of ({})"),
    "and": ("，且 ", " and "),
    "least": ("取小（{}）", "the least of ({})"),
    "most": ("取大（{}）", "the most of ({})"),
    "share_up": ("{} × {} ÷ {}", "{} × {} ÷ {}"),
    "at_least": ("至少 {}", "at least {}"),
    "not_claimed": ("未享受", "not claimed"),
}


class Wording:
    """Writes nodes of one evaluation in one language. `money` formats whole fen."""

    def __init__(
        self,
        engine: Exact,
        lang: Lang,
        money: Callable[[int], str],
        relief_label: Callable[[str], Label],
        span: Period | None = None,
    ) -> None:
        self.engine, self.lang = engine, lang
        self._span = span
        """Where given, lines of a part of it are named with their period."""
        self._side = 0 if lang == "zh" else 1
        self._money, self._relief_label = money, relief_label

    def pick(self, label: Label) -> str:
        """One side of a label."""
        return label[self._side]

    def word(self, key: str) -> str:
        """A word of the explanation."""
        return _WORDS[key][self._side]

    # ------------------------------------------------------------------------------------- values

    def number(self, value: Any, unit: Unit, node: Node | None = None) -> str:
        """A value as people write it."""
        if isinstance(value, Unknown):
            return self.word("unknown")
        if unit == "money":
            exact = Fraction(value)
            if exact.denominator == 1:
                return self._money(exact.numerator)
            whole, _, below = decimal_text(exact / 100).partition(".")  # an intermediate, not yet rounded
            return f"{self._money(int(whole) * 100)[:-3]}.{below}"
        if unit == "rate":
            return rate_text(Fraction(value))
        if unit == "flag":
            return self.word("yes" if value else "no")
        if unit == "choice" and node is not None:
            return self.option(node, value)
        return decimal_text(Fraction(value))

    def option(self, node: Node, index: int) -> str:
        """The label of an option of a choice."""
        for leaf in _leaves(node):
            if isinstance(leaf, In) and leaf.fact.options:
                return self.pick(list(leaf.fact.options.values())[index])
        return options_of(node)[index]

    def value(self, node: Node) -> str:
        """The value of a node; a grant that waits for a fact is unknown, not refused."""
        grant = node.body if isinstance(node, Named) else node
        if isinstance(grant, Grant) and not self.engine.value(grant) and grant.relief not in self.engine.off:
            values = [self.engine.value(condition) for condition in grant.conditions]
            if not any(value is False for value in values):
                return self.word("unknown")
        return self.number(self.engine.value(node), node.unit, node)

    def dated(self, text: str, period: Period | None) -> str:
        """A text with the period it is of, where that is a part of the span."""
        return f"{text} {period}" if self._span and period and period != self._span else text

    def label(self, node: Node) -> str:
        """The name of a node: its line, fact, parameter or formula."""
        match node:
            case Named():
                return self.dated(self.pick(node.label), node.period)
            case In():
                return self.dated(self.pick(node.fact.label), node.period) if node.fact else node.name
            case Param():
                return self.pick(node.label)
            case OrElse():
                return self.label(node.body)
            case Grant():
                return self.pick(self._relief_label(node.relief))
        return self.formula(node)

    # ------------------------------------------------------------------------------------- conditions

    def condition(self, node: Node) -> str:
        """A condition as it stands: 'employees 363.75 > 300', 'restricted industry: no'."""
        match node:
            case Op(op="<=" | "<"):
                return self._comparison(node)
            case Op(op="~"):
                return f"{self.label(node.args[0])}{self._colon()}{self.value(node.args[0])}"
            case Op(op="is"):
                return f"{self.label(node.args[0])}{self._colon()}{self.value(node.args[0])}"
            case Op(op="&" | "|"):
                parts = deciding(node, self.engine)
                if len(parts) == 1:
                    return self.condition(parts[0])
                if node.op == "|" and self.engine.value(node) is False:
                    return self.word("none_of").format(self._list(list(map(self.condition, _options(node)))))
                return self.word("and" if node.op == "&" else "or").join(self.condition(part) for part in parts)
            case Op(op="when"):
                parts = deciding(node, self.engine)
                return self.condition(parts[-1])
            case Named():
                inner = self.condition(node.body)
                return (
                    inner
                    if isinstance(_active_body(node, self.engine), Op)
                    else f"{self.label(node)}{self._colon()}{self.value(node)}"
                )
            case Grant():
                return f"{self.label(node)}{self._colon()}{self.value(node)}"
        return f"{self.label(node)}{self._colon()}{self.value(node)}"

    def grant(self, node: Grant) -> str:
        """The conditions that decide a grant, or that it was not claimed."""
        parts = deciding(node, self.engine)
        if node.relief in self.engine.off:
            return self.word("not_claimed")
        return self._list([self.condition(part) for part in parts]) or self.value(node)

    def _list(self, texts: list[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(texts)

    def _comparison(self, node: Op) -> str:
        left, right = node.args
        holds = self.engine.value(node)
        sign = _SIGN[node.op] if holds is not False else _NEGATED[node.op]
        if isinstance(left, Param | Const) and not isinstance(right, Param | Const):
            left, right = right, left  # the firm's figure first: read a >= limit, not limit <= a
            sign = {"≤": "≥", "<": ">", ">": "<", "≥": "≤"}[sign]
        return f"{self.label(left)} {self._compared(left, holds)} {sign} {self._side_of(right)}"

    def _compared(self, node: Node, holds: Any) -> str:
        """The firm's figure of a comparison: the least that it can be, where that decides."""
        value = self.engine.value(node)
        if isinstance(value, Unknown) and not isinstance(holds, Unknown):
            return self.word("at_least").format(self.number(value.least, node.unit))
        return self.value(node)

    def split_comparison(self, node: Node) -> tuple[str, str] | None:
        """The firm's figure, and the rest of the sentence: ('315,000.00', 'sales > 300,000.00')."""
        body = _active_body(node, self.engine) if isinstance(node, Named) else node
        if not (isinstance(body, Op) and body.op in _SIGN and isinstance(body.args[1], Param | Const)):
            return None
        left, right = body.args
        sign = _SIGN[body.op] if self.engine.value(body) is not False else _NEGATED[body.op]
        return self._compared(left, self.engine.value(body)), f"{self.label(left)} {sign} {self.value(right)}"

    def _side_of(self, node: Node) -> str:
        return self.value(node) if isinstance(node, Param | Const) else f"{self.label(node)} {self.value(node)}"

    def _colon(self) -> str:
        return "：" if self.lang == "zh" else ": "

    @classmethod
    def refusal(cls, node: Node, lang: Lang) -> str:
        """A condition that fails, of whatever firm: 'employees > 300', 'restricted industry: yes'."""
        words = cls(Exact(lambda _: None), lang, yuan, lambda id: (id, id))
        return words._refusal(node)

    def _refusal(self, node: Node) -> str:
        match node:
            case Named(body=Op(op="<=" | "<") as inner) | (Op(op="<=" | "<") as inner):
                left, right = inner.args
                sign = _NEGATED[inner.op]
                if not isinstance(self.engine.value(left), Unknown):
                    left, right = right, left
                    sign = {">": "<", "≥": "≤"}[sign]
                limit = self.engine.value(right)
                end = self.label(right) if isinstance(limit, Unknown) else self.number(limit, right.unit)
                return f"{self.label(left)} {sign} {end}"
            case Op(op="~"):
                return f"{self.label(node.args[0])}{self._colon()}{self.word('yes')}"
            case Op(op="|"):
                return self.word("none_of").format(self._list([self.label(option) for option in _options(node)]))
        return f"{self.label(node)}{self._colon()}{self.word('no')}"

    # ------------------------------------------------------------------------------------- formulas

    def formula(self, node: Node) -> str:
        """What a line is made of, in words, with only what determines it."""
        return self._render(node, 0, lambda leaf: self.label(leaf))

    def substituted(self, node: Node) -> str:
        """The same formula with the numbers put in."""
        return self._render(node, 0, self.value)

    def _render(self, node: Node, outer: int, leaf: Callable[[Node], str]) -> str:
        match node:
            case Op(op="+" | "-"):
                return self._sum(node, outer, leaf)
            case Op(op="*" | "/"):
                sign = "×" if node.op == "*" else "÷"
                a, b = node.args
                return f"{self._render(a, 2, leaf)} {sign} {self._render(b, 3, leaf)}"
            case Op(op="round"):
                return self._render(node.args[0], outer, leaf)
            case Op(op="when"):
                if isinstance(self.engine.value(node.args[0]), Unknown):
                    return self.word("unknown")
                return self._render(deciding(node, self.engine)[-1], outer, leaf)
            case Op(op="least" | "most"):
                if node.op == "most" and isinstance(node.args[1], Const):
                    return self._render(node.args[0], outer, leaf)  # at least zero: shown by the result
                options = self._flat(node, leaf)
                if len(set(options)) == 1:
                    return options[0]
                return self.word(node.op).format(self._list(options))
            case Op(op="share_up"):
                return self.word("share_up").format(*(self._render(arg, 3, leaf) for arg in node.args))
            case Op():
                return self.condition(node)
            case Grant():
                return self.grant(node)
            case OrElse():
                return self._render(deciding(node, self.engine)[0], outer, leaf) if leaf == self.value else leaf(node)
            case Const():
                return self.pick(node.label) if node.label else self.number(node.value, node.unit)
        return leaf(node)

    def _sum(self, node: Node, outer: int, leaf: Callable[[Node], str]) -> str:
        terms = [(sign, term) for sign, term in signed_terms(node) if not _zero(self.engine, term)]
        if not terms:
            return self.number(0, node.unit)
        text = ""
        for sign, term in terms:
            part = self._render(term, 1 if len(terms) == 1 else 2, leaf)
            text = f"{text} {'−' if sign < 0 else '+'} {part}" if text else (f"−{part}" if sign < 0 else part)
        return f"({text})" if outer > 1 and len(terms) > 1 else text

    def _flat(self, node: Node, leaf: Callable[[Node], str]) -> list[str]:
        """The options of nested least or most, once each."""
        if isinstance(node, Op) and node.op in ("least", "most"):
            return list(dict.fromkeys(text for arg in node.args for text in self._flat(arg, leaf)))
        return [self._render(node, 0, leaf)]


def signed_terms(node: Node, sign: int = 1) -> list[tuple[int, Node]]:
    """A sum of sums as one list of terms with their signs."""
    if isinstance(node, Op) and node.op in ("+", "-"):
        a, b = node.args
        return signed_terms(a, sign) + signed_terms(b, -sign if node.op == "-" else sign)
    return [(sign, node)]


def _options(node: Node) -> list[Node]:
    """The conditions of nested alternatives."""
    if isinstance(node, Op) and node.op == "|":
        return [option for arg in node.args for option in _options(arg)]
    return [node]


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
            stack.extend(reversed([t for t in terms if not _zero(engine, t)] or terms[:1]))
        else:
            stack.extend(reversed(deciding(here, engine)))
    return list(found)


def _zero(engine: Exact, node: Node) -> bool:
    value = engine.value(node)
    return not isinstance(value, Unknown) and value == 0


def _active_body(node: Named, engine: Exact) -> Node:
    body = node.body
    while isinstance(body, Op) and body.op == "when":
        body = deciding(body, engine)[-1]
    return body


def _leaves(node: Node) -> Any:
    from taxcalc.graph.nodes import walk

    return walk(node)
