"""The heading of a table: which column is which fact, and what to say about the others."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from taxcalc.base.money import plain
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.facts.catalogue import Catalogue, Slot, part_of
from taxcalc.facts.titles import Title, key_of, read_title
from taxcalc.facts.values import read_value
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.marks import mark_of
from taxcalc.firms.read.of_period import of_period
from taxcalc.report.inputs import in_words, part_label, period_label

_ALIKE = 0.8
"""How alike a heading must be to the name of a fact before that is suggested."""
_NAMED = 12
"""Unknown columns that are named; more are counted."""
_ASKED = 100
"""Unknown columns for which a likely name is looked for: it takes long, and more are no slips of the pen."""
MOST_COLUMNS, LONGEST_TITLE = 16_384, 200
"""Columns of a table: what a spreadsheet holds. Longer headings are no names of facts."""
_IN_YUAN = r"元\W*$|[(（\[【]\W*(?:单位)?\W*(?:人民币)?元"
"""A heading that says itself that its figures are in yuan."""
_TAX = r"(?:本[期年月])?(?:应纳|应缴|减免|已缴|已纳|实缴|应补\(?退\)?)税(?:费)?额?(?:合计)?"
"""A heading of taxes, which those of no fact that is asked for are, however alike the names."""
_YUAN = r"(?:人民币|rmb|cny)?\W*(?:(?P<{0}>百万|千|万|亿)元?|元)(?:\W*(?:人民币|rmb|cny))?"
UNIT_LINE = rf"[(（]?(?:金额|计量|货币)?单位(?:为|是)?\W*{_YUAN.format('line')}\W*"
"""A cell that says nothing but the unit of all amounts."""
UNIT_OF_ALL = (
    rf"(?:单位(?:均|都|皆)?(?:为|是)?\W*{_YUAN.format('said')}|以{_YUAN.format('counted')}(?:为|计|列示|表示|填列)[^一-鿿]*(?:货币|计量)?(?:单位)?)(?![一-鿿])"
    r"|[(（\[【]\W*(?P<meant>百万|千|万|亿)元\W*[)）\]】](?!\W*[0-9]|[，。；,;])"
)
"""The unit of all amounts, in a title or a line above the heading."""
_GROSS = "amounts_include_vat"
"""The fact that says whether amounts include VAT."""


class Told(NamedTuple):
    """What a user says of the headings of a table: the fact that some mean, and those that are no facts."""

    mapped: Mapping[str, str] = {}
    passed: Collection[str] = ()
    pass_unknown: bool = False
    """No heading that is no fact stops the run."""
    period: Period | None = None
    """The period that every row is assessed for."""


NOTHING_TOLD = Told()


class Header(NamedTuple):
    """The columns of a table, and notes on those that are no facts."""

    columns: tuple[Column, ...]
    notes: tuple[Problem, ...]
    width: int
    """Cells of the heading as it stands, those of trailing delimiters too."""
    unit: str = ""
    """That of amounts whose heading has none: '', '万'."""
    other: tuple[Column, ...] = ()
    """The columns of facts that are of other times than the period that is assessed, and so are not read."""
    named: bool = False
    """Do the first rows say whose they are? Then a row that does not is no business, or one whose cells were merged."""

    def column(self, name: str) -> Column | None:
        """The column of an input (revenue_q1), if it is there."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def facts(self) -> list[Column]:
        """The columns whose cells are read. Names and identifiers are only passed through."""
        return [c for c in self.columns if c.slot and c.slot.fact.name not in ("name", "id")]

    @property
    def numbers(self) -> list[Column]:
        """Those whose cells are read as whole numbers: all but the period, which is read with what else decides."""
        return [column for column in self.facts if column.slot and column.slot.fact.type != "text"]

    @property
    def stated(self) -> set[str]:
        """The facts that some column gives."""
        return {column.slot.fact.name for column in self.columns if column.slot}

    @property
    def yearly(self) -> list[Column]:
        """Flows of the year of which the assessed part would be wanted, and whose absence would be taken for none."""
        slots = ((column, column.slot) for column in self.other if column.slot)
        return [column for column, (fact, part, _) in slots if fact.series and not part and fact.assume is not None]

    def other_unit(self, text: str) -> str | None:
        """The unit of all amounts that a note states, where some are read in another: '' for yuan, '万'."""
        said = re.search(UNIT_OF_ALL, squeezed(text))
        unit = next(filter(None, said.groups()), "") if said else self.unit
        taken = [c for c in self.columns if c.slot and c.slot.fact.type == "money" and c.unit == self.unit]
        of_all = [column for column in taken if self.unit or not re.search(_IN_YUAN, plain(column.title))]
        return unit if unit != self.unit and of_all else None

    @property
    def implied(self) -> dict[str, str]:
        """What the headings say of the rows that do not say it themselves, as texts of facts: that amounts include VAT."""
        return {_GROSS: "yes"} if any(column.gross for column in self.columns) else {}


def squeezed(text: str) -> str:
    """A text as it is compared: without white space, width or case."""
    return _remembered(text) if len(text) <= LONGEST_TITLE else _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", plain(text)).casefold()


_remembered = functools.lru_cache(maxsize=4096)(_squeezed)
"""The headings of a table are compared with each of its doubtful rows."""


def read_header(
    titles: Sequence[str],
    catalogue: Catalogue,
    source: str,
    told: Told = NOTHING_TOLD,
    unit: str = "",
    rows: Sequence[Sequence[str]] = (),
) -> Header:
    """Recognise headings in either language, any width or case, in any order.

    `unit` is that of amounts whose heading has none; `rows` are some of those below. Raises InputError where two headings
    mean the same fact, where none is a fact, where they are too many, or where only some amounts are said to include VAT.
    """
    width = len(titles)
    if width > MOST_COLUMNS:
        raise InputError([problem("header_wide", source=source, columns=width, limit=MOST_COLUMNS)])
    titles = [title.strip() for title in titles]
    while len(titles) > 1 and not titles[-1]:  # trailing delimiters make headings of nothing
        titles.pop()
    columns, problems = _columns(titles, catalogue, told, unit)
    settled = {c.place: other for c in columns if (other := _settled(c, rows, catalogue))}
    columns = [settled.get(column.place, column) for column in columns]
    columns, others = of_period(columns, told.period)
    found: dict[str, Column] = {}
    for column in (column for column in columns if column.slot):
        earlier = found.setdefault(column.name, column)
        if earlier is not column:
            problems.append(_twice(earlier, column, catalogue, source))
    if not found:
        problems.append(problem("header_missing", source=source, titles=list(titles[:6])))
    amounts = [c for c in found.values() if c.slot and c.slot.fact.group == "vat" and c.slot.fact.series]
    if any(c.gross for c in amounts) and not all(c.gross for c in amounts):
        said, silent = ([c.title for c in amounts if c.gross is gross] for gross in (True, False))
        problems.append(problem("columns_gross", source=source, gross=said, net=silent))
    if problems:
        raise InputError(problems)
    notes = _notes([column for column in columns if column.title not in {other.title for other in others}], catalogue)
    if told.period is None and others:
        notes.append(problem("columns_to_date", titles=[other.title for other in others]))
    elif told.period and (
        yearly := [c.title for c in others if c.slot and not (c.slot.part or read_title(c.title).part)]
    ):
        part = part_label(told.period.key)
        notes.append(problem("columns_of_the_year", titles=yearly, period=period_label(told.period), part=part))
    for column in settled.values():
        assert column.slot is not None
        notes.append(problem("column_by_cells", title=column.title, label=column.slot.fact.label))
    if gross := [column.title for column in columns if column.gross]:
        notes.append(problem("columns_read_gross", titles=gross))
    own = [c.title for c in columns if c.slot and c.slot.fact.settled and c.slot.part and c.title != c.slot.name]
    if own := [title for title in own if not read_title(title).own]:  # returns have such figures to date
        notes.append(problem("columns_read_own", titles=own))
    named = any(column.name in ("id", "name") and filled(column, rows) for column in columns if column.slot)
    return Header(tuple(columns), tuple(notes), width, unit, tuple(others), named)


def _columns(titles: Sequence[str], catalogue: Catalogue, told: Told, unit: str) -> tuple[list[Column], list[Problem]]:
    """The columns, and what is wrong with what a user says of them."""
    mapped: dict[str, Slot] = {}
    problems: list[Problem] = []
    there = {squeezed(title) for title in titles}
    for heading, name in told.mapped.items():
        slot = catalogue.find(name)
        if slot is None:
            near = catalogue.nearest(name)
            key = "fact_unknown_near" if near else "fact_unknown"
            problems.append(problem(key, name=name, source="--map", near=near))
        else:
            mapped[squeezed(heading)] = slot
    for heading in (*told.mapped, *told.passed):
        if squeezed(heading) not in there:
            shown = [title for title in titles if title]
            problems.append(problem("heading_not_there", heading=heading, titles=shown))
    passed = {squeezed(heading) for heading in told.passed}
    columns = [
        Column(i, title, None) if squeezed(title) in passed else column_of(i, title, catalogue, mapped, unit)
        for i, title in enumerate(titles)
    ]
    if not any(column.slot and column.slot.fact.name == "revenue" for column in columns):
        sales = catalogue["revenue"]
        for i, column in enumerate(columns):  # '5月' alone, where no column states the sales
            part = None if column.slot or squeezed(column.title) in passed else part_of(column.title)
            if part:
                columns[i] = _measured(column._replace(slot=Slot(sales, part)), unit)
    return columns, problems


def _twice(one: Column, other: Column, catalogue: Catalogue, source: str) -> Problem:
    """Two columns of one fact. What leaves out one of them by its heading leaves out both where they are headed alike."""
    label = in_words(catalogue, [one.name], 0), in_words(catalogue, [one.name], 1)
    said = {"source": source, "first": one.place + 1, "one": shown(one), "second": other.place + 1, "label": label}
    if squeezed(one.title) == squeezed(other.title):
        return problem("column_twice_alike", **said)
    return problem("column_twice", **said, other=shown(other))


def shown(column: Column) -> str:
    """A heading as it can be typed: a line break in Chinese is no blank."""
    return column.title if column.title.isascii() else re.sub(r"\s+", "", column.title)


def known(title: str, catalogue: Catalogue) -> Slot | None:
    """The fact that a heading names."""
    if not title or len(title) > LONGEST_TITLE or not catalogue.may_name(title):
        return None
    return catalogue.find(title) or _titled(read_title(title), catalogue)


def _titled(title: Title, catalogue: Catalogue) -> Slot | None:
    """The fact of a heading that says more than its name; None where figures to date are none of the fact."""
    slot = catalogue.titled(title)
    return None if slot and title.cumulative and not slot.fact.cumulative else slot


def _settled(column: Column, rows: Sequence[Sequence[str]], catalogue: Catalogue) -> Column | None:
    """The column as another choice than its heading names, where at least half of its cells are options of that
    and none of its own: 纳税人类型 is the name of two."""
    if column.slot is None or column.slot.fact.type != "choice":
        return None
    key = key_of(column.title)
    cells = filled(column, rows)
    others = [fact for fact in catalogue if fact.type == "choice" and any(key_of(word) in key for word in fact.words)]
    own, *read = [
        sum(not isinstance(read_value(fact, cell), Problem) for cell in cells) for fact in (column.slot.fact, *others)
    ]
    if own or not any(count * 2 >= len(cells) for count in read if count):
        return None
    return column._replace(slot=Slot(others[read.index(max(read))], ""))


def filled(column: Column, rows: Sequence[Sequence[str]]) -> list[str]:
    """The cells of a column in some rows that hold anything."""
    cells = (cells[column.place] for cells in rows if column.place < len(cells))
    return [cell for cell in cells if plain(cell) and mark_of(cell) != "absent"]


def column_of(index: int, title: str, catalogue: Catalogue, mapped: Mapping[str, Slot], unit: str) -> Column:
    """The column of a heading; `mapped` are the slots that a user gives to some, `unit` is that of amounts without."""
    slot = mapped.get(squeezed(title)) or known(title, catalogue)
    if slot is None:
        return Column(index, title, None)
    gross = bool(read_title(title).gross) and slot.fact.name != _GROSS
    return _measured(Column(index, title, slot, gross=gross), unit)


def _measured(column: Column, unit: str) -> Column:
    """A column with the unit that its heading says, else, of amounts, with that of all, which is added to the heading:
    whoever reads the table on must see it."""
    own = read_title(column.title).unit
    in_yuan = column.slot is None or column.slot.fact.type != "money" or re.search(_IN_YUAN, plain(column.title))
    if own or not unit or in_yuan:
        return column._replace(unit=own)
    return column._replace(title=f"{column.title}（{unit}元）", unit=unit)


def _notes(columns: Sequence[Column], catalogue: Catalogue) -> list[Problem]:
    """On the columns that are no facts, and on those that are taken for one by their place in the year alone."""
    notes: list[Problem] = []
    unknown: list[str] = []
    for column in (column for column in columns if column.slot is None and column.title):
        asked = len(column.title) <= LONGEST_TITLE and len(notes) + len(unknown) < _ASKED
        near = catalogue.nearest(column.title, _ALIKE) if asked and not re.fullmatch(_TAX, key_of(column.title)) else []
        if near:
            notes.append(problem("column_unknown_near", column=column.place + 1, title=column.title, near=near))
        else:
            unknown.append(column.title)
    if unknown:
        more = [f"… (+{len(unknown) - _NAMED})"] if len(unknown) > _NAMED else []
        notes.append(problem("columns_unknown", titles=[*unknown[:_NAMED], *more]))
    bare = [column.title for column in columns if column.slot and part_of(column.title)]
    if bare:
        notes.append(problem("columns_bare", titles=bare))
    return notes
