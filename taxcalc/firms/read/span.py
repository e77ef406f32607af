"""The lines of a CSV that begin in a range of its bytes, read as the whole file is: heading, encoding and size are its own."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator

from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.source import Source

_STEP = 1 << 20


class Span(Source):
    """A file of which only some lines are read, once it is told which."""

    _left: int | None = None
    """Bytes that are still to be read of the range; None before there is one."""
    _above = 0
    """Lines down to the heading."""
    next_row = 0
    """The row of the file that follows the range."""

    def begin(self, row: int) -> None:
        lines = self._first.count(b"\n")
        super().begin(row)
        self._above = self._said + lines - self._first.count(b"\n")

    def within(self, start: int, end: int, row: int | None = None) -> None:
        """Read the lines that begin in these bytes. `row` is the row of the file that the first of them is; where it is not
        told, the lines before are counted. Raises InputError where lines cannot be told by their bytes."""
        if self.stamp is None:
            raise self._refused(("不是普通文件", "it is no regular file"))
        if self.encoding not in ("utf-8", "gb18030") or self._returns:
            raise self._refused(("行的结尾不是换行字节", "its lines do not end in a line feed of one byte"))
        table = self._after_lines(self._above)
        begin, stop = (self._line_from(max(place, table)) for place in (start, end))
        self.header_row = (row if row is not None else self.header_row + 1 + self._lines_in(table, begin)) - 1
        self.next_row = self.header_row + 1 + self._lines_in(begin, stop)
        self._stream.seek(begin)
        self._left, self.whole, self._first = max(0, stop - begin), False, b""
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")

    def _refused(self, why: Label) -> InputError:
        return InputError([problem("range_refused", path=self.name, why=why)])

    def _after_lines(self, lines: int) -> int:
        """The place at which so many lines of the file have ended."""
        self._stream.seek(0)
        while lines > 0 and (part := self._stream.readline(_STEP)):
            lines -= part.endswith(b"\n")
        return self._stream.tell()

    def _line_from(self, place: int) -> int:
        """Where the first line begins that does so at a place or after it."""
        self._stream.seek(max(0, place - 1))
        while (part := self._stream.readline(_STEP)) and not part.endswith(b"\n"):
            pass
        return min(self._stream.tell(), self.size)

    def _lines_in(self, start: int, end: int) -> int:
        self._stream.seek(start)
        lines, last = 0, b"\n"
        while start < end and (part := self._stream.read(min(_STEP, end - start))):
            lines, last, start = lines + part.count(b"\n"), part, start + len(part)
        return lines + (not last.endswith(b"\n"))

    def _take(self, size: int) -> bytes:
        if self._left is None:
            return super()._take(size)
        taken = super()._take(min(size, self._left))
        self._left -= len(taken)
        return taken

    def _utf8(self, raw: bytes) -> bytes:
        if self._left is not None and not self._decided and not raw.isascii():
            raise self._refused(
                ("开头没有非 ASCII 字符，请指明编码", "its beginning is ASCII alone: tell the encoding")
            )
        return super()._utf8(raw)

    def _parts(self, text: bytes) -> Iterator[bytes]:
        if self._left is not None and b'"' in text:
            whole = _whole_record(self.delimiter)
            for line in text.splitlines(keepends=True):
                if b'"' in line and not whole.fullmatch(line):
                    raise InputError([problem("range_quotes", path=self.name, text=line[:60].decode(errors="replace"))])
        return super()._parts(text)


@functools.cache
def _whole_record(delimiter: str) -> re.Pattern[bytes]:
    """A line that is a record by itself, whatever stands above and below it."""
    between = re.escape(delimiter.encode())
    cell = rb'(?:"(?:[^"\r\n]|"")*+"|(?:(?!%b)[^"\r\n])*+)' % between
    return re.compile(rb"%b(?:%b%b)*+(?:\r?\n)?" % (cell, between, cell))
