"""Businesses that tell mutants apart, as cases in tests/cases/witnesses.toml.

What a case expects is what the unmutated program says; whether the second calculator says the same is asked, and told in
the origin of the case.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taxcalc import assess
from taxcalc.assessment.result import Assessment
from taxcalc.base.money import yuan
from taxcalc.base.problem import InputError
from verification.proofs.rule_mutants.known_figures import Shipped
from verification.proofs.rule_mutants.made_up import confirmed
from verification.proofs.rule_mutants.mutations import Mutant

CONFIRMED = {
    True: "confirmed by verification/oracle",
    None: "verification/oracle has no figure for facts as few as these",
}


class Witnesses:
    """The cases of a file, and those that a run adds."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.cases: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
        self.added = 0
        self.told = dict.fromkeys(CONFIRMED.values(), 0)

    def add(self, one: Shipped, told: Mapping[Mutant, str]) -> bool:
        """A business as a case of the figures that mutants get wrong; not one that the program refuses, and none on which
        the second calculator differs."""
        try:
            result = assess(one.facts)
        except InputError:
            return False
        levies: dict[str, dict[str, str]] = {}
        for what in dict.fromkeys(told.values()):
            levy = what.partition(" ")[0]
            if what != "loss":
                figures = _figures(result, levy)
                if figures is None:
                    return False
                levies[levy] = figures
        if "loss" in told.values() and result.balances.loss is None:
            return False
        first, *more = map(str, told)
        answer = confirmed(one.facts, levies)
        if answer is False:
            return False
        says = CONFIRMED[answer]
        self.told[says] += 1
        origin = f"tells apart {first}" + (f" and {len(more)} more" if more else "") + f"; {says}"
        case: dict[str, Any] = {"id": f"witness-{len(self.cases) + 1}", "origin": origin, "facts": one.facts}
        case["levies"] = levies
        if "loss" in told.values():
            case["loss"] = yuan(result.balances.loss or 0)
        case["warnings"] = [warning.problem.key for warning in result.warnings]
        self.cases.append(case)
        self.added += 1
        return True

    def write(self) -> None:
        """All cases, as TOML."""
        self.file.write_text(written(self.cases), encoding="utf-8")


def _figures(result: Assessment, levy: str) -> dict[str, str] | None:
    found = next((one for one in result.levies if one.id == levy), None)
    if found is None or found.status != "calculated" or found.baseline is None or found.payable is None:
        return None
    figures = {"baseline": yuan(found.baseline), "payable": yuan(found.payable)}
    return figures if found.balance is None else figures | {"balance": yuan(found.balance)}


def written(cases: list[dict[str, Any]]) -> str:
    """Cases as TOML."""
    text = (
        "# Businesses that tell a mutant of a rule apart: written by `python -m verification.proofs mutate --write`.\n"
    )
    for case in cases:
        facts = ", ".join(f"{name} = {_toml(value)}" for name, value in case["facts"].items())
        text += f'\n[[case]]\nid = "{case["id"]}"\norigin = {_toml(case["origin"])}\nfacts = {{ {facts} }}\n'
        for levy, figures in case.get("levies", {}).items():
            said = ", ".join(f'{name} = "{value}"' for name, value in figures.items())
            text += f"levies.{levy} = {{ {said} }}\n"
        if "loss" in case:
            text += f"loss = {_toml(case['loss'])}\n"
        if case.get("warnings"):
            text += f"warnings = [{', '.join(map(_toml, case['warnings']))}]\n"
    return text


def _toml(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + str(value).replace('"', "'") + '"'
