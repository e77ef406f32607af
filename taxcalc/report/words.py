"""An assessment in the words of one language: amounts, labels, conditions, reasons, assumptions.

The records hold ids and figures; what a line, a fact or a figure of the law is called is looked up in the law under which
the assessment was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from taxcalc.assessment.model import model_for
from taxcalc.assessment.result import Assessment, Condition, Item
from taxcalc.base.period import Period
from taxcalc.base.problem import DEFAULT_OF, Lang, default_called
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import rate_text
from taxcalc.law.book import Figure, LawBook
from taxcalc.report.conditions import SIGNS, ConditionWords
from taxcalc.report.inputs import in_words, part_label, period_label

_SOURCES: dict[str, Label] = {
    "options": ("命令行选项", "option"),
    "stdin": ("标准输入", "standard input"),
    "facts": ("调用参数", "argument"),
}
_KINDS = ("taxpayer", "vat_payer")
"""Facts that say what kind of taxpayer a firm is."""
_MOST_FIGURES = 4
"""More failing periods than this are counted, not listed."""


class Words(ConditionWords):
    """Puts one assessment into words; `dated` where what is of a part of its period says so."""

    def __init__(
        self, assessment: Assessment, book: LawBook, lang: Lang, *, plain: bool = False, dated: bool = False
    ) -> None:
        self.assessment = assessment
        months = 1 if assessment.filing == "monthly" else 3
        levies = frozenset(levy.id for levy in assessment.levies)
        self.model = model_for(book, assessment.period, months, levies)
        """The rules as they were for this period: where lines have their labels."""
        super().__init__(book, lang, self.model.labels, assessment.period if dated else None, plain=plain)

    # ------------------------------------------------------------------------------------- names

    def label(self, name: str, period: Period | None = None) -> str:
        """The name of a fact, before that of a line of the same name; or of a line in a period."""
        if name in self.catalogue.facts:
            return self.dated(self.catalogue[name].label, period)
        return super().label(name, period)

    def relief(self, id: str) -> str:
        """The name of a relief."""
        return self.pick(self.book.table(self.model.reliefs[id].table).label)

    def period(self, period: Period) -> str:
        """A year, a quarter or a month: '2026年第2季度', 'Q2 2026'."""
        return self.pick(period_label(period))

    def levies(self, ids: Iterable[str]) -> str:
        """The names of levies, in one line."""
        return self.listed(self.pick(self.assessment.levy(id).label) for id in ids)

    def lacking(self, ids: Iterable[str]) -> Iterator[str]:
        """What a sum lacks: levies that wait for facts, and those of which no rule is known for the period."""
        levies = list(map(self.assessment.levy, ids))
        waiting = [levy.id for levy in levies if levy.needs or levy.payable is not None]
        without = [levy.id for levy in levies if levy.id not in waiting]
        for key, some in (("partial", waiting), ("no_rule", without)):
            if some:
                yield self.say(key, levies=self.levies(some))

    def regime(self, id: str) -> str:
        """The name of an income-tax regime."""
        if id != "standard":
            return self.relief(id)
        rate = self.book.figures("cit.standard", self.assessment.period)["rate"]
        if isinstance(rate, Figure) and rate.value is not None:
            return self.say("standard_at", rate=rate_text(Fraction(rate.value)))
        return self.say("standard")

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
        if source.startswith(DEFAULT_OF):
            return self.pick(default_called(source))
        return self.pick(_SOURCES.get(source, (source, source)))

    def by_default(self) -> list[str]:
        """The facts that were set for all businesses, and where."""
        given = [(name, one) for name, one in self.assessment.facts.items() if one.source.startswith(DEFAULT_OF)]
        return [self.aside(self.colon(self.label(n), self.value(g.value, n)), self.source(g.source)) for n, g in given]

    # ------------------------------------------------------------------------------------- reasons

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
        return self.sentences(self._grouped(item, self.unmet(item)))

    def standing(self, item: Item) -> list[tuple[str, bool | None]]:
        """Every condition with its numbers, once per wording, and whether it is met; None where a fact is missing."""
        found = []
        for met in (False, None, True):
            alike = {self.condition(each): each for each in reversed(item.conditions) if each.met is met}
            found += [(said, met) for said in self._grouped(item, [*alike.values()][::-1])]
        return found

    def _grouped(self, item: Item, conditions: Iterable[Condition]) -> Iterator[str]:
        groups: dict[tuple[str, str, str], list[Condition]] = {}
        for condition in conditions:
            together = condition.operator in SIGNS and not self.is_line(condition)
            key = (
                (condition.fact, condition.operator, self.limit(condition))
                if together
                else (self.condition(condition),) * 3
            )
            groups.setdefault(key, []).append(condition)
        return (self._reason(item, group) for group in groups.values())

    def _reason(self, item: Item, group: list[Condition]) -> str:
        first = group[0]
        whole = first.period == self.assessment.period
        if first.operator not in SIGNS or (len(group) == 1 and (whole or item.status != "calculated")):
            return self.condition(first)
        figures = [f"{self.pick(part_label(c.period.key))} {self.compared(c)}" for c in group]
        if len(figures) > _MOST_FIGURES:
            more = f"…（共{len(figures)}期）" if self._zh else f"… ({len(figures)} periods)"
            figures = [*figures[:_MOST_FIGURES], more]
        rest = f"{self.label(first.fact, first.period)} {self.sign(first)} {self.limit(first)}"
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
            return self.say("until", day=item.kept_until)
        return self.say("kept_months", n=item.kept_months) if item.kept_months is not None else ""

    def inputs(self, names: Collection[str]) -> str:
        """What is asked for: '从业人数：第3季度、第4季度'."""
        return in_words(self.catalogue, names, 0 if self._zh else 1)


def has_nothing_to_apply_to(item: Item) -> bool:
    """Is a relief refused only because the firm has nothing of what it is for?"""
    return item.status == "not_entitled" and any(c.line == "concerns" and c.met is False for c in item.conditions)
