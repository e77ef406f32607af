"""A curve in words and as data: the picture with its cliffs, SVG, CSV, JSON by taxcalc/schema/curve.schema.json."""

from __future__ import annotations

from fractions import Fraction

from taxcalc.advice.cliffs import Cliff
from taxcalc.advice.curve import Curve
from taxcalc.assessment.conditions import exact_text
from taxcalc.base.csv_line import as_line
from taxcalc.base.money import Fen
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.report.advice_data import cliff_as_json
from taxcalc.report.document import Block, Document, Paragraph, Picture, Remark, Section, Span, Table, text
from taxcalc.report.json import as_plain
from taxcalc.report.json_values import entries, written
from taxcalc.report.names import Names
from taxcalc.report.plot import chart
from taxcalc.report.shapes import dumped
from taxcalc.report.single import Report
from taxcalc.report.svg import as_svg as drawn_svg
from taxcalc.report.words import Words

SCHEMA = "curve/1"
COLUMNS: dict[str, Label] = {
    "first": ("自", "first"),
    "last": ("至", "last"),
    "payable_first": ("起点应纳", "to pay at the first"),
    "payable_last": ("终点应纳", "to pay at the last"),
    "slope": ("边际税费率", "marginal rate"),
    "straight": ("直线", "straight"),
}
"""The columns of CSV by their ids."""


def document(curve: Curve, book: LawBook, lang: Lang) -> Document:
    """The picture, and its cliffs below it."""
    words = Words(curve.assessment, book, lang)
    return _CurveReport(curve.assessment, words).made(curve)


class _CurveReport(Report):
    """The document being made."""

    def made(self, curve: Curve) -> Document:
        """The document."""
        words = self.words
        picture = chart(curve, words.money, lambda value: _figure(words, curve, value))
        name = words.inputs([curve.input])
        blocks: list[Block] = [Picture(picture)]
        if curve.now is not None:
            blocks.append(Remark(text(words.say("curve_here", now=words.figure(curve.now, curve.unit))), ""))
        if curve.bands:
            blocks.append(Remark(text(Span(words.say("curve_band", fact=name), "dim")), ""))
        blocks += [Remark(text(Span(label, "open")), below=(clause,)) for label, clause in labels(curve, words)]
        blocks.append(Paragraph(text(Span(words.say("advice_note"), "dim"))))
        headline = [text(Span(words.say("curve_over", fact=name), "strong"))]
        if not curve.complete and curve.segments:
            last = words.figure(curve.segments[-1].last, curve.unit)
            headline.append(text(Span(words.say("curve_ends", last=last), "caution")))
        lacking = self.assessment.saved.incomplete
        if lacking:
            headline.append(text(Span(words.say("partial", levies=words.levies(lacking)), "caution")))
        engine = words.say("engine", version=self.assessment.engine, tables=self.assessment.tables[:8])
        sections = (Section("curve", "", tuple(blocks)),)
        return Document(
            words.lang, self.title(), " · ".join(self.kind()), tuple(headline), (), sections, engine, Table((), ())
        )


def _figure(words: Words, curve: Curve, value: Fraction) -> str:
    return words.figure(Fen(round(value)) if curve.unit == "yuan" else value, curve.unit)


def labels(curve: Curve, words: Words) -> list[tuple[str, str]]:
    """What each cliff costs, and by which clause."""
    return [_label(cliff, curve, words) for cliff in curve.cliffs]


def _label(cliff: Cliff, curve: Curve, words: Words) -> tuple[str, str]:
    costs = "curve_reach" if cliff.at == cliff.first_after else "curve_cliff"
    key = costs if cliff.cost_of_crossing > 0 else "curve_drop"
    said = words.say(key, at=words.figure(cliff.at, curve.unit), amount=words.money(abs(cliff.cost_of_crossing)))
    if cliff.earned_back_at is not None:
        said = words.sentences((said, words.say("advice_back", amount=words.figure(cliff.earned_back_at, curve.unit))))
    return said, " ".join(words.cited(cliff.law[0])[0]) if cliff.law else ""


def as_svg(curve: Curve, book: LawBook, lang: Lang) -> str:
    """The picture as SVG."""
    words = Words(curve.assessment, book, lang)
    title = words.say("curve_over", fact=words.inputs([curve.input]))
    return drawn_svg(curve, title, labels(curve, words), words.money, lambda value: _figure(words, curve, value))


def as_json(curve: Curve, book: LawBook, lang: Lang) -> str:
    """Every piece and every cliff, ending in a newline."""
    words, made = Words(curve.assessment, book, lang, plain=True), curve.assessment
    return dumped(
        SCHEMA,
        {
            "engine": made.engine,
            "tables": made.tables,
            "language": lang,
            "period": str(made.period),
            "input": curve.input,
            "label": words.inputs([curve.input]),
            "unit": curve.unit,
            "now": as_plain(curve.now, curve.unit),
            "complete": curve.complete,
            "incomplete": written(made.saved.incomplete),
            "pieces": [
                entries(
                    one,
                    "first last payable_first payable_last slope straight",
                    first=as_plain(one.first, curve.unit),
                    last=as_plain(one.last, curve.unit),
                    slope=exact_text(one.slope),
                )
                for one in curve.segments
            ],
            "cliffs": [cliff_as_json(one, words) for one in curve.cliffs],
            "bands": [[as_plain(end, curve.unit) for end in band] for band in curve.bands],
        },
    )


def as_csv(curve: Curve, names: Names) -> str:
    """A row for each piece."""
    side = {"zh": 0, "en": 1}
    rows = [[id if names == "id" else label[side[names]] for id, label in COLUMNS.items()]]
    for one in curve.segments:
        values = [str(as_plain(end, curve.unit)) for end in (one.first, one.last)]
        amounts = [str(as_plain(fen, "yuan")) for fen in (one.payable_first, one.payable_last)]
        rows.append([*values, *amounts, exact_text(one.slope), str(int(one.straight))])
    return "".join(f"{as_line(row)}\n" for row in rows)
