"""The page that is handed to a client: what is saved, what is open, what is due and by when; then how it comes about.

Another choice and order of what the whole report says, with charts, conditions and the forms line by line.
"""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.assessment.result import Assessment, Condition, Question
from taxcalc.base.kinds import PURSES
from taxcalc.base.problem import Lang
from taxcalc.law.book import LawBook
from taxcalc.report import returns as forms
from taxcalc.report.document import Bar, Block, Cell, Chart, Document, Remark, Row, Section, Span, Table, text
from taxcalc.report.due import due_now
from taxcalc.report.filing import when_filed
from taxcalc.report.inputs import part_label
from taxcalc.report.single import COSTS, Report
from taxcalc.report.words import Words
from taxcalc.returns.sheet import Returns

_SALES = "vat_exemption"
"""The relief whose limit the sales of each period are held against."""


def client_document(filled: Returns, book: LawBook, lang: Lang) -> Document:
    """What is handed to a client: what the forms are filled from, and they themselves."""
    assessment = filled.assessment
    whole = assessment.period.months == 12
    of_it = [sheet for sheet in filled.sheets if not whole or sheet.period == assessment.period]
    made = forms.document(filled._replace(sheets=of_it), book, lang)
    words = Words(assessment, book, lang)
    if len(of_it) < len(filled.sheets):  # a year of months would be thirty pages
        made = made._replace(cautions=(*made.cautions, Remark(text(words.say("returns_of_parts")), "!")))
    return _Client(assessment, words).client(made)


def core_document(assessment: Assessment, book: LawBook, lang: Lang) -> Document:
    """The same of an answer alone, without the forms."""
    return _Client(assessment, Words(assessment, book, lang)).client(None)


class _Client(Report):
    """The document being made."""

    def client(self, sheets: Document | None) -> Document:
        """The document; `sheets` are the forms."""
        say, a = self.words.say, self.assessment
        forms = sheets.sections if sheets else ()
        asked, unasked = self.questions()
        taxes = self.taxes()
        sections = [
            Section("due", say("due_title"), (*due_now(self.words), *when_filed(self))),
            *(section for section in forms if section.id == "settlement"),
            asked,
            Section("waterfall", say("waterfall"), tuple(self._waterfall())),
            Section("thresholds", say("thresholds"), tuple(self._thresholds())),
            self.reliefs(),
            taxes._replace(blocks=taxes.blocks[:1]) if taxes else None,  # what is due stands first here
            self.income_tax(),
            *map(self.purse, PURSES),
            self.opening(),
            Section("conditions", say("conditions"), tuple(self._conditions())),
            *self.refused(),
            unasked,
            self.assumptions(),
            Section("returns", say("returns_title"), sheets.cautions if sheets else ()),
            *(section._replace(level=3) for section in forms if section.id not in ("due", "settlement")),
            self.sources(),
        ]
        return Document(
            self.words.lang,
            self.title(),
            self.who(),
            tuple(self.headline()),
            tuple(self.warnings()),
            tuple(section for section in sections if section and section.blocks),
            say("engine", version=a.engine, tables=a.tables[:8]),
            self.ledger(),
        )

    def option(self, question: Question) -> str:
        """A client types no options."""
        return ""

    def _waterfall(self) -> Iterator[Block]:
        """From what is due without reliefs down to what is to pay, a bar each relief that saves or costs."""
        total, say = self.assessment.saved, self.words.say
        items = [item for item in self.assessment.items if item.kind in COSTS and item.saving and not item.at_most]
        if not items or total.baseline is None or total.payable is None:
            return
        bars, left = [self._bar(say("baseline"), 0, total.baseline)], int(total.baseline)
        for item in items:
            saving = item.saving or 0
            cell = self.amount(-saving, "saving")
            bars.append(Bar(self.named(item), left, left - saving, cell))
            left -= saving
        bars.append(self._bar(say("payable"), 0, total.payable))
        yield Chart((say("waterfall_of"), say("amount")), tuple(bars))

    def _bar(self, label: str, start: int, end: int) -> Bar:
        return Bar(text(Span(label, "strong")), start, end, self.amount(end, "strong"))

    def _thresholds(self) -> Iterator[Block]:
        """The sales of each period against the limit up to which they are exempt, where that was looked at."""
        words = self.words
        items = [item for item in self.assessment.items if item.id == _SALES]
        compared = [c for item in items for c in item.conditions if c.operator in ("<=", "<") and c.unit == "yuan"]
        known = [c for c in compared if isinstance(c.value, int) and isinstance(c.limit, int)]
        limits = {c.limit for c in known}
        if len(limits) != 1:
            return
        limit = int(limits.pop() or 0)
        heads = words.label(known[0].fact, known[0].period)
        note = words.say("threshold_limit", limit=words.money(limit))
        yield Chart((words.say("threshold_of"), heads), tuple(map(self._sales, known)), note, limit)

    def _sales(self, condition: Condition) -> Bar:
        words, over = self.words, condition.met is False
        named = words.pick(part_label(condition.period.key)) if condition.period.key else str(condition.period)
        beyond = words.aside("", words.say("condition_unmet")) if over else ""
        cell = Cell(words.compared(condition), "refused" if over else "")
        return Bar(text(named, Span(beyond, "refused")), 0, int(condition.value or 0), cell)

    def _conditions(self) -> Iterator[Block]:
        """For each relief that saves or that waits for facts, every condition with its figures, and how it stands."""
        words = self.words
        how = {True: "condition_met", False: "condition_unmet", None: "condition_unknown"}
        for item in self.assessment.items:
            granted = item.status == "calculated" and (item.saving or item.worth)
            if not (granted or item.status == "displaced" or (item.status == "needs_fact" and item.at_stake)):
                continue
            rows = tuple(
                Row(text(said), (Cell(words.say(how[met]), "" if met else "refused" if met is False else "open"),))
                for said, met in words.standing(item)
            )
            if rows:
                yield Table((words.pick(item.label), words.say("status")), rows)
