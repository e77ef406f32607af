"""Filled forms as a document: a section a sheet, each line with its official name, its numbers, amount and origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from taxcalc.base.kinds import PURSES
from taxcalc.base.money import yuan
from taxcalc.base.problem import Lang
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.law.book import LawBook
from taxcalc.report.document import Block, Cell, Document, Paragraph, Remark, Row, Section, Span, Table, text
from taxcalc.report.due import due_now
from taxcalc.report.settlement import SettlementWords
from taxcalc.report.words import Words
from taxcalc.returns.sheet import Line, Returns, Sheet

COSTS = PURSES["cost"]
_MONEY = ("yuan", "ten_thousand")


def document(returns: Returns, book: LawBook, lang: Lang) -> Document:
    """All sheets of one business in one language; what they come to stands first."""
    assessment = returns.assessment
    words = SheetWords(Words(assessment, book, lang))
    say, name = words.words.say, assessment.facts.get("name")
    title = str(name.value) if name else say("returns_title")
    settlement = SettlementWords(returns.settlement, words.words) if returns.settlement else None
    headline = [settlement.headline()] if settlement else []
    due = due_now(words.words)
    if assessment.due_now.total is not None:
        headline.append(due[0].text)
        due = tuple(Remark(text(line), "") for line in due[0].below)
    sections = [Section("due", "", due), *([settlement.section()] if settlement else [])]
    sections += [Section(f"{s.id} {s.period}", words.heading(s), tuple(_blocks(s, words))) for s in returns.sheets]
    return Document(
        lang,
        text(Span(title, "strong"), "  ", Span(words.words.period(assessment.period), "period")),
        say("returns_title") if name else "",
        tuple(headline),
        tuple(Remark(text(sentence), "!") for sentence in words.cautions(returns)),
        tuple(sections),
        say("engine", version=assessment.engine, tables=assessment.tables[:8]),
        Table((), ()),
    )


def _blocks(sheet: Sheet, words: SheetWords) -> Iterator[Block]:
    say = words.words.say
    yield Paragraph(text(Span(words.under(sheet), "dim")))
    usual = words.usual(sheet)
    rows = tuple(
        Row(text(words.named(line)), (words.cell(line),), tuple(words.remarks(line, usual))) for line in sheet.lines
    )
    yield Table((say("returns_line"), say("amount")), rows)
    for note in sheet.notes:
        yield Remark(text(Span(words.words.pick(note), "dim")), "·")


class SheetWords:
    """Puts sheets into words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._side = 0 if words.lang == "zh" else 1

    def heading(self, sheet: Sheet) -> str:
        """The form, with its code, and the period."""
        code = f"{sheet.code} " if sheet.code else ""
        return f"{self.words.period(sheet.period)}  {code}{self.words.pick(sheet.form)}"

    def under(self, sheet: Sheet) -> str:
        """The column that is filled, the version of the form, and how sure its lines are."""
        say, pick = self.words.say, self.words.pick
        column = say("returns_column", column=pick(sheet.column))
        return self.words.sentences([column, pick(sheet.version), self._sure(self.usual(sheet))])

    def usual(self, sheet: Sheet) -> str:
        """How sure most lines of a sheet are: said once, and beside a line only where it is otherwise."""
        return Counter(line.confidence for line in sheet.lines).most_common(1)[0][0]

    def _sure(self, confidence: str) -> str:
        return self.words.say("row_confidence", confidence=self.words.say(confidence))

    def cautions(self, returns: Returns) -> Iterator[str]:
        """What every sheet says, what is not printed, and what was not claimed for want of facts."""
        say, pick = self.words.say, self.words.pick
        yield say("returns_as_on_page")
        for one in returns.unknown:
            yield say("returns_version_unknown", form=pick(one.form), period=self.words.period(one.period))
        for item in self.words.assessment.items:
            if item.status != "needs_fact" or item.kind not in COSTS or item.incomplete:
                continue
            needs = self.words.inputs(item.needs)
            yield say("returns_not_claimed", relief=self.words.pick(item.label), needs=needs)

    def named(self, line: Line) -> str:
        """The official name first, then the printed number and that on the page."""
        if not line.no:
            return self.words.pick(line.label)
        key = "returns_number_screen" if line.screen else "returns_number"
        return self.words.say(key, name=self.words.pick(line.label), no=line.no, screen=line.screen)

    def amount(self, line: Line, *, plain: bool = False) -> str | None:
        """A value as it is written into the form; None where it is not known."""
        value = line.value
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return self.words.say("yes" if value else "no")
        if line.unit in _MONEY:
            return yuan(int(value)) if plain else self.words.money(int(value))
        exact = Fraction(value)
        if line.unit == "share":
            return rate_text(exact)
        return decimal_text(exact)

    def cell(self, line: Line) -> Cell:
        """The amount, or that it has to be filled in."""
        said = self.amount(line)
        return Cell(said, "strong") if said is not None else Cell(self.words.say("returns_blank"), "caution")

    def formula(self, line: Line) -> str:
        """Of which other lines it is made; '' where of none."""
        return line.formula[self._side]

    def remarks(self, line: Line, usual: str) -> Iterator[str]:
        """The formula; else where the figure comes from; what is missing; how sure the line is, where that is not usual."""
        say = self.words.say
        if formula := self.formula(line):
            yield f"= {formula}"
        elif line.source:
            yield say("returns_from", source=self.source(line))
        if line.value is None and (needs := self.needs(line)):
            yield say("returns_fill", what=needs)
        if line.confidence != usual:
            yield self._sure(line.confidence)

    def source(self, line: Line) -> str:
        """What a line rests on, in one text."""
        return self.words.listed(map(self.words.pick, line.source))

    def needs(self, line: Line) -> str:
        """What is missing for a line: facts, and what taxcalc does not ask for."""
        asked = [self.words.pick(ask) for ask in line.asks]
        return self.words.sentences([*([self.words.inputs(line.needs)] if line.needs else []), *asked])
