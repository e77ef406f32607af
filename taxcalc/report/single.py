"""The report on one business as a document: headline, what each relief saves, the levies, what else comes in.

What was refused, what to ask, what was assumed and the sources are in `remarks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taxcalc.assessment.result import Assessment, Item, LevyResult, Total
from taxcalc.base.kinds import PURSES
from taxcalc.base.money import Fen
from taxcalc.base.problem import Lang, shown
from taxcalc.facts.opening import Loss
from taxcalc.law.book import LawBook, Version
from taxcalc.report.document import Block, Cell, Document, Remark, Role, Row, Section, Span, Step, Table, Text, text
from taxcalc.report.due import due_now
from taxcalc.report.labels import LABELS
from taxcalc.report.labels.terms import BASES, KINDS
from taxcalc.report.remarks import Remarks
from taxcalc.report.words import Words

COSTS = PURSES["cost"]


def document(assessment: Assessment, book: LawBook, lang: Lang, *, steps: Iterable[Step] = ()) -> Document:
    """What is said of one business; with `steps`, the computation line by line."""
    return Report(assessment, Words(assessment, book, lang)).document(tuple(steps))


class Report(Remarks):
    """The document being made. Sources are numbered in the order in which they are first cited."""

    def document(self, steps: tuple[Step, ...]) -> Document:
        a, say = self.assessment, self.words.say
        asked, unasked = self.questions()
        sections = [asked, self.reliefs(), self.taxes(), self.income_tax(), *map(self.purse, PURSES)]
        sections += [self.opening(), *self.refused(), unasked, self.assumptions(), self.sources()]
        sections += [Section("computation", say("explain"), steps) if steps else None]
        return Document(
            self.words.lang,
            self.title(),
            self.who(),
            tuple(self.headline()),
            tuple(self.warnings()),
            tuple(section for section in sections if section and section.blocks),
            say("engine", version=a.engine, tables=a.tables[:8]),
            self.ledger(),
        )

    def ledger(self) -> Table:
        """Every relief in one row."""
        say, words = self.words.say, self.words
        rows = []
        for item in self.assessment.items:
            amounts = [self.amount(item.base, "")] if item.base is not None else [Cell("")]
            amounts += [Cell("") if fen is None else self.amount(fen, "") for fen in item[6:10]]
            waits = words.inputs(item.needs)
            cells = (
                Cell(words.pick(item.label)),
                Cell(words.pick(KINDS[item.kind])),
                Cell(say(f"status_{item.status}")),
                *amounts,
                Cell(words.reasons(item) or waits),
                Cell(" | ".join(map(words.citation, item.citations))),
            )
            rows.append(Row(text(item.id), cells))
        return Table((), tuple(rows))

    def title(self) -> Text:
        """Who it is of, and the period."""
        a, name = self.assessment, self.assessment.facts.get("name")
        period = self.words.period(a.period)
        return text(Span(str(name.value) if name else self.words.say("title"), "strong"), "  ", Span(period, "period"))

    def who(self) -> str:
        """What kind of taxpayer, and where."""
        place = self.words.choice("place")
        return " · ".join((*self.kind(), *([place] if place else [])))

    def kind(self) -> list[str]:
        """What kind of taxpayer it is, as far as that is known."""
        filing = self.words.say("filing", filing=self.words.say(self.assessment.filing))
        return [part for part in (self.words.choice("taxpayer"), self.words.choice("vat_payer"), filing) if part]

    def warnings(self) -> Iterator[Remark]:
        """Signs that facts do not fit together, or that a doubtful point decides."""
        return (Remark(text(w.problem.text(self.words.lang)), "!") for w in self.assessment.warnings)

    def headline(self) -> Iterator[Text]:
        """What is saved, what is due and to pay, what comes in, and what these lack."""
        total, say, money = self.assessment.saved, self.words.say, self.words.money
        if total.baseline is None or not any(levy.status == "calculated" for levy in self.assessment.levies):
            yield text(Span(say("headline_unknown"), "caution"))
        else:
            saved = Span(say("headline", saving=money(total.saving)), "peak")
            yield text(saved if total.saving else Span(say("headline_none"), "strong"))
            yield text(say("headline_of", baseline=money(total.baseline), payable=money(total.payable)))
        grants = self.assessment.totals["grant"].saving
        if grants:
            yield text(Span(say("headline_grants", amount=money(grants)), "strong"))
        if total.incomplete and total.baseline is not None:
            for said in self.words.lacking(total.incomplete):
                yield text(Span(said, "caution"))
        for most in self.open[:1]:
            facts = self.words.listed(map(self.asks, most.questions))
            yield text(Span(say("open", facts=facts, amount=money(most.most)), "open"))

    def reliefs(self) -> Section | None:
        counted = [i for i in self.assessment.items if i.kind in COSTS and (i.saving or i.worth)]
        if not counted:
            return None
        say = self.words.say
        rows = []
        for item in counted:
            amounts: list[tuple[int | None, Role]]
            amounts = [(item.before, ""), (item.saving, "saving"), (item.after, ""), (item.worth, "dim")]
            rows.append(Row(self.named(item), tuple(self.amount(*each) for each in amounts), self._base(item)))
        saved = self.amount(sum(item.saving or 0 for item in counted), "saving")
        total = Row(text(Span(say("total"), "strong")), (Cell(""), saved, Cell(""), Cell("")))
        heads = tuple(map(say, ("relief", "before", "saving", "after", "worth")))
        return Section("items", say("items"), (Table(heads, tuple(rows), total, say("worth_note")),))

    def amount(self, fen: int | None, role: Role) -> Cell:
        """A figure of a table."""
        return Cell(self.words.money(fen), role, None if fen is None else Fen(fen))

    def named(self, item: Item) -> Text:
        """A relief with its sources."""
        return text(Span(self.words.pick(item.label), "label"), Span(self.cited(item.citations), "source"))

    def cited(self, versions: Iterable[Version]) -> str:
        """' [1][2]', or nothing."""
        marks = self.cite(versions)
        return f" {marks}" if marks else ""

    def _base(self, item: Item) -> tuple[str, ...]:
        said = item.base is not None and item.base != item.saving
        return (f"{self.words.pick(BASES.get(item.id, LABELS['base']))} {self.words.money(item.base)}",) if said else ()

    def taxes(self) -> Section | None:
        shown = [levy for levy in self.assessment.levies if levy.kind in COSTS and levy.status == "calculated"]
        if not shown:
            return None
        say = self.words.say
        rows = tuple(Row(text(self.words.pick(levy.label)), self._of_levy(levy)) for levy in shown)
        total = self.assessment.saved
        below = Row(text(Span(say("total"), "strong")), self._of_levy(total))
        heads = tuple(map(say, ("levy", "baseline", "saving", "payable")))
        return Section("levies", say("levies"), (Table(heads, rows, below), *due_now(self.words)))

    def _of_levy(self, levy: LevyResult | Total) -> tuple[Cell, ...]:
        saving: Role = "saving" if levy.saving else "dim"
        return (
            self.amount(levy.baseline, ""),
            self.amount(levy.saving, saving),
            self.amount(levy.payable, "payable"),
        )

    def income_tax(self) -> Section | None:
        """The regime beside the others that it was chosen from, and a loss to carry forward."""
        a, say, money = self.assessment, self.words.say, self.words.money
        lines: list[Block] = []
        chosen = a.regime
        if chosen and chosen.tax:
            others = [r for r in a.regimes if r is not chosen and (r.granted or r.id == "standard")]
            dearer = [f"{self.words.regime(r.id)} {money(r.tax)}" for r in others if r.tax > chosen.tax]
            said = say("regime", regime=self.words.regime(chosen.id), tax=money(chosen.tax))
            lines.append(Remark(text(self.words.aside(said, self.words.listed(dearer))), ""))
        return Section("balances", "", (*lines, *self.balances()))

    def balances(self) -> Iterator[Remark]:
        """What is carried forward."""
        a, say, money = self.assessment, self.words.say, self.words.money
        yield from (Remark(text(self._loss(loss)), "") for loss in a.balances.losses)
        for key, amount in (
            ("carried_credit", a.balances.vat_credit),
            ("carried_additional", a.balances.additional_deduction),
        ):
            if amount:
                yield Remark(text(say(key, amount=money(amount))), "")

    def opening(self) -> Section | None:
        """What was taken over from the answer for the period before."""
        opening, words = self.assessment.opening, self.words
        if opening is None:
            return None
        facts = [
            f"{words.label(name)} {words.value(given.value)}"
            for name, given in self.assessment.facts.items()
            if given.source == opening.source
        ]
        listed = words.listed(facts) or words.say("opening_none")
        where = words.say("opening_from", period=opening.period, source=shown(opening.source), facts=listed)
        lost = [
            words.say("loss_expired", year=x.year, amount=words.money(x.amount), until=x.until) for x in opening.expired
        ]
        return Section("opening", words.say("opening"), tuple(Remark(text(line)) for line in (where, *lost)))

    def _loss(self, loss: Loss) -> str:
        if loss.year is None:
            return self.words.say("loss_earlier", amount=self.words.money(loss.amount))
        return self.words.say("loss", year=loss.year, amount=self.words.money(loss.amount), until=loss.until)

    def purse(self, purse: str) -> Section | None:
        """What is no tax or fee saved, each kind by itself: grants, financing, deferrals, advantages."""
        found = [i for i in self.assessment.items if i.kind == purse and i.saving]
        if not found or purse == "cost":
            return None
        say = self.words.say
        rows = []
        for item in found:
            figure = Cell(self.words.range(item), "dim" if item.at_most else "", item.saving)
            kept = self.words.kept(item)
            rows.append(Row(self.named(item), (figure,), (*self._base(item), *([kept] if kept else []))))
        certain = self.assessment.totals[purse].saving
        total = Row(text(Span(say("total"), "strong")), (self.amount(certain, "strong"),)) if certain else None
        note = say("at_most_note") if any(item.at_most for item in found) else ""
        table = Table((say("relief"), say("amount")), tuple(rows), total if len(found) > 1 else None, note)
        return Section(purse, say(f"kind_{purse}"), (table,))
