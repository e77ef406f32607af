"""One line of a filled form, with the lines that it is made of below it, down to where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Lang, problem
from taxcalc.law.book import LawBook
from taxcalc.law.formulas import parsed, refs
from taxcalc.report.document import Document, Section, Span, Step, Table, text
from taxcalc.report.returns import SheetWords
from taxcalc.report.words import Words
from taxcalc.returns.sheet import Line, Returns, Sheet


def line_document(returns: Returns, book: LawBook, lang: Lang, wanted: str) -> tuple[Document, bool]:
    """The line 'A200000:32' of every sheet that has it: a form by its code, its name or a part of it, a line by its number.
    Is it known in each? Raises InputError where there is none."""
    words = SheetWords(Words(returns.assessment, book, lang))
    form, _, no = (part.strip().casefold() for part in wanted.replace("：", ":").rpartition(":"))
    sheets = [sheet for sheet in returns.sheets if form and _is(sheet, form)]
    found = [(sheet, line) for sheet in sheets for line in sheet.lines if no in (line.no.casefold(), line.id)]
    if not found:
        there = (
            f"{sheet.code or words.words.pick(sheet.form)}:{line.no}"
            for sheet in sheets or returns.sheets
            for line in sheet.lines
            if line.no
        )
        raise InputError([problem("line_unknown", line=wanted, near=list(dict.fromkeys(there))[-3:])])
    reading = _Reading(returns, book, words)
    sections = tuple(
        Section(f"{sheet.id} {sheet.period}", words.heading(sheet), tuple(reading.steps(sheet, line, 0)))
        for sheet, line in found
    )
    name, assessment, say = returns.assessment.facts.get("name"), returns.assessment, words.words.say
    title = text(
        Span(str(name.value) if name else say("returns_title"), "strong"), "  ", words.words.period(assessment.period)
    )
    footer = say("engine", version=assessment.engine, tables=assessment.tables[:8])
    made = Document(lang, title, "", (), (), sections, footer, Table((), ()))
    return made, all(line.value is not None for _, line in found)


def _is(sheet: Sheet, form: str) -> bool:
    return form in sheet.id or any(form in name.casefold() for name in (sheet.code, *sheet.form))


class _Reading:
    """Follows the formulas of forms. What a line is made of is told once."""

    def __init__(self, returns: Returns, book: LawBook, words: SheetWords) -> None:
        self._returns, self._words = returns, words
        self._told: set[tuple[str, str, Period]] = set()
        self._lines = {(id, line["id"]): line for id, form in book.forms.items() for line in form["lines"]}

    def steps(self, sheet: Sheet, line: Line, depth: int) -> Iterator[Step]:
        """A line, and below it those that it is made of."""
        words = self._words
        amount = words.amount(line) or words.words.say("returns_blank")
        below = tuple(Span(said, "dim") for said in words.remarks(line, line.confidence, {}))
        yield Step(depth, text(*words.label(line), "  ", Span(amount, "strong")), below)
        if (sheet.id, line.id, sheet.period) in self._told:
            return
        self._told.add((sheet.id, line.id, sheet.period))
        entry = self._lines.get((sheet.id, line.id))
        for ref in refs(parsed((entry["formula"] or entry["of"] or "#0") if entry else "#0")):
            form, _, id = ref.name.rpartition(".") if ref.word == "sheet" else (sheet.id, "", ref.name)
            if ref.word not in ("", "sheet"):
                continue
            for other in self._returns.sheets:
                if other.id == form and other.period == sheet.period:
                    yield from (
                        step for one in other.lines if one.id == id for step in self.steps(other, one, depth + 1)
                    )
