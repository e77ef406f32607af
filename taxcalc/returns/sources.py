"""The values that formulas of forms begin with: lines of the computation, facts, figures of the law, reliefs, levies."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from taxcalc.assessment.evaluation import Evaluation
from taxcalc.base.period import Period
from taxcalc.base.units import Label
from taxcalc.engines.exact import Unknown
from taxcalc.graph.firm import Firm
from taxcalc.graph.nodes import Grant, In, Named, Node, OrElse
from taxcalc.law.book import Figure
from taxcalc.law.formulas import Ref


class Missing(NamedTuple):
    """A value that is not known: the inputs that it waits for, and what has to be filled in by hand."""

    needs: tuple[str, ...] = ()
    asks: tuple[Label, ...] = ()

    def and_(self, other: Missing) -> Missing:
        """What both wait for, each once."""
        both = dict.fromkeys((*self.needs, *other.needs)), dict.fromkeys((*self.asks, *other.asks))
        return Missing(tuple(both[0]), tuple(both[1]))


Amount: TypeAlias = int | Fraction | bool | Missing


class Sources:
    """One evaluation, asked by the names that stand in the formulas of forms. Raises KeyError for what is not there."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation, self._model = evaluation, evaluation.model
        self._facts, self._exact = evaluation.facts, evaluation.exact
        self._lines: dict[tuple[str, Period], Named] = {}
        for key, node in self._model.firm.lines.items():
            if isinstance(node, Named) and node.period and callable(rule := key[0]):
                name = f"{rule.__module__.rpartition('.')[2]}.{node.name}"
                self._lines.setdefault((name, node.period), node)
        whole = self._model.firm
        self._views: dict[Period, Firm] = {view.period: view for view in whole.periods} | {whole.period: whole}

    def value(self, ref: Ref, period: Period) -> Amount:
        """What a name stands for in a period."""
        match ref.word:
            case "line":
                line = self._line(ref.name, period)
                return Missing() if line is None else self._of_node(line)
            case "fact":
                return self._of_node(self._views[period][ref.name])
            case "input":
                stated = self._facts.stated.get(ref.name)
                return Missing((ref.name,)) if stated is None else stated.value  # type: ignore[return-value]
            case "law":
                return self._figure(ref.name, period)
            case "grant":
                return self._granted(ref.name, period)
            case "base":
                return self._base(ref.name, period)
            case "regime":
                return self._regime(ref.name)
            case "levy":
                return self._levy(*ref.name.split("."))
            case "until":
                return period.end.month >= int(ref.name)
        raise KeyError(ref.name)

    def label(self, ref: Ref, period: Period) -> Label | None:
        """What it is called; None for what only decides whether a line is there."""
        match ref.word:
            case "line":
                line = self._line(ref.name, period)
                return None if line is None else line.label
            case "fact" | "input":
                return self._model.catalogue.fact_of(ref.name).label
            case "law":
                found = self._stated(ref.name, period)
                return found.label if isinstance(found, Figure) else None
            case "base":
                return self._model.book.table(self._model.reliefs[ref.name].table).label
            case "levy":
                return self._model.levies[ref.name.partition(".")[0]].levy.label
        return None

    def is_option(self, fact: str, option: str, period: Period) -> Amount:
        """Is this the option of a choice?"""
        return self._of_node(self._views[period][fact].is_(option))

    def in_band(self, path: str, amount: int | Fraction, period: Period) -> Amount:
        """A figure of the band that an amount lies in, of a table of bands."""
        table, _, parameter = path.rpartition(".")
        bands = self._model.book.figures(table, period).get("bands")
        for band in bands if isinstance(bands, list) else ():
            up_to, found = band.get("up_to"), band[parameter].value
            if found is not None and (up_to is None or up_to.value is None or amount <= up_to.value):
                return found
        return Missing()

    def nothing_stated(self, fact: str) -> bool:
        """Is nothing stated of a fact, neither whole nor in part?"""
        return fact not in {one.slot.fact.name for one in self._facts.stated.values()}

    def _line(self, name: str, period: Period) -> Named | None:
        """None where the computation of this business has no such line."""
        key = name, period
        return self._lines.get(key if key in self._lines else (name, self._model.span))

    def _of_node(self, node: Node) -> Amount:
        body: Node = node
        while isinstance(body, Named | OrElse):
            body = body.body
        if isinstance(body, Grant):
            return self._of_grant(body)
        value: Any = self._exact.value(node)
        return self._missing(value) if isinstance(value, Unknown) else value

    def _missing(self, unknown: Unknown) -> Missing:
        inputs = sorted((need for need in unknown.needs if isinstance(need, In)), key=lambda need: need.name)
        names = (name for need in inputs for name in self._facts.missing(need.fact, need.period))
        return Missing(tuple(dict.fromkeys(names)))

    def _of_grant(self, grant: Grant) -> Amount:
        """A grant that waits for a fact is not known, unless a condition refuses it."""
        if self._exact.value(grant) is True:
            return True
        waits = Missing()
        for condition in grant.conditions:
            value = self._exact.value(condition)
            if value is False:
                return False
            if isinstance(value, Unknown):
                waits = waits.and_(self._missing(value))
        return waits if waits.needs else False

    def _grants(self, relief: str, period: Period) -> list[Grant]:
        inside = (period.start, period.end)
        return [
            grant
            for grant in self._model.grants.get(relief, ())
            if inside[0] <= grant.period.start and grant.period.end <= inside[1]
        ]

    def _granted(self, relief: str, period: Period) -> Amount:
        """As the assessment takes it: a relief that waits for facts is not granted."""
        return any(self._exact.value(grant) is True for grant in self._grants(relief, period))

    def _base(self, relief: str, period: Period) -> Amount:
        live = [grant for grant in self._grants(relief, period) if self._exact.value(grant) is True]
        bases = {(grant.period, grant.base): grant.base for grant in live if grant.base is not None}
        found: int | Fraction = 0
        for node in bases.values():
            value = self._of_node(node)
            if isinstance(value, Missing):
                return value
            found += value
        return found

    def _regime(self, id: str) -> Amount:
        levy = self._evaluation.assessment.levy("corporate_income")
        if levy.status != "calculated":
            return Missing(tuple(levy.needs))
        chosen = self._evaluation.assessment.regime
        return chosen is not None and chosen.id == id

    def _levy(self, id: str, figure: str) -> Amount:
        levy = self._evaluation.assessment.levy(id)
        amount: int | None = getattr(levy, figure)
        return Missing(tuple(levy.needs)) if amount is None else amount

    def _figure(self, path: str, period: Period) -> Amount:
        found = self._stated(path, period)
        if isinstance(found, Figure):
            return Missing() if found.value is None else found.value
        return found if isinstance(found, bool) else Missing()

    def _stated(self, path: str, period: Period) -> Any:
        table, _, parameter = path.rpartition(".")
        return self._model.book.figures(table, period).get(parameter)
