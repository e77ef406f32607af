"""The rest of a report on a terminal: what was refused and why, what to ask, what was assumed, and the sources."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from taxcalc.assessment import Item
from taxcalc.law import Version
from taxcalc.report.citing import EVIDENCE
from taxcalc.report.pieces import DIM, SAVE, WARN, Pieces
from taxcalc.rules.terms import PURSES


class Remarks(Pieces):
    """What stands below the figures."""

    def refused(self) -> RenderableType | None:
        """Reliefs that are displaced, not granted, not in force, or save nothing here."""
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
            lines.append(self.heading("displaced"))
            for item in groups["displaced"]:
                chosen = self.regime(item.displaced_by or "")
                lines.append(self._entry(item, self.say("displaced_by", chosen=chosen)))
        if groups["not_entitled"] or partly:
            lines.append(self.heading("not_entitled"))
            others: dict[str, list[Item]] = {}
            for item in groups["not_entitled"] + partly:
                kind = self.view.wrong_kind(item)
                if kind:
                    others.setdefault(kind, []).append(item)
                else:
                    lines.append(self._entry(item, self.view.reasons(item)))
            for kind, items in others.items():
                names = self.view.listed(self.view.pick(item.label) for item in items)
                lines.append(
                    self.bullet("·", Text(self.view.colon(self.say("other_kind", kind=kind), names), style=DIM))
                )
        out_of_force = [i for i in self.assessment.items if i.status == "not_in_force"]
        if out_of_force:
            lines.append(self.heading("not_in_force"))
            for item in out_of_force:
                when = self.say("since", day=item.starts) if item.starts else self.say("ended", day=item.ended)
                lines.append(self._entry(item, when))
        if idle:
            lines.append(self.heading("idle"))
            names = ("、" if self.view.lang == "zh" else "; ").join(self.view.pick(item.label) for item in idle)
            lines.append(Padding(Text(names, style=DIM), (0, 2)))
        return Group(*lines) if lines else None

    def _entry(self, item: Item, why: str) -> RenderableType:
        text = Text(self.view.pick(item.label))
        text.append(f" {self.cite(item.versions)}", style="cyan")
        text.append("  " + why, style="red" if item.status in ("not_entitled", "calculated") else DIM)
        return self.bullet("·", text)

    def questions(self) -> RenderableType | None:
        """Facts that are asked for, with what is at stake, and levies that no fact was given of."""
        a = self.assessment
        levies = {levy.id for levy in a.levies}
        given = [q for q in a.questions if not set(q.blocks) <= levies or self.was_begun(q.blocks)]
        asked = [q for q in given if q.at_stake != 0 and not self._is_prepayment(q.blocks)]
        pointless = [q for q in given if q.at_stake == 0]
        lines: list[RenderableType] = []
        if asked or pointless:
            lines.append(self.heading("questions"))
            for question in asked:
                stake = (
                    self.say("at_stake", amount=self.money(question.at_stake))
                    if question.at_stake
                    else self.say("at_stake_unknown")
                )
                text = Text(f"{self.view.inputs(question.inputs or [question.fact])} ")
                option = f"--set {question.inputs[0]}=…" if question.inputs else f"--{question.fact.replace('_', '-')}"
                text.append(option, style="cyan")
                text.append(f"  {stake}", style=SAVE if question.at_stake else DIM)
                lines.append(self.bullet("?", text))
        if pointless:
            names = self.view.listed(self.view.pick(q.label) for q in pointless)
            lines.append(self.bullet("·", Text(self.view.colon(names, self.say("at_stake_none")), style=DIM)))
        idle = [levy for levy in a.levies if levy.status == "needs_fact" and levy.kind in PURSES["cost"]]
        if idle:
            names = self.view.listed(self.view.pick(levy.label) for levy in idle)
            lines.append(self.heading("not_assessed"))
            lines.append(Padding(Text(names, style=DIM), (0, 2)))
        return Group(*lines) if lines else None

    def was_begun(self, blocks: list[str]) -> bool:
        """Does a fact keep back a levy that the other facts lead to expect (VAT, income tax)?"""
        return bool({"vat", "corporate_income", "individual_income"} & set(blocks))

    def _is_prepayment(self, blocks: list[str]) -> bool:
        return all(block.startswith("vat_prepayment") for block in blocks)

    def assumptions(self) -> RenderableType | None:
        """What was taken for granted."""
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
        return Group(self.heading("assumptions"), Padding(Text(text, style=DIM), (0, 2)))

    def sources(self) -> RenderableType | None:
        """The clauses cited, by their numbers."""
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
        parts: list[RenderableType] = [self.heading("sources"), table]
        if any(version.evidence == "memory" for version in self.numbers):
            parts.append(Padding(Text(self.say("memory_note"), style=WARN), (0, 2)))
        return Group(*parts)

    def _cites_a_notice(self, version: Version) -> bool:
        notices = {notice["document"] for notice in self.assessment.model.book.notices.values()}
        return any(key in notices for key, _ in version.cites)
