"""Made-up businesses that tell mutants apart, tried exactly on both graphs: quicker than the solver, and no proof.

They are those of the cross-check (`tests/oracle`), which lean on every threshold; so the second calculator, which was
written from the law alone, can confirm what each of them must come to.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from taxcalc.base.money import yuan
from taxcalc.base.problem import InputError
from verification.proofs.rule_mutants.known_figures import Shipped, caught, made_up
from verification.proofs.rule_mutants.mutations import Mutant, mutants_of_cached

TESTS = Path(__file__).parent.parent / "tests"


def pool(tables: int, rows: int) -> list[Shipped]:
    """So many tables of so many made-up businesses; the same ones every time."""
    businesses = _oracle("generator").businesses
    found = []
    for table in range(tables):
        for i, facts in enumerate(businesses(f"mutants.{table}", rows)):
            try:
                found.append(made_up(f"{table}.{i}", facts))
            except (ValueError, InputError):
                continue
    return found


def confirmed(facts: dict[str, Any], levies: dict[str, dict[str, str]]) -> bool | None:
    """Does the second calculator come to the same baseline and payable? None where it has no figure for these facts.

    It takes sales that are not stated as none, where the program waits for them and grants no relief that rests on them:
    it is asked of a general payer then.
    """
    try:
        plain = {"taxpayer": "enterprise"} | {name: _plain(value) for name, value in facts.items()}
        if not any(name == "vat_payer" or name.startswith("revenue") for name in facts):
            plain["vat_payer"] = "general"
        mine = _oracle("outcome").assess(plain).levies
    except Exception:
        return None
    found = [mine.get(levy) for levy in levies]
    if not found or any(one is None for one in found):
        return None
    pairs = zip(found, levies.values(), strict=True)
    return all([yuan(fen) for fen in one] == [said["baseline"], said["payable"]] for one, said in pairs)


def _plain(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _oracle(module: str) -> Any:
    import importlib

    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return importlib.import_module(f"oracle.{module}")


def told_apart_by(one: Shipped, mutants: Iterable[Mutant]) -> dict[Mutant, str]:
    """The mutants that a business tells apart, each with the figure that differs."""
    found = {}
    of_model = mutants_of_cached(one.model)
    for mutant in mutants:
        instead = of_model.get(mutant)
        if instead is not None:
            try:
                what = caught(one, instead)
            except (TypeError, ValueError, ZeroDivisionError):
                what = "cannot be computed"
            if what:
                found[mutant] = what
    return found


def fewest(kills: dict[str, dict[Mutant, str]]) -> list[tuple[str, set[Mutant]]]:
    """Businesses that together tell apart all that any does, as few as a greedy choice gives."""
    left = set().union(*kills.values()) if kills else set()
    chosen = []
    while left:
        best = max(kills, key=lambda id: len(left & kills[id].keys()))
        told = left & kills[best].keys()
        chosen.append((best, told))
        left -= told
    return chosen
