"""What is asked of every row, answered: by one program for rows of one kind, and for one firm by the same code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from taxcalc.assessment.amounts import BLANK, Amounts
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.model import Model
from taxcalc.assessment.reasons import Note, Reason, Reasons
from taxcalc.assessment.reliefs import Reliefs
from taxcalc.base.algebra import Truth, Whole, plain_int
from taxcalc.base.kinds import PURSES
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.engines.program import Program, compile_program
from taxcalc.engines.values import MANY
from taxcalc.firms.asked import Asked
from taxcalc.firms.singly import asked_singly

Said = str | frozenset[str] | frozenset[Reason] | frozenset[Note]
"""The income-tax regime, or a set."""


class Meaning(NamedTuple):
    """How to read the numbers and the sets of an answer."""

    needs: dict[int, str]
    """Bit: the input that is missing."""
    reasons: dict[int, Reason]
    """Bit: the relief that is refused and the condition that fails."""
    notes: dict[int, Note]
    """Bit: what there is to remark."""
    incomplete: dict[int, str]
    """Bit: the levy that the totals lack."""
    regimes: list[str]
    """The ids of the income-tax regimes by their number; the first is none."""

    def of(self, what: str, value: int) -> Said:
        """What a value of "regime", "needs", "reasons", "notes" or "incomplete" stands for."""
        if what == "regime":
            return self.regimes[value]
        table: Mapping[int, str] | Mapping[int, Reason] | Mapping[int, Note] = getattr(self, what)
        return frozenset(said for bit, said in table.items() if value & bit)  # type: ignore[return-value]


class Outcome(NamedTuple):
    """A program and how to read the sets that it gives."""

    program: Program
    meaning: Meaning


class Answer(NamedTuple):
    """What an assessment says of one firm, in the terms of an outcome. Sets are given by what they mean."""

    figures: dict[str, int]
    regime: str
    needs: frozenset[str]
    reasons: frozenset[Reason]
    notes: frozenset[Note]
    incomplete: frozenset[str]
    """The levies that its totals lack."""


def outcome(model: Model, columns: Mapping[str, Presence], asked: Asked, *, running: bool = False) -> Outcome:
    """The program that answers for rows with these columns, of a year that is still `running` or not."""
    low = Lowering(model.span, columns, filing=model.filing_months, running=running)
    reasons = Reasons(Reliefs(Amounts(model, low)))
    outputs, meaning = _outputs(reasons, asked)
    too_many = low.builder.either(reasons.too_many, low.builder.le(MANY, outputs["needs"]))
    outputs["singly"] = low.builder.either(too_many, asked_singly(low, model, asked.stated))
    return Outcome(compile_program(outputs), meaning)


def of_evaluation(evaluation: Evaluation, asked: Asked) -> Answer:
    """The exact answer, from the evaluation of one firm: every engine of columns must agree with it."""
    outputs, meaning = _outputs(evaluation.reasons, asked)
    values = {name: plain_int(value) for name, value in outputs.items()}
    said = {what: meaning.of(what, values.get(what, 0)) for what in ("regime", *Meaning._fields[:4])}
    return Answer({name: values[name] for name in asked.figures}, **said)  # type: ignore[arg-type]


def _outputs(reasons: Reasons, asked: Asked) -> tuple[dict[str, Whole | Truth], Meaning]:
    """Everything that is asked, over the values of an assessment."""
    amounts = reasons.amounts
    outputs: dict[str, Whole | Truth] = {name: figure(name, reasons.reliefs) for name in asked.figures}
    outputs["regime"] = amounts.regime()
    outputs["needs"] = reasons.needs(asked.levies)
    outputs["notes"], noted = reasons.notes(asked.stated)
    outputs["incomplete"], lacking = reasons.incomplete()
    why: dict[int, Reason] = {}
    if asked.reasons:
        outputs["reasons"], why = reasons.reasons()
    bits = {bit: name for name, bit in amounts.values.bits.items()}
    regimes = ["", *(option.relief for option in amounts.model.regimes), "standard"]
    return outputs, Meaning(bits, why, noted, lacking, regimes)


def figure(name: str, reliefs: Reliefs) -> Whole:
    """A figure by its id, as `taxcalc.firms.asked` lists them; BLANK where it is not known."""
    amounts = reliefs.amounts
    match name.split("."):
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
