"""What every report on a business shares: amounts and conditions in words, in one language."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from taxcalc.assessment import Assessment, Assumption, Condition, Item
from taxcalc.engine.text import Wording
from taxcalc.graph import Label, Named, Op
from taxcalc.money import yuan
from taxcalc.problem import Lang
from taxcalc.report.citing import Citing
from taxcalc.report.inputs import in_words

_SOURCES: dict[str, Label] = {
    "options": ("命令行选项", "option"),
    "stdin": ("标准输入", "standard input"),
    "facts": ("调用参数", "argument"),
}


_KINDS = ("is_enterprise", "is_individual_business", "is_small_scale")
"""Lines that ask what kind of taxpayer a firm is: each that a choice is one of its options."""

_MOST_FIGURES = 4
"""More failing periods than this are counted, not listed."""


class ReturnRow(NamedTuple):
    """A line of a return."""

    form: str
    text: str
    line: str
    confidence: str


class View(Citing):
    """An assessment in one language: amounts through Babel or plain, lines with their period or without."""

    def __init__(self, assessment: Assessment, lang: Lang, *, babel: bool = False, dated: bool = False) -> None:
        super().__init__(assessment.model.book, lang)
        self.assessment = assessment
        self._babel = babel
        span = assessment.period if dated else None
        self.words = Wording(assessment.exact, lang, self.money, self.relief_label, span)

    def money(self, fen: int) -> str:
        """An amount in a sentence."""
        if self._babel:
            from taxcalc.money import format_yuan

            return format_yuan(fen, self.lang)
        return yuan(fen)

    def relief_label(self, relief: str) -> Label:
        """The label of a relief's table."""
        model = self.assessment.model
        return model.book.table(model.reliefs[relief].table).label

    def condition(self, condition: Condition) -> str:
        """A condition with its two numbers; the period is named where there are several."""
        return self.words.condition(condition.node)

    def range(self, item: Item) -> str:
        """What an item brings: an amount, a ceiling or a range."""
        if item.least is not None:
            return f"{self.money(item.least)} – {self.money(item.saving)}"
        return f"≤ {self.money(item.saving)}" if item.at_most else self.money(item.saving)

    def kept(self, item: Item) -> str:
        """Until when money that is put off may be kept, or nothing."""
        for version in item.versions:
            months = self.assessment.model.book.values(version.path, self.assessment.period).get("kept")
            if version.kept_until:
                return f"至 {version.kept_until}" if self.lang == "zh" else f"until {version.kept_until}"
            if months is not None:
                n = months.value
                return f"自应缴之日起 {n} 个月" if self.lang == "zh" else f"for {n} months from when it falls due"
        return ""

    def rows(self, id: str) -> list[ReturnRow]:
        """The lines of returns that a relief or a levy goes to, in the assessed period and for this taxpayer."""
        facts, period = self.assessment.facts, self.assessment.period
        assumed = {a.fact: a.value for a in self.assessment.assumptions}
        found = []
        for row in self.assessment.model.book.rows:
            who = all(
                option == (facts.choice(fact) or assumed.get(fact) or self._default(fact))
                for fact, option in row["who"].items()
            )
            if row["of"] == id and who and row["from"] <= period.end.isoformat() <= row["until"]:
                form, text = self.pick(row["form"]), self.pick(row["text"])
                found.append(ReturnRow(form, text, row["line"], row["confidence"]))
        return found

    def _default(self, fact: str) -> str | None:
        """The option that a choice is assumed to have."""
        found = self.assessment.facts.catalogue[fact]
        return None if found.assume is None else found.written(found.assume)

    def source(self, source: str) -> str:
        """Where a fact was given, in words."""
        return self.pick(_SOURCES.get(source, (source, source)))

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
        figures_of: dict[str, dict[str, str]] = {}
        whole: dict[str, str] = {}
        for condition in item.conditions:
            if condition.met is False:
                text = self.condition(condition)
                figure, rest = self.words.split_comparison(condition.node) or ("", text)
                whole.setdefault(rest, text)
                if figure:
                    figures_of.setdefault(rest, {})[condition.period.key.upper()] = figure
        texts: dict[str, list[str]] = {}
        for rest, text in whole.items():
            found = figures_of.get(rest, {})
            if len(set(found.values())) > 1 or (found and item.status == "calculated"):
                texts[rest] = [f"{period} {figure}" for period, figure in found.items()]
            else:
                texts[text] = []
        zh = self.lang == "zh"
        join = "；" if zh else "; "
        parts = []
        for text, figures in texts.items():
            if len(figures) > _MOST_FIGURES:
                figures = [
                    *figures[:_MOST_FIGURES],
                    f"…（共{len(figures)}期）" if zh else f"… ({len(figures)} periods)",
                ]
            inside = ("、" if zh else ", ").join(figures)
            parts.append(text + (f"（{inside}）" if zh else f" ({inside})") if figures else text)
        return join.join(parts)

    def wrong_kind(self, item: Item) -> str | None:
        """What kind of taxpayer the firm is, stated or taken for granted, if a relief is refused because it is for another."""
        lines = self._failing_lines(item)
        for line in (lines[name] for name in _KINDS if name in lines):
            assert isinstance(line.body, Op)
            return self.words.value(line.body.args[0])
        return None

    def has_nothing_to_apply_to(self, item: Item) -> bool:
        """Is a relief refused only because the firm has nothing of what it is for?"""
        return item.status == "not_entitled" and "concerns" in self._failing_lines(item)

    def _failing_lines(self, item: Item) -> dict[str, Named]:
        failing = [c.node for c in item.conditions if c.met is False]
        bare = [node.args[0] if isinstance(node, Op) and node.op == "~" else node for node in failing]
        return {node.name: node for node in bare if isinstance(node, Named)}

    def inputs(self, names: Collection[str]) -> str:
        """What is asked for in words: '从业人数：第3季度、第4季度'."""
        return in_words(self.assessment.facts.catalogue, names, 0 if self.lang == "zh" else 1)

    def assumption(self, assumption: Assumption) -> str:
        """One assumption in words."""
        label = self.pick(assumption.label)
        zh = self.lang == "zh"
        if assumption.how == "spread":
            return (
                f"{label}在 {assumption.of} 个期间内平均分摊"
                if zh
                else f"{label}: spread evenly over {assumption.of} periods"
            )
        if assumption.how == "since_opening":
            return (
                f"{assumption.value} 开业：此前的季度不计入平均数，此前的销售额为 0"
                if zh
                else f"opened in {assumption.value}: averages leave out the quarters before, and sales before are 0"
            )
        if assumption.how == "to_date":
            first, last = assumption.value[1], assumption.value[-1]
            return (
                f"{label}：年度尚未结束，按已填的第{first if first == last else f'{first}至{last}'}季度平均"
                if zh
                else f"{label}: the year is still running; mean of Q{first if first == last else f'{first} to Q{last}'}"
            )
        if assumption.how == "averaged":
            return f"{label}按 {assumption.of} 个季度平均" if zh else f"{label}: mean of {assumption.of} quarters"
        value = self.pick(assumption.value_label) if assumption.value_label else _plain(assumption.value, zh)
        return f"{label}：{value}" if zh else f"{label}: {value}"


def _plain(value: str, zh: bool) -> str:
    if value in ("true", "false"):
        return {"true": ("是", "yes"), "false": ("否", "no")}[value][0 if zh else 1]
    return value
