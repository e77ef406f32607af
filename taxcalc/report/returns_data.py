"""Filled forms as data: JSON by taxcalc/schema/returns.schema.json, and rows of CSV, one a line of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from taxcalc.base.csv_line import as_line
from taxcalc.base.formula_guard import guarded
from taxcalc.base.money import yuan
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.report.json_values import written
from taxcalc.report.names import Names
from taxcalc.report.returns import SheetWords
from taxcalc.report.settlement import SettlementWords
from taxcalc.report.shapes import Json, dumped
from taxcalc.report.words import Words
from taxcalc.returns.sheet import Line, Returns, Sheet

SCHEMA = "returns/1"
COLUMNS: dict[str, Label] = {
    "row": ("行", "row"),
    "id": ("标识", "id"),
    "name": ("名称", "name"),
    "form": ("申报表", "form"),
    "code": ("表号", "code"),
    "version": ("版本", "version"),
    "period": ("所属期", "period"),
    "column": ("列", "column"),
    "line": ("栏次", "line"),
    "screen": ("网页版栏次", "line on screen"),
    "item": ("项目", "item"),
    "amount": ("金额", "amount"),
    "formula": ("公式", "formula"),
    "source": ("来源", "source"),
    "confidence": ("可信度", "confidence"),
    "needs": ("需填", "to fill in"),
}
"""The columns of CSV by their ids; the first three say whose line it is."""


def as_json(returns: Returns, book: LawBook, lang: Lang, whose: Sequence[str] | None = None) -> str:
    """The sheets of one business, ending in a newline; of one in a table, with `whose` they are, on one line. Amounts are
    strings, and null is what is not known."""
    words = SheetWords(Words(returns.assessment, book, lang, plain=True))
    business = dict(zip(("row", "id", "name"), whose, strict=True)) if whose else None
    return dumped(SCHEMA, {"business": business, **_content(returns, words)}, flat=whose is not None)


def _content(returns: Returns, words: SheetWords) -> dict[str, Json]:
    assessment, pick = returns.assessment, words.words.pick
    settlement = returns.settlement
    return {
        "engine": assessment.engine,
        "tables": assessment.tables,
        "language": words.words.lang,
        "period": str(assessment.period),
        "due_now": written(assessment.due_now),
        "settlement": SettlementWords(settlement, words.words).as_json() if settlement else None,
        "notes": list(words.cautions(returns)),
        "sheets": [
            {
                "form": pick(sheet.form),
                "code": sheet.code or None,
                "version": pick(sheet.version),
                "period": str(sheet.period),
                "column": pick(sheet.column),
                "notes": [pick(note) for note in sheet.notes],
                "lines": [_line(line, words) for line in sheet.lines],
            }
            for sheet in returns.sheets
        ],
        "version_unknown": [{"form": pick(one.form), "period": str(one.period)} for one in returns.unknown],
    }


def _line(line: Line, words: SheetWords) -> dict[str, Json]:
    return {
        "line": line.no or None,
        "screen": line.screen or None,
        "name": words.words.pick(line.label),
        "amount": line.value if isinstance(line.value, bool) else words.amount(line, plain=True),
        "unit": line.unit,
        "formula": words.formula(line),
        "source": [words.words.pick(source) for source in line.source],
        "confidence": line.confidence,
        "needs": [*line.needs, *map(words.words.pick, line.asks)],
    }


def heading(names: Names) -> str:
    """The heading of the CSV."""
    side = {"zh": 0, "en": 1}
    return as_line([id if names == "id" else label[side[names]] for id, label in COLUMNS.items()]) + "\n"


def as_csv(returns: Returns, book: LawBook, lang: Lang, whose: Sequence[str] = ("", "", "")) -> str:
    """A row for each line of each sheet; `whose` is the row of the table, the identifier and the name. Amounts are plain,
    and what is not known is empty. Text cannot become a formula in a spreadsheet."""
    words = SheetWords(Words(returns.assessment, book, lang, plain=True))
    settled = _settled(SettlementWords(returns.settlement, words.words)) if returns.settlement else ()
    rows = (*settled, *(_cells(sheet, line, words) for sheet in returns.sheets for line in sheet.lines))
    return "".join(f"{as_line([guarded(cell) for cell in (*whose, *cells)])}\n" for cells in rows)


def _settled(settlement: SettlementWords) -> Iterator[Sequence[str]]:
    for period, item, amount, needs in settlement.entries():
        written_amount = "" if amount is None else yuan(amount)
        yield settlement.title, "", "", str(period), "", "", "", item, written_amount, "", "", "", needs


def _cells(sheet: Sheet, line: Line, words: SheetWords) -> Iterator[str]:
    pick, say = words.words.pick, words.words.say
    yield from (pick(sheet.form), sheet.code, pick(sheet.version), str(sheet.period), pick(sheet.column))
    yield from (line.no, line.screen, pick(line.label), words.amount(line, plain=True) or "")
    yield from (words.formula(line), words.source(line), say(line.confidence), words.needs(line))
