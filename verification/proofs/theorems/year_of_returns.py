"""A year of VAT, and of the surcharges on it, is the sum of its returns: checked on the graph, form by form.

Each return of a year has the form of a single return, once four things are taken as given in both: the kind of
payer (told from the sales of the year), the credit brought forward (what the return before left over), the
additional deduction available (likewise), and what the firm is. What is proved of a single return for every
such value is then true of each return of a year. One thing differs: figures of a year that are cut into periods
may be a few fen off, so the checks of a year are not those of its returns; what rests on no check is a theorem of
its own (`parts_that_exceed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from taxcalc.assessment.model import Model, model_for
from taxcalc.base.period import Period
from taxcalc.graph.nodes import Named, Node, Op, walk
from verification.proofs.laws import Forms, Law
from verification.proofs.solver.refute import Outcome
from verification.proofs.theorems.case import Case

RETURNS = {
    "vat": "vat_payable",
    "urban_construction": "urban_construction_payable",
    "education_surcharge": "education_payable",
    "local_education_surcharge": "local_education_payable",
}
"""For each levy that is paid by return: its line of one return."""
GIVEN = ("vat_payer", "is_small_scale", "credit_brought_forward", "available")
"""The lines through which returns of a year know of each other."""


class ReturnForms(Forms):
    """Forms in which what is given to a return is no part of it."""

    def _form(self, node: Node, span: Any, made: dict[Node, int]) -> Any:
        if isinstance(node, Named) and node.name in GIVEN:
            return ("given", node.name)
        return super()._form(node, span, made)


def lines_of(model: Model, levy: str) -> list[Named]:
    """The line of each return, in their order."""
    periods = [view.period for view in model.firm.periods]
    lines = [n for n in walk(model.levies[levy].payable) if isinstance(n, Named) and n.name == RETURNS[levy]]
    return sorted((line for line in lines if line.period in periods), key=lambda line: periods.index(_period(line)))


def _period(line: Named) -> Period:
    assert line.period is not None
    return line.period


def is_year_of_returns(model: Model, levy: str) -> bool:
    """Does it rest on the VAT of several returns?"""
    return levy in RETURNS and len(lines_of(model, levy)) > 1


def is_the_sum(model: Model, levy: str) -> bool:
    """Is the sum of all returns, and of nothing else, a part of the levy of the year?"""
    lines = lines_of(model, levy)
    return len(lines) == len(model.firm.periods) and any(
        _added(node) == lines for node in walk(model.levies[levy].payable) if isinstance(node, Op) and node.op == "+"
    )


def _added(node: Node) -> list[Node]:
    if isinstance(node, Op) and node.op == "+":
        return [one for arg in node.args for one in _added(arg)]
    return [node]


def same_forms(model: Model, levy: str) -> bool:
    """Has each return the form of the single return of its period?"""
    for line in lines_of(model, levy):
        period = _period(line)
        alone = model_for(model.book, period, model.filing_months)
        (single,) = lines_of(alone, levy)
        forms = ReturnForms()
        if forms.of((line,), period) != forms.of((single,), period):
            return False
    return True


def year_of_returns(law: Law, levy: str) -> Iterator[Case]:
    """A year is the sum of its returns, each of the form of a single return; filed by quarter and by month."""
    if is_year_of_returns(law.model, levy):
        given = law.model
        for filing, what in ((3, "by quarter"), (1, "by month")):
            others = [model_for(given.book, span, filing) for span in law.spans]
            years = [given if (one.span, filing) == (given.span, given.filing_months) else one for one in others]
            for name, asked in (("the sum", is_the_sum), ("the forms", same_forms)):
                wrong = [str(model.span) for model in years if not asked(model, levy)]
                yield Case(f"{name}, {what}", Outcome(not wrong), None, ", ".join(wrong), bool(wrong))
