"""The program that answers for rows of one kind, and how to read what it gives.

The same questions as `taxcalc.assessment.evaluation` answers for one firm, put as outputs of one program. The exact
answer is that of `taxcalc.firms.answer`: every engine must agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from taxcalc.assessment.model import Model
from taxcalc.engines.lower import MANY, NO_RULE, Presence
from taxcalc.engines.program import Program, Truth, Whole, compile_program
from taxcalc.firms.amounts import Amounts
from taxcalc.firms.answer import BLANK, Note, Reason
from taxcalc.firms.asked import Asked
from taxcalc.firms.contradictions import contradicts, incomplete, opened_within
from taxcalc.firms.granted import Granted
from taxcalc.firms.sets import Sets


class Outcome(NamedTuple):
    """A program and how to read the sets that it gives."""

    program: Program
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

    def meaning(self, what: str, value: int) -> Any:
        """What a value of "regime", "needs", "reasons", "notes" or "incomplete" stands for."""
        if what == "regime":
            return self.regimes[value]
        table: Mapping[int, Any] = getattr(self, what)
        return frozenset(table[bit] for bit in table if value & bit)


def outcome(model: Model, columns: Mapping[str, Presence], asked: Asked, *, running: bool = False) -> Outcome:
    """The program that answers for rows with these columns, of a year that is still `running` or not."""
    amounts = Amounts(model, columns, running)
    granted = Granted(amounts)
    sets = Sets(granted, asked)
    outputs: dict[str, Whole | Truth] = {name: _figure(name, granted) for name in asked.figures}
    outputs["regime"] = amounts.regime()
    outputs["needs"] = sets.needs()
    outputs["notes"], noted = sets.notes()
    outputs["incomplete"], lacking = sets.incomplete()
    why: dict[int, Reason] = {}
    if asked.reasons:
        outputs["reasons"], why = sets.reasons()
    b = amounts.b
    too_many = b.either(sets.too_many, b.le(MANY, outputs["needs"]))
    refused = b.either(contradicts(amounts.low, model, asked.stated), incomplete(amounts.low, model))
    outputs["singly"] = b.either(b.either(too_many, refused), opened_within(amounts.low, model))
    bits = {bit: name for name, bit in amounts.low.bits.items()}
    assert NO_RULE not in bits
    regimes = ["", *(one.relief for one in model.regimes), "standard"]
    return Outcome(compile_program(outputs), bits, why, noted, lacking, regimes)


def _figure(name: str, granted: Granted) -> Whole:
    """A figure; that of a relief is BLANK where it waits for a fact."""
    value = granted.amounts.named(name)
    of, id, *_ = (*name.split("."), "")
    return granted.b.when(granted.waits(id), BLANK, value) if of == "relief" else value
