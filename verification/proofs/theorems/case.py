"""What a theorem gives: one property of one levy under one law, shown, refuted by a business, or left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from taxcalc.assessment.model import Model
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.graph.nodes import Node, claim_bit
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.refute import Outcome, refute
from verification.proofs.solver.terms import Term, constants_of
from verification.proofs.solver.witness import exactly, facts_of


class Case(NamedTuple):
    """One property of one levy under one law. `what` names the relief or the fact that it speaks of; a `witness`
    is there where a business refutes it, found by the solver and confirmed by the exact evaluator."""

    what: str
    outcome: Outcome
    witness: dict[str, Any] | None = None
    why: str = ""
    """Why it is open, where it is not for want of time."""
    false: bool = False
    """Is it shown to be false, though no one business shows it?"""


Violated = Callable[[Callable[[dict[str, Any]], Exact], dict[str, Any]], bool]
"""Does the exact evaluator, made for facts, say that these facts refute a property?"""


def case(
    what: str,
    businesses: Businesses,
    claim: Term,
    outcome: Outcome,
    violated: Violated,
    assumptions: list[Term] | None = None,
) -> Case:
    """The case of an outcome. A business of the solver that the exact evaluator does not confirm refutes nothing."""
    if outcome.model is None:
        return Case(what, outcome)
    names = constants_of(claim)
    every = assumptions or businesses.assumptions()
    few = [fact for fact in every if constants_of(fact) <= names]
    if witness := _confirmed(businesses, few, claim, outcome, violated):
        return Case(what, outcome, witness)
    # what the claim leaves open may contradict what is stated besides: ask once more with all that holds of a business
    whole = refute(every, claim)
    if whole.model is not None and (witness := _confirmed(businesses, every, claim, whole, violated)):
        return Case(what, whole, witness)
    return Case(what, Outcome(False), None, "the solver's business is none for the exact evaluator")


def _confirmed(
    businesses: Businesses, facts: list[Term], claim: Term, outcome: Outcome, violated: Violated
) -> dict[str, Any] | None:
    """The facts of the solver's business, where the exact evaluator says that they refute the property."""
    assert outcome.model is not None
    witness = facts_of(businesses, facts, claim, outcome.model)
    try:
        return witness if violated(lambda given: accepted(businesses.model, given), witness) else None
    except ValueError:
        return None


def accepted(model: Model, facts: dict[str, Any]) -> Exact:
    """The exact evaluator for a business. Raises ValueError where the program refuses its facts."""
    engine = exactly(model, facts)
    wrong = [check.id for check, node in model.checks() if check.severity == "error" and engine.value(node) is True]
    if wrong:
        raise ValueError(wrong)
    return engine


def amount(engine: Exact, node: Node) -> Any:
    """The value of a node; None where it is not known."""
    value = engine.value(node)
    return None if isinstance(value, Unknown) else value


LINES = ("vat", "corporate_income")
"""The levies that are one line of a return less another, each rounded: these two together may move the wrong way by a fen
where what both are taken from moves the right way."""
ON_VAT = ("urban_construction", "education_surcharge", "local_education_surcharge")
"""What is taken from such a levy may move by a fen with it."""


def above(x: Any, y: Any, fen: int = 0) -> bool:
    """x > y by more than some fen, where both are known."""
    return x is not None and y is not None and x > y + fen


def reliefs_of(model: Model, node: Node) -> list[str]:
    """The reliefs that a node rests on, in the order in which savings are counted."""
    return [id for id in model.reliefs if model.grants[id] and node.rests_on & claim_bit(id)]
