"""By when the returns of a period are filed: a day where one was announced for the month, else the rule in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taxcalc.base.period import Period
from taxcalc.law.book import Figure, Version
from taxcalc.report.document import Remark, Span, text
from taxcalc.report.remarks import Remarks

WITH_VAT = ("urban_construction", "education_surcharge", "local_education_surcharge")
"""Levies that are paid together with VAT; the rule is `filing.with_vat`."""


def when_filed(report: Remarks) -> Iterator[Remark]:
    """A remark for each rule on levies that come into question here, also where nothing is to pay; with its sources."""
    words, period = report.words, report.assessment.period
    groups: dict[tuple[str, object], tuple[list[str], list[Version]]] = {}
    asked = [levy.id for levy in report.assessment.levies if levy.status == "calculated" and levy.baseline]
    for levy in asked:
        path = "filing.vat" if levy in WITH_VAT else f"filing.{levy}"
        paths = [path, *(["filing.with_vat"] if levy in WITH_VAT else [])]
        if not all(words.book.has(each) and words.book.version(each, period) for each in paths):
            continue
        cumulative = levy.endswith("_income")
        key, value, more = _rule(report, path, settled=cumulative and period.months == 12)
        versions = [version for each in paths if (version := words.book.version(each, period))]
        levies, cited = groups.setdefault((key, value), ([], []))
        levies.append(levy)
        cited += [version for version in (*versions, *more) if version not in cited]
    for (key, value), (levies, cited) in groups.items():
        whose = words.say("each_period" if period.months == 12 else "this_period")
        said = words.say(key, levies=words.levies(levies), whose=whose, day=value, days=value, months=value)
        yield Remark(text(said, Span(f" {report.cite(cited)}", "source")))
    if groups:
        yield Remark(text(words.say("filed_place")))


def _rule(report: Remarks, path: str, *, settled: bool) -> tuple[str, object, list[Version]]:
    """Which sentence says it, its number or its day, and what a day rests on."""
    book, period = report.words.book, report.assessment.period
    if settled:
        return "filed_settled", _whole(book.figures(path, period)["settlement"]), []
    after = period.end.month % 12 + 1
    month = Period(period.year + (after == 1), after, 1)
    announced = book.version("filing.calendar", month) if book.has("filing.calendar") else None
    if announced and period.months < 12:
        day = _whole(book.figures("filing.calendar", month)[f"m{after:02}"])
        return "filed_by", date(month.year, month.first, day), [announced]
    return "filed_within", _whole(book.figures(path, period)["days"]), []


def _whole(figure: object) -> int:
    assert isinstance(figure, Figure)
    assert figure.value is not None
    return int(figure.value)
