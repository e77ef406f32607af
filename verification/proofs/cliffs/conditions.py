"""Places where a levy can jump: the comparisons that decide it, each with its quantity and figure in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from taxcalc.assessment.conditions import labelled
from taxcalc.assessment.trace import signed_terms
from taxcalc.base.money import yuan
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.engines.exact import Exact
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.graph.nodes import Const, In, Named, Node, Op, OrElse, Param, children, walk
from taxcalc.law.book import Version

SIGNS = {"<=": ("≤", "≥"), "<": ("<", ">")}
KNOWN: Label = ("所填资料是否足以计算", "whether what is stated is enough to compute it")
"""Not a comparison: an amount that can be given on one side only, so that another way to it is taken."""


class Place(NamedTuple):
    """A condition, alike wherever it is asked. `figures` are the figures of the law in it."""

    words: Label
    figures: tuple[Param, ...]

    @property
    def versions(self) -> tuple[Version, ...]:
        """What its figures rest on."""
        return tuple(dict.fromkeys(f.version for f in self.figures if f.version is not None))


def places_of(nodes: Iterable[Node]) -> dict[Place, list[Node]]:
    """The comparisons among some nodes, by place; tests of whether an amount is known are one place together."""
    found: dict[str, tuple[Place, list[Node]]] = {}
    for node in nodes:
        place = place_of(node)
        if place is not None:
            found.setdefault(place.words[1], (place, []))[1].append(node)
    return dict(found.values())


def place_of(node: Node) -> Place | None:
    """The place of a comparison, or of a test whether something is known."""
    match node:
        case Op(op="<=" | "<", args=(left, right)):
            sign = SIGNS[node.op][0]
            if not _of_the_firm(left):  # the quantity first, whatever it is held against
                left, right, sign = right, left, SIGNS[node.op][1]
            zh, en = (f"{words(left, lang)} {sign} {words(right, lang)}" for lang in ("zh", "en"))
            return Place((zh, en), tuple(dict.fromkeys(n for n in near(node) if isinstance(n, Param))))
        case Op(op="known"):
            return Place(KNOWN, ())
    return None


def near(node: Node) -> list[Node]:
    """The nodes of a comparison itself, other lines not entered."""
    found, stack = [], list(children(node))
    while stack:
        here = stack.pop()
        found.append(here)
        if not isinstance(here, Named):
            stack.extend(children(here))
    return found


def _of_the_firm(node: Node) -> bool:
    """Is it a quantity of the firm, with no figure of the law beside it?"""
    inside = [node, *near(node)]
    return any(isinstance(n, In | Named) for n in inside) and not (
        isinstance(node, Op) and node.op == "*" and any(isinstance(n, Param) for n in inside)
    )


def words(node: Node, lang: Lang) -> str:
    """A quantity as people call it."""
    match node:
        case Const(label=(zh, en)):
            return zh if lang == "zh" else en
        case Param() | Const():
            return "0" if node.value == 0 else figure(node)
        case Op(op="*", args=(Param() as left, Const() as right)) if left.value is not None:
            return figure(Const(left.value * right.value, left.unit))
        case Op(op="*", args=(left, right)):
            return f"{words(left, lang)} × {words(right, lang)}"
        case Op(op="+", args=(left, right)) if words(right, lang) in words(left, lang):  # one line of each return
            of_all = {"zh": "（各期合计）", "en": " (of all returns together)"}[lang]
            return f"{words(right, lang)}{of_all}"
        case Op(op="when", args=(_, _, plain)):  # with or without VAT: the amount as it is tested is without
            return words(plain, lang)
        case Op(op="round" | "/", args=(inner, *_)):
            return words(inner, lang)
        case OrElse():
            return words(node.body, lang)
        case Op(op="+" | "-"):
            said = "".join(f" {'+' if sign > 0 else '−'} {words(term, lang)}" for sign, term in _stated_terms(node))
            return said.removeprefix(" + ").replace(" − ", "−", said.startswith(" −")) or figure(Const(0, node.unit))
    found = labelled(node)
    return (found.label if isinstance(found, Named) else found.fact.label)[0 if lang == "zh" else 1]


def _stated_terms(node: Node) -> Iterator[tuple[int, Node]]:
    """The terms of a sum without those that are nought where nothing is stated."""
    nothing = Exact(lambda _: None)
    return ((sign, term) for sign, term in signed_terms(node) if nothing.value(term) != 0)


def figure(node: Param | Const) -> str:
    """A figure of the law: yuan, a percentage, a number."""
    assert node.value is not None
    exact = Fraction(node.value)
    if node.unit == "money":
        return amount(int(exact))
    return rate_text(exact) if node.unit == "rate" else decimal_text(exact)


def amount(fen: int) -> str:
    """Yuan, with its thousands told apart."""
    whole, _, rest = yuan(fen).partition(".")
    return f"{int(whole):,}.{rest}" if fen >= 0 else yuan(fen)


def comparisons(root: Node, reached: Iterable[Node]) -> list[Node]:
    """What can turn under a node when the step reaches some nodes."""
    inside = set(reached)
    return [n for n in walk(root) if n in inside and isinstance(n, Op) and n.op in ("<=", "<", "known")]
