"""Cells to values: columns of text become columns of whole numbers, and each bad cell a problem of its own.

`taxcalc.facts.values` is the one reader of what people write. A block of rows asks it once for each distinct
text; a block that can prove that cells are plain decimals reads those by itself.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Generic, NamedTuple, Protocol

from taxcalc.base.money import plain
from taxcalc.base.problem import Problem, problem
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.values import read_value
from taxcalc.firms.columns.interface import C, Engine, Numbers
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.marks import ERRORS, mark_of, unwrapped

PLACES = {"money": 2, "average": 4, "rate": 6, "count": 0}
"""Decimals that a plain number of each type may have."""
LONGEST = 60
"""Characters of a value that is remembered: none is longer, and many such would fill the memory."""


_WITHOUT_UNIT = r"(.*[^千万亿元圆%％‰\s)）\-−–—﹣－])(\s*(?:CNY|RMB)?\s*[)）\-−–—﹣－]?)"
"""A figure without a unit, and what may stand behind that: the bracket or the minus of a loss."""
Marks = Counter[tuple[str, str, str]]
"""What was read as something else than it says: its kind, the heading of the column, the text."""


class Read(NamedTuple, Generic[C]):
    """A column that was read: whole numbers, which cells are filled, what is wrong with some, and the marks met."""

    values: C
    filled: C
    bad: dict[int, Problem]
    marks: Counter[str]
    """The texts that are marks, each as it stands."""


class Block(Protocol):
    """Some rows of a table."""

    size: int
    numbers: Numbers
    """Which line each row is, of those of its piece from 0."""

    def text(self, row: int, column: int) -> str:
        """A cell as it was written."""

    def texts(self, column: int) -> list[str]:
        """All cells of a column as they were written."""

    def lettered(self, column: int, begin: str, end: str) -> Iterable[int]:
        """At least the rows whose cell begins or ends with one of these letters, blanks aside."""

    def distinct(self, column: int) -> tuple[Numbers, Sequence[str]]:
        """A column as numbers of its distinct texts, and these texts."""

    def keys(self, column: int) -> tuple[Numbers, Iterable[int]]:
        """The `key_of` each text of a column, 0 for an empty one; and the rows whose text has to be looked at."""

    def decimals(
        self, column: int, places: int, lowest: int, highest: int, scale: int = 1, *, grouped: bool = False
    ) -> tuple[Numbers, Numbers, Iterable[int]]:
        """Plain decimals as whole numbers at so many places, between bounds, then times a scale; which cells are
        filled; and the rows of those that are anything else. Where they may be `grouped`, 1,234.50 is plain too."""


class Facts(NamedTuple, Generic[C]):
    """The facts that rows state, by the name of their column: whole numbers, which cells are filled, and what is wrong
    with some."""

    values: dict[str, C]
    filled: dict[str, C]
    bad: list[tuple[int, Problem, Column]]
    marks: Marks

    def of_rows(self, rows: C, engine: Engine[C]) -> Facts[C]:
        """What some rows state."""

        def taken(columns: dict[str, C]) -> dict[str, C]:
            return {name: engine.take(column, rows) for name, column in columns.items()}

        return Facts(taken(self.values), taken(self.filled), [], Counter())


def read_facts(block: Block, columns: Sequence[Column], preset: Mapping[str, int], engine: Engine[C]) -> Facts[C]:
    """Read these columns; where a cell is empty, or there is no column, what was set for all rows counts."""
    reads = {column.name: read_column(block, column, engine) for column in columns}
    bad = [(row, why, column) for column in columns for row, why in reads[column.name].bad.items()]
    marks: Marks = Counter()
    for column in columns:
        for text, count in reads[column.name].marks.items():
            marks[mark_of(text) or "", column.title, text.strip()] += count
    values = {name: read.values for name, read in reads.items()}
    filled = {name: read.filled for name, read in reads.items()}
    for name, value in preset.items():
        if name in values:
            values[name] = engine.without_gaps(values[name], filled[name], value)
        else:
            values[name] = engine.filled(block.size, value)
        filled[name] = engine.filled(block.size, True)
    return Facts(values, filled, bad, marks)


def read_column(block: Block, column: Column, engine: Engine[C]) -> Read[C]:
    """Read the cells of one fact, in fen or in the parts that the fact is counted in."""
    assert column.slot is not None
    fact = column.slot.fact
    if fact.type in PLACES and not column.unit:
        return _numbers(block, column, fact, engine)
    codes, texts = block.distinct(column.place)
    read = reader(fact, column.unit)
    found = [read(text) for text in texts]
    places = engine.column(codes)
    values = engine.mapped(places, [value if isinstance(value, int) else 0 for value in found])
    filled = engine.mapped(places, [value is not None for value in found])
    wrong = {code: value for code, value in enumerate(found) if isinstance(value, Problem)}
    bad = {row: wrong[code] for row, code in enumerate(codes) if code in wrong} if wrong else {}
    marked = {code: text for code, text in enumerate(texts) if found[code] in (None, 0) and is_mark(fact, text)}
    marks = Counter(marked[code] for code in map(int, codes) if code in marked) if marked else Counter()
    return Read(values, filled, bad, marks)


def _numbers(block: Block, column: Column, fact: Fact, engine: Engine[C]) -> Read[C]:
    places = PLACES[fact.type]
    unit = 1 if fact.type == "money" else 10**places
    highest = unit if fact.type == "rate" else int(fact.maximum) * unit
    lowest = -highest if fact.negative else int(fact.minimum or 0) * unit
    scale = fact.parts // unit if fact.type == "rate" else 1
    values, filled, odd = block.decimals(column.place, places, lowest, highest, scale, grouped=fact.type == "money")
    bad: dict[int, Problem] = {}
    marks: Counter[str] = Counter()
    read = reader(fact, column.unit)
    for row in odd:
        text = block.text(row, column.place)
        value = read(text)
        if isinstance(value, Problem):
            bad[row] = value
        else:
            values[row] = value or 0
            filled[row] = value is not None
            if not value and is_mark(fact, text):
                marks[text] += 1
    return Read(engine.column(values), engine.column(filled), bad, marks)


def reader(fact: Fact, unit: str = "") -> Callable[[str], int | Problem | None]:
    """Reads one cell of a fact: a whole number, None where it is empty, or what is wrong."""
    read = functools.partial(_whole, fact, unit)
    remembered = functools.lru_cache(maxsize=100_000)(read)
    return lambda text: remembered(text) if len(text) <= LONGEST else read(text)


def is_mark(fact: Fact, text: str) -> bool:
    """Does a cell of this fact hold a mark of absence or of nought? Of a yes or no, 无 is a no."""
    return mark_of(text) is not None and not (
        fact.type in ("flag", "choice") and not isinstance(read_value(fact, text), Problem)
    )


def cell_text(fact: Fact, text: str, unit: str = "") -> str:
    """What a cell of a fact says, as one business would state it: '' where it is empty or a mark of absence, 0 for the
    dash of accounting, a figure with the unit of its heading, unless it has one itself."""
    text = unwrapped(text)
    if not plain(text):
        return ""
    if is_mark(fact, text):
        return "0" if mark_of(text) == "zero" and fact.type in PLACES else ""
    is_figure = unit and text.strip() not in ERRORS and not text.startswith("=")
    match = re.fullmatch(_WITHOUT_UNIT, text.strip()) if is_figure else None
    return f"{match[1]}{unit}{match[2]}" if match else text


def _whole(fact: Fact, unit: str, text: str) -> int | Problem | None:
    said = cell_text(fact, text, unit)
    if not said:
        return None
    value = read_value(fact, said)
    if isinstance(value, Problem):
        if said.startswith("="):
            return problem("cell_formula", formula=said)
        if said in ERRORS:
            return problem("cell_error", error=said)
        as_it_stands = read_value(fact, text)
        return as_it_stands if isinstance(as_it_stands, Problem) else value
    assert not isinstance(value, str)
    if isinstance(value, Fraction):
        value *= fact.parts
        assert value.denominator == 1
        return value.numerator
    return int(value) * fact.parts
