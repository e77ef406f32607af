"""An assessment as lines of a spreadsheet: what is payable, saved and refused as formulas over what a firm states.

The law, the period and which facts are stated are settled; the values of the facts move. Of what there is no formula whose
numbers a spreadsheet could hold exactly, it is said that it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from taxcalc.assessment.amounts import Amounts
from taxcalc.assessment.evaluation import Evaluation
from taxcalc.assessment.model import Model, model_for
from taxcalc.assessment.reasons import Reason, Reasons
from taxcalc.assessment.reliefs import Reliefs
from taxcalc.assessment.sentences import sentence
from taxcalc.base.algebra import Reg, Truth, Whole
from taxcalc.base.kinds import PURSES
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label, Unit
from taxcalc.engines.lists import ListKernel
from taxcalc.engines.lower import Lowering, Presence
from taxcalc.engines.program import compile_program
from taxcalc.engines.sheet import MOST, Formula, largest, lines_of, literal
from taxcalc.engines.values import Flag
from taxcalc.facts.catalogue import Fact, Slot
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Named, Node, Param, children, walk
from taxcalc.law.book import Version

_BOUNDS = (10**11, 10**12, 10**13)
"""What an amount may be at most, in fen: the first that all that are stated are within."""
_NUMBERS = ("money", "count", "average", "rate", "flag", "choice")
_SETS_OF_ANY_SIZE = 2**900
"""Sets of bits need not fit a cell: what is asked of them does."""


class Figure(NamedTuple):
    """A formula and its value as things stand: fen, or a truth."""

    formula: Formula
    value: int | bool


class LiveInput(NamedTuple):
    """What the firm states of an input, in the least part of its fact, and between which bounds it may move."""

    slot: Slot
    line: int
    value: int
    least: int
    most: int


class LiveLine(NamedTuple):
    """A line: what it is called, if anything, and the number value / d."""

    label: Label | None
    period: Period | None
    unit: Unit
    d: int
    claims: Literal["all", "none", "some"]
    """The reliefs that are claimed in it."""
    formula: Formula
    value: int | bool
    params: tuple[Param, ...]
    """The figures of the law in it."""


class LiveLevy(NamedTuple):
    """What a levy comes to; of use where it does not lack facts."""

    id: str
    lacks: Figure
    baseline: Figure
    payable: Figure


class LiveRelief(NamedTuple):
    """What becomes of a relief, and the conditions that may fail with when they do."""

    id: str
    reasons: tuple[tuple[Reason, Figure], ...]
    granted: Figure
    displaced: Figure
    """Is it granted, and another one is chosen that excludes it?"""
    waits: Figure
    saving: Figure


class Live(NamedTuple):
    """All of it, and what is left out: levies whose numbers would be too large."""

    inputs: tuple[LiveInput, ...]
    lines: tuple[LiveLine, ...]
    totals: Mapping[str, Figure]
    levies: tuple[LiveLevy, ...]
    reliefs: tuple[LiveRelief, ...]
    regimes: tuple[str, ...]
    """By the number that `regime` gives; the first is none."""
    regime: Figure
    checks: tuple[tuple[Problem, bool, Figure], ...]
    """What may be wrong with the facts, whether that makes them of no use, and when."""
    left_out: tuple[str, ...]
    bound: int
    """What an amount may be at most, in fen."""


def live(evaluation: Evaluation) -> Live:
    """The lines of one firm. Raises InputError where an amount is too large for any spreadsheet."""
    facts, model = evaluation.facts, evaluation.model
    moving = _moving(facts)
    stated = [abs(int(one.value)) for one in facts.stated.values() if one.slot.fact.type == "money"]
    bound = next((one for one in _BOUNDS if max(stated, default=0) <= one), None)
    if bound is None:
        raise InputError([problem("workbook_amount", limit=_BOUNDS[-1] // 100)])
    amounts = _amounts(facts, model, moving, bound)
    left_out = tuple(
        id
        for id, payable in amounts.payable.items()
        if largest((payable.n, *(step[id].n for step in amounts.steps))) > MOST
    )
    if left_out:
        levies = frozenset(model.levies) - frozenset(left_out)
        model = model_for(model.book, model.span, model.filing_months, levies)
        amounts = _amounts(facts, model, moving, bound)
    return _Writing(facts, amounts, moving).all(left_out, bound)


def _moving(facts: FactSet) -> dict[str, int]:
    """The inputs that may move by themselves, with what is stated, in the least part of their fact: not what settles which
    periods there are."""
    when = {
        "filing",
        "year",
        *(() if "filing" in facts.stated else (one for one, _, _ in facts.catalogue["filing"].assume_if)),
    }
    return {
        name: int(one.value * one.slot.fact.parts)
        for name, one in facts.stated.items()
        if one.slot.fact.type in _NUMBERS and one.slot.fact.name not in when and facts.stands_alone(name)
    }


def _amounts(facts: FactSet, model: Model, moving: Iterable[str], bound: int) -> Amounts:
    columns: dict[str, Presence] = {
        name: int(one.value * one.slot.fact.parts) for name, one in facts.stated.items() if one.slot.fact.type != "text"
    }
    columns |= dict.fromkeys(moving, "full")
    low = Lowering(
        model.span,
        columns,
        filing=model.filing_months,
        running=facts.scope.running,
        limit=bound,
        most=_SETS_OF_ANY_SIZE,
    )
    low.scope = facts.scope
    return Amounts(model, low)


class _Writing:
    """The lines being written."""

    def __init__(self, facts: FactSet, amounts: Amounts, moving: Mapping[str, int]) -> None:
        self._facts, self._amounts, self._moving = facts, amounts, moving
        self._model, self._b = amounts.model, amounts.b
        values = amounts.values
        assert isinstance(values, Lowering)
        self._low = values
        self._asked: list[Whole | Truth] = []

    def _ask(self, value: Whole | Truth) -> int:
        """Have a value among the lines; its place among those that were asked for."""
        self._asked.append(value)
        return len(self._asked) - 1

    def all(self, left_out: tuple[str, ...], bound: int) -> Live:
        """Ask for everything, write the lines, and put what was asked for in terms of them."""
        amounts, model = self._amounts, self._model
        reasons = Reasons(Reliefs(amounts))
        totals = {
            what: self._ask(amounts.known_sum(what, PURSES["cost"])) for what in ("baseline", "saving", "payable")
        }
        levies = [(id, list(map(self._ask, self._levy(id)))) for id in model.levies if self._is_told(id)]
        failing: dict[str, list[tuple[Reason, int]]] = {}
        for reason, at in reasons.failing():
            failing.setdefault(reason.relief, []).append((reason, self._ask(at)))
        reliefs = [
            (id, list(map(self._ask, self._relief(reasons.reliefs, id))))
            for id in amounts.reliefs
            if id in failing or amounts.saving(model.reliefs[id]) != 0
        ]
        regime = self._ask(amounts.regime())
        stated = self._facts.stated_facts()
        checks = [
            (sentence(check), check.severity == "error", self._ask(self._low.flag(node).true))
            for check, node in model.checks(stated)
        ]
        names = self._names()
        made = lines_of([*self._asked, *self._inputs()], names.keys())
        known = self._values(made)
        place = {reg: number for number, reg in enumerate(made)}

        def figure(asked: int) -> Figure:
            value = self._asked[asked]
            return Figure((place[value],), known[value]) if isinstance(value, Reg) else Figure((literal(value),), value)

        return Live(
            tuple(self._input(name, reg, place[reg]) for name, reg in zip(self._moving, self._inputs(), strict=True)),
            tuple(self._line(reg, line.formula, known[reg], names.get(reg)) for reg, line in made.items()),
            {what: figure(at) for what, at in totals.items()},
            tuple(LiveLevy(id, *map(figure, at)) for id, at in levies),
            tuple(
                LiveRelief(id, tuple((reason, figure(one)) for reason, one in failing.get(id, ())), *map(figure, at))
                for id, at in reliefs
            ),
            ("", *(option.relief for option in model.regimes), "standard"),
            figure(regime),
            tuple((said, is_error, figure(at)) for said, is_error, at in checks if figure(at).formula != ("FALSE",)),
            left_out,
            bound,
        )

    def _is_told(self, id: str) -> bool:
        """Is a levy one that the firm may have, and that is known whatever moves, or would be missed?"""
        amounts = self._amounts
        return amounts.applies[id] is not False and (amounts.known[id] is True or amounts.expected[id] is not False)

    def _levy(self, id: str) -> Iterator[Whole | Truth]:
        """Does a levy lack facts, and what it comes to: nothing where the firm does not have it."""
        b, amounts = self._b, self._amounts
        yield b.both(amounts.applies[id], b.negate(b.eq(amounts.gap[id], 0)))
        for found in (amounts.baseline, amounts.payable):
            yield b.when(amounts.applies[id], found[id].n, 0)

    def _relief(self, reliefs: Reliefs, id: str) -> Iterator[Whole | Truth]:
        """Is a relief granted, and another one chosen; does it wait for facts, and what it saves."""
        relief, live = self._model.reliefs[id], reliefs.live(id)
        yield live
        yield False if relief.exclusive is None else self._b.both(live, self._b.negate(self._amounts.is_chosen(id)))
        yield reliefs.waits(id)
        yield self._amounts.saving(relief)

    def _inputs(self) -> list[Reg]:
        found = []
        for name in self._moving:
            cell = self._low.cell(self._facts.stated[name].slot.fact, name)
            assert isinstance(cell, Reg)
            found.append(cell)
        return found

    def _input(self, name: str, reg: Reg, line: int) -> LiveInput:
        fact: Fact = self._facts.stated[name].slot.fact
        least = max(reg.lo, int((fact.minimum or 0) * fact.parts)) if reg.lo >= 0 else reg.lo
        return LiveInput(self._facts.stated[name].slot, line, self._moving[name], least, reg.hi)

    def _values(self, made: Iterable[Reg]) -> dict[Reg, int]:
        """What every line comes to as things stand."""
        regs = list(made)
        program = compile_program({str(number): reg for number, reg in enumerate(regs)})
        columns = {("input", name): [value] for name, value in self._moving.items()}
        out = ListKernel().run(program, columns, 1)
        return {reg: out[str(number)][0] for number, reg in enumerate(regs)}

    def _names(self) -> dict[Reg, tuple[Named, int, Literal["all", "none", "some"]]]:
        """What the values of lines are called, with all reliefs claimed, none, or some; and their denominators."""
        nodes = [
            one for one in walk(*(built.payable for built in self._model.levies.values())) if isinstance(one, Named)
        ]
        every = frozenset(self._amounts.reliefs)
        found: dict[Reg, tuple[Named, int, Literal["all", "none", "some"]]] = {}
        for off, claims in self._claims(every):
            self._low.claiming(off)
            for node in nodes:
                value = self._low.value(node)
                reg = value.true if isinstance(value, Flag) else value.n
                if isinstance(reg, Reg):
                    found.setdefault(reg, (node, 1 if isinstance(value, Flag) else value.d, claims))
        self._low.claiming(frozenset())
        return found

    def _claims(self, every: frozenset[str]) -> Iterator[tuple[frozenset[str], Literal["all", "none", "some"]]]:
        yield frozenset(), "all"
        yield every, "none"
        for step in self._model.steps()[:-1]:
            every -= frozenset(step)
            yield every, "some"

    def _line(
        self, reg: Reg, formula: Formula, value: int, named: tuple[Named, int, Literal["all", "none", "some"]] | None
    ) -> LiveLine:
        if reg.op == "input":
            slot = self._facts.stated[str(reg.args[0])].slot
            return LiveLine(slot.fact.label, None, slot.fact.unit, slot.fact.parts, "all", (), value, ())
        if named is None:
            return LiveLine(None, None, "flag" if isinstance(value, bool) else "count", 1, "all", formula, value, ())
        node, d, claims = named
        return LiveLine(node.label, node.period, node.unit, d, claims, formula, value, tuple(_params(node)))


def _params(node: Named) -> Iterator[Param]:
    """The figures of the law that stand in a line itself."""
    stack: list[Node] = [node.body]
    seen: set[Node] = set()
    while stack:
        here = stack.pop()
        if isinstance(here, Param) and here not in seen:
            yield here
        if not isinstance(here, Named) and here not in seen:
            seen.add(here)
            stack.extend(reversed(children(here)))


def versions_of(line: LiveLine) -> list[Version]:
    """What the figures of a line rest on."""
    return list(dict.fromkeys(param.version for param in line.params if param.version))
