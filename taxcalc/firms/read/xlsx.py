"""A workbook of Office Open XML (.xlsx, .xlsm): its sheets, its shared strings, the formats of its cells."""

from __future__ import annotations

import posixpath

from taxcalc.firms.read.archive import Archive, Oversized
from taxcalc.firms.read.number_format import Kind, built_in, kind_of
from taxcalc.firms.read.xlsx_cell import Book, text_held
from taxcalc.firms.read.xlsx_sheet import XlsxGrid

_MOST_STRINGS, _STRING_LENGTH = 4 << 20, 64 << 20
"""The shared strings are all held: some for each row of a full sheet, and so many characters together."""

_STYLE_PARTS = ("xf", "numFmt", "font", "fill", "border", "dxf", "cellStyle")
_MOST_STYLES = 1 << 17
"""Styles of cells: twice what a spreadsheet can hold."""


class Xlsx:
    """The parts of a workbook. Raises what its parts raise."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._path = next(iter(self._related("", "officeDocument").values()), "xl/workbook.xml")
        self._loaded: Book | None = None
        self._from_1904 = self._distrusted = False
        found: list[tuple[str, str, str]] = []

        def start(name: str, given: dict[str, str]) -> None:
            match markup.local[name]:
                case "sheet":
                    id = next((value for key, value in given.items() if key.endswith(":id")), "")
                    found.append((id, given.get("name", ""), given.get("state", "visible")))
                case "workbookPr":
                    self._from_1904 = given.get("date1904") in ("1", "true")
                case "calcPr":
                    self._distrusted = given.get("fullCalcOnLoad") in ("1", "true")

        markup = self._archive.markup(self._path)
        markup.read(start)
        paths = self._related(self._path, "worksheet")
        self.grids = [
            XlsxGrid(self._archive, paths[id], self.book, title, hidden=state != "visible")
            for id, title, state in found
            if id in paths  # sheets of charts, of macros, of old dialogues are of another kind
        ]

    def book(self) -> Book:
        """What all sheets share, read once."""
        if self._loaded is None:
            strings = next(iter(self._related(self._path, "sharedStrings").values()), "")
            styles = next(iter(self._related(self._path, "styles").values()), "")
            self._loaded = Book(
                self._strings(strings) if strings in self._archive else [],
                self._formats(styles) if styles in self._archive else [],
                from_1904=self._from_1904,
                distrusted=self._distrusted,
            )
        return self._loaded

    def _related(self, path: str, kind: str) -> dict[str, str]:
        """The parts of a kind that a part names, by their ids."""
        folder, name = posixpath.split(path)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}

        def start(_: str, given: dict[str, str]) -> None:
            if given.get("Type", "").endswith(f"/{kind}") and given.get("TargetMode") != "External":
                target = posixpath.join("/", folder, given.get("Target", "").replace("\\", "/"))
                found[given.get("Id", "")] = posixpath.normpath(target).lstrip("/")

        if relations in self._archive:
            self._archive.markup(relations).read(start)
        return found

    def _formats(self, path: str) -> list[Kind]:
        """What the format of each style says of its numbers."""
        codes: dict[str, Kind] = {}
        formats: list[Kind] = []
        cells = False

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal cells
            match markup.local[name]:
                case "numFmt":
                    codes[given.get("numFmtId", "")] = kind_of(given.get("formatCode", ""))
                case "cellXfs":
                    cells = True
                case "xf" if cells:
                    id = given.get("numFmtId", "0")
                    formats.append(codes[id] if id in codes else built_in(int(id)))

        def end(name: str) -> None:
            nonlocal cells
            local = markup.local[name]
            cells = cells and local != "cellXfs"
            if local in _STYLE_PARTS:
                markup.let_go()
            if len(formats) > _MOST_STYLES:
                raise Oversized(path)

        markup = self._archive.markup(path)
        markup.read(start, end=end)
        return formats

    def _strings(self, path: str) -> list[str]:
        strings: list[str] = []
        pieces: list[str] = []
        """Of the string at hand. Its spelling (rPh) is no part of it."""
        written = spelling = False
        length = 0

        def start(name: str, _: dict[str, str]) -> None:
            nonlocal written, spelling
            local = markup.local[name]
            spelling = local == "rPh" or (spelling and local == "t")
            written = local == "t" and not spelling

        def text(piece: str) -> None:
            if written:
                pieces.append(piece)

        def end(name: str) -> None:
            nonlocal written, length
            written = False
            if markup.local[name] == "si":
                strings.append(text_held("".join(pieces)))
                length += len(strings[-1])
                pieces.clear()
                markup.let_go()
                if len(strings) > _MOST_STRINGS or length > _STRING_LENGTH:
                    raise Oversized(path)

        markup = self._archive.markup(path)
        markup.read(start, end=end, text=text)
        return strings
