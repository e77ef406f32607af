"""What a batch says of each row, asked of the rules once for all rows of a kind.

The same questions as `taxcalc.assessor` answers for one firm, put as outputs of one program: amounts of
the levies, savings of the reliefs, the regime chosen, and sets of bits for what is needed, refused and
remarked. `of_assessment` gives the same answers from an assessment: every engine must agree with it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from taxcalc.assessment import Assessment
from taxcalc.catalogue import Fact
from taxcalc.engine.lower import NO_RULE, Lowering, Num, Presence
from taxcalc.engine.program import Program, Truth, Whole, compile_program
from taxcalc.facts import part_inside, ways
from taxcalc.graph import Grant, In, Named, Node, Op, OrElse, children, claim_bit, walk
from taxcalc.model import Model
from taxcalc.problem import Problem, problem
from taxcalc.rules.terms import Relief

Detail = Literal["summary", "items", "full"]

KINDS = {"is_enterprise", "is_individual_business", "is_small_scale"}
"""Lines that say what kind of taxpayer a firm is."""

BLANK = -(2**62)
"""Stands in an output column where a figure cannot be known: no amount comes near it."""


class Reason(NamedTuple):
    """A condition of a relief that fails. Those are the same that a reader would take for the same."""

    relief: str
    condition: str
    node: Node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self[:2] == other[:2]

    def __hash__(self) -> int:
        return hash(self[:2])


class Note(NamedTuple):
    """A remark, the same where its sentence is."""

    text: str
    said: Problem

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Note) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


class Outcome(NamedTuple):
    """A program and how to read the sets that it gives."""

    program: Program
    needs: dict[int, str]
    """Bit: the fact that is missing."""
    reasons: dict[int, Reason]
    """Bit: the relief that is refused and the condition that fails."""
    notes: dict[int, Note]
    """Bit: what there is to remark."""
    regimes: list[str]
    """The ids of the income-tax regimes by their number; the first is none."""

    def meaning(self, what: str, value: int) -> Any:
        """What a value of "regime", "needs", "reasons" or "notes" stands for."""
        if what == "regime":
            return self.regimes[value]
        tables: dict[str, Mapping[int, Any]] = {"needs": self.needs, "reasons": self.reasons, "notes": self.notes}
        table = tables[what]
        return frozenset(table[bit] for bit in table if value & bit)


class _Questions:
    """The outputs of one model being worked out."""

    def __init__(self, model: Model, columns: Mapping[str, Presence], asked: Asked) -> None:
        self.model, self.asked = model, asked
        self.low = Lowering(model.span, columns)
        self.b = self.low.builder
        self._counting: dict[str, list[tuple[Grant, Truth]]] = {}
        self.reliefs = [id for id in model.reliefs if model.grants[id]]
        self.steps = [self._levies(frozenset(self.reliefs[i:])) for i in range(len(self.reliefs) + 1)]
        """The levies with no relief claimed, then with one more claimed after the other."""
        self.baseline, self.payable = self.steps[0], self.steps[-1]
        self.low.claiming(frozenset())
        self.applies = {id: self._applies(id) for id in model.levies}
        self.gap = {id: self._gap(id) for id in model.levies}
        self.known = {id: self.b.both(self.applies[id], self.b.eq(self.gap[id], 0)) for id in model.levies}

    def _levies(self, off: frozenset[str]) -> dict[str, Num]:
        self.low.claiming(off)
        return {id: self.low.value(built.payable) for id, built in self.model.levies.items()}

    def _applies(self, id: str) -> Truth:
        node = self.model.levies[id].applies
        return True if node is None else self.b.negate(self.low.is_false(self.low.value(node)))

    def _gap(self, id: str) -> Whole:
        """The facts a levy waits for: with every relief claimed, else with none, else in between."""
        gap: Whole = 0
        for step in reversed([self.payable, *self.steps[:-1]]):
            needs = step[id].needs
            gap = self.b.when(self.b.eq(needs, 0), gap, needs)
        return self.b.when(self.applies[id], gap, 0)

    # ------------------------------------------------------------------------------------ amounts

    def figure(self, id: str, amounts: Mapping[str, Num]) -> Whole:
        """An amount of a levy; 0 where it does not apply, BLANK where it is not known."""
        amount = self.b.when(self.applies[id], amounts[id].n, 0)
        return self.b.when(self.b.eq(self.gap[id], 0), amount, BLANK)

    def counted(self, amounts: Mapping[str, Num], kinds: tuple[str, ...]) -> Whole:
        """The sum of the levies of these kinds that are known."""
        total: Whole = 0
        for id, built in self.model.levies.items():
            if built.levy.kind in kinds:
                total = self.b.add(total, self.b.when(self.known[id], amounts[id].n, 0))
        return total

    def saving(self, relief: Relief) -> Whole:
        """What a relief takes off the levies that are known, at its place in the order."""
        if relief.id not in self.reliefs:
            return 0
        place = self.reliefs.index(relief.id)
        return self._less(self.steps[place], self.steps[place + 1], relief.kind)

    def worth(self, relief: Relief) -> Whole:
        """What dropping this relief alone would cost."""
        if relief.id not in self.reliefs:
            return 0
        without = self._levies(frozenset((relief.id,)))
        self.low.claiming(frozenset())
        return self._less(without, self.payable, relief.kind)

    def _less(self, before: Mapping[str, Num], after: Mapping[str, Num], kind: str) -> Whole:
        b, total = self.b, 0
        for id, built in self.model.levies.items():
            if (built.levy.kind == "deferral") == (kind == "deferral"):
                known = b.both(self.known[id], b.eq(before[id].needs, 0))
                total = b.add(total, b.when(known, b.sub(before[id].n, after[id].n), 0))  # type: ignore[assignment]
        return total

    def regime(self) -> Whole:
        """The number of the income-tax regime that is chosen: 0 for none, the last for the statutory rate."""
        b, payable = self.b, self.payable["corporate_income"].n
        chosen: Whole = len(self.model.regimes) + 1
        for i, (_, granted, tax) in reversed(list(enumerate(self.model.regimes, 1))):
            wins = b.both(self.low.value(granted).true, b.eq(self.low.value(tax).n, payable))
            chosen = b.when(wins, i, chosen)
        return b.when(self.known["corporate_income"], chosen, 0)

    def carried(self) -> Whole:
        """The loss to carry forward."""
        value = self.low.value(self.model.loss_carried_forward)
        there = self.b.both(self.known["corporate_income"], self.low.known(value))
        return self.b.when(there, value.n, BLANK)

    def balance(self, id: str) -> Whole:
        """What is still to pay of a levy after what was prepaid."""
        node = self.model.levies[id].balance
        assert node is not None
        value = self.low.value(node)
        return self.b.when(self.b.both(self.known[id], self.low.known(value)), value.n, BLANK)

    # ------------------------------------------------------------------------------------ sets

    def needs(self) -> Whole:
        """The facts that something waits for: a relief, a higher rate, or a levy."""
        waiting: Whole = 0
        bearing = reliefs_of(self.model, self.asked.levies)
        for id in self.reliefs:
            if id in bearing:
                waiting = self.b.union(waiting, self._needs_of_relief(id))
        for node in self._better_rates():
            waiting = self.b.union(waiting, self._better_rate(node))
        for id in self.asked.levies:
            waiting = self.b.union(waiting, self.gap[id])
        return waiting

    def _needs_of_relief(self, id: str) -> Whole:
        b, needs = self.b, 0
        for grant, relevant in self._relevant(id):
            values = [self.low.value(condition) for condition in grant.conditions]
            here = self.low.needs_of(*values)
            if grant.base is not None:
                met = self.low.value(grant).true
                here = b.union(here, b.when(met, self.low.value(grant.base).needs, 0))
            fails: Truth = b.negate(relevant)
            for value in values:
                fails = b.either(fails, self.low.is_false(value))
            needs = b.union(needs, b.when(fails, 0, here))  # type: ignore[assignment]
        return b.when(self._live(id), 0, needs)

    def _live(self, id: str) -> Truth:
        """Is a relief granted somewhere, to an amount that is known?"""
        live: Truth = False
        for grant, relevant in self._relevant(id):
            known = True if grant.base is None else self.low.known(self.low.value(grant.base))
            live = self.b.either(live, self.b.both(relevant, self.b.both(self.low.value(grant).true, known)))
        return live

    def _relevant(self, id: str) -> list[tuple[Grant, Truth]]:
        """The grants of a relief, each with: does it count? Those do that determine what is payable; all of
        them, where none does."""
        if id not in self._counting:
            grants = self.model.grants[id]
            active = [self._active.get(grant, False) for grant in grants]
            some: Truth = False
            for one in active:
                some = self.b.either(some, one)
            none = self.b.negate(some)
            alike = all(one is active[0] for one in active)
            self._counting[id] = [
                (g, True if alike else self.b.either(a, none)) for g, a in zip(grants, active, strict=True)
            ]
        return self._counting[id]

    @functools.cached_property
    def _active(self) -> dict[Node, Truth]:
        """Which nodes determine what is payable, as `taxcalc.engine.active` tells for one firm.

        Found from the levies downwards: what a node rests on is active where the node is and the choice,
        the failed condition or the zero that decides it leaves it in.
        """
        roots = {built.payable: id for id, built in self.model.levies.items()}
        reliefs = sum(map(claim_bit, self.reliefs))
        active: dict[Node, Truth] = {}
        for node, id in roots.items():
            active[node] = self.b.either(active.get(node, False), self.known[id])
        for node in reversed(list(walk(*roots))):
            here = active.get(node, False)
            if here is not False and node.rests_on & reliefs:
                for child, there in self._deciding(node):
                    if there is not False and child.rests_on & reliefs:
                        active[child] = self.b.either(active.get(child, False), self.b.both(here, there))
        return active

    def _deciding(self, node: Node) -> list[tuple[Node, Truth]]:
        """The children of a node, each with: does it count where the node does?"""
        b, low = self.b, self.low
        match node:
            case OrElse():
                known = low.known(low.value(node.body))
                return [(node.body, known), (node.fallback, b.negate(known))]
            case Op(op="known"):
                return []
            case Op(op="when"):
                condition, then, otherwise = node.args
                value = low.value(condition)
                return [(condition, True), (then, value.true), (otherwise, low.is_false(value))]
            case Op(op="|"):
                return self._first(node.args, lambda value: value.true)
            case Op(op="&"):
                return self._first(node.args, low.is_false)
            case Grant():
                return self._first(node.conditions, low.is_false)
            case Op(op="*" | "share_up"):
                return self._first(node.args, lambda value: b.both(low.known(value), b.eq(value.n, 0)))
        return [(child, True) for child in children(node)]

    def _first(self, nodes: Sequence[Node], decides: Callable[[Any], Truth]) -> list[tuple[Node, Truth]]:
        """Of several, the first that decides counts alone; all of them where none does."""
        b = self.b
        deciding = [decides(self.low.value(node)) for node in nodes]
        before: Truth = False
        alone = []
        for one in deciding:
            alone.append(b.both(one, b.negate(before)))
            before = b.either(before, one)
        none = b.negate(before)
        return [(node, b.either(one, none)) for node, one in zip(nodes, alone, strict=True)]

    def _better_rates(self) -> list[In]:
        """The entitling facts that a rule counts only where they are known."""
        found: dict[In, None] = {}
        for node in walk(*(built.payable for built in self.model.levies.values())):
            if isinstance(node, Op) and node.op == "known" and isinstance(node.args[0], In):
                fact = node.args[0].fact
                if fact.entitles and fact.type == "flag":
                    found[node.args[0]] = None
        return list(found)

    def _better_rate(self, asked: In) -> Whole:
        b, needs = self.b, self.low.value(asked).needs
        if needs.__class__ is int and needs == 0:
            return 0
        forced = self.low.forcing({asked: True})
        saving: Whole = 0
        for id, built in self.model.levies.items():
            if not built.payable.rests_on & claim_bit(asked.name):
                continue
            then = forced.value(built.payable)
            known = b.both(self.known[id], b.eq(then.needs, 0))
            saving = b.add(saving, b.when(known, b.sub(self.payable[id].n, then.n), 0))
        return b.when(b.lt(0, saving), needs, 0)

    def reasons(self) -> tuple[Whole, dict[int, Reason]]:
        """Of each relief that is refused, the conditions that fail; and what each bit means.

        A relief for another kind of taxpayer needs no reason.
        """
        b = self.b
        meaning: dict[int, Reason] = {}
        mask: Whole = 0
        for id in self.reliefs:
            relief = self.model.reliefs[id]
            refused = b.both(b.negate(self._live(id)), b.eq(self._needs_of_relief(id), 0))
            refused = b.both(refused, self._concerns(relief))
            fails: dict[str, tuple[Node, Truth]] = {}
            for grant, relevant in self._relevant(id):
                for condition in grant.conditions:
                    name = name_of(condition)
                    earlier = fails[name][1] if name in fails else False
                    now = b.both(relevant, self.low.is_false(self.low.value(condition)))
                    fails[name] = (fails[name][0] if name in fails else condition, b.either(earlier, now))
            for name in KINDS & fails.keys():
                refused = b.both(refused, b.negate(fails.pop(name)[1]))
            for node, failed in fails.values():
                at = b.both(refused, failed)
                if at is not False:
                    bit = 1 << len(meaning)
                    meaning[bit] = Reason(id, name_of(node), node)
                    mask = b.union(mask, b.when(at, bit, 0))
        return mask, meaning

    def _concerns(self, relief: Relief) -> Truth:
        """Does a relief bear on any levy that is known of this firm?"""
        concerns: Truth = False
        for id, built in self.model.levies.items():
            if built.payable.rests_on & claim_bit(relief.id):
                concerns = self.b.either(concerns, self.known[id])
        return concerns

    def notes(self) -> tuple[Whole, dict[int, Note]]:
        """What the checks remark, and what each bit means."""
        meaning: dict[int, Note] = {}
        mask: Whole = 0
        said = [(problem(c.id), node) for c, node in self.model.checks(self.asked.stated) if c.severity != "error"]
        flags = [(what, self.low.value(node).true) for what, node in said]
        for relief, what in self.model.partial_law():
            flags.append((what, self._concerns(self.model.reliefs[relief])))
        for what, flag in flags:
            if flag is not False:
                bit = 1 << len(meaning)
                meaning[bit] = Note(what.text("en"), what)
                mask = self.b.union(mask, self.b.when(flag, bit, 0))
        return mask, meaning

    def refused(self) -> Truth:
        """Facts of the row contradict each other. The row is then read singly, which says how."""
        found: Truth = False
        for check, node in self.model.checks(self.asked.stated):
            if check.severity == "error":
                found = self.b.either(found, self.low.value(node).true)
        for fact in self.model.catalogue:
            if fact.series or fact.points:
                found = self.b.either(found, self._parts_contradict(fact))
        return found

    def _parts_contradict(self, fact: Fact) -> Truth:
        """Parts that lie outside the period, or that do not agree with the whole: as `taxcalc.facts` refuses."""
        b, low, span = self.b, self.low, self.model.span
        parts = [name for name in fact.inputs() if name in low.columns and name != fact.name]
        found: Truth = False
        for name in parts:
            if not part_inside(fact, name.removeprefix(f"{fact.name}_"), span):
                found = b.either(found, low.there(name))
            elif fact.points:
                found = b.either(found, b.both(low.there(name), low.there(fact.name)))
                if name.endswith(("_open", "_close")):
                    found = b.either(found, b.both(low.there(name), low.there(name.rpartition("_")[0])))
        for period in (span, *(span.parts(3) if span.months > 3 else ())) if parts and not fact.points else ():
            stated, *others = ways(fact, period, span)
            own = [way for way in (stated, *others) if way.how == "stated"]
            for way in others:
                if way.how == "summed":
                    both: Truth = b.negate(b.eq(*(self._sum(fact, names) for names in (own[0].names, way.names))))
                    for name in (*own[0].names, *way.names):
                        both = b.both(both, low.there(name))
                    found = b.either(found, both)
        return found

    def _sum(self, fact: Fact, names: Sequence[str]) -> Whole:
        amount: Whole = 0
        for name in names:
            amount = self.b.add(amount, self.low.cell(fact, name))
        return amount


def levies_of(model: Model, columns: Container[str]) -> list[str]:
    """The levies that can be known of a row where only these columns are there."""
    low = _where_there(model, columns)
    return [id for id, built in model.levies.items() if low.known(low.value(built.payable)) is not False]


def _where_there(model: Model, columns: Container[str]) -> Lowering:
    """What can be told of every row from which columns are there."""
    return Lowering(model.span, {name: "gaps" for name in model.inputs() if name in columns})


def figures_of(
    detail: Detail, model: Model, levies: Sequence[str], columns: Container[str], *, every_year: bool
) -> list[str]:
    """The names of the figures that a row gets: of these levies, and of the reliefs that can save on them.

    With rows of `every_year`, a relief that is not in force in the model's may be in another.
    """
    low = _where_there(model, columns)
    names = ["baseline", "saving", "payable"]
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


class Asked(NamedTuple):
    """What is asked of every row of a batch: its facts, the levies that count, the figures wanted."""

    stated: frozenset[str]
    levies: tuple[str, ...]
    figures: tuple[str, ...]
    reasons: bool


def outcome(model: Model, columns: Mapping[str, Presence], asked: Asked) -> Outcome:
    """The program that answers for rows with these columns."""
    ask = _Questions(model, columns, asked)
    figures = asked.figures
    outputs: dict[str, Whole | Truth] = {name: _figure(ask, name) for name in figures}
    outputs["refused"] = ask.refused()
    outputs["regime"] = ask.regime()
    outputs["needs"] = ask.needs()
    outputs["notes"], noted = ask.notes()
    why: dict[int, Reason] = {}
    if asked.reasons:
        outputs["reasons"], why = ask.reasons()
    bits = {bit: name for name, bit in ask.low.bits.items()}
    assert NO_RULE not in bits
    regimes = ["", *(id for id, _, _ in model.regimes), "standard"]
    return Outcome(compile_program(outputs), bits, why, noted, regimes)


def _figure(ask: _Questions, name: str) -> Whole:
    id, _, what = name.partition(".")
    match what:
        case "baseline" | "payable":
            return ask.figure(id, ask.baseline if what == "baseline" else ask.payable)
        case "saving":
            b, payable = ask.b, ask.figure(id, ask.payable)
            saved = b.when(ask.applies[id], b.sub(ask.baseline[id].n, ask.payable[id].n), 0)
            return b.when(b.eq(ask.gap[id], 0), saved, BLANK) if payable != BLANK else BLANK
        case "balance":
            return ask.balance(id)
        case "relief":
            return ask.saving(ask.model.reliefs[id])
        case "worth":
            return ask.worth(ask.model.reliefs[id])
    counted = ("tax", "fee")
    match id:
        case "baseline":
            return ask.counted(ask.baseline, counted)
        case "payable":
            return ask.counted(ask.payable, counted)
        case "saving":
            return ask.b.sub(ask.counted(ask.baseline, counted), ask.counted(ask.payable, counted))
        case "loss_carried_forward":
            return ask.carried()
    raise KeyError(name)


class Answer(NamedTuple):
    """What an assessment says of one row, in the terms of an outcome. Sets are given by what they mean."""

    figures: dict[str, int]
    regime: str
    needs: frozenset[str]
    reasons: frozenset[Reason]
    notes: frozenset[Note]


def of_assessment(result: Assessment, asked: Asked) -> Answer:
    """The exact answer, from the assessment of one firm."""
    counts = {*asked.levies, *reliefs_of(result.model, asked.levies)}
    known = {levy.id for levy in result.levies if levy.status == "calculated"}
    reasons = set()
    for item in result.items:
        bears = any(result.model.levies[id].payable.rests_on & claim_bit(item.id) for id in known)
        failed = {name_of(c.node): c.node for c in item.conditions if c.met is False}
        if item.status == "not_entitled" and bears and not failed.keys() & KINDS:
            reasons |= {Reason(item.id, name, node) for name, node in failed.items()}
    chosen = [regime.id for regime in result.regimes if regime.chosen]
    return Answer(
        {name: _figure_of(result, name) for name in asked.figures},
        chosen[0] if chosen else "",
        frozenset(question.fact for question in result.questions if counts.intersection(question.blocks)),
        frozenset(reasons),
        frozenset(Note(said.text("en"), said) for _, said in result.warnings),
    )


def _figure_of(result: Assessment, name: str) -> int:
    id, _, what = name.partition(".")
    if what in ("baseline", "payable", "saving", "balance"):
        found = getattr(result.levy(id), what)
    elif what in ("relief", "worth"):
        items = [item for item in result.items if item.id == id]
        found = (items[0].saving if what == "relief" else items[0].worth) if items else 0
    elif id == "loss_carried_forward":
        found = result.loss_carried_forward
    else:
        found = getattr(result.saved, id)
    return BLANK if found is None else int(found)


def name_of(condition: Node) -> str:
    """What makes two conditions the same in the eyes of a reader."""
    node = condition.args[0] if isinstance(condition, Op) and condition.op == "~" else condition
    if isinstance(node, Named):
        return node.name
    if isinstance(node, OrElse) and isinstance(node.body, In):
        return node.body.fact.name  # type: ignore[no-any-return]
    if isinstance(node, In):
        return node.fact.name  # type: ignore[no-any-return]
    if isinstance(node, Op):
        return f"{node.op}({','.join(name_of(arg) for arg in node.args)})"
    return getattr(node, "path", str(getattr(node, "value", "")))
