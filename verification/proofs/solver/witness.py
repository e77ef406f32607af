"""A business that refutes a claim, as facts that anyone can give to the program."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3

from taxcalc.assessment.evaluation import evaluator
from taxcalc.assessment.model import Model
from taxcalc.base.money import yuan
from taxcalc.base.period import Period
from taxcalc.base.problem import Problem
from taxcalc.engines.exact import Exact
from taxcalc.facts.catalogue import decimal_text
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import In
from verification.proofs.solver.businesses import Businesses
from verification.proofs.solver.refute import refute
from verification.proofs.solver.terms import Term, constants_of

SHORT_MS = 200


def facts_of(businesses: Businesses, assumptions: list[Term], claim: Term, model: z3.ModelRef) -> dict[str, Any]:
    """The facts of a business that refutes a claim, as few as may be: what need not be stated is not."""
    kept = list(assumptions)
    for name in sorted(constants_of(claim)):
        if name.startswith("there "):
            fewer = [*kept, z3.Not(z3.Bool(name))]
            outcome = refute(fewer, claim, SHORT_MS)
            if outcome.model is not None:
                kept, model = fewer, outcome.model
    return stated(businesses, model)


def stated(businesses: Businesses, model: z3.ModelRef) -> dict[str, Any]:
    """The facts of a model of the solver, in the words of the catalogue."""
    found: dict[str, Any] = _period(businesses.model)
    for node, name in businesses.inputs.items():
        if name in businesses.fixed:
            found[name] = _written(node, businesses.fixed[name])
        elif z3.is_true(model.eval(z3.Bool(f"there {name}"))):
            found[name] = _written(node, model.eval(z3.Int(name), model_completion=True).as_long())
    return completed(businesses.model, found)


def completed(model: Model, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with all parts of every whole of which some are stated: the first that is missing has the rest.

    No rule looks at those parts, or they would have been stated; but the program refuses a whole beside some of its parts.
    """
    more: dict[str, Any] = {}
    for said in _read(model, facts).problems:
        if said.key == "parts_incomplete":
            first, *others = said.values["missing"]
            more |= dict.fromkeys(others, yuan(0)) | {first: yuan(_rest(said))}
    return completed(model, facts | more) if more else facts


def raised(model: Model, facts: dict[str, Any], name: str, text: str) -> dict[str, Any]:
    """The facts with a larger figure for one; where that is a whole that is stated in parts too, the first has the difference."""
    more = {**facts, name: text}
    for said in _read(model, more).problems:
        if said.key == "parts_disagree" and _rest(said) > 0:
            first = next(
                part for part in model.catalogue[said.values["name"]].inputs() if part != name and part in more
            )
            more[first] = yuan(int(Fraction(str(more[first])) * 100) + _rest(said))
    return more


def _rest(said: Problem) -> int:
    """By how much a whole is more than its parts, in fen."""
    return int((Fraction(said.values["whole"]) - Fraction(said.values["parts"])) * 100)


def _read(model: Model, facts: dict[str, Any]) -> FactSet:
    given = FactSet(model.catalogue)
    given.add("witness", facts)
    return given.read()


def _period(model: Model) -> dict[str, Any]:
    year: dict[str, Any] = {"year": model.span.year} if model.span.months == 12 else {"period": str(model.span)}
    filing = {} if model.span.months == 1 else {"filing": "monthly" if model.filing_months == 1 else "quarterly"}
    return {**year, **filing}


def _written(node: In, value: int) -> Any:
    match node.fact.type:
        case "money":
            return yuan(value)
        case "flag":
            return bool(value)
        case "choice":
            return list(node.fact.options)[value]
        case "average":
            return decimal_text(Fraction(value, 10_000))
        case "month":
            return str(Period(value // 12, value % 12 + 1, 1))
        case "rate":
            return f"{value // 10**7}.{value % 10**7:07}%"
    return str(value)


def exactly(model: Model, facts: dict[str, Any]) -> Exact:
    """The exact evaluator for the business of these facts. Raises ValueError where the program refuses them."""
    given = _read(model, facts)
    if given.problems:
        raise ValueError([problem.text("en") for problem in given.problems])
    return evaluator(given)
