"""Formulas of forms: what a line is made of, parsed from its text. Nothing of it is code; every name is looked up.

15-16               lines of the same sheet by their numbers (28.1, L15) or by the ids of those that have none
levy.vat.rate       a name with a point: where its first word leads is said by `WORDS`
#0                  a number of the form itself
least(a, b)         the functions of `FUNCTIONS`; + - * / and brackets as usual
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

Sign = Literal["+", "-", "*", "/"]
WORDS = {
    "line": "a line of the computation, by its module and name",
    "fact": "a fact of the sheet's period",
    "input": "an input as it was stated",
    "law": "a figure of the law",
    "grant": "is a relief granted in the period?",
    "base": "what a relief is granted for, nought where it is not",
    "regime": "is this the income-tax regime that is chosen?",
    "levy": "what is due of a levy: baseline, saving, payable or balance",
    "sheet": "a line of another sheet of the same period",
    "until": "does the period reach this month?",
}
"""The first word of a name, and what it leads to."""
FUNCTIONS = {
    "least": 2,
    "most": 2,
    "when": 3,
    "unless": 1,
    "or_zero": 2,
    "is": 2,
    "not": 1,
    "both": 2,
    "positive": 1,
    "band": 2,
}
"""Each function and how many arguments it takes. `unless` is nought where its argument is, and else not known;
`or_zero` is its first argument, but nought where nothing is stated of the fact that is its second; `band` is the figure of
the band of a table that an amount lies in."""
_TOKEN = re.compile(r"\s*(#\d+|L?\d+(?:\.\d+)*|[a-z_]\w*(?:\.\w+)*|[-+*/(),])")
_LONGEST = 300
"""Characters of a formula."""


class Number(NamedTuple):
    """A whole number of the form's own."""

    value: int


class Ref(NamedTuple):
    """A name: without a word before it, a line of the same sheet."""

    word: str
    name: str


class Call(NamedTuple):
    """A function of formulas."""

    function: str
    args: tuple[Formula, ...]


class Binary(NamedTuple):
    """Two formulas and a sign between them."""

    sign: Sign
    left: Formula
    right: Formula


Formula: TypeAlias = Number | Ref | Call | Binary


@functools.cache
def parsed(text: str) -> Formula:
    """A formula from its text. Raises ValueError with the place where it is not understood."""
    return _Parser(text).whole()


def options(formula: Formula) -> Iterator[tuple[str, str]]:
    """Every option of a choice that a formula asks for, behind the fact."""
    match formula:
        case Call(function="is", args=(Ref(name=fact), Ref(word="", name=option))):
            yield fact, option
        case Call(args=args):
            for one in args:
                yield from options(one)
        case Binary(left=left, right=right):
            yield from options(left)
            yield from options(right)


def refs(formula: Formula) -> Iterator[Ref]:
    """Every name in a formula."""
    match formula:
        case Ref():
            yield formula
        case Call(function=function, args=args):
            for one in args[:1] if function == "is" else args:
                yield from refs(one)
        case Binary(left=left, right=right):
            yield from refs(left)
            yield from refs(right)


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ValueError(text[:20])
        self._tokens: list[str] = []
        at, text = 0, text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                raise ValueError(text[at:])
            self._tokens.append(match[1])
            at = match.end()
        self._tokens.append("")
        self._at = 0

    def whole(self) -> Formula:
        found = self._sum()
        if self._next():
            raise ValueError(self._next())
        return found

    def _next(self) -> str:
        return self._tokens[self._at]

    def _take(self, wanted: str = "") -> str:
        token = self._next()
        if not token or (wanted and token != wanted):
            raise ValueError(token or "…")
        self._at += 1
        return token

    def _sum(self) -> Formula:
        found = self._product()
        while (sign := self._next()) in ("+", "-"):
            self._take()
            found = Binary("+" if sign == "+" else "-", found, self._product())
        return found

    def _product(self) -> Formula:
        found = self._factor()
        while (sign := self._next()) in ("*", "/"):
            self._take()
            found = Binary("*" if sign == "*" else "/", found, self._factor())
        return found

    def _factor(self) -> Formula:
        token = self._take()
        if token == "(":
            found = self._sum()
            self._take(")")
            return found
        if token[0] == "#":
            return Number(int(token[1:]))
        if self._next() == "(":
            return self._call(token)
        word, point, name = token.partition(".")
        if point and not token[0].isdigit() and token[0] != "L":
            if word not in WORDS:
                raise ValueError(token)
            return Ref(word, name)
        if token in ("+", "-", "*", "/", ")", ","):
            raise ValueError(token)
        return Ref("", token)

    def _call(self, function: str) -> Call:
        self._take("(")
        args = [self._sum()]
        while self._next() == ",":
            self._take()
            args.append(self._sum())
        self._take(")")
        if FUNCTIONS.get(function) != len(args):
            raise ValueError(function)
        if function == "is" and not (_is_a("fact", args[0]) and isinstance(args[1], Ref) and not args[1].word):
            raise ValueError(function)
        if function == "or_zero" and not _is_a("fact", args[1]):
            raise ValueError(function)
        if function == "band" and not _is_a("law", args[1]):
            raise ValueError(function)
        return Call(function, tuple(args))


def _is_a(word: str, formula: Formula) -> bool:
    return isinstance(formula, Ref) and formula.word == word
