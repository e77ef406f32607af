"""Filled forms as a document: a section a sheet, each line with its official name, its numbers, amount and origin."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
        beside = [list(alike) for _, alike in itertools.groupby(columns, key=words.usual)]
        blocks = [block for sheets in beside for block in _blocks(sheets, words)]
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


def _blocks(columns: Sequence[Sheet], words: SheetWords) -> Iterator[Block]:
    """Columns of a form side by side, line by line; lines that are nought in all of them, and made of nothing that is on the
    sheet, by their numbers alone."""
    say, usual = words.words.say, words.usual(columns[0])
    yield Paragraph(text(Span(words.under(columns), "dim")))
    lines: dict[str, dict[int, Line]] = {}
    for i, sheet in enumerate(columns):
        for line in sheet.lines:
            lines.setdefault(line.id, {})[i] = line
    if _all_nought(columns, words):
        yield Remark(text(say("returns_all_nought")), "·")
        return
    heads = [words.head(sheet) for sheet in columns] if len(columns) > 1 else [say("amount")]
    nought: list[Line] = []
    rows: list[Row] = []
    said: dict[str, str] = {}
    for found in lines.values():
        first, *_ = found.values()
        if all(_is_nought(line) and not words.formula(line) for line in found.values()):
            nought.append(first)
            continue
        cells = [words.cell(found[i]) if i in found else Cell("") for i in range(len(columns))]
        remarks = [remark for line in _unlike(found.values(), words) for remark in words.remarks(line, usual, said)]
        if first.unit == "code" and len(columns) > 1:  # wider than an amount
            remarks = [*(f"{heads[i]} {cells[i].text}" for i in found), *remarks]
            cells = [Cell("")] * len(columns)
        rows.append(Row(words.label(first), tuple(cells), tuple(dict.fromkeys(remarks))))
    yield Table((say("returns_line"), *heads), tuple(rows))
    if nought:
        yield Remark(text(say("returns_nought", lines=words.listed(nought))), "·")


def _unlike(lines: Iterable[Line], words: SheetWords) -> Iterable[Line]:
    """Of the same line in several columns, those of which something else is to be said: by what they are made of, the one
    that is made of most."""
    made = {words.formula(line): line for line in lines}
    if "" not in made:
        return [made[max(made, key=len)]]
    return {(line.source, line.needs, line.asks, words.formula(line)): line for line in lines}.values()


def _all_nought(columns: Sequence[Sheet], words: SheetWords) -> bool:
    """Is there no amount on the sheet?"""
    lines = [line for sheet in columns for line in sheet.lines]
    amounts = [line for line in lines if line.unit not in ("share", "code")]
    return all(map(_is_nought, amounts)) and any(not words.formula(line) for line in amounts)


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

    def under(self, columns: Sequence[Sheet]) -> str:
        """The columns that are filled, with the version of the form and how sure its lines are."""
        say, pick = self.words.say, self.words.pick
        filled = say("returns_column", column=self.words.listed(pick(sheet.column) for sheet in columns))
        return self.words.sentences([filled, pick(columns[0].version), self._sure(self.usual(columns[0]))])

    def head(self, sheet: Sheet) -> str:
        """A column in few words."""
        return re.split("（| \\(", self.words.pick(sheet.column))[0]

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
