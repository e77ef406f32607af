"""Advice on one business as a document: the limits around it, what would bring money, what may be chosen, what ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.advice.advise import Advice
from taxcalc.advice.choices import Choice
from taxcalc.advice.cliffs import Cliff
from taxcalc.advice.unlocks import Unlock
from taxcalc.assessment.result import Condition
from taxcalc.base.problem import Lang
from taxcalc.law.book import LawBook, Version
from taxcalc.report.conditions import SIGNS
from taxcalc.report.document import Block, Document, Paragraph, Remark, Section, Span, Table, text
from taxcalc.report.single import Report
from taxcalc.report.words import Words

_SCREEN = 24
_LIMITS = 4
_FEW = 2
"""Limits, and rows of any other list, that are told on one screen."""


def document(advice: Advice, book: LawBook, lang: Lang, *, full: bool) -> Document:
    """All of the advice, or the most of it that stands on one screen."""
    return AdviceReport(advice, Words(advice.assessment, book, lang), full).made()


class AdviceReport(Report):
    """The document being made."""

    def __init__(self, advice: Advice, words: Words, full: bool) -> None:
        super().__init__(advice.assessment, words)
        self.advice, self._full = advice, full

    def made(self) -> Document:
        """The document."""
        say = self.words.say
        sections = [
            Section("limits", say("advice_limits"), tuple(self._limits())),
            Section("unlocks", say("advice_unlocks"), tuple(self._unlocks())),
            Section("choices", say("advice_choices"), tuple(self._choices())),
            Section("endings", say("advice_endings"), tuple(self._endings())),
        ]
        sections = [section for section in sections if section.blocks]
        if self._full and (sources := self.sources()):
            sections.append(sources)
        sections.append(Section("note", "", (Paragraph(text(Span(say("advice_note"), "dim"))),)))
        total = self.assessment.saved
        known = say("advice_headline", payable=self.words.money(total.payable)) if total.payable is not None else ""
        lines = [text(Span(known or say("headline_unknown"), "strong" if known else "caution"))]
        if total.incomplete:
            lines.append(text(Span(say("partial", levies=self.words.levies(total.incomplete)), "caution")))
        return Document(
            self.words.lang,
            self.title(),
            " · ".join(self.kind()),
            tuple(lines),
            (),
            tuple(sections),
            say("engine", version=self.assessment.engine, tables=self.assessment.tables[:8]),
            Table((), ()),
            0 if self._full else _SCREEN,
        )

    # ------------------------------------------------------------------------------------- limits

    def _limits(self) -> Iterator[Block]:
        costly = [cliff for cliff in self.advice.cliffs if cliff.cost_of_crossing > 0]
        if not costly:
            yield Paragraph(text(Span(self.words.say("advice_none"), "dim")))
            return
        shown = costly if self._full else costly[:_LIMITS]
        yield from map(self._limit, shown)
        yield from self._more(costly, shown)

    def _limit(self, cliff: Cliff) -> Remark:
        """The limit of a fact, how far off it is, what it costs; below, what turns, by which clause, what it cost here."""
        say, money, words = self.words.say, self.words.money, self.words
        name, room = words.inputs([cliff.input]), self._figure(cliff, cliff.headroom)
        where = (
            Span(say("advice_over", amount=room), "caution")
            if cliff.behind
            else Span(say("advice_room", amount=room), "strong")
        )
        cost = Span(say("advice_cost", amount=money(cliff.cost_of_crossing)), "open")
        between = words.sentences(("", ""))
        line = text(
            Span(words.colon(name, ""), "label"),
            say("advice_at", amount=self._figure(cliff, cliff.at)),
            between,
            where,
            between,
            cost,
        )
        said = self._conditions(cliff.conditions)
        if cliff.headroom_gross is not None and not cliff.behind:
            said.append(say("advice_gross", amount=money(cliff.headroom_gross)))
        if cliff.cost_here is not None:
            said.append(say("advice_here", amount=money(cliff.cost_here)))
        if cliff.earned_back_at is not None:
            said.append(say("advice_back", amount=self._figure(cliff, cliff.earned_back_at)))
        lost = [words.relief(id) for id, less in cliff.reliefs.items() if less > 0] if self._full else []
        if lost:
            said.append(say("advice_less", reliefs=words.listed(lost)))
        return Remark(line, "!" if cliff.behind else "·", None, (words.sentences([*said, *self._clause(cliff.law)]),))

    def _clause(self, law: Sequence[Version]) -> list[str]:
        """The first clause that something rests on, or all of them by their numbers."""
        if self._full:
            return [self.cite(law)] if law else []
        first = self.words.cited(law[0])[:1] if law else []
        return [" ".join(cite) for cite in first]

    def _conditions(self, conditions: Sequence[Condition]) -> list[str]:
        """What turns: those against figures of the law, in few words, those that say the same once."""
        against = {(one.operator, one.limit): one for one in reversed(conditions)}
        return list(dict.fromkeys(map(self._asked, reversed(against.values()))))

    def _asked(self, condition: Condition) -> str:
        """What a condition asks for, by the name that a line has in its period."""
        words = self.words
        if condition.operator not in SIGNS:
            return words.asked(condition)
        return f"{words.label(condition.fact, condition.period)} {SIGNS[condition.operator]} {words.limit(condition)}"

    def _figure(self, cliff: Cliff, value: object) -> str:
        return self.words.figure(value, cliff.unit)  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------------- what would bring money

    def _unlocks(self) -> Iterator[Block]:
        gains = [cliff for cliff in self.advice.cliffs if cliff.cost_of_crossing < 0 and not cliff.behind]
        rows = [(-cliff.cost_of_crossing, self._gain(cliff)) for cliff in gains]
        told = {id for cliff in gains for id in cliff.reliefs}
        rows += [(one.saving, self._unlock(one)) for one in self.advice.unlocks.each if one.relief not in told]
        rows.sort(key=lambda pair: -pair[0])
        shown = rows if self._full else rows[:_FEW]
        yield from (row for _, row in shown)
        if len(self.advice.unlocks.each) > 1:
            together = self.words.say("advice_together", amount=self.words.money(self.advice.unlocks.together))
            yield Remark(text(together), "")
        yield from self._more(rows, shown)

    def _gain(self, cliff: Cliff) -> Remark:
        """A limit beyond which less is to pay: from which amount of a fact on, and what it is now."""
        at = self._figure(cliff, cliff.first_after)
        name = self.words.say("advice_from", fact=self.words.inputs([cliff.input]), amount=at)
        gained = [self.words.relief(id) for id, less in cliff.reliefs.items() if less < 0]
        said = (_needed(condition, self.words) for condition in cliff.conditions)
        return self._brings(name, -cliff.cost_of_crossing, [*gained, *said], cliff.law)

    def _unlock(self, one: Unlock) -> Remark:
        return self._brings(self.words.relief(one.relief), one.saving, needs_of(one, self.words), one.law)

    def _brings(self, name: str, fen: int, said: list[str], law: Sequence[Version]) -> Remark:
        saves = Span(self.words.say("advice_brings", amount=self.words.money(fen)), "open")
        below = self.words.sentences([*said, *self._clause(law)])
        return Remark(text(Span(self.words.colon(name, ""), "label"), saves), "?", None, (below,))

    # ------------------------------------------------------------------------------------- choices, ends

    def _choices(self) -> Iterator[Block]:
        for one in self.advice.choices:
            key = "advice_choice_saves" if one.saving > 0 else "advice_choice_costs"
            options = {"other": self._option(one, one.other), "chosen": self._option(one, one.chosen)}
            said = self.words.say(key, **options, amount=self.words.money(abs(one.saving)))
            note = [self.words.pick(one.law.note)] if one.law.note else []
            cited = self.words.sentences([self.words.citation(one.law), *note])
            yield Remark(
                text(Span(self.words.colon(self.words.pick(one.label), ""), "label"), said), "·", None, (cited,)
            )

    def _option(self, one: Choice, option: str) -> str:
        fact = self.words.catalogue[one.fact]
        if fact.type == "flag":
            return self.words.say("yes" if option == "true" else "no")
        return self.words.pick(fact.options[option]) if option in fact.options else option

    def _endings(self) -> Iterator[Block]:
        for one in self.advice.endings:
            reliefs = self.words.listed(map(self.words.relief, one.reliefs))
            said = self.words.say("advice_ends", day=one.day, amount=self.words.money(one.saving), reliefs=reliefs)
            yield Remark(text(said))

    def _more(self, every: Sequence[object], shown: Sequence[object]) -> Iterator[Block]:
        if len(every) > len(shown):
            yield Remark(text(Span(self.words.say("more"), "dim")), "")


def needs_of(one: Unlock, words: Words) -> list[str]:
    """What stands before a relief: the conditions that fail with the number needed, then what is to be stated."""
    said = [_needed(condition, words) for condition in one.conditions if condition.met is False]
    unknown = dict.fromkeys(words.asked(condition) for condition in one.conditions if condition.met is None)
    return [*said, words.say("advice_to_state", facts=words.listed(unknown))] if unknown else said


def _needed(condition: Condition, words: Words) -> str:
    """'share of encouraged income 58.2%, 60% needed'."""
    if condition.unit in ("yes_no", "option") or condition.of:
        return words.condition(condition)
    figure = f"{words.label(condition.fact)} {words.compared(condition)}"
    limit = f"{SIGNS[condition.operator]} {words.limit(condition)}"
    return words.say("advice_needed", condition=figure, limit=limit)
