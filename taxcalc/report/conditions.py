"""Conditions in the words of one language: as they stand for a firm, or as what any firm fails."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from taxcalc.assessment.conditions import Labels
from taxcalc.assessment.model import catalogue_of
from taxcalc.assessment.result import Assumption, Condition, Value, ValueUnit
from taxcalc.base.money import Fen, format_yuan, yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.law.book import LawBook
from taxcalc.report.citing import Citing
from taxcalc.report.labels.terms import ASSUMED, DENIED

UNKNOWN = "—"
"""Stands where an amount is not known."""
SIGNS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">"}
_FEW = 4
"""Up to so many failing conditions are told with the period of each."""
_FAILS = {"<=": ">", "<": "≥", ">=": "<", ">": "≤"}


class ConditionWords(Citing):
    """Says conditions and values; amounts through Babel, or plain as scripts want them.

    `labels` are those of lines, and of facts where a line has the same name, by name and period. Where a `span` is given,
    what is of a part of it is named with its period.
    """

    def __init__(
        self,
        book: LawBook,
        lang: Lang,
        labels: Labels,
        span: Period | None = None,
        *,
        plain: bool = False,
    ) -> None:
        super().__init__(book, lang)
        self.catalogue = catalogue_of(book)
        self._labels, self._span, self._plain = labels, span, plain
        self._zh = lang == "zh"

    def calling(self, labels: Labels) -> ConditionWords:
        """The same with other labels."""
        return ConditionWords(self.book, self.lang, labels, self._span, plain=self._plain)

    def money(self, fen: int | None) -> str:
        """An amount; a dash where it is not known."""
        if fen is None:
            return UNKNOWN
        return yuan(fen) if self._plain else format_yuan(fen, self.lang)

    # ------------------------------------------------------------------------------------- names and values

    def label(self, name: str, period: Period | None = None) -> str:
        """The name of a fact, or of a line in a period."""
        label = self._labels.get((name, period)) or self._labels.get((name, None))
        if label is None:
            label = self.catalogue[name].label if name in self.catalogue.facts else (name, name)
        return self.dated(label, period)

    def dated(self, label: Label, period: Period | None) -> str:
        """A name with the period that it is of, where that is a part of the span."""
        text = self.pick(label)
        return f"{text} {period}" if self._span and period and period != self._span else text

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

    def figure(self, value: Value | None, unit: ValueUnit, fact: str = "") -> str:
        """A value in its unit."""
        if value is None or isinstance(value, bool | str):
            return self.value(value, fact)
        if unit == "yuan":
            exact = Fraction(value)
            if exact.denominator == 1:
                return self.money(exact.numerator)
            whole, _, below = decimal_text(exact / 100).partition(".")  # an intermediate, not yet rounded
            return f"{self.money(int(whole) * 100)[:-3]}.{below}"
        exact = Fraction(value)
        small = 0 < abs(exact) <= Fraction(1, 1000)  # such rates the law writes in thousandths
        return rate_text(exact, "‰" if small else "") if unit == "share" else decimal_text(exact)

    def assumption(self, assumption: Assumption) -> str:
        """One assumption in words."""
        label = self.pick(assumption.label)
        how, value = assumption.how, str(assumption.value)
        if assumption.value is False and assumption.fact in DENIED:
            return self.pick(DENIED[assumption.fact])
        if how == "assumed":
            return self.colon(label, self.value(assumption.value, assumption.fact))
        figures = {"label": label, "of": assumption.of, "month": value, "first": value[1:2], "last": value[-1:]}
        one = how == "to_date" and value[1:2] == value[-1:]
        return self.pick(ASSUMED["one_quarter" if one else value if how == "spread" else how]).format(**figures)

    # ------------------------------------------------------------------------------------- of one firm

    def condition(self, condition: Condition) -> str:
        """A condition as it stands: 'employees 363.75 > 300', 'restricted industry: no'."""
        if condition.of:
            return self._combined(condition)
        label = self.label(condition.fact, condition.period)
        if condition.operator in SIGNS:
            return f"{label} {self.compared(condition)} {self.sign(condition)} {self.limit(condition)}"
        return self.colon(label, self.value(condition.value, condition.fact))

    def compared(self, condition: Condition) -> str:
        """The firm's figure: the least that it can be, where that decides."""
        figure = self.figure(condition.value, condition.unit, condition.fact)
        return self.say("at_least", figure=figure) if condition.at_least else figure

    def sign(self, condition: Condition) -> str:
        """Of a comparison, the opposite where it fails."""
        return (_FAILS if condition.met is False else SIGNS)[condition.operator]

    def limit(self, condition: Condition) -> str:
        """What it is compared with: a figure of the law, or a line and its figure."""
        figure = self.figure(condition.limit, condition.unit)
        return f"{self.label(condition.limit_of, condition.period)} {figure}" if self.is_line(condition) else figure

    def is_line(self, condition: Condition) -> bool:
        """Is the limit a line, not a figure of the law?"""
        path = condition.limit_of.rpartition(".")[0] or condition.limit_of
        return bool(path) and not self.book.leads_to(path)

    def _combined(self, condition: Condition) -> str:
        """Of several conditions those that decide: all that fail of alternatives, the first that fails of a conjunction."""
        alternatives = condition.operator in ("any", "none")
        deciding = [part for part in condition.of if part.met is alternatives][:1]
        if deciding:
            return self.condition(deciding[0])
        if alternatives and all(part.met is False for part in condition.of):
            return self.say("none_of", conditions=self.sentences(self._each(condition.of)))
        return self.say("or" if alternatives else "and").join(dict.fromkeys(map(self.condition, condition.of)))

    def _each(self, conditions: Sequence[Condition]) -> Collection[str]:
        """Conditions that all fail, each once; many that differ by their period alone without it."""
        said = dict.fromkeys(map(self.condition, conditions))
        if self._span and not self._plain and len(said) > _FEW:
            undated = ConditionWords(self.book, self.lang, self._labels)
            said = dict.fromkeys(map(undated.condition, conditions))
        return said

    # ------------------------------------------------------------------------------------- of any firm

    def refusal(self, condition: Condition) -> str:
        """A condition of whatever firm that fails it: 'employees > 300', 'restricted industry: yes'."""
        if condition.operator in SIGNS:
            return self._compares(condition, _FAILS)
        if condition.of and condition.operator == "any" and not condition.line:
            return self.say("none_of", conditions=self.sentences(map(self.asked, condition.of)))
        if condition.operator == "is_not":
            return self.colon(self.label(condition.fact), self.value(condition.limit, condition.fact))
        if condition.limit is False:
            return self.colon(self.label(condition.fact), self.say("yes"))
        return self.colon(self.asked(condition), self.say("no"))

    def asked(self, condition: Condition) -> str:
        """What a condition asks for, in few words."""
        if condition.operator in SIGNS:
            return self._compares(condition, SIGNS)
        if condition.line or condition.unit != "option":
            return self.label(condition.line or condition.fact)
        return self.colon(self.label(condition.fact), self.value(condition.limit, condition.fact))

    def _compares(self, condition: Condition, signs: Mapping[str, str]) -> str:
        limit = self.label(condition.limit_of) if self.is_line(condition) else self.limit(condition)
        return f"{self.label(condition.fact)} {signs[condition.operator]} {limit}"
