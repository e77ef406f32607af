"""What a user sets for the rows of a table that do not state it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.facts.statement import FactSet
from taxcalc.firms.read.cells import reader

WHEN = ("year", "period")
"""The facts that say the assessed period: a row that states one of them is given neither."""


def defaults_of(given: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """What a user set, from texts such as 'year=2023'.

    Raises InputError, with every problem, where a name or a value cannot be used.
    """
    facts = FactSet(catalogue)
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            facts.problems.append(problem("set_shape", text=text))
        else:
            facts.add("options", {name.strip(): value})
    facts.read(Period(0))
    if facts.problems:
        raise InputError(facts.problems)
    return {name: stated.text for name, stated in facts.stated.items() if stated.slot.fact.name not in ("name", "id")}


def numbers_of(defaults: Mapping[str, str], catalogue: Catalogue) -> dict[str, int]:
    """The whole numbers that stand for what was set, but for the period."""
    numbers = {}
    for name, text in defaults.items():
        if name not in WHEN:
            slot = catalogue.find(name)
            assert slot is not None
            value = reader(slot.fact)(text)
            assert isinstance(value, int)
            numbers[name] = value
    return numbers
