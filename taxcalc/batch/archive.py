"""The zip archive of a workbook, read so that no file can fill the memory, whatever it unpacks to.

A workbook is XML in a zip: some kilobytes may unpack to gigabytes, and a reader of XML holds each element
until it ends. So a sheet may be long, but no row of it; and what must be held as a whole has a limit.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

_WHOLE, _ROW = 16 << 20, 8 << 20
"""Bytes of a part that is read as one, such as the styles; and of one row, or one shared string."""
_STRINGS, _STRING_COUNT = 256 << 20, 4_000_000
"""Bytes and number of the shared strings, which are all held: some for each row of a full sheet."""
_ROWS = (1 << 20) + 1
_PARTS = 10_000
_ENDS = re.compile(rb"</(?:\w+:)?(row|si)\s*>|<(?:\w+:)?(row|si)(?:\s[^<>]*)?/>")
_KEPT = 256
"""Bytes carried over, so that no mark is missed where two pieces meet."""


class Oversized(Exception):
    """A workbook that unpacks to more than any table needs."""


class Archive(zipfile.ZipFile):
    """A zip whose parts cannot be read beyond measure."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        if len(self.filelist) > _PARTS:
            raise Oversized(f"> {_PARTS} parts")

    def open(self, name: Any, mode: Any = "r", *args: Any, **options: Any) -> Any:
        """A part as a stream that counts."""
        stream = super().open(name, mode, *args, **options)
        return _Counted(stream, getattr(name, "filename", name))


class _Counted(io.RawIOBase):
    """A stream of XML that raises Oversized where an element that must be held grows too large."""

    def __init__(self, stream: Any, name: str) -> None:
        self._stream, self._name = stream, name
        self._total = self._held = self._rows = self._strings = 0
        self._tail = b""
        self._marks_lie = False

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; all of them at once only where they are few."""
        if size is None or size < 0:
            content: bytes = self._stream.read(_WHOLE + 1)
            self._refuse(len(content) > _WHOLE or b"<!DOCTYPE" in content)
            return content
        piece: bytes = self._stream.read(size)
        self._check(self._tail + piece, len(piece))
        self._tail = (self._tail + piece)[-_KEPT:]
        return piece

    def close(self) -> None:
        """Close the part."""
        self._stream.close()
        super().close()

    def _check(self, text: bytes, new: int) -> None:
        self._marks_lie |= b"<![CDATA[" in text or b"<!--" in text  # in which "</row>" is only text
        self._total += new
        self._held += new
        for found in _ENDS.finditer(text):
            if found.end() > len(text) - new:
                row = (found[1] or found[2]) == b"row"
                self._rows += row
                self._strings += not row
                self._held = self._held if self._marks_lie else len(text) - found.end()
        self._refuse(b"<!DOCTYPE" in text or self._held > _ROW or self._rows > _ROWS)
        self._refuse(self._strings > _STRING_COUNT or (self._strings > 0 and self._total > _STRINGS))

    def _refuse(self, too_much: bool) -> None:
        if too_much:
            raise Oversized(self._name)
