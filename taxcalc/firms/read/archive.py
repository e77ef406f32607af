"""The zip archive of a workbook, read so that no file can fill the memory, whatever it unpacks to.

A workbook is XML in a zip: some kilobytes may unpack to gigabytes, and a reader of XML holds each element
until it ends. So a sheet may be long, but no row of it; and what must be held as a whole has a limit.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO, BinaryIO, Literal

_WHOLE, _ROW = 16 << 20, 8 << 20
"""Bytes of a part that is read as one, such as the styles; and of one row, or one shared string."""
_STRINGS, _STRING_COUNT = 256 << 20, 4_000_000
"""Bytes and number of the shared strings, which are all held: some for each row of a full sheet."""
_ROWS = (1 << 20) + 1
_PARTS = 10_000
_MARKS = re.compile(rb"<(?P<end>/)?(?:\w+:)?(?P<kind>row|si)(?:\s[^<>]*?)?(?P<empty>/)?>")
_BLINDS = re.compile(rb"<!\[CDATA\[|<!--|<\?(?!xml\s)")
"""In these, what looks like a mark is only text."""
_KEPT = 256
"""Bytes carried over, so that no mark is missed where two pieces meet."""


class Oversized(Exception):
    """A workbook that unpacks to more than any table needs."""


class Archive(zipfile.ZipFile):
    """A zip whose parts cannot be read beyond measure."""

    def __init__(self, file: BinaryIO | str) -> None:
        super().__init__(file)
        if len(self.filelist) > _PARTS:
            raise Oversized(f"> {_PARTS} parts")

    def open(
        self, name: str | zipfile.ZipInfo, mode: Literal["r", "w"] = "r", pwd: bytes | None = None, **options: bool
    ) -> IO[bytes]:
        """A part as a stream that counts."""
        stream = super().open(name, mode, pwd, **options)
        return _Counted(stream, name if isinstance(name, str) else name.filename)  # type: ignore[return-value]


class _Counted(io.RawIOBase):
    """A stream of XML that raises Oversized where an element that must be held grows too large."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name = stream, name
        self._total = self._rows = self._strings = 0
        self._depth = self._inside = self._outside = 0
        """How deep in rows or strings the place is; bytes of the present one; bytes outside of all, which stay."""
        self._tail = b""
        self._blind = False

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; all of them at once only where they are few."""
        if size is None or size < 0:
            content = self._stream.read(_WHOLE + 1)
            self._refuse(len(content) > _WHOLE or b"<!DOCTYPE" in content)
            return content
        piece = self._stream.read(size)
        self._total += len(piece)
        self._check(self._tail + piece)
        return piece

    def close(self) -> None:
        """Close the part."""
        self._stream.close()
        super().close()

    def _check(self, text: bytes) -> None:
        self._blind |= bool(_BLINDS.search(text))
        self._refuse(b"<!DOCTYPE" in text)
        place = 0
        for found in _MARKS.finditer(text):
            self._hold(found.start() - place)
            place = found.end()
            if not found["end"]:
                self._rows += found["kind"] == b"row"
                self._strings += found["kind"] == b"si"
                self._depth += not found["empty"]
            else:
                self._depth = max(0, self._depth - 1)
            if not self._depth:
                self._inside = 0
        rest = len(text) - place
        kept = min(rest, _KEPT)
        self._hold(rest - kept)
        self._tail = text[len(text) - kept :]
        self._refuse(self._rows > _ROWS or self._strings > _STRING_COUNT)
        self._refuse(self._strings > 0 and self._total > _STRINGS)

    def _hold(self, size: int) -> None:
        if self._depth and not self._blind:
            self._inside += size
        else:
            self._outside += size
        self._refuse(self._inside > _ROW or self._outside > _WHOLE)

    def _refuse(self, too_much: bool) -> None:
        if too_much:
            raise Oversized(self._name)
