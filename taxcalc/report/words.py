"""An assessment in the words of one language: amounts, labels, conditions, reasons, assumptions.

The records hold ids and figures; what a line, a fact or a figure of the law is called is looked up in the law under which
the assessment was made.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import NamedTuple

from taxcalc.assessment.model import Model, catalogue_of, model_for
from taxcalc.assessment.result import Assessment, Assumption, Condition, Item, Value
from taxcalc.base.money import Fen, format_yuan, yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.graph.labels import filled
from taxcalc.graph.nodes import Named
from taxcalc.law.book import LawBook, label_of
from taxcalc.report.citing import Citing
from taxcalc.report.inputs import in_words
from taxcalc.report.labels import ASSUMED, LABELS

UNKNOWN = "—"
"""Stands where an amount is not known."""
_SOURCES: dict[str, Label] = {
    "options": ("命令行选项", "option"),
    "stdin": ("标准输入", "standard input"),
    "facts": ("调用参数", "argument"),
}
_SIGNS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
_FAILS = {"<=": ">", "<": "≥", ">=": "<", ">": "≤"}
_KINDS = ("taxpayer", "vat_payer")
"""Facts that say what kind of taxpayer a firm is."""
_MOST_FIGURES = 4
"""More failing periods than this are counted, not listed."""


class ReturnRow(NamedTuple):
    """A line of a return."""

    form: str
    text: str
    line: str
    confidence: str


class Words(Citing):
    """Puts one assessment into words; amounts through Babel, or plain as scripts want them."""

    def __init__(self, assessment: Assessment, book: LawBook, lang: Lang, *, plain: bool = False) -> None:
        super().__init__(book, lang)
        self.assessment, self._plain = assessment, plain
        self.catalogue = catalogue_of(book)
        self._zh = lang == "zh"

    def say(self, key: str, **values: object) -> str:
        """A fixed text of reports."""
        return self.pick(LABELS[key]).format(**values)

    def money(self, fen: int | None) -> str:
        """An amount; a dash where it is not known."""
        if fen is None:
            return UNKNOWN
        return yuan(fen) if self._plain else format_yuan(fen, self.lang)

    def sentences(self, parts: Iterable[str]) -> str:
        """Several remarks in one line."""
        return ("；" if self._zh else "; ").join(parts)

    def aside(self, text: str, inside: str) -> str:
        """'text (inside)'."""
        return (f"{text}（{inside}）" if self._zh else f"{text} ({inside})") if inside else text

    # ------------------------------------------------------------------------------------- names

    @functools.cached_property
    def model(self) -> Model:
        """The rules as they were for this period: where lines have their labels."""
        months = 1 if self.assessment.filing == "monthly" else 3
        return model_for(self.book, self.assessment.period, months, frozenset(v.id for v in self.assessment.levies))

    @functools.cached_property
    def _lines(self) -> dict[tuple[str, Period | None], Label]:
        found: dict[tuple[str, Period | None], Label] = {}
        for node in self.model.firm.lines.values():
            if isinstance(node, Named):
                found[node.name, node.period] = node.label
                found.setdefault((node.name, None), node.label)
        return found

    def label(self, name: str, period: Period | None = None) -> str:
        """The name of a fact, or of a line in a period."""
        if name in self.catalogue.facts:
            return self.pick(self.catalogue[name].label)
        return self.pick(self._lines.get((name, period)) or self._lines.get((name, None)) or (name, name))

    def relief(self, id: str) -> str:
        """The name of a relief."""
        return self.pick(self.book.table(self.model.reliefs[id].table).label)

    def levies(self, ids: Iterable[str]) -> str:
        """The names of levies, in one line."""
        return self.listed(self.pick(self.assessment.levy(id).label) for id in ids)

    def regime(self, id: str) -> str:
        """The name of an income-tax regime."""
        if id != "standard":
            return self.relief(id)
        return self.pick(filled(LABELS["standard"], {"rate": self.model.law.cit.standard.rate}))

    def choice(self, name: str) -> str:
        """The option of a choice, as stated or assumed; '' where neither."""
        value = self._option(name)
        return self.pick(self.catalogue[name].options[value]) if value else ""

    def _option(self, name: str) -> str | None:
        given = self.assessment.facts.get(name)
        assumed = (a.value for a in self.assessment.assumptions if a.fact == name and a.how == "assumed")
        value = given.value if given else next(assumed, None)
        return value if isinstance(value, str) else None

    def source(self, source: str) -> str:
        """Where a fact was given."""
        return self.pick(_SOURCES.get(source, (source, source)))

    # ------------------------------------------------------------------------------------- conditions

    def value(self, value: Value | None, fact: str = "") -> str:
        """A value as people write it."""
        if value is None:
            return self.say("unknown")
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, Fen):
            return self.money(value)
        if isinstance(value, str):
            options = self.catalogue[fact].options if fact in self.catalogue.facts else {}
            return self.pick(options.get(value, (value, value)))
        return decimal_text(Fraction(value))

    def _figure(self, condition: Condition, value: Value | None) -> str:
        """A value of a condition in its unit."""
        if value is None or isinstance(value, bool | str):
            return self.value(value, condition.fact)
        if condition.unit == "yuan":
            exact = Fraction(value)
            if exact.denominator == 1:
                return self.money(exact.numerator)
            whole, _, below = decimal_text(exact / 100).partition(".")  # an intermediate, not yet rounded
            return f"{self.money(int(whole) * 100)[:-3]}.{below}"
        return rate_text(Fraction(value)) if condition.unit == "share" else decimal_text(Fraction(value))

    def condition(self, condition: Condition) -> str:
        """A condition as it stands: 'employees 363.75 > 300', 'restricted industry: no'."""
        if condition.of:
            return self._combined(condition)
        label = self.label(condition.fact, condition.period)
        if condition.operator in _SIGNS:
            return f"{label} {self._compared(condition)} {self._sign(condition)} {self._limit(condition)}"
        return self.colon(label, self.value(condition.value, condition.fact))

    def _compared(self, condition: Condition) -> str:
        """The firm's figure: the least that it can be, where that decides."""
        figure = self._figure(condition, condition.value)
        return self.say("at_least", figure=figure) if condition.at_least else figure

    def _sign(self, condition: Condition) -> str:
        return (_FAILS if condition.met is False else _SIGNS)[condition.operator]

    def _limit(self, condition: Condition) -> str:
        figure = self._figure(condition, condition.limit)
        is_line = condition.limit_of and not self.book.leads_to(
            condition.limit_of.rpartition(".")[0] or condition.limit_of
        )
        return f"{self.label(condition.limit_of, condition.period)} {figure}" if is_line else figure

    def _combined(self, condition: Condition) -> str:
        """Of several conditions those that decide: all that fail of alternatives, the first that fails of a conjunction."""
        alternatives = condition.operator in ("any", "none")
        deciding = [part for part in condition.of if part.met is alternatives][:1]
        if deciding:
            return self.condition(deciding[0])
        if alternatives and all(part.met is False for part in condition.of):
            return self.say("none_of", conditions=self.sentences(map(self.condition, condition.of)))
        return self.say("or" if alternatives else "and").join(map(self.condition, condition.of))

    def unmet(self, item: Item) -> list[Condition]:
        """The conditions that fail, once per wording."""
        found: dict[str, Condition] = {}
        for condition in item.conditions:
            if condition.met is False:
                found.setdefault(self.condition(condition), condition)
        return list(found.values())

    def reasons(self, item: Item) -> str:
        """Why a relief is refused, in whole or for some periods: each failing condition with its numbers.

        Conditions that differ only by period are put together: 'sales > 300,000.00 (Q1 315,000.00; ...)'.
        """
        groups: dict[tuple[str, str, str], list[Condition]] = {}
        for condition in self.unmet(item):
            together = condition.operator in _SIGNS and self._limit(condition) == self._figure(
                condition, condition.limit
            )
            key = (
                (condition.fact, condition.operator, self._limit(condition))
                if together
                else (self.condition(condition),) * 3
            )
            groups.setdefault(key, []).append(condition)
        return self.sentences(self._reason(item, group) for group in groups.values())

    def _reason(self, item: Item, group: list[Condition]) -> str:
        first = group[0]
        whole = first.period == self.assessment.period
        if first.operator not in _SIGNS or (len(group) == 1 and (whole or item.status != "calculated")):
            return self.condition(first)
        figures = [f"{c.period.key.upper()} {self._compared(c)}" for c in group]
        if len(figures) > _MOST_FIGURES:
            more = f"…（共{len(figures)}期）" if self._zh else f"… ({len(figures)} periods)"
            figures = [*figures[:_MOST_FIGURES], more]
        rest = f"{self.label(first.fact, first.period)} {self._sign(first)} {self._limit(first)}"
        return self.aside(rest, self.listed(figures))

    def wrong_kind(self, item: Item) -> str | None:
        """What kind of taxpayer the firm is, stated or taken for granted, if a relief is refused because it is for another."""
        for fact in _KINDS:
            for condition in item.conditions:
                if condition.met is False and condition.fact == fact and not condition.of:
                    return self.value(condition.value, fact)
        return None

    # ------------------------------------------------------------------------------------- amounts

    def range(self, item: Item) -> str:
        """What an item brings: an amount, a ceiling or a range."""
        if item.at_least is not None:
            return f"{self.money(item.at_least)} – {self.money(item.saving)}"
        return f"≤ {self.money(item.saving)}" if item.at_most else self.money(item.saving)

    def kept(self, item: Item) -> str:
        """Until when money that is put off may be kept, or nothing."""
        if item.kept_until:
            return self.say("kept_until", day=item.kept_until)
        return self.say("kept_months", n=item.kept_months) if item.kept_months is not None else ""

    def inputs(self, names: Collection[str]) -> str:
        """What is asked for: '从业人数：第3季度、第4季度'."""
        return in_words(self.catalogue, names, 0 if self._zh else 1)

    def assumption(self, assumption: Assumption) -> str:
        """One assumption in words."""
        label = self.pick(assumption.label)
        how, value = assumption.how, str(assumption.value)
        if how == "assumed":
            return self.colon(label, self.value(assumption.value, assumption.fact))
        figures = {"label": label, "of": assumption.of, "month": value, "first": value[1:2], "last": value[-1:]}
        one = how == "to_date" and value[1:2] == value[-1:]
        return self.pick(ASSUMED["one_quarter" if one else how]).format(**figures)

    def return_rows(self, id: str) -> list[ReturnRow]:
        """The lines of returns that a relief or a levy goes to, in the assessed period and for this taxpayer."""
        day, found = self.assessment.period.end.isoformat(), []
        for row in self.book.rows:
            who = all(option == (self._option(fact) or self._default(fact)) for fact, option in row["who"].items())
            if row["of"] == id and who and row["from"] <= day <= row["until"]:
                form, text = (self.pick(label_of(pair)) for pair in (row["form"], row["text"]))
                found.append(ReturnRow(form, text, row["line"], row["confidence"]))
        return found

    def _default(self, fact: str) -> str | None:
        """The option that a choice is assumed to have."""
        found = self.catalogue[fact]
        return None if found.assume is None else found.written(found.assume)


def has_nothing_to_apply_to(item: Item) -> bool:
    """Is a relief refused only because the firm has nothing of what it is for?"""
    return item.status == "not_entitled" and any(c.line == "concerns" and c.met is False for c in item.conditions)
