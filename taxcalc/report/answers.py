"""Answers kept as JSON by programs: written, and read back as the same record."""

from __future__ import annotations

from taxcalc.assessment.model import shipped_book
from taxcalc.assessment.result import Assessment
from taxcalc.base.problem import InputError, Lang, problem
from taxcalc.law.book import LawBook
from taxcalc.report import json, json_read


def to_json(assessment: Assessment, lang: Lang = "zh", *, book: LawBook | None = None) -> str:
    """The answer as `taxcalc assess --format json` writes it: data, with what there is to say in one language.

    `book` is that with which it was made; by default the shipped tables.
    """
    return json.as_json(assessment, book or shipped_book(), lang)


def to_html(assessment: Assessment, lang: Lang = "zh", *, book: LawBook | None = None) -> str:
    """The page for a client, without the forms, as a part of a page: what notebooks show. `book` as for `to_json`.

    Raises InputError where the answer was made with other tables of the law than those.
    """
    from taxcalc.report.client import core_document
    from taxcalc.report.html import as_fragment

    book = book or shipped_book()
    if assessment.tables != book.sha256:
        raise InputError([problem("answer_other_tables", found=assessment.tables[:8], tables=book.sha256[:8])])
    return as_fragment(core_document(assessment, book, lang))


def from_json(text: str, *, book: LawBook | None = None) -> Assessment:
    """The answer that a JSON document states, equal to the one that was written.

    Raises InputError where it is no such document, or was made with other tables of the law.
    """
    return json_read.from_json(text, book or shipped_book())
