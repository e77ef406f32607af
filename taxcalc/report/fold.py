"""An explanation made shorter without losing a figure: a line that only passes on another is told with it, and months of
one form are told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from taxcalc.base.period import Period
from taxcalc.law.book import Version

_PERIOD = re.compile(r"\b\d{4}(?:-\d\d|Q\d)(?![\d-])")


@dataclass
class Branch:
    """A line of an explanation with the lines below it."""

    names: list[str]
    """Of a chain of equals, all of them."""
    value: str
    formula: str
    numbers: str
    because: list[str]
    citations: list[Version]
    again: bool
    period: Period | None
    below: list[Branch] = field(default_factory=list)
    same: list[Period] = field(default_factory=list)
    """Periods of which the same is true word for word, but for the period."""

    @property
    def label(self) -> str:
        """The names of a chain, a period that they share once."""
        shared = f" {self.period}"
        return " = ".join([self.names[0], *(name.removesuffix(shared) for name in self.names[1:])])


def tree(lines: Iterable[tuple[int, Branch]]) -> list[Branch]:
    """Lines with their depths as a tree."""
    top: list[Branch] = []
    path = [top]
    for depth, branch in lines:
        del path[depth + 1 :]
        path[depth].append(branch)
        path.append(branch.below)
    return top


def folded(top: list[Branch]) -> list[Branch]:
    """The tree with chains of equals in one line each, and repetitions counted."""
    return _counted([_chained(branch) for branch in top], {})


def _chained(branch: Branch) -> Branch:
    """A line whose formula is one line below it takes its place: 'VAT = VAT of a general payer = 100.00'."""
    below = [_chained(one) for one in branch.below]
    passed = [one for one in below if branch.formula == one.names[0] and not one.again]
    if not branch.numbers and len(passed) == 1 and passed[0].value == branch.value:
        one = passed[0]
        others = [each for each in below if each is not one]
        return replace(
            one,
            names=branch.names + one.names,
            because=branch.because + one.because,
            citations=branch.citations + one.citations,
            period=branch.period,
            below=others + one.below,
        )
    return replace(branch, below=below)


def _counted(branches: list[Branch], seen: dict[tuple[str, str], object]) -> list[Branch]:
    """Of branches that say the same but for the period the first, with the periods of the others."""
    first: dict[object, Branch] = {}
    kept = []
    for branch in branches:
        form = _form(branch, seen)
        earlier = first.get(form)
        if branch.period and earlier and earlier.period:
            if branch.period not in (earlier.period, *earlier.same):
                earlier.same.append(branch.period)
        else:
            one = replace(branch, below=_counted(branch.below, seen), same=[])
            first.setdefault(form, one)
            kept.append(one)
    return kept


def _form(branch: Branch, seen: dict[tuple[str, str], object]) -> object:
    """All that a branch says but for periods; what was told above counts as if it were told again."""
    said = (branch.names[0], branch.value)
    if branch.again and said in seen:
        return seen[said]
    parts = (*branch.names, branch.value, branch.formula, branch.numbers, *branch.because)
    own = tuple(_PERIOD.sub("…", part) for part in parts)
    form = (own, tuple(branch.citations), tuple(_form(one, seen) for one in branch.below))
    if not branch.again:
        seen.update(((name, branch.value), form) for name in branch.names)
    return form


def spans(periods: Iterable[Period]) -> Iterator[str]:
    """Periods in few words: '2023-02 – 2023-12'."""
    run: list[Period] = []
    for period in sorted(periods):
        if run and (period.year, period.first) != _after(run[-1]):
            yield _span(run)
            run = []
        run.append(period)
    if run:
        yield _span(run)


def _after(period: Period) -> tuple[int, int]:
    month = period.first + period.months
    return (period.year, month) if month <= 12 else (period.year + 1, month - 12)


def _span(run: list[Period]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]} – {run[-1]}"
