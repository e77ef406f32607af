"""What every report on a business shares: amounts and conditions in words, in one language."""

from __future__ import annotations

from taxcalc.assessment import Assessment, Assumption, Condition, Item
from taxcalc.engine.text import Wording
from taxcalc.graph import Label, Named
from taxcalc.money import yuan
from taxcalc.problem import Lang
from taxcalc.report.citing import Citing

_SOURCES: dict[str, Label] = {
    "options": ("命令行选项", "option"),
    "stdin": ("标准输入", "standard input"),
    "facts": ("调用参数", "argument"),
}


_KINDS = {"is_enterprise": "taxpayer", "is_individual_business": "taxpayer", "is_small_scale": "vat_payer"}
"""Lines that say what kind of taxpayer a firm is, and the fact that decides them."""

_MOST_FIGURES = 4
"""More failing periods than this are counted, not listed."""


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
        """The fact by which a relief is for another kind of taxpayer, if that is why it is refused."""
        names = {c.node.name for c in item.conditions if c.met is False and isinstance(c.node, Named)}
        return next((fact for line, fact in _KINDS.items() if line in names), None)

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
        if assumption.how == "averaged":
            return f"{label}按 {assumption.of} 个季度平均" if zh else f"{label}: mean of {assumption.of} quarters"
        value = self.pick(assumption.value_label) if assumption.value_label else _plain(assumption.value, zh)
        return f"{label}：{value}" if zh else f"{label}: {value}"


def _plain(value: str, zh: bool) -> str:
    if value in ("true", "false"):
        return {"true": ("是", "yes"), "false": ("否", "no")}[value][0 if zh else 1]
    return value
