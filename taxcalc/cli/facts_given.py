"""The facts of one business, put together from files, settings, --set and the options of its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from taxcalc.cli.settings import set_facts

if TYPE_CHECKING:
    from taxcalc.facts.catalogue import Catalogue
    from taxcalc.facts.listed import Raw
    from taxcalc.facts.statement import FactSet
    from taxcalc.law.book import LawBook


def facts_from(
    book: LawBook, files: list[str], sets: list[str], flags: dict[str, str | None], carry: str | None
) -> FactSet:
    """Facts from files in their order, then --set, then the options; each overrides what came before.

    What an earlier answer is carried on from is overridden by all of them. Where they state the parts of a year and another
    period of it is asked for, they are cut to that.
    """
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.facts.files import read_source
    from taxcalc.facts.statement import FactSet
    from taxcalc.facts.within import within

    catalogue = catalogue_of(book)
    of_files = [read_source(path) for path in files]
    stated = [name for _, given in of_files for name in given]
    typed = [name for name, value in flags.items() if value is not None]
    by_default = set_facts(catalogue, [*stated, *facts_set(sets), *typed])
    sources: list[tuple[str, Mapping[str, Raw]]] = [*by_default, *of_files]
    sources += [("--set", _lists(catalogue, facts_set(sets))), ("options", _lists(catalogue, flags))]
    collected = FactSet(catalogue)
    if carry is not None:
        from taxcalc.report.json_read import read_opening

        collected.opening, opening = read_opening(carry, FactSet(catalogue).told(sources).period, book)
        collected.add(carry, opening)
    found = collected.told(sources)
    if any(said.key == "part_outside" for said in found.problems):  # of a year whose parts are told, a period is asked
        year = FactSet(catalogue).told([*sources[:-1], ("options", {"year": flags.get("year")})])
        if not year.problems and year.period == found.period.around(12) != found.period:
            year.opening = collected.opening
            return within(year, found.period, flags)
    return found


def facts_set(sets: list[str]) -> dict[str, str]:
    """The facts that --set states. Raises InputError."""
    from taxcalc.base.problem import InputError, problem

    pairs = [text.partition("=") for text in sets]
    wrong = [
        problem("set_shape", text=f"{name}{sign}{value}") for name, sign, value in pairs if not sign or not name.strip()
    ]
    if wrong:
        raise InputError(wrong)
    names = [name.strip() for name, _, _ in pairs]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise InputError([problem("fact_twice", name=name, fact=name, source="--set") for name in twice])
    return {name.strip(): value for name, _, value in pairs}


def _lists(catalogue: Catalogue, given: Mapping[str, str | None]) -> dict[str, Raw]:
    """What is typed of facts: a list of quarters or months as a file has it, any other text as it is."""
    return {name: _list_or_text(catalogue, name, value) for name, value in given.items()}


def _list_or_text(catalogue: Catalogue, name: str, text: str | None) -> Raw:
    """What is typed of a fact: a list of quarters or months as a file has it, any other text as it is."""
    slot = catalogue.find(name)
    if not text or not text.strip().startswith("[") or slot is None or slot.fact.type == "text":
        return text
    import tomllib

    try:
        listed: list[Raw] = tomllib.loads(f"list = {text}", parse_float=str)["list"]
    except tomllib.TOMLDecodeError:
        return text
    return listed
