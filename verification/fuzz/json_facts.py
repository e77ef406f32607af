"""The facts of one business as JSON (or whatever the reader takes the bytes for)."""

from __future__ import annotations

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.problem import InputError
from taxcalc.facts.files import parse
from taxcalc.facts.statement import FactSet
from verification.fuzz import check_said

_CATALOGUE = catalogue_of(shipped_book())


def one(data: bytes) -> None:
    """Read facts; every problem is a sentence in both languages."""
    try:
        facts = FactSet(_CATALOGUE)
        facts.add("stdin", parse("stdin", data))
        problems = facts.read().problems
    except InputError as error:
        problems = error.problems
    check_said(problems)
