"""The report on a terminal: one headline, what each relief saves, what was refused and why, and the sources.

Right at 80 columns, without colour and in a pipe: rules instead of boxes, amounts never wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from taxcalc import __version__
from taxcalc.assessment import Assessment, Item, LevyResult
from taxcalc.law import Version
from taxcalc.problem import Lang
from taxcalc.report.citing import EVIDENCE
from taxcalc.report.explain import explanation
from taxcalc.report.figures import Figures
from taxcalc.report.labels import LABELS
from taxcalc.report.view import View
from taxcalc.rules.terms import PURSES

SAVE, PAY, DIM, WARN = "bold green", "bold", "dim", "yellow"
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


class _Report:
    def __init__(self, assessment: Assessment, lang: Lang, rows: bool) -> None:
        self.assessment, self.view, self.rows = assessment, View(assessment, lang, babel=True), rows
        self.numbers: dict[Version, int] = {}
        """Sources in the order in which they are first cited; those that say the same have one number."""

    def say(self, key: str, **values: object) -> str:
        return self.view.pick(LABELS[key]).format(**values)

    def money(self, fen: int) -> str:
        return self.view.money(fen)

    def cite(self, versions: Iterable[Version]) -> str:
        """'[1][2]' and the sources remembered."""
        numbers: dict[int, None] = {}
        for version in versions:
            alike = (one for one in self.numbers if one[1:] == version[1:])
            numbers[self.numbers.setdefault(next(alike, version), len(self.numbers) + 1)] = None
        return "".join(f"[{number}]" for number in numbers)

    def render(self) -> RenderableType:
        a = self.assessment
        body = [self._who(), self._headline(), self._warnings()]
        body += [self._items(), self._levies(), self._income_tax(), *map(self._purse, PURSES)]
        body += [self._rows() if self.rows else None]
        body += [self._refused(), self._questions(), self._assumptions(), self._sources()]
        last = self.say("engine", version=__version__, tables=a.model.book.sha256[:8])
        return Group(*(part for part in body if part is not None), Text(), Text(last, style=DIM))

    # -------------------------------------------------------------------------------------- top

    def _who(self) -> RenderableType:
        a, facts = self.assessment, self.assessment.facts
        name = facts.stated.get("name")
        period = str(a.period) if a.period.months != 12 else self.say("period_year", year=a.period.year)
        title = Text(str(name.value) if name else self.say("title"), style="bold")
        title.append(f"  {period}", style="bold cyan")
        filing = self.say("filing", filing=self.say("monthly" if a.model.filing_months == 1 else "quarterly"))
        parts = [self._choice(name) for name in ("taxpayer", "vat_payer")] + [filing, self._choice("place")]
        return Group(Text(), title, Text(" · ".join(part for part in parts if part), style=DIM))

    def _choice(self, name: str) -> str:
        """The option stated or assumed for a choice."""
        stated = self.assessment.facts.choice(name)
        if stated:
            return self.view.pick(self.assessment.facts.catalogue[name].options[stated])
        for assumption in self.assessment.assumptions:
            if assumption.fact == name and assumption.value_label:
                return self.view.pick(assumption.value_label)
        return ""

    def _usual(self, name: str) -> str:
        """The option that the catalogue takes for a choice that is not stated."""
        fact = self.assessment.facts.catalogue[name]
        return "" if fact.assume is None else self.view.pick(list(fact.options.values())[int(fact.assume)])

    def _headline(self) -> RenderableType:
        total = self.assessment.saved
        computed = [levy for levy in self.assessment.levies if levy.status == "calculated"]
        if not computed:
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
        missing = [
            levy for levy in self.assessment.levies if levy.status == "needs_fact" and self._was_begun([levy.id])
        ]
        if missing:
            names = self.view.listed(self.view.pick(levy.label) for levy in missing)
            headline.append("\n" + self.say("partial", levies=names), style=WARN)
        return Padding(headline, (1, 0, 0, 0))

    def _warnings(self) -> RenderableType | None:
        said = self.assessment.warnings
        if not said:
            return None
        lines = [self._bullet("!", problem.text(self.view.lang), WARN) for _, problem in said]
        return Padding(Group(*lines), (1, 0, 0, 0))

    # -------------------------------------------------------------------------------------- figures

    def _items(self) -> RenderableType | None:
        counted = [i for i in self.assessment.items if i.kind in COSTS and (i.saving or i.worth)]
        if not counted:
            return None
        figures = self._figures("relief", "before", "saving", "after", "worth")
        for item in counted:
            figures.add(
                self._named(item),
                Text(self.money(item.before)),
                Text(self.money(item.saving), style=SAVE),
                Text(self.money(item.after)),
                Text(self.money(item.worth), style=DIM),
            )
        total = Text(self.money(sum(item.saving for item in counted)), style=SAVE)
        figures.total(Text(self.say("total"), style="bold"), Text(), total, Text(), Text())
        return Group(self._heading("items"), figures, Padding(Text(self.say("worth_note"), style=DIM), (0, 2)))

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
        figures = self._figures("levy", "baseline", "saving", "payable")
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
        return Group(self._heading("levies"), figures)

    def _purse(self, kind: str) -> RenderableType | None:
        """What is no tax or fee saved, each kind by itself: grants, financing, deferrals, advantages."""
        found = [i for i in self.assessment.items if i.kind == kind and i.saving]
        if not found or kind == "cost":
            return None
        figures = self._figures("relief", "received")
        for item in found:
            name, kept = self._named(item), self.view.kept(item)
            if kept:
                name.append(f"\n{kept}", style=DIM)
            figures.add(name, Text(self.view.range(item), style=DIM if item.at_most else SAVE))
        certain = self.assessment.totals[kind].saving
        if certain and len(found) > 1:
            figures.total(Text(self.say("total"), style="bold"), Text(self.money(certain), style=SAVE))
        note = Padding(Text(self.say("at_most_note"), style=DIM), (0, 2))
        return Group(self._heading(f"kind_{kind}"), figures, *([note] if any(i.at_most for i in found) else []))

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
                lines.append(self._bullet("·", text))
        return Group(self._heading("rows"), *lines) if lines else None

    def _income_tax(self) -> RenderableType | None:
        a = self.assessment
        lines: list[RenderableType] = []
        chosen = next((r for r in a.regimes if r.chosen), None)
        if chosen and chosen.tax:
            others = [r for r in a.regimes if r is not chosen and (r.granted or r.id == "standard")]
            text = self.view.colon(self.say("regime"), f"{self._regime(chosen.id)} {self.money(chosen.tax)}")
            text += "".join(f"  <  {self._regime(r.id)} {self.money(r.tax)}" for r in others if r.tax > chosen.tax)
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

    def _regime(self, id: str) -> str:
        return self.say("standard") if id == "standard" else self.view.pick(self.view.relief_label(id))

    # -------------------------------------------------------------------------------------- the rest

    def _refused(self) -> RenderableType | None:
        lines: list[RenderableType] = []
        groups = {
            status: [
                i for i in self.assessment.items if i.status == status and not self.view.has_nothing_to_apply_to(i)
            ]
            for status in ("displaced", "not_entitled")
        }
        partly = [i for i in self.assessment.items if i.status == "calculated" and self.view.unmet(i)]
        idle = [i for i in self.assessment.items if i.status == "calculated" and not i.saving and not i.worth]
        if groups["displaced"]:
            lines.append(self._heading("displaced"))
            for item in groups["displaced"]:
                chosen = self._regime(item.displaced_by or "")
                lines.append(self._entry(item, self.say("displaced_by", chosen=chosen)))
        if groups["not_entitled"] or partly:
            lines.append(self._heading("not_entitled"))
            others: dict[str, list[Item]] = {}
            for item in groups["not_entitled"] + partly:
                fact = self.view.wrong_kind(item)
                if fact:
                    others.setdefault(fact, []).append(item)
                else:
                    lines.append(self._entry(item, self.view.reasons(item)))
            for fact, items in others.items():
                names = self.view.listed(self.view.pick(item.label) for item in items)
                kind = self._choice(fact) or self._usual(fact)
                lines.append(
                    self._bullet("·", Text(self.view.colon(self.say("other_kind", kind=kind), names), style=DIM))
                )
        out_of_force = [i for i in self.assessment.items if i.status == "not_in_force"]
        if out_of_force:
            lines.append(self._heading("not_in_force"))
            for item in out_of_force:
                when = self.say("since", day=item.starts) if item.starts else self.say("ended", day=item.ended)
                lines.append(self._entry(item, when))
        if idle:
            lines.append(self._heading("idle"))
            names = ("、" if self.view.lang == "zh" else "; ").join(self.view.pick(item.label) for item in idle)
            lines.append(Padding(Text(names, style=DIM), (0, 2)))
        return Group(*lines) if lines else None

    def _entry(self, item: Item, why: str) -> RenderableType:
        text = Text(self.view.pick(item.label))
        text.append(f" {self.cite(item.versions)}", style="cyan")
        text.append("  " + why, style="red" if item.status in ("not_entitled", "calculated") else DIM)
        return self._bullet("·", text)

    def _questions(self) -> RenderableType | None:
        a = self.assessment
        levies = {levy.id for levy in a.levies}
        given = [q for q in a.questions if not set(q.blocks) <= levies or self._was_begun(q.blocks)]
        asked = [q for q in given if q.at_stake != 0 and not self._is_prepayment(q.blocks)]
        pointless = [q for q in given if q.at_stake == 0]
        lines: list[RenderableType] = []
        if asked or pointless:
            lines.append(self._heading("questions"))
            for question in asked:
                stake = (
                    self.say("at_stake", amount=self.money(question.at_stake))
                    if question.at_stake
                    else self.say("at_stake_unknown")
                )
                text = Text(f"{self.view.pick(question.label)} ")
                text.append(f"--{question.fact.replace('_', '-')}", style="cyan")
                text.append(f"  {stake}", style=SAVE if question.at_stake else DIM)
                lines.append(self._bullet("?", text))
        if pointless:
            names = self.view.listed(self.view.pick(q.label) for q in pointless)
            lines.append(self._bullet("·", Text(self.view.colon(names, self.say("at_stake_none")), style=DIM)))
        idle = [levy for levy in a.levies if levy.status == "needs_fact" and levy.kind in COSTS]
        if idle:
            names = self.view.listed(self.view.pick(levy.label) for levy in idle)
            lines.append(self._heading("not_assessed"))
            lines.append(Padding(Text(names, style=DIM), (0, 2)))
        return Group(*lines) if lines else None

    def _was_begun(self, blocks: list[str]) -> bool:
        """Does a fact keep back a levy that the other facts lead to expect (VAT, income tax)?"""
        return bool({"vat", "corporate_income", "individual_income"} & set(blocks))

    def _is_prepayment(self, blocks: list[str]) -> bool:
        return all(block.startswith("vat_prepayment") for block in blocks)

    def _assumptions(self) -> RenderableType | None:
        said = self.assessment.assumptions
        if not said:
            return None
        none = [a for a in said if a.how == "assumed" and a.value == "0.00"]
        rest = [self.view.assumption(a) for a in said if a not in none]
        join = "；" if self.view.lang == "zh" else "; "
        text = join.join(rest)
        if none:
            names = self.view.listed(self.view.pick(a.label) for a in none)
            text += (join if rest else "") + self.view.colon(self.say("assumed_none"), names)
        return Group(self._heading("assumptions"), Padding(Text(text, style=DIM), (0, 2)))

    def _sources(self) -> RenderableType | None:
        if not self.numbers:
            return None
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", style="cyan", no_wrap=True)
        table.add_column(overflow="fold")
        for version, number in self.numbers.items():
            text = Text(self.view.citation(version))
            text.append(f"  {self.view.validity(version)}", style=DIM)
            until = self.assessment.model.book.table(version.path).notice_until
            if until and until != version.until and self._cites_a_notice(version):
                text.append(f"  {self.say('notice_until', day=until)}", style=DIM)
            mark = EVIDENCE[version.evidence]
            text.append(f"  {self.view.pick(mark)}", style=WARN if version.evidence == "memory" else DIM)
            if version.note:
                text.append(f"\n{self.view.pick(version.note)}", style=DIM)
            table.add_row(f"[{number}]", text)
        parts: list[RenderableType] = [self._heading("sources"), table]
        if any(version.evidence == "memory" for version in self.numbers):
            parts.append(Padding(Text(self.say("memory_note"), style=WARN), (0, 2)))
        return Group(*parts)

    def _cites_a_notice(self, version: Version) -> bool:
        notices = {notice["document"] for notice in self.assessment.model.book.notices.values()}
        return any(key in notices for key, _ in version.cites)

    # -------------------------------------------------------------------------------------- pieces

    def _heading(self, key: str) -> RenderableType:
        return Group(Text(), Rule(Text(self.say(key), style="bold"), align="left", style=DIM, characters="─"))

    def _bullet(self, mark: str, text: str | Text, style: str = DIM) -> RenderableType:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=2, justify="right", style=style)
        grid.add_column(overflow="fold")
        grid.add_row(mark, text)
        return grid

    def _figures(self, first: str, *amounts: str) -> Figures:
        return Figures(self.say(first), *(self.say(amount) for amount in amounts))


def _is_shown(levy: LevyResult) -> bool:
    return levy.status == "calculated" and levy.baseline is not None
