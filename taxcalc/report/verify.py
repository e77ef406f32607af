"""An answer held against the law once more: worked out anew from the facts that it states, and compared word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from taxcalc.assessment.evaluation import evaluate
from taxcalc.assessment.model import catalogue_of
from taxcalc.assessment.result import Assessment
from taxcalc.base.problem import InputError, Lang, problem
from taxcalc.base.version import __version__
from taxcalc.facts.statement import FactSet
from taxcalc.law.book import LawBook
from taxcalc.report.citing import Citing
from taxcalc.report.document import Cell, Document, Row, Section, Span, Table, text
from taxcalc.report.explain import as_dicts
from taxcalc.report.json import as_json
from taxcalc.report.json_read import from_json, read_document
from taxcalc.report.json_values import a_text, an_object, objects
from taxcalc.report.shapes import Json, dumped


class Difference(NamedTuple):
    """A value that the answer states otherwise; None where one of both does not have it, as JSON elsewhere."""

    path: str
    stated: str | None
    found: str | None
    rests_on: tuple[str, ...]
    """The documents with their clauses, of a relief or of a levy that reliefs bear on."""


class Verdict(NamedTuple):
    """How many values were compared, and which differ."""

    period: str
    compared: int
    differences: tuple[Difference, ...]


def verify(stated: str, source: str, book: LawBook, words: Citing) -> Verdict:
    """Work out an answer anew and compare all that it states.

    Raises InputError where that cannot be judged: it is no answer of this program, or one of another version of it or of
    other tables.
    """
    document = read_document(stated, source)
    if document.get("engine") != __version__:
        raise InputError([problem("answer_other_engine", found=str(document.get("engine")), engine=__version__)])
    answer = from_json(stated, book)
    anew = [_anew(document, answer, book, day) for day in _days(answer)]
    found = [list(_compared("", document, one, words, _citations(one, words))) for one in anew]
    least = min(found, key=lambda pairs: sum(pair is not None for pair in pairs))
    return Verdict(str(answer.period), len(least), tuple(pair for pair in least if pair is not None))


def _days(answer: Assessment) -> list[date]:
    """The days on which it may have been assessed: a year that is running has averages to date."""
    return [date.today(), answer.period.start, date(answer.period.year + 1, 12, 31)]


def _anew(document: Mapping[str, Json], answer: Assessment, book: LawBook, day: date) -> dict[str, Json]:
    """The document that the facts of an answer give now, on a day."""
    facts = FactSet(catalogue_of(book), day)
    facts.opening = answer.opening
    by_source: dict[str, dict[str, Json]] = {}  # of one source, or a later part would override an earlier one
    for name, one in an_object(document["facts"]).items():
        given = an_object(one)
        by_source.setdefault(a_text(given["source"]), {})[name] = given["value"]
    evaluation = evaluate(facts.told(by_source.items()), book=book)
    lang: Lang = "zh" if document["language"] == "zh" else "en"
    explained = as_dicts(evaluation, lang) if "explanation" in document else None
    made: dict[str, Json] = json.loads(as_json(evaluation.assessment, book, lang, explained=explained))
    return made


def _citations(document: Mapping[str, Json], words: Citing) -> dict[str, tuple[str, ...]]:
    """What each relief rests on, and each levy by way of those that save something of it, by the beginning of a path."""
    found: dict[str, tuple[str, ...]] = {}
    for item in objects(document["items"]):
        documents = [one for law in objects(item["citations"]) for one in objects(law["documents"])]
        cited = tuple(f"{a_text(one[words.lang])} {words.clause(a_text(one['clause']))}" for one in documents)
        found[f"items.{item['id']}."] = cited
        for levy in an_object(item["by_levy"] or {}):
            found[f"levies.{levy}."] = (*found.get(f"levies.{levy}.", ()), *cited)
    return found


def _compared(
    path: str, stated: Json, found: Json, words: Citing, cited: Mapping[str, tuple[str, ...]]
) -> Iterator[Difference | None]:
    """Each value of both: None where they agree."""
    for kind in (dict, list):  # all that only one of both has
        stated, found = (
            kind() if side is _NOTHING and isinstance(other, kind) and other else side
            for side, other in ((stated, found), (found, stated))
        )
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in dict.fromkeys([*stated, *found]):
            one, other = (side.get(key, _NOTHING) for side in (stated, found))
            yield from _compared(f"{path}.{key}" if path else key, one, other, words, cited)
    elif isinstance(stated, list) and isinstance(found, list):
        yield from _compared(path, _by_key(stated), _by_key(found), words, cited)
    elif stated == found:
        yield None
    else:
        why = next((law for start, law in cited.items() if f"{path}.".startswith(start)), ())
        yield Difference(path, _written(stated), _written(found), tuple(dict.fromkeys(why)))


_NOTHING = object()
"""Stands for what one of both does not have."""


def _by_key(values: list[Json]) -> dict[str, Json]:
    """The members of a list by what names them, else by their place from 1 on."""
    named = [str(one.get("id") or one.get("fact") or "") if isinstance(one, dict) else "" for one in values]
    if not all(named) or len(set(named)) < len(named):
        named = [str(number) for number in range(1, len(values) + 1)]
    return dict(zip(named, values, strict=True))


def _written(value: object) -> str | None:
    if value is _NOTHING:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_text(verdict: Verdict, source: str) -> str:
    """The verdict as JSON."""
    return dumped(
        "verify/1",
        {
            "source": source,
            "engine": __version__,
            "period": verdict.period,
            "holds": not verdict.differences,
            "compared": verdict.compared,
            "differences": [one._asdict() | {"rests_on": list(one.rests_on)} for one in verdict.differences],
        },
    )


def document(verdict: Verdict, source: str, words: Citing) -> Document:
    """The verdict as people read it."""
    say = words.say
    key = "verify_differs" if verdict.differences else "verify_holds"
    said = say(key, number=len(verdict.differences), compared=verdict.compared)
    heads = (say("verify_where"), say("verify_stated"), say("verify_found"))
    rows = tuple(
        Row(text(one.path), (_cell(one.stated, words), _cell(one.found, words)), one.rests_on)
        for one in verdict.differences
    )
    sections = (Section("differences", "", (Table(heads, rows),)),) if rows else ()
    title = text(Span(source, "strong"), "  ", Span(verdict.period, "period"))
    headline = (text(Span(said, "caution" if rows else "saving")),)
    footer = say("engine", version=__version__, tables=words.book.sha256[:8])
    return Document(words.lang, title, "", headline, (), sections, footer, Table((), ()))


def _cell(value: str | None, words: Citing) -> Cell:
    return Cell(words.say("verify_nothing") if value is None else value)
