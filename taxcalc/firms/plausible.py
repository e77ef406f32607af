"""What a colleague would doubt in a table as a whole: units, identifiers, and rows that do not go together.

What can be doubted in one row alone is a check of the rules (`taxcalc.rules.plausible`), which every answer has among
its notes. Here are columns against their own figures, and rows against each other: blocks are looked at in any thread
(`of_block`), and what they gave is put together in the order of the table.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from taxcalc.base.money import plain
from taxcalc.base.period import Period, read_period
from taxcalc.base.problem import Problem, problem
from taxcalc.facts import identifiers
from taxcalc.facts.catalogue import Catalogue
from taxcalc.firms.answers import Answers
from taxcalc.firms.columns.interface import C, Engine
from taxcalc.firms.read.cells import Block, read_column
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.heading import Header
from taxcalc.rules.plausible import CHECKS

_FIRST = 5
"""Rows that are named."""
_SMALL = {"revenue": 6, "assets": 6, "taxable_income": 5}
"""Digits of an amount in fen that most figures of a fact have more of, where they are in yuan (9,999.99 has six);"""
_MONTH_SMALL = 5
"""and those of a month."""
_JUMP = 4
"""Digits between an amount in 万元 and one in yuan."""
_OF_IDS: dict[identifiers.Doubt, str] = {"rounded": "id_rounded", "check": "id_check"}
_CUMULATIVE = ("taxable_income", "rd_expensed", "income_tax_prepaid")
"""Facts that count from the beginning of the year."""
_INDIVIDUAL, _COMPANY = "92", ("91", "93")
"""How the codes of individual businesses begin, and those of companies and cooperatives."""


OF_KINDS = ("id_is_individual", "id_is_company")
"""Doubts about the kind of taxpayer beside an identifier, which stand among the notes of their rows."""
OF_ROWS = frozenset((*OF_KINDS, *(check.id for check in CHECKS)))
"""Doubts about one row that touch a tax."""


class Remark(NamedTuple):
    """A doubt about some rows."""

    key: str
    """Of its message."""
    column: str
    """As it is titled; '' where it is no one column."""
    how_many: int
    rows: list[int]
    """The first of them, as the file counts."""
    touches_tax: bool


class Seen(NamedTuple):
    """What one block shows; its rows by the number of their line in it."""

    doubted: list[tuple[str, str, list[int]]]
    """Kind of doubt, column, rows."""
    digits: dict[int, dict[int, list[int]]]
    """By the place of an amount and by how many digits the figures have in fen: how many there are, and the first."""
    names: list[tuple[str, str, int]]
    """Identifier, name, row."""
    cumulative: list[tuple[str, Period, int, int, int]]
    """Identifier, period, place of the column, amount, row."""
    kinds: dict[str, list[int]]
    """Of each doubt about the kind of taxpayer beside the identifier, the rows by their places in the block."""


def kind_beside_id(id: str, kind: str) -> str | None:
    """The doubt, if any, about a code of GB 32100 beside the kind of taxpayer (an option of the fact)."""
    code = plain(id).upper()
    if len(code) != 18 or identifiers.doubt(code):
        return None
    if code.startswith(_INDIVIDUAL) and kind != "individual_business":
        return "id_is_individual"
    return "id_is_company" if code.startswith(_COMPANY) and kind == "individual_business" else None


class Plausible:
    """Looks at the blocks of one table."""

    def __init__(self, header: Header, catalogue: Catalogue, preset: Mapping[str, int], *, rows: bool = True) -> None:
        """Without `rows` only columns of amounts are looked at, which costs a large table next to nothing."""
        self._header, self._by_row = header, rows
        self._id, self._name = header.column("id"), header.column("name")
        self._amounts = [
            c for c in header.facts if c.slot and c.slot.fact.name in _SMALL and c.slot.fact.type == "money"
        ]
        self._period = header.column("period")
        self._kinds = list(catalogue["taxpayer"].options)
        self._assumed = preset.get("taxpayer", int(catalogue["taxpayer"].assume or 0))
        self._counts: Counter[tuple[str, str]] = Counter()
        self._rows: dict[tuple[str, str], list[int]] = {}
        self._digits: dict[int, dict[int, list[int]]] = {c.place: {} for c in self._amounts}
        self._called: dict[str, str] = {}
        self._to_date: dict[tuple[str, int, int], list[tuple[Period, int, int]]] = {}

    # ------------------------------------------------------------------------------------- one block

    def of_block(self, block: Block, answers: Answers[C]) -> Seen:
        """What the rows of a block show that are computed. Nothing here is changed by it."""
        seen = Seen([], {}, [], [], {})
        engine, lines = answers.engine, block.numbers
        for column in self._amounts if block.size else ():
            amounts = engine.without_gaps(read_column(block, column, engine).values, answers.kept, 0)
            seen.digits[column.place] = {
                digits: [len(rows), *(int(lines[row]) for row in list(rows)[:_FIRST])]
                for (digits,), rows in engine.groups([engine.digits(amounts)])
            }
        if self._id and self._by_row:
            self._look_at_ids(block, answers, seen)
        return seen

    def _look_at_ids(self, block: Block, answers: Answers[C], seen: Seen) -> None:
        engine = answers.engine
        assert self._id is not None
        codes, texts = block.distinct(self._id.place)
        doubts = [identifiers.doubt(text) for text in texts]
        found: dict[str, list[int]] = {}
        kinds = self._kinds_of(block, engine)
        names = _texts(block, self._name) if self._name else None
        for row, code in enumerate(codes):
            if not answers.kept[row]:
                continue
            line, id = int(block.numbers[row]), plain(texts[code]).upper()
            if doubt := doubts[code]:
                found.setdefault(_OF_IDS[doubt], []).append(line)
            elif why := kind_beside_id(id, kinds[row]):
                found.setdefault(why, []).append(line)
                seen.kinds.setdefault(why, []).append(row)
            if names and id and names[row] and doubt != "rounded":
                seen.names.append((id, names[row], line))
        seen.doubted.extend((key, self._id.title, rows) for key, rows in found.items())
        if self._period:
            ids = [plain(texts[code]).upper() if kept else "" for code, kept in zip(codes, answers.kept, strict=True)]
            self._look_at_dates(block, engine, seen, ids)

    def _kinds_of(self, block: Block, engine: Engine[C]) -> list[str]:
        column = self._header.column("taxpayer")
        if column is None:
            return [self._kinds[self._assumed]] * block.size
        read = read_column(block, column, engine)
        return [self._kinds[int(value)] for value in engine.without_gaps(read.values, read.filled, self._assumed)]

    def _look_at_dates(self, block: Block, engine: Engine[C], seen: Seen, ids: list[str]) -> None:
        assert self._period is not None
        periods = [read_period(plain(text)) for text in _texts(block, self._period)]
        for column in self._header.facts:
            if column.name in _CUMULATIVE:
                read = read_column(block, column, engine)
                for row, (id, period) in enumerate(zip(ids, periods, strict=True)):
                    if id and period and period.months < 12 and read.filled[row]:
                        amount = int(read.values[row])
                        seen.cumulative.append((id, period, column.place, amount, int(block.numbers[row])))

    # ------------------------------------------------------------------------------------- the table

    def said(self) -> list[Problem]:
        """All doubts but those among the notes of rows, each as one sentence with its first rows."""
        found = []
        for key, column, count, first, _ in self.remarks():
            if key not in OF_ROWS:
                rows = [*map(str, first), *(["…"] if count > len(first) else [])]
                found.append(problem("doubted", column=column, count=count, rows=rows, why=problem(key)))
        return found

    def take(self, seen: Seen, first: int) -> None:
        """What the next block of the table gave, whose first line is row `first` of the file."""
        for key, column, lines in seen.doubted:
            self.doubt(key, column, len(lines), (first + line for line in lines))
        for place, by_digits in seen.digits.items():
            for digits, (count, *lines) in by_digits.items():
                known = self._digits[place].setdefault(digits, [0])
                known[0] += count
                known.extend(first + line for line in lines[: _FIRST + 1 - len(known)])
        for id, name, line in seen.names:
            if self._called.setdefault(id, name) != name:
                self.doubt("id_has_two_names", self._id.title if self._id else "", 1, [first + line])
        for id, period, place, amount, line in seen.cumulative:
            self._to_date.setdefault((id, period.year, place), []).append((period, amount, first + line))

    def doubt(self, key: str, column: str, count: int, rows: Iterable[int]) -> None:
        """Count rows of one kind of doubt."""
        self._counts[key, column] += count
        known = self._rows.setdefault((key, column), [])
        known.extend(row for row, _ in zip(rows, range(_FIRST - len(known)), strict=False))

    def remarks(self) -> list[Remark]:
        """All doubts, once the table has been seen: those that touch a tax first."""
        made = [self._of_rows(key, column) for key, column in self._counts]
        made += self._of_amounts()
        made += self._of_falls()
        return sorted(made, key=lambda remark: not remark.touches_tax)

    def _of_rows(self, key: str, column: str) -> Remark:
        touches = not key.startswith("id_") or key in OF_KINDS
        return Remark(key, column, self._counts[key, column], self._rows[key, column], touches)

    def _of_amounts(self) -> Iterable[Remark]:
        """Columns of tiny amounts; else the few amounts that are ten thousand times off the rest of their column."""
        for column in self._amounts:
            assert column.slot is not None
            of = {digits: found for digits, found in self._digits[column.place].items() if digits}
            most = sum(found[0] for found in of.values())
            small = _MONTH_SMALL if column.slot.part[:1] == "m" else _SMALL[column.slot.fact.name]
            tiny = [found for digits, found in of.items() if digits <= small]
            middle = _median(of)
            if not column.unit and 2 * sum(found[0] for found in tiny) > most:
                yield _remark("column_small", column, tiny)
                continue
            low = [found for digits, found in of.items() if digits <= min(small, middle - _JUMP)]
            high = [found for digits, found in of.items() if digits > middle + _JUMP]
            for key, odd in (("column_jumps_down", low), ("column_jumps_up", high)):
                if odd and 4 * sum(found[0] for found in odd) <= most:
                    yield _remark(key, column, odd)

    def _of_falls(self) -> Iterable[Remark]:
        """Figures to date that are less than those of an earlier period of the year."""
        fallen: dict[int, list[int]] = {}
        for (_, _, place), stated in self._to_date.items():
            stated.sort()
            for (before, earlier, _), (period, amount, row) in itertools.pairwise(stated):
                if amount < earlier and period.end > before.end:
                    fallen.setdefault(place, []).append(row)
        for place, rows in fallen.items():
            yield Remark("to_date_falls", self._header.columns[place].title, len(rows), sorted(rows)[:_FIRST], True)


def _median(of: Mapping[int, list[int]]) -> int:
    """The digits that the middle amount has."""
    left = sum(found[0] for found in of.values()) // 2
    for digits in sorted(of):
        left -= of[digits][0]
        if left < 0:
            return digits
    return 0


def _remark(key: str, column: Column, found: Iterable[list[int]]) -> Remark:
    count = sum(one[0] for one in found)
    return Remark(key, column.title, count, sorted(row for one in found for row in one[1:])[:_FIRST], True)


def _texts(block: Block, column: Column) -> list[str]:
    codes, texts = block.distinct(column.place)
    return [texts[code].strip() for code in codes]
