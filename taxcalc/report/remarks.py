"""What a report says below its figures: what was refused and why, what to ask, what was assumed, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taxcalc.assessment.result import Assessment, Assumption, Item, Question
from taxcalc.base.kinds import PURSES
from taxcalc.law.book import Version
from taxcalc.report.citing import EVIDENCE
from taxcalc.report.conditions import SIGNS
from taxcalc.report.document import Paragraph, Remark, Role, Section, Span, text
from taxcalc.report.inputs import part_label
from taxcalc.report.open_money import Open, open_money
from taxcalc.report.words import Words, has_nothing_to_apply_to


class Remarks:
    """The remarks on one assessment."""

    def __init__(self, assessment: Assessment, words: Words) -> None:
        self.assessment, self.words = assessment, words
        self.open = open_money(assessment)
        self._numbers: dict[Version, int] = {}
        """Sources that say the same have one number."""

    def cite(self, versions: Iterable[Version]) -> str:
        """'[1][2]' and the sources remembered."""
        numbers: dict[int, None] = {}
        for version in versions:
            alike = (one for one in self._numbers if one[1:] == version[1:])
            numbers[self._numbers.setdefault(next(alike, version), len(self._numbers) + 1)] = None
        return "".join(f"[{number}]" for number in numbers)

    # ------------------------------------------------------------------------------------- refused

    def refused(self) -> Iterator[Section]:
        """Reliefs that are displaced, not granted, not in force, or save nothing here."""
        say, items = self.words.say, self.assessment.items
        displaced = [i for i in items if i.status == "displaced"]
        by = [(i, say("displaced_by", chosen=self.words.regime(i.displaced_by or ""))) for i in displaced]
        yield Section("displaced", say("displaced"), tuple(self._entry(item, why) for item, why in by))
        yield Section("not_entitled", say("not_entitled"), tuple(self._not_entitled()))
        ended = [i for i in items if i.status == "not_in_force"]
        when = [say("since", day=i.in_force_from) if i.in_force_from else say("ended", day=i.ended) for i in ended]
        entries = tuple(self._entry(item, why) for item, why in zip(ended, when, strict=True))
        yield Section("not_in_force", say("not_in_force"), entries)
        idle = [i for i in items if i.status == "calculated" and not i.saving and not i.worth]
        names = self.words.listed(self.words.pick(item.label) for item in idle)
        yield Section("idle", say("idle"), (Paragraph(text(Span(names, "dim"))),) if idle else ())

    def _not_entitled(self) -> Iterator[Remark]:
        """Those refused in whole, then those refused in some periods; those for another kind of taxpayer in one line."""
        refused = [i for i in self.assessment.items if i.status == "not_entitled" and not has_nothing_to_apply_to(i)]
        partly = [i for i in self.assessment.items if i.status == "calculated" and self.words.unmet(i)]
        others: dict[str, list[Item]] = {}
        for item in refused + partly:
            kind = self.words.wrong_kind(item)
            if kind:
                others.setdefault(kind, []).append(item)
            else:
                yield self._entry(item, self.words.reasons(item))
        for kind, items in others.items():
            names = self.words.listed(self.words.pick(item.label) for item in items)
            yield Remark(text(Span(self.words.colon(self.words.say("other_kind", kind=kind), names), "dim")))

    def _entry(self, item: Item, why: str) -> Remark:
        role: Role = "refused" if item.status in ("not_entitled", "calculated") else "dim"
        marks = self.cite(item.citations)
        label = Span(self.words.pick(item.label), "label")
        return Remark(text(label, Span(f" {marks}" if marks else "", "source"), "  ", Span(why, role)))

    # ------------------------------------------------------------------------------------- questions

    def questions(self) -> Iterator[Section]:
        """Facts that are asked for: by the relief that waits for them, with what is at stake and the limits to pass; the
        others one by one; and levies that no fact was given of."""
        a, say = self.assessment, self.words.say
        blocking = self.blocking()
        lines = [self._question(question) for question in blocking]
        for one in self.open:
            stake = Span(say("at_stake", amount=self.words.money(one.most)), "open")
            below = tuple(f"{self._to_pass(question, one)} {self.option(question)}" for question in one.questions)
            lines.append(Remark(text(f"{self.of(one)}  ", stake), "?", None, below))
        lines += [self._question(question) for question in self.left() if question not in blocking]
        yield Section("questions", say("questions"), tuple(lines))
        idle = [levy.id for levy in a.levies if levy.status == "needs_fact" and levy.kind in PURSES["cost"]]
        unasked = (Paragraph(text(Span(self.words.levies(idle), "dim"))),) if idle else ()
        yield Section("not_assessed", say("not_assessed"), unasked)

    def _question(self, question: Question) -> Remark:
        say, known = self.words.say, question.at_stake is not None
        told = say("at_stake", amount=self.words.money(question.at_stake)) if known else say("at_stake_unknown")
        option = Span(self.option(question), "source")
        return Remark(text(f"{self.asks(question)} ", option, "  ", Span(told, "open" if known else "dim")), "?")

    def blocking(self) -> list[Question]:
        """The questions without whose answer a levy cannot be computed."""
        missed = {levy.id for levy in self.assessment.levies if levy.status == "needs_fact"}
        return [question for question in self.left() if not missed.isdisjoint(question.blocks)]

    def left(self) -> list[Question]:
        """The questions that no money is known to wait for."""
        told = {question.fact for one in self.open for question in one.questions}
        return [question for question in self.assessment.questions if question.fact not in told]

    def of(self, open: Open) -> str:
        """What waits: a relief, or a levy that a higher rate of one would lower."""
        return self.words.relief(open.id) if open.relief else self.words.levies([open.id])

    def asks(self, question: Question) -> str:
        """The fact of a question, or those parts of it that are missing."""
        return self.words.inputs(question.inputs or [question.fact])

    def _to_pass(self, question: Question, open: Open) -> str:
        """A fact with its limits."""
        limits = [one for one in open.conditions if one.fact == question.fact and one.operator in SIGNS]
        return self.words.listed(dict.fromkeys(map(self.words.asked, limits))) or self.asks(question)

    def option(self, question: Question) -> str:
        """How the fact of a question, or the first part of it that is missing, is stated."""
        adds_up = self.words.catalogue[question.fact].adds_up
        # a whole is stated anew, as a list of its parts, unless it stands beside them
        lacking = question.inputs and (adds_up or question.fact not in self.assessment.facts)
        return f"--set {question.inputs[0]}=…" if lacking else f"--{question.fact.replace('_', '-')}"

    # ------------------------------------------------------------------------------------- assumptions

    def assumptions(self) -> Section | None:
        """What was taken for granted: first what matters, then what was taken as none."""
        said = self.assessment.assumptions
        none = [a for a in said if a.how == "assumed" and a.value == 0 and not isinstance(a.value, bool)]
        by_default = self.words.by_default()
        parts = [*by_default, *(self.words.assumption(a) for a in said if a not in none)]
        if none:
            names = self.words.listed(map(self._not_given, none))
            parts.append(self.words.colon(self.words.say("assumed_none"), names))
        paragraph = Paragraph(text(Span(self.words.sentences(parts), "dim")))
        return Section("assumptions", self.words.say("assumptions"), (*self.splits(), paragraph)) if parts else None

    def _not_given(self, assumption: Assumption) -> str:
        """A fact that was taken as none, but for the parts of it that are stated."""
        label, name = self.words.pick(assumption.label), assumption.fact
        named = [one for one in self.words.catalogue[name].inputs() if one != name and one in self.assessment.facts]
        parts = self.words.listed(self.words.pick(part_label(one[len(name) + 1 :])) for one in named)
        return self.words.say("but_stated", label=label, parts=parts) if parts else label

    def splits(self) -> Iterator[Remark]:
        """Figures that were cut evenly where another split would change the tax."""
        asked = {question.fact: question for question in self.left() if question.at_stake is None}
        for assumption in self.assessment.assumptions:
            if assumption.how == "spread" and assumption.fact in asked:
                said = self.words.say("split_decides", spread=self.words.assumption(assumption))
                yield Remark(
                    text(Span(f"{said} ", "caution"), Span(self.option(asked[assumption.fact]), "source")), "!"
                )

    # ------------------------------------------------------------------------------------- sources

    def sources(self) -> Section | None:
        """The clauses cited, by their numbers."""
        lines: list[Remark | Paragraph] = [self._source(v, number) for v, number in self._numbers.items()]
        if any(version.evidence == "memory" for version in self._numbers):
            lines.append(Paragraph(text(Span(self.words.say("memory_note"), "caution"))))
        return Section("sources", self.words.say("sources"), tuple(lines)) if self._numbers else None

    def _source(self, version: Version, number: int) -> Remark:
        until = self.words.book.table(version.path).notice_until
        notice = f"  {self.words.say('notice_until', day=until)}" if until and self._has_other_end(version) else ""
        mark: Role = "caution" if version.evidence == "memory" else "dim"
        words = text(
            self.words.citation(version),
            Span(f"  {self.words.validity(version)}{notice}", "dim"),
            Span(f"  {self.words.pick(EVIDENCE[version.evidence])}", mark),
        )
        return Remark(words, "", number, (self.words.pick(version.note),) if version.note else ())

    def _has_other_end(self, version: Version) -> bool:
        """Does a notice that the version cites say another last day?"""
        notices = {notice["document"] for notice in self.words.book.notices.values()}
        cited = any(key in notices for key, _ in version.cites)
        return cited and self.words.book.table(version.path).notice_until != version.until
