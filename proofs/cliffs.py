"""Cliffs: where one more fen of an input, all else equal, raises a levy by more than one yuan.

The solver is asked for a business on a cliff. Its conditions that turn with the fen are written down, and it is
asked again for a business on none of those written down, until there is none: so the list is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import z3

from proofs.businesses import Businesses
from proofs.laws import Law, laws_of
from proofs.order import Order, Side
from proofs.refute import refute
from proofs.solver import Term
from proofs.theorems import INCOME_TAXES, reached_by
from proofs.witness import exactly, facts_of
from taxcalc.graph import In, Named, Node, Op, Param, walk
from taxcalc.law import Version
from taxcalc.money import yuan

MORE_THAN = 100
"""Fen by which a levy must rise for one more fen to be a cliff."""
LIMIT_MS = 8_000
STEPPED = ("money", "average")
HEADLINE = ("revenue",)
"""The inputs that are stepped for levies on sales; for the income taxes, every amount and average is."""


class Cliff(NamedTuple):
    """A condition of a levy at which one unit more of an input raises the levy by more than a yuan."""

    levy: str
    input: str
    condition: str
    """The quantity and the figure it is held against: "taxable_income <= cit.small_low_profit.income"."""
    figure: Any
    version: Version | None
    spans: tuple[str, str]
    jump: int
    """Fen, of the business shown; the largest where `largest`."""
    largest: bool
    facts: dict[str, Any]

    @property
    def key(self) -> str:
        """What tells cliffs apart; several inputs may lead to one."""
        return f"{self.levy} | {self.condition} | {self.figure}"


def cliffs_of(law: Law, levy: str, wanted: Callable[[In], bool] = lambda node: True) -> Iterator[Cliff | str]:
    """Every cliff of a levy under one law, by input; a sentence where the solver could not tell in its time."""
    payable = law.model.levies[levy].payable
    tests = [n for n in walk(payable) if isinstance(n, Op) and n.op in ("<=", "<") and _figure(n) is not None]
    for node in dict.fromkeys(n for n in walk(payable) if isinstance(n, In) and n.fact is not None):
        if node.fact.type in STEPPED and wanted(node):
            yield from _on_input(law, levy, payable, node, tests)


def _on_input(law: Law, levy: str, payable: Node, node: In, tests: list[Op]) -> Iterator[Cliff | str]:
    now = Businesses(law.model)
    name = now.inputs[node]
    more = Businesses(law.model, (name,))
    order = Order(Side(more), Side(now), reached_by(payable, node).__contains__)
    if order.holds(payable):
        return  # it never rises with this input
    x, y = now.value(payable), more.value(payable)
    rise = y.n * x.d - x.n * y.d
    turns = {test: now.value(test).n != more.value(test).n for test in tests}
    turns = {test: turn for test, turn in turns.items() if not z3.is_false(z3.simplify(turn))}
    claim = z3.Implies(z3.And(x.known, y.known), rise <= MORE_THAN * x.d * y.d)
    known: list[Term] = [amount == 0 for business in (now, more) for amount in business.terms.shared]
    while True:
        assumptions = [*order.assumptions(z3.And(claim, *turns.values())), *known]
        found = refute(assumptions, claim, LIMIT_MS)
        if found.model is None:
            if not found:
                yield f"{levy}, {name}, {law}: open"
            return
        turned = [test for test, turn in turns.items() if z3.is_true(found.model.eval(turn))]
        alone = [
            test
            for test in turned
            if refute([*assumptions, *(z3.Not(turns[o]) for o in turned if o is not test)], claim, 3_000).model
        ]
        if not turned:
            yield f"{levy}, {name}, {law}: a rise with no condition turning"
            return
        for test in alone or turned[:1]:
            here = [*assumptions, *([z3.Not(turns[o]) for o in turned if o is not test] if alone else []), turns[test]]
            yield _described(law, levy, name, test, now, here, claim)
            known.append(z3.Not(turns[test]))


def _described(law: Law, levy: str, name: str, test: Op, now: Businesses, here: list[Term], claim: Term) -> Cliff:
    model = refute(here, claim, LIMIT_MS).model
    assert model is not None
    facts = facts_of(now, here, claim, model)
    figure = _figure(test)
    assert figure is not None
    left, right = (_name(arg) for arg in test.args)
    spans = (str(law.spans[0]), str(law.spans[-1]))
    jump = exact_jump(law, levy, facts, name)
    return Cliff(levy, name, f"{left} {test.op} {right}", figure.value, figure.version, spans, jump, False, facts)


def exact_jump(law: Law, levy: str, facts: dict[str, Any], name: str) -> int:
    """By how many fen one unit more of an input raises a levy, by the exact evaluator."""
    payable = law.model.levies[levy].payable
    raised = {**facts, name: one_more(facts[name], name in ("employees",))}
    rise: int = exactly(law.model, raised).value(payable) - exactly(law.model, facts).value(payable)
    return rise


def one_more(written: str, average: bool) -> str:
    """One fen, or one ten-thousandth of a person, more than is written."""
    from decimal import Decimal

    return str(Decimal(written) + (Decimal("0.0001") if average else Decimal("0.01")))


def _figure(test: Op) -> Param | None:
    """The figure of the law that a comparison is made with."""
    for arg in test.args:
        figures = [n for n in walk(arg) if isinstance(n, Param) and n.value is not None]
        if figures and (isinstance(arg, Param) or not any(isinstance(n, Named) for n in walk(arg))):
            return figures[0]
    return None


def _name(node: Node) -> str:
    for here in reversed(list(walk(node))):
        if isinstance(here, Named):
            return here.name
        if isinstance(here, Param):
            return here.path
        if isinstance(here, In) and here.fact is not None:
            return here.fact.name
    return "…"


def every(levies: list[str], year: str) -> Iterator[Cliff | str]:
    """Every cliff of single returns; of the laws of one year, where one is named."""
    for levy in levies:
        for law in laws_of(levy):
            if year and not any(str(span.year) == year for span in law.spans):
                continue
            if len(law.model.firm.periods) == 1 or levy in INCOME_TAXES:
                income = levy in INCOME_TAXES
                yield from cliffs_of(law, levy, lambda n, income=income: income or n.fact.name in HEADLINE)  # type: ignore[misc]


def main(page: Path, year: str = "") -> int:
    """Write docs/cliffs.md."""
    from proofs.prove import levies

    found: dict[str, Cliff] = {}
    inputs: dict[str, list[str]] = {}
    still: list[str] = []
    for one in every(levies()[::-1], year):
        print(one if isinstance(one, str) else f"{one.key} by {one.input}: {yuan(one.jump)}", flush=True)
        if isinstance(one, str):
            still.append(one)
        else:
            key = f"{one.key} {one.spans}"
            found.setdefault(key, one)
            inputs.setdefault(key, []).append(one.input)
    page.write_text(_page(found, inputs, still), encoding="utf-8")
    return 0


HEAD = """# 临界点 Cliffs

Written by `python -m proofs cliffs`. Where one more fen (of a headcount: one ten-thousandth of a person) raises a levy by more
than one yuan, all else equal. The solver is asked for a business on a cliff that is not listed yet, until there is none; what it
could not settle in its time is listed as open. The jump is that of the example, by the exact evaluator: not the largest there
is. Inputs tried: for the income taxes every amount and average, for the other levies the sales of a filing period. Of other
relief that is shared over income (individual income tax) the list is for businesses that have none.

| 税费 levy | 条件 condition | 标准 figure | 期间 periods | 因何 by one more fen of | 多缴 jump (元 yuan) | 依据 document | 例 example |
| --- | --- | --- | --- | --- | ---: | --- | --- |
"""


def _page(found: dict[str, Cliff], inputs: dict[str, list[str]], still: list[str]) -> str:
    rows = []
    for key, c in found.items():
        document = "; ".join(" ".join(cite) for cite in c.version.cites) if c.version else ""
        example = ", ".join(f"{k} = {v}" for k, v in c.facts.items())
        named = ", ".join(f"`{i}`" for i in dict.fromkeys(inputs[key]))
        figure = yuan(c.figure) if isinstance(c.figure, int) and c.figure > 10_000 else str(c.figure)
        rows.append(
            f"| `{c.levy}` | {c.condition} | {figure} | {c.spans[0]} … {c.spans[1]} | {named} | {yuan(c.jump)} | {document} | {example} |"
        )
    return HEAD + "\n".join(rows) + "\n\n" + "".join(f"* open: {line}\n" for line in still)
