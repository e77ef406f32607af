"""The rules built into one graph, for an assessed period and a filing frequency.

Built once and kept: a million firms of one year share it.
"""

import functools
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from taxcalc.assessment.conditions import Labels, labels_of
from taxcalc.base.period import Period
from taxcalc.base.problem import Problem, problem
from taxcalc.facts.catalogue import Catalogue
from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.nodes import ABSENT, Grant, In, Node, Op, OrElse, Param, children, claim_bit, walk
from taxcalc.law.book import LawBook
from taxcalc.law.folder import load_tables
from taxcalc.rules import BALANCES, CHECKS, LEVIES, RELIEFS, levies_under, measures
from taxcalc.rules.corporate_income import income_after_rd, loss_carried_forward, standard_tax, years_of_losses
from taxcalc.rules.terms import Check, Levy, Option, Relief
from taxcalc.rules.vat import prepayment, vat_payable


class BuiltLevy(NamedTuple):
    """A levy with its node in fen, its condition, and the tables it needs that have no version here."""

    levy: Levy
    payable: Node
    applies: Node | None
    missing: list[str]
    balance: Node | None


class BuiltBalance(NamedTuple):
    """A balance with its nodes."""

    id: str
    applies: Node
    amount: Node


class Model:
    """One graph: levies, grants by relief, checks, and the income-tax regimes to choose from."""

    def __init__(
        self,
        book: LawBook,
        catalogue: Catalogue,
        span: Period,
        filing_months: int,
        looked_at: frozenset[str] | None = None,
    ) -> None:
        self.book, self.catalogue, self.span, self.filing_months = book, catalogue, span, filing_months
        self.firm = Firm(catalogue, span, filing_months)
        self.law = Law(book, span)
        self._checks: dict[str, Node] = {}
        self._fact_bits: dict[Node, int] = {}
        self._place_of_fact = {fact.name: place for place, fact in enumerate(catalogue)}
        self._measuring: dict[Grant, tuple[Node, ...]] = {}
        self._of_one_period: dict[Grant, list[tuple[Node, In]]] = {}
        every = [levy for levy in every_levy(book) if looked_at is None or levy.id in looked_at]
        self.levies: dict[str, BuiltLevy] = {levy.id: self._build(levy) for levy in every}
        self.choices: dict[str, list[Option]] = {
            levy.id: levy.options(self.firm, self.law) for levy in every if levy.options
        }
        """For a levy with reliefs that exclude each other: these, the first of equals chosen."""
        self.reliefs: dict[str, Relief] = {relief.id: relief for relief in reliefs_with(every)}
        """In the order in which savings are counted."""
        self.grants: dict[str, list[Grant]] = {id: [] for id in self.reliefs}
        for grant in self.firm.grants.values():
            self.grants[grant.relief].append(grant)
        self.regimes = self.choices.get("corporate_income", [])
        self.least = measures.lower_ends(self.firm, self.law)
        """For reliefs that are a range: the lower end of it."""
        self.terms = measures.months_of_terms(self.firm, self.law)
        """For reliefs that are given for a number of months in all: those before the assessed period, and those of it."""
        self.standard_tax = standard_tax(self.firm, self.law)
        self.loss_carried_forward = loss_carried_forward(self.firm, self.law)
        self.income_after_rd, self.years_of_losses = (
            rule(self.firm, self.law) for rule in (income_after_rd, years_of_losses)
        )
        self.balances = [
            BuiltBalance(b.id, b.applies(self.firm, self.law), b.amount(self.firm, self.law)) for b in BALANCES
        ]

    @functools.cached_property
    def vat_returns(self) -> list[tuple[Node, Node]]:
        """Of each filing period the VAT, and what is prepaid of it elsewhere."""
        at = [(view, self.law.at(view.period)) for view in self.firm.periods]
        return [(vat_payable(view, law), prepayment(view, law)) for view, law in at]

    def steps(self) -> list[list[str]]:
        """The reliefs that are granted at all, in the order in which savings are counted: one by one, those
        that exclude each other together."""
        found: list[list[str]] = []
        group: str | None = None
        for relief in self.reliefs.values():
            if not self.grants[relief.id]:
                continue
            if relief.exclusive and relief.exclusive == group:
                found[-1].append(relief.id)
            else:
                found.append([relief.id])
            group = relief.exclusive
        return found

    def choice_of(self, relief: str) -> tuple[str, list[Option]] | None:
        """The levy on which a relief is one of several that exclude each other, and these."""
        for levy, options in self.choices.items():
            if any(option.relief == relief for option in options):
                return levy, options
        return None

    def reliefs_on(self, levies: Iterable[str]) -> list[str]:
        """The reliefs that bear on some of these levies."""
        bits = 0
        for id in levies:
            bits |= self.levies[id].payable.rests_on
        return [id for id in self.reliefs if bits & claim_bit(id)]

    @functools.cached_property
    def counted_where_known(self) -> list[In]:
        """The entitling facts that a rule counts only where they are known, such as to be a manufacturer."""
        found: dict[In, None] = {}
        for node in walk(*(built.payable for built in self.levies.values())):
            if isinstance(node, Op) and node.op == "known" and isinstance(node.args[0], In):
                fact = node.args[0].fact
                if fact.entitles and fact.type == "flag":
                    found[node.args[0]] = None
        return list(found)

    @functools.cached_property
    def assumed(self) -> list[tuple[In, Node]]:
        """The facts that something stands in for, and what that is."""
        found: dict[In, Node] = {}
        for node in walk(*self._nodes_of(self.levies)):
            if isinstance(node, OrElse) and isinstance(node.body, In):
                found.setdefault(node.body, node.fallback)
        return list(found.items())

    @functools.cached_property
    def bears_on(self) -> dict[str, list[str]]:
        """Of each fact the levies that rest on it."""
        found: dict[str, list[str]] = {}
        for id in self.levies:
            for fact in self.facts_of(self._nodes_of([id])):
                found.setdefault(fact, []).append(id)
        return found

    @functools.cached_property
    def cut_in_periods(self) -> list[str]:
        """The levies that are worked out by filing period."""
        return [id for id in self.levies if any(map(_of_a_filing_period, walk(*self._nodes_of([id]))))]

    @property
    def filing_periods(self) -> list[Period]:
        """The filing periods of the assessed one."""
        return [view.period for view in self.firm.periods]

    def _nodes_of(self, levies: Iterable[str]) -> list[Node]:
        """What is payable of some levies, and who has them."""
        built = [self.levies[id] for id in levies]
        return [node for one in built for node in (one.payable, one.applies) if node is not None]

    def checks(self, stated: Container[str] | None = None) -> list[tuple[Check, Node]]:
        """The checks that can fail when these facts are stated (all, by default), each with its node."""
        return [(c, self._check(c)) for c in CHECKS if stated is None or any(fact in stated for fact in c.facts)]

    def _check(self, check: Check) -> Node:
        if check.id not in self._checks:
            self._checks[check.id] = check.wrong(self.firm, self.law)
        return self._checks[check.id]

    def _build(self, levy: Levy) -> BuiltLevy:
        payable = levy.payable(self.firm, self.law)
        applies = levy.applies(self.firm, self.law) if levy.applies else None
        missing: set[str] = set()
        if payable.rests_on & ABSENT:
            missing = {n.path.rpartition(".")[0] for n in walk(payable) if isinstance(n, Param) and n.value is None}
        balance = levy.balance(self.firm, self.law) if levy.balance else None
        return BuiltLevy(levy, payable, applies, sorted(missing), balance)

    @functools.cached_property
    def labels(self) -> Labels:
        """What each line is called."""
        return labels_of(self.firm.lines.values())

    def inputs(self) -> list[str]:
        """Every name under which a value may be given."""
        return [name for fact in self.catalogue for name in fact.inputs()]

    @functools.cached_property
    def partial_law(self) -> list[tuple[str, Problem]]:
        """Reliefs whose rule changes inside a filing period, and what is said of each."""
        found = []
        for relief in self.reliefs.values():
            table = self.book.table(relief.table)
            for period in (view.period for view in self.firm.periods):
                overlaps = [v for v in table.versions if v.start <= period.end and period.start <= v.until]
                by_month = any(grant.period in period.parts(1) for grant in self.grants[relief.id])
                if overlaps and not by_month and not self.book.version(relief.table, period):
                    said = problem("law_changes_within", relief=table.label, period=str(period))
                    found.append((relief.id, said))
        return found

    def facts_of(self, nodes: Iterable[Node]) -> list[str]:
        """The facts that some nodes rest on, in the catalogue's order."""
        bits = 0
        for node in nodes:
            bits |= bits_below(node, self._fact_bits, self._place_of_fact)
        return [fact.name for fact in self.catalogue if bits >> self._place_of_fact[fact.name] & 1]

    def rests_on_fact(self, node: Node, fact: str) -> bool:
        """May a node change where a fact does?"""
        return bool(bits_below(node, self._fact_bits, self._place_of_fact) >> self._place_of_fact[fact] & 1)

    def of_one_period(self, grant: Grant) -> list[tuple[Node, In]]:
        """The conditions of a grant on a fact of one period alone, which a longer one may be cut for; and that fact."""
        if grant not in self._of_one_period:
            found = []
            for condition in grant.conditions:
                inputs: dict[str, list[In]] = {}
                for node in _below([condition], _stated):
                    if isinstance(node, In) and node.period and node.fact.spread:
                        inputs.setdefault(node.fact.name, []).append(node)
                found += [(condition, nodes[0]) for nodes in inputs.values() if len(nodes) == 1]
            self._of_one_period[grant] = found
        return self._of_one_period[grant]

    def measuring(self, grant: Grant) -> tuple[Node, ...]:
        """The conditions of a grant that wait for what its amount rests on too."""
        if grant not in self._measuring:
            base = set(self.facts_of([] if grant.base is None else [grant.base]))
            conditions = (one for one in grant.conditions if not base.isdisjoint(_asked_by([one])))
            self._measuring[grant] = tuple(conditions)
        return self._measuring[grant]

    def asked_by(self, relief: str) -> set[str]:
        """The facts that the conditions of a relief may wait for."""
        return _asked_by(condition for grant in self.grants[relief] for condition in grant.conditions)

    def facts_of_relief(self, relief: str) -> list[str]:
        """The facts that decide a relief or its amount: those of its conditions and its base."""
        nodes: list[Node] = []
        for grant in self.grants[relief]:
            nodes += [*grant.conditions, *([] if grant.base is None else [grant.base])]
        return self.facts_of(nodes)


def _of_a_filing_period(node: Node) -> bool:
    return isinstance(node, In) and node.period is not None and not node.fact.adds_up


def bits_below(root: Node, known: dict[Node, int], places: Mapping[str, int]) -> int:
    """The facts below a node, as bits at their places: remembered for every node, since many share what is below them."""
    stack = [root]
    while stack:
        node = stack[-1]
        below = children(node)
        if left := [child for child in below if child not in known]:
            stack += left
            continue
        stack.pop()
        if node not in known:
            bits = 1 << places[node.fact.name] if isinstance(node, In) else 0
            for child in below:
                bits |= known[child]
            known[node] = bits
    return known[root]


def _asked_by(conditions: Iterable[Node]) -> set[str]:
    """The facts that conditions may wait for: not those that something stands in for, nor what counts only where it is
    known, nor what decides another relief, which is granted or is not."""

    def waits(node: Node) -> tuple[Node, ...]:
        match node:
            case OrElse() | Grant() | Op(op="known"):
                return ()
            case Op(op="when", args=(Op(op="known", args=(value,)), then, otherwise)) if value is then:
                return (otherwise,)
        return children(node)

    return {node.fact.name for node in _below(conditions, waits) if isinstance(node, In)}


def _stated(node: Node) -> tuple[Node, ...]:
    """The children of a node, without what stands in for a fact."""
    return (node.body,) if isinstance(node, OrElse) else children(node)


def _below(roots: Iterable[Node], children_of: Callable[[Node], tuple[Node, ...]]) -> Iterable[Node]:
    """The nodes below some, as far as these children lead."""
    found: dict[Node, None] = {}
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node not in found:
            found[node] = None
            stack += children_of(node)
    return found


def every_levy(book: LawBook) -> tuple[Levy, ...]:
    """All levies that there are under these tables, in the order of computation."""
    return levies_under(book)


def reliefs_with(levies: Iterable[Levy]) -> tuple[Relief, ...]:
    """The reliefs that are looked at with these levies, in the order in which savings are counted."""
    return (*RELIEFS, *(relief for levy in levies for relief in levy.reliefs))


@functools.cache
def shipped_book() -> LawBook:
    """The tables that ship with the program."""
    return LawBook(load_tables())


@functools.cache
def book_with(folders: tuple[Path, ...]) -> LawBook:
    """The shipped tables with those of other folders added to or put over them. Raises TableError."""
    return LawBook(load_tables(more=folders)) if folders else shipped_book()


@functools.cache
def catalogue_of(book: LawBook) -> Catalogue:
    """The catalogue of facts of a set of tables."""
    return Catalogue(book.facts)


@functools.cache
def _levies_by_fact(book: LawBook) -> dict[str, tuple[str, ...]]:
    """For each levy that is only looked at where a fact is stated: these facts."""
    return {levy.id: levy.facts for levy in every_levy(book) if levy.facts}


def looked_at(book: LawBook, stated: Container[str]) -> frozenset[str]:
    """The levies to be looked at where these facts are stated."""
    optional = _levies_by_fact(book)
    always = {levy.id for levy in LEVIES if not levy.facts}
    return frozenset(always | {id for id, facts in optional.items() if any(fact in stated for fact in facts)})


@functools.cache
def model_for(book: LawBook, span: Period, filing_months: int, levies: frozenset[str] | None = None) -> Model:
    """The graph of a period, built on first use: of these levies, or of all."""
    return Model(book, catalogue_of(book), span, filing_months, levies)
