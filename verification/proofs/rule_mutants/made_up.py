"""Made-up businesses that tell mutants apart, tried exactly on both graphs: quicker than the solver, and no proof.

They are those of the cross-check (`verification/oracle`), which lean on every threshold; so the second calculator, which was
written from the law alone, can confirm what each of them must come to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from taxcalc.base.money import yuan
from taxcalc.base.problem import InputError
from verification.oracle import assess as second
from verification.oracle.generator import businesses
from verification.proofs.rule_mutants.known_figures import Shipped, caught, made_up
from verification.proofs.rule_mutants.mutations import Mutant, mutants_of_cached


def pool(tables: int, rows: int) -> list[Shipped]:
    """So many tables of so many made-up businesses; the same ones every time."""
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
        mine = second(plain).levies
    except Exception:
        return None
    if not levies or not levies.keys() <= mine.keys():
        return None
    return all(
        [yuan(fen) for fen in mine[levy]] == [said["baseline"], said["payable"]] for levy, said in levies.items()
    )


def _plain(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


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
