"""What an assessment says beside its figures: what is refused, remarked and left out, as sets of bits.

For one firm a set is a plain int, for the rows of a table a value of a program.
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple, TypeVar

from taxcalc.assessment.assumed import Assumed
from taxcalc.assessment.due import Dues
from taxcalc.assessment.reliefs import Reliefs
from taxcalc.assessment.result import Assumption
from taxcalc.assessment.sentences import sentence
from taxcalc.assessment.stakes import Stakes
from taxcalc.base.algebra import Truth, Whole
from taxcalc.base.kinds import KINDS
from taxcalc.base.problem import Problem
from taxcalc.graph.nodes import In, Named, Node, Op, OrElse

NO_REASON = {"is_enterprise", "is_individual_business", "is_small_scale", "concerns"}
"""Lines that say what kind of taxpayer a firm is, or that a relief has nothing to apply to: no reason worth a word."""


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


Said = TypeVar("Said")


class Reasons:
    """The sets of one model, over its reliefs."""

    def __init__(self, reliefs: Reliefs) -> None:
        self.reliefs, self.amounts, self.model = reliefs, reliefs.amounts, reliefs.model
        self.values, self.b = reliefs.values, reliefs.b
        self.stakes = Stakes(reliefs)

    @functools.cached_property
    def dues(self) -> Dues:
        """What is due."""
        return Dues(self.amounts)

    def reasons(self) -> tuple[Whole, dict[int, Reason]]:
        """Of each relief that is refused, the conditions that fail; and what each bit means."""
        meaning: dict[int, Reason] = {}
        mask: Whole = 0
        for reason, at in self.failing():
            mask = self.b.union(mask, self._bit(meaning, reason, at))
        return mask, meaning

    def failing(self) -> Iterator[tuple[Reason, Truth]]:
        """Of each relief the conditions that may fail, each with: is it refused, and does this one fail?

        A relief for another kind of taxpayer needs no reason.
        """
        b = self.b
        for id in self.amounts.reliefs:
            refused = b.both(b.negate(self.reliefs.live(id)), b.eq(self.reliefs.needs(id), 0))
            refused = b.both(refused, self.reliefs.concerns(id))
            fails: dict[str, tuple[Node, Truth]] = {}
            for grant, relevant in self.reliefs.relevant(id):
                for condition in grant.conditions:
                    name = name_of(condition)
                    earlier = fails[name][1] if name in fails else False
                    now = b.both(relevant, self.values.is_false(self.values.flag(condition)))
                    fails[name] = (fails[name][0] if name in fails else condition, b.either(earlier, now))
            for name in NO_REASON & fails.keys():
                refused = b.both(refused, b.negate(fails.pop(name)[1]))
            for node, failed in fails.values():
                at = b.both(refused, failed)
                if at is not False:
                    yield Reason(id, name_of(node), node), at

    def notes(self, stated: Container[str]) -> tuple[Whole, dict[int, Note | Assumption]]:
        """What the checks remark and what a figure rests on without having been told, and what each bit means."""
        meaning: dict[int, Note | Assumption] = {}
        mask: Whole = 0
        said = [(sentence(c), node) for c, node in self.model.checks(stated) if c.severity != "error"]
        flags = [(what, self.values.flag(node).true) for what, node in said]
        for relief, what in self.model.partial_law:
            flags.append((what, self.reliefs.concerns(relief)))
        remarks: list[tuple[Note | Assumption, Truth]] = [(Note(what.text("en"), what), flag) for what, flag in flags]
        for remark, flag in (*remarks, *Assumed(self.amounts).that_matter()):
            if flag is not False:
                mask = self.b.union(mask, self._bit(meaning, remark, flag))
        return mask, meaning

    def incomplete(self) -> tuple[Whole, dict[int, str]]:
        """The levies that the totals lack, and the bit of each."""
        missed = self.amounts.missed
        return self._lacking({id: missed[id] for kind in KINDS for id in self.amounts.counted(kind)})

    def due_incomplete(self) -> tuple[Whole, dict[int, str]]:
        """The levies that the sum of what is due lacks, and the bit of each."""
        return self._lacking(self.dues.lacking)

    def _lacking(self, levies: Mapping[str, Truth]) -> tuple[Whole, dict[int, str]]:
        meaning: dict[int, str] = {}
        mask: Whole = 0
        for id, lacking in levies.items():
            if lacking is not False:
                mask = self.b.union(mask, self._bit(meaning, id, lacking))
        return mask, meaning

    def _bit(self, meaning: dict[int, Said], said: Said, where: Truth) -> Whole:
        """A bit that stands for what is said, in the rows where it is."""
        bit = 1 << len(meaning)
        meaning[bit] = said
        return self.b.when(where, bit, 0)


def name_of(condition: Node) -> str:
    """What makes two conditions the same in the eyes of a reader."""
    node = condition.args[0] if isinstance(condition, Op) and condition.op == "~" else condition
    if isinstance(node, Named):
        return node.name
    if isinstance(node, OrElse) and isinstance(node.body, In):
        return node.body.fact.name
    if isinstance(node, In):
        return node.fact.name
    if isinstance(node, Op):
        return f"{node.op}({','.join(name_of(arg) for arg in node.args)})"
    return getattr(node, "path", str(getattr(node, "value", "")))
