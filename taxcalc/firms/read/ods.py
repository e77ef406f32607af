"""A workbook of Open Document (.ods): all of its sheets are one part, in which cells and rows say how often they stand.

So a few bytes may ask for more cells than any memory holds: blank ones are counted, never made, and the others have
a limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from taxcalc.base.units import Label
from taxcalc.firms.read.archive import Archive, Encrypted, Markup, Oversized
from taxcalc.firms.read.cell import Cell, Cells, formula_text, iso_day, number, text_of
from taxcalc.firms.read.feed import FIRST_ROWS
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.read.sheet import Merged

_PART, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_MOST_CELLS = 50_000_000
"""Cells of a sheet that are filled, repeated ones counted."""


def grids(archive: Archive) -> list[OdsGrid]:
    """The sheets of a workbook. Raises what zipfile and expat raise."""
    if _MANIFEST in archive:
        archive.markup(_MANIFEST).read(_refuse_encrypted)
    markup = archive.markup(_PART)
    outline = _Outline(markup)
    markup.read(outline.start, end=outline.end)
    return [
        OdsGrid(archive, index, title, outline.scaled, hidden=style in outline.hidden, about=outline.rows[index])
        for index, (title, style) in enumerate(outline.tables)
    ]


def _refuse_encrypted(name: str, _: object) -> None:
    if name.endswith(":encryption-data"):
        raise Encrypted


class OdsGrid:
    """One table of the document."""

    kind: Label = ("ODS 工作簿", "an ODS workbook")

    def __init__(self, archive: Archive, index: int, title: str, scaled: set[str], *, hidden: bool, about: int) -> None:
        self._archive, self._index, self._scaled, self._about = archive, index, scaled, about
        self.title, self.hidden = title, hidden
        self._merged: list[Merged] = []
        self.hidden_columns: list[range] = []

    def rows_about(self) -> int:
        return self._about

    def merged(self) -> list[Merged]:
        return self._merged

    def rows(self) -> Iterator[tuple[int, Cells]]:
        markup = self._archive.markup(_PART)
        reader = _Rows(markup, self._index, self._scaled, self._merged, self.hidden_columns)
        filled = 0
        for _ in markup.pieces(reader.start, reader.end, reader.text):
            for row, times, cells in reader.rows:
                filled += times * len(cells.texts)
                if filled > _MOST_CELLS:
                    raise Oversized(f"{_PART}: > {_MOST_CELLS} cells")
                yield from ((number, cells) for number in range(row, row + times))
            reader.rows.clear()


class _Outline:
    """Which tables there are, and the styles that matter: of hidden tables, of numbers shown in other units."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self.tables: list[tuple[str, str]] = []
        """Each by its title and its style."""
        self.rows: list[int] = []
        self.hidden: set[str] = set()
        self.scaled: set[str] = set()
        self._nested = 0
        self._style = self._format = ""
        self._formats: set[str] = set()

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        match name:
            case "table:table":
                self._nested += 1
                if self._nested == 1:
                    self.tables.append((given.get("table:name", ""), given.get("table:style-name", "")))
                    self.rows.append(0)
            case "table:table-row" if self.rows:
                self.rows[-1] += 1
            case "style:style":
                self._style = given.get("style:name", "")
                if given.get("style:data-style-name") in self._formats:
                    self.scaled.add(self._style)
            case "style:table-properties":
                if given.get("table:display") == "false":
                    self.hidden.add(self._style)
            case "number:number-style" | "number:currency-style":
                self._format = given.get("style:name", "")
            case "number:number":
                if given.get("number:display-factor", "1") != "1":
                    self._formats.add(self._format)

    def end(self, name: str) -> None:
        """An element ends."""
        self._nested -= name == "table:table"
        if name in ("table:table-row", "style:style", "number:number-style"):
            self._markup.let_go()


class _Rows:
    """The filled rows of one table as its XML goes by, each with how often it stands."""

    def __init__(self, markup: Markup, index: int, scaled: set[str], merged: list[Merged], hidden: list[range]) -> None:
        self.rows: list[tuple[int, int, Cells]] = []
        self._markup, self._index, self._scaled, self._merged = markup, index, scaled, merged
        self._hidden = hidden
        self._table, self._nested = -1, 0
        self._row, self._place = 0, 0
        self._columns: list[str] = []
        """Their styles, which cells have that have none."""
        self._cells = Cells([], [])
        self._given: dict[str, str] = {}
        self._text: list[str] = []
        self._paragraphs = self._aside = 0
        self._inside = False
        self._times = 1

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if name == "table:table":
            self._nested += 1
            self._table += self._nested == 1
        elif self._table != self._index or self._nested != 1:
            return
        elif name == "office:annotation" or name.startswith("draw:"):
            self._aside += 1  # notes and pictures lie on a cell
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._given, self._paragraphs = given, 0
            self._text.clear()
        elif name == "table:table-row":
            self._cells, self._place, self._times = Cells([], [], _is_hidden(given)), 0, _times(given, "rows")
        elif name == "table:table-column":
            room = MOST_COLUMNS - (first := len(self._columns))
            self._columns += [given.get("table:default-cell-style-name", "")] * min(_times(given, "columns"), room)
            if _is_hidden(given):
                self._hidden.append(range(first, len(self._columns)))
        elif not self._aside:
            self._write(name, given)

    def _write(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "text:p":
                if self._paragraphs:
                    self._text.append("\n")
                self._paragraphs += 1
                self._inside = True
            case "text:s":
                self._text.append(" " * min(int(given.get("text:c", "1")), 1000))
            case "text:tab":
                self._text.append("\t")
            case "text:line-break":
                self._text.append("\n")

    def text(self, piece: str) -> None:
        """Text, of which only that of paragraphs is wanted."""
        if self._inside and not self._aside:
            self._text.append(piece)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "table:table":
            self._nested -= 1
        elif self._table != self._index or self._nested != 1:
            if name in ("table:table-row", "style:style"):
                self._markup.let_go()
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._put()
        elif name == "table:table-row":
            if self._cells.texts:
                self.rows.append((self._row + 1, self._times, self._cells))
            self._row += self._times
            self._markup.let_go()
        elif name == "office:annotation" or name.startswith("draw:"):
            self._aside -= 1
        elif name == "text:p" and not self._aside:
            self._inside = False

    def _put(self) -> None:
        start, times = self._place, _times(self._given, "columns")
        self._place += times
        self._paragraphs = 0
        if cell := self._cell(start):
            if self._place > MOST_COLUMNS:
                raise ValueError(f"column {self._place}")
            for place in range(start, self._place):
                self._cells.put(place, cell)
            spanned = int(self._given.get("table:number-columns-spanned", "1"))
            if spanned > 1 and self._row < FIRST_ROWS:
                self._merged.append(Merged(self._row, start, min(start + spanned, MOST_COLUMNS) - 1))

    def _cell(self, place: int) -> Cell:
        given, text = self._given, "".join(self._text)
        kind = given.get("office:value-type")
        calculated = given.get("table:formula")
        if given.get("calcext:value-type") == "error" or (calculated and text.startswith(("#", "Err:"))):
            return text_of(text) or "#ERROR!"
        if calculated and not kind:
            return formula_text(calculated.partition("=")[2])
        style = given.get("table:style-name") or (self._columns[place] if place < len(self._columns) else "")
        match kind:
            case "float" | "currency" | "percentage":
                scaled = kind == "percentage" or style in self._scaled
                return number(given.get("office:value", ""), scaled=scaled)
            case "date":
                return iso_day(given.get("office:date-value", text))
            case "boolean":
                return given.get("office:boolean-value", text)
        return text_of(given.get("office:string-value") or text)


def _is_hidden(given: dict[str, str]) -> bool:
    return given.get("table:visibility", "visible") != "visible"


def _times(given: dict[str, str], of: str) -> int:
    return max(1, int(given.get(f"table:number-{of}-repeated", "1")))
