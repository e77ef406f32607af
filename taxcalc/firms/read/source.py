"""A stream of CSV as blocks of UTF-8: encoding and delimiter are found out, said, and can be overruled.

A block ends where a record ends, as far as its quotes tell, and is bounded in bytes and in lines. Memory holds a block
or two, whatever the size of the file; a record longer than a block is given up by name.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from taxcalc.base.problem import InputError, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.astray import astray
from taxcalc.firms.read.careful import MOST_LINES, records
from taxcalc.firms.read.feed import FIRST_ROWS, MOST_LINES_OF_PIECE, Feed, Watched
from taxcalc.firms.read.parse import Chunk

BLOCK = 4 << 20
"""Bytes read at a time: with fewer, threads wait for each other more often than they compute."""
DELIMITERS = {
    ",": ("逗号", "comma"),
    "\t": ("制表符", "tab"),
    ";": ("分号", "semicolon"),
    "|": ("竖线", "bar"),
    "，": ("全角逗号", "full-width comma"),
    "；": ("全角分号", "full-width semicolon"),
}
_ENCODINGS = {
    "utf-8": ("utf-8", "utf8", "utf-8-sig"),
    "gb18030": ("gb18030", "gbk", "gb2312", "cp936"),
    "utf-16": ("utf-16", "unicode"),
    "utf-16-le": ("utf-16-le", "utf-16le"),
    "utf-16-be": ("utf-16-be", "utf-16be"),
}
"""Each with what people call it."""
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TELLING = 4000
"""Bytes by which encodings are told apart that can all read them."""
_REPLACED = "\ufffd".encode()
_TOLD = re.compile(rb"\s*\"?sep=(?P<delimiter>[^\r\n])\"?\r?\n", re.IGNORECASE)
"""The first line in which a spreadsheet says the delimiter of the others."""


def encoding_called(name: str) -> str | None:
    """The encoding that a user means, or None."""
    called = name.strip().lower().replace("_", "-")
    return next((encoding for encoding, names in _ENCODINGS.items() if called in names), None)


class Source(Feed):
    """A CSV being read: first its first rows, then, from the row that is told to `begin`, in chunks."""

    sheet = ""

    def __init__(self, stream: BinaryIO, name: str, encoding: str | None = None, delimiter: str | None = None) -> None:
        self.name, self._stream = name, stream
        self.read = 0
        self._watched = Watched(stream, name)
        self.size = self._watched.size
        first = self._take(BLOCK)
        self._first_read = len(first)
        if not first.strip():
            raise InputError([problem("file_empty", path=name)])
        self.stated = encoding is not None
        self.encoding = encoding or _encoding_of(first, name)
        self._decided = self.stated or not first.isascii()
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self._carry = b""
        text = self._utf8(first)
        self._returns = b"\n" not in text and b"\r" in text
        if self._returns:  # lines of old end in a carriage return alone
            text = text.replace(b"\r", b"\n")
        self.whole = len(first) < BLOCK
        """Is the whole input in the first block?"""
        said = _TOLD.match(text)
        self._said = len(text[: said.end()].splitlines()) if said else 0
        """Lines that only say the delimiter."""
        if said:
            text = text[said.end() :]
            delimiter = delimiter or said["delimiter"].decode("ascii", "replace")
        self.delimiter = delimiter if delimiter in DELIMITERS else _delimiter_of(text)
        self._first = text
        self._rows, self._ends = _first_rows(text, self.delimiter, name, whole=self.whole)
        self.header_row = self._width = 0

    def first_rows(self) -> list[list[str]]:
        return [[] for _ in range(self._said)] + self._rows

    def begin(self, row: int) -> None:
        self.header_row = row
        row -= self._said
        self._width = len(self._rows[row - 1])
        self._first = self._first[self._ends[row - 1] :]

    @property
    def stamp(self) -> tuple[int, int] | None:
        """The size of the file and when it was changed; None for a pipe."""
        return self._watched.stamp

    def described(self) -> Label:
        zh, en = DELIMITERS[self.delimiter]
        told = ("（指定）", " (as told)") if self.stated else ("", "")
        return f"{self.encoding.upper()}{told[0]}、{zh}分隔", f"{self.encoding.upper()}{told[1]}, separated by {en}s"

    def rows_about(self) -> int:
        # as many in each block as in the first
        lines = self._first.count(b"\n")
        return lines * max(1, self.size // max(1, self._first_read))

    def large(self, rows: int) -> bool:
        # of wide rows few stand in the first block, and how many there are of a pipe nobody knows
        if self._first.count(b"\n") >= rows:
            return True
        return not self.whole and (not self.size or self.rows_about() >= rows)

    def whole_piece(self) -> Chunk | None:
        return self._lines(self._first) if self.whole else None

    def _lines(self, text: bytes) -> Chunk:
        return Chunk(text if text.endswith(b"\n") else text + b"\n", delimiter=self.delimiter)

    def _take(self, size: int) -> bytes:
        parts = []
        try:
            while size > 0 and (part := self._stream.read(size)):
                parts.append(part)
                size -= len(part)
        except OSError as error:
            why = error.strerror or str(error)
            raise InputError([problem("file_unreadable", path=self.name, why=why)]) from None
        content = b"".join(parts)
        self.read += len(content)
        return content

    def _utf8(self, raw: bytes) -> bytes:
        """Bytes of the input as UTF-8. What cannot be decoded is no UTF-8 either, and refused where it stands."""
        if not self._decided and not raw.isascii():
            self._decided = True
            self.encoding = _encoding_of(raw, self.name)
            self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        if self.encoding == "utf-8":
            return raw.removeprefix(codecs.BOM_UTF8)
        text = self._decoder.decode(raw, final=not raw).encode().removeprefix(codecs.BOM_UTF8)
        return text.replace(_REPLACED, b"\xff") if _REPLACED in text else text

    def __iter__(self) -> Iterator[Chunk]:
        """Chunks in order. Every byte after the heading is in one of them, or in a line that is named."""
        rest, more = self._first, True
        while True:
            if not more:
                self._watched.check()
                for part in self._parts(rest):
                    yield from self._pieces(self._lines(part))
                return
            cut = 0 if self.whole else last_record(rest, self.delimiter, self._width)
            for part in self._parts(rest[:cut]):
                yield from self._pieces(self._lines(part))
            rest = rest[cut:]
            if len(rest) > 2 * BLOCK:
                yield Chunk(b"", problem("record_long", limit=2 * BLOCK >> 20))
                rest = b""
                more = self._skip_line()
                if more:
                    rest, self._carry = self._carry, b""
                continue
            raw = self._take(BLOCK)
            text = self._utf8(raw)
            rest += text.replace(b"\r", b"\n") if self._returns else text
            more = bool(raw)

    def _parts(self, text: bytes) -> Iterator[bytes]:
        """Whole records in parts that are short in lines too: of the shortest lines a block has millions."""
        while text.count(b"\n") > MOST_LINES_OF_PIECE:
            end = len(text) - len(text.split(b"\n", MOST_LINES_OF_PIECE)[-1])
            cut = last_record(text[:end], self.delimiter, self._width)
            yield text[:cut]
            text = text[cut:]
        if text:
            yield text

    def _pieces(self, chunk: Chunk) -> Iterator[Chunk]:
        """A chunk of a long input: apart from each other what is plain and what has its quotes astray."""
        text, start = chunk.text, 0
        found = None if self.whole else astray(text, self.delimiter, self._width)
        for one in found or ():
            if start < one.start:
                yield chunk._replace(text=text[start : one.start])
            yield chunk._replace(text=text[one.start : one.end], record=one.record._replace(number=0))
            start = one.end
        if not found:
            yield chunk
        elif start < len(text):
            yield chunk._replace(text=text[start:])

    def _skip_line(self) -> bool:
        """Drop what is left of a line that is too long. False where the input ends in it."""
        while raw := self._take(BLOCK):
            text = self._utf8(raw)
            _, found, after = text.replace(b"\r", b"\n").partition(b"\n") if self._returns else text.partition(b"\n")
            if found:
                self._carry = after
                return True
        return False


def last_record(text: bytes, delimiter: str, width: int) -> int:
    """Where the last whole record ends. Where the quotes do not come out even, one is open or astray: then
    only those records are taken that end so many lines before that what follows cannot belong to them."""
    cut = text.rfind(b"\n") + 1
    if text.find(b'"', 0, cut) < 0 or text.count(b'"', 0, cut) % 2 == 0:  # to find none is quicker than to count
        return cut
    sure = cut
    for _ in range(MOST_LINES):
        sure = text.rfind(b"\n", 0, max(0, sure - 1)) + 1
    if (few := astray(text[:cut], delimiter, width)) is not None:
        return next((one.start for one in few if one.start < sure < one.end), sure) or cut
    found = 0
    for record in records(text, delimiter, width):
        if record.end > sure:
            break
        found = record.end
    return found or cut


def _encoding_of(sample: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            if encoding not in _ENCODINGS:
                raise InputError([problem("encoding_unread", path=name, encoding=encoding.upper())])
            return encoding
    head = sample[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    zeros = even + odd  # half of every digit and comma
    if zeros > max(5, len(head) / 50) and max(even, odd) > 9 * min(even, odd):
        found = "utf-16-le" if odd > even else "utf-16-be"
        if any(sign.encode(found) in head for sign in ("\n", "\r", *DELIMITERS)):
            return found
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(whole)
            if encoding == "gb18030" and _is_big5(whole):
                raise InputError([problem("encoding_unread", path=name, encoding="Big5")])
            return encoding
        except UnicodeDecodeError as error:
            wrong = error
            if encoding == "utf-8" and _nearly_utf8(whole, error.start):
                return encoding
    # neither is right for all of it: what reads most of it is meant, and the bad cells are named
    best = max(("utf-8", "gb18030"), key=lambda e: -_undecodable(whole, e))
    if _undecodable(whole, best) > len(whole) // 100 + 2:
        raise InputError([problem("encoding_unknown", path=name, position=wrong.start)])
    return best


def _nearly_utf8(whole: bytes, wrong: int) -> bool:
    """Is it UTF-8 with a byte or two that are not? Either its characters around them read well, which those of GB18030
    hardly ever do, or there are no others and in GB18030 they would be characters of no everyday text."""
    near = whole[:wrong][-_TELLING:].decode("utf-8", "ignore") + whole[wrong + 1 :][:_TELLING].decode("utf-8", "ignore")
    good = sum(not sign.isascii() for sign in near)
    bad = _undecodable(whole[max(0, wrong - _TELLING) : wrong + _TELLING], "utf-8")
    if good:
        return good > 10 * bad
    return bad <= 2 and _undecodable(whole, "utf-8") <= 2 and not _everyday(whole, "gb2312", 0xB0, 0xF7)


def _is_big5(whole: bytes) -> bool:
    """Do bytes that GB18030 can read give everyday characters in Big5, and others in GB18030? The first lines tell."""
    head = whole[: whole.rfind(b"\n", 0, _TELLING) + 1] or whole[:_TELLING]
    return _everyday(head, "gb2312", 0xB0, 0xD7) < 50 < _everyday(head, "big5", 0xA4, 0xC6)


def _everyday(text: bytes, encoding: str, first: int, last: int) -> int:
    """How many percent of what is not ASCII are in the rows of an encoding that hold the everyday characters."""
    others = [sign.encode(encoding, "ignore") for sign in text.decode(encoding, "replace") if not sign.isascii()]
    return 100 * sum(bool(code) and first <= code[0] <= last for code in others) // max(len(others), 1)


def _undecodable(text: bytes, encoding: str) -> int:
    return text.decode(encoding, "replace").count("\ufffd")


def _delimiter_of(text: bytes) -> str:
    """The delimiter of which the first line that is like the next one has most, a comma where none has any.

    Titles above a table are like no line below them; where no two lines are alike, the first that has any counts.
    """
    lines = [line for line in text.split(b"\n", 50)[:50] if line.strip()]
    counts = [{d: b"".join(line.split(b'"')[::2]).count(d.encode()) for d in DELIMITERS} for line in lines]
    for one, other in itertools.pairwise(counts):
        alike = [d for d in DELIMITERS if one[d] and one[d] == other[d]]
        if alike:
            return max(alike, key=one.__getitem__)
    some = next((one for one in counts if any(one.values())), dict.fromkeys(DELIMITERS, 0))
    return max(DELIMITERS, key=lambda d: (some[d], d == ","))


def _first_rows(text: bytes, delimiter: str, name: str, *, whole: bool) -> tuple[list[list[str]], list[int]]:
    """The rows among which the heading is looked for, and where each ends: as far as they can be read."""
    rows: list[list[str]] = []
    ends: list[int] = []
    for record in itertools.islice(records(text, delimiter), FIRST_ROWS):
        wrong = record.problem
        if not whole and text.find(b"\n", record.end - 1) < 0:  # cut off by the end of the block
            wrong = problem("record_long", limit=BLOCK >> 20)
        if wrong:
            if not any(any(cells) for cells in rows):
                raise InputError([problem("header_unreadable", source=name, why=wrong)])
            break
        rows.append(record.cells)
        ends.append(record.end)
    if not any(cell.strip() for cells in rows for cell in cells):
        raise InputError([problem("file_empty", path=name)])
    return rows, ends
