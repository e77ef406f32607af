"""The tables of an input: a text has one, a workbook one on each sheet, of which one is meant, or all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from taxcalc.base.csv_line import as_line
from taxcalc.base.money import plain
from taxcalc.base.period import read_period
from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue, part_of
from taxcalc.facts.statement import WHEN
from taxcalc.firms.read.column import Column
from taxcalc.firms.read.feed import Feed, Piece
from taxcalc.firms.read.find_heading import headed
from taxcalc.firms.read.heading import Header, Told
from taxcalc.firms.read.kinds import called_otherwise, open_table
from taxcalc.firms.read.parse import Parsed
from taxcalc.firms.read.rows import Rows
from taxcalc.firms.read.sheet import Lines, Sheet, SheetPiece
from taxcalc.firms.read.workbook import Workbook

ALL = "all"
"""What is said for every sheet."""
_NO_TABLE = ("header_missing", "header_sideways", "heading_not_there", "header_row")
"""What is wrong with a sheet that is not the one that is meant."""


class Chosen(NamedTuple):
    """A table that is read: its rows, its heading, and what there is to say of how it was chosen."""

    feed: Feed
    header: Header
    notes: Sequence[Problem]


class Tables:
    """An input: its only table, or a workbook. Raises InputError where it is of no kind that is read."""

    def __init__(self, stream: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> None:
        self._found = open_table(stream, name, encoding, delimiter)

    def chosen(
        self, catalogue: Catalogue, told: Told, sheet: str | None, row: int | None, given: Collection[str] = ()
    ) -> Chosen:
        """The table that is meant; `given` are facts that are stated for every row. Raises InputError where none is meant,
        or several may be."""
        notes = [note for note in (called_otherwise(self._found),) if note]
        if not isinstance(self._found, Workbook):
            if sheet is not None:
                raise InputError([problem("sheet_of_none", path=self._found.name)])
            return Chosen(self._found, headed(self._found, catalogue, told, row, given), notes)
        feed, header, others = _sheets(self._found, catalogue, told, sheet, row, given)
        return Chosen(feed, header, [*notes, *others])


def _sheets(
    book: Workbook, catalogue: Catalogue, told: Told, sheet: str | None, row: int | None, given: Collection[str]
) -> tuple[Feed, Header, list[Problem]]:
    titles = [one.title for one in book.sheets]
    if sheet is not None and sheet != ALL:
        title = next((title for title in titles if title.strip() == sheet.strip()), None)
        if title is None:
            raise InputError([problem("sheet_missing", path=book.name, sheet=sheet, sheets=titles)])
        feed: Feed = book.feed(title)
        return feed, headed(feed, catalogue, told, row, given), []
    found: list[tuple[Sheet, Header]] = []
    passed: list[str] = [one.title for one in book.sheets if one.hidden]
    doubtful: dict[str, InputError] = {}
    why: InputError | None = None
    for one in (one for one in book.sheets if not one.hidden):
        feed = book.feed(one.title)
        try:
            if any(feed.first_rows()):
                found.append((feed, headed(feed, catalogue, told, row, given)))
                continue
        except InputError as error:
            if error.problems[0].key not in _NO_TABLE:
                doubtful[one.title] = error
                continue
            why = why or error
        passed.append(one.title)
    if any(len(header.stated) > 1 for _, header in found):  # one name of a fact makes no table beside a table
        passed += [feed.sheet for feed, header in found if len(header.stated) == 1]
        found = [(feed, header) for feed, header in found if len(header.stated) > 1]
    if len(found) + len(doubtful) > 1 and sheet is None:
        tables = [title for title in titles if title in doubtful or title in {feed.sheet for feed, _ in found}]
        raise InputError([problem("sheets_several", path=book.name, sheets=tables)])
    if doubtful:
        raise next(iter(doubtful.values()))
    if not found:
        raise why or InputError([problem("file_empty", path=book.name)])
    notes = [problem("sheets_passed", sheets=passed)] if passed else []
    if len(found) == 1:
        return *found[0], notes
    first = found[0][1]
    for feed, header in found[1:]:
        if [column.title for column in header.columns] != [column.title for column in first.columns]:
            named = {"sheet": feed.sheet, "first": found[0][0].sheet}
            raise InputError([problem("sheets_unlike", path=book.name, **named)])
    _timed_by_titles([feed.sheet for feed, _ in found], first, book.name)
    return Sheets([feed for feed, _ in found]), _titled(first), notes


def _timed_by_titles(titles: Sequence[str], header: Header, source: str) -> None:
    """Raises InputError where the titles of sheets say of what time each is, and no column does: it would not be read."""
    parts, periods = map(part_of, titles), [read_period(plain(title)) for title in titles]
    if header.stated.isdisjoint(WHEN) and (all(parts) or all(periods)):
        raise InputError([problem("sheets_of_times", path=source, sheets=list(titles))])


class Sheets(Feed):
    """Sheets of one heading, one after the other, each row with the title of its sheet in a first column."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self.name, self.header_row = sheets[0].name, sheets[0].header_row
        self.sheet = "、".join(sheet.sheet for sheet in sheets)
        self.read = self.size = 0

    def described(self) -> Label:
        titles = [sheet.sheet for sheet in self._sheets]
        return f"工作表“{'”“'.join(titles)}”", f"sheets {', '.join(titles)}"

    def first_rows(self) -> list[list[str]]:
        return self._sheets[0].first_rows()

    def said(self, header: Header, first: int = 0) -> list[Problem]:
        return [said for sheet in self._sheets for said in sheet.said(header, 1)]

    def begin(self, row: int) -> None:
        """Each sheet has begun."""

    def rows_about(self) -> int:
        return sum(sheet.rows_about() for sheet in self._sheets)

    def large(self, rows: int) -> bool:
        return self.rows_about() >= rows

    def whole_piece(self) -> Piece | None:
        return None

    def __iter__(self) -> Iterator[Piece]:
        for sheet in self._sheets:
            first = sheet.header_row + 1
            for piece in sheet:
                yield OfSheet(piece, sheet.sheet, first)
                first = 0


class OfSheet(NamedTuple):
    """Some rows of one of several sheets."""

    piece: SheetPiece
    sheet: str
    first: int
    """The row that its first line is; 0 where it goes on from the piece before."""

    def parse(self, header: Header, *, plainly: bool) -> Parsed:
        """As a block of rows, the title of the sheet before each."""
        own = tuple(column._replace(place=column.place - 1) for column in header.columns[1:])
        parsed = self.piece.parse(header._replace(columns=own), plainly=plainly)
        block = parsed.block
        assert isinstance(block, Rows)
        rows = [[self.sheet, *cells] for cells in block.rows]
        broken = [line._replace(text=f"{as_line([self.sheet])},{line.text}") for line in parsed.broken]
        titled = Rows(rows, block.numbers, Lines(rows))
        return parsed._replace(block=titled, broken=broken, first=self.first, sheet=self.sheet)


def _titled(header: Header) -> Header:
    """A heading with a first column for the title of the sheet."""
    title = "sheet" if "".join(column.title for column in header.columns).isascii() else "工作表"
    columns = (column._replace(place=column.place + 1) for column in header.columns)
    return header._replace(columns=(Column(0, title, None), *columns), width=header.width + 1)
