"""What the parts of a report on a terminal are made of: words, amounts, headings, bullets, and numbers of sources."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from taxcalc.assessment import Assessment
from taxcalc.labels import filled
from taxcalc.law import Version
from taxcalc.problem import Lang
from taxcalc.report.figures import Figures
from taxcalc.report.labels import LABELS
from taxcalc.report.view import View

SAVE, PAY, DIM, WARN = "bold green", "bold", "dim", "yellow"


class Pieces:
    """The pieces of the report of one assessment. Sources are numbered in the order in which they are first cited."""

    def __init__(self, assessment: Assessment, lang: Lang) -> None:
        self.assessment, self.view = assessment, View(assessment, lang, babel=True)
        self.numbers: dict[Version, int] = {}
        """Sources that say the same have one number."""

    def say(self, key: str, **values: object) -> str:
        """A label in the language of the report."""
        return self.view.pick(LABELS[key]).format(**values)

    def money(self, fen: int) -> str:
        """Fen as yuan with separators."""
        return self.view.money(fen)

    def cite(self, versions: Iterable[Version]) -> str:
        """'[1][2]' and the sources remembered."""
        numbers: dict[int, None] = {}
        for version in versions:
            alike = (one for one in self.numbers if one[1:] == version[1:])
            numbers[self.numbers.setdefault(next(alike, version), len(self.numbers) + 1)] = None
        return "".join(f"[{number}]" for number in numbers)

    def choice(self, name: str) -> str:
        """The option stated or assumed for a choice."""
        stated = self.assessment.facts.choice(name)
        if stated:
            return self.view.pick(self.assessment.facts.catalogue[name].options[stated])
        for assumption in self.assessment.assumptions:
            if assumption.fact == name and assumption.value_label:
                return self.view.pick(assumption.value_label)
        return ""

    def regime(self, id: str) -> str:
        """The name of an income-tax regime; the statutory one with the rate of the table in force."""
        if id != "standard":
            return self.view.pick(self.view.relief_label(id))
        return self.view.pick(filled(LABELS["standard"], {"rate": self.assessment.model.law.cit.standard.rate}))

    def heading(self, key: str) -> RenderableType:
        """A rule with a title."""
        return Group(Text(), Rule(Text(self.say(key), style="bold"), align="left", style=DIM, characters="─"))

    def bullet(self, mark: str, text: str | Text, style: str = DIM) -> RenderableType:
        """A line with a mark before it, hanging."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=2, justify="right", style=style)
        grid.add_column(overflow="fold")
        grid.add_row(mark, text)
        return grid

    def figures(self, first: str, *amounts: str) -> Figures:
        """A table of amounts with these titles."""
        return Figures(self.say(first), *(self.say(amount) for amount in amounts))
