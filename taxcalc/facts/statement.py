"""The facts of one firm: collected from sources, read, and given to each period of the graph.

A later source overrides an earlier one. What is not stated stays unknown. A figure stated for a year is
spread over its quarters or months, one stated for months is summed, and the report says so.
"""

import copy
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from taxcalc.base.algebra import Whole, plain_int
from taxcalc.base.period import Period, read_period, whole_period
from taxcalc.base.problem import Problem, problem
from taxcalc.base.units import Number
from taxcalc.facts.catalogue import Catalogue, Fact, Slot
from taxcalc.facts.contradictions import incomplete, misplaced, missing_parts, not_the_sum, parts_of, whole, wholes
from taxcalc.facts.listed import Raw, slots_of_list, text_of
from taxcalc.facts.opening import Opening
from taxcalc.facts.periods import Scope, average, before, months_of, part_inside
from taxcalc.facts.quarters import by_quarters
from taxcalc.facts.stated import Resolved, Stated, StatedCells
from taxcalc.facts.values import read_value


class _Raw(NamedTuple):
    """A value as a source has it, before it is read; `order` counts the sources."""

    slot: Slot
    value: Raw
    source: str
    order: int


WHEN = ("year", "period", "period_from", "period_to")
"""The facts that say the period."""
_HELPED = 50
"""Unknown names for which a likely one is looked for, which takes long; more are no slips of the pen."""


class FactSet:
    """Facts of one firm. `problems` holds what could not be read, in the order in which it was found.

    `today` is the day of the assessment: an average of a year that has not ended on it is one to date.
    """

    def __init__(self, catalogue: Catalogue, today: date | None = None) -> None:
        self.catalogue = catalogue
        self.today = today or date.today()
        self.stated: dict[str, Stated] = {}
        self.problems: list[Problem] = []
        self.period = Period(0)
        self.opening: Opening | None = None
        """What was taken over from the answer for the period before."""
        self.scope = Scope(self.period, 3)
        self.cells = StatedCells(self.stated, self.scope)
        """The facts as the ways to come by them see them."""
        self._raw: list[_Raw] = []
        self._sources = 0

    def add(self, source: str, given: Mapping[str, Raw]) -> None:
        """Take facts from one source, by any of their names. None means not given."""
        self._sources += 1
        here: set[str] = set()
        for name, raw in by_quarters(given, self.catalogue).items():
            if raw is None:
                continue
            slot = self.catalogue.find(str(name))
            if slot is None:
                near = self.catalogue.nearest(str(name)) if len(self.problems) < _HELPED else []
                key = "fact_unknown_near" if near else "fact_unknown"
                self.problems.append(problem(key, name=str(name), source=source, near=near))
            elif slot.name in here:
                self.problems.append(problem("fact_twice", name=str(name), fact=slot.name, source=source))
            else:
                here.add(slot.name)
                self._raw.append(_Raw(slot, raw, source, self._sources))

    def told(self, sources: Iterable[tuple[str, Mapping[str, Raw]]]) -> "FactSet":
        """Take facts from sources in their order, and read them."""
        for source, given in sources:
            self.add(source, given)
        return self.read()

    def read(self, period: Period | None = None) -> "FactSet":
        """Read every fact that was added and settle the assessed period; then `problems` is complete."""
        when = [raw for raw in self._raw if raw.slot.fact.name in WHEN]
        self._read_all(when)
        self.period = period or self._settle_period()
        self._read_all([raw for raw in self._raw if raw not in when])
        self.scope = Scope(self.period, self.filing_months()[0], self.period.runs_on(self.today), self._opening())
        self.cells = StatedCells(self.stated, self.scope)
        for fact in self.catalogue:
            if fact.series or fact.points:
                self._check_parts(fact)
        if self.period.months == 1 and self.choice("filing") == "quarterly":
            self.problems.append(problem("filing_month", period=str(self.period), quarter=str(self.period.around(3))))
        return self

    def _opening(self) -> int:
        """The month in which the firm opened, 1 where that is before the assessed year or not stated."""
        stated = self.stated.get("opened")
        if not stated or not self.period.year:
            return 1
        month = int(stated.value) - self.period.year * 12 + 1
        if month >= self.period.first + self.period.months:
            opened = stated.slot.fact.written(stated.value)
            said = problem("opened_after", name="opened", source=stated.source, opened=opened, period=str(self.period))
            self.problems.append(said)
            return 1
        return max(month, 1)

    def _check_parts(self, fact: Fact) -> None:
        """Parts of a fact must lie in the assessed period, after the opening, and agree with each other."""
        given = {name: s for name, s in self.stated.items() if s.slot.fact is fact and s.slot.part}
        if not given or not self.period.year:
            return
        for name, stated in given.items():
            if not part_inside(fact, stated.slot.part, self.period):
                self.problems.append(problem("part_outside", name=name, source=stated.source, period=str(self.period)))
                return
            if fact.earlier and stated.slot.year not in (0, before(stated.slot.part, self.period).year):
                year = before(stated.slot.part, self.period).year
                said = problem(
                    "year_of_sales", name=stated.slot.dated, source=stated.source, period=str(self.period), year=year
                )
                self.problems.append(said)
                return
            last = 0 if fact.earlier else months_of(stated.slot.part)[-1]
            if stated.value and not fact.holds and last < self.scope.opening > 1:
                opened = self.catalogue["opened"].written(self.stated["opened"].value)
                self.problems.append(problem("before_opening", name=name, source=stated.source, opened=opened))
                return
        source = next(iter(given.values())).source
        if misplaced(self.cells, fact):
            self.problems.append(problem("parts_and_whole", name=fact.name, source=source))
        for period in wholes(self.cells, fact):
            disagree = not_the_sum(self.cells, fact, period)
            if fact.holds:
                if disagree:
                    self.problems.append(problem("states_disagree", name=fact.name, source=source, period=str(period)))
                    return
                continue
            if disagree or incomplete(self.cells, fact, period):
                amounts = whole(self.cells, fact, period)[0], parts_of(self.cells, fact, period).amount
                own, parts = (fact.written(plain_int(amount)) for amount in amounts)
                missing = missing_parts(self.cells, fact, period)
                key = "parts_disagree" if disagree else "parts_incomplete"
                said_of = before(period.key, self.period) if fact.earlier and period.key else period
                figures = {"period": str(said_of), "whole": own, "parts": parts, "missing": missing}
                self.problems.append(problem(key, name=fact.name, source=source, **figures))
                return

    def _settle_period(self) -> Period:
        year, period = self.stated.get("year"), self._period_stated()
        if period:
            if year and year.value != period.year:
                self.problems.append(problem("period_year", period=str(period), year=year.value))
            limits = self.catalogue["year"]
            if not (limits.minimum or 0) <= period.year <= limits.maximum:
                self.problems.append(
                    problem("year_no_law", value=period.year, first=limits.minimum, last=limits.maximum)
                )
            return period
        if year and isinstance(year.value, int):
            return Period(year.value)
        if not any(p.key in ("bad_fact", "period_half_given") for p in self.problems):
            self.problems.append(problem("year_missing"))
        return Period(0)

    def _period_stated(self) -> Period | None:
        """The period as it is stated, or from the months in which it begins and ends: these then stand as the period."""
        written = self.stated.get("period")
        period = read_period(str(written.value)) if written else None
        begin, end = self.stated.pop("period_from", None), self.stated.pop("period_to", None)
        if begin and end:
            first, last = (Period(int(at.value) // 12, int(at.value) % 12 + 1, 1) for at in (begin, end))
            span, spanned = f"{first} — {last}", whole_period(first.start, last.end)
            if not spanned:
                why = problem("period_odd", value=span)
                label = begin.slot.fact.label
                self.problems.append(problem("bad_fact", name="period_from", label=label, source=begin.source, why=why))
            elif period and spanned != period:
                self.problems.append(problem("period_twice", name="period_from", span=span, period=str(period)))
            else:
                text = f"{begin.text} — {end.text}"
                stands = Stated(Slot(self.catalogue["period"], ""), str(spanned), text, begin.source)
                self.stated.setdefault("period", stands)
            return period or spanned
        if (half := begin or end) and not any(p.key == "bad_fact" for p in self.problems):
            missing = self.catalogue["period_to" if begin else "period_from"].label
            named = {"name": half.slot.name, "stated": half.slot.fact.label, "missing": missing}
            self.problems.append(problem("period_half_given", **named))
        return period

    def _read_all(self, given: list[_Raw]) -> None:
        """Read values in the order of their sources: a later source overrides what it speaks of.

        A whole figure or a list overrides all that was said of the fact; a part overrides the same part,
        and whatever it overlaps.
        """
        texts: dict[str, tuple[Slot, str, str, int]] = {}
        for raw in given:
            spelled = self._spelled(raw.slot.fact, raw.slot.part, raw.value, raw.source)
            slots = [(slot._replace(year=raw.slot.year), text) for slot, text in spelled]
            for slot, _ in slots:
                whole = len(slots) > 1 or not slot.part
                for name, (other, _, _, order) in list(texts.items()):
                    if order < raw.order and other.fact is slot.fact and (whole or _overlap(slot.part, other.part)):
                        del texts[name]
            texts |= {slot.name: (slot, text, raw.source, raw.order) for slot, text in slots}
        for slot, text, source, _ in texts.values():
            value = read_value(slot.fact, text)
            if isinstance(value, Problem):
                why = problem("bad_fact", name=slot.name, label=slot.fact.label, source=source, why=value)
                self.problems.append(why)
            else:
                self.stated[slot.name] = Stated(slot, value, text, source)

    def _spelled(self, fact: Fact, part: str, raw: Raw, source: str) -> list[tuple[Slot, str]]:
        """One (slot, text) for a plain value; one for each quarter or month of a list."""
        values = raw
        if isinstance(raw, str) and (fact.series or fact.points) and (";" in raw or "；" in raw):
            values = [piece.strip() for piece in raw.replace("；", ";").split(";")]
        if not isinstance(values, list | tuple):
            if isinstance(values, Mapping):
                self.problems.append(problem("fact_shape", name=fact.name, source=source))
                return []
            if fact.type == "text" and isinstance(values, bool):
                values = ""  # a yes or no is not a name
            return [(Slot(fact, part), text_of(values))]
        slots = slots_of_list(fact, part, values, self.period)
        if slots is None:
            key = "list_length" if fact.series or fact.points else "list_refused"
            said = problem(key, name=fact.name, source=source, length=len(values), period=str(self.period))
            self.problems.append(said)
            return []
        return slots

    # ------------------------------------------------------------------------------ had it stated otherwise

    def shifted(self, name: str, value: Number) -> "FactSet":
        """The same with another value of an input that is stated; nothing is read or checked anew."""
        made = copy.copy(self)
        made.stated = {**self.stated, name: self.stated[name]._replace(value=value)}
        made.cells = StatedCells(made.stated, self.scope)
        return made

    def stands_alone(self, name: str) -> bool:
        """Can an input move by itself? Not where what it is a part of is stated too, or a part of it."""
        slot = self.stated[name].slot
        others = (one.slot.part for one in self.stated.values() if one.slot.fact is slot.fact and one.slot != slot)
        return not any(
            _overlap(slot.part, part) for part in others if not {"open", "close"} & {slot.part[3:], part[3:]}
        )

    def restated(self, source: str, given: Mapping[str, Raw], without: Collection[str] = ()) -> "FactSet":
        """The same firm, read anew, with other facts of a source put over what it states, less what is left out."""
        made = FactSet(self.catalogue, self.today)
        made.opening = self.opening
        left = dict(given)
        before: dict[str, dict[str, Raw]] = {}
        for name, stated in self.stated.items():
            fact = stated.slot.fact
            if fact.name not in without:
                text = str(stated.value) if fact.name == "period" else stated.text
                before.setdefault(stated.source, {})[stated.slot.dated] = left.pop(name, text)
        return made.told([*before.items(), (source, left)])

    # ------------------------------------------------------------------------------ values for the graph

    def choice(self, name: str) -> str | None:
        """The option of a choice fact as stated, or None."""
        found = self.stated.get(name)
        return list(self.catalogue[name].options)[int(found.value)] if found else None

    def filing_months(self) -> tuple[int, bool]:
        """Months of a VAT filing period (3 or 1), and whether that is assumed."""
        if self.period.months == 1:
            return 1, "filing" not in self.stated
        stated = self.choice("filing")
        if stated:
            return (1 if stated == "monthly" else 3), False
        fact = self.catalogue["filing"]
        for other, option, index in fact.assume_if:
            if self.choice(other) == option or (other == "vat_payer" and option == "general" and self._is_general()):
                return (1 if list(fact.options)[index] == "monthly" else 3), True
        return (1 if list(fact.options)[int(fact.assume or 0)] == "monthly" else 3), True

    def _is_general(self) -> bool:
        """Is the firm a general VAT payer from the beginning of the period on, by the month in which that began?"""
        stated = self.stated.get("general_from")
        return stated is not None and int(stated.value) < self.period.year * 12 + self.period.first

    def stated_facts(self) -> frozenset[str]:
        """The names of the facts that are stated, in whole or in part."""
        return frozenset(stated.slot.fact.name for stated in self.stated.values())

    def resolve(self, fact: Fact, period: Period | None) -> Resolved | None:
        """The value of a fact in a period (None for a fact that is no series), or None where unknown."""
        if not fact.points and not fact.adds_up and not fact.earlier and (period is None or not fact.series):
            whole = self.stated.get(fact.name)
            return Resolved(whole.value, "stated", 1) if whole else None
        way, _, n, d = next((taken for taken in self.cells.taken(fact, period) if taken.there), (None, False, 0, 1))
        if way is None:
            return None
        how, quarters = way.how, ""
        if how == "averaged":
            to_date = self.scope.running and way.of < len(average(fact, self.scope).quarters)
            how, quarters = ("to_date" if to_date else how), f"{way.names[0][-2:]}-{way.names[-1][-2:]}"
        value = bool(n) if fact.type == "flag" else _exact(n, d)
        return Resolved(value, how, way.of, quarters)

    def least(self, fact: Fact) -> Number:
        """The least that an average can be which is not known: what is missing counts as nought."""
        return _exact(*self.cells.least(fact))

    def missing(self, fact: Fact, period: Period | None) -> list[str]:
        """The inputs to be asked for where a fact of a period is not known: the fact itself, or those of its
        parts that are missing where another part is stated."""
        asked = self.cells.asked(fact, period)
        return [name for name in fact.inputs() if plain_int(asked) & self.cells.bits.get(name, 0)]


def _exact(n: Whole, d: int) -> Number:
    """The number n / d of one firm."""
    value = Fraction(plain_int(n), d)
    return value.numerator if value.denominator == 1 else value


def _overlap(part: str, other: str) -> bool:
    """Do two parts of a fact speak of the same time? The whole ('') overlaps all."""
    return not part or not other or not set(months_of(part)).isdisjoint(months_of(other))
