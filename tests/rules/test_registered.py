"""Nothing is forgotten in silence: what is written down for the rules is registered, and what the tables hold is used."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import TypeVar

import pytest

from taxcalc import rules
from taxcalc.assessment.model import Model, shipped_book
from taxcalc.base.period import Period
from taxcalc.facts.catalogue import Catalogue, Fact
from taxcalc.law.book import LawBook, Stated, Version
from taxcalc.law.folder import load_tables
from taxcalc.rules.terms import Balance, Check, Levy, Relief

APART = {
    "name": "heads a report",
    "id": "heads a report",
    "year": "is the assessed period",
    "period": "is the assessed period",
    "period_from": "begins the assessed period",
    "period_to": "ends the assessed period",
    "filing": "cuts it into filing periods",
}
"""Facts that no rule reads, and what they do instead."""

Declared = TypeVar("Declared", Levy, Relief, Check, Balance)
MODULES = [
    importlib.import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
]


def declared(module: ModuleType, kind: type[Declared]) -> Iterator[Declared]:
    """What a module states of a kind, alone or in a tuple."""
    for value in vars(module).values():
        for one in value if type(value) is tuple else [value]:
            if isinstance(one, kind):
                yield one


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_a_module_of_rules_declares_is_registered(module: ModuleType) -> None:
    reliefs = {*rules.RELIEFS, *(relief for levy in rules.LEVIES for relief in levy.reliefs)}
    said = [
        f"{module.__name__}: the {type(one).__name__} '{one.id}' is forgotten; add it to the {register} of its module, "
        f"and that to {register} in taxcalc/rules/__init__.py"
        for register, found, known in (
            ("LEVIES", declared(module, Levy), set(rules.LEVIES)),
            ("RELIEFS", declared(module, Relief), reliefs),
            ("CHECKS", declared(module, Check), set(rules.CHECKS)),
            ("BALANCES", declared(module, Balance), set(rules.BALANCES)),
        )
        for one in found
        if one not in known
    ]
    assert not said, "\n".join(said)


def test_what_is_declared_is_found_at_all() -> None:
    """So that what this file looks for is not looked for in vain."""
    assert {levy for module in MODULES for levy in declared(module, Levy)} == set(rules.LEVIES)
    assert {relief for module in MODULES for relief in declared(module, Relief)} >= set(rules.RELIEFS)


class ReadBook(LawBook):
    """The shipped tables, and what is read of them."""

    def __init__(self) -> None:
        super().__init__(load_tables())
        self.read: set[str] = set()
        """Tables, and parameters of tables."""

    def version(self, path: str, period: Period) -> Version | None:
        self.read.add(path)
        return super().version(path, period)

    def figures(self, path: str, period: Period) -> dict[str, Stated]:
        return _ReadFigures(super().figures(path, period), path, self.read)


class _ReadFigures(dict[str, Stated]):
    def __init__(self, figures: Mapping[str, Stated], path: str, read: set[str]) -> None:
        super().__init__(figures)
        self._path, self._read = path, read

    def __getitem__(self, name: str) -> Stated:
        stated = super().__getitem__(name)
        names = {key for band in stated for key in band} if isinstance(stated, list) else set()
        self._read |= {f"{self._path}.{key}" for key in (name, *names)}
        return stated


class ReadCatalogue(Catalogue):
    """The shipped facts, and which of them are read."""

    def __init__(self, book: LawBook) -> None:
        super().__init__(book.facts)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Fact:
        self.read.add(name)
        return super().__getitem__(name)


@cache
def what_the_rules_read() -> tuple[ReadBook, ReadCatalogue]:
    """The tables and facts after the rules of every covered year, and of a prepayment in it, were built."""
    book = ReadBook()
    catalogue = ReadCatalogue(book)
    year = catalogue["year"]
    for period in map(Period, range(int(year.minimum or 0), int(year.maximum) + 1)):
        for filing_months in (1, 3):
            Model(book, catalogue, period, filing_months).checks()
        Model(book, catalogue, period.parts(3)[1], 3).checks()
    catalogue.read -= {"year"}
    return book, catalogue


READ_ABOVE = ("choice.", "filing.")
"""Tables that no tax rests on: those of advice, and of the days on which returns are filed."""


def test_every_table_is_read_by_a_rule() -> None:
    book, _ = what_the_rules_read()
    said = [
        f"[{path}]: no rule reads this table; let one read it, give it a `reckon`, or take it out"
        for path in book.paths()
        if path not in book.read and not path.startswith(READ_ABOVE)
    ]
    assert not said, "\n".join(said)


def test_every_parameter_of_a_rule_is_read() -> None:
    """What a measure states besides its amount is for its report."""
    book, _ = what_the_rules_read()
    said = [
        f"[{path}] {parameter}: no rule reads this parameter; let one read it, or take it out"
        for path in book.paths()
        if path not in book.measures() and not path.startswith(READ_ABOVE)
        for parameter in book.parameters(path)
        if f"{path}.{parameter}" not in book.read
    ]
    assert not said, "\n".join(said)


def test_every_fact_is_read() -> None:
    _, catalogue = what_the_rules_read()
    said = [
        f"facts.toml: [{fact.name}]: nothing reads this fact; let a rule or a measure read it, or take it out "
        f"(what is read elsewhere stands in APART in {__file__}, with the reason)"
        for fact in catalogue
        if fact.name not in catalogue.read and fact.name not in APART
    ]
    assert not said, "\n".join(said)
    assert not catalogue.read & APART.keys(), "a rule reads it now: take it out of APART"


def test_every_group_has_measures() -> None:
    book = shipped_book()
    reckonings = [book.table(path).reckoning for path in book.measures()]
    used = {reckoning["exclusive"] for reckoning in reckonings if reckoning}
    said = [
        f"groups.toml: [{group}]: no measure is in this group; name it as `exclusive` in two of them, or take it out"
        for group in book.groups()
        if group not in used
    ]
    assert not said, "\n".join(said)
