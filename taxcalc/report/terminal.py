"""The report on a terminal: one headline, what each relief saves, what was refused and why, and the sources.

Right at 80 columns, without colour and in a pipe: rules instead of boxes, amounts never wrapped.
"""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from taxcalc import __version__
from taxcalc.assessment import Assessment, Item, LevyResult
from taxcalc.problem import Lang
from taxcalc.report.explain import explanation
from taxcalc.report.labels import LABELS
from taxcalc.report.pieces import DIM, PAY, SAVE, WARN
from taxcalc.report.remarks import Remarks
from taxcalc.report.view import View
from taxcalc.rules.terms import PURSES

COSTS = PURSES["cost"]


def print_report(assessment: Assessment, lang: Lang, console: Console, *, rows: bool = False) -> None:
    """Print the whole report; with `rows`, which line of which return each figure goes to."""
    console.print(_Report(assessment, lang, rows).render())


def print_explanation(assessment: Assessment, lang: Lang, console: Console) -> None:
    """Print the computation as a tree."""
    view = View(assessment, lang, babel=True, dated=True)
    root = Tree(Text(view.pick(LABELS["explain"]), style="bold"), guide_style=DIM)
    branches = [root]
    for step in explanation(assessment, view):
        text = Text(step.label, style="bold" if step.depth == 0 else "")
        text.append(f" = {step.value}", style=SAVE if step.depth == 0 else "green")
        if step.again:
            text.append(" ↑", style=DIM)
        for line in filter(None, (step.formula, step.numbers and f"= {step.numbers}", *step.because)):
            text.append(f"\n  {line}", style=DIM)
        for citation in step.citations:
            text.append(f"\n  {citation}", style="cyan dim")
        del branches[step.depth + 1 :]
        branches.append(branches[step.depth].add(text))
    console.print(Text())
    console.print(root)


class _Report(Remarks):
    def __init__(self, assessment: Assessment, lang: Lang, rows: bool) -> None:
        super().__init__(assessment, lang)
        self.rows = rows

    def render(self) -> RenderableType:
        a = self.assessment
        body = [self._who(), self._headline(), self._warnings()]
        body += [self._items(), self._levies(), self._income_tax(), *map(self._purse, PURSES)]
        body += [self._rows() if self.rows else None]
        body += [self.refused(), self.questions(), self.assumptions(), self.sources()]
        last = self.say("engine", version=__version__, tables=a.model.book.sha256[:8])
        return Group(*(part for part in body if part is not None), Text(), Text(last, style=DIM))

    def _who(self) -> RenderableType:
        a, facts = self.assessment, self.assessment.facts
        name = facts.stated.get("name")
        period = str(a.period) if a.period.months != 12 else self.say("period_year", year=a.period.year)
        title = Text(str(name.value) if name else self.say("title"), style="bold")
        title.append(f"  {period}", style="bold cyan")
        filing = self.say("filing", filing=self.say("monthly" if a.model.filing_months == 1 else "quarterly"))
        parts = [self.choice(name) for name in ("taxpayer", "vat_payer")] + [filing, self.choice("place")]
        return Group(Text(), title, Text(" · ".join(part for part in parts if part), style=DIM))

    def _headline(self) -> RenderableType:
        total = self.assessment.saved
        computed = [levy for levy in self.assessment.levies if levy.status == "calculated"]
        if not computed or total.baseline is None:
            return Padding(Text(self.say("headline_unknown"), style="bold yellow"), (1, 0, 0, 0))
        headline = Text()
        if total.saving:
            headline.append(self.say("headline", saving=self.money(total.saving)), style=SAVE)
            headline.append("\n")
        else:
            headline.append(self.say("headline_none") + "\n", style="bold")
        of = self.say("headline_of", baseline=self.money(total.baseline), payable=self.money(total.payable))
        headline.append(of)
        grants = self.assessment.totals["grant"].saving
        if grants:
            headline.append("\n" + self.say("headline_grants", amount=self.money(grants)), style=SAVE)
        missing = [levy for levy in self.assessment.levies if levy.id in total.incomplete]
        if missing:
            names = self.view.listed(self.view.pick(levy.label) for levy in missing)
            headline.append("\n" + self.say("partial", levies=names), style=WARN)
        return Padding(headline, (1, 0, 0, 0))

    def _warnings(self) -> RenderableType | None:
        said = self.assessment.warnings
        if not said:
            return None
        lines = [self.bullet("!", problem.text(self.view.lang), WARN) for _, problem in said]
        return Padding(Group(*lines), (1, 0, 0, 0))

    def _items(self) -> RenderableType | None:
        counted = [i for i in self.assessment.items if i.kind in COSTS and (i.saving or i.worth)]
        if not counted:
            return None
        figures = self.figures("relief", "before", "saving", "after", "worth")
        for item in counted:
            figures.add(
                self._named(item),
                Text(self.money(item.before)),
                Text(self.money(item.saving), style=SAVE),
                Text(self.money(item.after)),
                Text(self.money(item.worth), style=DIM),
            )
        total = Text(self.money(sum(item.saving or 0 for item in counted)), style=SAVE)
        figures.total(Text(self.say("total"), style="bold"), Text(), total, Text(), Text())
        return Group(self.heading("items"), figures, Padding(Text(self.say("worth_note"), style=DIM), (0, 2)))

    def _named(self, item: Item) -> Text:
        text = Text(self.view.pick(item.label))
        text.append(f" {self.cite(item.versions)}", style="cyan")
        if item.base is not None and item.base != item.saving:
            text.append(f"\n{self.say('base')} {self.money(item.base)}", style=DIM)
        return text

    def _levies(self) -> RenderableType | None:
        shown = [levy for levy in self.assessment.levies if levy.kind in COSTS and _is_shown(levy)]
        if not shown:
            return None
        figures = self.figures("levy", "baseline", "saving", "payable")
        for levy in shown:
            figures.add(
                Text(self.view.pick(levy.label)),
                Text(self.money(levy.baseline or 0)),
                Text(self.money(levy.saving or 0), style=SAVE if levy.saving else DIM),
                Text(self.money(levy.payable or 0), style=PAY),
            )
        total = self.assessment.saved
        figures.total(
            Text(self.say("total"), style="bold"),
            Text(self.money(total.baseline)),
            Text(self.money(total.saving), style=SAVE),
            Text(self.money(total.payable), style=PAY),
        )
        return Group(self.heading("levies"), figures)

    def _purse(self, kind: str) -> RenderableType | None:
        """What is no tax or fee saved, each kind by itself: grants, financing, deferrals, advantages."""
        found = [i for i in self.assessment.items if i.kind == kind and i.saving]
        if not found or kind == "cost":
            return None
        figures = self.figures("relief", "received")
        for item in found:
            name, kept = self._named(item), self.view.kept(item)
            if kept:
                name.append(f"\n{kept}", style=DIM)
            figures.add(name, Text(self.view.range(item), style=DIM if item.at_most else SAVE))
        certain = self.assessment.totals[kind].saving
        if certain and len(found) > 1:
            figures.total(Text(self.say("total"), style="bold"), Text(self.money(certain), style=SAVE))
        note = Padding(Text(self.say("at_most_note"), style=DIM), (0, 2))
        return Group(self.heading(f"kind_{kind}"), figures, *([note] if any(i.at_most for i in found) else []))

    def _rows(self) -> RenderableType | None:
        """Which line of which return each figure goes to, as far as it is known."""
        a = self.assessment
        named = [(i.id, i.label, i.saving or i.worth) for i in a.items if i.status == "calculated"]
        named += [(levy.id, levy.label, levy.payable or 0) for levy in a.levies if levy.status == "calculated"]
        lines: list[RenderableType] = []
        for id, label, amount in named:
            for row in self.view.rows(id) if amount else []:
                text = Text(self.view.colon(self.view.pick(label), ""))
                text.append(" " + self.say("row", form=row.form, line=row.line, text=row.text))
                sure = self.say("row_confidence", confidence=self.say(row.confidence))
                text.append(f"  {sure}", style=DIM if row.confidence == "high" else WARN)
                lines.append(self.bullet("·", text))
        return Group(self.heading("rows"), *lines) if lines else None

    def _income_tax(self) -> RenderableType | None:
        a = self.assessment
        lines: list[RenderableType] = []
        chosen = next((r for r in a.regimes if r.chosen), None)
        if chosen and chosen.tax:
            others = [r for r in a.regimes if r is not chosen and (r.granted or r.id == "standard")]
            text = self.view.colon(self.say("regime"), f"{self.regime(chosen.id)} {self.money(chosen.tax)}")
            text += "".join(f"  <  {self.regime(r.id)} {self.money(r.tax)}" for r in others if r.tax > chosen.tax)
            lines.append(Text(text))
        for levy in a.levies:
            if levy.balance is not None:
                key = "balance_due" if levy.balance >= 0 else "balance_back"
                lines.append(Text(self.say(key, levy=self.view.pick(levy.label), amount=self.money(abs(levy.balance)))))
        if a.loss_carried_forward:
            years = a.model.law.cit.losses.years.value
            if any(a.facts.stated.get(n) and a.facts.stated[n].value for n in ("high_tech", "tech_sme")):
                years = a.model.law.cit.losses.technology_years.value
            lines.append(Text(self.say("loss", amount=self.money(a.loss_carried_forward), years=years)))
        return Padding(Group(*lines), (0, 2)) if lines else None


def _is_shown(levy: LevyResult) -> bool:
    return levy.status == "calculated" and levy.baseline is not None
