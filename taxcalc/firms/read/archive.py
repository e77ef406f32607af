"""The zip archive of a workbook, and the XML in it, read so that no file can fill the memory, whatever it unpacks to.

Some kilobytes may unpack to gigabytes. So parts are read as streams, and between two places where all that was held
can be let go (the ends of rows, of shared strings) there may be only so many bytes: a sheet may be long, but no row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO
from xml.parsers import expat

HELD = 4 << 20
"""Bytes of one row, of one shared string, of what stands before or after the rows."""
_PARTS = 10_000
_PIECE = 1 << 16


class Oversized(Exception):
    """A workbook that unpacks to more than any table needs."""


class Encrypted(Exception):
    """A workbook that opens with a password only."""


class Archive:
    """A zip whose parts are found by name, in any case, as programs write them. Raises what zipfile raises."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file)
        parts = self._zip.infolist()
        if len(parts) > _PARTS:
            raise Oversized(f"> {_PARTS} parts")
        self._parts = {_path(part.filename): part for part in parts}

    def start_of(self, name: str, size: int) -> bytes:
        """The first bytes of a part; none where there is no such part."""
        if name not in self:
            return b""
        with self.open(name) as part:
            return part.read(size)

    def __contains__(self, name: str) -> bool:
        return _path(name) in self._parts

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream. Raises ValueError where there is none."""
        part = self._parts.get(_path(name))
        if part is None:
            raise ValueError(name)
        return self._zip.open(part)

    def markup(self, name: str) -> Markup:
        """A part that is XML."""
        return Markup(self.open(name), name)


def _path(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


class Local(dict[str, str]):
    """Names of elements without their prefix, which each program chooses for itself: `x:row` is a row."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local


class Markup:
    """XML that tells what it meets; `ahead` are bytes that were taken from it before."""

    def __init__(self, stream: IO[bytes], name: str, ahead: bytes = b"") -> None:
        self._stream, self._name, self._ahead = stream, name, ahead
        self._held = 0
        self.local = Local()

    def let_go(self) -> None:
        """Nothing of what was read so far is needed any more."""
        self._held = 0

    def pieces(
        self,
        start: Callable[[str, dict[str, str]], object],
        end: Callable[[str], object] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> Iterator[None]:
        """Parse to the end, with a rest after every piece. Raises ExpatError where it is no XML, and Oversized."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse  # entities that double again and again
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
        with self._stream:
            while piece := self._ahead or self._stream.read(_PIECE):
                self._ahead = b""
                self._held += len(piece)
                if self._held > HELD:
                    self._refuse()
                parser.Parse(piece)
                yield
            parser.Parse(b"", True)

    def read(self, start: Callable[[str, dict[str, str]], object], **others: Callable[[str], object]) -> None:
        """Parse all at once."""
        for _ in self.pieces(start, **others):
            pass

    def _refuse(self, *_: object) -> None:
        raise Oversized(self._name)
