"""The columns that a batch adds to a table: their names, and their sets put in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TypeVar

from taxcalc.assessment.conditions import of_any_firm
from taxcalc.assessment.model import every_levy, reliefs_with
from taxcalc.assessment.reasons import Note, Reason
from taxcalc.assessment.result import Assumption
from taxcalc.base.kinds import PURSES
from taxcalc.base.problem import Lang
from taxcalc.firms.answers import ADVICE, ADVISED, LACKING, NONE, UNKNOWN, Answers, Finding
from taxcalc.firms.columns.interface import C
from taxcalc.firms.compute import Computation
from taxcalc.firms.wanted import to_date
from taxcalc.graph.nodes import Node
from taxcalc.law.book import LawBook, Table
from taxcalc.report.conditions import ConditionWords
from taxcalc.report.inputs import in_words
from taxcalc.report.labels import LABELS
from taxcalc.report.names import SETS, Names, title

T = TypeVar("T")
_FINDINGS_OF = {
    "summary": ("regime", "needs", "notes", *LACKING),
    "items": tuple(SETS),
    "full": tuple(SETS),
    "totals": (),
    "reform": (),
}
"""The columns of text of each detail."""


class AddedColumns:
    """Headings and words of one batch: the words in one language, the headings in it or any other, or ids."""

    def __init__(self, computation: Computation[C], lang: Lang, names: Names | None = None) -> None:
        self._plan, self.found, self.lang, self.names = computation.plan, computation.findings, lang, names or lang
        self.header, self.catalogue = self._plan.header, self._plan.catalogue
        self._side, self.engine = 0 if lang == "zh" else 1, computation.engine
        self.figures, self.findings = self._plan.figures, _FINDINGS_OF[self._plan.detail]
        self.own, self.selected = self.header.columns, self._plan.selected
        """The columns of the table that are written; and which columns are, in what order, where they are chosen."""
        if self.selected:
            self.own, self.findings = self.selected.own, self.selected.findings
        if self._plan.advice and self._plan.detail != "totals":
            self.figures, self.findings = [*self.figures, *ADVISED], (*self.findings, *ADVICE)
        levies = every_levy(self._plan.book)
        self._levies = {levy.id: levy.label[self._side] for levy in levies}
        self.to_date = {levy.id for levy in levies if levy.to_date}
        """The levies that count from the beginning of the year."""
        self._reliefs = {relief.id: relief for relief in reliefs_with(levies)}
        self._lock = threading.Lock()
        self._known: dict[str, list[str]] = {kind: [] for kind in self.findings}

    @property
    def book(self) -> LawBook:
        """The law of the batch."""
        return self._plan.book

    @property
    def titles(self) -> list[str]:
        """The headings: figures, then texts."""
        return [self.title(id) for id in (*self.figures, *self.findings)]

    def ordered(self, parts: Sequence[T]) -> list[T]:
        """Something of each column, of the table's own, then of figures, then of texts, in the order of the output."""
        return [parts[place] for place in self.selected.order] if self.selected else list(parts)

    def title(self, id: str) -> str:
        """The heading of a column."""
        return title(self._plan.book, id, self.names)

    def is_saving(self, figure: str) -> bool:
        """Is this what a relief saves of taxes and fees, not money that is only kept for a while?"""
        of, id, kind = (*figure.split("."), "", "")[:3]
        return (of, kind) == ("relief", "saving") and self._reliefs[id].kind in PURSES["cost"]

    def summed(self) -> list[str]:
        """What is saved by each relief, as totals tell it, also where no column does."""
        wanted = self._plan.wanted.figures
        told = self.figures if self._plan.detail == "totals" else [one for one in wanted if to_date(one) in wanted]
        return [name for name in told if self.is_saving(name)]

    def relief(self, id: str) -> str:
        """The name of a relief."""
        return self.table(id).label[self._side]

    def table(self, relief: str) -> Table:
        """The table of the law that a relief rests on."""
        return self._plan.book.table(self._reliefs[relief].table)

    def levies(self, ids: Container[str] | None = None) -> dict[str, str]:
        """The names of these levies, or of all, in the order of computation."""
        return {id: label for id, label in self._levies.items() if ids is None or id in ids}

    def texts(self, kind: str, spell: Callable[[str], str] = str) -> list[str]:
        """The texts of the findings of a kind that were met so far, by their numbers; each spelled once."""
        known = self._known[kind]
        with self._lock:  # blocks are written in several threads
            for finding in self.found.of(kind)[len(known) :]:
                known.append(spell(self._text(kind, finding)))
        return known

    def cells(
        self, answers: Answers[C], amount: Callable[[int], T], spell: Callable[[str], str]
    ) -> list[Iterable[T | str]]:
        """The columns of a block, all of its rows: amounts as `amount` makes them of fen, texts as they are spelled."""
        amounts: list[Iterable[T | str]] = [map(amount, answers.figures[name]) for name in self.figures]
        return [*amounts, *(map(self.texts(kind, spell).__getitem__, answers.findings[kind]) for kind in self.findings)]

    def _text(self, kind: str, finding: Finding) -> str:
        if kind in ADVICE:
            return self.advice(kind, finding) if finding else ""
        if isinstance(finding, str):  # the text is shared by rows of different years, so it names no rate
            standard = LABELS["standard"][self._side]
            return standard if finding == "standard" else self.relief(finding) if finding else ""
        if isinstance(finding, tuple):
            return in_words(self.catalogue, finding, self._side)
        names = {name for name in finding if isinstance(name, str)}
        if kind in LACKING:
            return ("、", ", ")[self._side].join(self.levies(names).values())
        notes = sorted(note.said.text(self.lang) for note in finding if isinstance(note, Note))
        notes += self._assumed([said for said in finding if isinstance(said, Assumption)])
        by_relief: dict[str, list[str]] = {}
        reasons = (reason for reason in finding if isinstance(reason, Reason))
        for reason in sorted(reasons, key=lambda reason: (list(self._reliefs).index(reason.relief), reason.condition)):
            by_relief.setdefault(reason.relief, []).append(self.refusal(reason.node))
        refused = [
            f"{self.relief(id)}{('：', ': ')[self._side]}{('、', ', ')[self._side].join(texts)}"
            for id, texts in by_relief.items()
        ]
        return ("；", "; ")[self._side].join([*notes, *refused])

    def advice(self, kind: str, finding: Finding) -> str:
        """What a column of advice says: a name, or that there is none or that it is unknown; numbers as they are."""
        if finding in (NONE, UNKNOWN):
            return LABELS[str(finding)][self._side]
        if isinstance(finding, tuple):
            return finding[self._side]
        match kind:
            case "advice.fact":
                return in_words(self.catalogue, [str(finding)], self._side)
            case "advice.unlock":
                return self.relief(str(finding))
        return str(finding)

    def remark(self, said: Note | Assumption) -> str:
        """What is remarked of rows, or assumed for them."""
        if isinstance(said, Note):
            return said.said.text(self.lang)
        return ConditionWords(self._plan.book, self.lang, {}, plain=True).assumption(said)

    def _assumed(self, said: list[Assumption]) -> list[str]:
        """What a figure rests on without having been told, in one remark: first how figures were come by."""
        words = ConditionWords(self._plan.book, self.lang, {}, plain=True)
        order = list(self.catalogue.facts)
        said.sort(key=lambda one: (one.how == "assumed", order.index(one.fact), one.of))
        return [words.colon(words.say("assumptions"), words.listed(map(words.assumption, said)))] if said else []

    def refusal(self, condition: Node) -> str:
        """A condition of whatever firm that fails it, in few words."""
        described, lines = of_any_firm(condition)
        return ConditionWords(self._plan.book, self.lang, lines, plain=True).refusal(described)


def distinct(titles: Sequence[str]) -> list[str]:
    """Names for columns: a title that is taken gets its place behind it, as often as it takes."""
    stated, taken = set(titles), set[str]()
    names = []
    for place, wanted in enumerate(titles, 1):
        name = wanted
        while name in taken or (name != wanted and name in stated):
            name = f"{name} ({place})"
        taken.add(name)
        names.append(name)
    return names
