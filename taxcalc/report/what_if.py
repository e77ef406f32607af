"""What would change, in words: the levies and reliefs that differ, and the conditions that turn with two numbers each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.advice.what_if import Change, Step
from taxcalc.assessment.result import Condition
from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.report.citing import citation_as_json
from taxcalc.report.conditions import SIGNS, UNKNOWN
from taxcalc.report.document import Block, Cell, Document, Paragraph, Remark, Role, Row, Section, Span, Table, text
from taxcalc.report.json import condition_as_json
from taxcalc.report.json_values import entries
from taxcalc.report.names import Names
from taxcalc.report.shapes import Json, dumped
from taxcalc.report.single import COSTS, Report
from taxcalc.report.words import Words

SCHEMA = "what-if/1"
_OF = {"law": "if_law", "facts": "if_facts", "all": "if_all"}
COLUMNS: dict[str, Label] = {
    "step": ("变动", "step"),
    "what": ("类别", "what"),
    "of": ("编号", "of"),
    "name": ("名称", "name"),
    "before": ("变动前", "before"),
    "after": ("变动后", "after"),
    "difference": ("差额", "difference"),
}
"""The columns of CSV by their ids."""


def document(steps: Sequence[Step], book: LawBook, lang: Lang) -> Document:
    """What would change, each step by itself; nothing that stays as it is."""
    return _WhatIf(steps[0].before, Words(steps[0].before, book, lang)).made(steps, book)


class _WhatIf(Report):
    """The document being made."""

    def made(self, steps: Sequence[Step], book: LawBook) -> Document:
        """The document."""
        say, money, whole = self.words.say, self.words.money, steps[-1]
        key = "if_less" if (whole.total.difference or 0) < 0 else "if_more" if whole.total.difference else "if_same"
        headline = [
            text(
                Span(say(key, amount=money(abs(whole.total.difference or 0))), "peak" if key == "if_less" else "strong")
            )
        ]
        headline.append(text(say("if_payable", before=money(whole.total.before), after=money(whole.total.after))))
        if whole.unknown:
            names = self.words.listed(self.words.pick(one.label) for one in whole.unknown)
            headline.append(text(Span(say("if_unknown", levies=names), "caution")))
        sections = []
        if len(steps) > 1 and not all(step.changes_something for step in steps[:-1]):
            steps = steps[:-1]  # together is what one of them is alone
        for step in steps:
            title = (
                say(_OF[step.of], before=step.before.period, after=step.after.period)
                if len(steps) > 1 or step.of == "law"
                else ""
            )
            blocks = tuple(self._step(step, book))
            sections.append(Section(step.of, title, blocks or (Paragraph(text(Span(say("if_nothing"), "dim"))),)))
        return Document(
            self.words.lang,
            self.title(),
            " · ".join(self.kind()),
            tuple(headline),
            (),
            tuple(sections),
            say("engine", version=self.assessment.engine, tables=self.assessment.tables[:8]),
            Table((), ()),
        )

    def _step(self, step: Step, book: LawBook) -> Iterator[Block]:
        say = self.words.say
        levies = [one for one in step.levies if one.before != one.after]
        if levies:
            total = Row(text(Span(say("total"), "strong")), self._cells(step.total, -1))
            costs = [one for one in levies if one.kind in COSTS]
            rows = tuple(Row(text(self.words.pick(one.label)), self._cells(one, -1)) for one in (costs or levies))
            yield Table(tuple(map(say, ("levy", "if_before", "if_after", "if_difference"))), rows, total)
        reliefs = [one for one in step.reliefs if one.before != one.after]
        if reliefs:
            rows = tuple(Row(text(self.words.pick(one.label)), self._cells(one, 1)) for one in reliefs)
            yield Table(tuple(map(say, ("relief", "if_before", "if_after", "if_difference"))), rows)
        before, after = (Words(one, book, self.words.lang) for one in (step.before, step.after))
        for turned in step.turned:
            told = [said(words, one) for words, one in ((before, turned.before), (after, turned.after))]
            label = Span(self.words.colon(after.relief(turned.relief), ""), "label")
            clause = tuple(" ".join(cite) for version in turned.law for cite in after.cited(version)[:1])
            yield Remark(text(label, " → ".join(told)), "·", None, clause)

    def _cells(self, one: Change, good: int) -> tuple[Cell, ...]:
        gain = (one.difference or 0) * good
        role: Role = "saving" if gain > 0 else "refused" if gain < 0 else ""
        sign = "+" if (one.difference or 0) > 0 else ""
        shown = UNKNOWN if one.difference is None else f"{sign}{self.words.money(one.difference)}"
        return self.amount(one.before, ""), self.amount(one.after, ""), Cell(shown, role, one.difference)


def said(words: Words, condition: Condition) -> str:
    """A condition with its two numbers, as it stands on one side."""
    if condition.met is None and condition.operator in SIGNS:
        return words.colon(words.label(condition.fact, condition.period), words.say("unknown"))
    return words.condition(condition)


def as_json(steps: Sequence[Step], book: LawBook, lang: Lang) -> str:
    """Every step with every levy and relief, ending in a newline."""
    first, last = steps[0].before, steps[-1].after
    content: dict[str, Json] = {
        "engine": first.engine,
        "tables": first.tables,
        "language": lang,
        "before": str(first.period),
        "after": str(last.period),
        "steps": [_step(step, book, lang) for step in steps],
    }
    return dumped(SCHEMA, content)


def _step(step: Step, book: LawBook, lang: Lang) -> dict[str, Json]:
    before, after = (Words(one, book, lang, plain=True) for one in (step.before, step.after))
    return {
        "of": step.of,
        "total": entries(step.total, "before after difference"),
        "unknown": [one.id for one in step.unknown],
        "levies": [
            entries(one, "id kind label before after difference", label=after.pick(one.label)) for one in step.levies
        ],
        "reliefs": [
            entries(one, "id kind label before after difference", label=after.pick(one.label)) for one in step.reliefs
        ],
        "turned": [
            {
                "relief": one.relief,
                "before": condition_as_json(one.before, before),
                "after": condition_as_json(one.after, after),
                "law": [citation_as_json(after, version) for version in one.law],
            }
            for one in step.turned
        ],
    }


def as_csv(steps: Sequence[Step], book: LawBook, lang: Lang, names: Names) -> str:
    """A row for each levy and relief of each step, and for each condition that turns."""
    side = {"zh": 0, "en": 1}
    rows = [[id if names == "id" else label[side[names]] for id, label in COLUMNS.items()]]
    for step in steps:
        before, after = (Words(one, book, lang, plain=True) for one in (step.before, step.after))
        for what, changes in (("levy", step.levies), ("relief", step.reliefs), ("total", [step.total])):
            rows += [
                [
                    step.of,
                    what,
                    one.id,
                    after.pick(one.label),
                    *("" if fen is None else after.money(fen) for fen in one[3:]),
                ]
                for one in changes
            ]
        rows += [
            [
                step.of,
                "condition",
                one.relief,
                after.relief(one.relief),
                said(before, one.before),
                said(after, one.after),
                "",
            ]
            for one in step.turned
        ]
    return "".join(f"{as_line([*map(guarded, row)])}\n" for row in rows)
