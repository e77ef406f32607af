"""The report on one screen: what is saved and what is open, each relief that saves, the taxes, what decides, the sources.

Another choice of what the whole report says, in fewer words: nothing stands here that does not follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.assessment.result import Assessment, Item, Question
from taxcalc.base import kinds
from taxcalc.base.problem import Lang
from taxcalc.law.book import LawBook
from taxcalc.report.conditions import SIGNS
from taxcalc.report.document import Block, Command, Document, Paragraph, Remark, Row, Section, Span, Table, Text, text
from taxcalc.report.due import due_now
from taxcalc.report.labels.terms import KINDS
from taxcalc.report.open_money import Open
from taxcalc.report.single import COSTS, Report
from taxcalc.report.words import Words

_SCREEN = 24
"""Lines of the smallest usual terminal."""


def short_document(assessment: Assessment, book: LawBook, lang: Lang, command: Sequence[str] = ()) -> Document:
    """What is said of one business on one screen. `command` is what was typed, in pieces that belong together: with what
    is missing behind it, it is shown to be copied."""
    return _Short(assessment, Words(assessment, book, lang)).short(tuple(command))


class _Short(Report):
    """The document being made. A source has one number, whichever of its clauses are cited."""

    def __init__(self, assessment: Assessment, words: Words) -> None:
        super().__init__(assessment, words)
        self._cites: dict[str, dict[str, None]] = {}
        """The clauses that are cited of each document."""
        self._from_memory = False

    def short(self, command: tuple[str, ...]) -> Document:
        """The document."""
        say = self.words.say
        sections = (
            Section("open", "", tuple(self._alternatives(command))),
            Section("items", "", tuple(self._saving())),
            Section("levies", "", tuple(self._payable())),
            Section("notes", "", tuple(self._notes())),
            Section("sources", "", tuple(self._cited())),
        )
        footer = say("engine", version=self.assessment.engine, tables=self.assessment.tables[:8])
        return Document(
            self.words.lang,
            self.title(),
            " · ".join(self.kind()),
            tuple(self.headline()),
            tuple(self.warnings()),
            tuple(section for section in sections if section.blocks),
            f"{footer} · {say('more')}",
            self.ledger(),
            _SCREEN,
        )

    def _notes(self) -> Iterator[Block]:
        """What is due now, where that is not what is to pay in all; what is carried forward; what decides."""
        due, whole = self.assessment.due_now, self.assessment.period.months == 12
        if due.total != self.assessment.saved.payable and not (whole and due.incomplete):
            yield from due_now(self.words)
        opening = self.opening()
        yield from (*self.balances(), *(opening.blocks if opening else ()), *self.splits(), *self._unknown())

    # ------------------------------------------------------------------------------------- what is open

    def _alternatives(self, command: tuple[str, ...]) -> Iterator[Block]:
        """The limits to pass for the most, with the command to copy; then what else is open, alternatives in one line."""
        words, others = self.words, self.open[1:]
        for most in self.open[:1]:
            if most.conditions:
                limits = words.listed(dict.fromkeys(map(words.asked, most.conditions)))
                yield Remark(text(words.colon(self.of(most), limits)), "?")
            if command:
                yield Command((*command, *(self._stated(question) for question in most.questions)))
            either = [one for one in others if one.alternative and most.alternative]
            if either:
                yield Remark(text(words.say("either"), *self._amounts(either)), "?")
            others = [one for one in others if one not in either]
        if others:
            yield Remark(text(*self._amounts(others)), "?")

    def _amounts(self, open: list[Open]) -> Iterator[str | Span]:
        """'Western region reduced rate 13,000.00 (share of encouraged income ≥ 60%); …'."""
        words = self.words
        for place, one in enumerate(open):
            limits = dict.fromkeys(words.asked(each) for each in one.conditions if each.operator in SIGNS)
            asked = limits if one.conditions else dict.fromkeys(map(self.asks, one.questions))
            yield (words.sentences(("", "")) if place else "") + self.of(one)
            yield Span(f" {words.money(one.most)}", "open")
            yield words.aside("", words.listed(asked))

    def _stated(self, question: Question) -> str:
        option = self.option(question)
        return option if option.endswith("…") else f"{option} …"

    # ------------------------------------------------------------------------------------- figures

    def _saving(self) -> Iterator[Block]:
        """Each relief that saves, one a line; below, what comes in or is put off, which is in no sum with it."""
        say, items = self.words.say, self.assessment.items
        counted = [i for i in items if i.kind in COSTS and (i.saving or i.worth)]
        if counted:
            rows = tuple(Row(self._sourced(i), (self.amount(i.saving, "saving"),)) for i in counted)
            saved = self.amount(sum(i.saving or 0 for i in counted), "saving")
            yield Table((say("items_total"), saved.text), rows, ruled=False)
        others = [
            i for i in sorted(items, key=lambda one: kinds.KINDS.index(one.kind)) if i.kind not in COSTS and i.saving
        ]
        if others:
            yield Paragraph(text(*self._no_saving(others)))

    def _no_saving(self, items: list[Item]) -> Iterator[str | Span]:
        """What is of another kind than what is saved, each kind after its name."""
        words, kind = self.words, ""
        for item in items:
            between = words.sentences(("", "")) if kind else ""
            yield between
            if item.kind != kind:
                yield Span(words.pick(KINDS[item.kind]), "strong")
                yield words.colon("", "")
            kind = item.kind
            yield f"{words.pick(item.label)} {words.range(item)}"
            if item.at_most:
                yield words.aside("", words.say("in_no_total"))
            self._sourced(item)

    def _payable(self) -> Iterator[Block]:
        """What is to pay of each levy; those of which nothing is, together."""
        words = self.words
        levies = [levy for levy in self.assessment.levies if levy.kind in COSTS and levy.status == "calculated"]
        named = [f"{words.pick(levy.label)} {words.money(levy.payable)}" for levy in levies if levy.payable]
        nought = words.listed(words.pick(levy.label) for levy in levies if not levy.payable)
        named += [f"{nought} {words.money(0)}"] if nought else []
        if named:
            yield Paragraph(text(Span(words.say("payable"), "strong"), words.colon("", words.sentences(named))))

    # ------------------------------------------------------------------------------------- what is not sure

    def _unknown(self) -> Iterator[Remark]:
        """What cannot be told for lack of facts, and levies that no fact was given of."""
        words, blocking = self.words, self.blocking()
        if blocking:
            yield Remark(text(*self._listed("needed", blocking)), "!")
        spread = {one.fact for one in self.assessment.assumptions if one.how == "spread"}
        asked = [one for one in self.left() if one.fact not in spread or one.at_stake is not None]
        parts = [*self._listed("not_known", [one for one in asked if one not in blocking])]
        idle = [levy.id for levy in self.assessment.levies if levy.status == "needs_fact" and levy.kind in COSTS]
        total = self.assessment.saved
        idle = [id for id in idle if total.baseline is None or id not in total.incomplete]  # else the headline says so
        if idle:
            before = words.sentences(("", "")) if parts else ""
            parts.append(Span(before + words.colon(words.say("not_assessed"), words.levies(idle)), "dim"))
        if parts:
            yield Remark(text(*parts), "?")

    def _listed(self, key: str, questions: list[Question]) -> Iterator[str | Span]:
        """'not known: R&D expensed --rd-expensed; …'."""
        words = self.words
        for place, question in enumerate(questions):
            yield words.sentences(("", "")) if place else words.colon(words.say(key), "")
            yield f"{self.asks(question)} "
            yield Span(self.option(question), "source")
            if question.at_stake:
                yield " " + words.say("up_to", amount=words.money(question.at_stake))

    # ------------------------------------------------------------------------------------- sources

    def _sourced(self, item: Item) -> Text:
        """A relief with the number of the main document that it rests on."""
        label = Span(self.words.pick(item.label), "label")
        marks: dict[str, None] = {}
        for version in item.citations[:1]:
            main = version.cites[0][0]
            clauses = self._cites.setdefault(main, {})
            if item.kind in COSTS:
                clauses.update({clause: None for key, clause in version.cites if key == main})
            marks[f"[{[*self._cites].index(main) + 1}]"] = None
            self._from_memory |= version.evidence == "memory"
        return text(label, Span("".join(f" {mark}" for mark in marks), "source"))

    def _cited(self) -> Iterator[Block]:
        """The documents by their numbers, in one paragraph."""
        words = self.words
        parts: list[str | Span] = [Span(words.colon(words.say("sources"), ""), "dim")]
        for number, (document, clauses) in enumerate(self._cites.items(), 1):
            named = f" {words.document(document)} {words.listed(map(words.clause, clauses))}".rstrip()
            parts += [Span(words.sentences(("", "")) if number > 1 else "", "dim"), Span(f"[{number}]", "source")]
            parts.append(Span(named, "dim"))
        if self._cites:
            yield Paragraph(text(*parts))
        if self._from_memory:
            yield Paragraph(text(Span(words.say("memory_note"), "caution")))
