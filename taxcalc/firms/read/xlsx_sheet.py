"""The cells of a sheet of Office Open XML, row by row as they stand in the file.

Two readers, as of CSV: the plain one takes what it can prove to be written as nearly all programs write it, and
hands over the rest, from there to the end, to the careful one, which takes all XML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from taxcalc.base.units import Label
from taxcalc.firms.read.archive import HELD, Archive, Markup
from taxcalc.firms.read.cell import PLAIN, Cell, Cells
from taxcalc.firms.read.feed import FIRST_ROWS
from taxcalc.firms.read.heading import MOST_COLUMNS
from taxcalc.firms.read.sheet import Merged
from taxcalc.firms.read.xlsx_cell import Book, CellReader

_MERGED = re.compile(rb'mergeCell\s[^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_COLUMNS = re.compile(rb"<(?:\w+:)?col(\s[^<>]*)")
_PIECE = 1 << 18
_BEGIN, _END, _CLOSE = b"<sheetData>", b"</row>", b"</sheetData>"
_TEXT = r"[^<&\x00-\x08\x0b-\x1f]*+(?:&(?:amp|lt|gt|quot|apos|#10);[^<&\x00-\x08\x0b-\x1f]*+)*+"
_ATTRIBUTES = r'(?: [\w:.]+="[^"<&\x00-\x1f]*")*+'
_START = rf'<row r="([0-9]+)"({_ATTRIBUTES}) ?'
_CELL = (
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="(\w+)")? ?'
    rf"(?:/>|>(?:<f{_ATTRIBUTES}>({_TEXT})</f>)?(?:(<v ?/>|<v></v>)|<v>(?:({PLAIN})(?=<)|({_TEXT}))</v>"
    rf"|<is><t{_ATTRIBUTES}>({_TEXT})</t></is>)?</c>)"
)
_NUMBERS = ("", "n")
_UNGROUPED = re.compile(r"\((?!\?)")
_ALL_PLAIN = re.compile(_UNGROUPED.sub("(?:", rf"(?:{_START}(?:/>|>(?:{_CELL})*+</row>))*+"))
_ROWS = re.compile(rf"{_START}/?>")
_CELLS = re.compile(_CELL)


class XlsxGrid:
    """A sheet that is a part of an archive."""

    kind: Label = ("XLSX 工作簿", "an XLSX workbook")

    def __init__(self, archive: Archive, path: str, book: Callable[[], Book], title: str, *, hidden: bool) -> None:
        self._archive, self._path, self._book = archive, path, book
        self.title, self.hidden = title, hidden
        self._about = 0
        self.hidden_columns: list[range] = []

    def rows_about(self) -> int:
        return self._about

    def merged(self) -> list[Merged]:
        """These stand behind all rows, so the part is gone through for them; its rows are counted by the way."""
        found: list[Merged] = []
        kept = b""
        self._about = 0
        read = CellReader(Book([], []))
        with self._archive.open(self._path) as part:
            while piece := part.read(1 << 20):
                self._about += piece.count(b"<row") + piece.count(b":row ")
                text = kept + piece
                if not kept:  # columns are told before all rows
                    self.hidden_columns = [*_hidden_columns(text)]
                if b"mergeCell " in text:
                    for first, top, last, _ in _MERGED.findall(text):
                        if int(top) <= FIRST_ROWS and len(found) < MOST_COLUMNS:
                            found.append(Merged(int(top) - 1, read.column(first.decode()), read.column(last.decode())))
                kept = piece[-100:]
        return found

    def rows(self) -> Iterator[tuple[int, Cells]]:
        part = self._archive.open(self._path)
        read = CellReader(self._book())
        head = part.read(_PIECE)
        start = head.find(_BEGIN) + len(_BEGIN)
        plain = (
            start >= len(_BEGIN) and b"<!" not in head[:start] and not re.match(rb'.*encoding="(?!utf-8)', head, re.I)
        )
        before, rest = (head[:start], head[start:]) if plain else (head, b"")
        row = 0
        while plain:
            cut = rest.rfind(_END) + len(_END)
            if cut >= len(_END):
                rows = _plain(rest[:cut], read)
                if rows is None:
                    break
                yield from rows
                rest, row = rest[cut:], rows[-1][0]
            piece = part.read(_PIECE)
            plain = bool(piece) and len(rest) <= HELD and _CLOSE not in rest
            rest += piece
        markup = Markup(part, self._path, before + rest)
        reader = _Careful(markup, read, row)
        for _ in markup.pieces(reader.start, reader.end, reader.text):
            yield from reader.rows
            reader.rows.clear()


def _hidden_columns(head: bytes) -> Iterator[range]:
    for given in map(bytes.decode, _COLUMNS.findall(head)):
        bounds = [re.search(rf' {name}="([0-9]{{1,7}})"', given) for name in ("min", "max")]
        if _HIDDEN.search(given) and (first := bounds[0]) and (last := bounds[1]):
            yield range(int(first[1]) - 1, int(last[1]))


def _plain(rows: bytes, read: CellReader) -> list[tuple[int, Cells]] | None:
    """Whole rows that are proved to be plain; None where they are not."""
    try:
        text = rows.decode()
    except UnicodeDecodeError:
        return None
    if not _ALL_PLAIN.fullmatch(text):
        return None
    places, strings = read.places, read.strings
    found: list[tuple[int, Cells]] = []
    parts = _ROWS.split(text)
    for row, given, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        texts: list[str] = []
        cells = Cells(texts, [], _HIDDEN.search(given) is not None)
        for letters, style, type, formula, empty, digits, value, inline in _CELLS.findall(body):
            if digits and not formula and type in _NUMBERS and style not in read.kinds:
                cell: Cell = digits
            elif digits and type == "s":
                cell = strings[int(digits)]
            elif digits or value or formula or inline:
                value = html.unescape(digits or value or inline) or ("" if empty else None)
                cell = read.cell(type, style, value, html.unescape(formula) or None)
            else:
                continue
            place = places[letters] if letters in places else read.column(letters)
            if place == len(texts) and cell.__class__ is str:
                texts.append(cell)
            else:
                cells.put(place, cell)
        found.append((int(row), cells))
    return found


class _Careful:
    """The rows of a sheet as its XML goes by."""

    def __init__(self, markup: Markup, read: CellReader, row: int) -> None:
        self.rows: list[tuple[int, Cells]] = []
        self._markup, self._read, self._row = markup, read, row
        self._place = self._next = 0
        self._cells = Cells([], [])
        self._parts: list[str] = []
        self.text = self._parts.append
        self._type = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._spelling = self._inside = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        match self._markup.local[name]:
            case "c":
                self._place = self._read.column(given["r"].rstrip("0123456789")) if "r" in given else self._next
                self._next = self._place + 1
                self._type, self._style = given.get("t", ""), given.get("s", "")
                self._value = self._formula = None
            case "v" | "t" | "f":
                self._parts.clear()
            case "row":
                self._row = int(given["r"]) if "r" in given else self._row + 1
                self._cells, self._next = Cells([], [], given.get("hidden") in ("1", "true")), 0
                self._inside = True
            case "rPh":
                self._spelling = True

    def end(self, name: str) -> None:
        """An element ends."""
        match self._markup.local[name]:
            case "v":
                self._value = "".join(self._parts)
            case "c":
                if self._value is not None or self._formula is not None:
                    cell = self._read.cell(self._type, self._style, self._value, self._formula)
                    self._cells.put(self._place, cell)
            case "t":
                if not self._spelling:
                    self._value = (self._value or "") + "".join(self._parts)
            case "f":
                self._formula = "".join(self._parts)
            case "row":
                self.rows.append((self._row, self._cells))
                self._inside = False
                self._markup.let_go()
            case "rPh":
                self._spelling = False
            case _ if not self._inside:  # what stands behind the rows, of which nothing is held
                self._markup.let_go()
