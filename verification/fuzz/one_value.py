"""One cell, read as each type of fact: a value within the fact's limits or a problem that can be said."""

from __future__ import annotations

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.money import read_money, yuan
from taxcalc.base.problem import Problem
from taxcalc.facts.values import read_value
from verification.fuzz import check_said

_FACTS = list({fact.type: fact for fact in catalogue_of(shipped_book())}.values())


def one(data: bytes) -> None:
    """Read text; what was read as money is read back as the same."""
    text = data.decode("utf-8", "replace")
    for fact in _FACTS:
        value = read_value(fact, text)
        if isinstance(value, Problem):
            check_said([value])
        elif fact.type == "money":
            assert isinstance(value, int)
            assert abs(value) <= fact.maximum
            assert read_money(yuan(value)) == value
        else:
            fact.written(value)
