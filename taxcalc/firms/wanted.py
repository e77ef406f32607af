"""What a batch asks of every row: which levies count, and which figures can be told."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from taxcalc.assessment.model import Model, every_levy, reliefs_with
from taxcalc.base.kinds import PURSES
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.graph.nodes import Grant
from taxcalc.law.book import LawBook
from taxcalc.rules.terms import Levy, Relief

Detail = Literal["summary", "items", "full", "totals", "reform"]
TOTALS = ("baseline", "saving", "payable")
"""Of taxes and fees."""
DUE = ("due_now.total", "due_now.income_tax")
"""What the returns of the period come to, and of it the income tax."""


def to_date(figure: str) -> str:
    """The figure that is the part of another which counts from the beginning of the year."""
    return f"to_date.{figure}"


class Wanted(NamedTuple):
    """What is asked of every row of a batch: its facts, the levies that count, the figures wanted."""

    stated: frozenset[str]
    levies: tuple[str, ...]
    figures: tuple[str, ...]
    reasons: bool


class Rows(NamedTuple):
    """What is known of the rows of a table before they are computed."""

    periods: Sequence[tuple[Model, Lowering]]
    """Those that there are: what can be told of every row of one from which columns are there."""
    others: bool
    """May there be rows of other periods?"""
    stated: frozenset[str]
    """The facts that some row may state."""


def rows_of(
    models: Sequence[Model], columns: Mapping[str, Presence], stated: Iterable[str], *, others: bool = False
) -> Rows:
    """Rows of the periods of these models, at least one, with these columns.

    A row that opened within the year knows the quarters and months before, for which there may be no column.
    """
    told: dict[str, Presence] = dict(columns)
    for fact in models[0].catalogue if "opened" in columns else ():
        if any(name != fact.name and name in columns for name in fact.inputs()):
            told |= {name: "gaps" for name in fact.inputs() if name not in columns}
    return Rows([(model, Lowering(model.span, told)) for model in models], others, frozenset(stated))


def levies_of(rows: Rows) -> list[str]:
    """The levies that are asked of every row: those that its totals would lack, were they not known."""
    return [
        id
        for id, built in rows.periods[0][0].levies.items()
        if built.levy.is_missed(rows.stated) and any(_may_apply(model, low, id) for model, low in rows.periods)
    ]


def _may_apply(model: Model, low: Lowering, levy: str) -> bool:
    node = model.levies[levy].applies
    return node is None or low.is_false(low.flag(node)) is not True


def figures_that_can_be(detail: Detail, rows: Rows, levies: Sequence[str]) -> list[str]:
    """The ids of the figures that some row can have: of these levies, and of the reliefs that can save on them."""
    model = rows.periods[0][0]
    ruled = [id for id in levies if rows.others or any(_has_rule(one, id) for one, _ in rows.periods)]
    reliefs = _reliefs_that_can_save(rows, levies)
    return _figures(
        detail, [model.levies[id].levy for id in ruled], [one for one in model.reliefs.values() if one.id in reliefs]
    )


def every_figure(detail: Detail, book: LawBook) -> list[str]:
    """The ids of the figures of every levy and every relief, whatever a table has."""
    levies = every_levy(book)
    return _figures(detail, levies, reliefs_with(levies))


def _figures(detail: Detail, levies: Sequence[Levy], reliefs: Iterable[Relief]) -> list[str]:
    names = [*(f"total.{what}" for what in TOTALS), *DUE]
    kinds = {levy.kind for levy in levies if not levy.at_most}
    names += [f"total.{kind}" for kind in ("grant", "financing") if kind in kinds]
    if detail == "summary":
        return names
    if detail == "totals":
        savings = [f"relief.{relief.id}.saving" for relief in reliefs]
        return [*names, *savings, *(to_date(name) for name in (*names[: len(TOTALS) + len(DUE)], *savings))]
    if detail == "reform":  # of taxes and fees alone, so that what changes adds up
        told = [f"total.{what}" for what in TOTALS]
        told += [f"{levy.id}.payable" for levy in levies if levy.kind in PURSES["cost"] and not levy.at_most]
        told += [f"relief.{relief.id}.saving" for relief in reliefs if relief.kind in PURSES["cost"]]
        return [*told, *map(to_date, told)]
    full = detail == "full"
    for levy in levies:
        names += [f"{levy.id}.baseline"] if full else []
        names += [f"{levy.id}.saving", f"{levy.id}.payable"]
        names += [f"{levy.id}.balance"] if full and levy.balance is not None else []
    for relief in reliefs:
        names += [f"relief.{relief.id}.saving"] + ([f"relief.{relief.id}.worth"] if full else [])
    return [*names, "loss_carried_forward"] if full else names


def _has_rule(model: Model, levy: str) -> bool:
    """Can a levy be computed under the law of a period, whatever is stated?"""
    built = model.levies[levy]
    if not built.missing:
        return True
    low = Lowering(model.span, dict.fromkeys(model.inputs(), "gaps"))
    return low.known(low.value(built.payable)) is not False


def _reliefs_that_can_save(rows: Rows, levies: Sequence[str]) -> set[str]:
    found: set[str] = set()
    in_force: set[str] = set()
    for model, low in rows.periods:
        bearing = model.reliefs_on(levies)
        found.update(id for id in bearing if any(_can_save(low, grant) for grant in model.grants[id]))
        in_force.update(id for id, grants in model.grants.items() if grants)
    return found | (_of_other_periods(model, in_force) if rows.others else set())


def _of_other_periods(model: Model, in_force: Container[str]) -> set[str]:
    """The reliefs of which the law of this period does not tell whether rows of another can have them: those that are
    not in force, and those whose terms run on, which may be in their last months here and in their first there."""
    return {
        id for id, relief in model.reliefs.items() if id not in in_force or model.book.table(relief.table).reckoning
    }


def _can_save(low: Lowering, grant: Grant) -> bool:
    """Can a relief be granted at all, and on more than nothing?"""
    if low.flag(grant).true is False:
        return False
    base = None if grant.base is None else low.number(grant.base)
    return base is None or (low.known(base) is not False and base.n != 0)
