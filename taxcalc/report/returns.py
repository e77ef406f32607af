"""Filled forms as a document: a section a sheet, each line with its official name, its numbers, amount and origin."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from taxcalc.base.kinds import PURSES
from taxcalc.base.money import yuan
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import decimal_text, rate_text
from taxcalc.law.book import LawBook
from taxcalc.report.document import Block, Cell, Document, Paragraph, Remark, Row, Section, Span, Table, Text, text
from taxcalc.report.due import due_now
from taxcalc.report.settlement import SettlementWords
from taxcalc.report.words import Words
from taxcalc.returns.sheet import Line, Returns, Sheet

COSTS = PURSES["cost"]
_MONEY = ("yuan", "ten_thousand")
_SHORT = 24
"""Letters of a formula that stands behind a name, and of a source that is said again."""


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
    noted: dict[Label, None] = {}
    for _, group in itertools.groupby(returns.sheets, key=lambda s: (s.period, s.form, s.version)):
        columns = list(group)
        sure = words.usual(columns[0])
        blocks = [
            block
            for sheet in columns
            for block in _blocks(sheet, words, first=sheet is columns[0] or words.usual(sheet) != sure)
        ]
        notes = [note for sheet in columns for note in sheet.notes if note not in noted]
        noted.update(dict.fromkeys(notes))
        blocks += [Remark(text(Span(words.words.pick(note), "dim")), "·") for note in notes]
        sections.append(Section(f"{columns[0].id} {columns[0].period}", words.heading(columns[0]), tuple(blocks)))
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


def _blocks(sheet: Sheet, words: SheetWords, *, first: bool) -> Iterator[Block]:
    """The lines of a column; those that are nought, and made of nothing that is on the sheet, by their numbers alone."""
    say, usual = words.words.say, words.usual(sheet)
    yield Paragraph(text(Span(words.under(sheet, first=first), "dim")))
    nought = [line for line in sheet.lines if _is_nought(line) and not words.formula(line)]
    if nought and all(_is_nought(line) or line.unit in ("share", "code") for line in sheet.lines):
        yield Remark(text(say("returns_all_nought")), "·")
    else:
        said: dict[str, str] = {}
        rows = [
            Row(words.label(line), (words.cell(line),), tuple(words.remarks(line, usual, said)))
            for line in sheet.lines
            if line not in nought
        ]
        yield Table((say("returns_line"), say("amount")), tuple(rows))
        if nought:
            yield Remark(text(say("returns_nought", lines=words.listed(nought))), "·")


def _is_nought(line: Line) -> bool:
    return line.value == 0 and line.unit in _MONEY


class SheetWords:
    """Puts sheets into words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._side = 0 if words.lang == "zh" else 1

    def heading(self, sheet: Sheet) -> str:
        """The form, with its code, and the period."""
        code = f"{sheet.code} " if sheet.code else ""
        return f"{self.words.period(sheet.period)}  {code}{self.words.pick(sheet.form)}"

    def under(self, sheet: Sheet, *, first: bool = True) -> str:
        """The column that is filled; of the `first` of a form also its version, and how sure its lines are, and of one
        that is surer or less."""
        say, pick = self.words.say, self.words.pick
        column = say("returns_column", column=pick(sheet.column))
        return self.words.sentences([column, *([pick(sheet.version), self._sure(self.usual(sheet))] if first else [])])

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

    def called(self, line: Line) -> str:
        """A line in few words: its number, or its name where it has none."""
        return self.words.say("returns_short", no=line.no) if line.no else self.words.pick(line.label)

    def listed(self, lines: Sequence[Line]) -> str:
        """Several lines in few words: '第1、2、9栏；税额'."""
        numbers = {line.no: None for line in lines if line.no}
        numbered = [self.words.say("returns_lines", numbers=self.words.listed(numbers))] if numbers else []
        return self.words.sentences([*numbered, *(self.words.pick(line.label) for line in lines if not line.no)])

    def label(self, line: Line) -> Text:
        """The name, and behind it of which lines it is made, where that is short."""
        formula = self.formula(line)
        return text(self.named(line), Span(f"  = {formula}" if 0 < len(formula) <= _SHORT else "", "dim"))

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

    def remarks(self, line: Line, usual: str, said: dict[str, str]) -> Iterator[str]:
        """The formula, where it is long; else where the figure comes from, in full the first time that it is `said`; what is
        missing, once; how sure the line is, where that is not usual."""
        say = self.words.say
        if len(formula := self.formula(line)) > _SHORT:
            yield f"= {formula}"
        needs = self.needs(line) if line.value is None else ""
        if line.source and not formula and not needs:
            source = self.source(line)
            yield say("returns_from", source=said.get(source, source))
            if len(source) > _SHORT:
                said.setdefault(source, say("returns_as", line=self.called(line)))
        if needs and needs not in said and line.id not in line.needs:  # else its name says it
            said[needs] = ""
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
