"""Labels in one language, and what a version of the law rests on, as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taxcalc.base.period import OPEN
from taxcalc.base.problem import Lang
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook, Version
from taxcalc.report.labels import LABELS
from taxcalc.report.shapes import Json, both, until_of

EVIDENCE: dict[str, Label] = {
    "read": ("已核对原文", "text read"),
    "secondary": ("未核对原文", "second-hand"),
    "memory": ("待核实", "from memory"),
}


def citation_as_json(words: Citing, version: Version) -> dict[str, Json]:
    """What a figure or a relief rests on: a version of a table, in the one shape of every JSON of this program.

    `name` is in the language of the output, all else in both or in none.
    """
    return {
        "table": version.path,
        "from": version.start.isoformat(),
        "until": until_of(version.until),
        "documents": [
            {"id": key, "name": words.document(key), **both(words.book.document(key)), "clause": clause}
            for key, clause in version.cites
        ],
        "evidence": version.evidence,
        "clause_evidence": version.clause_evidence,
        "note": both(version.note) if version.note else None,
    }


class Citing:
    """The law in one language: documents with their issuer, clauses, dates."""

    def __init__(self, book: LawBook, lang: Lang) -> None:
        self.book, self.lang = book, lang

    def pick(self, label: Label) -> str:
        """One side of a label."""
        return label[0 if self.lang == "zh" else 1]

    def say(self, key: str, **values: object) -> str:
        """A fixed text of reports."""
        return self.pick(LABELS[key]).format(**values)

    def document(self, key: str) -> str:
        """A document's name with its issuer."""
        return self.pick(self.book.document(key))

    def clause(self, clause: str) -> str:
        """A clause: '3' is an article, 'measure 3' a measure of the notice, 'para 1' a paragraph of what has no articles."""
        if clause.startswith("measure "):
            number = clause.removeprefix("measure ")
            return f"第{number}条" if self.lang == "zh" else f"measure {number}"
        if clause == "general provisions":
            return "总则" if self.lang == "zh" else clause
        if clause.startswith("para "):
            number = clause.removeprefix("para ")
            return f"第{number}段" if self.lang == "zh" else f"para. {number}"
        if not clause[0].isascii():  # as the document itself numbers it
            return clause
        if clause.startswith("annex"):
            return clause.replace("annex", "附件") if self.lang == "zh" else clause
        return f"第{clause}条" if self.lang == "zh" else f"art. {clause}"

    def citation(self, version: Version) -> str:
        """All that a version rests on, in one line."""
        return self.sentences(f"{document} {clauses}" for document, clauses in self.cited(version))

    def cited(self, version: Version) -> list[tuple[str, str]]:
        """Each document that a version rests on, with its clauses."""
        clauses: dict[str, list[str]] = {}
        for key, clause in version.cites:
            clauses.setdefault(key, []).append(self.clause(clause))
        return [(self.document(key), self.listed(found)) for key, found in clauses.items()]

    def validity(self, version: Version) -> str:
        """'2023-01-01 – 2027-12-31', an open end said in words."""
        return f"{version.start} – {self.day(version.until)}"

    def day(self, day: date) -> str:
        """A date; the open end in words."""
        if day == OPEN:
            return "无期限" if self.lang == "zh" else "open-ended"
        return day.isoformat()

    def years(self, start: date, until: date) -> str:
        """'2019–2020', 'from 2008', '2022-04 – 2022-12': as short as the dates allow."""
        whole = (start.month, start.day) == (1, 1) and (until.month, until.day) == (12, 31)
        first = str(start.year) if whole else start.isoformat()[:7] if start.day == 1 else start.isoformat()
        if until == OPEN:
            return f"{first} 起" if self.lang == "zh" else f"from {first}"
        if whole:
            return first if start.year == until.year else f"{first}–{until.year}"
        ends_month = date.fromordinal(until.toordinal() + 1).day == 1
        last = until.isoformat()[:7] if ends_month else until.isoformat()
        return first if first == last else f"{first} – {last}"

    def listed(self, texts: Iterable[str]) -> str:
        """Texts in one line."""
        return ("、" if self.lang == "zh" else ", ").join(texts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Several remarks in one line."""
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def aside(self, text: str, inside: str) -> str:
        """'text (inside)'."""
        return (f"{text}（{inside}）" if self.lang == "zh" else f"{text} ({inside})") if inside else text

    def colon(self, before: str, after: str) -> str:
        """'before: after', with the colon of the language."""
        return f"{before}：{after}" if self.lang == "zh" else f"{before}: {after}"
