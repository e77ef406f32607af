"""What is wanted of every row, answered: by one program for rows of one kind, and for one firm by the same code."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from taxcalc.assessment.amounts import BLANK, Amounts
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.model import Model
from taxcalc.assessment.reasons import Reasons
from taxcalc.assessment.reliefs import Reliefs
from taxcalc.assessment.stakes import in_order
from taxcalc.base.algebra import Truth, Whole, plain_int
from taxcalc.base.kinds import PURSES
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.engines.program import Program, compile_program
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.contradictions import incomplete, misplaced, not_the_sum, wholes
from taxcalc.firms.answers import FINDINGS, Finding, Said
from taxcalc.firms.wanted import DUE, Wanted


class Meaning(NamedTuple):
    """How to read the findings of a program."""

    regimes: list[str]
    """The ids of the income-tax regimes by their number; the first is none."""
    sets: dict[str, Mapping[int, Said]]
    """Of each other kind what a bit stands for: the relief that is refused and the condition that fails, what there is
    to remark, the levy that the totals lack."""
    bits: Mapping[str, int]
    """Of each input that may be missing."""
    word: int
    """Bits of a set that one output holds."""
    wide: int
    """Outputs that hold the needs of a levy, and as many those of what is at stake."""
    stakes: Sequence[Collection[str]]
    """The facts in each of which something may be at stake."""
    catalogue: Catalogue

    def of(self, kind: str, values: Sequence[int]) -> Finding:
        """The finding of a kind that the values of its outputs stand for."""
        if kind == "needs":
            blocking, others, order = values[: self.wide], values[self.wide : 2 * self.wide], values[2 * self.wide :]
            return in_order(self.catalogue, self.bits, [self._set(blocking), self._set(others), *order], self.stakes)
        if kind == "regime":
            return self.regimes[values[0]]
        held = self._set(values)
        return frozenset(said for bit, said in self.sets[kind].items() if held & bit)

    def _set(self, values: Sequence[int]) -> int:
        return sum(value << self.word * at for at, value in enumerate(values))


class Outcome(NamedTuple):
    """A program and how to read the findings that it gives."""

    program: Program
    findings: Mapping[str, Sequence[str]]
    """Of each kind the outputs that it takes."""
    meaning: Meaning


class Answer(NamedTuple):
    """What an assessment says of one firm, in the terms of an outcome."""

    figures: dict[str, int]
    """In fen."""
    findings: dict[str, Finding]
    """Of every kind, by what they mean."""


def outcome(model: Model, columns: Mapping[str, Presence], wanted: Wanted, *, running: bool = False) -> Outcome:
    """The program that answers for rows with these columns, of a year that is still `running` or not."""
    low = Lowering(model.span, columns, filing=model.filing_months, running=running)
    reasons = Reasons(Reliefs(Amounts(model, low)))
    outputs, findings, meaning = _outputs(reasons, wanted)
    outputs["singly"] = answered_singly(low, model, wanted.stated)
    return Outcome(compile_program(outputs), findings, meaning)


def of_evaluation(evaluation: Evaluation, wanted: Wanted) -> Answer:
    """The exact answer, from the evaluation of one firm: every engine of columns must agree with it."""
    outputs, findings, meaning = _outputs(evaluation.reasons, wanted)
    values = {name: plain_int(value) for name, value in outputs.items()}
    found = {kind: meaning.of(kind, [values[name] for name in findings.get(kind, ())] or [0]) for kind in FINDINGS}
    return Answer({name: values[name] for name in wanted.figures}, found)


def _outputs(reasons: Reasons, wanted: Wanted) -> tuple[dict[str, Whole | Truth], dict[str, Sequence[str]], Meaning]:
    """Everything that is wanted, over the values of an assessment; of each kind of findings the outputs that it takes."""
    amounts, b = reasons.amounts, reasons.b
    outputs: dict[str, Whole | Truth] = {name: figure(name, reasons) for name in wanted.figures if name not in DUE}
    masks: dict[str, Whole] = {}
    sets: dict[str, Mapping[int, Said]] = {"reasons": {}}
    outputs["regime"] = amounts.regime()
    masks["notes"], sets["notes"] = reasons.notes(wanted.stated)
    masks["incomplete"], sets["incomplete"] = reasons.incomplete()
    if wanted.reasons:
        masks["reasons"], sets["reasons"] = reasons.reasons()
    needs = reasons.stakes.needs()
    outputs |= {name: figure(name, reasons) for name in wanted.figures if name in DUE}
    masks["due_incomplete"], sets["due_incomplete"] = reasons.due_incomplete()
    blocking, others = b.words(needs.blocking), b.words(needs.others)
    wide = max(len(blocking), len(others))
    padded = [*blocking, *[0] * (wide - len(blocking)), *others, *[0] * (wide - len(others))]
    held = {kind: b.words(mask) for kind, mask in masks.items()} | {"needs": [*padded, *needs.order]}
    findings: dict[str, Sequence[str]] = {"regime": ("regime",)}
    for kind, values in held.items():
        findings[kind] = [f"{kind}.{number}" for number in range(len(values))]
        outputs |= zip(findings[kind], values, strict=True)
    regimes = ["", *(option.relief for option in amounts.model.regimes), "standard"]
    meaning = Meaning(regimes, sets, amounts.values.bits, b.word, wide, needs.facts, amounts.model.catalogue)
    return outputs, findings, meaning


def figure(name: str, reasons: Reasons) -> Whole:
    """A figure by its id, as `taxcalc.firms.wanted` lists them; BLANK where it is not known."""
    reliefs, amounts = reasons.reliefs, reasons.amounts
    match name.split("."):
        case ["due_now", what]:
            return reasons.dues.total() if what == "total" else reasons.dues.income_tax()
        case ["to_date", "due_now", _]:
            return 0  # each return is of its own period, also of what counts from the beginning of the year
        case ["to_date", "total", what]:
            return amounts.known_sum(what, PURSES["cost"], to_date=True)
        case ["to_date", "relief", id, _]:
            return reliefs.b.when(reliefs.waits(id), 0, amounts.saving(reliefs.model.reliefs[id], to_date=True))
        case ["to_date", id, what]:
            return amounts.figure(id, what) if amounts.model.levies[id].levy.to_date else 0
        case ["total", ("grant" | "financing" | "deferral") as kind]:
            return amounts.total("saving", kind)
        case ["total", what]:
            return amounts.total(what, *PURSES["cost"])
        case ["relief", id, what]:
            relief = reliefs.model.reliefs[id]
            amount = amounts.saving(relief) if what == "saving" else amounts.worth(relief)
            return reliefs.b.when(reliefs.waits(id), BLANK, amount)
        case ["loss_carried_forward"]:
            return amounts.carried()
        case [id, "balance"]:
            return amounts.balance(id)
        case [id, what]:
            return amounts.figure(id, what)
    raise KeyError(name)


def answered_singly(low: Lowering, model: Model, stated: Container[str]) -> Truth:
    """Where facts of a row contradict each other, which one firm is told with its reasons; where a whole is stated beside
    some of its parts; where the firm opened within the year, since rows that did are few."""
    b = low.builder
    opened = model.catalogue["opened"]
    found = b.both(low.there("opened"), b.lt(low.scope.span.year * 12, low.cell(opened, "opened")))
    for contradiction in contradictions(low, model, stated):
        found = b.either(found, contradiction)
    for fact in model.catalogue:
        for period in wholes(low, fact):
            found = b.either(found, incomplete(low, fact, period))
    return found


def contradictions(low: Lowering, model: Model, stated: Container[str]) -> Iterator[Truth]:
    """Each way in which facts of the row may contradict each other."""
    for check, node in model.checks(stated):
        if check.severity == "error":
            yield low.flag(node).true
    for fact in model.catalogue:
        if fact.series or fact.points:
            yield misplaced(low, fact)
        for period in wholes(low, fact):
            yield not_the_sum(low, fact, period)
