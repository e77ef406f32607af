"""The computation as a tree: each line with its formula in words, the numbers put in, and its citation."""

# No postponed annotations here: a NamedTuple would compile each one again at import.
from collections.abc import Iterator
from typing import NamedTuple

from taxcalc.assessment import Assessment
from taxcalc.engine.active import deciding
from taxcalc.engine.exact import Unknown
from taxcalc.engine.text import lines_below
from taxcalc.graph import Const, Grant, In, Named, Node, OrElse, Param
from taxcalc.law import Version
from taxcalc.report.labels import LABELS
from taxcalc.report.view import View


class Step(NamedTuple):
    """A line of the explanation; `again` where it was explained above."""

    depth: int
    label: str
    value: str
    formula: str
    numbers: str
    because: list[str]
    """For each relief that the line turns on: is it granted, and the conditions that decide."""
    citations: list[str]
    again: bool


def explanation(assessment: Assessment, view: View) -> Iterator[Step]:
    """The lines below every levy that is computed and not zero throughout."""
    seen: set[Node] = set()
    for levy in assessment.levies:
        if levy.status == "calculated" and levy.baseline:
            root = assessment.model.levies[levy.id].payable
            assert isinstance(root, Named)
            yield from _steps(root, 0, assessment, view, seen)


def _steps(node: Named, depth: int, assessment: Assessment, view: View, seen: set[Node]) -> Iterator[Step]:
    engine, words = assessment.exact, view.words
    label = words.label(node)
    if node in seen:
        yield Step(depth, label, words.value(node), "", "", [], [], True)
        return
    seen.add(node)
    formula, numbers = words.formula(node.body), words.substituted(node.body)
    value = words.value(node)
    versions = _versions_in(node, assessment)
    yield Step(
        depth,
        label,
        value,
        formula if formula != label else "",
        numbers if numbers not in (value, formula) else "",
        _grants_in(node, assessment, view),
        [f"{view.citation(version)} ({view.validity(version)})" for version in versions],
        False,
    )
    if isinstance(engine.value(node), Unknown):
        return  # what is missing is asked for elsewhere
    for below in lines_below(node, engine):
        yield from _steps(below, depth + 1, assessment, view, seen)
    for fact in _facts_in(node, assessment):
        yield Step(depth + 1, words.label(fact), words.value(fact), _origin(fact, assessment, view), "", [], [], False)


def _own(node: Named, assessment: Assessment) -> Iterator[Node]:
    """The nodes of a line that determine it, without those of the lines below."""
    stack: list[Node] = [node.body]
    while stack:
        here = stack.pop()
        yield here
        if not isinstance(here, Named):
            stack.extend(reversed(deciding(here, assessment.exact)))


def _versions_in(node: Named, assessment: Assessment) -> list[Version]:
    found: dict[Version, None] = {}
    for here in _own(node, assessment):
        if isinstance(here, Param | Grant) and here.version is not None:
            found[here.version] = None
    return list(found)


def _grants_in(node: Named, assessment: Assessment, view: View) -> list[str]:
    """'VAT exemption: no (sales 341,200.00 > 300,000.00)'."""
    if isinstance(node.body, Grant):
        return []  # its formula is these conditions
    grants = [here for here in _own(node, assessment) if isinstance(here, Grant)]
    return [
        f"{view.colon(view.words.label(grant), view.words.value(grant))} ({view.words.grant(grant)})"
        for grant in grants
    ]


def _facts_in(node: Named, assessment: Assessment) -> list[Node]:
    found: dict[Node, None] = {}
    for here in _own(node, assessment):
        stated = isinstance(here, In) and here.fact is not None
        if stated or _is_assumed(here, assessment):
            found[here] = None
    return list(found)


def _is_assumed(node: Node, assessment: Assessment) -> bool:
    """An assumption worth a line: taken, and not merely 'none'."""
    if not (isinstance(node, OrElse) and isinstance(node.fallback, Const)):
        return False
    taken = isinstance(assessment.exact.value(node.body), Unknown)
    return taken and bool(assessment.exact.value(node.fallback))


def _origin(node: Node, assessment: Assessment, view: View) -> str:
    """Where a fact came from."""
    if isinstance(node, OrElse):
        return view.pick(LABELS["assumptions"])
    assert isinstance(node, In)
    resolved = assessment.facts.resolve(node.fact, node.period)
    sources = {view.source(s.source) for s in assessment.facts.stated.values() if s.slot.fact is node.fact}
    averaged = ("平均", "averaged")
    how = {"spread": ("平均分摊", "spread evenly"), "summed": ("合计", "summed")}
    how |= {"averaged": averaged, "to_date": averaged}
    text = ", ".join(sorted(sources))
    return f"{text} · {view.pick(how[resolved.how])}" if resolved and resolved.how in how else text
