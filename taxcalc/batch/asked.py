"""What a batch asks of every row: which levies count, and which figures can be told."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Literal, NamedTuple

from taxcalc.catalogue import Fact
from taxcalc.engine.lower import Lowering
from taxcalc.graph import Grant, claim_bit
from taxcalc.model import Model

Detail = Literal["summary", "items", "full"]


class Asked(NamedTuple):
    """What is asked of every row of a batch: its facts, the levies that count, the figures wanted."""

    stated: frozenset[str]
    levies: tuple[str, ...]
    figures: tuple[str, ...]
    reasons: bool


def levies_of(model: Model, columns: Container[str]) -> list[str]:
    """The levies that can be known of a row where only these columns are there."""
    low = _where_there(model, columns)
    return [id for id, built in model.levies.items() if low.known(low.value(built.payable)) is not False]


def _where_there(model: Model, columns: Container[str]) -> Lowering:
    """What can be told of every row from which columns are there.

    A row that opened within the year knows the quarters and months before, for which there may be no column.
    """
    there = [name for fact in model.catalogue for name in _inputs_there(fact, columns)]
    return Lowering(model.span, dict.fromkeys(there, "gaps"))


def _inputs_there(fact: Fact, columns: Container[str]) -> list[str]:
    there = [name for name in fact.inputs() if name in columns]
    in_parts = any(name != fact.name for name in there)
    return list(fact.inputs()) if in_parts and "opened" in columns else there


def figures_of(
    detail: Detail, model: Model, levies: Sequence[str], columns: Container[str], *, every_year: bool
) -> list[str]:
    """The names of the figures that a row gets: of these levies, and of the reliefs that can save on them.

    With rows of `every_year`, a relief that is not in force in the model's may be in another.
    """
    low = _where_there(model, columns)
    names = ["baseline", "saving", "payable"]
    kinds = {model.levies[id].levy.kind for id in levies if not model.levies[id].levy.at_most}
    names += [kind for kind in ("grant", "financing") if kind in kinds]
    if detail != "summary":
        for id in levies:
            names += [f"{id}.baseline"] if detail == "full" else []
            names += [f"{id}.saving", f"{id}.payable"]
            names += [f"{id}.balance"] if detail == "full" and model.levies[id].balance is not None else []
        bearing = reliefs_of(model, levies)
        for id in model.reliefs:
            if not model.grants[id] and not every_year:
                continue
            if model.grants[id] and (id not in bearing or not any(_can_save(low, g) for g in model.grants[id])):
                continue
            names += [f"{id}.relief"] + ([f"{id}.worth"] if detail == "full" else [])
        names += ["loss_carried_forward"] if detail == "full" else []
    return names


def _can_save(low: Lowering, grant: Grant) -> bool:
    """Can a relief be granted at all, and on more than nothing?"""
    return low.value(grant).true is not False and (grant.base is None or low.value(grant.base).n.__class__ is not int)


def reliefs_of(model: Model, levies: Sequence[str]) -> list[str]:
    """The reliefs that bear on some of these levies."""
    bits = 0
    for id in levies:
        bits |= model.levies[id].payable.rests_on
    return [id for id in model.reliefs if bits & claim_bit(id)]
